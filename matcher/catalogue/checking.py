"""What the checks of the data folder share: problems, terms, circles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from matcher.catalogue.tables import near
from matcher.catalogue.vocabulary import Facet
from matcher.errors import Problem


def problem_in(name: str, what: str, hint: str) -> Problem:
    """Return a problem of a file of the data folder."""
    return Problem("unreadable", name, None, None, what, hint)


def check_term(name: str, where: str, term: str, facet: Facet) -> Iterator[Problem]:
    """Yield a problem when a facet has no such term."""
    if term not in facet.terms:
        hint = near(term, facet.terms, f"see vocabulary/{facet.id}.toml")
        yield problem_in(name, f"{where}: {term!r} is not a term of {facet.id}", hint)


def check_field(name: str, where: str, field: str, fields: Collection[str]) -> Iterator[Problem]:
    """Yield a problem when the tenant list has no such field."""
    if field not in fields:
        what = f"{where}: field {field!r} is no field of the tenant list"
        yield problem_in(name, what, near(field, fields, "see vocabulary/fields.toml"))


def check_circle(name: str, above: Mapping[str, Iterable[str]], says: str) -> Iterator[Problem]:
    """Yield a problem when things lie above themselves.

    Parameters
    ----------
    name : str
        The file.
    above : mapping of str to iterable of str
        What lies directly above each thing.
    says : str
        How the message calls a circle, such as ``parents``.
    """
    try:
        TopologicalSorter(above).prepare()
    except CycleError as error:
        circle = " < ".join(reversed(error.args[1]))
        yield problem_in(name, f"{says} run in a circle: {circle}", "take one of them out")
