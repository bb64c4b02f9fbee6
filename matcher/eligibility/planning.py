"""Routes: the sets of changes that make a pair eligible and of which no proper subset does.

Whether a change helps depends on the tenant only through the verdicts of the comparisons, so a
plan is made once for all tenants whom the comparisons of an offer see alike. Rules that share no
change are searched apart, and the routes past all of them are the unions of one set for each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matcher.catalogue import Rule
from matcher.catalogue.conditions import Comparison
from matcher.eligibility.judge import Eligibility
from matcher.eligibility.options import Option, OptionFinder
from matcher.eligibility.search import MOST_CHANGES, chosen_in, minimal_sets, rules_hold
from matcher.eligibility.trees import judge_rule_by, wishes
from matcher.eligibility.verdicts import RuleVerdict, Verdicts
from matcher.intake.changing import grows

MOST_ROUTES = 12
"""Routes that are kept of a pair, those of the fewest steps."""

Route = tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Blocker:
    """A fact that stands in the way and that no step changes.

    Parameters
    ----------
    rule : Rule
        Which rule looks at it.
    field : str
        Field of the tenant list.
    known : bool
        Whether the fact is known; one that is not may still be as the rule wants it.
    """

    rule: Rule
    field: str
    known: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What it would take to make a pair eligible.

    Parameters
    ----------
    routes : tuple of tuple of Option
        Fewest steps first, the steps in their order; empty where there is no way, and where
        there is nothing to do.
    blockers : tuple of Blocker
        What stands in the way; empty where there is a route or nothing to do.
    """

    routes: tuple[Route, ...]
    blockers: tuple[Blocker, ...]


class RoutePlanner:
    """Plans the routes of all pairs that were judged, each kind of case once.

    Parameters
    ----------
    eligibility : Eligibility
        Verdicts of all pairs.
    """

    def __init__(self, eligibility: Eligibility) -> None:
        self.eligibility = eligibility
        self._finder = OptionFinder(eligibility.catalogue, eligibility.as_of)
        self._programs: dict[int, _Program] = {}

    def plan(self, tenant: int, offer: int) -> Plan:
        """Return what it would take to make a pair eligible, by positions."""
        if offer not in self._programs:
            self._programs[offer] = _Program(self.eligibility, offer, self._finder)
        return self._programs[offer].plan(tenant)


class _Program:
    """The rules of one offer with the changes that can serve them."""

    def __init__(self, eligibility: Eligibility, offer: int, finder: OptionFinder) -> None:
        self.eligibility = eligibility
        self.rules = [rule for rule in eligibility.rules(offer) if rule.kind != "preference"]
        self.wishes = list(dict.fromkeys(wish for rule in self.rules for wish in wishes(rule)))
        self.comparisons = list(dict.fromkeys(comparison for comparison, _ in self.wishes))
        self.options = finder.options(eligibility.catalogue.offers[offer], self.rules)
        self._finder = finder
        self._plans: dict[bytes, Plan] = {}

    @cached_property
    def _asking(self) -> list[int]:
        return [at for at, option in enumerate(self.options) if option.asks_tenant]

    @cached_property
    def _seen(self) -> Verdicts:
        """What decides on the plan of each tenant, of shape (n_tenants, n_facts)."""
        tenants = self.eligibility.tenants
        facts = [self.eligibility.compared(comparison) for comparison in self.comparisons]
        for at in self._asking:
            facts.append(
                np.array([self._finder.is_open(self.options[at], t) for t in tenants], np.int8)
            )
        return np.ascontiguousarray(np.stack(facts, axis=1))

    def plan(self, tenant: int) -> Plan:
        if not self.rules:
            return Plan((), ())
        key = self._seen[tenant].tobytes()
        if key not in self._plans:
            self._plans[key] = self._new_plan(self._seen[tenant])
        return self._plans[key]

    def _new_plan(self, seen: Verdicts) -> Plan:
        now = dict(zip(self.comparisons, map(int, seen), strict=False))
        shut = {
            at for at, is_open in zip(self._asking, seen[len(now) :], strict=True) if not is_open
        }
        options = [
            option
            for at, option in enumerate(self.options)
            if at not in shut and self._serves(option, now)
        ]
        routes: list[Route] = [()]
        blockers: list[Blocker] = []
        for rules, shared in _parts(self.rules, options):
            verdicts = {rule.id: _verdict(rule, now) for rule in rules}
            if min(verdicts.values()) >= RuleVerdict.MET:
                continue
            found = _search(rules, shared, now, self._finder)
            if not found:
                open_rules = [rule for rule in rules if verdicts[rule.id] < RuleVerdict.MET]
                blockers += _blockers(open_rules, shared, now)
            longer = [(*route, *more) for route in routes for more in found]
            routes = sorted(longer, key=len)[:MOST_ROUTES]
        if blockers or routes == [()]:
            return Plan((), tuple(blockers))
        return Plan(tuple(_in_order(route) for route in routes), ())

    def _serves(self, option: Option, now: Mapping[Comparison, int]) -> bool:
        """Return whether a change improves what some rule looks at."""
        if option.confirms and now[option.comparison] != RuleVerdict.UNKNOWN:
            return False
        return any(
            now[comparison] * wish < option.effects[comparison] * wish
            for comparison, wish in self.wishes
            if comparison in option.effects
        )


def _parts(
    rules: Sequence[Rule], options: Sequence[Option]
) -> list[tuple[list[Rule], list[Option]]]:
    """Return the rules in groups that share no change, each with its changes."""
    groups: list[tuple[list[Rule], list[Option]]] = []
    for rule in rules:
        looked_at = {comparison for comparison, _ in wishes(rule)}
        own = [option for option in options if not looked_at.isdisjoint(option.effects)]
        joined = [g for g in groups if any(option in g[1] for option in own)]
        together = [*(each for g in joined for each in g[0]), rule]
        changes = [each for each in options if each in own or any(each in g[1] for g in joined)]
        groups = [g for g in groups if g not in joined] + [(together, changes)]
    return groups


def _search(
    rules: Sequence[Rule],
    options: Sequence[Option],
    now: Mapping[Comparison, int],
    finder: OptionFinder,
) -> list[Route]:
    """Return the smallest sets of changes for which all rules hold."""
    options = options[:MOST_CHANGES]
    chosen = chosen_in(len(options))
    n_sets = 1 << len(options)
    fields = finder.catalogue.vocabulary.fields

    def leaf(comparison: Comparison) -> Verdicts:
        after = np.full(n_sets, now[comparison], dtype=np.int8)
        for option, inside in zip(options, chosen, strict=True):
            if comparison in option.effects:
                effect = np.int8(option.effects[comparison])
                best = grows(fields[comparison.field])
                after[inside] = np.maximum(after[inside], effect) if best else effect
        return after

    hold = rules_hold(rules, leaf, n_sets)
    for field in {field for option in options for field in option.cells}:
        if not grows(fields[field]):  # a cell of one value holds one change
            setting = [field in option.cells for option in options]
            hold &= chosen[np.array(setting, dtype=bool)].sum(axis=0) <= 1
    return [tuple(options[at] for at in part) for part in minimal_sets(hold)]


def _verdict(rule: Rule, now: Mapping[Comparison, int]) -> int:
    return int(judge_rule_by(rule, lambda each: np.array([now[each]], dtype=np.int8))[0])


def _blockers(
    rules: Sequence[Rule], options: Sequence[Option], now: Mapping[Comparison, int]
) -> list[Blocker]:
    """Return the facts that rules look at and no change reaches; all facts if each has one."""
    unmet = [
        (rule, comparison)
        for rule in rules
        for comparison, wish in wishes(rule)
        if now[comparison] * wish < RuleVerdict.MET
    ]
    reached = {comparison for option in options for comparison in option.effects}
    standing = [each for each in unmet if each[1] not in reached] or unmet
    found: dict[tuple[str, str], Blocker] = {}
    for rule, comparison in standing:
        known = now[comparison] != RuleVerdict.UNKNOWN
        found.setdefault((rule.id, comparison.field), Blocker(rule, comparison.field, known))
    return list(found.values())


def _in_order(route: Route) -> Route:
    """Return steps so that each stands behind those it needs, else as the remedies stand."""
    left = list(route)
    ordered: list[Option] = []
    while left:
        waiting = {option.remedy.id for option in left if option.remedy}
        ready = next(
            (o for o in left if o.remedy is None or waiting.isdisjoint(o.remedy.after)), left[0]
        )
        left.remove(ready)
        ordered.append(ready)
    return tuple(ordered)
