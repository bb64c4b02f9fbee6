"""What every reader of cells works with: its result, its error, and how a cell is split."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from matcher.catalogue.vocabulary import fold
from matcher.quantities import Value

BRACKETED = re.compile(r"\([^()]*\)")
PENDING = re.compile(
    r"준비|예정|계획|신청|목표|추진|검토|planned|preparing|in preparation|\bready\b"
)
"""Words beside a step that is still to come."""

RANGE_MARK = re.compile(r"\s*(?:~|∼|〜|–|—|-|to)\s*")
ITEM_BREAKS = (r"[;\n]", r"[,、]", r"/", r"·")
"""What separates the values of a cell, the surest mark first."""

_MARKS = re.compile(r"^(?:[\s\-•●○■☑✓①-⑳]|\d{1,2}[.)](?!\d))+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What acts on a terminal or turns the direction of a line, and is no text."""

_CIRCLED = re.compile(r"([①-⑳])")
_TICKED = re.compile(r"[①-⑳■☑✓✔]|(?<!\S)\(?\d{1,2}[.)](?![\d)])")
_NOT_TICKED = re.compile(r"[□☐][^;\n①-⑳■☑✓✔□☐]*|[^;,/\n]*\([Xx×]\)")


class BadValueError(ValueError):
    """A cell cannot mean what its column asks for."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


@dataclass(slots=True)
class Reading:
    """What a cell means, and the words in it that the vocabulary does not know."""

    value: Value
    unknown: list[str] = field(default_factory=list)


def fold_cell(text: str) -> str:
    """Return a cell folded and trimmed, its circled numbers kept: NFKC makes digits of them."""
    text = _CONTROL.sub("", text)
    if text.isascii() or not _CIRCLED.search(text):
        return fold(text).strip()
    parts = _CIRCLED.split(text)
    return "".join(part if _CIRCLED.match(part) else fold(part) for part in parts).strip()


def ticked(text: str) -> str:
    """Return what is ticked in a cell, marks made breaks: ``■투자유치 □인허가`` is 투자유치."""
    return _TICKED.sub(";", _NOT_TICKED.sub(";", text)).strip("; \n")


def split_items(
    text: str, known: Callable[[str], bool], breaks: tuple[str, ...] = ITEM_BREAKS
) -> Iterable[str]:
    """Yield the values of a cell of several, splitting no further than is needed to know them."""
    bare = _MARKS.sub("", text).strip()
    if not bare:
        return
    if known(bare) or not breaks:
        yield bare
        return
    for part in _split_outside_brackets(bare, breaks[0]):
        yield from split_items(part, known, breaks[1:])


def _split_outside_brackets(text: str, pattern: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth <= 0 and re.match(pattern, letter):
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]
