"""Application forms: one table of answers makes one row of a list."""

import io
import sys

import pytest

from matcher import DataError, read_tenants

docx = pytest.importorskip("docx")
hwpx = pytest.importorskip("hwpx")

ANSWERS = [
    ("기업명", "가나바이오"),
    ("분야", "의약"),
    ("핵심기술", "이중항체"),
    ("희망국가", "미국;싱가포르"),
    ("희망 지원분야", "투자유치"),
    ("대표자", "홍길동"),
]
PAIRS = [list(pair) for pair in ANSWERS]
FOUR_COLUMNS = [[*left, *right] for left, right in zip(ANSWERS[::2], ANSWERS[1::2], strict=True)]


def to_docx(rows, merge=None):
    document = docx.Document()
    document.add_paragraph("2026년 수요조사서")
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(at, column).text = text
        if merge:
            first, last = (table.cell(*place) for place in merge)
            first.merge(last)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.filterwarnings("ignore")
def to_hwpx(rows):
    document = hwpx.HwpxDocument.new()
    document.add_paragraph("2026년 수요조사서")
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                table.set_cell_text(at, column, text)
    return document.to_bytes()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("write", [to_docx, to_hwpx])
@pytest.mark.parametrize("rows", [PAIRS, FOUR_COLUMNS], ids=["two columns", "four columns"])
def test_a_form_is_a_list_of_one_tenant(catalogue, write, rows):
    tenants = read_tenants(write(rows), catalogue.vocabulary, name="form")
    (tenant,) = tenants
    assert tenant.name == "가나바이오"
    assert tenant.values["target_countries"] == ("US", "SG")
    assert tenant.values["needs"] == ("need_investment",)
    assert [problem.kind for problem in tenants.problems] == ["personal_dropped"]
    assert "홍길동" not in repr((tenants, list(tenants.cells)))


def test_a_title_that_is_merged_over_the_table_is_no_answer(catalogue):
    content = to_docx([["기업 현황", ""], *PAIRS], merge=((0, 0), (0, 1)))
    (tenant,) = read_tenants(content, catalogue.vocabulary, name="form.docx")
    assert tenant.values["sector"] == "의약"


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("write", [to_docx, to_hwpx])
def test_a_document_without_a_table_holds_no_answers(catalogue, write):
    try:
        tenants = read_tenants(write([]), catalogue.vocabulary, name="form")
    except DataError as error:
        assert error.problems[0].kind == "unreadable"  # noqa: PT017 - a refusal is an outcome
    else:
        assert len(tenants) == 0


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("write", [to_docx, to_hwpx])
def test_a_damaged_form_is_refused(catalogue, write):
    content = write(PAIRS)
    with pytest.raises(DataError) as error:
        read_tenants(content[: len(content) // 2], catalogue.vocabulary, name="form")
    assert error.value.problems[0].kind == "unreadable"


def test_a_missing_library_is_named_with_the_extra_that_brings_it(catalogue, monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(DataError, match=r"needs docx to be read .*'forms'"):
        read_tenants(to_docx(PAIRS), catalogue.vocabulary, name="form.docx")
