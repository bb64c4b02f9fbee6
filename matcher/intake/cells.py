"""What every reader of cells works with: its result, its error, and how a cell is split."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from matcher.catalogue.vocabulary import Facet, fold
from matcher.errors import Phrase
from matcher.quantities import Value

BRACKETED = re.compile(r"\([^()]*\)")
DATED = re.compile(r"\([\d\s.,년월일'‘’`~-]*\)")
"""A day or a year in brackets, which changes nothing in what stands before it."""

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
_TICKED = re.compile(r"[①-⑳■☑✓✔]|(?<!\S)[○●◯◎](?=\s*\S)|(?<!\S)\(?\d{1,2}[.)](?![\d)])")
_NOT_TICKED = re.compile(r"[□☐][^;\n①-⑳■☑✓✔□☐]*|[^;,/\n]*\([Xx×]\)")


_BRACKET_MARK = re.compile(r"\(\s*([OoVv○◯●√✓✔Xx×✗■])\s*\)|\[\s*([OoVvXx○●√✓✔■])\s*\]")
_EMPTY_BRACKET = re.compile(r"\(\s*\)|\[\s*\]")
_LETTER_AFTER = re.compile(r"(?<=[가-힣A-Za-z)])[ \t]+([OoXx○◯×✓✔✗√V])(?=\s*(?:[,;/\n]|$))")
_MARKS_FOLLOW = re.compile(
    r"[^■□]*[^■□\s:;,/]\s*[■□](?:.*[■□])?\s*$|[^■□]*[^■□\s:;,/][■□]", re.DOTALL
)
_MARKED_AFTER = re.compile(r"[\s,;/]*([^■□,;/\n]+?)\s*([■□]|(?=[,;/\n])|$)")
_MARK_ALONE = re.compile(r"[■☑✓✔√●○◯]")


class BadValueError(ValueError):
    """A cell cannot mean what its column asks for.

    Parameters
    ----------
    what, hint : str
        What is wrong, as the template of a `Phrase`, and what to do about it.
    **values
        What stands in the template.
    """

    def __init__(self, what: str, hint: str, /, **values: object) -> None:
        self.what = Phrase(what, **values)
        super().__init__(self.what)
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
    """Return what is ticked in a cell, marks made breaks: ``■투자유치 □인허가`` is 투자유치.

    Marks may be boxes, letters in brackets, discs against circles, or stand after what they mark.
    A cell that is a mark and nothing else stays as it is.
    """
    if _MARK_ALONE.fullmatch(text):
        return text
    boxed = _boxed(text)
    if _MARKS_FOLLOW.match(boxed):
        boxed = ";".join(item for item, mark in _MARKED_AFTER.findall(boxed) if mark != "□")
    return _TICKED.sub(";", _NOT_TICKED.sub(";", boxed)).strip("; \n")


def _boxed(text: str) -> str:
    """Return the text with its marks made boxes, where one of them ticks something."""
    boxed = _BRACKET_MARK.sub(
        lambda mark: "□" if (mark[1] or mark[2] or "X") in "Xx×✗" and mark[2] is None else "■", text
    )
    boxed = _EMPTY_BRACKET.sub("□", boxed)
    if re.search("[●◉◎]", boxed) and "○" in boxed:
        boxed = re.sub("[●◉◎]", "■", boxed).replace("○", "□")
    boxed = _LETTER_AFTER.sub(lambda mark: "□" if mark[1] in "Xx×✗" else "■", boxed)
    return boxed if "■" in boxed else text


def split_items(
    text: str, facet: Facet | None = None, breaks: tuple[str, ...] = ITEM_BREAKS
) -> Iterable[str]:
    """Yield the values of a cell of several, splitting no further than is needed to know them.

    Parameters
    ----------
    text : str
        Of the cell.
    facet : Facet, optional
        What is known; ``L/O`` is one thing in ``빅파마 L/O/투자유치``.
    breaks : tuple of str
        Patterns of the marks between values, the strongest first.
    """
    bare = _MARKS.sub("", text).strip()
    if not bare:
        return
    if not breaks or (facet is not None and facet.find(bare) is not None):
        yield bare
        return
    whole = facet.with_marks if facet is not None else None
    for part in _split_outside_brackets(bare, breaks[0], whole):
        yield from split_items(part, facet, breaks[1:])


def _split_outside_brackets(text: str, pattern: str, whole: re.Pattern[str] | None) -> list[str]:
    held = {at for match in whole.finditer(text) for at in range(*match.span())} if whole else ()
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth <= 0 and re.match(pattern, letter) and at not in held:
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]
