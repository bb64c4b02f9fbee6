"""Which column holds which field, and which row holds the headers."""

import pytest

from matcher.intake.headers import Column, HeaderIndex, ambiguous, header_mapping


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


def test_columns_are_mapped_by_their_headers(index):
    columns = [index.column(at, each) for at, each in enumerate(["기업명", "대표자", "비고"])]
    assert header_mapping(columns) == {"기업명": "name_ko", "대표자": None, "비고": None}


@pytest.mark.parametrize(
    ("upper", "lower", "header", "field"),
    [
        ("기업 정보", "기업명", "기업 정보 / 기업명", "name_ko"),
        ("기업명", "기업명", "기업명", "name_ko"),
        ("기업명", "", "기업명", "name_ko"),
        ("희망국가", "1순위", "희망국가 / 1순위", "target_countries"),
        ("희망 국가", "제2지망", "희망 국가 / 제2지망", "target_countries"),
        ("희망국가", "③", "희망국가 / ③", "target_countries"),
        ("기업 정보", "1순위", "기업 정보 / 1순위", None),
        ("희망국가", "비고", "희망국가 / 비고", None),
        ("투자", "단계", "투자 / 단계", None),
    ],
)
def test_a_header_of_two_rows_means_what_its_lower_part_does_or_a_rank_under_the_upper(
    index, upper, lower, header, field
):
    column = index.column(0, lower, upper)
    assert (column.header, column.field) == (header, field)


@pytest.mark.parametrize(
    ("upper", "lower"), [("담당자", "연락처"), ("대표자", "한글"), ("담당자", "1"), ("이메일", "")]
)
def test_a_header_is_personal_by_its_upper_part_too(index, upper, lower):
    assert index.column(0, lower, upper).personal


def test_a_field_under_a_personal_header_is_a_field(index):
    assert index.column(0, "기업명", "담당자").field == "name_ko"


@pytest.mark.parametrize("header", ["구분", "3. 구 분", "단계", "국가"])
def test_an_ambiguous_header_leaves_the_choice_to_its_values(index, catalogue, header):
    column = index.column(0, header)
    assert column.field is None
    assert column.candidates == catalogue.vocabulary.ambiguous[header[-3:].replace(" ", "")[-2:]]


def test_what_is_said_of_a_header_is_stronger_than_any_alias(catalogue):
    index = HeaderIndex(
        catalogue.vocabulary, {"진출희망국가": "", "희망시장": "target_countries", "비고": "ip"}
    )
    said = {"진출희망국가": None, "희 망 시 장": "target_countries", "비고": "ip", "희망국가": None}
    assert {header: index.column(0, header).field for header in said} == said


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
def test_numbered_columns_of_one_field_are_not_ambiguous(index, catalogue, headers):
    columns = [index.column(at, header) for at, header in enumerate(headers)]
    assert ambiguous(columns, catalogue.vocabulary) == []


@pytest.mark.parametrize("headers", [["TRL", "TRL"], ["매출액1", "매출액2"]])
def test_two_columns_of_a_field_of_one_value_are_ambiguous_however_alike(index, catalogue, headers):
    columns = [index.column(at, header) for at, header in enumerate(headers)]
    assert len(ambiguous(columns, catalogue.vocabulary)) == 1


def test_two_different_columns_that_claim_one_field_are_ambiguous(index, catalogue):
    columns = [
        index.column(at, each) for at, each in enumerate(["희망국가", "분야", "진출희망국가"])
    ]
    (problem,) = ambiguous(columns, catalogue.vocabulary)
    assert (problem.kind, problem.column) == ("ambiguous_header", "희망국가")
    assert problem.what == "columns '희망국가' and '진출희망국가' both claim target_countries"
    assert problem.hint == 'say which with --map "희망국가=target_countries", or rename one'


@pytest.mark.parametrize(
    ("upper", "lower", "field", "choice"),
    [
        ("희망 지원분야", "투자유치", "needs", "투자유치"),
        ("지원 희망분야(해당란 ○)", "인허가", "needs", "인허가"),
        ("희망국가", "미국", "target_countries", "미국"),
        ("희망국가", "① 싱가포르", "target_countries", "싱가포르"),
        ("", "수요_투자유치", "needs", "투자유치"),
        ("", "희망 지원분야 - 투자유치", "needs", "투자유치"),
        ("", "희망지원분야（투자유치）", "needs", "투자유치"),
        ("", "희망국가(미국)", "target_countries", "미국"),
        ("수요 조사", "수요_투자유치", "needs", "투자유치"),
    ],
)
def test_a_term_beside_its_field_is_a_column_of_one_choice(index, upper, lower, field, choice):
    column = index.column(0, lower, upper)
    assert (column.field, column.choice) == (field, choice)


@pytest.mark.parametrize(
    "header", ["희망국가(1순위)", "희망국가/지역", "투자유치", "기술이전 현황", "핵심기술(항체)"]
)
def test_other_headers_are_no_choice(index, header):
    assert index.column(0, header).choice is None


def test_columns_of_choices_are_not_ambiguous(index, catalogue):
    headers = ["수요_투자유치", "수요_임상시험", "희망 지원분야"]
    columns = [index.column(at, header) for at, header in enumerate(headers)]
    assert ambiguous(columns, catalogue.vocabulary) == []


def test_what_is_said_of_a_field_holds_for_its_choices(catalogue):
    index = HeaderIndex(catalogue.vocabulary, {"바라는 것": "needs"})
    assert index.column(0, "투자유치", "바라는 것").field == "needs"
    assert index.column(0, "투자유치", "희망 지원분야").field is None


@pytest.mark.parametrize(
    ("headers", "conflicts"),
    [
        (["기업명", "상호(영문)"], 0),
        (["기업명", "기업명(비공개용)"], 1),
        (["창업아이템명", "창업아이템명"], 1),
        (["기업명1", "기업명2"], 0),
        (["제품명(1)", "제품명(2)"], 0),
        (["핵심기술", "핵심기술(요약)"], 0),
    ],
)
def test_two_names_are_one_only_where_they_are_numbered(index, catalogue, headers, conflicts):
    columns = [index.column(at, header) for at, header in enumerate(headers)]
    assert len(ambiguous(columns, catalogue.vocabulary)) == conflicts


def test_a_unit_in_full_width_brackets_is_one(index):
    assert index.column(0, "매출액（백만원）").unit == "백만원"


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("1. 귀사의 기업명을 적어주세요.", "name_ko"),
        ("5. 사업분야를 선택해 주세요.", "sector"),
        ("6. 주요 제품 또는 기술을 간략히 소개해 주세요.", "tech_summary"),
        ("8. 진출을 희망하는 국가(복수응답 가능)", "target_countries"),
        ("9. 희망하는 지원분야를 모두 선택해 주세요.", "needs"),
        ("12. 개인정보 및 기업정보의 제3자 제공에 동의하십니까?", "consent_external"),
        ("개인정보 수집·이용에 동의하십니까?", None),
    ],
)
def test_a_question_of_a_form_is_a_header(index, question, field):
    assert index.column(0, question).field == field


@pytest.mark.parametrize("question", ["대표자 성함을 적어 주세요.", "3. 휴대폰을 입력해 주십시오"])
def test_a_question_for_something_personal_is_dropped(index, question):
    assert index.column(0, question).personal
