"""What is picked out of a tile holds all that may be among the best, in whatever order they lie."""

import numpy as np
import pytest

from matcher.ranking.tiles import candidates, mask_out

RNG = np.random.default_rng(1)
N_ROWS, N_ITEMS, K = 7, 2_003, 10
SHAPES = {
    "at random": RNG.standard_normal((N_ROWS, N_ITEMS)),
    "ascending": np.tile(np.linspace(-1, 1, N_ITEMS), (N_ROWS, 1)),
    "descending": np.tile(np.linspace(1, -1, N_ITEMS), (N_ROWS, 1)),
    "all the same": np.zeros((N_ROWS, N_ITEMS)),
    "best side by side": np.where(np.arange(N_ITEMS) // 100 == 3, 0.9, 0.1) * np.ones((N_ROWS, 1)),
    "in steps": np.round(RNG.standard_normal((N_ROWS, N_ITEMS)), 1),
    "one row apart": np.where(np.arange(N_ROWS)[:, None] == 2, 1.0, RNG.random((N_ROWS, N_ITEMS))),
}


def found(tile, bound, slack=0.0):
    row, column, score = candidates(np.ascontiguousarray(tile), K, slack, bound)
    assert (tile[row, column] == score).all()
    assert (np.diff(row * tile.shape[1] + column) > 0).all()
    return row, column


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("width", [1, 8, 9, 95, 161, 700, N_ITEMS])
def test_all_that_reach_the_kth_score_are_found_and_no_more(shape, dtype, width):
    tile = SHAPES[shape][:, -width:].astype(dtype)
    kth = np.sort(tile, axis=1)[:, max(width - K, 0)]
    row, column = found(tile, np.full(N_ROWS, -10, dtype=dtype))
    wanted = np.nonzero(tile >= kth[:, None])
    assert (row.tolist(), column.tolist()) == tuple(each.tolist() for each in wanted)


@pytest.mark.parametrize("shape", SHAPES)
def test_slack_lets_in_what_lies_just_below(shape):
    tile = SHAPES[shape].astype(np.float32)
    kth = np.sort(tile, axis=1)[:, -K]
    row, column = found(tile, np.full(N_ROWS, -10, dtype=np.float32), slack=0.125)
    wanted = np.nonzero(tile >= (kth - np.float32(0.125))[:, None])
    assert (row.tolist(), column.tolist()) == tuple(each.tolist() for each in wanted)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_bound_keeps_out_what_lies_below_and_is_raised(shape):
    tile = SHAPES[shape].astype(np.float32)
    bound = np.full(N_ROWS, 0.5, dtype=np.float32)
    row, column = found(tile, bound)
    assert (tile[row, column] >= 0.5).all()
    kth = np.sort(tile, axis=1)[:, -K]
    assert (bound == np.maximum(kth, np.float32(0.5))).all()


@pytest.mark.parametrize("rate", [0.0, 0.001, 0.3])
def test_what_is_masked_out_is_never_found(rate):
    allowed = RNG.random((N_ROWS, N_ITEMS)) < rate
    tile = np.clip(SHAPES["at random"], -1, 1).astype(np.float32)
    mask_out(tile, allowed)
    row, column = found(tile, np.full(N_ROWS, 0.5, dtype=np.float32))
    assert allowed[row, column].all()
    few = allowed.sum(axis=1) <= K
    assert (np.bincount(row, minlength=N_ROWS)[few] == allowed.sum(axis=1)[few]).all()
