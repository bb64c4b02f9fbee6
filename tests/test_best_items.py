"""The best items of each query at any size: what a full sort of exact scores finds, bit by bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.ranking import Cosines, Group, best_items, group_queries, on_grid


def fully_sorted(scores, k, allowed, at_least=-np.inf):
    """Return what a search must find, from all exact scores, ties by position."""
    items = np.full((len(scores), k), -1)
    best = np.zeros((len(scores), k))
    for row, own in enumerate(scores):
        able = np.flatnonzero(allowed[row] & (own >= at_least))
        order = able[np.argsort(-own[able], kind="stable")][:k]
        items[row, : len(order)] = order
        best[row, : len(order)] = own[order]
    return items, best


def exact_scores(cosines):
    query, item = np.divmod(np.arange(cosines.n_queries * cosines.n_items), cosines.n_items)
    return cosines.exact(query, item).reshape(cosines.n_queries, cosines.n_items)


def vectors(seed, n, n_features, *, distinct=None):
    """Return random vectors; few distinct ones make many ties."""
    rng = np.random.default_rng(seed)
    own = rng.standard_normal((distinct or n, n_features))
    return own if distinct is None else own[rng.integers(0, distinct, n)]


def found(best):
    return best.items.tolist(), best.scores.tolist()


def test_the_best_of_three_by_hand():
    cosines = Cosines(np.array([[1.0, 0.0]]), np.array([[0.0, 1.0], [3.0, 4.0], [1.0, 0.0]]))
    best = best_items(cosines, 2)
    assert best.items.tolist() == [[2, 1]]
    assert best.scores == pytest.approx(np.array([[1.0, 0.6]]), abs=1e-7)


def test_a_query_with_fewer_allowed_items_gets_fewer():
    cosines = Cosines(np.ones((1, 2)), np.eye(2))
    best = best_items(cosines, 3, [Group(np.array([0]), np.array([1]))])
    assert best.items.tolist() == [[1, -1, -1]]
    assert [pair.tolist() for pair in best.pairs] == [[0], [1]]


def test_a_query_in_no_group_gets_nothing():
    cosines = Cosines(np.ones((2, 2)), np.eye(2))
    assert best_items(cosines, 1, [Group(np.array([1]))]).items.tolist() == [[-1], [0]]


def test_equal_scores_keep_the_order_of_the_items():
    cosines = Cosines(np.ones((3, 4)), np.ones((500, 4)))
    assert best_items(cosines, 4).items.tolist() == [[0, 1, 2, 3]] * 3


def test_none_wanted_is_an_error_and_no_items_are_none():
    cosines = Cosines(np.ones((1, 2)), np.eye(2))
    with pytest.raises(ValueError, match="k is 0"):
        best_items(cosines, 0)
    nothing = Group(np.array([0]), np.array([], dtype=int))
    assert best_items(cosines, 1, [nothing]).items.tolist() == [[-1]]


def test_nothing_is_taken_below_the_limit():
    cosines = Cosines(np.array([[1.0, 0.0]]), np.array([[1.0, 0.0], [3.0, 4.0], [0.0, 1.0]]))
    exact = cosines.exact(np.array([0]), np.array([1]))[0]
    assert best_items(cosines, 3, at_least=exact).items.tolist() == [[0, 1, -1]]
    assert best_items(cosines, 3, at_least=np.nextafter(exact, 1)).items.tolist() == [[0, -1, -1]]


@pytest.mark.parametrize("n_items", [1, 9, 700, 3000])
@pytest.mark.parametrize("distinct", [None, 40])
@pytest.mark.parametrize("n_threads", [1, 2])
@pytest.mark.parametrize("tile_cells", [900, 50_000, 12_000_000])
def test_equals_a_full_sort_for_all_tiles_and_threads(n_items, distinct, n_threads, tile_cells):
    cosines = Cosines(vectors(1, 60, 24), vectors(2, n_items, 24, distinct=distinct))
    wanted = fully_sorted(exact_scores(cosines), 10, np.ones((60, n_items), dtype=bool))
    best = best_items(cosines, 10, n_threads=n_threads, tile_cells=tile_cells)
    assert best.items.tolist() == wanted[0].tolist()
    assert best.scores.tolist() == wanted[1].tolist()


@pytest.mark.parametrize("rate", [0.002, 0.1, 0.9])
@pytest.mark.parametrize("tile_cells", [700, 12_000_000])
def test_equals_a_full_sort_under_masks_of_any_kind(rate, tile_cells):
    rng = np.random.default_rng(3)
    cosines = Cosines(vectors(4, 50, 16), vectors(5, 2000, 16, distinct=300))
    exact = exact_scores(cosines)
    keys = rng.integers(-1, 6, 50)
    of_key = rng.random((6, 2000)) < rate
    by_signature = best_items(cosines, 7, group_queries(keys, of_key), tile_cells=tile_cells)
    allowed = of_key[keys] & (keys >= 0)[:, None]
    assert found(by_signature) == tuple(each.tolist() for each in fully_sorted(exact, 7, allowed))
    allowed = rng.random((50, 2000)) < rate
    groups = [Group(np.arange(50), None, allowed)]
    by_pair = best_items(cosines, 7, groups, at_least=0.2, tile_cells=tile_cells)
    assert found(by_pair) == tuple(each.tolist() for each in fully_sorted(exact, 7, allowed, 0.2))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 30), st.integers(1, 400), st.integers(1, 12), st.integers(1, 300), st.data())
def test_equals_a_full_sort_for_any_shape(n_queries, n_items, k, tile_cells, data):
    seed = data.draw(st.integers(0, 9))
    cosines = Cosines(vectors(seed, n_queries, 5), vectors(seed + 1, n_items, 5, distinct=30))
    wanted = fully_sorted(exact_scores(cosines), k, np.ones((n_queries, n_items), dtype=bool))
    best = best_items(cosines, k, tile_cells=tile_cells)
    assert found(best) == tuple(each.tolist() for each in wanted)


def test_exact_scores_do_not_depend_on_the_order_of_the_sum():
    cosines = Cosines(vectors(6, 40, 300), vectors(7, 50, 300))
    exact = exact_scores(cosines)
    q, i = cosines._queries.astype(float), cosines._items.astype(float)
    assert (q @ i.T == exact).all()
    assert (q[:, ::-1] @ i[:, ::-1].T == exact).all()
    assert (q[:1] @ i.T == exact[:1]).all()


def test_parts_of_blocks_sum_to_the_score_to_the_last_bit():
    cosines = Cosines(vectors(8, 30, 20), vectors(9, 30, 20))
    pair = np.arange(30)
    parts = cosines.parts(pair, pair, [slice(0, 3), slice(3, 11), slice(11, 20)])
    assert (parts.sum(axis=1) == cosines.exact(pair, pair)).all()


def test_near_scores_are_as_near_as_they_say():
    cosines = Cosines(vectors(10, 20, 256), vectors(11, 200, 256))
    fill = cosines.prepare(np.arange(20), None, np.dtype(np.float32))
    near = np.empty((20, 200), dtype=np.float32)
    fill(slice(0, 20), slice(0, 200), near)
    assert np.abs(near - exact_scores(cosines)).max() <= cosines.margin


def test_points_of_the_grid_are_held_by_float32():
    points = on_grid(np.random.default_rng(12).uniform(-1, 1, 1000))
    assert (points.astype(np.float32).astype(float) == points).all()


def test_keys_that_allow_the_same_make_one_group_the_largest_first():
    allowed = np.array([[True, False], [True, True], [True, False], [False, False]])
    groups = group_queries(np.array([1, 0, 2, -1, 3, 0]), allowed)
    assert [group.queries.tolist() for group in groups] == [[1, 2, 5], [0]]
    assert groups[0].items.tolist() == [0]
    assert groups[1].items is None
