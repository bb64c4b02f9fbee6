"""A tenant list from its first byte to tenants and problems."""

import csv
import io
import json

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matcher import DataError, read_tenants
from matcher.intake import UnreadableListError, tenant_from_cells
from matcher.quantities import Empty, Item, Money, Range

HEADER = "관리번호,기업명,분야,핵심기술,TRL,희망국가,희망 지원분야"
GOOD = "A1,가나,의약,항체,4~5,미국;싱가포르,투자유치;기술이전"


@pytest.fixture
def read(catalogue):
    """Read a list from its lines, or from the bytes of a file."""

    def read(*lines, **options):
        content = lines[0] if isinstance(lines[0], bytes) else "\n".join(lines).encode()
        return read_tenants(content, catalogue.vocabulary, name="list.csv", **options)

    return read


def told(tenants):
    return [(problem.kind, problem.row, problem.column) for problem in tenants.problems]


def test_a_row_becomes_a_tenant_with_the_meaning_and_the_words_of_its_cells(read):
    header = f"{HEADER},누적투자유치액(백만원),해외 공동연구,현지법인,기 접촉기관,제3자 제공 동의"
    tenants = read(header, f"{GOOD},35,NUS:계약,없음,-,예")
    (tenant,) = tenants
    assert tenant.values == {
        "tenant_id": "A1",
        "name_ko": "가나",
        "sector": "의약",
        "tech_summary": "항체",
        "trl": Range(4, 5),
        "target_countries": ("US", "SG"),
        "needs": ("need_investment", "need_license_out"),
        "funding_total": Money(35_000_000, 35_000_000, "KRW"),
        "joint_research": (Item("NUS", "signed"),),
        "local_entities": Empty.NONE,
        "consent_external": "yes",
    }
    assert tenant.stated["trl"] == "4~5"
    assert (tenant.tenant_id, tenant.name, tenant.row, tenant.complete) == ("A1", "가나", 2, True)
    assert (tenants.header_row, tenants.encoding, tenants.problems) == (1, "utf-8", ())
    assert not tenants.has_blocking_problem


def test_a_record_has_every_field_and_its_row(read, catalogue):
    (tenant,) = read(f"{HEADER},해외 공동연구,인허가·인증 현황", f"{GOOD},NUS:계약,CE:보유")
    record = tenant.as_record(catalogue.vocabulary.fields)
    usual = {name for name, field in catalogue.vocabulary.fields.items() if not field.rare}
    assert set(record) == {"_row", *usual}
    assert (record["_row"], record["trl"], record["revenue"]) == (2, [4, 5], None)
    assert record["joint_research"] == [{"institution": "NUS", "status": "signed"}]
    assert record["approvals"] == [{"scheme": "CE", "status": "held"}]


def test_consent_that_is_not_given_is_no(read):
    (tenant,) = read(HEADER, GOOD)
    assert tenant.values["consent_external"] == "no"


@pytest.mark.parametrize(
    ("row", "kind", "column", "message"),
    [
        ("A2,,의약,약,4,미국,투자유치", "missing_required", "기업명", "is empty"),
        ("A2,나,-,약,4,미국,투자유치", "missing_required", "분야", "is empty"),
        (
            "A2,나,의약,,4,미국,투자유치",
            "missing_required",
            "핵심기술",
            "none of 창업아이템명, 핵심",
        ),
        ("A2,나,의약,약,4,,투자유치", "missing_required", "희망국가", "is empty"),
        ("A2,나,의약,약,4,미국", "missing_required", "희망 지원분야", "is empty"),
        ("A2,나,의약,약,10,미국,투자유치", "bad_value", "TRL", "TRL '10' is outside 1 to 9"),
        ("A1,나,의약,약,4,미국,투자유치", "duplicate_id", "관리번호", "this row goes on as 'A1#2'"),
        (
            "A2,나,약국,약,4,미국,투자유치",
            "unknown_term",
            "분야",
            "'약국' is not known; kept as text",
        ),
        ("A2,나,의약,a@b.com,4,미국,투자유치", "personal_dropped", "핵심기술", "1 personal string"),
    ],
)
def test_a_bad_row_is_told_with_its_place_and_the_others_go_on(read, row, kind, column, message):
    tenants = read(HEADER, GOOD, row, GOOD.replace("A1", "A3"))
    assert told(tenants) == [(kind, 3, column)]
    assert message in tenants.problems[0].what
    first, bad, last = tenants
    assert (first.problems, bad.problems, last.problems) == ((), tenants.problems, ())
    assert bad.complete == (kind != "missing_required")
    assert tenants.has_blocking_problem == (kind not in ("unknown_term", "personal_dropped"))


def test_a_bad_value_is_not_stated_but_its_cell_is_kept(read):
    (tenant,) = read(HEADER, GOOD.replace("4~5", "10"))
    assert "trl" not in tenant.values
    assert tenant.stated["trl"] == "10"


def test_every_row_has_an_id_of_its_own(read):
    stated = ["A1", "A1", "A1#2", "A1", "", "R6"]
    tenants = read(HEADER, *(GOOD.replace("A1", tenant_id, 1) for tenant_id in stated))
    assert [tenant.tenant_id for tenant in tenants] == [
        "A1",
        "A1#2",
        "A1#2#2",
        "A1#3",
        "R6",
        "R6#2",
    ]


def test_a_word_that_is_nearly_known_is_told_with_what_it_may_mean(read):
    (problem,) = read(HEADER, GOOD.replace("투자유치", "투자유지")).problems
    assert problem.kind == "unknown_term"
    assert problem.hint == "did you mean 투자유치?"


def test_an_unknown_column_is_told_and_left_out(read):
    tenants = read(f"{HEADER},비고", f"{GOOD},메모")
    assert told(tenants) == [("unknown_column", None, "비고")]
    assert tenants.header_mapping["비고"] is None
    assert "메모" not in tenants.tenants[0].stated.values()


PERSONAL = (
    "hong@example.com 010-0000-1234 010.0000.1234 01000001234 +82-10-0000-1234 02-000-1234 "
    "010–0000–1234 ０１０－００００－１２３４ 900101-1000000 110111-0000000 000-00-00000"
)


@pytest.mark.parametrize("personal", PERSONAL.split())
def test_no_personal_string_leaves_the_reader(read, personal):
    header = f"문의 {personal},대표자,{HEADER},해외진출 현황".replace("TRL", "TRL (1~9)")
    row = f"메모,홍길동 {personal},A1 {personal},가 {personal},의약 {personal},{personal},"
    tenants = read(f"작성: {personal}", header, f"{row}{personal},{personal},{personal},{personal}")
    assert ("personal_dropped", None, "대표자") in told(tenants)
    assert ("personal_dropped", 3, "해외진출 현황") in told(tenants)
    everything = repr((tenants, list(tenants.cells)))
    assert personal not in everything
    assert "홍길동" not in everything
    assert "[개인정보 삭제]" in tenants.tenants[0].stated["overseas_status"]


@pytest.mark.parametrize(
    "text", ["10-2021-0012345", "2021-03-02", "1,234,567,890", "IEC 60601-1-2"]
)
def test_numbers_that_are_nobodys_are_left_alone(read, text):
    (tenant,) = read(f"{HEADER},지식재산권", f'{GOOD},"{text}"')
    assert tenant.values["ip"] == text


def test_a_header_below_a_title_is_found_and_rows_are_counted_from_the_first(read):
    tenants = read("2026년 입주기업 수요조사", "", HEADER, GOOD, "", GOOD.replace("A1", "A2"))
    assert tenants.header_row == 3
    assert [tenant.row for tenant in tenants] == [4, 6]


def test_numbered_columns_of_one_field_are_joined_in_their_order(read):
    header = HEADER.replace("희망국가", "희망국가1,희망국가2,희망국가3")
    (tenant,) = read(header, GOOD.replace("미국;싱가포르", "일본,,미국"))
    assert tenant.values["target_countries"] == ("JP", "US")
    assert tenant.stated["target_countries"] == "일본;미국"


def test_two_columns_that_claim_one_field_stop_the_reading_and_the_rest_is_told(read):
    with pytest.raises(UnreadableListError) as error:
        read("제목", f"{HEADER},진출희망국가,비고", f"{GOOD},일본,메모")
    (problem,) = error.value.problems
    assert (problem.kind, problem.sheet, problem.row) == ("ambiguous_header", None, None)
    assert problem.column == "희망국가"
    partial = error.value.partial
    assert (partial.header_row, len(partial)) == (2, 1)
    assert told(partial) == [
        ("ambiguous_header", None, "희망국가"),
        ("unknown_column", None, "비고"),
    ]


@pytest.mark.parametrize(
    ("headers", "places"),
    [
        ({"진출희망국가": ""}, ("US", "SG")),
        ({"진출희망국가": "target_countries"}, ("JP",)),
        ({"희망 국가": "target_countries"}, ("US", "SG")),
        ({"희망국가": "", "진출희망국가": "local_entities"}, None),
    ],
)
def test_saying_what_a_header_means_settles_it(read, headers, places):
    (tenant,) = read(f"{HEADER},진출희망국가", f"{GOOD},일본", headers=headers)
    assert tenant.values.get("target_countries") == places


@pytest.mark.parametrize(
    ("day", "kinds"),
    [("2026-11-21", ["bad_value"]), ("2026-11-22", []), ("2026-12-01", []), (None, [])],
)
@pytest.mark.parametrize("header", ["설립일", "조사일"])
def test_nothing_was_founded_or_surveyed_after_the_day_of_the_run(read, header, day, kinds):
    tenants = read(f"{HEADER},{header}", f"{GOOD},2026-11-22", as_of=day)
    assert [problem.kind for problem in tenants.problems] == kinds


def test_companies_go_by_whoever_watches(read):
    seen = []

    def watch(companies):
        for company in companies:
            seen.append(company.number)
            yield company

    assert len(read(HEADER, GOOD, "", GOOD.replace("A1", "A2"), watch=watch)) == 2
    assert seen == [2, 4]


def test_cp949_is_told(read):
    tenants = read("\n".join([HEADER, GOOD]).encode("cp949"))
    assert tenants.encoding == "cp949"
    assert told(tenants) == [("encoding", None, None)]


@pytest.mark.parametrize("content", [b"", b"\n\n", b",,\n", HEADER.encode()])
def test_a_list_without_a_tenant_is_no_error(read, content):
    tenants = read(content)
    assert (len(tenants), tenants.problems) == (0, ())


def test_a_table_without_headers_is_unreadable(read):
    with pytest.raises(DataError, match=r"list\.csv: no row of headers was found"):
        read("안녕", "하세요")


def test_the_first_sheet_with_headers_is_read_and_named_in_its_problems(read):
    book = openpyxl.Workbook()
    book.active.append(["작성 요령"])
    tab = book.create_sheet("목록")
    for row in (HEADER, GOOD.replace("4~5", "10")):
        tab.append(row.split(","))
    file = io.BytesIO()
    book.save(file)
    tenants = read(file.getvalue())
    assert (tenants.sheet, tenants.encoding, len(tenants)) == ("목록", None, 1)
    assert (tenants.problems[0].sheet, tenants.problems[0].row) == ("목록", 2)
    with pytest.raises(DataError, match="no row of headers"):
        read(file.getvalue(), sheet="Sheet")


def test_a_path_gives_the_list_its_name_and_a_missing_one_is_unreadable(catalogue, tmp_path):
    path = tmp_path / "tenants.csv"
    path.write_text(f"{HEADER}\n{GOOD}\n", encoding="utf-8-sig")
    tenants = read_tenants(path, catalogue.vocabulary)
    assert (tenants.name, tenants.encoding, len(tenants.digest)) == ("tenants.csv", "utf-8-sig", 64)
    with pytest.raises(DataError, match=r"gone\.csv: No such file"):
        read_tenants(tmp_path / "gone.csv", catalogue.vocabulary)


def test_the_table_can_be_given_back_without_its_personal_columns(read):
    tenants = read("제목", "기업명,분야,비고,대표자", "가나,의약,㈜메모,홍길동")
    assert list(tenants.cells) == [
        (1, ["제목"]),
        (2, ["기업명", "분야", "비고", "대표자"]),
        (3, ["가나", "의약", "㈜메모", ""]),
    ]


def test_a_tenant_can_be_made_from_cells_by_field(catalogue):
    tenant = tenant_from_cells({"trl": "TRL 4", "revenue": "-"}, catalogue.vocabulary, "A1")
    assert (tenant.tenant_id, tenant.values) == ("A1", {"trl": 4})


@pytest.mark.parametrize(
    ("cells", "message"),
    [({"trl": "10"}, "trl: TRL '10' is outside 1 to 9"), ({"x": "1"}, "x: is no field of the")],
)
def test_a_tenant_from_cells_says_which_cell_is_wrong(catalogue, cells, message):
    with pytest.raises(DataError, match=message):
        tenant_from_cells(cells, catalogue.vocabulary)


FEW = f"{HEADER},누적투자유치액"


@pytest.mark.parametrize(
    "rows",
    [
        [f"{GOOD},1억원", "합계,1개사,,,,,,1억원"],
        [f"{GOOD},1억원", "※ 위 내용은 변경될 수 있음"],
        ["[의약 분야]", f"{GOOD},1억원"],
    ],
    ids=["total", "note", "group heading"],
)
def test_totals_notes_and_headings_are_no_tenants_and_told(read, rows):
    tenants = read(FEW, *rows)
    assert [tenant.tenant_id for tenant in tenants] == ["A1"]
    assert [problem.kind for problem in tenants.problems] == ["skipped_row"]


@pytest.mark.parametrize(
    "rows",
    [
        ["A1,가나,의약,항체,4,미국,투자유치,1억원", "A1,가나,의약,항체,4,미국,기술이전,1억원"],
        ["A1,가나,의약,항체,4,미국,투자유치,1억원", ",,,,,,기술이전,"],
    ],
    ids=["repeated", "merged"],
)
def test_a_company_over_several_need_rows_is_one_tenant(read, rows):
    assert [tenant.tenant_id for tenant in read(FEW, *rows)] == ["A1"]


def test_a_caption_gives_money_its_unit_where_cell_and_header_have_none(read):
    (tenant,) = read("(단위: 백만원)", FEW, f"{GOOD},35")
    assert tenant.values["funding_total"] == Money(35_000_000, 35_000_000, "KRW")


CELL = st.text(max_size=30) | st.text(
    "0123456789,.~-–()[]억천만원$USDSGDMK:;/·①□■ \n계약미국없음", max_size=30
)


def outcome(content, vocabulary):
    try:
        tenants = read_tenants(content, vocabulary, name="list.csv")
    except DataError as error:
        return error.problems
    assert len({tenant.tenant_id for tenant in tenants}) == len(tenants)
    return tenants.tenants, tenants.problems, list(tenants.cells)


@settings(max_examples=50, deadline=None)
@given(rows=st.lists(st.lists(CELL, min_size=8, max_size=8), max_size=4))
@example(rows=[[",", "", "", "", "፩", "", "", "0~"]])
def test_whatever_stands_in_a_list_it_is_read_alike_twice_or_refused(catalogue, rows):
    file = io.StringIO()
    csv.writer(file).writerows([FEW.split(","), *rows])
    content = file.getvalue().encode()
    assert outcome(content, catalogue.vocabulary) == outcome(content, catalogue.vocabulary)


@settings(max_examples=50, deadline=None)
@given(text=CELL)
@example(text=",")
@example(text="9" * 5000)
def test_any_text_in_any_column_means_something_or_is_refused(catalogue, text):
    for field in catalogue.vocabulary.fields:
        try:
            tenant = tenant_from_cells({field: text}, catalogue.vocabulary)
        except DataError as error:
            assert error.problems[0].kind == "bad_value"  # noqa: PT017 - a refusal is an outcome
        else:
            assert json.dumps(tenant.as_record(catalogue.vocabulary.fields))


@settings(max_examples=50, deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_a_list_or_refused(catalogue, content):
    outcome(content, catalogue.vocabulary)


def test_a_company_whose_name_begins_with_a_bracket_is_no_note(read):
    tenants = read(FEW, f"{GOOD},1억원", ",(주)나다,,,,,,")
    assert [tenant.name for tenant in tenants] == ["가나", "(주)나다"]


def as_workbook(sheets, hidden=()):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        tab = book.create_sheet(name)
        for row in rows:
            tab.append(row.split(","))
    for name in hidden:
        book[name].sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("other", "hidden"),
    [
        (["구분,작성방법", "의약,국문으로"], ()),
        (["기업명,비고", "가나,메모"], ()),
        ([HEADER, GOOD.replace("A1", "A9")], ("작성예시",)),
    ],
    ids=["instructions", "few headers", "hidden"],
)
def test_the_sheet_that_is_a_tenant_list_goes_before_others(read, other, hidden):
    content = as_workbook({"작성예시": other, "명단": [HEADER, GOOD]}, hidden)
    assert read(content).sheet == "명단"
    assert read(content, sheet="작성예시").sheet == "작성예시"


def test_a_hidden_list_is_read_where_nothing_that_is_shown_is_one(read):
    content = as_workbook({"안내": ["기업명,비고"], "명단": [HEADER, GOOD]}, ("명단",))
    assert read(content).sheet == "명단"


@pytest.mark.parametrize(
    ("marks", "needs"),
    [
        ("O,", "투자유치"),
        ("Y,N", "투자유치"),
        ("해당,해당없음", "투자유치"),
        ("1,1", "투자유치;임상시험"),
        ("1,0", "투자유치"),
        ("2,1", "임상시험;투자유치"),
        ("2순위,1순위", "임상시험;투자유치"),
        ("○,2", "임상시험;투자유치"),
        ("□,☑", "임상시험"),
        ("기술이전,●", "기술이전;임상시험"),
        ("X,-", None),
    ],
)
def test_marks_numbers_and_words_in_columns_of_choices(read, marks, needs):
    header = HEADER.replace("희망 지원분야", "수요_투자유치,수요_임상시험")
    (tenant,) = read(header, f"A1,가나,의약,항체,4,미국,{marks}")
    assert tenant.stated.get("needs") == needs


def test_a_header_that_a_page_break_repeats_is_no_tenant(read):
    tenants = read(HEADER, GOOD, HEADER, GOOD.replace("A1", "A2"))
    assert [tenant.tenant_id for tenant in tenants] == ["A1", "A2"]
    assert told(tenants) == [("skipped_row", 3, None)]


@pytest.mark.parametrize("name", ["기업명(대표자)", "업체명 (담당자)", "회사명\n(대표)"])
def test_brackets_go_where_the_header_says_that_they_hold_a_person(read, name):
    header = HEADER.replace("기업명", f'"{name}"')
    tenants = read(header, "A1,청람테라(김가상),의약,약,4,미국,투자유치")
    (tenant,) = tenants
    assert tenant.values["name_ko"] == "청람테라"
    assert [problem.kind for problem in tenants.problems] == ["personal_dropped"]
    assert "김가상" not in str([list(tenants.cells), tenant.stated, tenants.problems])
