"""Which column holds which field, and which row holds the headers."""

import pytest

from matcher.intake.headers import (
    Column,
    HeaderIndex,
    ambiguous,
    find_header_row,
    header_mapping,
)


@pytest.fixture
def index(catalogue) -> HeaderIndex:
    return HeaderIndex(catalogue.vocabulary)


@pytest.mark.parametrize(
    "header",
    [
        "기업명",
        "회사명",
        "Company name",
        "COMPANY",
        "name_ko",
        "기 업 명",
        "기업\n명",
        "기업명*",
        "※ 기업명",
        "1. 기업명",
        "1) 기업명",
        "①기업명",
        "가. 기업명",
        "기업명(국문)",
        "기업명（필수）",
        "상호(법인명)",
    ],
)
def test_a_header_is_known_by_alias_whatever_stands_around_it(index, header):
    assert index.column(0, header).field == "name_ko"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("기업명(영문)", "name_en"),
        ("ＴＲＬ", "trl"),
        ("TRL\n(기술성숙도)", "trl"),
        ("IRB‧윤리심사", "irb"),
        ("인허가・인증 현황", "approvals"),
        ("R&D 단계", "dev_stage"),
        ("희망국가1", "target_countries"),
        ("희망국가 2", "target_countries"),
        ("희망국가(1순위)", "target_countries"),
        ("희망국가 1순위", "target_countries"),
        ("1순위 희망국가", "target_countries"),
    ],
)
def test_brackets_widths_dots_and_numbers_do_not_hide_a_field(index, header, field):
    assert index.column(0, header).field == field


def test_every_field_is_known_by_its_id_and_by_the_headers_that_the_tool_writes(index, catalogue):
    for field in catalogue.vocabulary.fields.values():
        for header in (field.id, *field.label.values()):
            assert index.column(0, header).field == field.id


def test_every_alias_means_the_field_it_is_listed_under(index, catalogue):
    for field, aliases in catalogue.vocabulary.aliases.items():
        for alias in aliases:
            assert index.column(0, alias).field == field


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("매출액", None),
        ("매출액(백만원)", "백만원"),
        ("매출액 (단위: 천원)", "단위: 천원"),
        ("누적투자유치액[억원]", "억원"),
        ("매출액\n(USD)", "USD"),
        ("매출액(최근 1년)", None),
        ("매출액(최근 1년)(백만원)", "백만원"),
    ],
)
def test_the_unit_is_what_stands_in_the_brackets_of_a_header(index, header, unit):
    assert index.column(0, header).unit == unit


@pytest.mark.parametrize(
    "header",
    [
        "대표자",
        "담당자 연락처",
        "담당자(연락처)",
        "E-mail",
        "5. 휴대폰*",
        "주민등록번호",
        "사업자등록번호",
        "법인등록번호",
        "대표 이메일",
    ],
)
def test_a_personal_column_holds_no_field(index, header):
    assert index.column(3, header) == Column(3, header, None, None, personal=True)


@pytest.mark.parametrize("header", ["비고", "홈페이지", "대표 홈페이지", "", "1"])
def test_a_header_that_means_nothing_is_neither_a_field_nor_personal(index, header):
    assert index.column(0, header) == Column(0, header, None, None, personal=False)


def test_a_header_keeps_its_words_but_no_personal_string(index):
    assert index.column(0, " 핵심기술\n  요약 ").header == "핵심기술\n 요약"
    assert index.column(0, "비고 (문의 a@example.com)").header == "비고 (문의 [개인정보 삭제])"


HEADERS = ["기업명", "분야", "비고", "희망국가"]


def rows(*cells):
    return list(enumerate(cells, 1))


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (rows(HEADERS), 1),
        (rows(["2026년 조사"], [], HEADERS), 3),
        (rows(["입주기업"], HEADERS), 2),
        (rows(["비고", "메모", "기업명"], HEADERS), 2),
        (rows(["기업명", "비고"], ["가나", ""]), 1),
        (rows(["비고", "메모", "기업명"]), None),
        (rows(["안녕"], ["하세요"]), None),
        (rows([""], [" ", ""]), None),
        (rows(*[["제목"]] * 29, HEADERS), 30),
        (rows(*[["제목"]] * 30, HEADERS), None),
    ],
)
def test_the_header_row_is_the_first_with_three_known_headers_else_with_half(index, table, row):
    found = find_header_row(table, index)
    assert (found and found[0]) == row


def test_the_columns_of_the_header_row_know_their_places(index):
    _, columns = find_header_row(rows(["기업명", "", "분야", "비고", "희망국가"]), index)
    assert [(column.at, column.field) for column in columns] == [
        (0, "name_ko"),
        (2, "sector"),
        (3, None),
        (4, "target_countries"),
    ]
    assert header_mapping(columns) == {
        "기업명": "name_ko",
        "분야": "sector",
        "비고": None,
        "희망국가": "target_countries",
    }


@pytest.mark.parametrize(
    "headers",
    [
        ["희망국가1", "희망국가2"],
        ["희망국가(1순위)", "희망국가(2순위)"],
        ["희망국가 1순위", "희망국가 2순위"],
        ["① 희망국가", "② 희망국가"],
        ["11. 희망국가1", "12. 희망국가2"],
        ["기업명", "기업명(영문)"],
    ],
)
def test_numbered_columns_of_one_field_are_not_ambiguous(index, headers):
    assert ambiguous([index.column(at, header) for at, header in enumerate(headers)]) == []


def test_two_different_columns_that_claim_one_field_are_ambiguous(index):
    columns = [
        index.column(at, each) for at, each in enumerate(["희망국가", "분야", "진출희망국가"])
    ]
    (problem,) = ambiguous(columns)
    assert (problem.kind, problem.column) == ("ambiguous_header", "희망국가")
    assert problem.what == "columns '희망국가' and '진출희망국가' both claim target_countries"
    assert problem.hint == "rename or remove one of them"
