"""How far a workbook stretches, told before it is read.

The library that reads the cells keeps a place for each one between the first and the last, so one
stray value in the last cell of a sheet would ask for more memory than there is.
"""

from __future__ import annotations

import io
import re
import zipfile

LARGEST_AREA = 4_000_000
"""Rows times columns that a sheet may have; 100,000 companies in 40 columns."""

_CELL = re.compile(
    rb"<(?:\w+:)?c(?=[\s>])(?:[^<>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'])?"
    rb"(?:[^<>]*[^<>/])?>\s*<(?:\w+:)?(?:v|is|f)\b"
)
_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\br=[\"'](\d{1,7})[\"']")
_ODS_PART = re.compile(rb"<table:(table|table-row|(?:covered-)?table-cell)(?![-\w])([^<>]*)>")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated=[\"'](\d{1,9})[\"']")


def stretches_too_far(content: bytes) -> bool:
    """Return whether a sheet of a zipped workbook has more than `LARGEST_AREA` cells."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for part in parts.infolist():
            data = read_part(parts, part.filename)
            area = _xlsx_area(data) if b"sheetData" in data else 0
            if part.filename == "content.xml":
                area = _ods_area(data)
            if area > LARGEST_AREA:
                return True
    return False


def read_part(parts: zipfile.ZipFile, name: str) -> bytes:
    """Return a part of a zipped file, no more of it than the file claims that there is."""
    with parts.open(name) as part:
        return part.read(parts.getinfo(name).file_size + 1)


def _xlsx_area(data: bytes) -> int:
    cells = _CELL.findall(data)
    without_place = cells.count((b"", b""))  # these follow one another
    columns = {column for column, _ in cells}
    rows = {row for _, row in cells if row}
    if without_place:
        rows |= set(_ROW.findall(data))
    width = max(map(_column_number, columns), default=0) + without_place
    return width * (max(map(int, rows), default=0) + without_place)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _ods_area(data: bytes) -> int:
    largest = width = height = row = column = 0
    for kind, attributes in _ODS_PART.findall(data):
        repeated = _REPEATED.search(attributes)
        times = int(repeated[1]) if repeated else 1
        if kind == b"table":
            width = height = row = 0
        elif kind == b"table-row":
            row, column = row + times, 0
        else:
            column += times
            if not attributes.endswith(b"/") or b"value" in attributes:
                width, height = max(width, column), row
                largest = max(largest, width * height)
    return largest
