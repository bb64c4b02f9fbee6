"""A tenant list travels through here once: rows of text in, tenants and problems out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from matcher.catalogue.vocabulary import Vocabulary, fold
from matcher.errors import DataError, Problem
from matcher.intake.cells import BadValueError
from matcher.intake.files import Sheet, read_sheets
from matcher.intake.headers import HeaderIndex, header_mapping
from matcher.intake.layout import Table, find_table
from matcher.intake.privacy import drop_brackets, shareable
from matcher.intake.rows import Rows, Watch
from matcher.intake.tenants import Tenant, TenantList
from matcher.intake.values import read_cell
from matcher.quantities import Value


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
    found = best_table(sheets, index, vocabulary)
    if found is not None:
        return _read_table(Rows(vocabulary, *found, as_of), name, digest, watch)
    if all(not any(cell.strip() for cell in cells) for tab in sheets for _, cells in tab.rows):
        return TenantList((), (), name, digest)
    raise headless(name)


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


def best_table(
    sheets: Iterable[Sheet], index: HeaderIndex, vocabulary: Vocabulary
) -> tuple[Sheet, Table] | None:
    """Return the first table that is a tenant list on a sheet that is shown, else the nearest."""
    found = [
        (tab, table) for tab in sheets if (table := find_table(tab, index, vocabulary)) is not None
    ]
    return max(found, key=lambda each: (each[1].is_tenant_list, each[0].visible), default=None)


def _read_table(rows: Rows, name: str, digest: str, watch: Watch | None) -> TenantList:
    """Return what stands in a table; two columns that claim one field make it unusable."""
    sheet, table = rows.sheet, rows.table
    rows.check_columns()
    tenants = rows.tenants(watch)
    found = TenantList(
        tenants,
        tuple(rows.problems),
        name,
        digest,
        sheet.encoding,
        sheet.name,
        table.header_row if sheet.numbered else None,
        header_mapping(table.columns),
        [(column.at, column.header) for column in table.columns],
        _ShareableCells(sheet, table),
        sheet.hidden_rows,
        sheet.hidden_columns,
    )
    conflicts = [problem for problem in rows.problems if problem.kind == "ambiguous_header"]
    if conflicts:
        raise UnreadableListError(conflicts, found)
    return found


def headless(name: str) -> UnreadableListError:
    """Return the error of a list in which no row holds headers."""
    return _unusable(
        name,
        "no row of headers was found",
        "the first row should hold headers such as 기업명, 분야, 희망국가, 희망 지원분야",
    )


def _unusable(name: str, what: str, hint: str) -> UnreadableListError:
    problems = (Problem("unreadable", name, None, None, what, hint),)
    return UnreadableListError(problems, TenantList((), problems, name))


class _ShareableCells:
    """The rows of a table as they can be given back: nothing personal in them.

    Most runs never ask for them, so they are made when they are iterated over.
    """

    def __init__(self, sheet: Sheet, table: Table) -> None:
        self._sheet = sheet
        self._header_row = table.header_row
        self._personal = {column.at for column in table.columns if column.personal}
        self._bracketed = {column.at for column in table.columns if column.person_in_brackets}

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        for number, cells in self._sheet.rows:
            below = number > self._header_row
            dropped = self._personal if below else set()
            if below and self._bracketed:
                cells = [
                    drop_brackets(fold(cell))[0] if at in self._bracketed else cell
                    for at, cell in enumerate(cells)
                ]
            yield number, ["" if at in dropped else shareable(c) for at, c in enumerate(cells)]
