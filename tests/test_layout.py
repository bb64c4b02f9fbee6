"""Where the table of a sheet is: titles above it, headers of two rows, units, doubtful headers."""

import pytest

from matcher import DataError
from matcher.quantities import Money

HEADER = ["기업명", "분야", "핵심기술", "희망국가", "희망 지원분야"]
GOOD = ["가나", "의약", "항체", "미국", "투자유치"]
GUIDE = ["2026년 수요조사", "", "", "", ""]
VALUES = {
    "name_ko": "가나",
    "sector": "의약",
    "tech_summary": "항체",
    "target_countries": ("US",),
    "needs": ("need_investment",),
}


def only(tenants):
    (tenant,) = tenants
    return {field: tenant.values.get(field) for field in VALUES}


@pytest.mark.parametrize(
    ("above", "row"),
    [
        ([], 1),
        ([GUIDE], 2),
        ([GUIDE, [], ["※ 작성 요령: 기업명은 국문으로", "", "", "", ""]], 4),
        ([["비고", "메모", "기업명", "", ""]], 2),
        ([["제목", "", "", "", ""]] * 39, 40),
    ],
)
@pytest.mark.parametrize("merged", [None, ()], ids=["csv", "xlsx"])
def test_a_header_is_found_below_titles_and_notes(read_rows, above, row, merged):
    tenants = read_rows(*above, HEADER, GOOD, merged=merged)
    assert (tenants.header_row, only(tenants)) == (row, VALUES)
    assert tenants.problems == ()


@pytest.mark.parametrize(
    "rows",
    [
        [["안녕"], ["하세요"]],
        [["비고", "메모", "기업명"]],
        [["제목", "", "", "", ""]] * 40 + [HEADER],
    ],
)
def test_a_sheet_without_known_headers_is_no_list(read_rows, rows):
    with pytest.raises(DataError, match="no row of headers was found"):
        read_rows(*rows)


def test_two_known_headers_are_enough_where_they_are_half_of_a_row(read_rows):
    tenants = read_rows(["기업명", "비고"], ["가나", "메모"])
    assert (tenants.header_row, tenants.tenants[0].name) == (1, "가나")


UPPER = ["기업 정보", "", "", "해외 수요", ""]


@pytest.mark.parametrize("merged", [None, ["A1:C1", "D1:E1"]], ids=["csv", "xlsx"])
def test_a_header_of_two_rows_is_read_by_its_lower_row(read_rows, merged):
    tenants = read_rows(UPPER, HEADER, GOOD, merged=merged)
    assert tenants.header_row == 2
    assert only(tenants) == VALUES
    assert tenants.problems == ()


@pytest.mark.parametrize("merged", [None, ["A2:A3", "B2:C2", "D2:E2"]], ids=["csv", "xlsx"])
def test_headers_that_reach_over_both_rows_and_a_title_above_them(read_rows, merged):
    tenants = read_rows(
        GUIDE,
        ["기업명", "기술", "", "해외 수요", ""],
        ["", "분야", "핵심기술", "희망국가", "희망 지원분야"],
        GOOD,
        merged=merged,
    )
    assert tenants.header_row == 3
    assert only(tenants) == VALUES


@pytest.mark.parametrize("merged", [None, ["D1:E1"]], ids=["csv", "xlsx"])
@pytest.mark.parametrize("ranks", [("1순위", "2순위"), ("①", "②"), ("1", "2")])
def test_ranks_under_a_field_are_its_values_in_order(read_rows, ranks, merged):
    tenants = read_rows(
        ["기업명", "분야", "핵심기술", "희망국가", "", "희망 지원분야"],
        ["", "", "", *ranks, ""],
        ["가나", "의약", "항체", "미국", "일본", "투자유치"],
        merged=merged,
    )
    (tenant,) = tenants
    assert tenant.values["target_countries"] == ("US", "JP")
    assert tenants.header_row == 2
    assert not tenants.has_blocking_problem


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("구분", ["의약", "의료기기"], "sector"),
        ("구분", ["법인", "개인"], "entity_type"),
        ("구분", ["입주", "졸업"], "tenancy_status"),
        ("구분", ["의사창업", "교원창업"], "origin"),
        ("구분", ["1", "2"], None),
        ("구분", ["", ""], None),
        ("단계", ["임상 1상", "전임상"], "dev_stage"),
        ("단계", ["시드", "Pre-A"], "funding_round"),
        ("등급", ["2등급", "3"], "device_class"),
        ("등급", ["우수", "보통"], None),
        ("국가", ["미국;일본", "싱가포르"], "target_countries"),
        ("국가", ["국내", "기타"], None),
    ],
)
def test_a_doubtful_header_means_what_its_values_fit_or_is_left_out(
    read_rows, header, cells, field
):
    rows = [[f"가{at}", "항체", "투자유치", cell] for at, cell in enumerate(cells)]
    tenants = read_rows(["기업명", "핵심기술", "희망 지원분야", header], *rows)
    assert tenants.header_mapping[header] == field
    told = [problem.column for problem in tenants.problems if problem.kind == "unknown_column"]
    assert told == ([] if field else [header])


def test_a_doubtful_header_beside_a_plain_one_claims_nothing(read_rows):
    tenants = read_rows([*HEADER, "구분"], [*GOOD, "의약"])
    assert tenants.header_mapping["분야"] == "sector"
    assert tenants.header_mapping["구분"] is None


WON = {
    ("(단위: 백만원)", "매출액", "35"): 35_000_000,
    ("단위 : 천원", "매출액", "35"): 35_000,
    ("(단위: 백만원)", "매출액(천원)", "35"): 35_000,
    ("(단위: 백만원)", "매출액", "35억원"): 3_500_000_000,
    ("(단위: 백만원, 명)", "매출액", "1,200"): 1_200_000_000,
}


@pytest.mark.parametrize(("texts", "amount"), WON.items())
def test_the_unit_of_a_cell_goes_before_that_of_its_header_and_that_before_a_caption(
    read_rows, texts, amount
):
    caption, header, cell = texts
    (tenant,) = read_rows(["", "", "", "", "", caption], [*HEADER, header], [*GOOD, cell])
    assert tenant.values["revenue"] == Money(amount, amount, "KRW")


def test_money_without_a_unit_anywhere_is_a_bad_value(read_rows):
    tenants = read_rows([*HEADER, "매출액"], [*GOOD, "35"])
    assert [(problem.kind, problem.row) for problem in tenants.problems] == [("bad_value", 2)]


def test_what_stands_under_no_header_is_told(read_rows):
    tenants = read_rows([*HEADER, "", ""], [*GOOD, "", "메모"])
    (problem,) = tenants.problems
    assert (problem.kind, problem.column) == ("unknown_column", "(G열)")


@pytest.mark.parametrize(
    ("headers", "sector", "told"),
    [
        ({"분류": "sector"}, "의료기기", ["분야"]),
        ({"분야": ""}, None, ["분야", "분류"]),
        ({"분야": "origin", "분류": "sector"}, "의료기기", []),
    ],
)
def test_saying_what_a_header_means_goes_before_its_aliases(read_rows, headers, sector, told):
    tenants = read_rows([*HEADER, "분류"], [*GOOD, "의료기기"], headers=headers)
    assert tenants.tenants[0].values.get("sector") == sector
    unknown = [problem.column for problem in tenants.problems if problem.kind == "unknown_column"]
    assert unknown == told


def test_headers_that_are_all_unknown_are_found_by_saying_what_they_mean(read_rows):
    said = {"갑": "name_ko", "을": "sector", "병": "needs"}
    tenants = read_rows(["갑", "을", "병"], ["가나", "의약", "투자유치"], headers=said)
    assert tenants.tenants[0].values["needs"] == ("need_investment",)


@pytest.mark.parametrize("merged", [None, ["D1:F1", "G1:H1"]], ids=["csv", "xlsx"])
@pytest.mark.parametrize("label", ["희망 지원분야", "지원 희망분야(해당란 ○)"])
def test_one_column_per_choice_below_its_field(read_rows, label, merged):
    tenants = read_rows(
        ["기업명", "분야", "핵심기술", label, "", "", "희망국가", ""],
        ["", "", "", "투자유치", "임상시험", "인허가", "미국", "싱가포르"],
        ["가나", "의약", "항체", "O", "", "ㅇ", "2", "1"],
        ["다라", "의약", "항체", "X", "√", "-", "○", ""],
        merged=merged,
    )
    first, second = tenants
    assert first.values["needs"] == ("need_investment", "need_regulatory")
    assert first.values["target_countries"] == ("SG", "US")
    assert second.values["needs"] == ("need_clinical_trial",)
    assert second.values["target_countries"] == ("US",)
    assert "approvals" not in first.values
    assert set(tenants.header_mapping.values()) == {
        "name_ko",
        "sector",
        "tech_summary",
        "needs",
        "target_countries",
    }
    assert tenants.problems == ()


def test_choices_below_a_header_row_that_names_little_else(read_rows):
    (tenant,) = read_rows(
        ["기업명", "희망 지원분야", "", ""],
        ["", "투자유치", "임상시험", "인허가"],
        ["가나", "", "V", "■"],
        merged=["A1:A2", "B1:D1"],
    )
    assert tenant.values["needs"] == ("need_clinical_trial", "need_regulatory")


def test_values_below_a_header_are_no_choices(read_rows):
    header = ["기업명", "희망국가", "", "", "", "희망 지원분야", "분야"]
    tenants = read_rows(header, ["가나", "미국", "일본", "중국", "독일", "투자유치", "의약"])
    assert (tenants.header_row, len(tenants)) == (1, 1)


BARE = ["기업명", "분야", "핵심기술", "희망국가", "투자유치", "임상시험"]


def test_needs_alone_as_headers_are_choices(read_rows):
    (tenant,) = read_rows(BARE, ["가나", "의약", "항체", "미국", "2", "1"])
    assert tenant.values["needs"] == ("need_clinical_trial", "need_investment")


@pytest.mark.parametrize("header", [[*BARE, "희망 지원분야"], [*BARE[:-1], "비고"]])
def test_needs_as_headers_are_unknown_beside_the_field_or_alone(read_rows, header):
    tenants = read_rows(header, ["가나", "의약", "항체", "미국", "O", "O", "기술이전"])
    assert tenants.header_mapping["투자유치"] is None


@pytest.mark.parametrize(
    "caption", ["(금액: 백만원)", "(백만원)", "（백만원）", "※ 금액 단위는 백만원"]
)
def test_a_caption_states_its_unit_in_several_ways(read_rows, caption):
    (tenant,) = read_rows(["", "", "", "", "", caption], [*HEADER, "매출액"], [*GOOD, "35"])
    assert tenant.values["revenue"] == Money(35_000_000, 35_000_000, "KRW")


def test_cells_that_state_nothing_do_not_count_against_a_doubtful_header(read_rows):
    grades = ["2등급", "-", "해당없음", "미정", ""]
    rows = [[f"가{at}", "의료기기", "항체", grade] for at, grade in enumerate(grades)]
    tenants = read_rows(["기업명", "분야", "핵심기술", "등급"], *rows)
    assert tenants.header_mapping["등급"] == "device_class"


def test_a_header_that_reaches_over_an_empty_column_is_one_column(read_rows):
    tenants = read_rows(
        ["기업명", "", "분야", "핵심기술", "희망국가", "", "희망 지원분야"],
        ["", "", "", "", "1순위", "2순위", ""],
        ["가나", "", "의약", "항체", "미국", "일본", "투자유치"],
    )
    assert only(tenants) == {**VALUES, "target_countries": ("US", "JP")}


@pytest.mark.parametrize(
    ("cell", "approvals", "needs"),
    [("O", False, ("need_investment", "need_regulatory")), ("CE:보유", True, ("need_investment",))],
)
def test_a_need_that_is_another_header_too_is_a_choice_where_it_holds_marks(
    read_rows, cell, approvals, needs
):
    (tenant,) = read_rows([*BARE, "인허가"], ["가나", "의약", "항체", "미국", "O", "X", cell])
    assert ("approvals" in tenant.values) == approvals
    assert tenant.values["needs"] == needs


UNITS = ["기업명", "분야", "핵심기술", "희망국가", "희망 지원분야", "누적투자유치액", "임직원수"]


@pytest.mark.parametrize("written", ["({})", "[{}]", "{}"])
def test_a_row_of_units_below_the_header_belongs_to_it(read_rows, written):
    units = [written.format(unit) if unit else "" for unit in ["", "", "", "", "", "백만원", "명"]]
    row = ["가나", "의약", "항체", "미국", "투자유치", "3,500", "12"]
    (tenant,) = read_rows(UNITS, units, row)
    assert (tenant.values["funding_total"].low, tenant.values["employees"]) == (3.5e9, 12)
    assert tenant.row == 3
    assert not tenant.problems


def test_a_row_that_holds_more_than_units_is_a_row(read_rows):
    row = ["(가나)", "(의약)", "", "(미국)", "", "(백만원) 3", ""]
    assert [tenant.row for tenant in read_rows(UNITS, row)] == [2]
