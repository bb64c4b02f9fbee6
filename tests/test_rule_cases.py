"""The rules' own cases, as their authors wrote them in the data folder."""

from dataclasses import replace

import pytest

from matcher import read_catalogue
from matcher.eligibility.cases import all_cases, failing_cases, verdict_of_case

_SHIPPED = read_catalogue()
_CASES = [pytest.param(r, c, id=f"{r.id}: {c.name}") for r, c in all_cases(_SHIPPED)]
_JUDGED = [pytest.param(r, id=r.id) for r in _SHIPPED.rules if r.requires is not None]
_WITHOUT = {"flagship-own-companies": {"unknown"}}
"""Verdicts that the reading of a rule cannot give, by rule id; their cases are not asked for."""


@pytest.mark.parametrize(("rule", "case"), _CASES)
def test_a_case_has_the_verdict_it_states(rule, case):
    assert verdict_of_case(rule, case, _SHIPPED) == case.verdict


@pytest.mark.parametrize("rule", _JUDGED)
def test_a_judged_rule_has_a_case_of_each_verdict(rule):
    wanted = {"met", "not_met", "unknown"} - _WITHOUT.get(rule.id, set())
    wanted |= {"not_applicable"} if rule.when else set()
    assert {case.verdict for case in rule.cases} == wanted


@pytest.mark.parametrize("rule", _JUDGED)
def test_no_two_cases_of_a_rule_share_a_name(rule):
    names = [case.name for case in rule.cases]
    assert len(set(names)) == len(names)


def test_the_shipped_rules_fail_no_case(catalogue):
    assert failing_cases(catalogue) == []


def test_a_case_that_fails_is_told_with_both_verdicts(catalogue):
    rule = catalogue.rule("innomatch-trl")
    wrong = replace(rule.cases[0], name="TRL 7", tenant={"trl": "7"}, verdict="not_met")
    [problem] = failing_cases(replace(catalogue, rules=(replace(rule, cases=(wrong,)),)))
    assert problem.blocking
    assert str(problem) == (
        "partners/chisel.toml: rule 'innomatch-trl': case 'TRL 7': it is met, not not_met "
        "(mend the rule or the case)"
    )


def test_a_case_whose_cell_cannot_be_read_is_told_with_its_rule(catalogue):
    rule = catalogue.rule("innomatch-trl")
    wrong = replace(rule.cases[0], name="TRL 칠", tenant={"trl": "칠"})
    [problem] = failing_cases(replace(catalogue, rules=(replace(rule, cases=(wrong,)),)))
    assert problem.sheet == "partners/chisel.toml"
    assert problem.what == "rule 'innomatch-trl': case 'TRL 칠': '칠' is not a TRL"
    assert problem.hint.startswith("write 1 to 9")
