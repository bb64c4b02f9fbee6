"""Where scores and rules meet: which partner to introduce to which tenant.

The stages are those of the field: candidates (active offers in a target place, not refused),
scores (similarity of features), eligibility (rules), ranking (the best k partners, each by its
best offer). Scores know no rules and rules know no scores.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from matcher import columns
from matcher.catalogue import Catalogue, Offer, Rule, Text, pick
from matcher.eligibility import (
    Eligibility,
    PairVerdict,
    RuleVerdict,
    Step,
    find_routes,
    judge,
    reason,
)
from matcher.features import (
    ProfileReader,
    build_space,
    encode_offers,
    encode_profiles,
    overlap,
    partner_kinds,
)
from matcher.intake import Tenant
from matcher.ranking import top_k

if TYPE_CHECKING:
    import pandas as pd

MATCHES, NEAR_MISSES, INELIGIBLE, NOT_RANKED = "matches", "near_misses", "ineligible", "not_ranked"
LISTS = (MATCHES, NEAR_MISSES, INELIGIBLE, NOT_RANKED)
"""The four lists; every partner stands in exactly one of them, per tenant."""

SCORE_DIGITS = 10
"""Scores are rounded before they are compared, so that ties are ties on every machine."""

_REFUSED = re.compile(r"거절|거부|탈락|declined|refused|rejected", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one tenant."""

    rule: Rule
    verdict: RuleVerdict
    reason: Text


@dataclass(frozen=True, slots=True)
class Entry:
    """A partner in one of the four lists of a tenant, by its best offer there.

    Parameters
    ----------
    tenant, offer : int
        Positions among the tenants and the offers of the catalogue.
    list : str
        One of `LISTS`.
    rank : int or None
        1 is best; None outside the matches.
    score : float
        Fit, 0 to 1.
    verdict : PairVerdict
        By all rules of the offer.
    reason : str or None
        Why it is not ranked; None in the other lists.
    routes : tuple of tuple of Step
        Ways out of a near miss, fewest steps first.
    """

    tenant: int
    offer: int
    list: str
    rank: int | None
    score: float
    verdict: PairVerdict
    reason: str | None = None
    routes: tuple[tuple[Step, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a score came about and what the rules say, for one tenant and one offer.

    Parameters
    ----------
    score : float
        Fit, 0 to 1.
    contributions : dict of str to float
        Parts by block; they sum to the score.
    shared : dict of str to list of str
        What tenant and offer have in common, by block, as terms of the offer.
    evidence : dict of str to list of str
        Words of the tenant's free text that count, by block.
    factors : dict of str to float
        Factors that the cosine was multiplied with.
    verdict : PairVerdict
        By all rules of the offer.
    findings : list of Finding
        Every rule in effect, in order of id.
    """

    tenant: Tenant
    offer: Offer
    score: float
    contributions: dict[str, float]
    shared: dict[str, list[str]]
    evidence: dict[str, list[str]]
    factors: dict[str, float]
    verdict: PairVerdict
    findings: list[Finding]


class PartnerRecommender:
    """Rank partners for tenants: cosine similarity under eligibility rules.

    Parameters
    ----------
    k : int, default=5
        Most partners per tenant.
    anywhere : bool, default=False
        Whether offers outside the target places are candidates as well.
    leave_out_contacted : bool, default=False
        Whether partners that the tenant has contacted are left out.

    Attributes
    ----------
    catalogue_ : Catalogue
        What was fitted.
    space_ : FeatureSpace
        Blocks and columns of the vectors.
    W_ : ndarray of shape (n_offers, n_features)
        Vectors of the offers, in the order of ``catalogue_.offers``.

    Examples
    --------
    >>> from matcher import PartnerRecommender, read_catalogue, read_tenants
    >>> catalogue = read_catalogue()  # doctest: +SKIP
    >>> tenants = read_tenants("tenants.xlsx", catalogue.vocabulary)  # doctest: +SKIP
    >>> PartnerRecommender(k=3).fit(catalogue).rank(tenants, as_of="2026-11-22").to_frame()
    ... # doctest: +SKIP
    """

    def __init__(
        self, *, k: int = 5, anywhere: bool = False, leave_out_contacted: bool = False
    ) -> None:
        self.k = k
        self.anywhere = anywhere
        self.leave_out_contacted = leave_out_contacted

    def fit(self, catalogue: Catalogue) -> PartnerRecommender:
        """Encode the offers of a catalogue, and return the recommender."""
        weights = catalogue.vocabulary.weights
        self.catalogue_ = catalogue
        self.space_ = build_space(catalogue.vocabulary)
        self.W_ = encode_offers(
            catalogue.offers, partner_kinds(catalogue), self.space_, weights.secondary
        )
        places = (place for offer in catalogue.offers for place in offer.terms["place"])
        self._profiles = ProfileReader(catalogue.vocabulary, places)
        self._active = np.array([offer.active for offer in catalogue.offers], dtype=bool)
        strength = np.array([offer.strength for offer in catalogue.offers])
        self._strength_factor = 1 - weights.strength_share * (1 - strength)
        partners = [partner.id for partner in catalogue.ranked_partners]
        position = {partner: at for at, partner in enumerate(partners)}
        self._partner_of_offer = np.array([position[o.partner_id] for o in catalogue.offers])
        self._offers_of_partner = [
            np.flatnonzero(self._partner_of_offer == at) for at in range(len(partners))
        ]
        return self

    def rank(
        self, tenants: Iterable[Tenant], *, as_of: str, k: int | None = None
    ) -> MatchTable:
        """Return the match table: every partner of every tenant in one of the four lists.

        Parameters
        ----------
        tenants : iterable of Tenant
            A tenant that lacks a required cell has no partner in any list.
        as_of : str
            Day on which rules are judged, as ``YYYY-MM-DD``.
        k : int, optional
            Most matches per tenant; that of the recommender by default.
        """
        tenants = list(tenants)
        X, scores = self.encode_and_score(tenants)
        eligibility = judge(tenants, self.catalogue_, as_of)
        entries = _Sorter(self, tenants, scores, eligibility).entries(self.k if k is None else k)
        return MatchTable(self, tenants, X, scores, eligibility, entries)

    def near_misses(
        self, tenants: Iterable[Tenant], *, as_of: str, k: int | None = None
    ) -> list[Entry]:
        """Return the excluded partners of each tenant that have a route, best fit first."""
        return self.rank(tenants, as_of=as_of, k=k).of_list(NEAR_MISSES)

    def explain(self, tenant: Tenant, wanted: str, *, as_of: str) -> Explanation:
        """Return how a tenant and an offer fit, and every rule with its verdict.

        Parameters
        ----------
        tenant : Tenant
            For whom.
        wanted : str
            Full id of an offer, or id of a partner: then its best offer for this tenant, one
            that rules do not exclude before one that they do.
        as_of : str
            Day on which rules are judged.

        Raises
        ------
        UnknownIdError
            When there is no such partner or offer.
        """
        X, scores = self.encode_and_score([tenant])
        eligibility = judge([tenant], self.catalogue_, as_of)
        offer = self._position(wanted, tenant, scores[0], eligibility)
        return MatchTable(self, [tenant], X, scores, eligibility, []).explain(0, offer)

    def encode_and_score(
        self, tenants: Sequence[Tenant]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the vectors of tenants and their fit scores.

        Returns
        -------
        X : ndarray of shape (n_tenants, n_features)
        scores : ndarray of shape (n_tenants, n_offers)
            In [0, 1]; 0 for offers that are not active.
        """
        X = encode_profiles([self._profiles.read(tenant) for tenant in tenants], self.space_)
        scores = np.maximum(X @ self.W_.T, 0) * self.factors(X)
        return X, np.round(np.where(self._active, scores, 0.0), SCORE_DIGITS)

    def partner_scores(self, tenants: Sequence[Tenant]) -> NDArray[np.float64]:
        """Return the fit of partners whatever the rules say, of shape (n_tenants, n_partners).

        A partner has the score of its best offer in a target place. Partners without one, and
        those that refused, come after all others: their scores are below 0.
        """
        _, scores = self.encode_and_score(tenants)
        reachable = self.in_target(tenants) | self.anywhere
        fit = np.stack(
            [
                np.where(reachable[:, offers], scores[:, offers], scores[:, offers] - 2).max(axis=1)
                for offers in self._offers_of_partner
            ],
            axis=1,
        )
        partners = {partner.id: at for at, partner in enumerate(self.catalogue_.ranked_partners)}
        for row, tenant in enumerate(tenants):
            _, declined = self.dealt_with(tenant)
            fit[row, [partners[each] for each in declined if each in partners]] -= 2
        return fit

    def factors(self, X: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what the cosines are multiplied with, of shape (n_tenants, n_offers)."""
        return self._need_gate(X) * self._strength_factor

    def _need_gate(self, X: NDArray[np.float64]) -> NDArray[np.float64]:
        """1 where needs are served well enough, falling to 0 where none is served."""
        block = next(block for block in self.space_.blocks if block.name == "need")
        own, offered = X[:, block.columns], self.W_[:, block.columns]
        norms = np.linalg.norm(own, axis=1, keepdims=True) * np.sqrt(block.weight)
        cosines = (own @ offered.T) / np.where(norms == 0, 1, norms)
        return np.asarray(np.clip(cosines / self._weights.need_gate, 0, 1))

    @property
    def _weights(self):  # type: ignore[no-untyped-def]
        return self.catalogue_.vocabulary.weights

    def in_target(self, tenants: Sequence[Tenant]) -> NDArray[np.bool_]:
        """Return whether offers lie in a target place, of shape (n_tenants, n_offers).

        No target stated, or none decided yet, means every place.
        """
        known: dict[object, NDArray[np.bool_]] = {}
        for targets in {tenant.values.get("target_countries") for tenant in tenants}:
            known[targets] = self._offers_in(targets if isinstance(targets, tuple) else None)
        return np.array([known[tenant.values.get("target_countries")] for tenant in tenants])

    def _offers_in(self, targets: tuple[object, ...] | None) -> NDArray[np.bool_]:
        offers = self.catalogue_.offers
        if targets is None:
            return np.ones(len(offers), dtype=bool)
        places = self.catalogue_.vocabulary.facets["place"]
        return np.array(
            [
                any(overlap(place, str(t), places) for place in offer.terms["place"] for t in targets)
                for offer in offers
            ]
        )

    def dealt_with(self, tenant: Tenant) -> tuple[set[str], set[str]]:
        """Return the ids of partners that a tenant has contacted, and of those that are off.

        Off are those beside which the list says that one side refused.
        """
        contacted: set[str] = set()
        declined: set[str] = set()
        names = tenant.values.get("contacted_before")
        for name in names if isinstance(names, tuple) else ():
            institution = self.catalogue_.institutions.find(str(name))
            if institution is not None:
                contacted.add(institution.id)
                if _REFUSED.search(str(name)):
                    declined.add(institution.id)
        return contacted, declined

    def _position(
        self,
        wanted: str,
        tenant: Tenant,
        scores: NDArray[np.float64],
        eligibility: Eligibility,
    ) -> int:
        offers = {offer.id: at for at, offer in enumerate(self.catalogue_.offers)}
        if "/" in wanted:
            return pick("offer", wanted, offers)
        partners = {partner.id: at for at, partner in enumerate(self.catalogue_.ranked_partners)}
        of_partner = self._offers_of_partner[pick("partner", wanted, partners)]
        target = self.in_target([tenant])[0]
        return int(
            min(
                of_partner,
                key=lambda at: (
                    not target[at],
                    eligibility.overall[0, at] == PairVerdict.INELIGIBLE,
                    -scores[at],
                    at,
                ),
            )
        )


class _Sorter:
    """Puts every partner of every tenant into one of the four lists."""

    def __init__(
        self,
        recommender: PartnerRecommender,
        tenants: Sequence[Tenant],
        scores: NDArray[np.float64],
        eligibility: Eligibility,
    ) -> None:
        self.recommender = recommender
        self.catalogue = recommender.catalogue_
        self.tenants = tenants
        self.scores = scores
        self.eligibility = eligibility
        self.floor = self.catalogue.vocabulary.weights.floor
        n_partners = len(self.catalogue.ranked_partners)
        self.contacted = np.zeros((len(tenants), n_partners), dtype=bool)
        self.declined = np.zeros((len(tenants), n_partners), dtype=bool)
        position = {partner.id: at for at, partner in enumerate(self.catalogue.ranked_partners)}
        for row, tenant in enumerate(tenants):
            for ids, mask in zip(
                recommender.dealt_with(tenant), (self.contacted, self.declined), strict=True
            ):
                mask[row, [position[each] for each in ids if each in position]] = True

    def entries(self, k: int) -> list[Entry]:
        if not self.tenants:
            return []
        recommender = self.recommender
        complete = np.array([tenant.complete for tenant in self.tenants])
        target = recommender.in_target(self.tenants)
        candidate = recommender._active & (target | recommender.anywhere)
        left_out = self.declined | (self.contacted & recommender.leave_out_contacted)
        candidate &= ~left_out[:, recommender._partner_of_offer]
        excluded = self.eligibility.overall == PairVerdict.INELIGIBLE
        best = self._best(candidate & ~excluded)
        best_excluded = self._best(candidate & excluded)
        best_of_all = self._best(np.ones_like(candidate))
        in_target = np.stack(
            [target[:, offers].any(axis=1) for offers in recommender._offers_of_partner], axis=1
        )
        fit = self._scores_of(best)
        misses = (best_excluded >= 0) & (
            (best < 0) | ((fit < self.floor) & (self._scores_of(best_excluded) >= self.floor))
        )
        rankable = (best >= 0) & (fit >= self.floor) & complete[:, None]
        ranked = self._ranked(fit, rankable, best, k)
        entries: list[Entry] = []
        for row in np.flatnonzero(complete):
            entries += ranked[row]
            entries += self._missed(row, np.flatnonzero(misses[row]), best_excluded[row], k)
            taken = {self._partner(entry) for entry in ranked[row]}
            others: list[Entry] = []
            for at in np.flatnonzero(~misses[row]):
                if at in taken:
                    continue
                offer = best[row, at] if best[row, at] >= 0 else best_of_all[row, at]
                why = self._why_not(row, at, bool(rankable[row, at]), bool(in_target[row, at]))
                others.append(self._entry(row, int(offer), NOT_RANKED, reason=why))
            entries += sorted(others, key=self._order)
        return entries

    def _best(self, allowed: NDArray[np.bool_]) -> NDArray[np.intp]:
        """Return the best allowed offer of each partner; -1 where none is allowed."""
        best = np.empty((len(self.tenants), len(self.recommender._offers_of_partner)), dtype=np.intp)
        for at, offers in enumerate(self.recommender._offers_of_partner):
            some = allowed[:, offers]
            first = np.where(some, self.scores[:, offers], -1.0).argmax(axis=1)
            best[:, at] = np.where(some.any(axis=1), offers[first], -1)
        return best

    def _scores_of(self, offers: NDArray[np.intp]) -> NDArray[np.float64]:
        return np.where(offers >= 0, np.take_along_axis(self.scores, offers, axis=1), -1.0)

    def _ranked(
        self,
        fit: NDArray[np.float64],
        rankable: NDArray[np.bool_],
        best: NDArray[np.intp],
        k: int,
    ) -> list[list[Entry]]:
        ranked: list[list[Entry]] = [[] for _ in self.tenants]
        for row, at in zip(*top_k(fit, k, allowed=rankable), strict=True):
            entries = ranked[row]
            entries.append(self._entry(row, int(best[row, at]), MATCHES, rank=len(entries) + 1))
        return ranked

    def _missed(
        self, row: int, partners: NDArray[np.intp], offers: NDArray[np.intp], k: int
    ) -> list[Entry]:
        entries = sorted(
            (self._entry(row, int(offers[at]), INELIGIBLE) for at in partners), key=self._order
        )
        near: list[Entry] = []
        rest: list[Entry] = []
        for entry in entries:
            routes: list[tuple[Step, ...]] = []
            if len(near) < k and entry.score >= self.floor:
                offer = self.catalogue.offers[entry.offer]
                rules = self.eligibility.rules_of_offer[offer.id]
                routes = find_routes(self.tenants[row], rules, self.catalogue)
            if routes:
                near.append(self._entry(row, entry.offer, NEAR_MISSES, routes=tuple(routes)))
            else:
                rest.append(entry)
        return near + rest

    def _why_not(self, row: int, partner: int, rankable: bool, in_target: bool) -> str:
        if self.declined[row, partner]:
            return "declined"
        if self.contacted[row, partner] and self.recommender.leave_out_contacted:
            return "contacted"
        if not in_target and not self.recommender.anywhere:
            return "outside_target"
        return "beyond_k" if rankable else "below_floor"

    def _entry(
        self,
        row: int,
        offer: int,
        name: str,
        *,
        rank: int | None = None,
        reason: str | None = None,
        routes: tuple[tuple[Step, ...], ...] = (),
    ) -> Entry:
        verdict = PairVerdict(int(self.eligibility.overall[row, offer]))
        score = float(self.scores[row, offer])
        return Entry(int(row), offer, name, rank, score, verdict, reason, routes)

    def _partner(self, entry: Entry) -> int:
        return int(self.recommender._partner_of_offer[entry.offer])

    def _order(self, entry: Entry) -> tuple[float, int]:
        return -entry.score, entry.offer


class MatchTable:
    """The result of a run: the four lists of each tenant, with their explanations.

    Parameters
    ----------
    recommender : PartnerRecommender
        What ranked.
    tenants : sequence of Tenant
        Who was ranked for.
    X : ndarray of shape (n_tenants, n_features)
        Their vectors.
    scores : ndarray of shape (n_tenants, n_offers)
        Fit of all pairs.
    eligibility : Eligibility
        Verdicts of all pairs.
    entries : sequence of Entry
        By tenant, list and rank.
    """

    def __init__(
        self,
        recommender: PartnerRecommender,
        tenants: Sequence[Tenant],
        X: NDArray[np.float64],
        scores: NDArray[np.float64],
        eligibility: Eligibility,
        entries: Sequence[Entry],
    ) -> None:
        self.recommender = recommender
        self.catalogue = recommender.catalogue_
        self.tenants = tenants
        self.scores = scores
        self.eligibility = eligibility
        self.entries = entries
        self._X = X

    @cached_property
    def _by_tenant(self) -> list[dict[str, list[Entry]]]:
        found: list[dict[str, list[Entry]]] = [{name: [] for name in LISTS} for _ in self.tenants]
        for entry in self.entries:
            found[entry.tenant][entry.list].append(entry)
        return found

    def of_tenant(self, tenant: int, name: str) -> list[Entry]:
        """Return one of the four lists of a tenant, by position."""
        return self._by_tenant[tenant][name]

    def of_list(self, name: str) -> list[Entry]:
        """Return one of the four lists of all tenants."""
        return [entry for entry in self.entries if entry.list == name]

    def offer(self, entry: Entry) -> Offer:
        """Return the offer of an entry."""
        return self.catalogue.offers[entry.offer]

    def contributions(self, entries: Sequence[Entry]) -> list[dict[str, float]]:
        """Return the parts of the score of each entry by block; they sum to the score."""
        if not entries:
            return []
        rows = np.array([entry.tenant for entry in entries])
        offers = np.array([entry.offer for entry in entries])
        parts = self._X[rows] * self.recommender.W_[offers]
        factors = np.array([self._factor(entry) for entry in entries])
        blocks = self.recommender.space_.blocks
        sums = np.stack([parts[:, block.columns].sum(axis=1) for block in blocks], axis=1)
        sums *= factors[:, None]
        return [
            {block.name: round(float(part), SCORE_DIGITS) for block, part in zip(blocks, row, strict=True)
             if abs(part) > 1e-12}
            for row in sums
        ]

    def _factor(self, entry: Entry) -> float:
        """Return score / cosine, 0 where the offer cannot be matched."""
        cosine = float(self._X[entry.tenant] @ self.recommender.W_[entry.offer])
        return entry.score / cosine if cosine > 0 else 0.0

    def findings(self, tenant: int, offer: int, *, open_only: bool = True) -> list[Finding]:
        """Return what the rules of an offer say of a tenant.

        Parameters
        ----------
        tenant, offer : int
            Positions.
        open_only : bool, default=True
            Whether rules that are met or do not apply are left out.
        """
        found = []
        for rule in self.eligibility.rules_of_offer[self.catalogue.offers[offer].id]:
            verdict = RuleVerdict(int(self.eligibility.by_rule[rule.id][tenant]))
            if not open_only or verdict in (RuleVerdict.NOT_MET, RuleVerdict.UNKNOWN):
                why = reason(rule, verdict, self.tenants[tenant], self.catalogue)
                found.append(Finding(rule, verdict, why))
        return found

    def explain(self, tenant: int, offer: int) -> Explanation:
        """Return how the score of a pair came about, and every rule with its verdict."""
        recommender, of = self.recommender, self.catalogue.offers[offer]
        score = float(self.scores[tenant, offer])
        verdict = PairVerdict(int(self.eligibility.overall[tenant, offer]))
        entry = Entry(tenant, offer, MATCHES, None, score, verdict)
        gate = float(recommender._need_gate(self._X[[tenant]])[0, offer])
        profile = recommender._profiles.read(self.tenants[tenant])
        shared: dict[str, list[str]] = {}
        for block in recommender.space_.blocks:
            asked = profile.asks[block.name]
            offered = (*of.terms.get(block.name, ()), *(of.also if block.name == "need" else ()))
            shared[block.name] = [
                term
                for term in offered
                if any(
                    block.vectors[block.terms[term]] @ block.vectors[block.terms[ask]] > 0.5
                    for ask in asked
                )
            ]
        return Explanation(
            self.tenants[tenant],
            of,
            score,
            self.contributions([entry])[0],
            {block: terms for block, terms in shared.items() if terms},
            {
                block: [ask.evidence for ask in asks.values() if ask.evidence]
                for block, asks in profile.asks.items()
                if any(ask.evidence for ask in asks.values())
            },
            {"strength": float(recommender._strength_factor[offer]), "need": gate},
            verdict,
            self.findings(tenant, offer, open_only=False),
        )

    def to_frame(self) -> pd.DataFrame:
        """Return the matches as a table: `columns.MATCHES`, then the part of each block."""
        import pandas as pd  # noqa: PLC0415 - commands do without; it costs a third of a second

        matches = self.of_list(MATCHES)
        rows = [
            {
                columns.TENANT_ID: self.tenants[entry.tenant].tenant_id,
                columns.RANK: entry.rank,
                columns.PARTNER_ID: self.offer(entry).partner_id,
                columns.OFFER_ID: self.offer(entry).id,
                columns.SCORE: entry.score,
                columns.VERDICT: entry.verdict.word,
                **parts,
            }
            for entry, parts in zip(matches, self.contributions(matches), strict=True)
        ]
        blocks = [block.name for block in self.recommender.space_.blocks]
        return pd.DataFrame(rows, columns=[*columns.MATCHES, *blocks])
