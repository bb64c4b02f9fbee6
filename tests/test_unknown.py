"""Unknown never becomes a no or a yes: each operator in each state of a cell, and on the way."""

import random
from itertools import product

import numpy as np
import pytest

from matcher.catalogue.conditions import OPERATORS, AllOf, AnyOf, AtLeast, Comparison, Not
from matcher.eligibility.comparing import compare
from matcher.eligibility.trees import judge_condition, wishes
from matcher.intake import tenant_from_cells
from matcher.intake.changing import CellChange, changed_tenant

DAY = "2026-11-22"
MET, UNKNOWN, NOT_MET = 1, 0, -1

CASES = {
    # operator: (comparison, cell that meets it, cell that does not, cell that leaves it open)
    "at_least": (Comparison("trl", "at_least", 7), "8", "6", "6~7"),
    "at_most": (Comparison("trl", "at_most", 7), "6", "8", "7~8"),
    "below": (Comparison("revenue", "below", 100, "SGD"), "SGD 99", "SGD 100", "SGD 90~110"),
    "is": (Comparison("english_ready", "is", ("yes",)), "보유", "미보유", "아마도"),
    "within": (Comparison("local_entities", "within", place="SG"), "싱가포르", "미국", "가나다국"),
    "names": (
        Comparison("joint_research", "names", place="SG", status="signed"),
        "NUS:계약",
        "NUS:협의",
        "가나다연구원:계약",
    ),
    "has": (Comparison("modality", "has", ("antibody",)), "항체", "의료기기", "가나다물질"),
    "holds": (
        Comparison("approvals", "holds", schemes=("HSA",), status="held"),
        "HSA:보유",
        "HSA:진행중",
        "HSA",
    ),
    "younger_than": (Comparison("founded_on", "younger_than", 5), "2024", "2010", "2021"),
}
NONE_COUNTS = {"at_least": NOT_MET, "at_most": MET, "below": MET}
"""What 없음 means to an operator: zero for numbers, an empty list or no code elsewhere."""


def _value(comparison, cell, catalogue):
    tenant = tenant_from_cells({comparison.field: cell}, catalogue.vocabulary)
    return tenant.values.get(comparison.field)


def test_every_operator_has_its_table():
    assert set(CASES) == set(OPERATORS)


@pytest.mark.parametrize("op", CASES)
def test_an_operator_in_each_state_of_a_cell(op, catalogue):
    comparison, yes, no, open_cell = CASES[op]
    table = {
        "": UNKNOWN,
        "-": UNKNOWN,
        "미정": UNKNOWN,
        "검토중": UNKNOWN,
        "없음": NONE_COUNTS.get(op, NOT_MET),
        yes: MET,
        no: NOT_MET,
        open_cell: UNKNOWN,
    }
    if op == "younger_than":  # a founding date cannot be none: the cell has no such reading
        del table["없음"]
    said = {
        cell: compare(_value(comparison, cell, catalogue), comparison, catalogue, DAY)
        for cell in table
    }
    assert said == table


@pytest.mark.parametrize("op", ["within", "names", "has", "holds"])
def test_a_list_that_stays_open_is_met_or_unknown_and_never_a_no(op, catalogue):
    comparison, yes, no, _ = CASES[op]
    for cell, verdict in ((f"{yes};미정", MET), (f"{no};미정", UNKNOWN)):
        value = _value(comparison, cell, catalogue)
        assert compare(value, comparison, catalogue, DAY) == verdict, cell


def test_an_unknown_word_is_no_code_and_no_no(catalogue):
    strange = Comparison("entity_type", "is", ("법인",))
    assert compare("협동조합", strange, catalogue) == UNKNOWN
    assert compare("개인", strange, catalogue) == NOT_MET
    origin = Comparison("origin", "is", ("Flagship 설립",), blank="not_met")
    assert compare("협동조합", origin, catalogue) == NOT_MET


@pytest.mark.parametrize(
    ("field", "added", "asked"),
    [
        ("local_entities", "싱가포르", Comparison("local_entities", "within", place="Boston")),
        ("local_pi", "SGH", Comparison("local_pi", "names", institutions=("nuh",))),
        (
            "joint_research",
            "MIT:계약",
            Comparison("joint_research", "names", place="SG", status="signed"),
        ),
        (
            "approvals",
            "MFDS:보유",
            Comparison("approvals", "holds", schemes=("HSA",), status="held"),
        ),
        ("consortium", "kr_company", Comparison("consortium", "has", ("sg_company",))),
    ],
)
@pytest.mark.parametrize("before", ["", "미정"])
def test_what_is_added_to_an_unknown_list_says_nothing_of_the_rest(
    field, added, asked, before, catalogue
):
    tenant = tenant_from_cells({field: before}, catalogue.vocabulary)
    changed = changed_tenant(tenant, [CellChange(field, added)], catalogue)
    assert compare(tenant.values.get(field), asked, catalogue, DAY) == UNKNOWN
    assert compare(changed.values.get(field), asked, catalogue, DAY) == UNKNOWN
    known = tenant_from_cells({field: "없음"}, catalogue.vocabulary)
    after = changed_tenant(known, [CellChange(field, added)], catalogue)
    assert compare(after.values.get(field), asked, catalogue, DAY) == NOT_MET


def _tree(chance, leaves, depth=0):
    if depth == 3 or len(leaves) == 1:
        return leaves[0]
    cut = chance.randint(1, len(leaves) - 1)
    parts = tuple(_tree(chance, half, depth + 1) for half in (leaves[:cut], leaves[cut:]))
    kind = chance.choice(["all", "any", "some", "not"])
    if kind == "not":
        return Not(AllOf(parts))
    if kind == "some":
        return AtLeast(chance.randint(1, 2), parts)
    return AllOf(parts) if kind == "all" else AnyOf(parts)


@pytest.mark.parametrize("seed", range(60))
def test_a_tree_is_known_only_where_every_answer_to_its_unknowns_says_the_same(seed):
    """All 81 states of four facts: three values each, and all answers to those unknown."""
    chance = random.Random(seed)
    leaves = [Comparison(f"f{at}", "is", ("x",)) for at in range(4)]
    tree = _tree(chance, leaves)
    used = list(dict.fromkeys(c for c in leaves if c in set(_leaves(tree))))
    states = list(product((-1, 0, 1), repeat=len(used)))
    columns = {c: np.array([s[at] for s in states], dtype=np.int8) for at, c in enumerate(used)}
    said = judge_condition(tree, columns.__getitem__)
    by_state = dict(zip(states, map(int, said), strict=True))
    for state, verdict in by_state.items():
        answers = product(*[(-1, 1) if fact == 0 else (fact,) for fact in state])
        outcomes = {by_state[answer] for answer in answers}
        assert verdict == (outcomes.pop() if len(outcomes) == 1 else UNKNOWN)


def _leaves(condition):
    match condition:
        case Comparison():
            yield condition
        case Not(part):
            yield from _leaves(part)
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from _leaves(part)


def test_each_comparison_of_a_rule_is_wished_one_way_or_the_other(catalogue):
    for rule in catalogue.rules:
        if rule.requires is not None:
            assert {sign for _, sign in wishes(rule)} <= {1, -1}
