"""What a cell means: one reader per kind of field.

A reader takes the text of a cell and returns a value, or raises `BadValueError`. Words that
the vocabulary does not know are kept as text and noted, never lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from matcher.catalogue.vocabulary import Field, Vocabulary, form_key
from matcher.intake.cells import (
    BRACKETED,
    DATED,
    PENDING,
    RANGE_MARK,
    BadValueError,
    Reading,
    fold_cell,
    ticked,
)
from matcher.intake.dates import read_date
from matcher.intake.money import read_money
from matcher.intake.names import read_entities, read_names, read_places, read_statuses
from matcher.intake.terms import read_term, read_terms
from matcher.quantities import Empty, Range

_NOT_STATED = {"", "-", "--", "–", "—", "미기재", "미입력", "무응답", "비공개", "미공개"}
_NONE = {
    "없음",
    "해당없음",
    "해당사항없음",
    "비해당",
    "미발생",
    "none",
    "n/a",
    "na",
    "not applicable",
}
_UNDECIDED = {"미정", "검토중", "미확정", "미결정", "추후결정", "추후", "undecided", "tbd"}
_NUMBERS = {"money", "date", "trl", "class", "count", "percent"}
_TICKABLE = {"term", "terms", "choice", "places", "entities", "statuses", "names"}
_REACHED = {"funding_total", "revenue", "sg_paid_up_capital"}
"""Amounts that count once they are there; a budget is planned by nature."""

_TO_COME = re.compile(rf"{PENDING.pattern}|진행|협의|논의|유치\s*중|심사|예상|희망")
_THERE = re.compile(r"완료|달성|확정|누적|추가|별도|후속|차기")
"""Beside it the amount itself is there, whatever else is to come."""

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
    text = fold_cell(text)
    if column.kind in _TICKABLE:
        text = ticked(text)
    if text in _NOT_STATED:
        return Reading(None)
    empty = None if column.kind == "choice" else _read_empty(text) or _read_none(text, column)
    if empty is not None:
        return Reading(empty)
    if column.kind not in _NUMBERS:
        return _READERS[column.kind](text, column, vocabulary)
    if column.id in _REACHED and _is_to_come(text):
        return Reading(Empty.UNDECIDED)
    try:
        return _read_number(text, column, vocabulary, unit)
    except BadValueError:
        bare = BRACKETED.sub("", text).strip()  # 35억원(2025년 기준), 2021.3.2(법인전환)
        if bare in ("", text):
            raise
        return _read_number(bare, column, vocabulary, unit)


def _is_to_come(text: str) -> bool:
    """Return whether a bracket says of an amount that it is not there yet: 30억(진행중)."""
    beside = " ".join(BRACKETED.findall(text))
    return bool(_TO_COME.search(beside)) and not _THERE.search(beside)


_RAISED_IN_ALL = re.compile(r"^누적\s*(?=\d|약|최)")


def _read_number(text: str, column: Field, vocabulary: Vocabulary, unit: str | None) -> Reading:
    if column.kind == "money":
        if column.id == "funding_total":  # cumulative revenue is not that of a year
            text = _RAISED_IN_ALL.sub("", text)
        return Reading(read_money(text, unit))
    return _READERS[column.kind](text, column, vocabulary)


def _read_empty(text: str) -> Empty | None:
    outside = BRACKETED.sub("", text)
    return _EMPTY.get(form_key(text)) or _EMPTY.get(form_key(outside))


_NONE_OF_KIND = {
    "money": re.compile(r"(?:매출|투자|유치|금|액|실적|이력)*(?:없음|무)|미유치"),
    "date": re.compile(r"예비창업(?:자|팀)?|미설립"),
    "class": re.compile(r"비의료기기"),
}
"""What says of a kind of field that there is none, as a form key."""


def _read_none(text: str, column: Field) -> Empty | None:
    pattern = _NONE_OF_KIND.get(column.kind)
    return Empty.NONE if pattern and pattern.fullmatch(form_key(text)) else None


def _text(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    return Reading(text)


def _date(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    return Reading(read_date(text))


_NEXT_TRL = re.compile(r"(?<=\d)(?:[,/]목표:?|(?:→|->|>)(?:목표:?)?)\d$")
"""The level to come behind that which is reached: 4→5, 현재 4, 목표 7."""


def _trl(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    bare = re.sub(r"(?i)(?:trl|lv\.?|level)[-.:]?|단계|약|\s", "", text)
    bare = re.sub(r"^현재:?|(?:완료|수준)$", "", _NEXT_TRL.sub("", bare))
    bare = re.sub(r"^(\d)이상$", r"\1~9", re.sub(r"^(\d)이하$", r"1~\1", bare))
    match = re.fullmatch(r"(\d{1,4})(?:~(\d{1,4}))?", RANGE_MARK.sub("~", bare))
    hint = "write 1 to 9, or a range such as 4~5"
    if match is None:
        raise BadValueError("{text!r} is not a TRL", hint, text=text)
    ends = Range(int(match[1]), int(match[2] or match[1]))
    if ends.low > ends.high:
        raise BadValueError("TRL {text!r} is a range upside down", hint, text=text)
    if not 1 <= ends.low <= ends.high <= 9:
        raise BadValueError("TRL {text!r} is outside 1 to 9", hint, text=text)
    return Reading(int(ends.low) if ends.low == ends.high else ends)


_ROMAN = ("I", "II", "III", "IV")


def _device_class(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    bare = re.sub(r"\s", "", text)
    bare = re.sub(r"^(?:국내|의료기기)+(?=.*급$)", "", bare)
    # Class II may be an American class; II등급 is a Korean one.
    match = re.fullmatch(r"(?i:class)?([1-4])(?:등급|급)?|(I{1,3}|IV)(?:등급|급)", bare)
    if match is None:
        raise BadValueError(
            "{text!r} is not a device class", "write 1 to 4 (Korean scale)", text=text
        )
    return Reading(int(match[1]) if match[1] else _ROMAN.index(match[2]) + 1)


_COUNT = re.compile(
    r"(?:(?:약|총|상시)\s*)*(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.0+)?\s*(?:명|인|여명)?(?:\s*내외)?"
)


def _count(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    match = _COUNT.fullmatch(text)
    if match is None:
        raise BadValueError(
            "{text!r} is not a whole number", "write digits, such as 14 or 14명", text=text
        )
    return Reading(int(match[1].replace(",", "")))


_SHARE = re.compile(r"(?:약\s*)?(\d{1,3}(?:\.\d+)?)\s*(?:%|퍼센트|프로)?")


def _percent(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    match = _SHARE.fullmatch(text)
    if match is None or float(match[1]) > 100:
        raise BadValueError(
            "{text!r} is not a share in per cent", "write 0 to 100, such as 35%", text=text
        )
    return Reading(float(match[1]))


def _choice(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    # Consent under a condition, 동의(기업명 비공개), is not consent; a date beside it is none.
    beside = DATED if column.id == "consent_external" else BRACKETED
    wanted = form_key(beside.sub("", text))
    for code, words in column.codes.items():
        if wanted in map(form_key, (code, *words)):
            return Reading(code)
    empty = _read_empty(text)
    return Reading(empty) if empty else Reading(None, [text])


_Reader: TypeAlias = Callable[[str, Field, Vocabulary], Reading]

_READERS: Mapping[str, _Reader] = {
    "text": _text,
    "id": _text,
    "date": _date,
    "trl": _trl,
    "class": _device_class,
    "count": _count,
    "percent": _percent,
    "choice": _choice,
    "term": read_term,
    "terms": read_terms,
    "places": read_places,
    "entities": read_entities,
    "statuses": read_statuses,
    "names": read_names,
}
