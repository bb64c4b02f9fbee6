"""One value against one comparison: 1 is met, −1 not met, 0 unknown."""

from math import inf

import pytest

from matcher.catalogue.conditions import Comparison
from matcher.eligibility.comparing import compare, converted
from matcher.quantities import Empty, Item, Money, Range

TRL_7 = Comparison("trl", "at_least", 7)
RAISED_10M_USD = Comparison("funding_total", "at_most", 10_000_000, currency="USD")
REVENUE_100M_SGD = Comparison("revenue", "below", 100_000_000, currency="SGD")
FLAGSHIP = Comparison("origin", "is", ("Flagship 설립",), blank="not_met")
IN_SINGAPORE = Comparison("local_entities", "within", place="SG")
IN_MASSACHUSETTS = Comparison("local_entities", "within", place="Massachusetts", unsettled="US")
SIGNED_IN_SINGAPORE = Comparison("joint_research", "names", place="SG", status="signed")
PI_AT_NUH = Comparison("local_pi", "names", place="SG", institutions=("nuh",))
PI_AT_MGB = Comparison("local_pi", "names", unsettled="US", institutions=("mass-general-brigham",))


@pytest.mark.parametrize(
    ("op", "verdicts"),
    [("at_least", [-1, 1, 1]), ("at_most", [1, 1, -1]), ("below", [1, -1, -1])],
)
def test_a_number_just_under_at_and_just_over_seven(op, verdicts, catalogue):
    comparison = Comparison("trl", op, 7)
    assert [compare(trl, comparison, catalogue) for trl in (6, 7, 8)] == verdicts


@pytest.mark.parametrize(
    ("op", "ends", "verdict"),
    [
        ("at_least", (5, 6), -1),
        ("at_least", (6, 7), 0),
        ("at_least", (7, 8), 1),
        ("at_most", (6, 7), 1),
        ("at_most", (7, 8), 0),
        ("at_most", (8, 9), -1),
        ("below", (5, 6), 1),
        ("below", (6, 7), 0),
        ("below", (7, 8), -1),
    ],
)
def test_a_range_is_settled_when_both_ends_agree(op, ends, verdict, catalogue):
    assert compare(Range(*ends), Comparison("trl", op, 7), catalogue) == verdict


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (9_999_999, 9_999_999, 1),
        (10_000_000, 10_000_000, 1),
        (10_000_001, 10_000_001, -1),
        (8_000_000, 10_000_000, 1),
        (8_000_000, 12_000_000, 0),
        (12_000_000, inf, -1),
        (8_000_000, inf, 0),
    ],
)
def test_money_in_the_currency_of_the_rule_is_exact(low, high, verdict, catalogue):
    assert compare(Money(low, high, "USD"), RAISED_10M_USD, catalogue) == verdict


@pytest.mark.parametrize(
    ("amount", "currency", "verdict"),
    [
        (12_599_999_999, "KRW", 1),
        (12_600_000_000, "KRW", 0),  # USD 9M
        (14_000_000_000, "KRW", 0),  # USD 10M
        (15_400_000_000, "KRW", 0),  # USD 11M
        (15_400_000_001, "KRW", -1),
        (11_999_999, "SGD", 1),
        (12_000_000, "SGD", 0),  # KRW 12,600M, USD 9M
        (14_666_667, "SGD", -1),
    ],
)
def test_converted_money_is_unknown_within_a_tenth_of_the_limit(
    amount, currency, verdict, catalogue
):
    assert compare(Money(amount, amount, currency), RAISED_10M_USD, catalogue) == verdict


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(7e9, 12e9, 1), (7e9, 14e9, 0), (7e9, 21e9, 0), (14e9, 21e9, 0), (21e9, inf, -1)],
)
def test_a_converted_range_is_settled_when_both_ends_are(low, high, verdict, catalogue):
    assert compare(Money(low, high, "KRW"), RAISED_10M_USD, catalogue) == verdict


def test_an_amount_at_the_limit_is_not_below_it(catalogue):
    at, under = Money(1e8, 1e8, "SGD"), Money(1e8 - 1, 1e8 - 1, "SGD")
    assert compare(at, REVENUE_100M_SGD, catalogue) == -1
    assert compare(under, REVENUE_100M_SGD, catalogue) == 1


def test_singapore_dollars_become_us_dollars_by_way_of_won(catalogue):
    assert converted(Money(4, 8, "SGD"), RAISED_10M_USD, catalogue) == Money(3, 6, "USD")


@pytest.mark.parametrize(
    ("comparison", "verdict"),
    [
        (RAISED_10M_USD, 1),
        (REVENUE_100M_SGD, 1),
        (TRL_7, -1),
        (FLAGSHIP, -1),
        (IN_MASSACHUSETTS, -1),
        (SIGNED_IN_SINGAPORE, -1),
        (PI_AT_MGB, -1),
    ],
    ids=lambda value: value.field if isinstance(value, Comparison) else str(value),
)
def test_known_to_be_none_is_zero_or_an_empty_list(comparison, verdict, catalogue):
    assert compare(Empty.NONE, comparison, catalogue) == verdict


@pytest.mark.parametrize("op", ["at_least", "at_most", "below", "is", "within", "names"])
@pytest.mark.parametrize(
    ("value", "blank", "verdict"),
    [
        (None, None, 0),
        (Empty.UNDECIDED, None, 0),
        (None, "not_met", -1),
        (Empty.UNDECIDED, "not_met", -1),
    ],
)
def test_only_blank_can_make_not_stated_a_no(op, value, blank, verdict, catalogue):
    comparison = Comparison("origin", op, 7, place="SG", blank=blank)
    assert compare(value, comparison, catalogue) == verdict


@pytest.mark.parametrize(
    ("wanted", "verdict"), [("일반", 1), (("교원창업", "일반"), 1), (("교원창업",), -1)]
)
def test_a_code_is_one_of_the_values_or_not(wanted, verdict, catalogue):
    assert compare("일반", Comparison("origin", "is", wanted), catalogue) == verdict


@pytest.mark.parametrize(
    ("places", "verdict"),
    [
        (["SG"], 1),
        (["Biopolis"], 1),
        (["Southeast Asia"], 0),
        (["US"], -1),
        (["어딘가"], 0),
        (["US", "SG"], 1),
        (["US", "어딘가"], 0),
    ],
)
def test_a_narrower_place_meets_and_a_wider_one_leaves_open(places, verdict, catalogue):
    assert compare(tuple(places), IN_SINGAPORE, catalogue) == verdict


@pytest.mark.parametrize(
    ("places", "verdict"),
    [
        (["Massachusetts"], 1),
        (["Boston"], 1),
        (["Cambridge"], 1),
        (["US"], 0),
        (["North Carolina"], 0),
        (["North America"], 0),
        (["SG"], -1),
        (["SG", "US"], 0),
        (["SG", "Boston"], 1),
    ],
)
def test_an_unsettled_place_leaves_open_with_all_that_lies_in_it(places, verdict, catalogue):
    assert compare(tuple(places), IN_MASSACHUSETTS, catalogue) == verdict


@pytest.mark.parametrize(
    ("items", "verdict"),
    [
        ([("NUS", "signed")], 1),
        ([("NUS", "in talks")], -1),
        ([("NUS", "ended")], -1),
        ([("NUS", "none")], -1),
        ([("NUS", None)], 0),
        ([("A*STAR GIS", "signed")], 1),
        ([("싱가포르", "signed")], 1),
        ([("싱가포르", "in talks")], -1),
        ([("Southeast Asia", "signed")], 0),
        ([("MGH", "signed")], -1),
        ([("MGH", None)], -1),
        ([("Duke University", "signed")], -1),
        ([("Duke-NUS", "signed")], 1),
        ([("가나다라연구원", "signed")], 0),
        ([("가나다라연구원", None)], 0),
        ([("NUS", "in talks"), ("TTSH", "signed")], 1),
        ([("NUS", "in talks"), ("MGH", "signed")], -1),
        ([("NUS", None), ("MGH", "signed")], 0),
    ],
)
def test_one_item_must_be_at_the_place_and_have_the_status(items, verdict, catalogue):
    value = tuple(Item(name, status) for name, status in items)
    assert compare(value, SIGNED_IN_SINGAPORE, catalogue) == verdict


@pytest.mark.parametrize(
    ("name", "at_nuh", "at_mgb"),
    [
        ("NUH", 1, -1),
        ("SGH", -1, -1),
        ("싱가포르", 1, -1),
        ("MGH", -1, 1),
        ("BWH", -1, 1),
        ("Mass General Brigham", -1, 1),
        ("Dana-Farber", -1, -1),
        ("보스턴", -1, 0),
        ("미국", -1, 0),
        ("일본", -1, -1),
        ("북미", -1, 0),
        ("전 세계", 0, 0),
        ("김 아무개 교수", 0, 0),
        ("NUH(거절)", -1, -1),
        ("NUH [개인정보 삭제]", 1, -1),
        ("NUH - Dr. Lee", 1, -1),
        ("NUH(미확보)", -1, -1),
    ],
)
def test_only_the_institution_its_members_or_a_bare_place_count(name, at_nuh, at_mgb, catalogue):
    verdicts = [compare((name,), rule, catalogue) for rule in (PI_AT_NUH, PI_AT_MGB)]
    assert verdicts == [at_nuh, at_mgb]


@pytest.mark.parametrize(
    ("value", "as_of", "verdict"),
    [
        ("2021-06-30", "2026-06-29", 1),
        ("2021-06-30", "2026-06-30", -1),  # five years to the day: not less than five
        ("2021-06", "2026-06-15", 0),  # some day of June
        ("2021", "2026-01-01", 0),
        ("2021", "2025-12-31", 1),
        ("2020", "2026-01-01", -1),
        (None, "2026-01-01", 0),
        (Empty.UNDECIDED, "2026-01-01", 0),
    ],
)
def test_an_age_counts_from_the_day_of_the_run(value, as_of, verdict, catalogue):
    younger = Comparison("founded_on", "younger_than", 5)
    assert compare(value, younger, catalogue, as_of) == verdict


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (("lung_cancer",), 1),
        (("oncology",), 1),
        (("diabetes", "lung_cancer"), 1),
        (("diabetes",), -1),
        (("어떤 병",), 0),
        (("diabetes", "어떤 병"), 0),
        (Empty.NONE, -1),
        (None, 0),
    ],
)
def test_a_term_counts_with_all_that_lies_below_it(value, verdict, catalogue):
    cancer = Comparison("indication", "has", ("oncology",))
    assert compare(value, cancer, catalogue) == verdict


def test_a_wider_term_leaves_open_which_narrower_one_is_meant(catalogue):
    assert compare(("oncology",), Comparison("indication", "has", ("lung_cancer",)), catalogue) == 0


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ((Item("FDA IND", "held"),), 1),
        ((Item("fda-ind", "held"),), 1),
        ((Item("FDA IND", "in progress"),), -1),
        ((Item("FDA IND", None),), 0),
        ((Item("CE MDR", "held"),), -1),
        ((Item("CE MDR", "held"), Item("FDA IND", "held")), 1),
        (Empty.NONE, -1),
        (None, 0),
    ],
)
def test_a_scheme_counts_with_its_status(value, verdict, catalogue):
    ind = Comparison("approvals", "holds", schemes=("FDA IND",), status="held")
    assert compare(value, ind, catalogue) == verdict


def test_any_scheme_will_do_where_none_is_named(catalogue):
    anything = Comparison("approvals", "holds", status="held")
    assert compare((Item("CE MDR", "held"),), anything, catalogue) == 1
    assert compare((Item("CE MDR", "planned"),), anything, catalogue) == -1
