"""What rules must have in common with offers, fields, institutions and rates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from math import inf

from matcher.catalogue.checking import check_field, check_term, problem_in
from matcher.catalogue.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Comparison,
    Condition,
    Not,
    comparisons,
)
from matcher.catalogue.exchange import ExchangeRates
from matcher.catalogue.institutions import Institutions
from matcher.catalogue.rules import Rule
from matcher.catalogue.tables import near
from matcher.catalogue.vocabulary import Field, Vocabulary
from matcher.errors import Problem

_NUMBERS = ("trl", "class", "count", "percent", "money")
_BOUNDS = {"trl": (1, 9), "class": (1, 4), "percent": (0, 100)}
"""Least and most that a cell of a kind can say; 0 and anything where a kind is not listed."""

_LIMITS = (_NUMBERS, frozenset({"value", "currency"}))
_FITTING = {
    "at_least": _LIMITS,
    "at_most": _LIMITS,
    "below": _LIMITS,
    "is": (("term", "choice"), frozenset({"value"})),
    "within": (("places", "entities"), frozenset({"place", "unsettled"})),
    "names": (
        ("names", "statuses"),
        frozenset({"institutions", "place", "unsettled", "status"}),
    ),
    "has": (("term", "terms"), frozenset({"value"})),
    "holds": (("statuses",), frozenset({"schemes", "status"})),
    "younger_than": (("date",), frozenset({"value"})),
}
"""Kinds of fields that an operator can compare, and what it compares with."""

_OPERANDS = ("value", "currency", "place", "unsettled", "institutions", "schemes", "status")


@dataclass(frozen=True)
class RuleChecker:
    """Checks rules against the rest of the data folder.

    Parameters
    ----------
    offers : collection of str
        Full ids of all offers.
    broken : collection of str
        Partners that could not be read; they and their offers are not missed.
    vocabulary : Vocabulary
        Fields, statuses and places.
    institutions : Institutions
        Those that a rule can name.
    rates : ExchangeRates
        Currencies that a limit can have.
    replaced : collection of str, optional
        Partners whose shipped file another takes the place of; the offers that this one lacks
        are told once, however many rules name them.
    """

    offers: Collection[str]
    broken: Collection[str]
    vocabulary: Vocabulary
    institutions: Institutions
    rates: ExchangeRates
    replaced: Collection[str] = ()

    def check(self, rules: Iterable[tuple[str, Rule]]) -> Iterator[Problem]:
        """Yield what is wrong with rules, each given with the file that holds it."""
        seen: dict[str, str] = {}
        lacking: dict[str, dict[str, None]] = {}
        for name, rule in rules:
            if rule.id in seen:
                what = f"rule {rule.id!r} appears twice"
                hint = f"give each rule an id of its own; see {seen[rule.id]}"
                yield problem_in(name, what, hint)
            seen.setdefault(rule.id, name)
            for offer in rule.offers:
                partner, _, local = offer.partition("/")
                if offer in self.offers or partner in self.broken:
                    continue
                if partner in self.replaced and name != f"partners/{partner}.toml":
                    lacking.setdefault(partner, {})[local] = None
                else:
                    what = f"rule {rule.id!r}: offer {offer!r} does not exist"
                    yield problem_in(name, what, near(offer, self.offers, "see `matcher partners`"))
            yield from self._check_rule(name, rule)
        for partner, offers in lacking.items():
            what = f"lacks offers that other files have rules for: {', '.join(offers)}"
            hint = "begin with a copy of the shipped file; close an offer rather than take it out"
            yield problem_in(f"partners/{partner}.toml", what, hint)

    def _check_rule(self, name: str, rule: Rule) -> Iterator[Problem]:
        where = f"rule {rule.id!r}"
        fields = self.vocabulary.fields
        begins, ends = rule.effective_from, rule.effective_to
        if begins and ends and ends < begins[: len(ends)]:
            what = f"{where}: effective_to {ends} is before effective_from {begins}"
            yield problem_in(name, what, "mend one of them")
        if rule.requires is not None and not rule.cases:
            hint = "add at least met, not met and unknown"
            yield problem_in(name, f"{where} has no cases", hint)
        for condition in (rule.requires, rule.when):
            if condition is None:
                continue
            yield from _check_counts(name, where, condition)
            for comparison in comparisons(condition):
                yield from self._check_comparison(name, where, comparison)
        for case in rule.cases:
            for field in case.tenant:
                yield from check_field(name, f"{where}: case {case.name!r}", field, fields)

    def _check_comparison(self, name: str, where: str, comparison: Comparison) -> Iterator[Problem]:
        field = self.vocabulary.fields.get(comparison.field)
        if field is None:
            yield from check_field(name, where, comparison.field, self.vocabulary.fields)
            return
        wrong = _misfit(comparison, field)
        if wrong is not None:
            what, hint = wrong
            yield problem_in(name, f"{where}: {field.id} {comparison.op}: {what}", hint)
            return
        if comparison.op in ("is", "has"):
            yield from self._check_codes(name, where, comparison, field)
        if comparison.currency not in (None, *self.rates.krw_per):
            what = f"{where}: there is no rate for {comparison.currency!r}"
            yield problem_in(name, what, "add it to exchange_rates.toml")
        for place in filter(None, (comparison.place, comparison.unsettled)):
            yield from check_term(name, where, place, self.vocabulary.facets["place"])
        table = self.institutions.table
        for institution in comparison.institutions:
            if institution not in table:
                what = f"{where}: {institution!r} is no institution"
                yield problem_in(name, what, near(institution, table, "see institutions.toml"))
        if comparison.status not in (None, *field.codes):
            what = f"{where}: {comparison.status!r} is no status of {field.id}"
            hint = f"one of {', '.join(field.codes)}" if field.codes else "leave it out"
            yield problem_in(name, what, hint)

    def _check_codes(
        self, name: str, where: str, comparison: Comparison, field: Field
    ) -> Iterator[Problem]:
        assert isinstance(comparison.value, tuple)
        for code in comparison.value:
            if field.facet is not None:
                yield from check_term(name, where, code, self.vocabulary.facets[field.facet])
            elif code not in field.codes:
                what = f"{where}: {code!r} is no code of {field.id}"
                yield problem_in(name, what, f"one of {', '.join(field.codes)}")


def _check_counts(name: str, where: str, condition: Condition) -> Iterator[Problem]:
    match condition:
        case Not(part):
            yield from _check_counts(name, where, part)
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            if isinstance(condition, AtLeast) and condition.n > len(parts):
                what = f"{where}: at_least {condition.n} of {len(parts)} can never be met"
                yield problem_in(name, what, f"1 to {len(parts)}")
            for part in parts:
                yield from _check_counts(name, where, part)


def _misfit(comparison: Comparison, field: Field) -> tuple[str, str] | None:
    """Return how operator, field and operands do not fit, and a hint; None if they do."""
    kinds, operands = _FITTING[comparison.op]
    if field.kind not in kinds:
        fitting = ", ".join(op for op, (fits, _) in _FITTING.items() if field.kind in fits)
        hint = f"use {fitting}" if fitting else "no rule can compare this field"
        return f"does not fit a field of kind {field.kind}", hint
    stated = [key for key in _OPERANDS if getattr(comparison, key) not in (None, ())]
    useless = [key for key in stated if key not in operands]
    if useless:
        return (
            f"has no use for {useless[0]!r}",
            f"it is compared with {', '.join(sorted(operands))}",
        )
    if field.kind in _NUMBERS or comparison.op == "younger_than":
        return _misfit_of_number(comparison, field)
    if comparison.op in ("is", "has") and not isinstance(comparison.value, tuple):
        return "needs `value`, a list of ids", 'such as value = ["…"]'
    if comparison.op == "within" and comparison.place is None:
        return "needs `place`", "see vocabulary/place.toml"
    if comparison.op == "names" and not {"institutions", "place", "unsettled"} & {*stated}:
        return "needs `institutions`, `place` or `unsettled`", "say whom the cell must name"
    return None


def _misfit_of_number(comparison: Comparison, field: Field) -> tuple[str, str] | None:
    if not isinstance(comparison.value, int | float):
        return "needs `value`, a number", "such as value = 7"
    if field.kind == "money" and comparison.currency is None:
        return "needs `currency`", "an ISO code with a rate in exchange_rates.toml"
    if field.kind != "money" and comparison.currency is not None:
        return "has no use for 'currency'", "only money has one"
    if not _can_be_met(comparison, _BOUNDS.get(field.kind, (0, inf))):
        return f"{comparison.value:g} can never be met", "mend the value"
    return None


def _can_be_met(comparison: Comparison, bounds: tuple[float, float]) -> bool:
    """Return whether any cell of the field could meet the comparison."""
    limit, (least, most) = comparison.value, bounds
    assert isinstance(limit, int | float)
    match comparison.op:
        case "at_least":
            return limit <= most
        case "at_most":
            return limit >= least
        case _:
            return limit > least
