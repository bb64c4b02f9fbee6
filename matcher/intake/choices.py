"""One column per choice: which marks choose, and what a row chooses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from matcher.intake.headers import Column

TICKS = frozenset("o○◯〇●◎\u110bv√✓✔■☑1y") | {"예", "해당", "yes", "true"}
"""What marks a choice, after NFKC and without capitals."""

NO_TICKS = frozenset("x×✕✖✗✘-–—□☐n0") | {"", "아니오", "미해당", "해당없음", "없음", "no", "false"}
"""What says that a choice is not made."""

_PLACE_IN_ORDER = re.compile(r"(\d{1,2})(?:순위|지망)?")


def tick_of(cell: str) -> str:
    """Return a cell as it is compared with the marks of a choice."""
    return "".join(unicodedata.normalize("NFKC", cell).split()).casefold()


def chosen_text(columns: Sequence[Column], cells: Sequence[str]) -> str:
    """Return what is chosen in the columns of one field, in order; other text stays as it is."""
    stated = [
        (column, cells[column.at], tick_of(cells[column.at]))
        for column in columns
        if column.at < len(cells)
    ]
    places = [
        int(match[1]) if column.choice and (match := _PLACE_IN_ORDER.fullmatch(tick)) else 0
        for column, _, tick in stated
    ]
    ordered = max(places, default=0) > 1
    parts: list[tuple[int, str]] = []
    for place, (column, text, tick) in zip(places, stated, strict=True):
        if column.choice and (place or tick in TICKS):
            parts.append((place if ordered and place else len(cells) + 100, column.choice))
        elif tick and not (column.choice and tick in NO_TICKS):
            parts.append((len(cells) + 100, text))
    return ";".join(text for _, text in sorted(parts, key=lambda part: part[0]))
