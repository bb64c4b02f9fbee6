"""Whether a TOML table has the keys and the kinds of values that it should have."""

from __future__ import annotations

import difflib
import reprlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Defect: TypeAlias = tuple[str, str]
"""What is wrong, and a hint."""

README = "see data/README.md"


@dataclass(frozen=True, slots=True)
class Cell:
    """A plain value: how it is called in a message, and which values fit."""

    says: str
    fits: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Word:
    """One of a few words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of one kind, at least so many; `unique` is a key that tells them apart."""

    kind: Kind
    least: int = 0
    unique: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A table whose keys are free, but for those it needs, and whose values are of one kind."""

    kind: Kind
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with known keys.

    Parameters
    ----------
    needs, may : mapping of str to Kind
        Keys that it must have, and keys that it may have.
    title : str
        Key that names the table in a message; empty where its place does.
    """

    needs: Mapping[str, Kind]
    may: Mapping[str, Kind] = field(default_factory=dict)
    title: str = ""
    keys: Mapping[str, Kind] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", {**self.needs, **self.may})


@dataclass(frozen=True, slots=True)
class OneOf:
    """A table of one of several sorts, which its keys tell apart."""

    pick: Callable[[Mapping[str, Any]], Table]


Kind: TypeAlias = "Cell | Word | ListOf | Named | Table | OneOf"


def near(wanted: str, known: Collection[str], otherwise: str) -> str:
    """Return a hint: the known word that looks most like the wanted one, if any does."""
    found = difflib.get_close_matches(wanted, known, n=1)
    return f"did you mean {found[0]!r}?" if found else otherwise


def defects(value: Any, kind: Kind, key: str = "", where: str = "") -> Iterator[Defect]:
    """Yield what is wrong with a value of a data file.

    Parameters
    ----------
    value : Any
        As TOML gives it.
    kind : Kind
        What it should be.
    key : str, optional
        The key under which it stands; empty for a whole file.
    where : str, optional
        The tables around it, as a message begins with them.
    """
    match kind:
        case Cell(says, fits):
            if not fits(value):
                yield f"{where}{key} {reprlib.repr(value)} is not {says}", README
        case Word(words):
            if value not in words:
                listed = ", ".join(words)
                what = f"{where}{key} {reprlib.repr(value)} is not one of {listed}"
                yield what, near(str(value), words, "choose one of them")
        case ListOf():
            yield from _defects_of_list(value, kind, key, where)
        case _ if not isinstance(value, dict):
            yield f"{where}{key} {reprlib.repr(value)} is not a table", README
        case Named(each, needs):
            for name, part in value.items():
                yield from defects(part, each, f"{key}.{name}", where)
            for name in needs:
                if name not in value:
                    yield f"{where}{key}: key {name!r} is missing", README
        case OneOf(pick):
            yield from _defects_of_table(value, pick(value), _inside(where, key))
        case Table(title=title):
            name = value.get(title)
            named = f"{key} {name!r}" if key and isinstance(name, str) else key
            yield from _defects_of_table(value, kind, _inside(where, named))


def _inside(where: str, key: str) -> str:
    return f"{where}{key}: " if key else where


def _defects_of_list(value: Any, kind: ListOf, key: str, where: str) -> Iterator[Defect]:
    if not isinstance(value, list):
        yield f"{where}{key} {reprlib.repr(value)} is not a list", README
        return
    if len(value) < kind.least:
        yield f"{where}{key} is an empty list", f"{key} needs at least {kind.least}"
    seen: set[str] = set()
    for number, part in enumerate(value, 1):
        name = part.get(kind.unique) if kind.unique and isinstance(part, dict) else None
        if isinstance(name, str):
            if name in seen:
                yield (
                    f"{where}{key} {name!r} appears twice",
                    f"give each an {kind.unique} of its own",
                )
            seen.add(name)
        counted = isinstance(kind.kind, OneOf) or (
            isinstance(kind.kind, Table) and not kind.kind.title
        )
        yield from defects(part, kind.kind, f"{key} {number}" if counted else key, where)


def _defects_of_table(value: dict[str, Any], table: Table, where: str) -> Iterator[Defect]:
    meant: set[str] = set()
    for key, part in value.items():
        kind = table.keys.get(key)
        if kind is None:
            hint = near(key, table.keys, f"keys: {', '.join(table.keys)}")
            meant.update(name for name in table.needs if f"did you mean {name!r}?" == hint)
            yield f"{where}there is no key {key!r}", hint
        elif not isinstance(kind, Cell) or not kind.fits(part):
            yield from defects(part, kind, key, where)
    for key in table.needs:
        if key not in value and key not in meant:
            yield f"{where}key {key!r} is missing", README
