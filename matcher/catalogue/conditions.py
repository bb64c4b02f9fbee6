"""The small tree of a rule's condition: comparisons joined by all, any, not, at least n.

A condition is data. It holds no expression and is never evaluated as code; judging it is
the work of `matcher.eligibility`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

OPERATORS = {
    "at_least": "number, TRL or money not below the value",
    "at_most": "number, TRL or money not above the value",
    "below": "number, TRL or money below the value",
    "is": "a code that is one of the values; `blank` says how not stated counts",
    "within": "a place of the cell lies in `place`; places in `unsettled` leave it open",
    "names": "an item of the cell is one of `institutions`, or lies in `place`, with `status`",
    "has": "a term of the cell is one of `value`, or lies below one of them",
    "holds": "an item of the cell is one of `schemes`, or any, with `status`",
    "younger_than": "a date less than `value` years before the day of the run",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field compared with something.

    Parameters
    ----------
    field : str
        Field of the tenant list.
    op : str
        One of `OPERATORS`.
    value : float, tuple of str or None
        What is compared with; None where `place` or `institutions` says it.
    currency : str or None
        Currency of a money limit; None for plain numbers.
    place : str or None
        Place that meets the comparison, with all that lies in it; named alone where
        `institutions` are asked for.
    unsettled : str or None
        Place that leaves the comparison open, with all that lies in it.
    institutions : tuple of str
        Institution ids; members of them count, and no other institution does.
    schemes : tuple of str
        Names of approvals or agreements, compared as whole forms.
    status : str or None
        Status that an item must have; None if any will do.
    blank : str or None
        ``not_met`` where not stated and undecided count as no; None where they are unknown, as
        elsewhere.
    """

    field: str
    op: str
    value: float | tuple[str, ...] | None = None
    currency: str | None = None
    place: str | None = None
    unsettled: str | None = None
    institutions: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    status: str | None = None
    blank: str | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Met when every part is met."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Met when one part is met."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Met when `n` of the parts are met."""

    n: int
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Met when the part is not."""

    part: Condition


Condition: TypeAlias = "Comparison | AllOf | AnyOf | AtLeast | Not"


def build_condition(entry: Mapping[str, Any]) -> Condition:
    """Return a condition from its TOML table.

    Raises
    ------
    ValueError
        When the table is none of the known nodes; the message says which part.
    """
    keys = set(entry)
    match entry:
        case {"all": parts} if keys == {"all"}:
            return AllOf(tuple(map(build_condition, parts)))
        case {"any": parts} if keys == {"any"}:
            return AnyOf(tuple(map(build_condition, parts)))
        case {"not": part} if keys == {"not"}:
            return Not(build_condition(part))
        case {"at_least": int(n), "of": parts} if keys == {"at_least", "of"}:
            return AtLeast(n, tuple(map(build_condition, parts)))
        case {"field": str(), "op": str(op)} if op in OPERATORS:
            return _comparison(entry)
    known = ", ".join(OPERATORS)
    raise ValueError(
        f"a condition needs all, any, not, at_least with of, or field and op (one of {known}); "
        f"found {sorted(keys)}"
    )


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Yield the comparisons of a condition from left to right."""
    match condition:
        case Comparison():
            yield condition
        case Not(part):
            yield from comparisons(part)
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from comparisons(part)


def _comparison(entry: Mapping[str, Any]) -> Comparison:
    values = dict(entry)
    if isinstance(values.get("value"), list):
        values["value"] = tuple(values["value"])
    for key in ("institutions", "schemes"):
        values[key] = tuple(values.get(key, ()))
    return Comparison(**values)
