"""Texts in two languages by position, for a page that holds both over the same numbers."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from matcher.catalogue import Text

_Key = TypeVar("_Key", bound=Hashable)
_Line = TypeVar("_Line")


class Table(Generic[_Key]):
    """Things by position, each kept once."""

    def __init__(self) -> None:
        self._positions: dict[_Key, int] = {}

    def __call__(self, thing: _Key) -> int:
        """Return the position of a thing, a new one where it is new."""
        return self._positions.setdefault(thing, len(self._positions))

    def __iter__(self) -> Iterator[_Key]:
        return iter(self._positions)


class Pairs:
    """Texts, Korean and English, each pair kept once."""

    def __init__(self) -> None:
        self._texts: Table[tuple[str, str]] = Table()

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._texts)

    def text(self, korean: str, english: str) -> int:
        """Return the position of a text."""
        return self._texts((korean, english))

    def label(self, label: Text) -> int:
        """Return the position of a label."""
        return self.text(label["ko"], label["en"])

    def each(self, korean: Sequence[str], english: Sequence[str]) -> list[int]:
        """Return the positions of texts."""
        return [self.text(*pair) for pair in zip(korean, english, strict=True)]

    def joined(self, korean: Sequence[str], english: Sequence[str]) -> int:
        """Return the position of texts as one."""
        return self.text(", ".join(korean), ", ".join(english))

    def lines(
        self, korean: Iterable[Sequence[str]], english: Iterable[Sequence[str]]
    ) -> list[list[int]]:
        """Return tuples of texts as lists of positions."""
        return [
            [self.text(*pair) for pair in zip(*lines, strict=True)]
            for lines in zip(korean, english, strict=True)
        ]

    def named(
        self, korean: Iterable[tuple[str, _Line]], english: Iterable[tuple[str, _Line]]
    ) -> list[list[Any]]:
        """Return values that are the same in both languages under their labels."""
        return [
            [self.text(ko, en), value] for (ko, value), (en, _) in zip(korean, english, strict=True)
        ]
