"""Amounts of money: every unit and currency, ranges, bounds, and what has no unit anywhere."""

import math
import re

import pytest

from matcher.intake.cells import BadValueError
from matcher.intake.money import read_money
from matcher.quantities import Money

WON = {
    "1조": 1_000_000_000_000,
    "1억": 100_000_000,
    "1천만": 10_000_000,
    "1백만": 1_000_000,
    "1십만": 100_000,
    "1만": 10_000,
    "1천원": 1_000,
    "1원": 1,
    "85억원": 8_500_000_000,
    "85 억 원": 8_500_000_000,
    "８５억원": 8_500_000_000,
    "1.2억원": 120_000_000,
    "1,200백만원": 1_200_000_000,
    "350,000천원": 350_000_000,
    "₩8,500,000": 8_500_000,
    "KRW 8,500,000": 8_500_000,
    "8,500,000원": 8_500_000,
    "약 85억원": 8_500_000_000,
    "100여억원 내외": 10_000_000_000,
    "3억 5,000만원": 350_000_000,
    "3억5천만원": 350_000_000,
    "3억 5천": 350_000_000,
    "1조 2,000억원": 1_200_000_000_000,
    "0원": 0,
}


@pytest.mark.parametrize(("text", "amount"), WON.items(), ids=str)
def test_won_are_read_in_every_unit_and_in_sums_of_units(text, amount):
    assert read_money(text, None) == Money(amount, amount, "KRW")


FOREIGN = {
    "USD 9.5M": (9_500_000, "USD"),
    "usd9.5m": (9_500_000, "USD"),
    "US$9.5M": (9_500_000, "USD"),
    "$9.5M": (9_500_000, "USD"),
    "9.5M USD": (9_500_000, "USD"),
    "USD 9.5 million": (9_500_000, "USD"),
    "USD 9,500,000": (9_500_000, "USD"),
    "950만 달러": (9_500_000, "USD"),
    "9.5백만 달러": (9_500_000, "USD"),
    "1억 달러": (100_000_000, "USD"),
    "USD 500K": (500_000, "USD"),
    "USD 3mn": (3_000_000, "USD"),
    "USD 1.2B": (1_200_000_000, "USD"),
    "USD 1bn": (1_000_000_000, "USD"),
    "SGD 2M": (2_000_000, "SGD"),
    "S$2M": (2_000_000, "SGD"),
    "SG$2M": (2_000_000, "SGD"),
    "2 million SGD": (2_000_000, "SGD"),
    "200만 싱가포르달러": (2_000_000, "SGD"),
}


@pytest.mark.parametrize(("text", "meaning"), FOREIGN.items(), ids=str)
def test_dollars_of_either_kind_are_read_in_every_scale(text, meaning):
    amount, currency = meaning
    assert read_money(text, None) == Money(amount, amount, currency)


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("60억~80억", 6e9, 8e9, "KRW"),
        ("60~80억원", 6e9, 8e9, "KRW"),
        ("60-80억", 6e9, 8e9, "KRW"),
        ("60∼80억", 6e9, 8e9, "KRW"),
        ("3천~5천만원", 3e7, 5e7, "KRW"),
        ("1,000~2,000만원", 1e7, 2e7, "KRW"),
        ("5천만원~2억원", 5e7, 2e8, "KRW"),
        ("USD 1~2M", 1e6, 2e6, "USD"),
        ("USD 500K - USD 2M", 5e5, 2e6, "USD"),
        ("SGD 1M to 2M", 1e6, 2e6, "SGD"),
        ("10억 이상", 1e9, math.inf, "KRW"),
        ("10억원 초과", math.nextafter(1e9, math.inf), math.inf, "KRW"),
        ("USD 3M 이하", 0, 3e6, "USD"),
        ("10억 미만", 0, math.nextafter(1e9, 0), "KRW"),
    ],
)
def test_a_range_shares_its_unit_and_a_bound_leaves_the_other_end_open(text, low, high, currency):
    assert read_money(text, None) == Money(low, high, currency)


@pytest.mark.parametrize(
    ("unit", "amount", "currency"),
    [
        ("원", 35, "KRW"),
        ("천원", 35_000, "KRW"),
        ("만원", 350_000, "KRW"),
        ("백만원", 35_000_000, "KRW"),
        ("단위: 백만원", 35_000_000, "KRW"),
        ("단위:백만 원", 35_000_000, "KRW"),
        ("억원", 3_500_000_000, "KRW"),
        ("USD", 35, "USD"),
        ("US$", 35, "USD"),
        ("천 달러", 35_000, "USD"),
        ("백만달러", 35_000_000, "USD"),
        ("S$", 35, "SGD"),
        ("SGD M", 35_000_000, "SGD"),
    ],
)
def test_a_bare_number_has_the_unit_of_its_header(unit, amount, currency):
    assert read_money("35", unit) == Money(amount, amount, currency)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [("3억", 300_000_000, "KRW"), ("85,000원", 85_000, "KRW"), ("USD 3", 3, "USD")],
)
def test_the_unit_of_a_cell_goes_before_that_of_its_header(text, amount, currency):
    assert read_money(text, "백만원") == Money(amount, amount, currency)


def test_a_range_of_bare_numbers_has_the_unit_of_its_header():
    assert read_money("60~80", "백만원") == Money(60_000_000, 80_000_000, "KRW")


BAD = {
    "85": "has no unit, or one that is not known",
    "8,500,000,000": "has no unit, or one that is not known",
    "9.5M": "has no unit, or one that is not known",
    "60~80": "has no unit, or one that is not known",
    "EUR 3M": "has no unit, or one that is not known",
    "HK$ 3M": "has no unit, or one that is not known",
    "3억엔": "has no unit, or one that is not known",
    "(3억)": "has no unit, or one that is not known",
    "많음": "is not an amount of money",
    "억": "is not an amount of money",
    "-3억": "is not an amount of money",
    "1~2~3억": "is not an amount of money",
    "80~60억": "is a range upside down",
}


@pytest.mark.parametrize(("text", "message"), BAD.items(), ids=str)
def test_what_is_no_amount_with_a_unit_is_refused_with_a_reason(text, message):
    with pytest.raises(BadValueError, match=re.escape(f"{text!r} {message}")) as error:
        read_money(text, None)
    assert error.value.hint == "write the unit: 85억원, 1,200백만원, USD 9.5M"


def test_a_header_unit_that_is_no_money_is_no_unit():
    with pytest.raises(BadValueError, match="'35' has no unit"):
        read_money("35", "명")


def test_two_tenths_of_a_unit_are_whole_won():
    assert read_money("1.1억", None).low == 110_000_000


@pytest.mark.parametrize(
    ("unit", "amount"),
    [
        ("단위: 백만원, 2025년 말", 5e9),
        ("최근 1년, 백만원", 5e9),
        ("단위:백만원/년", 5e9),
        ("'25년, 억원", 5e11),
        ("십억원", 5e12),
        ("억", 5e11),
        ("원", 5_000),
    ],
)
def test_the_unit_is_found_among_other_words_of_a_header(unit, amount):
    assert read_money("5,000", unit) == Money(amount, amount, "KRW")


def test_thousands_of_a_foreign_currency_are_read():
    assert read_money("5,000", "USD thousand") == Money(5e6, 5e6, "USD")


@pytest.mark.parametrize("unit", ["2025년 말", "명", "%"])
def test_a_header_whose_brackets_hold_no_unit_gives_none(unit):
    with pytest.raises(BadValueError, match="has no unit"):
        read_money("5,000", unit)
