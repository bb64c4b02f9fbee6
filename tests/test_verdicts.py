"""Truth tables: every combination, against a definition in plain Python.

A verdict is settled when every way in which the unknown parts may turn out agrees on it.
"""

from itertools import product

import numpy as np
import pytest

from matcher.eligibility.verdicts import (
    PairVerdict,
    RuleVerdict,
    all_of,
    any_of,
    at_least,
    conditional_on,
    negated,
)

NOT_MET, UNKNOWN, MET, NOT_APPLICABLE = -1, 0, 1, 2
_WORLDS = {NOT_MET: (False,), UNKNOWN: (False, True), MET: (True,)}


def _settled(parts, holds):
    outcomes = {holds(world) for world in product(*(_WORLDS[part] for part in parts))}
    return UNKNOWN if len(outcomes) == 2 else (MET if outcomes == {True} else NOT_MET)


def _columns(rows):
    return list(np.array(rows, dtype=np.int8).T)


@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize(("join", "holds"), [(all_of, all), (any_of, any)], ids=["all", "any"])
def test_all_and_any_equal_their_definition(join, holds, size):
    rows = list(product((NOT_MET, UNKNOWN, MET), repeat=size))
    assert join(_columns(rows)).tolist() == [_settled(row, holds) for row in rows]


@pytest.mark.parametrize("n", [0, 1, 2, 3, 4])
def test_at_least_n_of_three_equals_its_definition(n):
    rows = list(product((NOT_MET, UNKNOWN, MET), repeat=3))
    wanted = [_settled(row, lambda world: sum(world) >= n) for row in rows]
    assert at_least(n, _columns(rows)).tolist() == wanted


def test_not_swaps_met_and_not_met_and_keeps_unknown():
    part = np.array([NOT_MET, UNKNOWN, MET], dtype=np.int8)
    assert negated(part).tolist() == [MET, UNKNOWN, NOT_MET]


def test_a_rule_is_judged_only_where_it_applies():
    rows = list(product((NOT_MET, UNKNOWN, MET), repeat=2))
    wanted = [
        NOT_APPLICABLE if when == NOT_MET else _settled((when, asked), lambda w: not w[0] or w[1])
        for when, asked in rows
    ]
    assert conditional_on(*_columns(rows)).tolist() == wanted


@pytest.mark.parametrize(
    ("when", "requires", "verdict"),
    [
        (NOT_MET, NOT_MET, NOT_APPLICABLE),
        (NOT_MET, UNKNOWN, NOT_APPLICABLE),
        (UNKNOWN, NOT_MET, UNKNOWN),
        (UNKNOWN, MET, MET),
        (MET, NOT_MET, NOT_MET),
        (MET, UNKNOWN, UNKNOWN),
    ],
)
def test_a_rule_that_may_apply_never_fails_a_tenant(when, requires, verdict):
    when, requires = np.array([when], dtype=np.int8), np.array([requires], dtype=np.int8)
    assert conditional_on(when, requires).tolist() == [verdict]


@pytest.mark.parametrize(
    "join",
    [
        all_of,
        any_of,
        lambda parts: at_least(1, parts),
        lambda parts: at_least(2, parts),
        lambda parts: negated(parts[0]),
        lambda parts: conditional_on(*parts),
    ],
    ids=["all", "any", "at least 1", "at least 2", "not", "when"],
)
def test_unknown_parts_alone_stay_unknown(join):
    unknown = np.array([UNKNOWN], dtype=np.int8)
    assert join([unknown, unknown]).tolist() == [UNKNOWN]


@pytest.mark.parametrize(
    ("join", "settles", "other"), [(all_of, NOT_MET, MET), (any_of, MET, NOT_MET)]
)
def test_one_part_settles_the_matter_whatever_is_unknown(join, settles, other):
    unknown = np.array([UNKNOWN, UNKNOWN], dtype=np.int8)
    known = np.array([settles, other], dtype=np.int8)
    assert join([unknown, known]).tolist() == [settles, UNKNOWN]


def test_joining_changes_no_part():
    parts = _columns([(MET, NOT_MET), (UNKNOWN, MET)])
    before = [part.tolist() for part in parts]
    for joined in (all_of(parts), any_of(parts), at_least(1, parts), conditional_on(*parts)):
        joined[:] = 9
    assert [part.tolist() for part in parts] == before


def test_verdicts_are_printed_in_the_words_of_the_contract():
    assert [v.word for v in RuleVerdict] == ["not_met", "unknown", "met", "not_applicable"]
    assert [v.word for v in PairVerdict] == ["ineligible", "conditional", "eligible"]
