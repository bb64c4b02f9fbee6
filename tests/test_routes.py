"""What would open an offer: the remedies that suffice, and no more than those."""

from dataclasses import replace

import pytest

from matcher import read_catalogue
from matcher.catalogue.conditions import Comparison
from matcher.eligibility import RuleVerdict, apply_route, find_routes, judge_rule
from matcher.eligibility.cases import all_cases
from matcher.intake import tenant_from_cells

_SHIPPED = read_catalogue()
_FAILING = [
    pytest.param(rule, case.tenant, id=f"{rule.id}: {case.name}")
    for rule, case in all_cases(_SHIPPED)
    if rule.remedy is not None and case.verdict == "not_met"
]

_DAY = "2026-11-22"


def _tenant(**cells):
    return tenant_from_cells(cells, _SHIPPED.vocabulary)


def _excluding(rule_id, **changes):
    """Return a shipped rule as one that excludes."""
    return replace(_SHIPPED.rule(rule_id), kind="entry", status="confirmed", **changes)


def _entity_in(place, cell, **changes):
    """Return a rule that asks for an entity in a place, with the cell that would answer it."""
    rule = _SHIPPED.rule("mlsc-ma-registration")
    requires = Comparison("local_entities", "within", place=place)
    remedy = replace(rule.remedy, sets={"local_entities": cell})
    return replace(rule, id=f"entity-{place}", requires=requires, remedy=remedy, **changes)


def _verdict(rule, tenant):
    return RuleVerdict(int(judge_rule(rule, [tenant], _SHIPPED, _DAY)[0])).word


def _ids(routes):
    return [[step.rule_id for step in route] for route in routes]


@pytest.mark.parametrize(("rule", "cells"), _FAILING)
def test_a_shipped_remedy_answers_its_rule(rule, cells):
    rule, tenant = _excluding(rule.id), _tenant(**cells)
    [route] = find_routes(tenant, [rule], _SHIPPED, _DAY)
    assert _verdict(rule, tenant) == "not_met"
    assert _verdict(rule, apply_route(tenant, route, _SHIPPED)) == "met"


@pytest.mark.parametrize(
    ("rule_id", "cells"),
    [
        ("labcentral-raised-cap", {"funding_total": "USD 12M"}),
        ("labcentral-revenue-cap", {"revenue": "USD 4M"}),
        ("flagship-own-companies", {"origin": "교원창업"}),
    ],
)
def test_what_a_tenant_cannot_change_has_no_route(rule_id, cells):
    rule, tenant = _SHIPPED.rule(rule_id), _tenant(**cells)
    assert _verdict(rule, tenant) == "not_met"
    assert find_routes(tenant, [rule], _SHIPPED, _DAY) == []


def test_a_remedy_is_no_route_beside_a_rule_without_one():
    rules = [_SHIPPED.rule("innomatch-trl"), _SHIPPED.rule("flagship-own-companies")]
    assert find_routes(_tenant(trl="6"), rules, _SHIPPED, _DAY) == []


@pytest.mark.parametrize("trl", ["7", "6~7", ""])
def test_there_is_no_route_where_nothing_excludes(trl):
    assert find_routes(_tenant(trl=trl), [_SHIPPED.rule("innomatch-trl")], _SHIPPED, _DAY) == []


@pytest.mark.parametrize("rule_id", ["nuh-local-pi", "startup-sg-tech-entity"])
def test_a_rule_that_does_not_exclude_is_no_step(rule_id):
    tenant = _tenant(trl="6", local_pi="없음", local_entities="없음")
    rules = [_SHIPPED.rule(rule_id), _SHIPPED.rule("innomatch-trl")]
    assert _ids(find_routes(tenant, rules, _SHIPPED, _DAY)) == [["innomatch-trl"]]
    assert find_routes(tenant, rules[:1], _SHIPPED, _DAY) == []


@pytest.mark.parametrize(
    ("rule_id", "field", "before", "after"),
    [
        ("collab-joint-research", "joint_research", "NTU:협의", "NTU:협의;{}"),
        ("collab-joint-research", "joint_research", "없음", "{}"),
        ("mlsc-ma-registration", "local_entities", "싱가포르;일본", "싱가포르;일본;{}"),
        ("mlsc-ma-registration", "local_entities", "보스턴(설립 준비중)", "{}"),
        ("nuh-local-pi", "local_pi", "SGH", "SGH;{}"),
        ("innomatch-trl", "trl", "6", "{}"),
    ],
)
def test_a_list_grows_and_a_single_fact_is_replaced(rule_id, field, before, after):
    rule, tenant = _excluding(rule_id), _tenant(**{field: before})
    [route] = find_routes(tenant, [rule], _SHIPPED, _DAY)
    changed = apply_route(tenant, route, _SHIPPED)
    assert changed.stated[field] == after.format(rule.remedy.sets[field])
    assert tenant.stated[field] == before


def test_two_steps_on_one_list_are_both_kept():
    rules = [_entity_in("SG", "싱가포르"), _entity_in("JP", "일본")]
    [route] = find_routes(_tenant(local_entities="없음"), rules, _SHIPPED, _DAY)
    changed = apply_route(_tenant(local_entities="없음"), route, _SHIPPED)
    assert changed.values["local_entities"] == ("SG", "JP")


def test_other_facts_stay_as_they_are():
    tenant = _tenant(trl="6", local_entities="일본")
    [route] = find_routes(tenant, [_SHIPPED.rule("innomatch-trl")], _SHIPPED, _DAY)
    changed = apply_route(tenant, route, _SHIPPED)
    assert dict(changed.values) == {"trl": 7, "local_entities": ("JP",)}


def test_a_change_that_two_rules_ask_for_is_one_step():
    rules = [_entity_in("SG", "싱가포르"), _entity_in("Southeast Asia", "싱가포르")]
    assert _ids(find_routes(_tenant(local_entities="없음"), rules, _SHIPPED, _DAY)) == [
        ["entity-SG"]
    ]


def test_a_step_that_another_makes_needless_is_left_out():
    wide, narrow = _entity_in("US", "미국"), _entity_in("Massachusetts", "매사추세츠")
    routes = find_routes(_tenant(local_entities="없음"), [wide, narrow], _SHIPPED, _DAY)
    assert _ids(routes) == [["entity-Massachusetts"]]


@pytest.mark.parametrize("cell", ["일본", "동남아", "설립 준비중"])
def test_a_remedy_that_does_not_settle_its_rule_is_no_route(cell):
    assert (
        find_routes(_tenant(local_entities="없음"), [_entity_in("SG", cell)], _SHIPPED, _DAY) == []
    )


def test_a_step_says_who_can_serve_it_and_which_bridge_is_on_record():
    rule = _SHIPPED.rule("mlsc-ma-registration")
    rule = replace(rule, remedy=replace(rule.remedy, bridges=("khidi-boston", "kist")))
    [[step]] = find_routes(_tenant(local_entities="없음"), [rule], _SHIPPED, _DAY)
    assert step.partners == ("cic", "massbio")
    assert step.bridges == (("khidi-boston", "sourced"), ("kist", "proposed"))
    assert step.action["en"].endswith("in Massachusetts")


def test_a_bridge_that_is_only_proposed_is_not_on_record():
    bridges = tuple(replace(bridge, basis="proposed") for bridge in _SHIPPED.bridges)
    hoped_for, rule = replace(_SHIPPED, bridges=bridges), _SHIPPED.rule("mlsc-ma-registration")
    [[step]] = find_routes(_tenant(local_entities="없음"), [rule], hoped_for, _DAY)
    assert step.bridges == (("khidi-boston", "proposed"),)


def test_every_helper_in_a_remedy_is_a_partner_of_the_catalogue(catalogue):
    remedies = [rule.remedy for rule in catalogue.rules if rule.remedy is not None]
    roles = {
        (catalogue.partner(helper).role, wanted)
        for remedy in remedies
        for wanted, helpers in (("partner", remedy.partners), ("bridge", remedy.bridges))
        for helper in helpers
    }
    assert roles == {("partner", "partner"), ("bridge", "bridge")}
