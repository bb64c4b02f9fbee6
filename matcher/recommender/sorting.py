"""Put every partner of every tenant into one of the four lists; nothing disappears.

Candidates first, then scores, then rules, then the best k: never take k and filter afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.catalogue import Catalogue
from matcher.eligibility import Eligibility, PairVerdict, RoutePlanner
from matcher.intake import Tenant
from matcher.ranking import top_k
from matcher.recommender.candidates import Mask, Pairs, Scores
from matcher.recommender.table import INELIGIBLE, MATCHES, NEAR_MISSES, NOT_RANKED, Entry

Positions = NDArray[np.intp]


class Sorter:
    """Sorts pairs into lists.

    Parameters
    ----------
    tenants : sequence of Tenant
        Who is ranked for.
    catalogue : Catalogue
        Whose partners.
    planner : RoutePlanner
        Tells near misses from pairs without a way.
    pairs : Pairs
        Scores and candidates.
    """

    def __init__(
        self,
        tenants: Sequence[Tenant],
        catalogue: Catalogue,
        planner: RoutePlanner,
        pairs: Pairs,
    ) -> None:
        self.tenants = tenants
        self.planner = planner
        self.pairs = pairs
        self.floor = catalogue.vocabulary.weights.floor
        self.first_floor = catalogue.vocabulary.weights.first_floor
        column = {partner.id: at for at, partner in enumerate(catalogue.ranked_partners)}
        self.partner_of_offer = [column[offer.partner_id] for offer in catalogue.offers]
        owners = np.array(self.partner_of_offer)
        self.offers_of_partner = [np.flatnonzero(owners == at) for at in range(len(column))]
        self.within_reach = np.stack(
            [pairs.in_target[:, offers].any(axis=1) for offers in self.offers_of_partner], axis=1
        )

    def entries(self, k: int) -> Iterator[Entry]:
        """Yield the entries of each complete tenant: matches by rank, then the other lists."""
        pairs = self.pairs
        best = self._best_offers(pairs.candidate & ~pairs.excluded)
        missed = self._best_offers(pairs.candidate & pairs.excluded)
        any_offer = self._best_offers(np.ones_like(pairs.candidate))
        fit = self._scores_of(best)
        # A partner whose recommendable offers have too little in common is told by the better
        # one that rules exclude, where there is such a one.
        misses = (missed >= 0) & (
            (best < 0) | ((fit < self.floor) & (self._scores_of(missed) >= self.floor))
        )
        complete = np.array([tenant.complete for tenant in self.tenants], dtype=bool)
        rankable = (best >= 0) & ~misses & (fit >= self.floor) & complete[:, None]
        # Weak fits stand beside a good one; alone they are none: nobody suits.
        rankable &= (rankable & (fit >= self.first_floor)).any(axis=1, keepdims=True)
        ranked: list[list[int]] = [[] for _ in self.tenants]
        for row, partner in zip(*top_k(fit, k, allowed=rankable), strict=True):
            ranked[row].append(int(partner))
        for row in map(int, np.flatnonzero(complete)):
            for rank, partner in enumerate(ranked[row], 1):
                offer = best[row, partner]
                better = self._better_excluded(row, partner, offer)
                yield self._entry(row, offer, MATCHES, rank=rank, excluded=better)
            yield from self._excluded(row, missed[row, misses[row]], k)
            shown = np.where(best[row] >= 0, best[row], any_offer[row])
            yield from self._not_ranked(row, shown, misses[row], rankable[row], ranked[row])

    def _best_offers(self, allowed: Mask) -> Positions:
        """Return the best allowed offer of each partner; -1 where none is allowed."""
        best = np.full(self.within_reach.shape, -1, dtype=np.intp)
        for partner, offers in enumerate(self.offers_of_partner):
            some = allowed[:, offers]
            first = np.where(some, self.pairs.scores[:, offers], -1.0).argmax(axis=1)
            best[:, partner] = np.where(some.any(axis=1), offers[first], -1)
        return best

    def _scores_of(self, offers: Positions) -> Scores:
        return np.where(offers >= 0, np.take_along_axis(self.pairs.scores, offers, axis=1), -1.0)

    def _better_excluded(self, row: int, partner: int, offer: np.intp) -> tuple[Entry, ...]:
        """Return the offers of a ranked partner that would fit better but for a rule."""
        pairs = self.pairs
        better = (
            pairs.candidate[row]
            & pairs.excluded[row]
            & (pairs.scores[row] > pairs.scores[row, offer])
        )
        own = [int(at) for at in self.offers_of_partner[partner] if better[at]]
        return tuple(
            self._missed(row, at) for at in sorted(own, key=lambda at: self._order(row, at))
        )

    def _missed(self, row: int, offer: int) -> Entry:
        """Return an excluded offer: a near miss where a route is known."""
        routes = self.planner.plan(row, offer).routes
        return self._entry(row, offer, NEAR_MISSES if routes else INELIGIBLE)

    def _excluded(self, row: int, offers: Positions, k: int) -> Iterator[Entry]:
        """Yield near misses, at most k, then those that no known route opens."""
        near: list[Entry] = []
        rest: list[Entry] = []
        for offer in sorted(map(int, offers), key=lambda at: self._order(row, at)):
            entry = self._entry(row, offer, INELIGIBLE)
            if len(near) < k and entry.score >= self.floor:
                entry = self._missed(row, offer)
            (near if entry.list == NEAR_MISSES else rest).append(entry)
        yield from near
        yield from rest

    def _not_ranked(
        self, row: int, shown: Positions, misses: Mask, rankable: Mask, ranked: Sequence[int]
    ) -> Iterator[Entry]:
        taken = set(ranked)
        partners = [at for at in map(int, np.flatnonzero(~misses)) if at not in taken]
        for partner in sorted(partners, key=lambda at: self._order(row, int(shown[at]))):
            why = self._why_not(row, partner, bool(rankable[partner]))
            yield self._entry(row, shown[partner], NOT_RANKED, reason=why)

    def _why_not(self, row: int, partner: int, rankable: bool) -> str:
        if self.pairs.declined[row, partner]:
            return "declined"
        if self.pairs.contacted[row, partner]:
            return "contacted"
        if not self.within_reach[row, partner]:
            return "outside_target"
        return "beyond_k" if rankable else "below_floor"

    def _order(self, row: int, offer: int) -> tuple[float, int]:
        return -float(self.pairs.scores[row, offer]), offer

    def _entry(
        self,
        row: int,
        offer: int | np.intp,
        name: str,
        *,
        rank: int | None = None,
        reason: str | None = None,
        excluded: tuple[Entry, ...] = (),
    ) -> Entry:
        at = int(offer)
        score = float(self.pairs.scores[row, at])
        partner = self.partner_of_offer[at]
        return Entry(row, at, partner, name, rank, score, reason, excluded)


def excluded_pairs(eligibility: Eligibility) -> Mask:
    """Return the pairs that rules exclude, of shape (n_tenants, n_offers)."""
    return np.asarray(eligibility.overall == PairVerdict.INELIGIBLE)
