"""Files and streams that hold a tenant list, read into rows of text."""

from __future__ import annotations

import csv
import io
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from matcher.errors import DataError, Problem

ENCODINGS = ("utf-8-sig", "utf-8", "cp949")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DELIMITERS = ",;\t"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    EOFError,
    KeyError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What a damaged workbook raises while it is read."""


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
    """

    rows: Sequence[tuple[int, Sequence[str]]]
    name: str | None
    encoding: str | None


def read_sheets(content: bytes, name: str, sheet: str | None = None) -> list[Sheet]:
    """Return the tables that a file may mean, in order of the workbook.

    Parameters
    ----------
    content : bytes
        The whole file.
    name : str
        Its name, for messages; the format is told by the content.
    sheet : str, optional
        The sheet of a workbook to read; all sheets by default.

    Raises
    ------
    DataError
        When the content is not a table, or the workbook has no such sheet.
    """
    if content.startswith(_ZIP):
        return _read_workbook(content, name, sheet)
    if content.startswith(_OLE) or b"\x00" in content[:4096]:
        raise _unreadable(name, "is not a CSV or XLSX table", "save it as XLSX or as CSV")
    return [_read_text(content, name)]


def _read_text(content: bytes, name: str) -> Sheet:
    for encoding in ENCODINGS:
        if encoding == "utf-8-sig" and not content.startswith(b"\xef\xbb\xbf"):
            continue
        try:
            text = unicodedata.normalize("NFC", content.decode(encoding))
        except UnicodeDecodeError:
            continue
        return Sheet(list(_csv_rows(text, name)), None, encoding)
    raise _unreadable(name, "is neither UTF-8 nor CP949 text", "save it as XLSX or as CSV UTF-8")


def _csv_rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    head = text[:4096]
    lines = head.splitlines()
    # Cells may hold more of another delimiter, but the header row holds only its own.
    delimiter = max(
        _DELIMITERS, key=lambda mark: (sum(mark in line for line in lines), head.count(mark))
    )
    try:
        yield from enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1)
    except csv.Error as error:
        raise _unreadable(name, f"is not a table: {error}", "save it as XLSX or as CSV") from error


def _read_workbook(content: bytes, name: str, sheet: str | None) -> list[Sheet]:
    import openpyxl  # noqa: PLC0415 - only workbooks need it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that a reader does not need
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            names = [tab.title for tab in book.worksheets]
            if sheet is not None and sheet not in names:
                raise _unreadable(
                    name, f"has no sheet {sheet!r}", f"its sheets are {', '.join(names)}"
                )
            return [
                Sheet(list(_sheet_rows(book[tab])), tab, None)
                for tab in names
                if sheet is None or tab == sheet
            ]
    except _BROKEN as error:
        raise _unreadable(name, "is not a workbook that can be read", "save it as XLSX") from error


def _sheet_rows(tab: Any) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(tab.iter_rows(values_only=True), 1):
        yield number, [_cell_text(cell) for cell in row]


def _cell_text(cell: Any) -> str:
    match cell:
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
        case _:
            return unicodedata.normalize("NFC", str(cell))


def _unreadable(name: str, what: str, hint: str) -> DataError:
    return DataError([Problem("unreadable", Path(name).name, None, None, what, hint)])
