"""A tenant list travels through here once: rows of text in, tenants and problems out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from matcher.catalogue.vocabulary import Field, Vocabulary
from matcher.errors import DataError, Problem
from matcher.intake.cells import BadValueError, Reading, fold_cell
from matcher.intake.companies import CompanyRow, join_need_rows, no_tenant
from matcher.intake.files import Sheet, read_sheets
from matcher.intake.headers import (
    NO_TICKS,
    TICKS,
    Column,
    HeaderIndex,
    ambiguous,
    header_mapping,
    tick_of,
)
from matcher.intake.layout import Table, find_table
from matcher.intake.privacy import mask, shareable
from matcher.intake.tenants import Tenant, TenantList
from matcher.intake.values import read_cell
from matcher.quantities import Empty, Value

Watch: TypeAlias = Callable[[Iterable[CompanyRow]], Iterable[CompanyRow]]
"""What sees the rows go by, such as a progress bar."""

_PLACE_IN_ORDER = re.compile(r"(\d{1,2})(?:순위|지망)?")

_PAST_FIELDS = ("founded_on", "survey_date")
"""Dates that cannot lie ahead."""


class UnreadableListError(DataError):
    """A list that cannot be used as it stands, with what could be read of it."""

    def __init__(self, problems: Iterable[Problem], partial: TenantList) -> None:
        super().__init__(problems)
        self.partial = partial


def read_tenants(
    content: bytes | Path,
    vocabulary: Vocabulary,
    *,
    name: str = "",
    sheet: str | None = None,
    as_of: str | None = None,
    headers: Mapping[str, str] | None = None,
    watch: Watch | None = None,
) -> TenantList:
    """Read a tenant list.

    Parameters
    ----------
    content : bytes or Path
        The file, or what it holds.
    vocabulary : Vocabulary
        Fields, aliases and terms.
    name : str, optional
        Name for messages; that of the file by default.
    sheet : str, optional
        Sheet of a workbook; by default the first that holds a tenant list, shown before hidden.
    as_of : str, optional
        Day, as ``YYYY-MM-DD``, after which nothing can have been founded or surveyed; dates are
        not compared with any day by default.
    headers : mapping of str to str, optional
        Fields by header, stronger than any alias; an empty field leaves the column out.
    watch : callable, optional
        What the rows are passed through while they are read.

    Raises
    ------
    UnreadableListError
        When there is no table in it, no header row, or two columns claim one field. A list
        without a single tenant is no error.
    """
    if isinstance(content, Path):
        name = name or content.name
        try:
            content = content.read_bytes()
        except OSError as error:
            raise _unusable(name, error.strerror or "cannot be opened", "") from error
    digest = hashlib.sha256(content).hexdigest()
    index = HeaderIndex(vocabulary, headers)
    try:
        sheets = read_sheets(content, name, sheet, index.known)
    except DataError as error:
        raise UnreadableListError(
            error.problems, TenantList((), error.problems, name, digest)
        ) from error
    found = _best_table(sheets, index, vocabulary)
    if found is not None:
        return _Rows(vocabulary, *found, as_of).read(name, digest, watch)
    if all(not any(cell.strip() for cell in cells) for tab in sheets for _, cells in tab.rows):
        return TenantList((), (), name, digest)
    raise _unusable(
        name,
        "no row of headers was found",
        "the first row should hold headers such as 기업명, 분야, 희망국가, 희망 지원분야",
    )


def tenant_from_cells(
    cells: Mapping[str, str], vocabulary: Vocabulary, tenant_id: str = "-"
) -> Tenant:
    """Return the tenant that the cells of one row, by field, describe.

    Raises
    ------
    DataError
        When a cell cannot mean what its field asks for, or the field does not exist.
    """
    values: dict[str, Value] = {}
    for field, cell in cells.items():
        if field not in vocabulary.fields:
            raise DataError(
                [Problem("bad_value", None, None, field, "is no field of the tenant list")]
            )
        try:
            values[field] = read_cell(cell, vocabulary.fields[field], vocabulary).value
        except BadValueError as error:
            raise DataError(
                [Problem("bad_value", None, None, field, error.what, error.hint)]
            ) from error
    stated = {field: value for field, value in values.items() if value is not None}
    return Tenant(tenant_id, None, stated, dict(cells), (), True)


def _best_table(
    sheets: Iterable[Sheet], index: HeaderIndex, vocabulary: Vocabulary
) -> tuple[Sheet, Table] | None:
    """Return the first table that is a tenant list on a sheet that is shown, else the nearest."""
    found = [
        (tab, table) for tab in sheets if (table := find_table(tab, index, vocabulary)) is not None
    ]
    return max(found, key=lambda each: (each[1].is_tenant_list, each[0].visible), default=None)


def _chosen_text(columns: Sequence[Column], cells: Sequence[str]) -> str:
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


def _unusable(name: str, what: str, hint: str) -> UnreadableListError:
    problems = (Problem("unreadable", name, None, None, what, hint),)
    return UnreadableListError(problems, TenantList((), problems, name))


def _required_groups(fields: Iterable[Field]) -> list[list[Field]]:
    """Return the fields that a row must state, those together of which one is enough."""
    groups: dict[str, list[Field]] = {}
    for field in fields:
        if field.required or field.one_of:
            groups.setdefault(field.one_of or field.id, []).append(field)
    return list(groups.values())


def _is_filled(field: Field, value: Value) -> bool:
    """Return whether a required cell says something; 미정 is an answer to where, not to who."""
    return value is not None and not (field.kind == "text" and isinstance(value, Empty))


class _ShareableCells:
    """The rows of a table as they can be given back: nothing personal in them.

    Most runs never ask for them, so they are made when they are iterated over.
    """

    def __init__(self, sheet: Sheet, table: Table) -> None:
        self._sheet = sheet
        self._header_row = table.header_row
        self._personal = {column.at for column in table.columns if column.personal}

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        for number, cells in self._sheet.rows:
            dropped = self._personal if number > self._header_row else set()
            yield number, ["" if at in dropped else shareable(c) for at, c in enumerate(cells)]


class _Rows:
    """Reads the rows below a header; each distinct cell of a column is read once."""

    def __init__(
        self, vocabulary: Vocabulary, sheet: Sheet, table: Table, as_of: str | None
    ) -> None:
        self.vocabulary = vocabulary
        self.required = _required_groups(vocabulary.fields.values())
        self.sheet = sheet
        self.table = table
        self.as_of = as_of
        self.by_field: dict[str, list[Column]] = {}
        for column in table.columns:
            if column.field:
                self.by_field.setdefault(column.field, []).append(column)
        self.headings = [
            [cell.strip() for cell in cells]
            for number, cells in sheet.rows
            if number in (table.header_row - 1, table.header_row)
        ]
        self.problems: list[Problem] = []
        self.memo: dict[tuple[str, str, str | None], Reading | BadValueError] = {}
        self.ids: dict[str, int] = {}
        self.cleaned: dict[str, tuple[str, int]] = {}

    def read(self, name: str, digest: str, watch: Watch | None) -> TenantList:
        conflicts = ambiguous(self.table.columns, self.vocabulary)
        for conflict in conflicts:
            self._problem(conflict.kind, None, conflict.column, conflict.what, conflict.hint)
        self._tell_about_columns()
        companies: Iterable[CompanyRow] = join_need_rows(self._companies())
        if watch is not None:
            companies = watch(companies)
        tenants = [self._tenant(company) for company in companies]
        found = TenantList(
            tenants,
            tuple(self.problems),
            name,
            digest,
            self.sheet.encoding,
            self.sheet.name,
            self.table.header_row if self.sheet.numbered else None,
            header_mapping(self.table.columns),
            [(column.at, column.header) for column in self.table.columns],
            _ShareableCells(self.sheet, self.table),
            self.sheet.hidden_rows,
            self.sheet.hidden_columns,
        )
        if conflicts:
            wrong = [problem for problem in self.problems if problem.kind == "ambiguous_header"]
            raise UnreadableListError(wrong, found)
        return found

    def _companies(self) -> Iterator[CompanyRow]:
        for number, cells in self.table.body:
            filled = [cell for cell in cells if cell.strip()]
            if not filled:
                continue
            aside = no_tenant(filled, len(self.table.columns))
            if self._repeats_header(cells):
                aside = "repeats the header"
            if aside:
                self._problem("skipped_row", number, None, f"{aside}; it is no tenant", "")
                continue
            company = CompanyRow(number, {})
            for field, columns in self.by_field.items():
                text, masked = self._cell(columns, cells)
                if text:
                    company.cells[field] = text
                if masked:
                    what = f"{masked} personal string{'s' if masked > 1 else ''} masked"
                    header = columns[0].header
                    problem = self._problem_at("personal_dropped", number, header, what, "")
                    company.problems.append(problem)
            yield company

    def _repeats_header(self, cells: Sequence[str]) -> bool:
        """Return whether a row holds nothing but headers, as a page break may repeat them."""
        repeated = 0
        for at, cell in enumerate(cells):
            text = cell.strip()
            if not text:
                continue
            if not any(at < len(heading) and heading[at] == text for heading in self.headings):
                return False
            repeated += 1
        return repeated > 2

    def _tell_about_columns(self) -> None:
        if self.sheet.encoding == "cp949":
            self._problem("encoding", None, None, "was read as CP949", "")
        for column in self.table.columns:
            if column.personal:
                what = "personal column dropped"
                self._problem("personal_dropped", None, column.header, what, "")
            elif column.field is None:
                self._problem(
                    "unknown_column",
                    None,
                    column.header,
                    "is no field of the tenant list; it is left out",
                    "add the header to headers.toml if it is one",
                )

    def _tenant(self, company: CompanyRow) -> Tenant:
        number = company.number if self.sheet.numbered else None
        values: dict[str, Value] = {}
        first = len(self.problems)
        self.problems += company.problems
        for field, text in company.cells.items():
            column = self.by_field[field][0]
            reading = self._read(field, text, column.unit or self.table.caption_unit)
            if isinstance(reading, BadValueError):
                self._problem("bad_value", number, column.header, reading.what, reading.hint)
                continue
            for word in reading.unknown:
                self._tell_unknown(number, column, word)
            if reading.value is not None:
                values[field] = reading.value
        self._settle_stage(values)
        if values.get("consent_external") != "yes":
            values["consent_external"] = "no"  # consent is what is given, never what is left open
        complete = self._check_required(number, values)
        stated = values.get("tenant_id")
        tenant_id = self._identify(company.number, stated if isinstance(stated, str) else "")
        values["tenant_id"] = tenant_id
        problems = tuple(self.problems[first:])
        return Tenant(tenant_id, number, values, company.cells, problems, complete)

    def _settle_stage(self, values: dict[str, Value]) -> None:
        """Give a stage the meaning that it has in the sector of the tenant."""
        stages = self.vocabulary.facets["stage"]
        sector, stage = str(values.get("sector")), values.get("dev_stage")
        if isinstance(stage, str):
            values["dev_stage"] = stages.by_sector.get((sector, stage), stage)

    def _read(self, field: str, text: str, unit: str | None) -> Reading | BadValueError:
        key = (field, text, unit)
        if key not in self.memo:
            try:
                reading = read_cell(text, self.vocabulary.fields[field], self.vocabulary, unit)
                self._check_past(field, reading.value)
                self.memo[key] = reading
            except BadValueError as error:
                self.memo[key] = error
        return self.memo[key]

    def _cell(self, columns: Sequence[Column], cells: Sequence[str]) -> tuple[str, int]:
        """Return the text of a field in a row, and how many personal strings were masked in it."""
        if len(columns) == 1 and not columns[0].choice:
            at = columns[0].at
            raw = cells[at] if at < len(cells) else ""
        elif any(column.choice for column in columns):
            raw = _chosen_text(columns, cells)
        else:
            parts = [cells[column.at] for column in columns if column.at < len(cells)]
            raw = ";".join(part for part in parts if part and not part.isspace())
        clean = self.cleaned.get(raw)
        if clean is None:
            clean = self.cleaned[raw] = mask(fold_cell(raw))
        return clean

    def _check_past(self, field: str, value: Value) -> None:
        dated = field in _PAST_FIELDS and self.as_of is not None and isinstance(value, str)
        if dated and str(value) > str(self.as_of)[: len(str(value))]:
            raise BadValueError(f"{value} lies after {self.as_of}", "check the year")

    def _tell_unknown(self, number: int | None, column: Column, word: str) -> None:
        field = self.vocabulary.fields[column.field or ""]
        facet = self.vocabulary.facets.get(field.facet or "")
        near = ", ".join(facet.suggest(word)) if facet else ""
        hint = f"did you mean {near}?" if near else "see `matcher vocabulary`"
        self._problem(
            "unknown_term", number, column.header, f"{word!r} is not known; kept as text", hint
        )

    def _check_required(self, number: int | None, values: Mapping[str, Value]) -> bool:
        missing = [
            fields
            for fields in self.required
            if not any(_is_filled(field, values.get(field.id)) for field in fields)
        ]
        for fields in missing:
            labels = ", ".join(field.label["ko"] for field in fields)
            self._problem(
                "missing_required",
                number,
                self._header_of(fields),
                "is empty" if len(fields) == 1 else f"none of {labels} is filled",
                "fill the cell; the row is listed and not ranked",
            )
        return not missing

    def _header_of(self, fields: Sequence[Field]) -> str:
        """Return the header of the first field that the list has, else the label of the first."""
        headers = (
            self.by_field[field.id][0].header for field in fields if field.id in self.by_field
        )
        return next(headers, fields[0].label["ko"])

    def _identify(self, number: int, stated: str) -> str:
        tenant_id = stated or f"R{number}"
        again, holder = tenant_id, self.ids.get(tenant_id, 1)
        while again in self.ids:  # ID#2 may be an id of its own
            holder += 1
            again = f"{tenant_id}#{holder}"
        self.ids[tenant_id] = holder
        self.ids.setdefault(again, 1)
        if again != tenant_id:
            header = self.by_field["tenant_id"][0].header if stated else None
            self._problem(
                "duplicate_id",
                number,
                header,
                f"{tenant_id!r} appears again; this row goes on as {again!r}",
                "give each company an id of its own",
            )
        return again

    def _problem(
        self, kind: str, row: int | None, column: str | None, what: str, hint: str
    ) -> None:
        self.problems.append(self._problem_at(kind, row, column, what, hint))

    def _problem_at(
        self, kind: str, row: int | None, column: str | None, what: str, hint: str
    ) -> Problem:
        shown = row if self.sheet.numbered else None
        return Problem(kind, self.sheet.name, shown, column, what, hint)
