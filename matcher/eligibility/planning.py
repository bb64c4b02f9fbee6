"""Routes: the sets of changes that make a pair eligible and of which no proper subset does.

Whether a change helps depends on the tenant only through the verdicts of the comparisons, so a
plan is made once for all tenants whom the comparisons of an offer see alike. Rules that share no
change are searched apart, and the routes past all of them are the unions of one set for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.catalogue import Offer, Rule
from matcher.catalogue.conditions import Comparison
from matcher.eligibility.judge import Eligibility
from matcher.eligibility.options import Option, OptionFinder
from matcher.eligibility.search import MOST_CHANGES, Mask, chosen_in, minimal_sets, rules_hold
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
        self._alike: dict[tuple[str, ...], _Program] = {}
        self._parts: dict[object, _Part] = {}

    def plan(self, tenant: int, offer: int) -> Plan:
        """Return what it would take to make a pair eligible, by positions."""
        return self._program_of(offer).plan(tenant)

    def options(self, offer: int) -> list[Option]:
        """Return the changes that can serve a rule of an offer, by position."""
        return [option for part in self._program_of(offer).parts for option in part.options]

    def _program_of(self, offer: int) -> _Program:
        if offer not in self._programs:
            found = self.eligibility.catalogue.offers[offer]
            rules = [rule for rule in self.eligibility.rules(offer) if rule.kind != "preference"]
            key = (found.partner_id, *(rule.id for rule in rules))
            if key not in self._alike:
                self._alike[key] = self._program(found, rules)
            self._programs[offer] = self._alike[key]
        return self._programs[offer]

    def _program(self, offer: Offer, rules: Sequence[Rule]) -> _Program:
        """Return the rules of an offer in parts, which offers under the same rules share."""
        options = self._finder.options(offer, rules)
        parts = []
        for own_rules, own_options in _apart(rules, options):
            key = (
                *(rule.id for rule in own_rules),
                *((*option.cells.items(), option.partners) for option in own_options),
            )
            if key not in self._parts:
                self._parts[key] = _Part(self.eligibility, own_rules, own_options, self._finder)
            parts.append(self._parts[key])
        return _Program(parts, len(self.eligibility.tenants))


class _Program:
    """The rules of one offer, in parts that share no change."""

    def __init__(self, parts: Sequence[_Part], n_tenants: int) -> None:
        self.parts = parts
        codes = np.zeros(n_tenants, dtype=np.int64)
        for part in parts:  # tenants whom all parts see alike are one case
            _, codes = np.unique(codes * part.n_cases + part.case, return_inverse=True)
        self._case: list[int] = codes.reshape(-1).tolist()
        self._plans: dict[int, Plan] = {}

    def plan(self, tenant: int) -> Plan:
        case = self._case[tenant]
        if case not in self._plans:
            self._plans[case] = _joined([part.answer(tenant) for part in self.parts])
        return self._plans[case]


def _joined(answers: Sequence[Plan]) -> Plan:
    """Return the plan of all parts: the unions of a route of each, or all that blocks."""
    blockers = tuple(blocker for answer in answers for blocker in answer.blockers)
    if blockers:
        return Plan((), blockers)
    routes: list[Route] = [()]
    for answer in answers:
        if answer.routes:
            longer = [(*route, *more) for route in routes for more in answer.routes]
            routes = sorted(longer, key=len)[:MOST_ROUTES]
    return Plan(() if routes == [()] else tuple(map(_in_order, routes)), ())


class _Part:
    """Rules that share changes, and those changes."""

    def __init__(
        self,
        eligibility: Eligibility,
        rules: Sequence[Rule],
        options: Sequence[Option],
        finder: OptionFinder,
    ) -> None:
        self.rules = rules
        self.options = options
        wished = dict.fromkeys(wish for rule in rules for wish in wishes(rule))
        self.comparisons = list(dict.fromkeys(comparison for comparison, _ in wished))
        self._at = {comparison: at for at, comparison in enumerate(self.comparisons)}
        self._wishes = [(self._at[comparison], sign) for comparison, sign in wished]
        self._effects = [
            {
                self._at[comparison]: effect
                for comparison, effect in option.effects.items()
                if comparison in self._at
            }
            for option in options
        ]
        self._confirmed = [self._at.get(o.comparison) if o.confirms else None for o in options]
        fields = finder.catalogue.vocabulary.fields
        self._grows = [grows(fields[comparison.field]) for comparison in self.comparisons]
        self._single = {f for o in options for f in o.cells if not grows(fields[f])}
        self._asking = [at for at, option in enumerate(options) if option.asks_tenant]
        facts = [eligibility.compared(comparison) for comparison in self.comparisons]
        for at in self._asking:
            is_open = finder.open_to(options[at], eligibility.tenants, eligibility.compared)
            facts.append(np.array(is_open, dtype=np.int8))
        seen = np.ascontiguousarray(np.stack(facts, axis=1))
        rows = seen.view(np.dtype((np.void, seen.shape[1]))).reshape(-1)
        _, first, case = np.unique(rows, return_index=True, return_inverse=True)
        self.case = case.reshape(-1)
        self.n_cases = len(first)
        self._cases = seen[first].tolist()
        self._answers: dict[int, Plan] = {}

    def answer(self, tenant: int) -> Plan:
        """Return what it takes to make the rules of the part hold for a tenant."""
        case = int(self.case[tenant])
        if case not in self._answers:
            self._answers[case] = self._solve(self._cases[case])
        return self._answers[case]

    def _solve(self, seen: list[int]) -> Plan:
        now, is_open = seen[: len(self.comparisons)], seen[len(self.comparisons) :]
        verdicts = [
            int(judge_rule_by(rule, lambda each: np.array([now[self._at[each]]], np.int8))[0])
            for rule in self.rules
        ]
        if min(verdicts) >= RuleVerdict.MET:
            return Plan((), ())
        shut = {at for at, free in zip(self._asking, is_open, strict=True) if not free}
        useful = [at for at in range(len(self.options)) if at not in shut and self._serves(at, now)]
        useful = useful[:MOST_CHANGES]
        found = minimal_sets(self._hold(useful, now))
        if found:
            return Plan(tuple(tuple(self.options[useful[at]] for at in part) for part in found), ())
        unmet = [rule for rule, said in zip(self.rules, verdicts, strict=True) if said < 1]
        return Plan((), tuple(self._blockers(unmet, useful, now)))

    def _serves(self, at: int, now: Sequence[int]) -> bool:
        """Return whether a change improves what some rule looks at."""
        confirmed, effects = self._confirmed[at], self._effects[at]
        if confirmed is not None and now[confirmed] != RuleVerdict.UNKNOWN:
            return False
        return any(
            now[each] * wish < effects[each] * wish
            for each, wish in self._wishes
            if each in effects
        )

    def _hold(self, useful: Sequence[int], now: Sequence[int]) -> Mask:
        """Return for which sets of changes all rules hold."""
        chosen = chosen_in(len(useful))
        n_sets = chosen.shape[1]

        def leaf(comparison: Comparison) -> Verdicts:
            each = self._at[comparison]
            after = np.full(n_sets, now[each], dtype=np.int8)
            for at, inside in zip(useful, chosen, strict=True):
                effect = self._effects[at].get(each)
                if effect is not None and (not self._grows[each] or effect > now[each]):
                    best = np.maximum(after[inside], effect) if self._grows[each] else effect
                    after[inside] = best
            return after

        hold = rules_hold(self.rules, leaf, n_sets)
        for field in self._single:  # a cell of one value holds one change
            setting = [field in self.options[at].cells for at in useful]
            if sum(setting) > 1:
                hold &= chosen[np.array(setting, dtype=bool)].sum(axis=0) <= 1
        return hold

    def _blockers(
        self, rules: Sequence[Rule], useful: Sequence[int], now: Sequence[int]
    ) -> list[Blocker]:
        """Return the facts that rules look at and no change reaches; all if each is reached."""
        unmet = [
            (rule, comparison)
            for rule in rules
            for comparison, wish in wishes(rule)
            if now[self._at[comparison]] * wish < RuleVerdict.MET
        ]
        reached = {each for at in useful for each in self._effects[at]}
        standing = [pair for pair in unmet if self._at[pair[1]] not in reached] or unmet
        found: dict[tuple[str, str], Blocker] = {}
        for rule, comparison in standing:
            known = now[self._at[comparison]] != RuleVerdict.UNKNOWN
            found.setdefault((rule.id, comparison.field), Blocker(rule, comparison.field, known))
        return list(found.values())


def _apart(
    rules: Sequence[Rule], options: Sequence[Option]
) -> list[tuple[list[Rule], list[Option]]]:
    """Return the rules in parts that share no change, each with its changes."""
    parts: list[tuple[list[Rule], list[int]]] = []
    for rule in rules:
        looked_at = {comparison for comparison, _ in wishes(rule)}
        own = [at for at, each in enumerate(options) if not looked_at.isdisjoint(each.effects)]
        joined = [part for part in parts if not set(own).isdisjoint(part[1])]
        together = [*(each for part in joined for each in part[0]), rule]
        changes = sorted({*own, *(at for part in joined for at in part[1])})
        parts = [part for part in parts if part not in joined] + [(together, changes)]
    return [(own_rules, [options[at] for at in changes]) for own_rules, changes in parts]


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
