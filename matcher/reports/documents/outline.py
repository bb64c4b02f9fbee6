"""A document as its reader sees it, before any format: lines of four levels, and tables.

The marks are those of Korean public offices: □ ○ - for items, ※ for notes, 붙임 … 끝. at the end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Level = Literal["item", "point", "detail", "source", "note", "plain", "annex"]

MARKS: dict[Level, str] = {
    "item": "□ ",
    "point": "○ ",
    "detail": "- ",
    "source": "· ",
    "note": "※ ",
    "plain": "",
    "annex": "",
}
"""What a line begins with; an annex begins a page."""

_ACTS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""What turns the direction of a line, or no document may hold."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text at a level, without its mark."""

    level: Level
    text: str

    @property
    def shown(self) -> str:
        """The line with its mark."""
        return MARKS[self.level] + self.text


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Parameters
    ----------
    rows : tuple of tuple of str
        The cells; rows are of one length.
    widths : tuple of int
        Shares of the columns in the width of the page.
    header : bool
        Whether the first row is one.
    labels : tuple of int
        Columns that label what stands to their right.
    """

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    header: bool = True
    labels: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A document.

    Parameters
    ----------
    language : {'ko', 'en'}
        Of its words.
    date : str
        Day that it is of, ``YYYY-MM-DD``.
    title, subtitle : str
        What it is, and on whom.
    blocks : tuple of Line or Grid
        Its text.
    foot : str
        At the foot of every page.
    compact : bool
        Whether it must fit on one page.
    """

    language: str
    date: str
    title: str
    subtitle: str
    blocks: tuple[Line | Grid, ...]
    foot: str
    compact: bool = False

    def texts(self) -> Iterator[str]:
        """Yield every text in reading order, marks included: paragraphs, then cells by row."""
        yield self.title
        yield self.subtitle
        for block in self.blocks:
            if isinstance(block, Line):
                yield block.shown
            else:
                for row in block.rows:
                    yield from row


def line(level: Level, *parts: str) -> Line:
    """Return a line of parts that are not empty, joined by a colon."""
    return Line(level, plain(": ".join(filter(None, parts))))


def grid(
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    *,
    header: bool = True,
    labels: Sequence[int] = (),
) -> Grid:
    """Return a table of plain cells."""
    cells = tuple(tuple(map(plain, row)) for row in rows)
    return Grid(cells, tuple(widths), header, tuple(labels))


def plain(text: str) -> str:
    """Return text on one line in which nothing acts on the lines around it."""
    return " ".join(_ACTS.sub("", text).split())


def columns(text: str) -> int:
    """Return the columns that a text takes, a Korean letter taking two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def clip(text: str, most: int) -> str:
    """Return text of at most so many columns, a Korean letter taking two; cut ones end in …."""
    flat, width = plain(text), 0
    for at, letter in enumerate(flat):
        width += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if width > most:
            return flat[: max(at - 1, 0)].rstrip() + "…"
    return flat
