"""Documents in HWPX and DOCX: they say what the model says, and nothing breaks them."""

import io
import os
import re
import shutil
import subprocess
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import docx as python_docx
import openpyxl
import pytest
from hwpx import HwpxDocument

from matcher import PartnerRecommender, read_tenants
from matcher.errors import MatcherError
from matcher.intake import tenant_from_cells
from matcher.intake.tenants import TenantList
from matcher.reports.documents import docx, hwpx
from matcher.reports.documents.docx import to_docx
from matcher.reports.documents.hwpx import hwpx_texts, to_hwpx
from matcher.reports.documents.outline import Grid, Line, Outline, clip, columns, grid, line
from matcher.reports.documents.tenants import report_outline, summary_outline
from matcher.reports.listings.tables import match_content
from matcher.reports.model.building import build_report
from matcher.reports.run import record_run
from matcher.reports.spreadsheets.workbook import to_workbook

DAY = "2026-11-22"
EXAMPLE = Path(__file__).parents[1] / "data" / "tenants" / "example.csv"
HOSTILE = '=HYPERLINK("http://x","y")<script>&\x01\u202e\u200f' + "가" * 150 + "x" * 150
WRITERS = {"hwpx": to_hwpx, "docx": to_docx}
OUTLINES = {"summary": summary_outline, "report": report_outline}


def report_of(catalogue, tenants, **options):
    table = PartnerRecommender().fit(catalogue).rank(tenants, as_of=DAY)
    return build_report(table, tenants, record_run(tenants, catalogue, DAY), **options)


@pytest.fixture(scope="module")
def report(catalogue):
    return report_of(catalogue, read_tenants(EXAMPLE, catalogue.vocabulary))


@pytest.fixture(scope="module")
def hostile(catalogue):
    cells = {
        "tenant_id": "X",
        "name_ko": HOSTILE,
        "sector": "의약",
        "item_name": HOSTILE,
        "tech_summary": HOSTILE * 5,
        "target_countries": "보스턴",
        "needs": "투자유치;임상시험",
        "need_detail": HOSTILE * 5,
        "funding_total": "35억원",
    }
    tenant = tenant_from_cells(cells, catalogue.vocabulary, "X")
    return report_of(catalogue, TenantList([tenant], name=HOSTILE, digest="0" * 64))


def pages_of_every_sort(report):
    """Return a page with open rules, one with near misses, and one that nobody serves."""
    return [
        next(page for page in report.pages if any(card.rules for card in page.matches)),
        next(page for page in report.pages if page.near_misses),
        next(page for page in report.pages if not page.matches),
    ]


def docx_texts(content):
    """Return what a document says, in reading order, its header left out."""
    document = python_docx.Document(io.BytesIO(content))
    texts = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            texts += [cell.text for row in block.rows for cell in row.cells]
        else:
            texts.append(block.text)
    return texts


@pytest.mark.parametrize("build", OUTLINES.values(), ids=OUTLINES)
def test_a_document_reads_back_as_its_outline(report, build):
    for page in pages_of_every_sort(report):
        outline = build(report, page)
        assert hwpx_texts(to_hwpx(outline)) == list(outline.texts())
        assert docx_texts(to_docx(outline)) == list(outline.texts())


@pytest.mark.parametrize("build", OUTLINES.values(), ids=OUTLINES)
def test_hostile_names_break_no_document(hostile, build):
    outline = build(hostile, hostile.pages[0])
    texts = list(outline.texts())
    assert hwpx_texts(to_hwpx(outline)) == texts
    assert docx_texts(to_docx(outline)) == texts
    shown = "".join(texts)
    assert "<script>" in shown  # text stays text
    assert not set("\x01\u202e\u200f") & set(shown)


@pytest.mark.parametrize("build", OUTLINES.values(), ids=OUTLINES)
def test_hwpx_is_valid(hostile, build):
    content = to_hwpx(build(hostile, hostile.pages[0]))
    with HwpxDocument.open(io.BytesIO(content)) as document:
        found = document.validate()
    assert found.ok
    assert not [issue for issue in found.issues if issue.level == "error"]


@pytest.mark.parametrize("form", WRITERS)
def test_the_same_outline_gives_the_same_bytes_whenever_it_is_written(report, form, monkeypatch):
    outline = report_outline(report, report.pages[0])
    first = WRITERS[form](outline)
    {"hwpx": hwpx, "docx": docx}[form]._base.cache_clear()
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))
    assert WRITERS[form](outline) == first


def test_a_document_ends_as_offices_end_theirs(report):
    page = report.pages[0]
    assert list(summary_outline(report, page).texts())[-1] == "붙임  기업별 매칭 보고서 1부.  끝."
    assert "붙임  실행 기록 1부.  끝." in report_outline(report, page).texts()
    assert any(text.startswith("□ 추천 파트너") for text in report_outline(report, page).texts())


def test_a_summary_names_the_best_three_and_leaves_who_and_when_blank(report):
    page = next(page for page in report.pages if len(page.matches) > 3)
    grids = [block for block in summary_outline(report, page).blocks if isinstance(block, Grid)]
    best = next(block for block in grids if block.rows[0][0] == "순위")
    assert [row[0] for row in best.rows[1:]] == ["1", "2", "3"]
    assert best.rows[1][3] == f"{page.matches[0].score:.3f}"
    steps = next(block for block in grids if block.rows[0][1:] == ("담당", "기한"))
    assert all(row[0] and row[1:] == ("", "") for row in steps.rows[1:])


def test_the_record_stands_on_the_last_page(report):
    *_, annex, record = report_outline(report, report.pages[0]).blocks
    assert annex == Line("annex", "[붙임] 실행 기록")
    assert record.rows[0][1].startswith(report.run.id)


def test_documents_hold_the_numbers_of_the_json(catalogue):
    tenants = read_tenants(EXAMPLE, catalogue.vocabulary)
    table = PartnerRecommender().fit(catalogue).rank(tenants, as_of=DAY)
    run = record_run(tenants, catalogue, DAY)
    machine = {each["tenant_id"]: each for each in match_content(table, tenants, run)["tenants"]}
    report = build_report(table, tenants, run)
    for page in pages_of_every_sort(report):
        cards = [*machine[page.tenant_id]["matches"], *machine[page.tenant_id]["near_misses"]]
        wanted = [(f"{card['score']:.3f}", card["decision_id"]) for card in cards]
        full, short = report_outline(report, page), summary_outline(report, page)
        for read, write in ((hwpx_texts, to_hwpx), (docx_texts, to_docx)):
            texts = read(write(full))
            sums = [re.findall(r"\d\.\d{3}", t) for t in texts if t.startswith("- 적합도 구성")]
            decisions = [t.split()[-1] for t in texts if t.startswith("- 판단번호")]
            assert [
                (total, each) for (total, *_), each in zip(sums, decisions, strict=True)
            ] == wanted
            for total, *parts in sums:
                assert sum(map(float, parts)) == pytest.approx(float(total), abs=1e-9)
            scores = [t for t in read(write(short)) if re.fullmatch(r"\d\.\d{3}", t)]
            assert scores == [score for score, _ in wanted[: len(page.matches)]][:3]


def test_a_library_that_is_missing_is_named_with_the_extra(report, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    with pytest.raises(MatcherError, match=r"DOCX needs docx.*pip install 'matcher\[forms\]'"):
        to_docx(summary_outline(report, report.pages[0]))


def test_a_long_table_may_go_on_on_the_next_page():
    def section_of(n_rows):
        rows = [("번호", "이름"), *((str(n), "가나다") for n in range(n_rows))]
        outline = Outline("ko", DAY, "가", "나", (grid(rows, (1, 3)),), "발")
        content = to_hwpx(outline)
        assert hwpx_texts(content) == list(outline.texts())
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return parts.read("Contents/section0.xml")

    assert b'treatAsChar="1"' in section_of(3)
    assert b'treatAsChar="1"' not in section_of(80)


def test_lines_carry_their_marks_and_no_line_breaks():
    assert line("item", "기업 개요").shown == "□ 기업 개요"
    assert line("detail", "가\n나", "", "다").shown == "- 가 나: 다"
    assert grid([["a\nb", "c"]], (1, 2)).rows == (("a b", "c"),)


def test_text_is_cut_where_its_columns_end():
    assert columns("가a") == 3
    assert clip("가나다라", 8) == "가나다라"
    assert clip("가나다라마", 8) == "가나다…"
    assert clip("abc", 3) == "abc"


@pytest.fixture(scope="module")
def office():
    """Return a function that converts documents by LibreOffice, all of them at once."""
    program = shutil.which("soffice")
    if program is None or shutil.which("lowriter") is None:
        assert "MATCHER_NEEDS_SOFFICE" not in os.environ, "LibreOffice Writer is missing"
        pytest.skip("LibreOffice Writer is not installed")

    def convert(folder, form, *paths):
        command = [program, "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        command += ["--convert-to", form, "--outdir", str(folder), *map(str, paths)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)

    return convert


def squeezed(text):
    return re.sub(r"\s+", "", text.removeprefix("\ufeff"))


def test_libreoffice_reads_a_document_as_its_outline(report, hostile, office, tmp_path):
    outlines = {
        "report": report_outline(report, pages_of_every_sort(report)[0]),
        "nobody": report_outline(report, pages_of_every_sort(report)[2]),
        "hostile": report_outline(hostile, hostile.pages[0]),
    }
    for name, outline in outlines.items():
        (tmp_path / f"{name}.docx").write_bytes(to_docx(outline))
    office(tmp_path, "txt:Text (encoded):UTF8", *tmp_path.glob("*.docx"))
    for name, outline in outlines.items():
        read = (tmp_path / f"{name}.txt").read_text(encoding="utf-8")
        assert squeezed(read) == squeezed("".join(outline.texts()))


def test_libreoffice_reads_the_workbook_as_it_was_written(report, hostile, office, tmp_path):
    reports = {"some": replace(report, pages=report.pages[:3]), "hostile": hostile}
    for name, each in reports.items():
        (tmp_path / f"{name}.xlsx").write_bytes(to_workbook(each))
    (tmp_path / "saved").mkdir()
    office(tmp_path / "saved", "xlsx:Calc MS Excel 2007 XML", *tmp_path.glob("*.xlsx"))
    for name in reports:
        written = cells_of(tmp_path / f"{name}.xlsx")
        assert written["총괄표"][0][:2] == ["관리번호", "기업명"]
        assert cells_of(tmp_path / "saved" / f"{name}.xlsx") == written


def cells_of(path):
    """Return the cells of each sheet; numbers as they are shown."""
    return {
        tab.title: [
            [round(cell, 6) if isinstance(cell, float) else cell for cell in row]
            for row in tab.values
        ]
        for tab in openpyxl.load_workbook(path)
    }


def test_a_summary_has_one_page(report, hostile, office, tmp_path):
    longest = sorted(
        report.pages, key=lambda page: -sum(map(len, summary_outline(report, page).texts()))
    )
    outlines = [summary_outline(report, page) for page in longest[:5]]
    outlines.append(summary_outline(hostile, hostile.pages[0]))
    for number, outline in enumerate(outlines):
        (tmp_path / f"{number}.docx").write_bytes(to_docx(outline))
    office(tmp_path, "pdf", *tmp_path.glob("*.docx"))
    for number in range(len(outlines)):
        content = (tmp_path / f"{number}.pdf").read_bytes()
        assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1


def test_an_empty_document_holds_no_date_but_its_own():
    outline = Outline("ko", DAY, "가", "나", (Line("item", "다"),), "발")
    with zipfile.ZipFile(io.BytesIO(to_docx(outline))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-11-22T00:00:00Z" in parts.read("docProps/core.xml")
    with zipfile.ZipFile(io.BytesIO(to_hwpx(replace(outline, compact=True)))) as parts:
        about = parts.read("Contents/content.hpf").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\d|\d{4}년", about)) == {DAY}
    assert "author" not in about
