"""Amounts in won as Korean counts them: sections of 조, 억 and 만, each below the one before."""

from __future__ import annotations

import re
from itertools import pairwise

KRW_UNITS = {
    "조": 1e12,
    "천억": 1e11,
    "백억": 1e10,
    "십억": 1e9,
    "억": 1e8,
    "천만": 1e7,
    "백만": 1e6,
    "십만": 1e5,
    "만": 1e4,
    "천": 1e3,
    "": 1.0,
}
_NUMBER = r"(\d+(?:\.\d+)?)"
_SECTION = re.compile(
    rf"(?:{_NUMBER}천)?(?:{_NUMBER}백)?(?:{_NUMBER}십)?{_NUMBER}?(조|억|만|)"  # 1천5백만
)
_PLACES = (1e3, 1e2, 1e1, 1.0)
_SHORT_TAILS = (
    (re.compile(r"(?<=억)((?:\d+[천백십])+)$"), r"\1만"),  # "3억 5천" is said of 350 million
    (re.compile(r"(?<=조)((?:\d+[천백십])+)$"), r"\1억"),
)
_OPEN_TAIL = re.compile(r"조\d{1,8}$|억\d{1,4}$|만\d$")
"""Digits that are hardly won: 12억5 is said of 12.5억, 3억5000 of 3억 5000만."""


def won(text: str) -> float | None:
    """Return the won of ``3억5천만``; None if it is no one amount.

    Parameters
    ----------
    text : str
        Without blanks, commas and the word 원.
    """
    sections = _sections(text)
    if sections is None or _several(sections) or _OPEN_TAIL.search(text):
        return None
    return sum(number * KRW_UNITS[unit] for number, unit in sections)


def is_several(text: str) -> bool:
    """Return whether amounts stand one behind the other, ``3억5억``, and are none together."""
    sections = _sections(text)
    return sections is not None and _several(sections)


def _several(sections: list[tuple[float, str]]) -> bool:
    scales = [KRW_UNITS[unit] for _, unit in sections]
    return any(after >= before for before, after in pairwise(scales))


def _sections(text: str) -> list[tuple[float, str]] | None:
    for pattern, full in _SHORT_TAILS:
        text = pattern.sub(full, text)
    sections, at = [], 0
    while at < len(text):
        match = _SECTION.match(text, at)
        if match is None or not any(match.groups()[:4]):
            return None
        digits = zip(match.groups()[:4], _PLACES, strict=True)
        number = sum(float(digit) * place for digit, place in digits if digit)
        sections.append((number, match[5]))
        at = match.end()
    return sections or None
