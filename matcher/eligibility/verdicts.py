"""Verdicts and their logic.

The verdict of a rule on a tenant is coded −1 (not met), 0 (unknown), 1 (met). Then "and" is
the minimum, "or" the maximum and "not" the sign: a missing fact stays unknown until another
settles the matter. A rule whose ``when`` does not hold is not applicable, coded 2.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Verdicts = NDArray[np.int8]


class RuleVerdict(IntEnum):
    """What is known of one rule on one tenant."""

    NOT_MET = -1
    UNKNOWN = 0
    MET = 1
    NOT_APPLICABLE = 2

    @property
    def word(self) -> str:
        """The verdict as it is printed."""
        return self.name.lower()


class PairVerdict(IntEnum):
    """What the rules of an offer say of one tenant, all together."""

    INELIGIBLE = -1
    CONDITIONAL = 0
    ELIGIBLE = 1

    @property
    def word(self) -> str:
        """The verdict as it is printed."""
        return self.name.lower()


def all_of(parts: list[Verdicts]) -> Verdicts:
    """Return the verdict of parts that must all hold."""
    return np.asarray(np.minimum.reduce(parts))


def any_of(parts: list[Verdicts]) -> Verdicts:
    """Return the verdict of parts of which one must hold."""
    return np.asarray(np.maximum.reduce(parts))


def at_least(n: int, parts: list[Verdicts]) -> Verdicts:
    """Return the verdict of parts of which `n` must hold: the n-th best of them."""
    if n <= 0:
        return np.ones_like(parts[0])
    if n > len(parts):
        return -np.ones_like(parts[0])
    return np.asarray(np.sort(np.stack(parts), axis=0)[-n])


def negated(part: Verdicts) -> Verdicts:
    """Return the verdict of a part that must not hold."""
    return -part


def conditional_on(when: Verdicts, requires: Verdicts) -> Verdicts:
    """Return the verdict of a rule that asks for something only where `when` holds.

    Where it is unknown whether the rule applies, meeting it settles the matter and failing it
    leaves it unknown.
    """
    settled = np.maximum(-when, requires)
    return np.where(when == -1, np.int8(RuleVerdict.NOT_APPLICABLE), settled).astype(np.int8)
