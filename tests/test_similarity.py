"""Cosine similarity, on numbers that can be checked in the head."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matcher.ranking import contributions, cosine_scores

_VECTORS = arrays(float, (3, 4), elements=st.floats(0, 9, allow_subnormal=False, width=16))


def test_cosine_of_a_3_4_5_triangle():
    scores = cosine_scores(np.array([[3.0, 4.0]]), np.array([[1.0, 0.0], [0.0, 1.0]]))
    assert scores == pytest.approx(np.array([[0.6, 0.8]]))


def test_a_zero_vector_is_similar_to_nothing():
    assert cosine_scores(np.zeros((1, 2)), np.eye(2)).tolist() == [[0.0, 0.0]]


def test_columns_that_do_not_count_make_no_item_longer():
    query = np.array([[1.0, 0.0]])
    item = np.array([[3.0, 4.0]])
    first_only = np.array([[True, False]])
    assert cosine_scores(query, item) == pytest.approx(0.6)
    assert cosine_scores(query, item, first_only) == pytest.approx(1.0)


def test_parts_of_blocks_sum_to_the_score():
    query, item = np.array([[3.0, 4.0]]), np.array([[4.0, 3.0]])
    parts = contributions(query, item, {"left": slice(0, 1), "right": slice(1, 2)})
    assert parts["left"] == pytest.approx(0.48)
    assert parts["right"] == pytest.approx(0.48)
    assert cosine_scores(query, item) == pytest.approx(0.96)


@given(_VECTORS, _VECTORS, arrays(bool, (3, 4)))
def test_parts_sum_to_the_cosine_whatever_counts(queries, items, counted):
    queries = np.where(counted, queries, 0)
    blocks = {"a": slice(0, 1), "b": slice(1, 3), "c": slice(3, 4)}
    parts = contributions(queries, items, blocks, counted)
    whole = np.diag(cosine_scores(queries, items, counted))
    assert sum(parts.values()) == pytest.approx(whole, abs=1e-9)
