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
