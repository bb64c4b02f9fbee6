"""What would open an offer: changes that suffice, no subset of which does."""

import random
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest

from matcher import PartnerRecommender, read_catalogue, read_tenants
from matcher.catalogue.conditions import AllOf, AnyOf, AtLeast, Comparison, Not
from matcher.eligibility import PairVerdict, RoutePlanner, judge
from matcher.eligibility.search import chosen_in, minimal_sets, rules_hold
from matcher.eligibility.trees import wishes
from matcher.intake import tenant_from_cells
from matcher.intake.changing import CellChange, changed_tenant

EXAMPLE = Path(__file__).parents[1] / "data" / "tenants" / "example.csv"
DAY = "2026-11-22"
OFFER = "collab/residency"
_SHIPPED = read_catalogue()
_RULE = _SHIPPED.rule("innomatch-trl")


def _tenant(**cells):
    return tenant_from_cells(cells, _SHIPPED.vocabulary)


def _rule(requires, rule_id="r", **changes):
    base = replace(_RULE, id=rule_id, offers=(OFFER,), kind="entry", status="confirmed", when=None)
    return replace(base, requires=requires, **changes)


def _plan(tenant, *rules, offer=OFFER):
    own = tuple(replace(rule, offers=(offer,)) for rule in rules)
    small = replace(_SHIPPED, rules=own)
    position = [each.id for each in small.offers].index(offer)
    return RoutePlanner(judge([tenant], small, DAY)).plan(0, position)


def _cells(plan):
    return [[dict(option.cells) for option in route] for route in plan.routes]


def _fields(plan):
    return [blocker.field for blocker in plan.blockers]


# --- what a rule asks for becomes a step

TRL = Comparison("trl", "at_least", 7)
IN_SG = Comparison("local_entities", "within", place="SG")
RESEARCH = Comparison("joint_research", "names", place="SG", status="signed")


@pytest.mark.parametrize(
    ("requires", "cells", "after"),
    [
        (TRL, {"trl": "6"}, {"trl": "7"}),
        (TRL, {"trl": ""}, {"trl": "7"}),
        (IN_SG, {"local_entities": "없음"}, {"local_entities": "SG"}),
        (Comparison("local_pi", "names", institutions=("nuh",)), {}, {"local_pi": "nuh"}),
        (
            Comparison("english_ready", "is", ("yes",)),
            {"english_ready": "X"},
            {"english_ready": "yes"},
        ),
        (Comparison("employees", "at_least", 10), {"employees": "8"}, {"employees": "10"}),
        (
            Comparison("sg_paid_up_capital", "at_least", 50000, "SGD"),
            {"sg_paid_up_capital": "SGD 10000"},
            {"sg_paid_up_capital": "SGD 50,000"},
        ),
        (
            Comparison("approvals", "holds", schemes=("HSA",), status="held"),
            {"approvals": "MFDS:보유"},
            {"approvals": "HSA:held"},
        ),
        (Comparison("consortium", "has", ("sg_company",)), {}, {"consortium": "sg_company"}),
        (
            Comparison("dev_stage", "is", ("p2", "p1")),
            {"dev_stage": "비임상"},
            {"dev_stage": "p1"},
        ),
        (
            Not(Comparison("pi_interest", "is", ("equity",))),
            {"pi_interest": "지분"},
            {"pi_interest": "none"},
        ),
    ],
)
def test_a_rule_and_the_remedy_of_its_field_make_a_step(requires, cells, after):
    assert _cells(_plan(_tenant(**cells), _rule(requires))) == [[after]]


@pytest.mark.parametrize(
    ("requires", "cells", "field"),
    [
        (
            Comparison("funding_total", "at_most", 10, "USD"),
            {"funding_total": "USD 12"},
            "funding_total",
        ),
        (Comparison("revenue", "at_most", 3, "USD"), {"revenue": "USD 4"}, "revenue"),
        (Comparison("origin", "is", ("교원창업",)), {"origin": "일반"}, "origin"),
        (Comparison("founded_on", "younger_than", 5), {"founded_on": "2010"}, "founded_on"),
        (Not(IN_SG), {"local_entities": "싱가포르"}, "local_entities"),
        (Comparison("dev_stage", "is", ("target",)), {"dev_stage": "비임상"}, "dev_stage"),
        (Comparison("dev_stage", "is", ("cleared",)), {"dev_stage": "비임상"}, "dev_stage"),
        (Not(TRL), {"trl": "8"}, "trl"),
    ],
)
def test_what_cannot_change_or_go_back_is_no_step_and_is_named(requires, cells, field):
    plan = _plan(_tenant(**cells), _rule(requires))
    assert plan.routes == ()
    assert [(blocker.field, blocker.known) for blocker in plan.blockers] == [(field, True)]


def test_a_fact_that_never_changes_is_no_step_even_where_it_is_not_stated():
    plan = _plan(_tenant(), _rule(Comparison("founded_on", "younger_than", 5)))
    assert [(each.field, each.known) for each in plan.blockers] == [("founded_on", False)]


def test_a_fact_that_may_be_as_wanted_is_confirmed():
    cap = Comparison("revenue", "below", 100, "SGD")
    [[option]] = _plan(_tenant(), _rule(cap)).routes
    assert option.confirms
    assert dict(option.cells) == {"revenue": "SGD 99"}


@pytest.mark.parametrize("trl", ["7", "8~9"])
def test_there_is_nothing_to_do_where_nothing_is_open(trl):
    plan = _plan(_tenant(trl=trl), _rule(TRL))
    assert (plan.routes, plan.blockers) == ((), ())


def test_a_preference_is_no_step():
    plan = _plan(_tenant(trl="6"), _rule(TRL, kind="preference"))
    assert (plan.routes, plan.blockers) == ((), ())


def test_one_change_may_serve_two_rules():
    asia = Comparison("local_entities", "within", place="Southeast Asia")
    plan = _plan(_tenant(local_entities="없음"), _rule(IN_SG, "a"), _rule(asia, "b"))
    assert _cells(plan) == [[{"local_entities": "SG"}]]


def test_two_ways_give_two_routes_the_shorter_first():
    both = AllOf((TRL, Comparison("english_ready", "is", ("yes",))))
    plan = _plan(
        _tenant(trl="6", english_ready="X", local_entities="없음"), _rule(AnyOf((both, IN_SG)))
    )
    assert [len(route) for route in plan.routes] == [1, 2]


def test_a_step_that_makes_another_rule_fail_is_no_route():
    """Who sets up an entity in Singapore loses what is only for companies without one."""
    plan = _plan(_tenant(local_entities="없음"), _rule(IN_SG, "a"), _rule(Not(IN_SG), "b"))
    assert plan.routes == ()
    assert set(_fields(plan)) == {"local_entities"}


def test_a_cell_of_one_value_takes_one_change():
    high = AnyOf((Comparison("trl", "at_most", 5), Comparison("trl", "at_least", 8)))
    plan = _plan(_tenant(trl="4"), _rule(TRL, "a"), _rule(high, "b"))
    assert _cells(plan) == [[{"trl": "8"}]]


def test_a_new_entity_is_a_young_one_and_an_old_one_stays_old():
    young = _rule(AllOf((IN_SG, Comparison("sg_entity_since", "younger_than", 5))))
    fresh = _plan(_tenant(local_entities="없음"), young)
    assert _cells(fresh) == [[{"local_entities": "SG", "sg_entity_since": DAY}]]
    old = _plan(_tenant(local_entities="싱가포르", sg_entity_since="2010"), young)
    assert (old.routes, _fields(old)) == ((), ["sg_entity_since"])


def test_steps_stand_behind_those_they_need():
    shares = Comparison("sg_shareholding", "at_least", 30)
    plan = _plan(_tenant(local_entities="없음"), _rule(AllOf((shares, IN_SG))))
    [route] = plan.routes
    assert [option.remedy.id for option in route] == ["sg-entity", "sg-shares"]


def test_partners_that_serve_another_rule_as_well_are_a_change_of_their_own():
    """Signed with NUS is signed in Singapore; signed with NTU does not answer a rule on NUS."""
    at_nus = Comparison("joint_research", "names", institutions=("nus",), status="signed")
    plan = _plan(_tenant(joint_research="없음"), _rule(RESEARCH, "a"), _rule(at_nus, "b"))
    [[option]] = plan.routes
    assert option.partners == ("nus",)


# --- minimality, against all subsets


def _random_tree(chance, facts, depth=0):
    if depth == 3 or chance.random() < 0.3:
        return chance.choice(facts)
    kind = chance.choice(["all", "any", "not", "some"])
    if kind == "not":
        return Not(_random_tree(chance, facts, depth + 1))
    parts = tuple(_random_tree(chance, facts, depth + 1) for _ in range(chance.randint(2, 4)))
    if kind == "some":
        return AtLeast(chance.randint(1, len(parts)), parts)
    return AllOf(parts) if kind == "all" else AnyOf(parts)


def _verdict(tree, values):
    """Return the verdict of a tree by its definition, one case at a time."""
    match tree:
        case Comparison():
            return values[tree]
        case Not(part):
            return -_verdict(part, values)
        case AllOf(parts):
            return min(_verdict(part, values) for part in parts)
        case AnyOf(parts):
            return max(_verdict(part, values) for part in parts)
        case AtLeast(n, parts):
            return sorted((_verdict(part, values) for part in parts), reverse=True)[n - 1]


def _holds(rules, values):
    for rule in rules:
        verdict = _verdict(rule.requires, values)
        if rule.when is not None:
            when = _verdict(rule.when, values)
            verdict = 1 if when == -1 else max(-when, verdict)
        if verdict < 1:
            return False
    return True


@pytest.mark.parametrize("seed", range(500))
def test_minimal_sets_equal_those_found_by_trying_all(seed):
    chance = random.Random(seed)
    n = chance.randint(1, 12 if seed % 10 == 0 else 8)
    facts = [Comparison(f"f{at}", "is", ("yes",)) for at in range(n)]
    before = {fact: chance.choice([-1, 0, 1]) for fact in facts}
    after = {fact: chance.choice([v for v in (-1, 0, 1) if v != before[fact]]) for fact in facts}
    rules = [
        _rule(
            _random_tree(chance, facts),
            f"r{at}",
            when=_random_tree(chance, facts) if chance.random() < 0.3 else None,
        )
        for at in range(chance.randint(1, 4))
    ]
    chosen = chosen_in(n)

    def leaf(fact):
        return np.where(chosen[facts.index(fact)], after[fact], before[fact]).astype(np.int8)

    found = minimal_sets(rules_hold(rules, leaf, 1 << n))
    expected = []
    for size in range(n + 1):
        for subset in combinations(range(n), size):
            shorter = any(set(each) < set(subset) for each in expected)
            values = {f: (after if at in subset else before)[f] for at, f in enumerate(facts)}
            if not shorter and _holds(rules, values):
                expected.append(subset)
    assert found == expected


# --- every route of the example list, applied


@pytest.fixture(scope="module")
def table():
    tenants = read_tenants(EXAMPLE, _SHIPPED.vocabulary)
    return PartnerRecommender().fit(_SHIPPED).rank(tenants, as_of=DAY)


def _after(tenant, steps, catalogue):
    changes = [CellChange(field, cell) for step in steps for field, cell in step.sets]
    return changed_tenant(tenant, changes, catalogue)


def _verdicts(tenants, offer, catalogue):
    own = catalogue.rules_of_offer[catalogue.offers[offer].id]
    small = replace(catalogue, rules=own)
    return judge(tenants, small, DAY).overall[:, offer]


def test_every_route_makes_its_pair_eligible_and_no_part_of_it_does(table):
    """Of all tenants and offers; offers under the same rules whom facts meet alike are one case."""
    seen = set()
    for tenant, offer in product(range(len(table.tenants)), range(len(table.catalogue.offers))):
        plan = table.plan(tenant, offer)
        case = (id(plan), offer)
        if not plan.routes or case in seen:
            continue
        seen.add(case)
        for route in table.routes(tenant, offer):
            subsets = [part for n in range(len(route)) for part in combinations(route, n)]
            changed = [
                _after(table.tenants[tenant], part, table.catalogue) for part in (*subsets, route)
            ]
            *parts, whole = _verdicts(changed, offer, table.catalogue)
            assert whole == PairVerdict.ELIGIBLE
            assert PairVerdict.ELIGIBLE not in parts
    assert len(seen) > 100


_RARE = {
    "sg_entity_since": ("2019-01", "2024-05", "", "없음"),
    "sg_shareholding": ("10", "40", ""),
    "ma_staff": ("0", "5", "12", ""),
    "founder_affiliations": ("NUS", "고려대학교", "MGH", ""),
    "trial_agreement": ("NUH:협의", "MGH:계약", "없음", ""),
    "local_sites": ("보스턴", "싱가포르", ""),
    "core_activities": ("싱가포르", "없음", ""),
    "pi_interest": ("없음", "지분 보유", ""),
}


def test_every_route_of_shuffled_facts_makes_its_pair_eligible_and_no_part_of_it_does(table):
    """Cells of the example list, mixed, with facts that only some rules ask for."""
    chance = random.Random(2026)
    columns = {
        field: [tenant.stated.get(field, "") for tenant in table.tenants]
        for field in table.tenants[0].stated
        if field not in ("tenant_id", "name_ko")
    }
    tenants = [
        _tenant(**{field: chance.choice(cells) for field, cells in {**columns, **_RARE}.items()})
        for _ in range(12)
    ]
    mixed = PartnerRecommender().fit(_SHIPPED).rank(tenants, as_of=DAY)
    tried = 0
    for offer in range(len(_SHIPPED.offers)):
        for tenant in range(len(tenants)):
            for route in mixed.routes(tenant, offer)[:2]:
                subsets = [part for n in range(len(route)) for part in combinations(route, n)]
                changed = [_after(tenants[tenant], part, _SHIPPED) for part in (*subsets, route)]
                *parts, whole = _verdicts(changed, offer, _SHIPPED)
                assert whole == PairVerdict.ELIGIBLE
                assert PairVerdict.ELIGIBLE not in parts
                tried += 1
    assert tried > 300


def test_collab_is_opened_by_a_research_partner_in_singapore_for_each_it_excludes(table):
    catalogue = table.catalogue
    offer = [each.id for each in catalogue.offers].index(OFFER)
    excluded = [
        at
        for at in range(len(table.tenants))
        if table.eligibility.verdict(at, offer) == PairVerdict.INELIGIBLE
    ]
    assert len(excluded) > 20
    for tenant in excluded:
        route = table.routes(tenant, offer)[0]
        [step] = [each for each in route if each.remedy_id == "joint-research"]
        helper = step.helpers[0]
        assert catalogue.institutions.table[helper.partner_id].place == "SG"
        assert helper.fit == max(each.fit for each in step.helpers)
        assert helper.verdict != PairVerdict.INELIGIBLE
        assert step.links
        recorded = {(b.origin, b.basis) for b in catalogue.bridges}
        for link in step.links:
            assert (link.id, link.basis) in recorded or link.basis == "proposed"


def test_no_step_touches_what_never_changes(table):
    fixed = set(table.catalogue.remedies.fixed)
    touched = {
        field
        for tenant, offer in product(range(len(table.tenants)), range(len(table.catalogue.offers)))
        for route in table.plan(tenant, offer).routes
        for option in route
        for field in option.cells
    }
    assert touched
    assert touched.isdisjoint(fixed)


def test_a_remedy_is_known_for_each_field_or_why_there_is_none(table):
    """A rule may look at any field; what the page then says is written, not made up."""
    remedies = table.catalogue.remedies
    asked = {
        comparison.field
        for rule in table.catalogue.rules
        if rule.kind in ("entry", "before_start")
        for comparison, _ in wishes(rule)
    }
    told = {*remedies.fixed, *remedies.limits}
    unknown = {f for f in asked if not remedies.of_field(f) and f not in told}
    assert unknown == set()
