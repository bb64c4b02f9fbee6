"""Formats, encodings and delimiters; and the message of each file that is no table."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from matcher import DataError
from matcher.intake.files import Sheet, read_sheets

TABLE = [["기업명", "분야"], ["가나", "의약"]]


def written(rows, delimiter=","):
    return "".join(delimiter.join(row) + "\r\n" for row in rows)


def workbook(sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        tab = book.create_sheet(name)
        for row in rows:
            tab.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cells(sheet: Sheet):
    return [list(row) for _, row in sheet.rows]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (written(TABLE).encode(), "utf-8"),
        (written(TABLE).encode("utf-8-sig"), "utf-8-sig"),
        (written(TABLE).encode("cp949"), "cp949"),
    ],
)
def test_text_is_read_in_the_encoding_that_fits_and_says_which(content, encoding):
    (sheet,) = read_sheets(content, "list.csv")
    assert cells(sheet) == TABLE
    assert (sheet.name, sheet.encoding) == (None, encoding)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_told_by_the_text(delimiter):
    (sheet,) = read_sheets(written(TABLE, delimiter).encode(), "list.csv")
    assert cells(sheet) == TABLE


@pytest.mark.parametrize(("delimiter", "other"), [(",", ";"), (";", ","), ("\t", ";")])
def test_cells_that_hold_more_of_another_delimiter_do_not_mislead(delimiter, other):
    table = [["기업명", "희망국가"], ["가나", other.join("미일영독프")], ["다라", "미국"]]
    (sheet,) = read_sheets(written(table, delimiter).encode(), "list.csv")
    assert cells(sheet) == table


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_end_of_line_ends_a_row(end):
    (sheet,) = read_sheets(written(TABLE).replace("\r\n", end).encode(), "list.csv")
    assert cells(sheet) == TABLE


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    text = '제목,\n\n기업명,핵심기술\n가나,"첫 줄\n둘째 줄"\n다라,약\n'
    (sheet,) = read_sheets(text.encode(), "list.csv")
    assert [number for number, _ in sheet.rows] == [1, 2, 3, 4, 5]
    assert sheet.rows[3] == (4, ["가나", "첫 줄\n둘째 줄"])


def test_letters_are_composed():
    decomposed = "\u1112\u1161\u11ab"
    (sheet,) = read_sheets(f"{decomposed},a\n".encode(), "list.csv")
    assert cells(sheet) == [["한", "a"]]


def test_a_workbook_is_read_sheet_by_sheet_whatever_its_name_says():
    content = workbook({"안내": [["작성 요령"]], "목록": TABLE})
    guide, table = read_sheets(content, "list.csv")
    assert (guide.name, cells(guide)) == ("안내", [["작성 요령"]])
    assert (table.name, cells(table), table.encoding) == ("목록", TABLE, None)


def test_one_sheet_of_a_workbook_can_be_asked_for():
    (sheet,) = read_sheets(workbook({"안내": [["a"]], "목록": TABLE}), "list.xlsx", "목록")
    assert sheet.name == "목록"


def test_blank_rows_of_a_sheet_count():
    (sheet,) = read_sheets(workbook({"목록": [[], [], *TABLE]}), "list.xlsx")
    assert sheet.rows[2] == (3, TABLE[0])
    assert sheet.rows[3] == (4, TABLE[1])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "예"),
        (False, "아니오"),
        (14, "14"),
        (14.0, "14"),
        (1.5, "1.5"),
        (date(2021, 3, 2), "2021-03-02"),
        (datetime(2021, 3, 2, 9, 30), "2021-03-02"),
        ("010", "010"),
        ("=1+1", ""),
    ],
)
def test_a_typed_cell_becomes_the_text_that_a_person_would_write(cell, text):
    (sheet,) = read_sheets(workbook({"목록": [["기업명", cell, "끝"]]}), "list.xlsx")
    assert cells(sheet) == [["기업명", text, "끝"]]


def test_an_empty_file_is_a_table_without_rows():
    (sheet,) = read_sheets(b"", "list.csv")
    assert list(sheet.rows) == []


def zipped(name, content):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    return file.getvalue()


def with_part(part, content):
    """Return a workbook of which one part is overwritten."""
    source, file = zipfile.ZipFile(io.BytesIO(workbook({"목록": TABLE}))), io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, content if name == part else source.read(name))
    return file.getvalue()


def with_damaged_bytes(marker):
    """Return a workbook whose compressed data is overwritten after a marker."""
    content = workbook({"목록": TABLE})
    at = content.index(marker) + len(marker) + 10
    return content[:at] + b"\xff" * 60 + content[at + 60 :]


TEXT_HINT = "save it as XLSX or as CSV"
BROKEN_FILES = {
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x00junk", "is not a CSV or XLSX table", TEXT_HINT),
    "old excel": (b"\xd0\xcf\x11\xe0" + b"junk" * 99, "is not a CSV or XLSX table", TEXT_HINT),
    "utf-16": ("기업명".encode("utf-16"), "is neither UTF-8 nor CP949 text", f"{TEXT_HINT} UTF-8"),
    "no encoding": (b"\xff\xfe\xfd\n", "is neither UTF-8 nor CP949 text", f"{TEXT_HINT} UTF-8"),
    "cell too long": (
        b'"' + b"a" * 140_000 + b'",b\n',
        "is not a table: field larger than field limit (131072)",
        TEXT_HINT,
    ),
} | {
    name: (content, "is not a workbook that can be read", "save it as XLSX")
    for name, content in {
        "broken zip": b"PK\x03\x04junk",
        "cut short": workbook({"목록": TABLE})[:-100],
        "another zip": zipped("word/document.xml", "<a/>"),
        "broken part": with_part("xl/worksheets/sheet1.xml", "<worksheet"),
        "empty part": with_part("xl/workbook.xml", ""),
        "damaged data": with_damaged_bytes(b"xl/worksheets/sheet1.xml"),
    }.items()
}


@pytest.mark.parametrize(("content", "what", "hint"), BROKEN_FILES.values(), ids=BROKEN_FILES)
def test_a_file_that_is_no_table_is_refused_with_what_to_do(content, what, hint):
    with pytest.raises(DataError) as error:
        read_sheets(content, "folder/list.xlsx")
    (problem,) = error.value.problems
    assert (problem.kind, problem.sheet, problem.row) == ("unreadable", "list.xlsx", None)
    assert (problem.what, problem.hint) == (what, hint)


def test_a_sheet_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(DataError) as error:
        read_sheets(workbook({"안내": [["a"]], "목록": TABLE}), "list.xlsx", "명단")
    assert str(error.value) == "list.xlsx: has no sheet '명단' (its sheets are 안내, 목록)"
