"""Dates, amounts and other numbers as people write them, with words and times beside them."""

import pytest

from matcher.intake.values import read_cell


def each(table):
    """Return a case for each spelling of each meaning."""
    return [(text, meaning) for meaning, texts in table.items() for text in texts.split("|")]


@pytest.fixture
def read(catalogue):
    """Return what a cell means, and the words in it that are not known."""

    def read(field: str, text: str):
        reading = read_cell(text, catalogue.vocabulary.fields[field], catalogue.vocabulary)
        return reading.value, reading.unknown

    return read


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
