"""Which rows of a table are one company, and which are none."""

import pytest

HEADER = ["관리번호", "기업명", "분야", "핵심기술", "희망국가", "희망 지원분야", "수요내용"]
FIRST = ["A1", "가나", "의약", "항체", "미국", "투자유치", "시리즈 A"]
OTHER = ["A2", "다라", "의료기기", "로봇", "일본", "인허가", "PMDA"]


def row(base, **changes):
    """Return a row with other cells: ``row(FIRST, needs="기술이전")``."""
    names = ["id", "name", "sector", "tech", "places", "needs", "detail"]
    cells = list(base)
    for name, text in changes.items():
        cells[names.index(name)] = text
    return cells


BELOW = {
    "repeated": [row(FIRST, needs="기술이전", detail="L/O")],
    "blank below": [["", "", "", "", "", "기술이전", "L/O"]],
    "name repeated": [["", "가나", "", "", "", "기술이전", "L/O"]],
    "id repeated": [["A1", "", "", "", "", "기술이전", "L/O"]],
}


@pytest.mark.parametrize("below", BELOW.values(), ids=BELOW)
def test_need_rows_of_one_company_are_one_tenant_with_its_needs_in_order(read_rows, below):
    tenants = read_rows(HEADER, FIRST, *below, OTHER)
    assert [(tenant.row, tenant.tenant_id) for tenant in tenants] == [(2, "A1"), (4, "A2")]
    first = tenants.tenants[0]
    assert first.values["needs"] == ("need_investment", "need_license_out")
    assert first.values["need_detail"] == "시리즈 A / L/O"
    assert first.values["target_countries"] == ("US",)
    assert tenants.problems == ()


def test_merged_cells_of_a_company_hold_for_each_of_its_need_rows(read_rows):
    below = ["", "", "", "", "일본", "기술이전", ""]
    again = ["", "", "", "", "미국", "인허가", "FDA"]
    merged = ["A2:A4", "B2:B4", "C2:C4", "D2:D4"]
    tenants = read_rows(HEADER, FIRST, below, again, OTHER, merged=merged)
    assert [(tenant.row, tenant.tenant_id) for tenant in tenants] == [(2, "A1"), (5, "A2")]
    first = tenants.tenants[0]
    assert first.values["needs"] == ("need_investment", "need_license_out", "need_regulatory")
    assert first.values["target_countries"] == ("US", "JP")


def test_merged_needs_of_two_companies_are_the_needs_of_each(read_rows):
    tenants = read_rows(HEADER, FIRST, row(OTHER, needs="", detail=""), merged=["F2:F3"])
    assert [tenant.values["needs"] for tenant in tenants] == [("need_investment",)] * 2


@pytest.mark.parametrize(
    ("second", "ids", "kinds"),
    [
        (FIRST, ["A1", "A1#2"], ["duplicate_id"]),
        (row(OTHER, id="A1"), ["A1", "A1#2"], ["duplicate_id"]),
        (row(FIRST, id="A3"), ["A1", "A3"], []),
        (row(FIRST, tech="백신", needs="기술이전"), ["A1", "A1#2"], ["duplicate_id"]),
        (row(FIRST, id="A3", needs="기술이전"), ["A1", "A3"], []),
    ],
    ids=["exact copy", "another company", "another id", "another technology", "id and need"],
)
def test_rows_that_are_not_need_rows_of_one_company_stay_two(read_rows, second, ids, kinds):
    tenants = read_rows(HEADER, FIRST, second)
    assert [tenant.tenant_id for tenant in tenants] == ids
    assert [problem.kind for problem in tenants.problems] == kinds


def test_a_row_without_needs_is_no_need_row(read_rows):
    tenants = read_rows(HEADER, FIRST, ["", "마바", "", "", "", "", ""])
    assert [tenant.name for tenant in tenants] == ["가나", "마바"]


def test_the_problems_of_a_need_row_are_told_at_its_own_row(read_rows):
    mail = "문의 a@example.com"
    tenants = read_rows(HEADER, FIRST, ["", "", "", "", "", "기술이전", mail])
    (problem,) = tenants.problems
    assert (problem.kind, problem.row, problem.column) == ("personal_dropped", 3, "수요내용")


ASIDE = [
    ["합계", "2개사", "", "", "", "", ""],
    ["소 계", "", "", "", "", "1건", ""],
    ["", "총계", "", "", "", "", "2"],
    ["Total", "2", "", "", "", "", ""],
    ["계", "", "", "", "", "", ""],
    ["※ 위 내용은 변경될 수 있음", "", "", "", "", "", ""],
    ["* 출처: 자체 조사", "", "", "", "", "", ""],
    ["[의약 분야]", "", "", "", "", "", ""],
    ["■ 2026년 신규", "", "", "", "", "", ""],
    ["주) 잠정치", "", "", "", "", "", ""],
    ["(2026. 9. 기준)", "", "", "", "", "", ""],
    ["의약", "소계", "", "", "", "", "1개사"],
    ["의약 소계", "1", "", "", "", "", "3억원"],
]


@pytest.mark.parametrize("aside", ASIDE, ids=lambda cells: next(filter(None, cells)))
def test_totals_notes_and_headings_are_no_tenants_and_told(read_rows, aside):
    tenants = read_rows(HEADER, FIRST, aside, OTHER)
    assert [tenant.tenant_id for tenant in tenants] == ["A1", "A2"]
    assert [(problem.kind, problem.row) for problem in tenants.problems] == [("skipped_row", 3)]


def test_a_heading_that_is_merged_over_all_columns_is_no_tenant(read_rows):
    heading = ["[의약 분야]", "", "", "", "", "", ""]
    tenants = read_rows(HEADER, heading, FIRST, merged=["A2:G2"])
    assert [tenant.tenant_id for tenant in tenants] == ["A1"]


def test_blank_rows_are_no_tenants_and_not_told(read_rows):
    tenants = read_rows(HEADER, [""] * 7, FIRST, [" ", "", "\t", "", "", "", ""], OTHER)
    assert [tenant.row for tenant in tenants] == [3, 5]
    assert tenants.problems == ()


@pytest.mark.parametrize("name", ["㈜가나", "(주)가나", "주식회사 계", "(유)나다", "합계바이오"])
def test_a_name_that_looks_like_a_note_is_a_company(read_rows, name):
    tenants = read_rows(HEADER, FIRST, ["", name, "", "", "", "", ""])
    assert len(tenants) == 2


@pytest.mark.parametrize(
    "text",
    [
        "소계 (1개사)",
        "합계(2개사)",
        "총 2개사",
        "의약 소계",
        "의약 계",
        "의료기기 분야",
        "이상 끝.",
        "붙임: 수요조사서 1부",
        "- 이하 여백 -",
        "이하 빈칸",
        "작성자: 사업지원팀",
        "2026. 9. 30.",
        "3",
    ],
)
@pytest.mark.parametrize("at", [0, 1])
def test_lines_around_a_list_are_no_tenants_and_told(read_rows, text, at):
    line = [""] * 7
    line[at] = text
    tenants = read_rows(HEADER, FIRST, line, OTHER)
    assert [tenant.tenant_id for tenant in tenants] == ["A1", "A2"]
    assert [(problem.kind, problem.row) for problem in tenants.problems] == [("skipped_row", 3)]


@pytest.mark.parametrize(
    "name", ["총명바이오", "합계바이오", "계명바이오", "이상바이오", "의약계", "끝바이오"]
)
@pytest.mark.parametrize("number", ["", "3"])
def test_a_company_stays_whatever_its_name_begins_with(read_rows, name, number):
    tenants = read_rows(HEADER, FIRST, [number, name, "의약", "", "", "투자유치", ""], OTHER)
    assert [tenant.name for tenant in tenants] == ["가나", name, "다라"]
    alone = read_rows(HEADER, FIRST, ["", name, "", "", "", "", ""], OTHER)
    assert [tenant.name for tenant in alone] == ["가나", name, "다라"]


@pytest.mark.parametrize("needs", ["투자유치", "기술이전"])
def test_a_line_with_a_need_is_a_need_row(read_rows, needs):
    tenants = read_rows(HEADER, OTHER, ["", "", "", "", "", needs, ""])
    assert len(tenants) == 1
    assert len(tenants.tenants[0].values["needs"]) == 2
