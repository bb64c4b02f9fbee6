"""Lists too long to be held: a file as its first rows, and all of its rows one after the other.

CSV and Parquet are read as they go by. Workbooks and forms cannot be, and are never so long.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import itertools
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from matcher.catalogue.vocabulary import Vocabulary
from matcher.errors import DataError, Problem
from matcher.intake.files import (
    ENCODINGS,
    OLE,
    PARQUET,
    SAVE_AS,
    UTF16,
    ZIP,
    Known,
    Sheet,
    cell_text,
    find_delimiter,
    read_sheets,
    unreadable,
)
from matcher.intake.headers import HeaderIndex
from matcher.intake.layout import Table
from matcher.intake.reading import best_table, headless
from matcher.intake.rows import Rows

Row: TypeAlias = tuple[int, Sequence[str]]

_HEAD = 300
"""Rows that decide where the table is and what its columns mean."""

_SNIFFED = 1 << 20
_BLOCK = 1 << 22


@dataclass(frozen=True)
class OpenList:
    """A tenant list of which nothing but the first rows has been read.

    Parameters
    ----------
    name, digest : str
        Name of the file and SHA-256 of its content.
    sheet : Sheet
        Its first rows.
    table : Table
        Where the table stands; its body is left empty.
    problems : tuple of Problem
        What is to be told of the columns.
    body : iterator of (int, sequence of str)
        The rows below the header; it can be gone through once.
    share_read : callable
        Returns how much of the file has been gone through, 0 to 1.
    """

    name: str
    digest: str
    sheet: Sheet
    table: Table
    problems: tuple[Problem, ...]
    body: Iterator[Row]
    share_read: Callable[[], float]


def open_list(
    path: Path,
    vocabulary: Vocabulary,
    *,
    name: str = "",
    sheet: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> OpenList:
    """Open a tenant list to go through its rows; parameters as of `read_tenants`.

    Raises
    ------
    DataError
        When it is no table, has no header row, or two columns claim one field.
    """
    name = name or path.name
    index = HeaderIndex(vocabulary, headers)
    try:
        digest = digest_of(path)
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise unreadable(name, error.strerror or "cannot be opened", "") from error
    if start.startswith((ZIP, OLE)):
        tabs, rest, share = read_sheets(path.read_bytes(), name, sheet, index.known), None, _all
    elif start.startswith(PARQUET):
        tabs, rest, share = _split(*_parquet_rows(path, name))
    else:
        tabs, rest, share = _split(*_text_rows(path, start, name, index.known))
    found = best_table(tabs, index, vocabulary)
    if found is None:
        raise headless(name)
    tab, table = found
    body = itertools.chain(table.body, rest or ())
    head = replace(tab, rows=[row for row in tab.rows if row[0] <= table.header_row])
    table = replace(table, body=())
    rows = Rows(vocabulary, head, table, None)
    rows.check_columns()
    conflicts = [each for each in rows.problems if each.kind == "ambiguous_header"]
    if conflicts:
        raise DataError(conflicts)
    return OpenList(name, digest, head, table, tuple(rows.problems), body, share)


def digest_of(path: Path) -> str:
    """Return SHA-256 of what a file holds, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _all() -> float:
    return 1.0


def _split(
    sheet: Sheet, rows: Iterator[Row], share: Callable[[], float]
) -> tuple[list[Sheet], Iterator[Row], Callable[[], float]]:
    """Take the first rows off, for the table to be found in them."""
    return [replace(sheet, rows=list(itertools.islice(rows, _HEAD)))], rows, share


def _parquet_rows(path: Path, name: str) -> tuple[Sheet, Iterator[Row], Callable[[], float]]:
    import pyarrow as pa  # noqa: PLC0415 - only Parquet needs it
    import pyarrow.parquet as pq  # noqa: PLC0415

    damaged = pa.ArrowException, OSError, ValueError, OverflowError
    try:
        file = pq.ParquetFile(path)
    except damaged as error:
        raise unreadable(name, "is not a Parquet table that can be read", SAVE_AS) from error
    total, done = max(file.metadata.num_rows, 1), 0

    def rows() -> Iterator[Row]:
        nonlocal done
        yield 0, list(map(str, file.schema_arrow.names))
        try:
            for batch in file.iter_batches(batch_size=2048):
                columns = [[cell_text(cell) for cell in each.to_pylist()] for each in batch.columns]
                for row in zip(*columns, strict=True):
                    done += 1
                    yield done, list(row)
        except damaged as error:
            raise unreadable(name, "is not a Parquet table that can be read", SAVE_AS) from error

    return Sheet((), header_row=0, numbered=False), rows(), lambda: done / total


def _text_rows(
    path: Path, start: bytes, name: str, known: Known
) -> tuple[Sheet, Iterator[Row], Callable[[], float]]:
    encoding = _encoding(path, start, name)
    size, done = max(path.stat().st_size, 1), 0
    with path.open(encoding=encoding, newline="") as file:
        delimiter = find_delimiter(unicodedata.normalize("NFC", file.read(_SNIFFED)), known)

    def lines() -> Iterator[str]:
        nonlocal done
        with path.open(encoding=encoding, newline="") as file:
            for line in file:
                done += len(line.encode(encoding, "ignore")) if not line.isascii() else len(line)
                yield unicodedata.normalize("NFC", line)

    def rows() -> Iterator[Row]:
        longest = csv.field_size_limit(size + 1)  # a long cell is no reason to refuse a list
        try:
            yield from enumerate(csv.reader(lines(), delimiter=delimiter), 1)
        except csv.Error as error:
            raise unreadable(name, f"is not a table: {error}", SAVE_AS) from error
        finally:
            csv.field_size_limit(longest)

    return Sheet((), None, encoding), rows(), lambda: min(done / size, 1.0)


def _encoding(path: Path, start: bytes, name: str) -> str:
    """Return the first encoding by which all of a file can be read."""
    if start.startswith(UTF16):
        return "utf-16"
    if b"\x00" in start:
        raise unreadable(name, "is not a CSV or XLSX table", SAVE_AS)
    for encoding in ENCODINGS:
        if encoding == "utf-8-sig" and not start.startswith(codecs.BOM_UTF8):
            continue
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while block := file.read(_BLOCK):
                    decoder.decode(block)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise unreadable(name, "is neither UTF-8 nor CP949 text", "save it as XLSX or as CSV UTF-8")
