"""Files and streams that hold a tenant list, read into rows of text.

The format is told by the content, so a wrong ending is seen through. A damaged, locked or
hostile file gets a message, in bounded time and memory.
"""

from __future__ import annotations

import csv
import io
import itertools
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias

from matcher.errors import DataError, Problem
from matcher.intake.extent import LARGEST_AREA, stretches_too_far
from matcher.intake.hidden import hidden_parts

ENCODINGS = ("utf-8-sig", "utf-8", "cp949")
LARGEST_UNPACKED = 400 * 1024 * 1024
"""Bytes that the parts of a zipped file may have together, unpacked."""

ZIP, OLE, PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
"""How files of these formats begin."""

_SEARCHED = 40
"""Rows among which the header is looked for."""

_DELIMITERS = ",;\t"
SAVE_AS = "save it as XLSX or as CSV"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_TOO_FAR = ("stretches further than a tenant list can", "delete what stands far from the list")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError)
"""What reading a damaged zipped file may end in."""

Known: TypeAlias = Callable[[Sequence[str]], int]

Span = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells, the first being 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of text cells.

    Parameters
    ----------
    rows : sequence of (int, sequence of str)
        Each row with its number as a spreadsheet counts it; cells in composed letters.
    name : str or None
        Name of the sheet of a workbook; None where a file holds only one table.
    encoding : str or None
        Text encoding that was used; None for formats that state their own.
    merged : tuple of Span
        Merged cells; only the first cell of each holds the text.
    hidden_rows, hidden_columns : tuple of int
        What the workbook hides; it is read all the same.
    header_row : int or None
        Row of the header where the format says it; None where it is to be found.
    numbered : bool
        Whether rows have numbers that a reader of the file sees.
    visible : bool
        Whether the workbook shows the sheet.
    """

    rows: Sequence[tuple[int, Sequence[str]]]
    name: str | None = None
    encoding: str | None = None
    merged: tuple[Span, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    header_row: int | None = None
    numbered: bool = True
    visible: bool = True


def read_sheets(
    content: bytes, name: str, sheet: str | None = None, known: Known | None = None
) -> list[Sheet]:
    """Return the tables that a file may mean, in order of the workbook.

    Parameters
    ----------
    content : bytes
        The whole file.
    name : str
        Its name, for messages.
    sheet : str, optional
        The sheet of a workbook to read; all sheets by default.
    known : callable, optional
        How many headers a row of cells holds; it tells which delimiter separates the cells.

    Raises
    ------
    DataError
        When the content is not a table, or the workbook has no such sheet.
    """
    if content.startswith(ZIP):
        return _read_zipped(content, name, sheet)
    if content.startswith(OLE):
        if _LOCKED in content:
            raise unreadable(name, "is locked with a password", "save it without a password")
        return _read_workbook(content, name, sheet)
    if sheet is not None:
        raise unreadable(name, "has no sheets", "leave --sheet out")
    if content.startswith(PARQUET):
        return [_read_parquet(content, name)]
    if content.startswith(UTF16):
        return [_read_text(content, name, ("utf-16",), known)]
    if b"\x00" in content[:4096]:
        raise unreadable(name, "is not a CSV or XLSX table", SAVE_AS)
    return [_read_text(content, name, ENCODINGS, known)]


def _read_text(content: bytes, name: str, encodings: Sequence[str], known: Known | None) -> Sheet:
    for encoding in encodings:
        if encoding == "utf-8-sig" and not content.startswith(b"\xef\xbb\xbf"):
            continue
        try:
            text = unicodedata.normalize("NFC", content.decode(encoding))
        except UnicodeDecodeError:
            continue
        return Sheet(list(_csv_rows(text, name, known)), None, encoding)
    raise unreadable(name, "is neither UTF-8 nor CP949 text", "save it as XLSX or as CSV UTF-8")


def _csv_rows(text: str, name: str, known: Known | None) -> Iterator[tuple[int, list[str]]]:
    longest = csv.field_size_limit(len(text) + 1)  # a long cell is no reason to refuse a list
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=find_delimiter(text, known))
        yield from enumerate(rows, 1)
    except csv.Error as error:
        raise unreadable(name, f"is not a table: {error}", SAVE_AS) from error
    finally:
        csv.field_size_limit(longest)


def find_delimiter(text: str, known: Known | None) -> str:
    """Return the delimiter by which some row holds most headers, else the most frequent one."""

    def headers(delimiter: str) -> tuple[int, int, int]:
        rows = itertools.islice(csv.reader(io.StringIO(text), delimiter=delimiter), _SEARCHED)
        best = max(map(known, rows), default=0) if known else 0
        lines = text[:4096].splitlines()
        return best, sum(delimiter in line for line in lines), text[:4096].count(delimiter)

    return max(_DELIMITERS, key=headers)


def _read_zipped(content: bytes, name: str, sheet: str | None) -> list[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            entries = parts.infolist()
    except _DAMAGED as error:
        raise unreadable(name, "is not a workbook that can be read", SAVE_AS) from error
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise unreadable(name, "unpacks to more than a tenant list can be", SAVE_AS)
    names = {entry.filename for entry in entries}
    if "word/document.xml" in names or any(part.startswith("Contents/section") for part in names):
        from matcher.intake.forms import read_form  # noqa: PLC0415 - few lists are forms

        return [read_form(content, name, word="word/document.xml" in names)]
    if "xl/workbook.bin" in names:
        raise unreadable(name, "is a binary workbook (XLSB)", SAVE_AS)
    try:
        too_far = stretches_too_far(content)
    except _DAMAGED as error:
        raise unreadable(name, "is not a workbook that can be read", SAVE_AS) from error
    if too_far:
        raise unreadable(name, *_TOO_FAR)
    return _read_workbook(content, name, sheet)


def _read_workbook(content: bytes, name: str, sheet: str | None) -> list[Sheet]:
    import python_calamine as calamine  # noqa: PLC0415 - only workbooks need it

    try:
        book = calamine.load_workbook(io.BytesIO(content))
        tabs = [tab.name for tab in book.sheets_metadata]
        shown = {
            tab.name
            for tab in book.sheets_metadata
            if tab.visible == calamine.SheetVisibleEnum.Visible
        }
        if sheet is not None and sheet not in tabs:
            raise unreadable(name, f"has no sheet {sheet!r}", f"its sheets are {', '.join(tabs)}")
        read = (book.get_sheet_by_name(tab) for tab in tabs if sheet is None or tab == sheet)
        return [replace(_read_tab(tab, name, content), visible=tab.name in shown) for tab in read]
    except calamine.PasswordError as error:
        raise unreadable(name, "is locked with a password", "save it without a password") from error
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise unreadable(name, "is not a workbook that can be read", SAVE_AS) from error


def _read_tab(tab: Any, name: str, content: bytes) -> Sheet:
    area = tab.total_height * tab.total_width
    if area > LARGEST_AREA:
        raise unreadable(name, *_TOO_FAR)
    rows = [
        (number, [cell_text(cell) for cell in row])
        for number, row in enumerate(tab.to_python(skip_empty_area=False), 1)
    ]
    merged = tuple((*first, *last) for first, last in tab.merged_cell_ranges or ())
    if sum(min(bottom, len(rows)) - top + 1 for top, _, bottom, _ in merged) > area:
        merged = ()  # cells that overlap are of no office program
    hidden_rows, hidden_columns = hidden_parts(content, tab.name)
    return Sheet(rows, tab.name, None, merged, hidden_rows, hidden_columns)


def _read_parquet(content: bytes, name: str) -> Sheet:
    import pyarrow as pa  # noqa: PLC0415 - only Parquet needs it
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        if file.metadata.num_rows * file.metadata.num_columns > LARGEST_AREA:
            raise unreadable(name, *_TOO_FAR)
        table = file.read()
        headers = list(map(str, table.column_names))
        columns = [[cell_text(cell) for cell in column.to_pylist()] for column in table.columns]
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise unreadable(name, "is not a Parquet table that can be read", SAVE_AS) from error
    body = enumerate(map(list, zip(*columns, strict=True)), 1)
    return Sheet([(0, headers), *body], header_row=0, numbered=False)


def cell_text(cell: Any) -> str:
    """Return a cell of a workbook or a Parquet file as text."""
    match cell:
        case str():
            return cell if cell.isascii() else unicodedata.normalize("NFC", cell)
        case None:
            return ""
        case bool():
            return "예" if cell else "아니오"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case list() | tuple():
            return ";".join(cell_text(part) for part in cell)
        case _:
            return unicodedata.normalize("NFC", str(cell))


def unreadable(name: str, what: str, hint: str) -> DataError:
    """Return the error of a file that holds no list."""
    return DataError([Problem("unreadable", Path(name).name, None, None, what, hint)])
