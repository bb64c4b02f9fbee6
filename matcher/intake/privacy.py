"""Personal data never leaves the reader: whole columns are dropped, strings in text masked."""

from __future__ import annotations

import re

from matcher.catalogue.vocabulary import fold

MASK = "[개인정보 삭제]"

_PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail
    r"|(?<!\d)\d{6}\s?[-‐-–]\s?\d{7}(?!\d)"  # registration number of a resident or a company
    r"|(?<!\d)\d{3}[-‐-–]\d{2}[-‐-–]\d{5}(?!\d)"  # business registration number
    r"|(?<!\d)(?:\+82[-‐-–.\s]?)?\(?0?(?:1[016789]|2|[3-6]\d|70|50\d)\)?[-‐-–.\s]\d{3,4}[-‐-–.\s]\d{4}(?!\d)"
    r"|(?<!\d)01[016789]\d{7,8}(?!\d)"  # mobile number in one run
)


def mask(text: str) -> tuple[str, int]:
    """Return the text with personal strings masked, and how many there were."""
    return _PERSONAL.subn(MASK, text)


def shareable(text: str) -> str:
    """Return a text as it stands, or folded and masked where it holds a personal string."""
    masked, found = mask(fold(text))
    return masked if found else text
