"""A tenant list travels through here once: rows of text in, tenants and problems out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from matcher.catalogue.vocabulary import Field, Vocabulary
from matcher.errors import DataError, Problem
from matcher.intake.cells import BadValueError, Reading, fold_cell
from matcher.intake.files import Sheet, read_sheets
from matcher.intake.headers import (
    Column,
    HeaderIndex,
    ambiguous,
    find_header_row,
    header_mapping,
)
from matcher.intake.privacy import mask, shareable
from matcher.intake.tenants import Tenant, TenantList
from matcher.intake.values import read_cell
from matcher.quantities import Value

_TOTAL = re.compile(r"(?:합\s*계|소\s*계|총\s*계|누\s*계|계|평\s*균|(?i:(?:sub)?total))\s*:?")
_ASIDE = re.compile(r"[※*\[<〈【◎▶#]|\((?!주\)|유\)|재\))|(?:주|비고|출처)\s*[):]")
"""How a note or a group heading begins; (주) begins the name of a company."""


def read_tenants(
    content: bytes | Path, vocabulary: Vocabulary, *, name: str = "", sheet: str | None = None
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
        Sheet of a workbook; the first that holds a header row by default.

    Raises
    ------
    DataError
        When there is no table in it, no header row, or two columns claim one field. A list
        without a single tenant is no error.
    """
    if isinstance(content, Path):
        name = name or content.name
        try:
            content = content.read_bytes()
        except OSError as error:
            raise DataError(
                [Problem("unreadable", name, None, None, error.strerror or "cannot be opened")]
            ) from error
    index = HeaderIndex(vocabulary)
    sheets = read_sheets(content, name, sheet)
    for table in sheets:
        header = find_header_row(table.rows, index)
        if header is not None:
            reader = _Rows(vocabulary, table, *header)
            return reader.read(name, hashlib.sha256(content).hexdigest())
    if all(not any(cell.strip() for cell in cells) for table in sheets for _, cells in table.rows):
        return TenantList((), (), name, hashlib.sha256(content).hexdigest())
    raise DataError(
        [
            Problem(
                "unreadable",
                name,
                None,
                None,
                "no row of headers was found",
                "the first row should hold headers such as 기업명, 분야, 희망국가, 희망 지원분야",
            )
        ]
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


class _ShareableCells:
    """The rows of a table as they can be given back: nothing personal in them.

    Most runs never ask for them, so they are made when they are iterated over.
    """

    def __init__(self, sheet: Sheet, header_row: int, columns: Iterable[Column]) -> None:
        self._sheet = sheet
        self._header_row = header_row
        self._personal = {column.at for column in columns if column.personal}

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        for number, cells in self._sheet.rows:
            dropped = self._personal if number > self._header_row else set()
            yield number, ["" if at in dropped else shareable(c) for at, c in enumerate(cells)]


class _Rows:
    """Reads the rows below a header; each distinct cell of a column is read once."""

    def __init__(
        self, vocabulary: Vocabulary, sheet: Sheet, header_row: int, columns: list[Column]
    ) -> None:
        self.vocabulary = vocabulary
        self.sheet = sheet
        self.header_row = header_row
        self.columns = columns
        self.by_field: dict[str, list[Column]] = {}
        for column in columns:
            if column.field:
                self.by_field.setdefault(column.field, []).append(column)
        self.problems: list[Problem] = []
        self.memo: dict[tuple[str, str, str | None], Reading | BadValueError] = {}
        self.ids: dict[str, int] = {}

    def read(self, name: str, digest: str) -> TenantList:
        conflicts = ambiguous(self.columns)
        if conflicts:
            raise DataError(
                Problem(p.kind, self.sheet.name or name, self.header_row, p.column, p.what, p.hint)
                for p in conflicts
            )
        self._tell_about_columns()
        tenants = [
            self._tenant(number, cells)
            for number, cells in self.sheet.rows
            if number > self.header_row and not self._is_no_tenant(number, cells)
        ]
        return TenantList(
            tenants,
            tuple(self.problems),
            name,
            digest,
            self.sheet.encoding,
            self.sheet.name,
            self.header_row,
            header_mapping(self.columns),
            [(column.at, column.header) for column in self.columns],
            _ShareableCells(self.sheet, self.header_row, self.columns),
        )

    def _tell_about_columns(self) -> None:
        if self.sheet.encoding == "cp949":
            self._problem("encoding", None, None, "was read as CP949", "")
        for column in self.columns:
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

    def _is_no_tenant(self, number: int, cells: Sequence[str]) -> bool:
        """Return whether a row is blank, a total, a note or a group heading; the last are told."""
        filled = [cell.strip() for cell in cells if cell.strip()]
        if not filled:
            return True
        total = _TOTAL.fullmatch(fold_cell(filled[0]))
        aside = len(filled) == 1 and len(self.columns) > 2 and _ASIDE.match(fold_cell(filled[0]))
        if total or aside:
            what = "is a total" if total else "is a note or a heading"
            self._problem("skipped_row", number, None, f"{what}; it is no tenant", "")
        return bool(total or aside)

    def _tenant(self, number: int, cells: Sequence[str]) -> Tenant:
        first = len(self.problems)
        values: dict[str, Value] = {}
        stated: dict[str, str] = {}
        for field, columns in self.by_field.items():
            text = self._cell(number, columns, cells)
            if not text:
                continue
            stated[field] = text
            reading = self._read(field, text, columns[0].unit)
            if isinstance(reading, BadValueError):
                header = columns[0].header
                self._problem("bad_value", number, header, reading.what, reading.hint)
                continue
            for word in reading.unknown:
                self._tell_unknown(number, columns[0], word)
            if reading.value is not None:
                values[field] = reading.value
        if values.get("consent_external") != "yes":
            values["consent_external"] = "no"  # consent is what is given, never what is left open
        complete = self._check_required(number, values)
        tenant_id = self._identify(number, stated.get("tenant_id", ""))
        values["tenant_id"] = tenant_id
        problems = tuple(self.problems[first:])
        return Tenant(tenant_id, number, values, stated, problems, complete)

    def _cell(self, number: int, columns: Iterable[Column], cells: Sequence[str]) -> str:
        parts = [fold_cell(cells[c.at]) for c in columns if c.at < len(cells)]
        text, masked = mask(";".join(part for part in parts if part))
        if masked:
            header = next(iter(columns)).header
            what = f"{masked} personal string{'s' if masked > 1 else ''} masked"
            self._problem("personal_dropped", number, header, what, "")
        return text

    def _read(self, field: str, text: str, unit: str | None) -> Reading | BadValueError:
        key = (field, text, unit)
        if key not in self.memo:
            try:
                self.memo[key] = read_cell(
                    text, self.vocabulary.fields[field], self.vocabulary, unit
                )
            except BadValueError as error:
                self.memo[key] = error
        return self.memo[key]

    def _tell_unknown(self, number: int, column: Column, word: str) -> None:
        field = self.vocabulary.fields[column.field or ""]
        facet = self.vocabulary.facets.get(field.facet or "")
        near = ", ".join(facet.suggest(word)) if facet else ""
        hint = f"did you mean {near}?" if near else "see `matcher vocabulary`"
        self._problem(
            "unknown_term", number, column.header, f"{word!r} is not known; kept as text", hint
        )

    def _check_required(self, number: int, values: Mapping[str, Value]) -> bool:
        groups: dict[str, list[Field]] = {}
        for field in self.vocabulary.fields.values():
            if field.required or field.one_of:
                groups.setdefault(field.one_of or field.id, []).append(field)
        missing = [
            fields for fields in groups.values() if not any(field.id in values for field in fields)
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
        self.problems.append(Problem(kind, self.sheet.name, row, column, what, hint))
