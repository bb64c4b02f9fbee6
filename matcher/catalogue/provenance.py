"""Where a fact was read, and when: nothing about an organisation stands without it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

TIERS = ("official", "press_release", "news", "secondary")

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


class Text(dict[str, str]):
    """A text in Korean (``ko``) and English (``en``)."""

    def __getitem__(self, language: str) -> str:
        return self.get(language) or self.get("en") or ""


@dataclass(frozen=True, slots=True)
class Source:
    """A page that facts rest on.

    Parameters
    ----------
    id : str
        Unique within its file.
    url : str
        Where it was read.
    as_of : str or None
        Date of the source in the precision it states: year, month or day; None if undated.
    tier : str
        One of `TIERS`, the organisation's own word first.
    """

    id: str
    url: str
    as_of: str | None
    tier: str


UNDATED = "undated"
"""What a source without a date says in place of one, so that none is left out by mistake."""


def read_date(value: Any) -> str | None:
    """Return a TOML date or a text such as ``2026-05`` as text; None stays None."""
    return value.isoformat() if isinstance(value, date) else value


def read_day(value: Any) -> str | None:
    """Return the date of a source as text, None for `UNDATED`."""
    return None if value == UNDATED else read_date(value)


def is_date(value: Any) -> bool:
    """Return whether a value is a day, or a text for a day, a month or a year."""
    if isinstance(value, date):
        return not isinstance(value, datetime)
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True
