"""What the rules say of chosen pairs, without the verdicts of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.catalogue import Catalogue, Rule
from matcher.eligibility import PairVerdict, pair_verdict

Positions = NDArray[np.intp]

_REMEMBERED = 100_000
_NO_CODES = np.empty(0, dtype=np.int8)


@dataclass(frozen=True)
class PairFinding:
    """What the rules of an offer say of a tenant."""

    verdict: PairVerdict
    not_met: tuple[str, ...]
    unknown: tuple[str, ...]

    @staticmethod
    def of(rules: Sequence[Rule], codes: NDArray[np.int8]) -> PairFinding:
        """Return the finding of the codes that stand beside the rules."""
        said = list(zip(rules, codes.tolist(), strict=True))
        return PairFinding(
            pair_verdict(rules, codes.tolist()),
            tuple(rule.id for rule, code in said if code == -1),
            tuple(rule.id for rule, code in said if code == 0),
        )


class PairRules:
    """Tells what the rules in effect on one day say of pairs, and remembers what it has told."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._sets, self._set_of = _rule_sets(catalogue)
        self._known: dict[tuple[int, bytes], PairFinding] = {}

    def findings(
        self, by_rule: Mapping[str, NDArray[np.int8]], tenant: Positions, offer: Positions
    ) -> list[PairFinding]:
        """Return what the rules say of each pair.

        Parameters
        ----------
        by_rule : mapping of str to ndarray of int8 of shape (n_tenants,)
            As of `matcher.eligibility.Eligibility`.
        tenant, offer : ndarray of int of shape (n_pairs,)
            Positions.
        """
        column = {rule_id: at for at, rule_id in enumerate(by_rule)}
        verdicts = np.column_stack(list(by_rule.values()) or [np.zeros((0, 0), dtype=np.int8)])
        judged = [[rule for rule in rules if rule.id in column] for rules in self._sets]
        columns = [[column[rule.id] for rule in rules] for rules in judged]
        found = []
        for row, rule_set in zip(tenant, self._set_of[offer].tolist(), strict=True):
            own = verdicts[row, columns[rule_set]] if columns[rule_set] else _NO_CODES
            key = rule_set, own.tobytes()
            if key not in self._known:
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                self._known[key] = PairFinding.of(judged[rule_set], own)
            found.append(self._known[key])
        return found


def _rule_sets(catalogue: Catalogue) -> tuple[list[tuple[Rule, ...]], Positions]:
    """Return the distinct sets of rules of offers, and which of them each offer has."""
    known: dict[tuple[str, ...], int] = {}
    sets: list[tuple[Rule, ...]] = []
    of_offer = []
    for offer in catalogue.offers:
        rules = catalogue.rules_of_offer[offer.id]
        at = known.setdefault(tuple(rule.id for rule in rules), len(sets))
        if at == len(sets):
            sets.append(rules)
        of_offer.append(at)
    return sets, np.array(of_offer, dtype=np.intp)
