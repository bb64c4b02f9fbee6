"""What the rules of an offer say of a tenant together, on a catalogue of one partner."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import read_catalogue
from matcher.catalogue.conditions import AllOf, AnyOf, AtLeast, Comparison, Not
from matcher.eligibility import RuleVerdict, judge
from matcher.eligibility.cases import all_cases
from matcher.intake import tenant_from_cells

OFFER = "collab/residency"
TODAY = "2026-11-22"
IN_SINGAPORE = Comparison("local_entities", "within", place="SG")
TRL_AT_7 = Comparison("trl", "at_least", 7)
TRL_6, TRL_7, NO_TRL = {"trl": "6"}, {"trl": "7"}, {"trl": ""}
_SHIPPED = read_catalogue()


def _rule(kind="entry", status="confirmed", **changes):
    """Return a rule that asks for TRL 7."""
    base = replace(_SHIPPED.rule("innomatch-trl"), id="trl", offers=(OFFER,))
    return replace(base, **{"kind": kind, "status": status, **changes})


def _judge(rules, *cells, as_of=TODAY, **options):
    small = replace(_SHIPPED, partners=(_SHIPPED.partner("collab"),), rules=tuple(rules))
    tenants = [tenant_from_cells(row, small.vocabulary) for row in cells]
    return judge(tenants, small, as_of, **options)


def _position(eligibility, offer=OFFER):
    return [each.id for each in eligibility.catalogue.offers].index(offer)


def _verdict(rules, cells, **options):
    eligibility = _judge(rules, cells, **options)
    return eligibility.verdict(0, _position(eligibility)).word


@pytest.mark.parametrize(
    ("kind", "status", "not_met", "unknown"),
    [
        ("entry", "confirmed", "ineligible", "conditional"),
        ("entry", "recheck", "conditional", "conditional"),
        ("before_start", "confirmed", "conditional", "conditional"),
        ("before_start", "recheck", "conditional", "conditional"),
        ("preference", "confirmed", "eligible", "eligible"),
        ("preference", "recheck", "eligible", "eligible"),
    ],
)
def test_only_a_confirmed_entry_rule_that_is_not_met_excludes(kind, status, not_met, unknown):
    rules = [_rule(kind, status)]
    verdicts = [_verdict(rules, cells) for cells in (TRL_6, NO_TRL, TRL_7)]
    assert verdicts == [not_met, unknown, "eligible"]


def test_an_offer_without_rules_is_open_to_all():
    assert _verdict([], NO_TRL) == "eligible"


def test_a_rule_says_nothing_of_the_other_offers_of_its_partner():
    eligibility = _judge([_rule()], TRL_6)
    other = _position(eligibility, "collab/korea-exchange")
    assert eligibility.verdict(0, other).word == "eligible"


def test_what_rules_have_compared_is_not_compared_again(monkeypatch):
    eligibility = _judge([_rule(requires=TRL_AT_7)], TRL_6, NO_TRL, TRL_7)
    monkeypatch.setitem(judge.__globals__, "judge_comparison", None)
    assert eligibility.compared(TRL_AT_7).tolist() == [-1, 0, 1]


def test_offers_under_the_same_rules_are_one_set():
    eligibility = _judge([_rule()], TRL_6)
    sets = {tuple(r.id for r in rules): list(offers) for rules, offers in eligibility.rule_sets}
    others = [at for at in range(len(eligibility.catalogue.offers)) if at != _position(eligibility)]
    assert sets == {("trl",): [_position(eligibility)], (): others}


def test_a_process_is_never_judged():
    rule = _rule("process", requires=None)
    assert _verdict([rule], NO_TRL) == "eligible"
    assert "trl" not in _judge([rule], NO_TRL).by_rule


def test_a_preference_is_reported_all_the_same():
    eligibility = _judge([_rule("preference")], TRL_6)
    [finding] = eligibility.findings(0, _position(eligibility))
    assert finding.verdict.word == "not_met"


def test_one_rule_that_excludes_outweighs_all_others():
    entity = _rule("before_start", id="entity", requires=IN_SINGAPORE)
    rules = [entity, _rule()]
    assert _verdict(rules, {**TRL_6, "local_entities": "싱가포르"}) == "ineligible"
    assert _verdict(rules, {**TRL_7, "local_entities": "싱가포르"}) == "eligible"
    assert _verdict(rules, {**TRL_7, "local_entities": ""}) == "conditional"


def test_open_rules_are_listed_beside_one_that_excludes():
    entity = _rule(id="entity", requires=IN_SINGAPORE)
    six = _rule(id="six", requires=Comparison("trl", "at_least", 6))
    eligibility = _judge([entity, six, _rule()], TRL_6)
    position = _position(eligibility)
    assert eligibility.verdict(0, position).word == "ineligible"
    assert eligibility.open_rules(0, position) == {"entity", "trl"}
    assert [f.rule.id for f in eligibility.findings(0, position)] == ["entity", "trl"]
    everything = eligibility.findings(0, position, open_only=False)
    assert [f.rule.id for f in everything] == ["entity", "six", "trl"]


@pytest.mark.parametrize(
    ("effective_from", "effective_to", "judged"),
    [
        (None, None, True),
        ("2026-11-22", None, True),
        ("2026-11-23", None, False),
        (None, "2026-11-22", True),
        (None, "2026-11-21", False),
        ("2026-11", "2026-11", True),
        ("2026", "2026", True),
        ("2027", None, False),
        (None, "2025", False),
    ],
)
def test_a_rule_counts_from_its_first_day_to_its_last(effective_from, effective_to, judged):
    rule = _rule(effective_from=effective_from, effective_to=effective_to)
    assert ("trl" in _judge([rule], TRL_6).by_rule) is judged
    assert _verdict([rule], TRL_6) == ("ineligible" if judged else "eligible")


@pytest.mark.parametrize(
    ("trl", "entities", "rule_verdict", "pair_verdict"),
    [
        ("6", "없음", "not_applicable", "eligible"),
        ("6", "", "not_applicable", "eligible"),
        ("7", "없음", "not_met", "ineligible"),
        ("7", "싱가포르", "met", "eligible"),
        ("7", "", "unknown", "conditional"),
        ("6~7", "없음", "unknown", "conditional"),
        ("6~7", "싱가포르", "met", "eligible"),
    ],
)
def test_a_rule_asks_nothing_where_its_when_does_not_hold(
    trl, entities, rule_verdict, pair_verdict
):
    rule = _rule(when=TRL_AT_7, requires=IN_SINGAPORE)
    eligibility = _judge([rule], {"trl": trl, "local_entities": entities})
    [finding] = eligibility.findings(0, _position(eligibility), open_only=False)
    assert finding.verdict.word == rule_verdict
    assert eligibility.verdict(0, _position(eligibility)).word == pair_verdict


@pytest.mark.parametrize(
    ("condition", "verdicts"),
    [
        (AllOf((TRL_AT_7, IN_SINGAPORE)), ["not_met", "not_met", "met", "unknown"]),
        (AnyOf((TRL_AT_7, IN_SINGAPORE)), ["not_met", "met", "met", "met"]),
        (AtLeast(2, (TRL_AT_7, IN_SINGAPORE)), ["not_met", "not_met", "met", "unknown"]),
        (AtLeast(1, (TRL_AT_7, IN_SINGAPORE)), ["not_met", "met", "met", "met"]),
        (Not(TRL_AT_7), ["met", "not_met", "not_met", "not_met"]),
        (Not(Not(IN_SINGAPORE)), ["not_met", "not_met", "met", "unknown"]),
    ],
    ids=["all", "any", "at least 2", "at least 1", "not", "not not"],
)
def test_the_tree_of_a_condition_is_judged_from_its_leaves(condition, verdicts):
    entities = [("6", "없음"), ("7", "없음"), ("7", "싱가포르"), ("7", "")]
    cells = [{"trl": trl, "local_entities": entity} for trl, entity in entities]
    codes = _judge([_rule(requires=condition)], *cells).by_rule["trl"]
    assert [RuleVerdict(int(code)).word for code in codes] == verdicts


def test_only_the_rules_asked_for_are_judged():
    rules = [_rule(), _rule(id="entity", requires=IN_SINGAPORE)]
    assert set(_judge(rules, TRL_6, only=frozenset({"entity"})).by_rule) == {"entity"}
    assert _verdict(rules, TRL_6, only=frozenset({"entity"})) == "conditional"


_CELLS = [case.tenant for _, case in all_cases(_SHIPPED)]
_TENANTS = [tenant_from_cells(cells, _SHIPPED.vocabulary) for cells in _CELLS]
_TOGETHER = judge(_TENANTS, _SHIPPED, TODAY).overall


@given(st.lists(st.integers(0, len(_TENANTS) - 1), max_size=8))
def test_a_tenant_is_judged_alike_in_any_company_and_order(chosen):
    alone = judge([_TENANTS[at] for at in chosen], _SHIPPED, TODAY).overall
    assert np.array_equal(alone, _TOGETHER[chosen])


def test_the_order_of_the_rules_changes_nothing():
    backwards = replace(_SHIPPED, rules=_SHIPPED.rules[::-1])
    assert np.array_equal(judge(_TENANTS, backwards, TODAY).overall, _TOGETHER)


@pytest.mark.parametrize(
    ("cells", "ko", "en"),
    [
        (
            {"funding_total": "132억원"},
            "누적투자유치액 '132억원' (환산 USD 9,428,571, 2026-11-22 환율, 한도의 10% 이내)"
            " → 확인 필요",
            "(USD 9,428,571 at the rate of 2026-11-22, within 10% of the limit) → to be confirmed",
        ),
        (
            {"funding_total": "160억원"},
            "누적투자유치액 '160억원' (환산 USD 11,428,571, 2026-11-22 환율) → 미충족",
            "(USD 11,428,571 at the rate of 2026-11-22) → not met",
        ),
        ({"funding_total": "USD 12M"}, "누적투자유치액 'USD 12M' → 미충족", "'USD 12M' → not met"),
        ({}, "누적투자유치액 미기재 → 확인 필요", "not stated → to be confirmed"),
    ],
    ids=["near the limit", "converted", "stated", "not stated"],
)
def test_a_reason_quotes_the_cell_and_says_what_was_converted(cells, ko, en):
    eligibility = _judge([_rule(requires=_SHIPPED.rule("labcentral-raised-cap").requires)], cells)
    [finding] = eligibility.findings(0, _position(eligibility))
    assert finding.reason["ko"].endswith(ko)
    assert finding.reason["en"].endswith(en)
