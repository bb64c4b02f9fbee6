"""The smallest sets of changes that make rules hold, each set judged as a whole.

A change may close what another opens: rules have ``not`` in them, and a cell of one value holds
only one of two changes. So nothing is assumed of a set from its parts. With *n* changes there are
2ⁿ sets; all are judged at once, in arrays of that length, and a set is minimal when the rules
hold for it and for none of its proper subsets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.catalogue import Rule
from matcher.catalogue.conditions import Comparison
from matcher.eligibility.trees import judge_rule_by
from matcher.eligibility.verdicts import RuleVerdict, Verdicts

Mask = NDArray[np.bool_]

MOST_CHANGES = 16
"""Changes of which all sets are judged: 65,536 of them."""


def chosen_in(n: int) -> Mask:
    """Return which of *n* changes are in each set, of shape (n, 2**n)."""
    sets = np.arange(1 << n)
    return np.array([(sets >> change) & 1 for change in range(n)], dtype=bool).reshape(n, 1 << n)


def rules_hold(rules: Sequence[Rule], leaf: Callable[[Comparison], Verdicts], n_sets: int) -> Mask:
    """Return for which sets every rule is met or not applicable, of shape (n_sets,).

    Parameters
    ----------
    rules : sequence of Rule
        Without processes.
    leaf : callable
        What a comparison says for each set.
    n_sets : int
        How many sets there are.
    """
    hold = np.ones(n_sets, dtype=bool)
    for rule in rules:
        hold &= judge_rule_by(rule, leaf) >= RuleVerdict.MET
    return hold


def minimal_sets(hold: Mask) -> list[tuple[int, ...]]:
    """Return the sets that hold and of which no proper subset does, the smallest first.

    Parameters
    ----------
    hold : ndarray of bool of shape (2**n,)
        By set; bit *i* of a position says whether change *i* is in it.
    """
    n = hold.size.bit_length() - 1
    with_part = hold.copy()  # whether the set or one of its subsets holds
    for change in range(n):
        halves = with_part.reshape(-1, 2, 1 << change)
        halves[:, 1] |= halves[:, 0]
    proper = np.zeros_like(hold)
    for change in range(n):
        below = with_part.reshape(-1, 2, 1 << change)
        proper.reshape(-1, 2, 1 << change)[:, 1] |= below[:, 0]
    found = [
        tuple(change for change in range(n) if position >> change & 1)
        for position in map(int, np.flatnonzero(hold & ~proper))
    ]
    return sorted(found, key=lambda each: (len(each), each))
