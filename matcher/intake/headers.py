"""Which column holds which field: headers are matched by alias, after folding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matcher.catalogue.vocabulary import Vocabulary, fold
from matcher.errors import Problem
from matcher.intake.cells import fold_cell
from matcher.intake.privacy import shareable

_BRACKETED = re.compile(r"[(\[〔{]([^)\]〕}]*)[)\]〕}]")
_NUMBERING = re.compile(r"^(?:[①-⑳]|\d{1,2}(?:[.)]|순위)|[가-하][.)]|[□○■●※*-])+")
_TRAILING_NUMBER = re.compile(r"(?<=\D)\d(?:순위)?$")
_UNIT = re.compile(r"원|달러|USD|SGD|KRW|\$|명|개|%|단위", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list.

    Parameters
    ----------
    at : int
        Position from the left, the first being 0.
    header : str
        Header as it stands, in composed letters, personal strings masked.
    field : str or None
        Field that it holds; None for personal and unknown columns.
    unit : str or None
        Unit that the header states; None where it states none.
    personal : bool
        Whether the column is dropped.
    """

    at: int
    header: str
    field: str | None
    unit: str | None
    personal: bool


class HeaderIndex:
    """Finds the field that a header means."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._fields: dict[str, str] = {}
        for field in vocabulary.fields.values():
            for name in (*field.label.values(), field.id, *vocabulary.aliases.get(field.id, ())):
                self._fields.setdefault(_key(name), field.id)
                self._fields.setdefault(_key(_BRACKETED.sub("", name)) or _key(name), field.id)
        self._personal = {_key(name) for name in vocabulary.personal}

    def column(self, at: int, header: str) -> Column:
        """Return what a header means."""
        header = shareable(re.sub(r"[^\S\n]+", " ", header).strip())
        for reading in _readings(header):
            if reading in self._personal:
                return Column(at, header, None, None, True)
            if reading in self._fields:
                return Column(at, header, self._fields[reading], _unit(header), False)
        # 대표 이메일 is no alias of 이메일, but it holds the same.
        personal = any(reading.endswith(word) for word in self._personal if len(word) > 1)
        return Column(at, header, None, None, personal)


def find_header_row(
    rows: Iterable[tuple[int, Sequence[str]]], index: HeaderIndex, limit: int = 30
) -> tuple[int, list[Column]] | None:
    """Return the row that holds the headers, and its columns, or None.

    It is the first row, among the first `limit`, in which three headers are known, else the first
    in which half of the cells that are filled are known.
    """
    doubtful = None
    for seen, (number, cells) in enumerate(rows):
        if seen >= limit:
            break
        columns = [index.column(at, cell) for at, cell in enumerate(cells) if cell.strip()]
        known = len({column.field for column in columns if column.field})
        if known >= 3:
            return number, columns
        if doubtful is None and known >= 1 and 2 * known >= len(columns):
            doubtful = number, columns
    return doubtful


def ambiguous(columns: Sequence[Column]) -> list[Problem]:
    """Return a problem for each field that two different headers claim.

    Numbered columns of one field (희망국가1, 희망국가2) are one field in order.
    """
    claims: dict[str, list[Column]] = {}
    for column in columns:
        if column.field:
            claims.setdefault(column.field, []).append(column)
    return [
        Problem(
            "ambiguous_header",
            None,
            None,
            same[0].header,
            f"columns {' and '.join(repr(column.header) for column in same)} both claim {field}",
            "rename or remove one of them",
        )
        for field, same in claims.items()
        if len({_readings(column.header)[-1] for column in same}) > 1
    ]


def header_mapping(columns: Sequence[Column]) -> Mapping[str, str | None]:
    """Return the field of each header; None for personal and unknown ones."""
    return {column.header: column.field for column in columns}


def _readings(header: str) -> list[str]:
    """Return what a header may be known by: whole, without brackets, without its number."""
    bare = _NUMBERING.sub("", fold_cell(header))
    outside = _key(_BRACKETED.sub("", bare))
    return [_key(bare), outside, _TRAILING_NUMBER.sub("", outside)]


def _key(text: str) -> str:
    return re.sub(r"[\s*·.,:_\-/]+", "", fold(text)).casefold()


def _unit(header: str) -> str | None:
    return next((unit for unit in _BRACKETED.findall(header) if _UNIT.search(unit)), None)
