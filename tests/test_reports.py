"""Reports: what a reader sees, in every format, from one stored result."""

import io
import json
import os
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from matcher import PartnerRecommender, read_tenants
from matcher.errors import MatcherError
from matcher.intake import tenant_from_cells
from matcher.intake.tenants import TenantList
from matcher.reports.files import file_stems, write_folder
from matcher.reports.listings import tables
from matcher.reports.markdown import to_markdown
from matcher.reports.model.building import build_report
from matcher.reports.run import basis_of, record_run
from matcher.reports.spreadsheets.workbook import to_workbook
from matcher.writing import write_whole

DAY = "2026-11-22"
EXAMPLE = Path(__file__).parents[1] / "data" / "tenants" / "example.csv"
HOSTILE = '=HYPERLINK("http://x","y")<script>alert(1)</script>|`*'


def run_of(catalogue, tenants, **options):
    recommender = PartnerRecommender(**options).fit(catalogue)
    return recommender.rank(tenants, as_of=DAY), record_run(tenants, catalogue, DAY, k=5)


@pytest.fixture(scope="module")
def tenants(catalogue):
    return read_tenants(EXAMPLE, catalogue.vocabulary)


@pytest.fixture(scope="module")
def result(catalogue, tenants):
    return run_of(catalogue, tenants)


@pytest.fixture(scope="module")
def reports(tenants, result):
    table, run = result
    return {lang: build_report(table, tenants, run, language=lang) for lang in ("ko", "en")}


@pytest.fixture(scope="module")
def hostile(catalogue):
    cells = {
        "tenant_id": HOSTILE,
        "name_ko": HOSTILE,
        "sector": "의약",
        "item_name": HOSTILE,
        "target_countries": "보스턴",
        "needs": "투자유치",
    }
    tenant = tenant_from_cells(cells, catalogue.vocabulary, HOSTILE)
    return TenantList([tenant], name="hostile.csv", digest="0" * 64)


def sheets_of(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [list(row) for row in sheet.values] for sheet in book}


def test_both_languages_have_the_same_numbers(reports):
    def numbers(report):
        return [
            (page.tenant_id, card.rank, card.offer_id, card.score, [v for _, v in card.parts])
            for page in report.pages
            for card in (*page.matches, *page.near_misses)
        ]

    assert numbers(reports["ko"]) == numbers(reports["en"])


def test_parts_on_a_card_sum_to_its_score(reports):
    for page in reports["ko"].pages:
        for card in page.matches:
            assert sum(part for _, part in card.parts) == pytest.approx(card.score, abs=1e-8)


def test_the_workbook_reads_back_with_korean_intact(reports):
    sheets = sheets_of(to_workbook(reports["ko"]))
    assert list(sheets)[:3] == ["총괄표", "기업별", "근거"]
    assert len(sheets["기업별"]) == 41
    assert sheets["기업별"][1][1] == reports["ko"].pages[0].name
    assert (
        len(sheets["총괄표"]) == 1 + 40 * reports["ko"].n_partners
    )  # every partner of each tenant
    pairs = [row for row in sheets["총괄표"][1:] if row[:1] + row[3:4] == ["T001", "추천"]]
    cards = reports["ko"].pages[0].matches
    assert [(row[4], row[5], row[9], row[14]) for row in pairs] == [
        (card.rank, card.partner, pytest.approx(card.score), card.decision) for card in cards
    ]


def test_verdicts_in_the_workbook_read_without_colours(reports):
    content = to_workbook(reports["ko"])
    tab = openpyxl.load_workbook(io.BytesIO(content))["총괄표"]
    assert tab.freeze_panes == "C2"
    assert tab.auto_filter.ref == f"A1:O{tab.max_row}"
    cells = [row[10] for row in tab.iter_rows(min_row=2)]
    looks = {cell.value: cell.fill.start_color.rgb for cell in cells}
    assert set(looks) == {"○ 적격", "△ 조건부", "× 부적격"}
    assert len(set(looks.values())) == 3


def test_reasons_in_the_workbook_add_up(reports):
    sheets = sheets_of(to_workbook(reports["ko"]))
    rows = [row for row in sheets["근거"][1:] if row[0] == "T001" and row[2] == 1]
    at = [row[5] for row in rows].index("합계")
    assert sum(row[6] for row in rows[:at]) == pytest.approx(rows[at][6], abs=1e-6)
    assert any(row[8].startswith("http") for row in rows if row[5] == "출처")


def test_rules_and_questions_of_the_workbook_are_those_of_the_cards(reports):
    sheets = sheets_of(to_workbook(reports["ko"]))
    page = next(p for p in reports["ko"].pages if any(c.rules for c in p.matches))
    card = next(card for card in page.matches if card.rules)
    rows = [
        r
        for r in sheets["요건"][1:]
        if (r[0], r[3], r[4]) == (page.tenant_id, card.partner, card.offer)
    ]
    assert [row[5] for row in rows] == [rule.label for rule in card.rules]
    questions = [row[2] for row in sheets["확인 질문"][1:] if row[0] == page.tenant_id]
    assert len(questions) == len(set(questions))
    assert {q for rule in card.rules for q in rule.questions} <= set(questions)


def test_tenants_without_a_recommendation_and_unmet_needs_have_sheets(reports):
    report = reports["ko"]
    sheets = sheets_of(to_workbook(report))
    nobody = [page.tenant_id for page in report.pages if not page.matches]
    assert [row[0] for row in sheets["추천 없는 기업"][1:]] == nobody
    unmet = sheets["미충족 수요"][1:]
    counts = [row[2] for row in unmet]
    assert counts == sorted(counts, reverse=True)
    assert all(len(row[3].splitlines()) == row[2] for row in unmet)


def test_the_same_report_gives_the_same_bytes(catalogue, tenants, reports):
    again = build_report(*_again(catalogue, tenants), language="ko")
    assert to_workbook(again) == to_workbook(reports["ko"])
    assert to_markdown(again, again.pages[0]) == to_markdown(reports["ko"], reports["ko"].pages[0])


def _again(catalogue, tenants):
    table, run = run_of(catalogue, tenants)
    return table, tenants, run


def test_a_page_names_partners_rules_and_sources(reports):
    page = next(page for page in reports["ko"].pages if page.matches and page.matches[0].rules)
    text = to_markdown(reports["ko"], page)
    card = page.matches[0]
    for shown in (page.name, f"{card.score:.3f}", card.verdict_label, card.rules[0].source):
        assert shown in text
    assert "실행 기록" in text


def test_an_english_page_has_no_korean_labels(catalogue, reports):
    page = reports["en"].pages[3]
    text = to_markdown(reports["en"], page)
    labels = {field.label["ko"] for field in catalogue.vocabulary.fields.values()} - {"TRL"}
    lines = [line for line in text.splitlines() if line.startswith(("#", "- "))]
    assert not [line for line in lines if line.lstrip("#- ").partition(":")[0] in labels]


def test_a_tenant_that_nobody_serves_is_told_so(reports):
    page = next(p for p in reports["ko"].pages if p.complete and not p.matches)
    assert "추천할 파트너 없음" in to_markdown(reports["ko"], page)


def test_hostile_text_is_inert_in_every_format(catalogue, hostile):
    table, run = run_of(catalogue, hostile)
    report = build_report(table, hostile, run)
    text = to_markdown(report, report.pages[0])
    assert "<script>" not in text
    for rows in sheets_of(to_workbook(report)).values():
        assert not [c for row in rows for c in row if isinstance(c, str) and c.startswith("=")]
    text = tables.to_csv(*tables.match_rows(table))
    assert not re.search(r'(^|,)"?=', text, re.MULTILINE)


def test_control_characters_and_long_text_break_no_format(catalogue, hostile):
    cells = {**hostile.tenants[0].stated, "need_detail": "가\x01\u202e나" * 20_000}
    tenant = replace(tenant_from_cells(cells, catalogue.vocabulary, "X"), problems=hostile.problems)
    tenants = TenantList([tenant], name="x", digest="0" * 64)
    table, run = run_of(catalogue, tenants)
    report = build_report(table, tenants, run)
    assert sheets_of(to_workbook(report))["기업별"][1][0] == "X"
    assert to_markdown(report, report.pages[0])


def test_external_reports_hold_consenting_tenants_without_confidential_text(tenants, result):
    table, run = result
    report = build_report(table, tenants, run, audience="external")
    by_id = {tenant.tenant_id: tenant for tenant in tenants}
    assert report.pages
    assert not report.problems
    for page in report.pages:
        tenant = by_id[page.tenant_id]
        assert tenant.values["consent_external"] == "yes"
        text = to_markdown(report, page)
        for field in ("need_detail", "contacted_before"):
            stated = tenant.stated.get(field, "")
            assert len(stated) < 12 or stated not in text


def test_json_has_the_keys_of_the_interface(tenants, result):
    content = json.loads(tables.to_json(tables.match_content(result[0], tenants, result[1])))
    assert set(content["run"]) >= {"id", "version", "as_of", "inputs"}
    tenant = content["tenants"][0]
    lists = {"matches", "near_misses", "ineligible", "not_ranked"}
    assert set(tenant) == {"tenant_id", "name_ko", "problems", *lists}
    match = tenant["matches"][0]
    assert set(match) == {
        *("rank", "partner_id", "offer_id", "decision_id"),
        *("score", "verdict", "contributions", "rules"),
    }
    assert sum(match["contributions"].values()) == pytest.approx(match["score"], abs=1e-6)
    rules = [rule for t in content["tenants"] for m in t["matches"] for rule in m["rules"]]
    keys = {*("rule_id", "verdict", "kind", "status", "reason", "source", "as_of")}
    assert {frozenset(set(rule) - {"questions"}) for rule in rules} == {frozenset(keys)}
    assert set(tenant["not_ranked"][0]) == {"partner_id", "offer_id", "score", "reason"}


def test_all_rules_lists_those_that_are_met_too(tenants, result):
    table, run = result
    few = tables.match_content(table, tenants, run)
    all_of_them = tables.match_content(table, tenants, run, all_rules=True)

    def count(content):
        return sum(len(m["rules"]) for t in content["tenants"] for m in t["matches"])

    assert count(all_of_them) > count(few)


@pytest.mark.parametrize("cell", ["=1+1", "+82", "-3+x", "@cmd", "\tx"])
def test_a_cell_that_would_act_is_quoted(cell):
    assert tables.inert(cell) == f"'{cell}"


def test_the_run_id_depends_on_everything_that_goes_in(catalogue, tenants):
    run = record_run(tenants, catalogue, DAY, k=5)
    assert run.id == record_run(tenants, catalogue, DAY, k=5).id
    assert run.id != record_run(tenants, catalogue, DAY, k=6).id
    assert run.id != record_run(tenants, catalogue, "2026-11-23", k=5).id
    assert run.id != record_run(replace(tenants, digest="1"), catalogue, DAY, k=5).id


@pytest.mark.parametrize(
    "tenant_id", ["../../etc/passwd", "a/b", "con:", "x" * 300, "😀" * 200, "", ".."]
)
def test_a_file_name_stays_in_its_folder(tmp_path, tenant_id):
    path = tmp_path / f"{file_stems([tenant_id])[0]}.md"
    write_whole(path, b"x")
    assert path.parent == tmp_path
    assert path.read_bytes() == b"x"


def test_two_ids_never_share_a_file():
    first, second = file_stems(["a/b", "a:b"])
    assert first != second
    assert len({stem.casefold() for stem in file_stems(["a1", "A1", "가" * 90, "가" * 91])}) == 4
    assert file_stems(["T001#2"]) == ["T001#2"]


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "matches.xlsx"
    path.write_bytes(b"old")

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(MatcherError, match=r"matches\.xlsx: cannot be written: No space left"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["matches.xlsx"]


def test_a_folder_holds_what_its_last_run_wrote_and_what_others_put_there(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    write_folder(tmp_path, {"tenants/A.md": b"1", "tenants/B.md": b"1"})
    write_folder(tmp_path, {"tenants/B.md": b"2"})
    assert not (tmp_path / "tenants" / "A.md").exists()
    assert (tmp_path / "tenants" / "B.md").read_bytes() == b"2"
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_external_pages_tell_no_contacts_and_no_persons(catalogue):
    cells = {
        "name_ko": "가나",
        "sector": "의약",
        "item_name": "항체 (담당 김철수)",
        "indication": "폐암;김철수 증후군",
        "target_countries": "보스턴",
        "needs": "임상시험",
        "funding_total": "35억원(김철수 확인)",
        "joint_research": "MGH 김철수:계약",
        "local_entities": "김철수네",
        "local_pi": "MGH 김철수",
        "contacted_before": "MGH(거절);다나파버",
        "consent_external": "예",
    }
    tenant = tenant_from_cells(cells, catalogue.vocabulary, "X")
    tenants = TenantList([tenant], name="x", digest="0" * 64)
    table, run = run_of(catalogue, tenants, leave_out_contacted=True)
    report = build_report(table, tenants, run, audience="external")
    text = to_markdown(report, report.pages[0])
    for word in ("김철수", "거절", "기 접촉"):
        assert word not in text
    for word in ("폐암", "임상시험", "35억원"):
        assert word in text


def test_the_parts_that_a_page_shows_add_up_to_the_score_that_it_shows(tenants, result):
    report = build_report(result[0], tenants, result[1])
    equations = [
        line
        for page in report.pages
        for line in to_markdown(report, page).splitlines()
        if line.startswith("- 적합도 **")
    ]
    assert equations
    for line in equations:
        total, *parts = map(float, re.findall(r"-?\d\.\d{3}", line))
        assert sum(parts) == pytest.approx(total, abs=1e-9)


def test_a_file_takes_the_mode_that_the_user_wants_and_a_link_stays_one(tmp_path):
    written, link = tmp_path / "kept", tmp_path / "link"
    link.symlink_to(written)
    before = os.umask(0o077)
    try:
        write_whole(link, b"new")
    finally:
        os.umask(before)
    assert link.is_symlink()
    assert written.read_bytes() == b"new"
    assert written.stat().st_mode & 0o777 == 0o600


def test_a_number_below_zero_is_no_formula():
    assert tables.inert("-0.000081") == "-0.000081"


def test_nobody_in_the_target_places_is_told_as_that(catalogue):
    cells = {"name_ko": "가", "sector": "의약", "item_name": "약", "target_countries": "일본"}
    tenant = tenant_from_cells({**cells, "needs": "투자유치"}, catalogue.vocabulary, "X")
    tenants = TenantList([tenant], name="x", digest="0" * 64)
    report = build_report(*[run_of(catalogue, tenants)[0], tenants, run_of(catalogue, tenants)[1]])
    assert "희망국가에 있는 파트너가" in to_markdown(report, report.pages[0])


def test_a_decision_id_depends_on_what_counts_of_the_pair_and_on_nothing_else(catalogue, tenants):
    run, first = record_run(tenants, catalogue, DAY, k=5), tenants.tenants[0]

    def decided(tenant=first, offer="mgh/clinical-trial-site", run=run):
        return run.decision_id(basis_of(tenant), offer)

    other_list = replace(run, inputs={"other.csv": "0"}, options={"k": 9})
    renamed = replace(first, row=99, values={**first.values, "source_ref": "상담"})
    assert decided() == decided(renamed) == decided(run=other_list)
    changed = (
        decided(replace(first, values={**first.values, "trl": 5})),
        decided(replace(first, tenant_id="T2")),
        decided(offer="bwh/clinical-trial-site"),
        decided(run=replace(run, as_of="2026-11-23")),
        decided(run=replace(run, data_version="0")),
    )
    assert len({decided(), *changed}) == 6


def test_json_pages_and_workbook_name_a_decision_alike(tenants, result, reports):
    content = tables.match_content(result[0], tenants, result[1])["tenants"][0]
    page = reports["en"].pages[0]
    for name in ("matches", "near_misses", "ineligible"):
        assert [e["decision_id"] for e in content[name]] == [
            c.decision for c in getattr(page, name)
        ]
    assert page.matches[0].decision in to_markdown(reports["en"], page)


def test_the_record_names_input_data_day_weights_rates_and_limits(tenants, reports):
    for language, words in (
        ("ko", ("가중치", "환율", "한계")),
        ("en", ("Weights", "Rates", "Limits")),
    ):
        report = reports[language]
        text = to_markdown(report, report.pages[0]).rpartition("---")[2]
        for shown in (*words, tenants.digest, DAY, report.run.id, "0.35", "1,400"):
            assert shown in text
