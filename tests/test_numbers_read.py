"""Dates, amounts and other numbers as people write them, with words and times beside them."""

import math

import pytest

from matcher.intake.cells import BadValueError
from matcher.quantities import Empty, Money, Range


def each(table):
    """Return a case for each spelling of each meaning."""
    return [(text, meaning) for meaning, texts in table.items() for text in texts.split("|")]


DATES = {
    "2026-09-15": "2026. 9. 15 오후 2:30:12|2026. 9. 15. 오전 11:05|2026-09-15 14:00"
    "|2026-09-15T00:00:00|2026-09-15T14:00:00.000+09:00|2026-09-15T05:00:00Z|2026-09-15 0:00"
    "|2026/09/15 2:30:12 PM|2026/09/15 2:30:12 오후 GMT+9|2026.9.15.(화) 14:00|2026년 9월 15일 14시"
    "|2026. 9. 15 설립|2026.9.15 개업",
    "2022-03": "2022년 3월말|2022년 3월 초|2022.3 법인설립",
    "2022": "2022년초|2022년 말|2022년 설립",
}


@pytest.mark.parametrize("field", ["survey_date", "founded_on"])
@pytest.mark.parametrize(("text", "date"), each(DATES))
def test_a_time_of_day_or_a_word_behind_a_date_does_not_hide_it(read, field, text, date):
    assert read(field, text) == (date, [])


@pytest.mark.parametrize(
    "text",
    ["14:00", "2026-09-15 25:00", "2026-09-15 14:75", "2027년 설립 예정", "2021 미설립", "말"],
)
def test_a_time_that_is_none_or_a_founding_to_come_is_no_date(read, text):
    with pytest.raises(ValueError, match="is not a date"):
        read("founded_on", text)


SEVERAL = "1억(24년), 3억(25년)|3억, 5억|3억(국내) 2억(해외)|3천만 5천만|5천만원, 2억|3억+USD 2M"


@pytest.mark.parametrize("field", ["revenue", "funding_total"])
@pytest.mark.parametrize("text", SEVERAL.split("|"))
def test_several_amounts_are_a_problem_and_never_summed_unasked(read, field, text):
    with pytest.raises(BadValueError, match="states several amounts") as error:
        read(field, text)
    assert error.value.hint == "write one amount, or a sum with +"


AMOUNTS = {
    350_000_000: "3억 5천만원|3억5천|3억 50,000,000원|3.5억|3억 5천(2025년)",
    3_500_000_000: "시드 5억 + 시리즈A 30억|5억+30억원|35억원(진행률 100%, 유치 완료)"
    "|35억(추가 10억 협의중)|35억(누적, 시리즈B 준비)",
    315_000_000: "3억 1천5백만원|3억1천5백|315백만원",
    1_200_000_000_000: "1조 2천억|1조2천",
}


@pytest.mark.parametrize(("text", "won"), each(AMOUNTS))
def test_parts_of_falling_scale_and_explicit_sums_are_one_amount(read, text, won):
    assert read("funding_total", text) == (Money(won, won, "KRW"), [])


@pytest.mark.parametrize("text", ["12억5", "35억50", "3억5000", "1조5000", "12만5", "5+30억원"])
def test_a_short_tail_without_its_unit_is_not_taken_for_won(read, text):
    with pytest.raises(BadValueError, match="has no unit"):
        read("revenue", text)


TO_COME = "30억(진행중)|35억원(목표)|20억(유치중)|50억(협의중)"
TO_COME += "|20억(시리즈A 예정)|누적 35억(목표)|USD 3M (planned)"


@pytest.mark.parametrize("text", TO_COME.split("|"))
def test_an_amount_that_is_still_to_come_is_not_counted(read, text):
    assert read("funding_total", text) == (Empty.UNDECIDED, [])


def test_a_budget_is_one_though_it_is_planned(read):
    assert read("budget", "5천만원(예정)") == (Money(5e7, 5e7, "KRW"), [])


RAISED = {
    (3.5e9, 3.5e9): "누적 35억(원)|누적 35억원|35억원 투자유치|35억 유치 완료",
    (3e8, 3e8): "2025년 3억원|'25년 3억|연 3억원|연간 3억|25년 3억|2025년도 3억원",
    (0, 5e7): "5천만원 이내|최대 5천만원|5천만원 이하",
    (3e7, math.inf): "최소 3천만원|3천만원 이상|누적 최소 3천만원",
}


@pytest.mark.parametrize(("text", "ends"), each(RAISED))
def test_years_and_bounds_beside_an_amount_are_understood(read, text, ends):
    assert read("funding_total", text) == (Money(*ends, "KRW"), [])


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(("revenue", text) for text in ("누적 35억", "2024년 1억 2025년 3억", "최소 3억 이하")),
        *(("funding_total", text) for text in ("35억 유치 예정", "2025년", "최소 3억 최대 5억")),
        *(("trl", text) for text in ("목표 7", "4, 7", "4→", "5 미완료")),
        *(("device_class", text) for text in ("FDA Class II", "국내", "국내 5등급", "FDA 2등급")),
        *(("employees", text) for text in ("총", "상시 12명, 비상시 3명", "총 7~9명")),
    ],
)
def test_what_would_have_to_be_guessed_stays_a_problem(read, field, text):
    with pytest.raises(BadValueError):
        read(field, text)


NONE = {
    "revenue": "매출 없음|매출액 없음|무|매출실적 없음",
    "funding_total": "투자유치 없음|미유치|무|투자 이력 없음",
    "founded_on": "예비창업|예비창업자|미설립",
    "device_class": "비의료기기",
}


@pytest.mark.parametrize(
    ("field", "text"), [(field, text) for field, texts in NONE.items() for text in texts.split("|")]
)
def test_each_kind_of_number_has_its_words_for_none(read, field, text):
    assert read(field, text) == (Empty.NONE, [])


COUNTED = {
    ("trl", 4): "TRL4→5|현재 4, 목표 7|현재 TRL 4 → 목표 TRL 7|4 (목표 7)|4단계 완료",
    ("trl", 5): "TRL 5단계 완료|TRL: 5|5 수준",
    ("trl", Range(4, 5)): "4~5수준|TRL: 4~5",
    ("employees", 12): "총 12명|상시 12명|총 약 12명|상시 12",
    ("device_class", 2): "의료기기 2등급|국내 2등급|국내 의료기기 2등급|국내 Ⅱ등급",
}


@pytest.mark.parametrize(("text", "meaning"), each(COUNTED))
def test_words_around_a_number_do_not_change_it(read, text, meaning):
    field, value = meaning
    assert read(field, text) == (value, [])
