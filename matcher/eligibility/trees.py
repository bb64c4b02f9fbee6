"""The verdict of a rule from those of its comparisons, whatever these were compared with."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from matcher.catalogue import Rule
from matcher.catalogue.conditions import AllOf, AnyOf, AtLeast, Comparison, Condition, Not
from matcher.eligibility.verdicts import (
    Verdicts,
    all_of,
    any_of,
    at_least,
    conditional_on,
    negated,
)

Leaf = Callable[[Comparison], Verdicts]
"""What a comparison says of the cases at hand, one verdict each."""


def judge_rule_by(rule: Rule, leaf: Leaf) -> Verdicts:
    """Return `RuleVerdict` codes of a rule that is not a process, one for each case."""
    assert rule.requires is not None
    requires = judge_condition(rule.requires, leaf)
    if rule.when is None:
        return requires
    return conditional_on(judge_condition(rule.when, leaf), requires)


def judge_condition(condition: Condition, leaf: Leaf) -> Verdicts:
    """Return the verdicts of a condition from those of its comparisons."""
    match condition:
        case AllOf(parts):
            return all_of([judge_condition(part, leaf) for part in parts])
        case AnyOf(parts):
            return any_of([judge_condition(part, leaf) for part in parts])
        case AtLeast(n, parts):
            return at_least(n, [judge_condition(part, leaf) for part in parts])
        case Not(part):
            return negated(judge_condition(part, leaf))
        case Comparison():
            return leaf(condition)


def wishes(rule: Rule) -> Iterator[tuple[Comparison, int]]:
    """Yield each comparison of a rule with the verdict that serves the tenant: 1, or −1 under not.

    A condition without which a rule does not apply serves by not holding.
    """
    if rule.requires is not None:
        yield from _wishes(rule.requires, 1)
    if rule.when is not None:
        yield from _wishes(rule.when, -1)


def _wishes(condition: Condition, sign: int) -> Iterator[tuple[Comparison, int]]:
    match condition:
        case Comparison():
            yield condition, sign
        case Not(part):
            yield from _wishes(part, -sign)
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from _wishes(part, sign)
