"""What the files of the data folder must have in common: terms, fields, offers, statuses."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator

from matcher.catalogue.conditions import Comparison, comparisons
from matcher.catalogue.rules import Rule
from matcher.catalogue.vocabulary import Facet, Vocabulary
from matcher.errors import Problem


def problem_in(name: str, what: str, hint: str) -> Problem:
    """Return a problem of a file of the data folder."""
    return Problem("unreadable", name, None, None, what, hint)


def check_term(name: str, where: str, term: str, facet: Facet) -> Iterator[Problem]:
    """Yield a problem when a facet has no such term."""
    if term not in facet.terms:
        near = difflib.get_close_matches(term, facet.terms, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"see vocabulary/{facet.id}.toml"
        yield problem_in(name, f"{where}: {term!r} is not a term of {facet.id}", hint)


def check_rules(
    rules: Iterable[tuple[str, Rule]],
    offers: Collection[str],
    broken: Collection[str],
    vocabulary: Vocabulary,
) -> Iterator[Problem]:
    """Yield what is wrong with rules as parts of a whole.

    Parameters
    ----------
    rules : iterable of (str, Rule)
        Each with the file that holds it.
    offers : collection of str
        Full ids of all offers.
    broken : collection of str
        Partners whose offers could not be read; their offers are not missed.
    vocabulary : Vocabulary
        Fields, statuses and places.
    """
    seen: set[str] = set()
    for name, rule in rules:
        what = f"rule {rule.id!r}"
        if rule.id in seen:
            yield problem_in(name, f"{what} appears twice", "give each rule an id of its own")
        seen.add(rule.id)
        for offer in rule.offers:
            if offer not in offers and offer.partition("/")[0] not in broken:
                missing = f"{what}: offer {offer!r} does not exist"
                yield problem_in(name, missing, "see `matcher partners`")
        if rule.requires is not None and not rule.cases:
            yield problem_in(name, f"{what} has no cases", "add at least met, not met and unknown")
        for condition in (rule.requires, rule.when):
            for comparison in comparisons(condition) if condition else ():
                yield from _check_comparison(name, what, comparison, vocabulary)
        for field in rule.remedy.sets if rule.remedy else ():
            yield from _check_field(name, what, field, vocabulary)


def _check_comparison(
    name: str, what: str, comparison: Comparison, vocabulary: Vocabulary
) -> Iterator[Problem]:
    yield from _check_field(name, what, comparison.field, vocabulary)
    field = vocabulary.fields.get(comparison.field)
    if field is not None and comparison.status not in (None, *field.codes):
        unknown = f"{what}: {comparison.status!r} is no status of {field.id}"
        yield problem_in(name, unknown, f"one of {', '.join(field.codes)}")
    for place in filter(None, (comparison.place, comparison.unsettled)):
        yield from check_term(name, what, place, vocabulary.facets["place"])


def _check_field(name: str, what: str, field: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    if field not in vocabulary.fields:
        unknown = f"{what}: field {field!r} is no field of the tenant list"
        yield problem_in(name, unknown, "see vocabulary/fields.toml")
