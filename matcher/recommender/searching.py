"""The best partners of many tenants, each by its best offer, among those that each may have."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.features import Vectors
from matcher.ranking import Best, Group, best_items
from matcher.recommender.choices import Choice
from matcher.recommender.near import OfferScores
from matcher.recommender.scoring import Scorer

Positions = NDArray[np.intp]

_FEW = 64
"""Tenants of one choice below which they are searched for with those of other choices."""

_MASKED = 1024
"""Most tenants of several choices that are searched for together."""


class PartnerSearch:
    """Searches among the offers of one catalogue.

    Parameters
    ----------
    scorer : Scorer
        What scores.
    owners : ndarray of int of shape (n_offers,)
        Position of the partner of each offer.
    k : int
        Most partners per tenant.
    floor : float
        Score below which nothing is recommended.
    n_threads : int or None
        Threads; None for one per core.
    """

    def __init__(
        self, scorer: Scorer, owners: Positions, k: int, floor: float, n_threads: int | None
    ) -> None:
        self.scorer = scorer
        self.owners = owners
        self.n_partners = len(np.unique(owners))
        self.k = k
        self.floor = floor
        self.n_threads = n_threads

    def best(
        self, X: Vectors, choices: Sequence[Choice]
    ) -> tuple[Positions, Positions, NDArray[np.float64]]:
        """Return tenant, offer and score of the matches, by tenant, best first.

        Parameters
        ----------
        X : Vectors
            Vectors of the tenants.
        choices : sequence of Choice
            What each tenant may be recommended.
        """
        scores = OfferScores(self.scorer, X)
        groups = _groups(choices)
        several = self.n_partners < len(self.owners)
        width = self.k * 4 if several else self.k
        found: list[tuple[Positions, Positions, NDArray[np.float64]]] = []
        while groups:
            best = best_items(scores, width, groups, at_least=self.floor, n_threads=self.n_threads)
            rows = np.sort(np.concatenate([group.queries for group in groups]))
            some = self._by_partner(best, rows, choices)
            # A list that was filled by too few partners is made again, longer.
            counts = np.bincount(some[0], minlength=len(X))
            sizes = np.array([len(choice.first) for choice in choices])
            again = (best.items[:, -1] >= 0) & (counts < self.k) & (width < sizes)
            kept = ~again[some[0]]
            found.append((some[0][kept], some[1][kept], some[2][kept]))
            groups = [part for group in groups for part in group.only(again)]
            width *= 4
        if not found:
            return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp), np.empty(0)
        tenant, offer, score = (np.concatenate([each[at] for each in found]) for at in range(3))
        order = np.argsort(tenant, kind="stable")
        return tenant[order], offer[order], score[order]

    def _by_partner(
        self, best: Best, rows: Positions, choices: Sequence[Choice]
    ) -> tuple[Positions, Positions, NDArray[np.float64]]:
        """Return the best k partners of tenants, in ascending order, each by its best offer."""
        row, at = np.nonzero(best.items[rows] >= 0)
        tenant = rows[row]
        offer = best.items[tenant, at].astype(np.intp)
        score = best.scores[tenant, at]
        if any(choices[each].has_alike for each in rows):
            tenant, offer, score = self._with_alike(tenant, offer, score, choices)
        pair = tenant * self.n_partners + self.owners[offer]
        first = np.sort(np.unique(pair, return_index=True)[1])
        tenant, offer, score = tenant[first], offer[first], score[first]
        kept = np.arange(len(tenant)) - np.searchsorted(tenant, tenant) < self.k
        return tenant[kept], offer[kept], score[kept]

    def _with_alike(
        self,
        tenant: Positions,
        offer: Positions,
        score: NDArray[np.float64],
        choices: Sequence[Choice],
    ) -> tuple[Positions, Positions, NDArray[np.float64]]:
        """Return pairs with those that score alike, by tenant, best first, ties by position."""
        found: list[tuple[Positions, Positions]] = []
        groups: dict[int, list[int]] = {}
        for at, row in enumerate(tenant.tolist()):
            groups.setdefault(id(choices[row]), []).append(at)
        for members in groups.values():
            some = np.array(members)
            which, more = choices[tenant[some[0]]].alike_of(offer[some], 2 * self.k - 1)
            found.append((some[which], more))
        if not found:
            return tenant, offer, score
        which, offer = (np.concatenate([each[at] for each in found]) for at in (0, 1))
        tenant, score = tenant[which], score[which]
        order = np.lexsort((offer, -score, tenant))
        return tenant[order], offer[order], score[order]


def _groups(choices: Sequence[Choice]) -> list[Group]:
    """Return tenants of the same choice together.

    Where few tenants have a choice, the offers of several choices are scored together and
    masked: that costs less than to gather the offers of each.
    """
    rows_of: dict[int, list[int]] = {}
    for row, choice in enumerate(choices):
        if len(choice.first):
            rows_of.setdefault(id(choice), []).append(row)
    many = [rows for rows in rows_of.values() if len(rows) >= _FEW]
    groups = [
        Group(np.array(rows), choices[rows[0]].first)
        for rows in sorted(many, key=len, reverse=True)
    ]
    few = [row for rows in rows_of.values() if len(rows) < _FEW for row in rows]
    pieces = [sorted(few[at : at + _MASKED]) for at in range(0, len(few), _MASKED)]
    return groups + [_masked(rows, choices) for rows in pieces]


def _masked(rows: Sequence[int], choices: Sequence[Choice]) -> Group:
    """Return tenants of several choices as one group."""
    taken = np.zeros(max(int(choices[row].first[-1]) for row in rows) + 1, dtype=bool)
    for row in rows:
        taken[choices[row].first] = True
    items = np.flatnonzero(taken)
    place = np.cumsum(taken) - 1
    allowed = np.zeros((len(rows), len(items)), dtype=bool)
    for at, row in enumerate(rows):
        allowed[at, place[choices[row].first]] = True
    return Group(np.array(rows), items, allowed)
