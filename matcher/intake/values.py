"""What a cell means: one reader per kind of field.

A reader takes the text of a cell and returns a value, or raises `BadValueError`. Words that
the vocabulary does not know are kept as text and noted, never lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeAlias

from matcher.catalogue.vocabulary import Field, Vocabulary, fold, form_key
from matcher.intake.cells import BRACKETED, RANGE_MARK, BadValueError, Reading
from matcher.intake.money import read_money
from matcher.intake.names import read_entities, read_names, read_places, read_statuses
from matcher.intake.terms import read_term, read_terms
from matcher.quantities import Empty, Range

_NOT_STATED = {"", "-", "--", "–", "—", "미기재", "미입력", "무응답"}
_NONE = {"없음", "해당없음", "해당사항없음", "none", "n/a", "na", "not applicable"}
_UNDECIDED = {"미정", "검토중", "미확정", "미결정", "추후결정", "추후", "undecided", "tbd"}
_EMPTY = {
    **dict.fromkeys(map(form_key, _NONE), Empty.NONE),
    **dict.fromkeys(map(form_key, _UNDECIDED), Empty.UNDECIDED),
}


def read_cell(text: str, column: Field, vocabulary: Vocabulary, unit: str | None = None) -> Reading:
    """Return what the text of a cell means in a column.

    Parameters
    ----------
    text : str
        The cell as it stands.
    column : Field
        Which field the column holds.
    vocabulary : Vocabulary
        For terms, statuses and places.
    unit : str, optional
        Unit that the header states for money; the unit of the cell goes before it.

    Raises
    ------
    BadValueError
        When the cell cannot mean what its column asks for.
    """
    text = fold(text).strip()
    if text in _NOT_STATED:
        return Reading(None)
    empty = _read_empty(text)
    if empty is not None:
        return Reading(empty)
    if column.kind == "money":
        return Reading(read_money(text, unit))
    return _READERS[column.kind](text, column, vocabulary)


def _read_empty(text: str) -> Empty | None:
    outside = BRACKETED.sub("", text)
    return _EMPTY.get(form_key(text)) or _EMPTY.get(form_key(outside))


def _text(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    return Reading(text)


_DATE = re.compile(
    r"^'?(?P<year>\d{4}|\d{2})\s*[년.\-/]?\s*"
    r"(?:(?P<month>\d{1,2})\s*[월.\-/]?\s*(?:(?P<day>\d{1,2})\s*[일.]?)?)?\.?$"
)


def _date(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    """Read a date in the precision in which it is stated; two-digit years are of this century."""
    hint = "write YYYY-MM-DD, YYYY-MM or YYYY"
    compact = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    match = _DATE.match("-".join(compact.groups()) if compact else text.removesuffix(" 00:00:00"))
    if match is None:
        raise BadValueError(f"{text!r} is not a date", hint)
    year, month, day = (int(part) if part else None for part in match.group("year", "month", "day"))
    assert year is not None
    year += 2000 if year < 100 else 0
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise BadValueError(f"{text!r} is not a date of the calendar", hint) from None
    if not 1900 <= year <= 2100:
        raise BadValueError(f"{text!r} is not a date of our time", hint)
    parts = [f"{year:04d}"] + [f"{part:02d}" for part in (month, day) if part]
    return Reading("-".join(parts))


def _trl(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    bare = re.sub(r"(?i)trl|단계|\s", "", text)
    low, _, high = RANGE_MARK.sub("~", bare).partition("~")
    if not (low.isdigit() and (high or low).isdigit()):
        raise BadValueError(f"{text!r} is not a TRL", "write 1 to 9, or a range such as 4~5")
    ends = Range(int(low), int(high or low))
    if not 1 <= ends.low <= ends.high <= 9:
        raise BadValueError(
            f"TRL {text!r} is outside 1 to 9", "write 1 to 9, or a range such as 4~5"
        )
    return Reading(int(ends.low) if ends.low == ends.high else ends)


def _device_class(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    bare = re.sub(r"등급|급|(?i:class)|\s", "", text)
    if bare not in {"1", "2", "3", "4"}:
        raise BadValueError(f"{text!r} is not a device class", "write 1 to 4 (Korean scale)")
    return Reading(int(bare))


def _count(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    match = re.fullmatch(r"(?:약\s*)?([\d,]+)(?:\.0+)?\s*(?:명|인|여명)?(?:\s*내외)?", text)
    if match is None:
        raise BadValueError(f"{text!r} is not a whole number", "write digits, such as 14 or 14명")
    return Reading(int(match[1].replace(",", "")))


def _choice(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    wanted = form_key(BRACKETED.sub("", text))
    for code, words in column.codes.items():
        if wanted in map(form_key, (code, *words)):
            return Reading(code)
    return Reading(None, [text])


_Reader: TypeAlias = Callable[[str, Field, Vocabulary], Reading]

_READERS: Mapping[str, _Reader] = {
    "text": _text,
    "id": _text,
    "date": _date,
    "trl": _trl,
    "class": _device_class,
    "count": _count,
    "choice": _choice,
    "term": read_term,
    "terms": read_terms,
    "places": read_places,
    "entities": read_entities,
    "statuses": read_statuses,
    "names": read_names,
}
