"""The report command: which files it writes, for whom, and what is never in them."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher import PartnerRecommender, read_tenants
from matcher.cli import main
from matcher.reports import files
from matcher.reports.documents.outline import Outline, grid, line
from matcher.reports.documents.partners import partner_outline
from matcher.reports.folder import made, partner_files, report_files
from matcher.reports.markdown import outline_markdown
from matcher.reports.model.building import build_report
from matcher.reports.model.partners import partner_pages
from matcher.reports.run import record_run

EXAMPLE = str(Path(__file__).parents[1] / "data" / "tenants" / "example.csv")
DAY = ("--as-of", "2026-11-22")


def run(*arguments):
    return CliRunner().invoke(main, ["report", *map(str, arguments), *DAY], catch_exceptions=False)


@pytest.fixture
def small(tmp_path):
    """A list of the first four tenants."""
    lines = Path(EXAMPLE).read_text(encoding="utf-8-sig").splitlines(keepends=True)
    path = tmp_path / "대외비_목록.csv"
    path.write_text("".join(lines[:5]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def external(catalogue):
    """The whole example list as it may leave the office, with its tenants by id."""
    tenants = read_tenants(Path(EXAMPLE), catalogue.vocabulary)
    table = PartnerRecommender().fit(catalogue).rank(tenants, as_of=DAY[1])
    record = record_run(tenants, catalogue, DAY[1])
    report = build_report(table, tenants, record, language="en", audience="external")
    return report, {tenant.tenant_id: tenant for tenant in tenants}


def written(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))


def test_documents_stand_in_a_folder_for_reports_and_one_for_summaries(small, tmp_path):
    result = run(small, "-o", tmp_path / "out", "--format", "hwpx", "--format", "docx")
    assert result.exit_code == 0
    assert written(tmp_path / "out") == [
        ".matcher.json",
        *(f"summaries/T00{n}.{form}" for n in range(1, 5) for form in ("docx", "hwpx")),
        *(f"tenants/T00{n}.{form}" for n in range(1, 5) for form in ("docx", "hwpx")),
    ]


def test_two_runs_write_the_same_bytes(small, tmp_path):
    forms = [part for form in ("html", "xlsx", "md", "hwpx", "docx") for part in ("--format", form)]
    for name in "ab":
        run(small, "-o", tmp_path / name, *forms)
    names = written(tmp_path / "a")
    assert len(names) == 23
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_several_processes_make_the_same_files_as_one(external):
    report, _ = external
    some = report_files({"en": report}, "en", ["docx"])[:10]
    assert list(made(some, 2)) == list(made(some))


def test_partners_get_english_pages_on_consenting_tenants_only(tmp_path):
    result = run(EXAMPLE, "-o", tmp_path, "--by", "partner")
    assert result.exit_code == 0
    assert "24 consenting tenants" in result.stderr
    page = (tmp_path / "partners" / "mgh.md").read_text(encoding="utf-8")
    assert page.startswith("# Hongneung tenants that fit the stated interests of Massachusetts")
    assert "example.csv" not in page


def test_a_partner_is_told_nothing_confidential(external, catalogue):
    report, tenants = external
    refused = {t.name for t in tenants.values() if t.values.get("consent_external") != "yes"}
    hidden = ("need_detail", "tech_summary", "item_name", "ip", "timing", "space_need")
    pages = partner_pages(report, catalogue)
    assert pages
    for page in pages:
        shown = "\n".join(partner_outline(report, page).texts())
        assert not [name for name in refused if name in shown]
        for fit, _ in page.fits:
            stated = [tenants[fit.tenant_id].stated.get(field, "") for field in hidden]
            assert not [text for text in stated if len(text) > 5 and text in shown]
            assert tenants[fit.tenant_id].stated["funding_total"] not in shown


def test_a_partner_page_lists_the_tenants_it_is_recommended_to_best_first(external, catalogue):
    report, _ = external
    pages = {page.partner_id: page for page in partner_pages(report, catalogue)}
    recommended = {card.partner_id for page in report.pages for card in page.matches}
    assert set(pages) == recommended
    for partner_id, page in pages.items():
        scores = [card.score for _, card in page.fits]
        assert scores == sorted(scores, reverse=True)
        assert {card.partner_id for _, card in page.fits} == {partner_id}


def test_partner_pages_are_made_of_external_reports_only(external, catalogue):
    with pytest.raises(ValueError, match="external"):
        partner_pages(replace(external[0], audience="internal"), catalogue)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--by", "partner", "--audience", "internal"), "always external"),
        (("--by", "partner", "--format", "xlsx"), "the formats are md, hwpx, docx"),
    ],
)
def test_a_partner_report_that_would_tell_too_much_is_refused(tmp_path, arguments, message):
    result = run(EXAMPLE, "-o", tmp_path / "out", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (tmp_path / "out").exists()


def test_partner_files_are_named_by_partner(external, catalogue):
    report, _ = external
    pages = partner_pages(report, catalogue)
    paths = [file.path for file in partner_files(report, pages, ["md", "docx"])]
    assert paths[0] == f"partners/{pages[0].partner_id}.md"
    assert len(paths) == len(set(paths)) == 2 * len(pages)


def test_an_interrupted_run_leaves_what_was_there(small, tmp_path, monkeypatch):
    run(small, "-o", tmp_path / "out", "--format", "docx")
    before = {name: (tmp_path / "out" / name).read_bytes() for name in written(tmp_path / "out")}
    made_so_far = []

    def interrupted(outline):
        made_so_far.append(outline)
        if len(made_so_far) == 3:
            raise KeyboardInterrupt
        return b"new"

    monkeypatch.setattr("matcher.reports.documents.docx.to_docx", interrupted)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    result = run(small, "-o", tmp_path / "out", "--format", "docx")
    assert result.exit_code == 130
    assert {n: (tmp_path / "out" / n).read_bytes() for n in written(tmp_path / "out")} == before


def test_files_of_a_run_that_broke_off_while_writing_are_known_to_the_next(tmp_path, monkeypatch):
    def refuse(path, content):
        if path.name == "B.md":
            raise KeyboardInterrupt
        write(path, content)

    write = files.write_whole
    monkeypatch.setattr(files, "write_whole", refuse)
    with pytest.raises(KeyboardInterrupt):
        files.write_folder(tmp_path, {"tenants/A.md": b"1", "tenants/B.md": b"1"})
    assert "tenants/A.md" in json.loads((tmp_path / ".matcher.json").read_text())
    monkeypatch.undo()
    files.write_folder(tmp_path, {"tenants/C.md": b"2"})
    assert [path.name for path in (tmp_path / "tenants").iterdir()] == ["C.md"]


def test_an_outline_in_markdown_has_headings_lists_and_tables():
    blocks = (
        line("item", "가"),
        line("point", "나"),
        line("detail", "<b>"),
        grid([["머리", "말"], ["a|b", "c"]], (1, 1)),
    )
    text = outline_markdown(Outline("ko", DAY[1], "제목", "부제", blocks, "발"))
    lines = [each for each in text.splitlines() if each]
    table = ["| 머리 | 말 |", "| --- | --- |", r"| a\|b | c |"]
    assert lines == ["# 제목", "부제", "## 가", "- 나", "    - &lt;b&gt;", *table, "발"]
    assert not re.search("<b>", text)
