"""The result of a run: the four lists of each tenant, and how each score and verdict came about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from matcher import columns
from matcher.catalogue import Catalogue, Offer, Text, pick
from matcher.catalogue.remedies import Remedy
from matcher.eligibility import (
    Eligibility,
    Finding,
    Option,
    PairVerdict,
    Plan,
    RoutePlanner,
)
from matcher.features import TEXT, Profile, Vectors, telling_words
from matcher.intake import Tenant
from matcher.recommender.candidates import Mask, Pairs
from matcher.recommender.links import Link
from matcher.recommender.scoring import Scorer
from matcher.recommender.stability import stability
from matcher.recommender.steps import Step, StepWriter

if TYPE_CHECKING:
    import pandas as pd

MATCHES, NEAR_MISSES, INELIGIBLE, NOT_RANKED = "matches", "near_misses", "ineligible", "not_ranked"
LISTS = (MATCHES, NEAR_MISSES, INELIGIBLE, NOT_RANKED)
"""The four lists; every partner stands in exactly one of them, per tenant."""

_SHARED = 0.5
"""How far a term of an offer serves what is asked for, to be shown as something in common."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A partner in one of the four lists of a tenant, by its best offer there.

    Parameters
    ----------
    tenant, offer, partner : int
        Positions among the tenants, and the offers and ranked partners of the catalogue.
    list : str
        One of `LISTS`.
    rank : int or None
        1 is best; None outside the matches.
    score : float
        Fit, 0 to 1.
    reason : str or None
        Why it is not ranked; None in the other lists.
    excluded : tuple of Entry
        Offers of the same partner that fit better and that rules exclude, best first.
    """

    tenant: int
    offer: int
    partner: int
    list: str
    rank: int | None
    score: float
    reason: str | None = None
    excluded: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a score came about and what the rules say, for one tenant and one offer.

    Parameters
    ----------
    tenant, offer : Tenant, Offer
        The pair.
    score : float
        Fit, 0 to 1.
    contributions : dict of str to float
        Parts by block; they sum to the score.
    shared : dict of str to list of str
        What they have in common, by block, as terms of the offer.
    evidence : dict of str to list of str
        Words of the tenant's free text that count, by block.
    factors : dict of str to float
        Factors that the cosine was multiplied with.
    verdict : PairVerdict
        By all rules of the offer.
    findings : list of Finding
        Every rule in effect, in order of id.
    stability : float or None
        Share of weight settings around the usual ones in which the partner is among the first
        three; None for offers that are not recommendable.
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
    stability: float | None = None


class MatchTable:
    """The result of a run.

    Parameters
    ----------
    profiles : sequence of Profile
        What the tenants ask for.
    catalogue : Catalogue
        Whose partners.
    scorer : Scorer
        What scored.
    X : Vectors
        Vectors of the tenants.
    scores : ndarray of shape (n_tenants, n_offers)
        Fit of all pairs.
    planner : RoutePlanner
        Verdicts of all pairs, and what would change them.
    pairs : Pairs
        Which pairs can be recommended as far as place, contacts and activity go.
    entries : sequence of Entry
        By tenant, list and rank.
    """

    def __init__(
        self,
        profiles: Sequence[Profile],
        catalogue: Catalogue,
        scorer: Scorer,
        X: Vectors,
        scores: NDArray[np.float64],
        planner: RoutePlanner,
        pairs: Pairs,
        entries: Sequence[Entry],
    ) -> None:
        self.eligibility: Eligibility = planner.eligibility
        self.tenants = self.eligibility.tenants
        self.catalogue = catalogue
        self._profiles = profiles
        self.scores = scores
        self.entries = entries
        self._planner = planner
        self.pairs = pairs
        self._scorer = scorer
        self._X = X
        self._stable: dict[int, dict[int, float]] = {}
        self._explained: dict[tuple[int, int], Explanation] = {}
        self._serving: dict[str, list[int]] = {}

    @property
    def blocks(self) -> list[str]:
        """Names of the blocks that a score is made of."""
        return list(self._scorer.space.slices)

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

    def verdict(self, entry: Entry) -> PairVerdict:
        """Return what all rules of the offer of an entry say."""
        return self.eligibility.verdict(entry.tenant, entry.offer)

    def findings(self, entry: Entry, *, open_only: bool = True) -> list[Finding]:
        """Return the rules of an entry: those not met or unknown, or all."""
        return self.eligibility.findings(entry.tenant, entry.offer, open_only=open_only)

    @cached_property
    def _writer(self) -> StepWriter:
        return StepWriter(self.eligibility, self._scorer, self._X, self.pairs.declined)

    @cached_property
    def worthwhile(self) -> Mask:
        """Pairs that would be recommended but for rules, of shape (n_tenants, n_offers).

        Candidates of complete tenants with enough in common.
        """
        complete = np.array([tenant.complete for tenant in self.tenants], dtype=bool)
        enough = self.scores >= self.catalogue.vocabulary.weights.floor
        return np.asarray(self.pairs.candidate & enough & complete[:, None])

    def options(self, offer: int) -> list[Option]:
        """Return the changes of facts that can serve a rule of an offer, by position."""
        return self._planner.options(offer)

    def served(self, remedy: Remedy, partner_id: str | None) -> Mask:
        """Return whom a partner can help with a remedy; all where no partner is named."""
        return self._writer.served(remedy, partner_id)

    def agreement_words(
        self, option: Option, partner_id: str | None
    ) -> tuple[Text, tuple[Link, ...]]:
        """Return what the office could sign for a change with a partner, and the ways there."""
        return self._writer.agreement_words(option, partner_id)

    def needs(self, tenant: int) -> tuple[str, ...]:
        """Return the terms that a tenant asks for, by position, most wanted first.

        Those of its cell, or where that is blank those that its free text names. What the text
        denies or puts off is none, nor is what only the reading of another need adds.
        """
        cell = self.tenants[tenant].values.get("needs")
        stated = set(map(str, cell)) if isinstance(cell, tuple) else set()
        # Words stand beside a need of the cell that they take back, or one that they add.
        asks = self._profiles[tenant].asks.get("need", {})
        asked = {n: ask.weight for n, ask in asks.items() if (n in stated) != bool(ask.evidence)}
        return tuple(sorted(asked, key=lambda need: -asked[need]))

    def serving(self, need: str) -> Sequence[int]:
        """Return the positions of the active offers that serve a need, in order.

        They are those that an explanation shows to have the need in common with who asks for it.
        """
        if need not in self._serving:
            self._serving[need] = [
                at
                for at, offer in enumerate(self.catalogue.offers)
                if offer.active and "need" in self._shared(offer, {"need": [need]})
            ]
        return self._serving[need]

    def plan(self, tenant: int, offer: int) -> Plan:
        """Return what it would take to make a pair eligible, by positions."""
        return self._planner.plan(tenant, offer)

    def routes(self, tenant: int, offer: int) -> list[tuple[Step, ...]]:
        """Return the routes of a pair by positions, fewest steps first.

        None where the pair is eligible, and where a fact stands in the way that no step changes.
        """
        return [
            tuple(self._writer.step(tenant, offer, option) for option in route)
            for route in self.plan(tenant, offer).routes
        ]

    def contributions(self, entries: Sequence[Entry]) -> list[dict[str, float]]:
        """Return the parts of the score of each entry by block; they sum to the score."""
        if not entries:
            return []
        rows = np.array([entry.tenant for entry in entries])
        return self._scorer.parts(self._X[rows], np.array([entry.offer for entry in entries]))

    def shown_scores(self) -> NDArray[np.float64]:
        """Return scores of shape (n_tenants, n_partners) in the order of the lists as shown.

        Matches come first; all that is not recommended follows by fit, below 0.
        """
        shown = np.full((len(self.tenants), len(self.catalogue.ranked_partners)), -2.0)
        for entry in self.entries:
            shown[entry.tenant, entry.partner] = entry.score - (entry.list != MATCHES)
        return shown

    def explain(self, tenant: int, offer: int) -> Explanation:
        """Return how the score of a pair came about, and every rule with its verdict."""
        if (tenant, offer) not in self._explained:  # a report asks once for each language
            self._explained[tenant, offer] = self._explain(tenant, offer)
        return self._explained[tenant, offer]

    def _explain(self, tenant: int, offer: int) -> Explanation:
        profile = self._profiles[tenant]
        return Explanation(
            self.tenants[tenant],
            self.catalogue.offers[offer],
            float(self.scores[tenant, offer]),
            self._scorer.parts(self._X[np.array([tenant])], np.array([offer]))[0],
            self._shared(
                self.catalogue.offers[offer],
                {block: list(asks) for block, asks in profile.asks.items()},
            ),
            self._evidence(tenant, offer),
            self._scorer.factors(self._X[np.array([tenant])], offer),
            self.eligibility.verdict(tenant, offer),
            self.eligibility.findings(tenant, offer, open_only=False),
            self._stability(tenant).get(offer),
        )

    def _stability(self, tenant: int) -> dict[int, float]:
        """Return how stably each recommendable offer of a tenant is among its first three."""
        if tenant not in self._stable:
            beyond = [e for e in self.of_tenant(tenant, NOT_RANKED) if e.reason == "beyond_k"]
            offers = sorted(e.offer for e in (*self.of_tenant(tenant, MATCHES), *beyond))
            x = self._X[np.array([tenant])]
            shares = stability(self._scorer, x, np.array(offers, dtype=np.intp))
            self._stable[tenant] = dict(zip(offers, map(float, shares), strict=True))
        return self._stable[tenant]

    def _evidence(self, tenant: int, offer: int) -> dict[str, list[str]]:
        """Return the words of the free text that count in a pair, by block."""
        found: dict[str, list[str]] = {}
        for block, asks in self._profiles[tenant].asks.items():
            quotes = [ask.evidence for ask in asks.values() if ask.evidence]
            if quotes:
                found[block] = quotes
        parts = self._scorer.shared_words(self._X[np.array([tenant])], offer)
        words = telling_words(self.tenants[tenant], parts)
        return found | ({TEXT: words} if words else {})

    def _shared(self, offer: Offer, asked: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        shared: dict[str, list[str]] = {}
        for block in self._scorer.space.blocks:
            also = offer.also if block.name == "need" else ()
            for term in (*offer.terms.get(block.name, ()), *also):
                column = block.terms[term]
                asks = asked.get(block.name, ())
                served = (block.served[block.terms[ask], column] for ask in asks)
                if any(share >= _SHARED for share in served):
                    shared.setdefault(block.name, []).append(term)
        return shared

    def offer_wanted(self, tenant: int, wanted: str) -> int:
        """Return the position of the offer that an id means for a tenant, by position.

        Parameters
        ----------
        tenant : int
            For whom.
        wanted : str
            Full id of an offer, or id of a partner: then the offer by which it stands in the lists
            of this tenant.

        Raises
        ------
        UnknownIdError
            When there is no such partner or offer.
        """
        offers = self.catalogue.offers
        if "/" in wanted:
            return pick("offer", wanted, {offer.id: at for at, offer in enumerate(offers)})
        partners = {partner.id: at for at, partner in enumerate(self.catalogue.ranked_partners)}
        partner = pick("partner", wanted, partners)
        shown = {entry.partner: entry.offer for entry in self.entries if entry.tenant == tenant}
        own = [at for at, offer in enumerate(offers) if offer.partner_id == wanted]
        best = max(own, key=lambda at: (self.scores[tenant, at], -at))
        return shown.get(partner, best)

    def match_rows(self) -> list[dict[str, Any]]:
        """Return the matches by column: `columns.MATCHES`, then the part of each block."""
        matches = self.of_list(MATCHES)
        return [
            {
                columns.TENANT_ID: self.tenants[entry.tenant].tenant_id,
                columns.RANK: entry.rank,
                columns.PARTNER_ID: self.offer(entry).partner_id,
                columns.OFFER_ID: self.offer(entry).id,
                columns.SCORE: entry.score,
                columns.VERDICT: self.verdict(entry).word,
                **{block: parts.get(block, 0.0) for block in self.blocks},
            }
            for entry, parts in zip(matches, self.contributions(matches), strict=True)
        ]

    def to_frame(self) -> pd.DataFrame:
        """Return `match_rows` as a table."""
        import pandas as pd  # noqa: PLC0415 - commands do without; it costs a third of a second

        return pd.DataFrame(self.match_rows(), columns=[*columns.MATCHES, *self.blocks])
