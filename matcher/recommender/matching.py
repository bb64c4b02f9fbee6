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
from matcher.recommender.candidates import offers_in_target, partners_dealt_with
from matcher.recommender.choices import Choice, alike_offers
from matcher.recommender.findings import PairRules
from matcher.recommender.scoring import Scorer
from matcher.recommender.searching import PartnerSearch

Positions = NDArray[np.intp]
Mask = NDArray[np.bool_]

_PAIRS = 1024
_REMEMBERED = 512
"""Targets, and sets of offers, of which it is remembered what follows from them."""


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
        self.anywhere = anywhere
        self.leave_out_contacted = leave_out_contacted
        column = {partner.id: at for at, partner in enumerate(catalogue.ranked_partners)}
        self.owners = np.array([column[offer.partner_id] for offer in catalogue.offers])
        self.first_floor = catalogue.vocabulary.weights.first_floor
        self._search = PartnerSearch(
            scorer, self.owners, k, catalogue.vocabulary.weights.floor, n_threads
        )
        self._alike = alike_offers(scorer)
        self._in_target: dict[Value, Mask] = {}
        self._known_sets: dict[bytes, Choice] = {}
        self._rules = PairRules(catalogue)

    def find(self, tenants: Sequence[Tenant], among: Mask | None = None) -> Matches:
        """Return the matches of a list; a tenant that lacks a required cell has none.

        Parameters
        ----------
        tenants : sequence of Tenant
            The list.
        among : ndarray of bool of shape (n_offers,), optional
            Offers to choose from, however weak the best of them is; all by default.
        """
        complete = np.array([at for at, each in enumerate(tenants) if each.complete], dtype=np.intp)
        tenants = [tenants[at] for at in complete]
        X = self.scorer.encode(tenants)
        by_rule = judge_rules(tenants, self.catalogue, self.as_of)
        choices = self._choices(tenants, by_rule, self.scorer.active if among is None else among)
        tenant, offer, score = self._search.best(X, choices)
        if among is None:  # nobody suits a tenant whose best match is weak
            suits = score[np.searchsorted(tenant, tenant)] >= self.first_floor
            tenant, offer, score = tenant[suits], offer[suits], score[suits]
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
        known: dict[tuple[Value, int, frozenset[int]], Choice] = {}
        found = []
        for row, tenant in enumerate(tenants):
            targets = None if self.anywhere else tenant.values.get("target_countries")
            key = targets, int(of_failure.reshape(-1)[row]), off.get(row, frozenset())
            if key not in known:
                allowed = self.scorer.active & among & self._within(tenant, targets)
                allowed &= ~excluded[key[1]] & ~np.isin(self.owners, list(key[2]))
                known[key] = self._choice(allowed)
            found.append(known[key])
        return found

    def _within(self, tenant: Tenant, targets: Value) -> Mask:
        """Return which offers are in a target place of a tenant, given its targets."""
        if targets not in self._in_target:
            if len(self._in_target) >= _REMEMBERED:
                self._in_target.clear()
            inside = offers_in_target([tenant], self.catalogue)[0] | self.anywhere
            self._in_target[targets] = inside
        return self._in_target[targets]

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


def _none(things: Sequence[object] | NDArray[np.intp]) -> NDArray[np.int8]:
    return np.zeros((len(things), 0), dtype=np.int8)
