"""The matches alone, for lists and catalogues too large for the four lists of everything.

What is found is what `PartnerRecommender.rank` lists as matches, to the last bit: the best k
partners of each tenant, each by its best offer that no rule excludes. Nothing of the size of all
pairs is ever made. Tenants that may have the same offers are searched for together, and offers
that no tenant can tell apart by their scores are scored once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.catalogue import Catalogue
from matcher.eligibility import PairVerdict, RuleVerdict, judge_rules, pair_verdicts
from matcher.features import Vectors
from matcher.intake import Tenant
from matcher.quantities import Value
from matcher.ranking import Best, Group, best_items
from matcher.recommender.candidates import offers_in_target, partners_dealt_with
from matcher.recommender.choices import Choice, alike_offers
from matcher.recommender.findings import PairRules
from matcher.recommender.near import OfferScores
from matcher.recommender.scoring import Scorer

Positions = NDArray[np.intp]
Mask = NDArray[np.bool_]

_FEW = 64
"""Tenants of one choice below which they are searched for with those of other choices."""

_MASKED = 1024
"""Most tenants of several choices that are searched for together."""

_PAIRS = 1024
_REMEMBERED = 512
"""Sets of offers of which it is remembered which are alike."""


@dataclass(frozen=True)
class Matches:
    """The matches of a list of tenants, by column, in order of tenant and rank.

    Parameters
    ----------
    tenant, offer : ndarray of int of shape (n_matches,)
        Positions among the tenants, and the offers of the catalogue.
    rank : ndarray of int of shape (n_matches,)
        1 is best.
    score : ndarray of shape (n_matches,)
        Fit, 0 to 1.
    parts : ndarray of shape (n_matches, n_blocks)
        Part of each block in the score.
    verdict : list of PairVerdict
        What the rules of the offer say.
    not_met, unknown : list of tuple of str
        Ids of the rules that are not met, and of those a fact is missing for.
    """

    tenant: Positions
    offer: Positions
    rank: Positions
    score: NDArray[np.float64]
    parts: NDArray[np.float64]
    verdict: list[PairVerdict]
    not_met: list[tuple[str, ...]]
    unknown: list[tuple[str, ...]]


class MatchFinder:
    """Finds the matches of lists of tenants, one list after the other.

    Parameters
    ----------
    catalogue : Catalogue
        Whose partners.
    scorer : Scorer
        What scores.
    as_of : str
        Day on which rules are judged, as ``YYYY-MM-DD``.
    k : int
        Most partners per tenant.
    anywhere, leave_out_contacted : bool
        As of `PartnerRecommender`.
    n_threads : int, optional
        Threads of the search; one per core by default.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        scorer: Scorer,
        *,
        as_of: str,
        k: int,
        anywhere: bool = False,
        leave_out_contacted: bool = False,
        n_threads: int | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.scorer = scorer
        self.as_of = as_of
        self.k = k
        self.anywhere = anywhere
        self.leave_out_contacted = leave_out_contacted
        self.n_threads = n_threads
        column = {partner.id: at for at, partner in enumerate(catalogue.ranked_partners)}
        self.owners = np.array([column[offer.partner_id] for offer in catalogue.offers])
        self.floor = catalogue.vocabulary.weights.floor
        self.first_floor = catalogue.vocabulary.weights.first_floor
        self._alike = alike_offers(scorer)
        self._targets: dict[Value, int] = {}
        self._in_target: list[Mask] = []
        self._known_sets: dict[bytes, Choice] = {}
        self._rules = PairRules(catalogue)

    def find(self, tenants: Sequence[Tenant], among: Mask | None = None) -> Matches:
        """Return the matches of a list; a tenant that lacks a required cell has none.

        Parameters
        ----------
        tenants : sequence of Tenant
            The list.
        among : ndarray of bool of shape (n_offers,), optional
            Offers to choose from; all by default.
        """
        complete = np.array([at for at, each in enumerate(tenants) if each.complete], dtype=np.intp)
        tenants = [tenants[at] for at in complete]
        X = self.scorer.encode(tenants)
        by_rule = judge_rules(tenants, self.catalogue, self.as_of)
        choices = self._choices(tenants, by_rule, self.scorer.active if among is None else among)
        tenant, offer, score = self._search(X, choices)
        first = np.searchsorted(tenant, tenant)
        findings = self._rules.findings(by_rule, tenant, offer)
        return Matches(
            complete[tenant],
            offer,
            np.arange(len(tenant)) - first + 1,
            score,
            self._parts(X, tenant, offer),
            [each.verdict for each in findings],
            [each.not_met for each in findings],
            [each.unknown for each in findings],
        )

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

    def _parts(self, X: Vectors, tenant: Positions, offer: Positions) -> NDArray[np.float64]:
        """Return the parts of the scores of pairs, some pairs at a time to stay in the cache."""
        parts = np.empty((len(tenant), len(self.scorer.space.slices)))
        for start in range(0, len(tenant), _PAIRS):
            some = slice(start, start + _PAIRS)
            parts[some] = self.scorer.part_values(X[tenant[some]], offer[some])
        return parts

    def _choices(
        self, tenants: Sequence[Tenant], by_rule: Mapping[str, NDArray[np.int8]], among: Mask
    ) -> list[Choice]:
        """Return what each tenant may be recommended, as far as place, rules and contacts go."""
        excluding = {
            rule.id: by_rule[rule.id] == RuleVerdict.NOT_MET
            for rule in self.catalogue.rules
            if rule.id in by_rule and rule.excludes
        }
        failed = np.stack(list(excluding.values()), axis=1) if excluding else _none(tenants)
        failures, of_failure = np.unique(failed, axis=0, return_inverse=True)
        codes = np.where(failures, RuleVerdict.NOT_MET, RuleVerdict.MET).astype(np.int8)
        verdicts = dict(zip(excluding, codes.T, strict=True))
        excluded = pair_verdicts(verdicts, self.catalogue, len(failures)) == PairVerdict.INELIGIBLE
        off = self._off(tenants)
        known: dict[tuple[int, int, frozenset[int]], Choice] = {}
        found = []
        for row, tenant in enumerate(tenants):
            failure = int(of_failure.reshape(-1)[row])
            key = (self._target(tenant), failure, off.get(row, frozenset()))
            if key not in known:
                allowed = self.scorer.active & among & self._in_target[key[0]] & ~excluded[failure]
                allowed = allowed & ~np.isin(self.owners, list(key[2]))
                known[key] = self._choice(allowed)
            found.append(known[key])
        return found

    def _target(self, tenant: Tenant) -> int:
        """Return the position of the mask of the offers in a target place of a tenant."""
        targets = None if self.anywhere else tenant.values.get("target_countries")
        if targets not in self._targets:
            self._targets[targets] = len(self._in_target)
            inside = offers_in_target([tenant], self.catalogue)[0] | self.anywhere
            self._in_target.append(inside)
        return self._targets[targets]

    def _off(self, tenants: Sequence[Tenant]) -> dict[int, frozenset[int]]:
        """Return the partners that may not be recommended, of the tenants that have any."""
        rows = [
            row
            for row, tenant in enumerate(tenants)
            if isinstance(tenant.values.get("contacted_before"), tuple)
        ]
        some = [tenants[row] for row in rows]
        contacted, declined = partners_dealt_with(some, self.catalogue)
        off = declined | (contacted & self.leave_out_contacted)
        return {
            row: frozenset(map(int, np.flatnonzero(own)))
            for row, own in zip(rows, off, strict=True)
            if own.any()
        }

    def _choice(self, allowed: Mask) -> Choice:
        key = np.packbits(allowed).tobytes()
        if key not in self._known_sets:
            if len(self._known_sets) >= _REMEMBERED:
                self._known_sets.clear()
            offers = np.flatnonzero(allowed)
            self._known_sets[key] = Choice.among(offers, self._alike[offers], self.owners[offers])
        return self._known_sets[key]

    def _search(
        self, X: Vectors, choices: Sequence[Choice]
    ) -> tuple[Positions, Positions, NDArray[np.float64]]:
        """Return tenant, offer and score of the matches, by tenant, best first."""
        scores = OfferScores(self.scorer, X)
        groups = self._groups(choices)
        several = len(self.catalogue.ranked_partners) < len(self.owners)
        width = self.k * 4 if several else self.k
        found: list[tuple[Positions, Positions, NDArray[np.float64]]] = []
        while groups:
            best = best_items(scores, width, groups, at_least=self.floor, n_threads=self.n_threads)
            rows = np.concatenate([group.queries for group in groups])
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
        tenant, offer, score = tenant[order], offer[order], score[order]
        suits = score[np.searchsorted(tenant, tenant)] >= self.first_floor  # by the best of each
        return tenant[suits], offer[suits], score[suits]

    def _groups(self, choices: Sequence[Choice]) -> list[Group]:
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

    def _by_partner(
        self, best: Best, rows: Positions, choices: Sequence[Choice]
    ) -> tuple[Positions, Positions, NDArray[np.float64]]:
        """Return the best k partners of tenants, each by its best offer."""
        row, at = np.nonzero(best.items[rows] >= 0)
        tenant = rows[row]
        offer = best.items[tenant, at].astype(np.intp)
        score = best.scores[tenant, at]
        if any(choices[each].has_alike for each in rows):
            tenant, offer, score = self._with_alike(tenant, offer, score, choices)
        pair = tenant * len(self.catalogue.ranked_partners) + self.owners[offer]
        first = np.sort(np.unique(pair, return_index=True)[1])
        tenant, offer, score = tenant[first], offer[first], score[first]
        kept = np.arange(len(tenant)) - np.searchsorted(tenant, tenant) < self.k
        return tenant[kept], offer[kept], score[kept]


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


def _none(things: Sequence[object] | NDArray[np.intp]) -> NDArray[np.int8]:
    return np.zeros((len(things), 0), dtype=np.int8)
