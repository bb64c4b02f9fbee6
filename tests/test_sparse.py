"""Sparse rows do what the dense arrays do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.ranking import sparse
from matcher.ranking.sparse import add_rows, sparse_rows

_ROWS = st.lists(st.dictionaries(st.integers(0, 4), st.floats(0.1, 9)), min_size=3, max_size=3)


@given(_ROWS, _ROWS)
def test_products_of_many_items_are_those_of_few(one, other):
    queries, items = sparse_rows(one, 5), sparse_rows(other, 5).transposed()
    few = queries.products(items)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sparse, "_DENSE", 0)
        assert queries.products(items) == pytest.approx(few)


@given(_ROWS, _ROWS)
def test_products_are_those_of_the_dense_rows(one, other):
    queries, items = sparse_rows(one, 5), sparse_rows(other, 5)
    whole = queries.dense() @ items.dense().T
    assert queries.products(items.transposed()) == pytest.approx(whole)
    assert queries.pair_products(items).sums() == pytest.approx(np.diag(whole))
    assert add_rows(queries, items).dense() == pytest.approx(queries.dense() + items.dense())
    assert queries.take(np.array([2, 0, 2])).dense() == pytest.approx(queries.dense()[[2, 0, 2]])


def test_rows_of_length_one():
    rows = sparse_rows([{0: 3.0, 2: 4.0}, {}], 3)
    assert rows.unit().dense() == pytest.approx(np.array([[0.6, 0, 0.8], [0, 0, 0]]))
