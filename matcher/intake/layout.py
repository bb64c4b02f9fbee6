"""Where the table of a sheet is: its header, its columns, and what merged cells mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from matcher.catalogue.vocabulary import Vocabulary, fold, form_key
from matcher.intake.choices import NO_TICKS, TICKS, tick_of
from matcher.intake.files import Sheet
from matcher.intake.headers import Column, HeaderIndex, stated_unit

_SEARCHED = 40
"""Rows from the top among which the header is looked for."""

_ENOUGH = 3
"""Known columns that make a row a header."""

_JUDGED = 200
"""Rows whose values decide what an ambiguous header means."""

_FITTING = 0.6
"""Share of the values that must be terms of a field for an ambiguous header to mean it."""

_MONEY = r"([천백십]?[조억만]?원|[천백]?만?\s?(?:달러|USD|SGD)|KRW)"
_CAPTION_UNIT = re.compile(r"단위\s*[:：]\s*([^)\]\s,]+)")
_OTHER_CAPTION_UNIT = re.compile(
    rf"(?:금액|단위)\s*[은는]?\s*:?\s*{_MONEY}|^\s*[(\[]\s*{_MONEY}\s*[)\]]\s*$"
)
"""Captions above the header that state a unit in other words."""

_UNIT_CELL = re.compile(rf"[(\[〔{{][^()\[\]〔〕{{}}]{{1,20}}[)\]〕}}]|{_MONEY}|명|개|%|단위.*")
"""A cell of a row of units below the header: (백만원), (명), (O/X)."""

_UNSTATED = frozenset({"", "없음", "해당없음", "미정", "검토중", "n/a"})
"""Cells that say nothing of what an ambiguous header means."""


@dataclass(frozen=True)
class Table:
    """The table of a sheet.

    Parameters
    ----------
    header_row : int
        Row of the header, the lower one of two.
    columns : sequence of Column
        From left to right.
    body : sequence of (int, sequence of str)
        The rows below the header, merged cells filled downwards.
    caption_unit : str or None
        Unit that a caption above the table states for all money; None where it states none.
    """

    header_row: int
    columns: Sequence[Column]
    body: Sequence[tuple[int, Sequence[str]]]
    caption_unit: str | None

    @property
    def is_tenant_list(self) -> bool:
        """Whether it names companies and has enough other known headers to be a tenant list."""
        fields = [column.field for column in self.columns if column.field]
        return "name_ko" in fields and len(fields) >= _ENOUGH


def find_table(sheet: Sheet, index: HeaderIndex, vocabulary: Vocabulary) -> Table | None:
    """Return the table of a sheet, or None where no row holds headers.

    The header is the row, among the first ones, that holds three known headers, alone or together
    with the row above or below; else the first of which half of the filled cells are known.
    """
    rows = _filled_down(sheet)
    found = _find_header(sheet, rows, index)
    if found is None:
        return None
    at, columns = found
    columns, body = _with_units(columns, rows[at + 1 :])
    columns = _without_empty_repeats(columns, body)
    columns = _with_bare_choices(columns, index, body)
    claimed = {column.field for column in columns}
    columns = [_decided(column, body, vocabulary, claimed) for column in columns]
    columns += _nameless(columns, body)
    return Table(rows[at][0], columns, body, _caption_unit(rows[: at + 1]))


def _caption_unit(rows: Sequence[tuple[int, Sequence[str]]]) -> str | None:
    """Return the unit that a caption states; the last row is the header."""
    above = [fold(cell) for _, cells in rows[:-1] for cell in cells]
    header = [fold(cell) for cell in rows[-1][1]] if above else []
    plain = (match[1] for text in above + header if (match := _CAPTION_UNIT.search(text)))
    other = (match for text in above if (match := _OTHER_CAPTION_UNIT.search(text)))
    return next(plain, None) or next((match[1] or match[2] for match in other), None)


def _with_units(
    columns: list[Column], body: Sequence[tuple[int, list[str]]]
) -> tuple[list[Column], Sequence[tuple[int, list[str]]]]:
    """Return the columns with the units of a row below the header, and the rows below that."""
    cells = body[0][1] if body else []
    filled = [cell for cell in map(str.strip, cells) if cell]
    units = [stated_unit(cell if cell[0] in "([〔{" else f"({cell})") for cell in filled]
    if not any(units) or not all(map(_UNIT_CELL.fullmatch, filled)):
        return columns, body
    stated = dict(zip((at for at, cell in enumerate(cells) if cell.strip()), units, strict=True))
    return [replace(each, unit=stated.get(each.at) or each.unit) for each in columns], body[1:]


def _without_empty_repeats(
    columns: Sequence[Column], body: Sequence[tuple[int, Sequence[str]]]
) -> list[Column]:
    """Return the columns but those that a header only reaches over and that hold nothing."""
    return [
        column
        for before, column in zip([None, *columns], columns, strict=False)
        if before is None or before.header != column.header or any(_values(column.at, body))
    ]


def _with_bare_choices(
    columns: list[Column], index: HeaderIndex, body: Sequence[tuple[int, Sequence[str]]]
) -> list[Column]:
    """Return the columns with those made choices that stand under nothing but a need.

    One alone may be anything, and where a column claims the needs they are told there. A need that
    is a header of another field too (인허가) joins them where marks are all that it holds.
    """
    if any(column.field == "needs" for column in columns):
        return columns
    free = (each for each in columns if not (each.field or each.personal or each.candidates))
    choices = {each.at: index.bare_choice(each.header) for each in free}
    if sum(choice is not None for choice in choices.values()) < 2:
        return columns
    claimed = (each for each in columns if each.field and _is_ticked(each.at, body))
    choices.update((each.at, index.bare_choice(each.header)) for each in claimed)
    return [
        replace(column, field="needs", choice=choice)
        if (choice := choices.get(column.at))
        else column
        for column in columns
    ]


def _filled_down(sheet: Sheet) -> list[tuple[int, list[str]]]:
    """Return the rows with the text of cells that are merged downwards in each of their rows."""
    rows = [(number, list(cells)) for number, cells in sheet.rows]
    for top, left, bottom, _ in sheet.merged:
        for row in range(top + 1, min(bottom + 1, len(rows))):
            if left < len(rows[top][1]) and left < len(rows[row][1]):
                rows[row][1][left] = rows[top][1][left]
    return rows


def _is_ticked(at: int, body: Sequence[tuple[int, Sequence[str]]]) -> bool:
    marks = {tick_of(value) for value in _values(at, body)}
    return not marks.isdisjoint(TICKS) and marks <= TICKS | NO_TICKS


def _find_header(
    sheet: Sheet, rows: Sequence[tuple[int, list[str]]], index: HeaderIndex
) -> tuple[int, list[Column]] | None:
    doubtful: tuple[int, list[Column]] | None = None
    for at, (number, cells) in enumerate(rows[:_SEARCHED]):
        columns = _columns(cells, [], index)
        if sheet.header_row is not None and number == sheet.header_row:
            return at, columns
        known = _known(columns)
        if known >= _ENOUGH:
            options = [(known, 1, at, columns)]
            if at + 1 < len(rows):
                pair = _columns(rows[at + 1][1], _spread(sheet, rows, at), index)
                options.append((_known(pair), 0, at + 1, pair))
            if at:
                pair = _columns(cells, _spread(sheet, rows, at - 1), index)
                options.append((_known(pair), 0, at, pair))
            best = max(options, key=lambda option: (_names(option[3]), *option[:2]))
            return best[2], best[3]
        if known and at + 1 < len(rows):
            pair = _columns(rows[at + 1][1], _spread(sheet, rows, at), index)
            chosen = sum(1 for column in pair if column.choice)
            if chosen > 1 and _names(pair) and _known(pair) >= _ENOUGH:
                return at + 1, pair
        if doubtful is None and known >= 1 and 2 * known >= len(columns):
            doubtful = at, columns
    return doubtful


def _columns(lower: Sequence[str], upper: Sequence[str], index: HeaderIndex) -> list[Column]:
    width = max(len(lower), len(upper))
    parts = [
        (lower[at] if at < len(lower) else "", upper[at] if at < len(upper) else "")
        for at in range(width)
    ]
    return [
        index.column(at, below, above)
        for at, (below, above) in enumerate(parts)
        if below.strip() or above.strip()
    ]


def _names(columns: Sequence[Column]) -> bool:
    """Return whether a column names the companies; a row of values below a header does not."""
    return any(column.field == "name_ko" for column in columns)


def _known(columns: Sequence[Column]) -> int:
    return sum(1 for column in columns if column.field or column.candidates or column.personal)


def _spread(sheet: Sheet, rows: Sequence[tuple[int, list[str]]], at: int) -> list[str]:
    """Return an upper header row with its texts spread over the columns that they span.

    A workbook says which cells are merged; elsewhere a text reaches to the next one.
    """
    cells = list(rows[at][1])
    spans = [span for span in sheet.merged if span[0] == at and span[3] > span[1]]
    if spans:
        for _, left, _, right in spans:
            for column in range(left + 1, min(right + 1, len(cells))):
                cells[column] = cells[left]
    elif not sheet.merged:
        for column in range(1, len(cells)):
            cells[column] = cells[column] or cells[column - 1]
    return cells


def _decided(
    column: Column,
    body: Sequence[tuple[int, Sequence[str]]],
    vocabulary: Vocabulary,
    claimed: Collection[str | None],
) -> Column:
    """Return a column whose header may mean several fields with the one that its values fit.

    A field that a plain header claims is not among them.
    """
    if not column.candidates:
        return column
    values = [v for v in _values(column.at, body) if form_key(v.strip()) not in _UNSTATED]
    fitting = {
        field: sum(1 for value in values if _fits(value, field, vocabulary))
        for field in column.candidates
        if field not in claimed
    }
    best = max(fitting, key=lambda field: fitting[field], default=None)
    enough = values and best is not None and fitting[best] >= _FITTING * len(values)
    return replace(column, field=best if enough else None, candidates=())


def _nameless(
    columns: Sequence[Column], body: Sequence[tuple[int, Sequence[str]]]
) -> Iterator[Column]:
    """Yield the columns that hold something under no header; they are told, never lost."""
    named = {column.at for column in columns}
    filled = {at for _, cells in body for at, cell in enumerate(cells) if cell and at not in named}
    for at in sorted(filled):
        if any(at < len(cells) and cells[at].strip() for _, cells in body):
            yield Column(at, f"({_letters(at)}열)", None, None, False)


def _letters(at: int) -> str:
    """Return what a spreadsheet calls a column, the first being A."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _values(at: int, body: Sequence[tuple[int, Sequence[str]]]) -> Iterator[str]:
    for _, cells in body[:_JUDGED]:
        if at < len(cells) and cells[at].strip():
            yield cells[at]


def _fits(value: str, field_id: str, vocabulary: Vocabulary) -> bool:
    field = vocabulary.fields[field_id]
    if field.kind == "class":
        return re.fullmatch(r"\s*[1-4]\s*(?:등급)?\s*", fold(value)) is not None
    facet = vocabulary.facets["place" if field.kind == "places" else field.facet or ""]
    return any(facet.find(part) for part in [value, *re.split(r"[;,/·\n]", value)])
