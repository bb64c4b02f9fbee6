"""What can change of a tenant's facts: by what action, with whom, and which never change.

Remedies belong to facts, not to rules: a rule says what must hold, a remedy how a fact comes to
be. What a rule asks for fills the blanks of a remedy: ``{place}``, ``{partner}``, ``{value}``,
``{scheme}``, ``{status}`` and ``{as_of}`` (the day of the run).
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matcher.catalogue.provenance import Text, read_date

MOVES = ("up", "down")
BLANKS = ("place", "partner", "value", "scheme", "status", "as_of")
"""What a template of a remedy may leave open."""


@dataclass(frozen=True, slots=True)
class Time:
    """How long a step takes, where a source says so.

    Parameters
    ----------
    text : Text
        As a reader would say it.
    url : str
        Who says so.
    as_of : str or None
        Date of the source; None if undated.
    place : str or None
        The place that it is said of; None for everywhere.
    """

    text: Text
    url: str
    as_of: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class Remedy:
    """One action that changes facts.

    Parameters
    ----------
    id : str
        Unique among the remedies.
    action : Text
        What the tenant does; a template.
    sets : mapping of str to str
        Templates of cells after it, by field. The first field is what the action is about; the
        others are set only where they are not stated yet.
    places : tuple of str
        Where it can be done, with all that lies there; everywhere if empty.
    to : tuple of str
        Codes that the fact can take by it; any that a rule asks for if empty.
    moves : str or None
        ``up`` or ``down`` for numbers and ordered terms that move one way; None for the others.
    needs : tuple of str
        What a partner serves that can help, first the most telling; nobody can if empty.
    kinds : tuple of str
        Types of partners that can help; all if empty.
    bridges : mapping of str to tuple of str
        Korean institutions to ask where no bridge to a helper is on record, by place.
    after : tuple of str
        Remedies that come first where a route has both.
    agreement : Text or None
        The agreement of the office that would spare each tenant this action, a template; None
        where only the tenant itself can act.
    proof : Text or None
        Document that proves the new fact; None where none is known.
    takes : Time or None
        None where no source says how long.
    """

    id: str
    action: Text
    sets: Mapping[str, str]
    places: tuple[str, ...]
    to: tuple[str, ...]
    moves: str | None
    needs: tuple[str, ...]
    kinds: tuple[str, ...]
    bridges: Mapping[str, tuple[str, ...]]
    after: tuple[str, ...]
    agreement: Text | None
    proof: Text | None
    takes: Time | None

    @property
    def field(self) -> str:
        """The field that the action is about."""
        return next(iter(self.sets))

    @property
    def names_partner(self) -> bool:
        """Whether the helper is named in the cell itself."""
        return "{partner}" in self.sets[self.field]


@dataclass(frozen=True, slots=True)
class Remedies:
    """All remedies, and why other facts do not change.

    Parameters
    ----------
    remedies : tuple of Remedy
        In the order of the file, in which steps of a route follow unless one needs another.
    fixed : mapping of str to Text
        Why a fact never changes, by field.
    limits : mapping of str to Text
        Why a fact that may change by itself is no step, by field.
    """

    remedies: tuple[Remedy, ...] = ()
    fixed: Mapping[str, Text] = field(default_factory=dict)
    limits: Mapping[str, Text] = field(default_factory=dict)

    def of_field(self, name: str) -> tuple[Remedy, ...]:
        """Return the remedies that set a field."""
        return tuple(remedy for remedy in self.remedies if name in remedy.sets)

    def is_fixed(self, name: str) -> bool:
        """Return whether a fact never changes."""
        return name in self.fixed

    def why_not(self, name: str) -> Text:
        """Return why a fact is no step."""
        found = self.fixed.get(name) or self.limits.get(name)
        return found or Text(ko="바꾸는 방법이 알려져 있지 않음", en="no way to change it is known")


def build_remedies(entry: Mapping[str, Any]) -> Remedies:
    """Return the remedies from their TOML tables."""
    unchanged = entry.get("unchanged", ())
    return Remedies(
        tuple(map(_build_remedy, entry.get("remedy", ()))),
        {f: Text(each["why"]) for each in unchanged if each["never"] for f in each["fields"]},
        {f: Text(each["why"]) for each in unchanged if not each["never"] for f in each["fields"]},
    )


def blanks(template: str) -> set[str]:
    """Return the names of the blanks of a template.

    Raises
    ------
    ValueError
        When its braces do not pair up.
    """
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def _build_remedy(entry: Mapping[str, Any]) -> Remedy:
    return Remedy(
        entry["id"],
        Text(entry["action"]),
        dict(entry["sets"]),
        tuple(entry.get("places", ())),
        tuple(entry.get("to", ())),
        entry.get("moves"),
        tuple(entry.get("needs", ())),
        tuple(entry.get("kinds", ())),
        {place: tuple(ids) for place, ids in entry.get("bridges", {}).items()},
        tuple(entry.get("after", ())),
        Text(entry["agreement"]) if "agreement" in entry else None,
        Text(entry["proof"]) if "proof" in entry else None,
        _build_time(entry["takes"]) if "takes" in entry else None,
    )


def _build_time(entry: Mapping[str, Any]) -> Time:
    return Time(
        Text(ko=entry["ko"], en=entry["en"]),
        entry["url"],
        read_date(entry.get("as_of")),
        entry.get("place"),
    )
