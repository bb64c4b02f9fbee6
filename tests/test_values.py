"""What a cell means in its column: one table of cells for each kind of field."""

import json
import math

import pytest

from matcher.intake.cells import BadValueError
from matcher.quantities import Empty, Item, Money, Range, as_json


def each(table):
    """Return a case for each spelling of each meaning."""
    return [(text, meaning) for meaning, texts in table.items() for text in texts.split("|")]


@pytest.mark.parametrize("field", ["ip", "needs", "funding_total", "trl", "joint_research"])
@pytest.mark.parametrize(
    ("text", "empty"),
    each(
        {
            None: "| |-|－|—|미기재",
            Empty.NONE: "없음|해당없음|해당 없음|N/A",
            Empty.UNDECIDED: "미정|검토중|검토 중|미정(내년 결정)",
        }
    ),
)
def test_blank_none_and_undecided_are_distinct_states_in_any_field(read, field, text, empty):
    assert read(field, text) == (empty, [])


DATES = {
    "2021": "2021|2021년|２０２１",
    "2021-03": "2021-03|2021.3|2021년 3월|202103",
    "2021-03-02": "2021-03-02|2021. 3. 2.|2021/3/2|2021년 3월 2일|20210302|'21.3.2|44257",
}


@pytest.mark.parametrize(("text", "date"), each(DATES))
def test_a_date_keeps_the_precision_in_which_it_is_stated(read, text, date):
    assert read("founded_on", text) == (date, [])


NUMBERS = {
    ("trl", 4): "4|TRL 4|4단계|4~4",
    ("trl", Range(4, 5)): "4~5|TRL 4-5|TRL4~TRL5",
    ("device_class", 1): "1|I등급",
    ("device_class", 2): "2|2등급|Class 2|Ⅱ등급",
    ("employees", 1200): "1200|1,200명|약 1200명|1200.0",
    ("employees", 0): "0|0명",
    ("english_ready", "yes"): "예|O|보유(영문 IR)|☑유 ☐무",
    ("english_ready", "no"): "무|X|없음|☐유 ☑무",
    ("english_ready", "in progress"): "작성 중",
    ("consent_external", "yes"): "동의|Y|■ 동의 □ 미동의",
}


@pytest.mark.parametrize(("text", "meaning"), each(NUMBERS))
def test_numbers_and_choices_are_read_in_the_ways_they_are_written(read, text, meaning):
    field, value = meaning
    assert read(field, text) == (value, [])


def test_a_choice_that_is_not_offered_is_not_stated_and_told(read):
    assert read("english_ready", "일부") == (None, ["일부"])


BAD = {
    ("founded_on", "is not a date"): "봄|2021년 봄",
    ("founded_on", "is not a date of the calendar"): "2021-02-30|2021-13|2021-00-05|0000",
    ("founded_on", "is not a date of our time"): "1899|2101",
    ("trl", "is not a TRL"): "높음|4~|4.5|፩",
    ("trl", "is outside 1 to 9"): "0|10|8~10",
    ("trl", "is a range upside down"): "5~4",
    ("device_class", "is not a device class"): "0|5|Class II",
    ("employees", "is not a whole number"): f"많음|14.5|-3|,|{'9' * 5000}",
}


@pytest.mark.parametrize(("text", "meaning"), each(BAD))
def test_a_cell_that_cannot_mean_what_its_column_asks_for_says_so(read, text, meaning):
    field, message = meaning
    with pytest.raises(BadValueError, match="is") as error:
        read(field, text)
    assert error.value.what.endswith(f"'{text}' {message}")
    assert error.value.hint.startswith("write ")


TERMS = {
    (
        "sector",
        "바이오소재·장비·서비스",
    ): "바이오소재·장비·서비스|바이오소재‧장비‧서비스|바이오소재・장비ㆍ서비스",
    ("sector", "의료기기"): "의료기기|의료 기기|MEDTECH|의료기기(영상)",
    ("funding_round", "pre_a"): "Pre-A|PRE A|프리A",
    ("indication", ("dyslipidemia",)): "고중성지방혈증|중증 고중성지방혈증",
    ("indication", ("epilepsy",)): "뇌전증|소아 뇌전증",
    ("indication", ("lung_cancer",)): "폐암|비소세포폐암|Lung cancer",
    ("needs", ("need_ir",)): "IR·피칭|IR|피칭",
    (
        "needs",
        ("need_license_out",),
    ): "기술이전|L/O|글로벌 기술이전|기술이전(미국, 일본)|빅파마 L/O|L/O 희망",
    (
        "needs",
        ("need_license_out", "need_investment"),
    ): "L/O/투자유치|해외 L/O·투자유치|l/o, 투자유치",
    ("needs", ("need_sales_channel", "need_pr")): "유통·판매 마케팅|유통·판매, 마케팅",
    ("modality", ("stem_cell", "gene_therapy")): "줄기세포·유전자치료제|줄기세포/유전자치료제",
}


@pytest.mark.parametrize(("text", "meaning"), each(TERMS))
def test_a_term_is_read_in_any_form_and_at_the_end_of_a_longer_name(read, text, meaning):
    field, value = meaning
    assert read(field, text) == (value, [])


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("indication", "원발성 간암", ("liver_cancer",)),
        ("needs", "실험실 구함", ("need_wet_lab",)),
        ("needs", "해외 임상검증 · 파일럿", ("need_clinical_validation", "need_poc")),
    ],
)
def test_a_term_is_read_where_one_word_of_an_item_names_it(read, field, text, value):
    assert read(field, text) == (value, [])


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("sector", "의료기기/체외진단", "의료기기/체외진단"),
        ("indication", "간암종증후", ("간암종증후",)),
        ("needs", "CDMO는 불필요", ("CDMO는 불필요",)),
        ("needs", "실험실 없이 공동연구 없음", ("실험실 없이 공동연구 없음",)),
        ("needs", "투자유치;우주여행", ("need_investment", "우주여행")),
        ("target_countries", "아틀란티스", ("아틀란티스",)),
    ],
)
def test_a_word_that_is_not_known_is_kept_as_text_and_told(read, field, text, value):
    assert read(field, text) == (value, [value if isinstance(value, str) else value[-1]])


STAGES = {
    "candidate": "후보물질|전임상 예정",
    "nonclinical": "전임상|1상 준비중|임상 1상 예정|IND 신청|Pre-IND|IND-enabling|IND 미승인"
    "|1상 개시 전|1상을 앞두고 있음|Phase 1 ready|비임상 완료, 1상 준비중|임상 1상 승인"
    "|1상 준비중, 2상 계획",
    "ind": "IND 승인|IND 승인(1상 준비중)|임상 1상 IND 승인",
    "p1": "임상 1상|Phase I|1상 진행중|1상 → 2상 준비|2상 준비중|2상 미진입|임상 2상 승인 대기",
    "p1b2a": "임상 1/2상|임상 2a상",
    "p2": "1상 완료, 2상 진행중",
    "p3": "임상 3상|품목허가 신청 예정",
    "exploratory": "탐색임상 완료, 확증임상 계획중",
    "pivotal": "확증임상|허가 준비중|허가 전",
}


@pytest.mark.parametrize(("text", "stage"), each(STAGES))
def test_a_stage_told_in_prose_is_one_that_is_reached_never_one_to_come(read, text, stage):
    assert read("dev_stage", text) == (stage, [])


SEPARATORS = (
    "{};{}|{},{}|{}、{}|{}/{}|{}·{}|{}‧{}|{}․{}|{}・{}|{}ㆍ{}|{}\n{}|{}；{}|①{}②{}|① {} ② {}"
)
MARKS = "1. {} 2. {}|1) {}\n2) {}|• {}\n• {}|■{} ■{}|☑{} □인허가 ☑{}|{} 및 {}|{}(O), 인증(X), {}"


@pytest.mark.parametrize("written", f"{SEPARATORS}|{MARKS}".split("|"))
def test_several_values_are_told_apart_in_their_order_by_every_separator(read, written):
    assert read("needs", written.format("기술이전", "투자유치"))[0] == (
        "need_license_out",
        "need_investment",
    )


def test_a_list_of_boxes_with_none_ticked_states_nothing(read):
    assert read("needs", "□ 투자유치 □ 기술이전") == (None, [])


TICKED = {
    (
        "need_investment",
    ): "(O)투자유치 (X)공동연구|(√) 투자유치 ( ) 공동연구|[x] 투자유치 [ ] 인허가"
    "|●투자유치 ○공동연구|투자유치 O, 인허가 X|투자유치(O), 인허가(X)|투자유치■ 인허가□",
    ("need_investment", "need_regulatory"): "[V]투자유치 [ ]공동연구 [V]인허가|○ 투자유치 ○ 인허가",
    ("need_joint_research", "need_other"): "공동연구, 기타( )|■공동연구 □투자유치 ■기타(   )",
}


@pytest.mark.parametrize(("text", "ids"), each(TICKED))
def test_marks_tick_what_they_stand_at(read, text, ids):
    assert read("needs", text) == (ids, [])


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        *(("english_ready", text, "yes") for text in ("○", "✔", "■", "유■ 무□", "유(O) 무( )")),
        *(("consent_external", text, "yes") for text in ("○", "동의(2026.5.1)", "☑동의 □미동의")),
        *(("consent_external", text, "no") for text in ("부동의", "×", "거부")),
        ("funding_round", "미유치", "none"),
        ("founded_on", "2021.03.02.(화)", "2021-03-02"),
        ("founded_on", "2021년 3월경", "2021-03"),
        ("founded_on", "98.3.2", "1998-03-02"),
        ("employees", "12명(정규직 10)", 12),
        ("trl", "Lv.4", 4),
        ("revenue", "35억원(2025년 기준)", Money(3.5e9, 3.5e9, "KRW")),
        ("revenue", "3백만불", Money(3e6, 3e6, "USD")),
        ("revenue", "1조 2천억", Money(1.2e12, 1.2e12, "KRW")),
        ("revenue", "비공개", None),
    ],
)
def test_marks_and_remarks_beside_a_value_do_not_hide_it(read, field, text, value):
    assert read(field, text) == (value, [])


@pytest.mark.parametrize("text", ["동의(단, 기업명 비공개)", "예(내부용만)"])
def test_consent_under_a_condition_is_not_consent(read, text):
    assert read("consent_external", text) == (None, [text])


@pytest.mark.parametrize(("field", "text"), [("funding_round", "비상장"), ("needs", "비임상시험")])
def test_the_opposite_of_a_term_is_not_the_term(read, field, text):
    value, unknown = read(field, text)
    assert unknown == [text]
    assert value in (text, (text,))


PLACES = {
    (
        "US",
        "SG",
    ): "미국;싱가포르|미국 > 싱가포르|미국→싱가포르|미국 또는 싱가포르|①USA②싱가폴",
    ("Boston",): "보스턴|미국(보스턴)|미국 보스턴|보스턴(미국)|Boston|보스턴;보스턴",
    ("Boston", "New York"): "미국(보스턴, 뉴욕)|미국(보스턴/뉴욕)",
    ("CH",): "스위스|Switzerland (Zug)",
    Empty.UNDECIDED: "미정(미국 또는 싱가포르)",
}


@pytest.mark.parametrize(("text", "places"), each(PLACES))
def test_places_are_read_in_order_each_as_narrowly_as_it_is_named(read, text, places):
    assert read("target_countries", text) == (places, [])


ENTITIES = {
    ("Boston",): "보스턴|미국(보스턴)|보스턴(2024년 설립)|미국(보스턴);싱가포르(설립예정)",
    Empty.NONE: "싱가포르(설립 준비중)|Singapore (planned)|미국 법인 없음|싱가포르(청산)",
}


@pytest.mark.parametrize(("text", "places"), each(ENTITIES))
def test_an_entity_that_is_in_preparation_or_gone_is_no_entity(read, text, places):
    assert read("local_entities", text) == (places, [])


STATUSES = {
    ("NUS", "signed"): "NUS:계약|NUS： 계약|NUS(계약)|NUS:체결(2024.3)|NUS:SIGNED|1) NUS:계약",
    ("A*STAR", "in talks"): "A*STAR:협의|A*STAR(협의 중)",
    ("NUS(싱가포르)", "none"): "NUS(싱가포르):없음",
    ("NUS", None): "NUS",
    ("NUS(싱가포르)", None): "NUS(싱가포르)",
}


@pytest.mark.parametrize(("text", "item"), each(STATUSES))
def test_an_item_has_the_status_that_stands_beside_its_name_or_none(read, text, item):
    assert read("joint_research", text) == ((Item(*item),), [])


@pytest.mark.parametrize("between", ["; ", "\n", ", ", "/", " · ", " ② "])
def test_items_with_a_status_are_told_apart_by_every_separator(read, between):
    value, _ = read("joint_research", f"NUS:계약{between}MGH:협의")
    assert value == (Item("NUS", "signed"), Item("MGH", "in talks"))


def test_a_strange_status_leaves_the_item_without_one_and_is_told(read):
    assert read("joint_research", "NUS:어쩌고") == ((Item("NUS", None),), ["NUS:어쩌고"])


NAMES = {
    ("MIT", "A*STAR"): "MIT;A*STAR|MIT/A*STAR|1. MIT\n2. A*STAR|MIT, A*STAR, MIT",
    ("65LAB",): "65LAB",
    ("J·J",): "J·J",
    ("Pfizer(2024, 거절)",): "Pfizer(2024, 거절)",
}


@pytest.mark.parametrize(("text", "names"), each(NAMES))
def test_names_stand_as_they_are_written_each_once(read, text, names):
    assert read("named_partners", text) == (names, [])


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (None, None),
        (Empty.NONE, "none"),
        (Range(4, 5), [4, 5]),
        (Money(1.5, 1.5, "USD"), {"amount": 1.5, "currency": "USD"}),
        (Money(6e9, 8e9, "KRW"), {"amount": [6000000000, 8000000000], "currency": "KRW"}),
        ((Item("NUS", None),), [{"name": "NUS", "status": None}]),
        (("US", "SG"), ["US", "SG"]),
    ],
)
def test_a_value_is_printed_in_the_shape_of_its_kind(value, printed):
    assert as_json(value) == printed


def test_an_open_bound_is_printed_as_valid_json():
    json.dumps(as_json(Money(1e9, math.inf, "KRW")), allow_nan=False)


def test_a_status_behind_several_names_is_said_of_each(read):
    value, _ = read("joint_research", "NUS/NTU:계약")
    assert value == (Item("NUS", "signed"), Item("NTU", "signed"))


@pytest.mark.parametrize(
    ("text", "place"),
    [("영국 케임브리지", "GB"), ("Cambridge, UK", "GB"), ("미국 케임브리지", "Cambridge")],
)
def test_a_city_counts_only_in_the_country_that_is_named_with_it(read, text, place):
    assert read("local_entities", text)[0] == (place,)


@pytest.mark.parametrize(
    "text", ["Boston (already registered)", "보스턴(2024년 설립, 확장 예정)", "보스턴 법인 운영 중"]
)
def test_an_entity_that_exists_is_one_whatever_else_is_planned(read, text):
    assert read("local_entities", text)[0] == ("Boston",)
