"""The best k: allowed first, exact, ties by position."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matcher.ranking import top_k

_SCORES = arrays(float, (4, 6), elements=st.sampled_from([0.0, 0.25, 0.5, 0.75]))


def test_filters_before_taking_the_best():
    scores = np.array([[0.9, 0.8, 0.7]])
    allowed = np.array([[False, True, True]])
    assert [a.tolist() for a in top_k(scores, 2, allowed=allowed)] == [[0, 0], [1, 2]]


def test_a_query_with_fewer_allowed_items_gets_fewer():
    scores = np.array([[0.9, 0.8], [0.1, 0.2]])
    allowed = np.array([[True, False], [False, False]])
    assert [a.tolist() for a in top_k(scores, 5, allowed=allowed)] == [[0], [0]]


def test_ties_keep_the_order_of_the_items():
    assert top_k(np.array([[0.5, 0.9, 0.5]]), 3)[1].tolist() == [1, 0, 2]


@given(_SCORES, arrays(bool, (4, 6)), st.integers(1, 8))
def test_equals_a_full_sort(scores, allowed, k):
    found = list(zip(*map(list, top_k(scores, k, allowed=allowed)), strict=True))
    wanted = [
        (row, at)
        for row in range(len(scores))
        for at in sorted(np.flatnonzero(allowed[row]), key=lambda at: (-scores[row, at], at))[:k]
    ]
    assert found == wanted
