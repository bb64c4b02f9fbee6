"""Formats, encodings and delimiters; and the message of each file that is no table."""

import io
import itertools
import struct
import time
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl.styles import PatternFill

from matcher import DataError
from matcher.intake import extent, files
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
        (written(TABLE).encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + written(TABLE).encode("utf-16-be"), "utf-16"),
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


def test_a_long_cell_is_no_reason_to_refuse_a_list():
    table = [["기업명", "분야"], ["가" * 140_000, "의약"]]
    (sheet,) = read_sheets(written(table).encode(), "list.csv")
    assert cells(sheet) == table


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
    "no encoding": (b"\xfd\xfe\xfd\n", "is neither UTF-8 nor CP949 text", f"{TEXT_HINT} UTF-8"),
    "half of utf-16": (b"\xff\xfe\xfd", "is neither UTF-8 nor CP949 text", f"{TEXT_HINT} UTF-8"),
} | {
    name: (content, "is not a workbook that can be read", TEXT_HINT)
    for name, content in {
        "broken zip": b"PK\x03\x04junk",
        "broken old workbook": b"\xd0\xcf\x11\xe0" + b"junk" * 99,
        "cut short": workbook({"목록": TABLE})[:-100],
        "another zip": zipped("readme.txt", "a"),
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


LOCKED = Path(__file__).parent / "intake_dev" / "10.xlsx"


def refusal(content):
    """Return why a file is refused."""
    with pytest.raises(DataError) as error:
        read_sheets(content, "list.xlsx")
    (problem,) = error.value.problems
    assert problem.kind == "unreadable"
    return problem.what


def test_a_locked_workbook_is_told_apart_from_a_broken_one():
    assert refusal(LOCKED.read_bytes()) == "is locked with a password"


@pytest.mark.parametrize("ending", ["xlsm", "xls", "csv", "hwp", ""])
def test_a_wrong_ending_is_seen_through(ending):
    (sheet,) = read_sheets(workbook({"목록": TABLE}), f"list.{ending}")
    assert cells(sheet) == TABLE


def test_a_workbook_with_macros_is_read_without_them():
    content = workbook({"목록": TABLE})
    plain, macros = (b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")
    types = zipfile.ZipFile(io.BytesIO(content)).read("[Content_Types].xml").replace(plain, macros)
    (sheet,) = read_sheets(with_part("[Content_Types].xml", types), "list.xlsm")
    assert cells(sheet) == TABLE


def test_a_binary_workbook_is_refused_with_its_name():
    assert refusal(zipped("xl/workbook.bin", b"")) == "is a binary workbook (XLSB)"


def open_document(*rows):
    """Return a workbook of LibreOffice from the XML of its rows."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    body = f'<table:table table:name="목록">{"".join(rows)}</table:table>'
    content = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return file.getvalue()


def open_row(*texts, repeated=1):
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


BLANKS = '<table:table-cell table:number-columns-repeated="16384"/>'
BLANK_ROWS = f'<table:table-row table:number-rows-repeated="1048574">{BLANKS}</table:table-row>'


def test_an_open_document_is_read_with_all_the_blanks_below_it():
    (sheet,) = read_sheets(open_document(*(open_row(*row) for row in TABLE), BLANK_ROWS), "a.ods")
    assert cells(sheet) == TABLE
    assert sheet.name == "목록"


def parquet(**columns):
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


def test_parquet_is_read_with_its_types_and_has_no_rows_to_see():
    content = parquet(
        기업명=["가나", None],
        설립일=[date(2021, 3, 2), None],
        임직원수=pa.array([14, None]),
        희망국가=[["미국", "일본"], []],
        동의=[True, None],
    )
    (sheet,) = read_sheets(content, "list.csv")
    assert cells(sheet)[1:] == [
        ["가나", "2021-03-02", "14", "미국;일본", "예"],
        ["", "", "", "", ""],
    ]
    assert (sheet.header_row, sheet.numbered, sheet.encoding) == (0, False, None)


@pytest.mark.parametrize("cut", [4, 60, -20])
def test_a_parquet_file_cut_short_is_refused(cut):
    assert refusal(parquet(기업명=["가나"])[:cut]) == "is not a Parquet table that can be read"


def test_a_parquet_file_with_more_rows_than_a_list_can_have_is_refused(monkeypatch):
    monkeypatch.setattr(files, "LARGEST_AREA", 100)
    content = parquet(기업명=pa.nulls(101, pa.string()))
    assert refusal(content) == "stretches further than a tenant list can"


def test_what_a_workbook_hides_is_read_and_stated():
    book = openpyxl.Workbook()
    book.active.title = "목록 & <a>"
    for row in [["기업명", "분야", "핵심기술", "비고"], ["가나"], ["다라"], ["마바"]]:
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    for letter in "BD":
        book.active.column_dimensions[letter].hidden = True
    file = io.BytesIO()
    book.save(file)
    (sheet,) = read_sheets(file.getvalue(), "list.xlsx")
    assert (sheet.hidden_rows, sheet.hidden_columns) == ((3,), (2, 4))
    assert [row[0] for row in cells(sheet)] == ["기업명", "가나", "다라", "마바"]


def test_a_hidden_block_of_columns_is_stated_one_by_one():
    part = "xl/worksheets/sheet1.xml"
    xml = zipfile.ZipFile(io.BytesIO(workbook({"목록": TABLE}))).read(part)
    block = b'<cols><col min="2" max="4" hidden="1"/></cols><sheetData>'
    (sheet,) = read_sheets(with_part(part, xml.replace(b"<sheetData>", block)), "list.xlsx")
    assert sheet.hidden_columns == (2, 3, 4)


SHEET = "xl/worksheets/sheet1.xml"


def with_rows(xml):
    """Return a workbook with more rows, as XML."""
    own = zipfile.ZipFile(io.BytesIO(workbook({"목록": TABLE}))).read(SHEET)
    return with_part(SHEET, own.replace(b"</sheetData>", xml + b"</sheetData>"))


def inline(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'.encode()


def test_a_zip_that_claims_too_much_is_refused_unopened(monkeypatch):
    monkeypatch.setattr(files, "LARGEST_UNPACKED", 10_000)
    content = zipped("xl/workbook.xml", b"0" * 10_001)
    assert refusal(content) == "unpacks to more than a tenant list can be"


def test_a_zip_that_holds_more_than_it_claims_is_refused():
    row = b'<row r="3">' + inline("A3", "a" * 5_000_000) + b"</row>"
    source = zipfile.ZipFile(io.BytesIO(with_rows(row)))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name))
    size = struct.pack("<I", len(source.read(SHEET)))
    lying = file.getvalue().replace(size, struct.pack("<I", 1_000))
    assert refusal(lying) == "is not a workbook that can be read"


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9, 0.99])
def test_a_workbook_cut_short_is_refused(cut):
    content = workbook({"목록": TABLE})
    assert refusal(content[: int(cut * len(content))]) == "is not a workbook that can be read"


def test_entities_are_neither_expanded_nor_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    names = "abcdefghij"
    laughs = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in itertools.pairwise(names)
    )
    types = f'<!DOCTYPE x [<!ENTITY a "ha">{laughs}<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
    content = with_rows(b'<row r="3">' + inline("A3", "&j;") + inline("B3", "&f;") + b"</row>")
    xml = types.encode() + zipfile.ZipFile(io.BytesIO(content)).read(SHEET)
    started = time.monotonic()
    try:
        shown = repr(read_sheets(with_part(SHEET, xml), "list.xlsx"))
    except DataError as error:
        shown = str(error)
    assert time.monotonic() - started < 5
    assert "SECRET" not in shown
    assert "haha" not in shown


def test_blank_rows_that_only_have_a_look_are_no_rows():
    book = openpyxl.Workbook()
    for row in TABLE:
        book.active.append(row)
    for row in range(3, 5_000):
        book.active.cell(row, 3).fill = PatternFill("solid", fgColor="FFFF00")
    file = io.BytesIO()
    book.save(file)
    (sheet,) = read_sheets(file.getvalue(), "list.xlsx")
    assert [row[:2] for row in cells(sheet)] == TABLE


def test_a_million_blank_rows_are_no_rows():
    rows = b"".join(b'<row r="%d"><c r="XFD%d" s="0"/></row>' % (n, n) for n in range(3, 100_000))
    (sheet,) = read_sheets(with_rows(rows), "list.xlsx")
    assert [row[:2] for row in cells(sheet)] == TABLE


ROW_OF_CELLS = b"<row>%s</row>" % (b"<c><v>1</v></c>" * 100)
FAR = {
    "last cell": with_rows(b'<row r="1048576">' + inline("XFD1048576", "a") + b"</row>"),
    "formula": with_rows(b'<row r="9"><c r="XFD1048576"><f>1</f><v>1</v></c></row>'),
    "without places": with_rows(ROW_OF_CELLS + b'<row r="1048576"><c><v>1</v></c></row>'),
    "open document": open_document(open_row(*TABLE[0]), open_row("a", repeated=1_048_575)),
}


@pytest.mark.parametrize("content", FAR.values(), ids=FAR)
def test_a_stray_cell_far_away_does_not_fill_the_memory(content, monkeypatch):
    monkeypatch.setattr(extent, "LARGEST_AREA", 1_000_000)
    assert refusal(content) == "stretches further than a tenant list can"


def test_merged_cells_that_overlap_are_not_filled():
    merged = b'<mergeCells count="9">' + b'<mergeCell ref="A1:A1048576"/>' * 9 + b"</mergeCells>"
    own = zipfile.ZipFile(io.BytesIO(workbook({"목록": TABLE}))).read(SHEET)
    xml = own.replace(b"</sheetData>", b"</sheetData>" + merged)
    (sheet,) = read_sheets(with_part(SHEET, xml), "list.xlsx")
    assert sheet.merged == ()


@pytest.mark.parametrize("part", [b"<row ", b"<c ", b'<row hidden="1" ', b"<c r=", b"<col hidden"])
def test_tags_that_never_end_do_not_hang(part):
    own = zipfile.ZipFile(io.BytesIO(workbook({"목록": TABLE}))).read(SHEET)
    xml = own.replace(b"<sheetData>", b"<!--" + part * 200_000 + b"--><sheetData>")
    started = time.monotonic()
    (sheet,) = read_sheets(with_part(SHEET, xml), "list.xlsx")
    assert time.monotonic() - started < 5
    assert cells(sheet) == TABLE
