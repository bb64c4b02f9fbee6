"""The few scores of a tile that may be among the best k of their row, found without sorting it.

A sample of each row, looked at as strips that lie over one another, gives a score that k items
reach, so what lies below it is out. The row is then only compared with that score, and where
many reach it, the k-th highest of those takes its place.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Tile = NDArray[np.floating]
Positions = NDArray[np.intp]

_STRIPS = 8
_PLACES_PER_K = 8
"""Places that a strip has at least, per item wanted, for its maxima to tell the items apart."""

_STRIPS_PER_ROW = 16
"""Strips that would make up a long row, of which the sample is half."""

_WORD = 8
"""Marks of cells that are looked at together, as one number: few are set."""

MASK_SHIFT = 2.0
"""Added to scores of -1 to 1 under a mask, so that 0 lies below all of them."""


def candidates(tile: Tile, k: int, slack: float, bound: Tile) -> tuple[Positions, Positions, Tile]:
    """Return the cells that may be among the best `k` of their row.

    Parameters
    ----------
    tile : ndarray of shape (n_rows, n_items)
        Scores, finite and contiguous.
    k : int
        How many are wanted.
    slack : float
        How far below the k-th highest a score may lie and still count.
    bound : ndarray of shape (n_rows,)
        Finite score that a cell must reach in any case; it is raised in place.

    Returns
    -------
    row, column, score : ndarrays of shape (n_candidates,)
        In the order of the cells.
    """
    n_rows, n_items = tile.shape
    places = max(_PLACES_PER_K * k, n_items // _STRIPS_PER_ROW)
    strips = min(_STRIPS, n_items // places)
    if strips <= 1:
        _raise(bound, tile, k, slack)
        cell = np.flatnonzero(tile >= bound[:, None])
    else:
        # The product writes the last columns last: they are still in the cache.
        sample = tile[:, n_items - strips * places :].reshape(n_rows, strips, places)
        _raise(bound, np.maximum.reduce(sample, axis=1), k, slack)
        cell = _reaching(tile, bound)
    row, column = np.divmod(cell, n_items)
    score = tile.take(cell)
    if strips > 1:
        counts = np.bincount(row, minlength=n_rows)
        some = np.full((n_rows, counts.max()), -np.inf, dtype=tile.dtype)
        some[row, counted(counts)] = score
        _raise(bound, some, k, slack)
        kept = np.flatnonzero(score >= bound[row])
        row, column, score = row[kept], column[kept], score[kept]
    return row, column, score


def _raise(bound: Tile, scores: Tile, k: int, slack: float) -> None:
    """Raise the bound of each row to what its k-th highest score allows."""
    below = scores.shape[1] - k
    if below >= 0:
        kth = np.partition(scores, below, axis=1)[:, below]
        np.maximum(bound, kth - bound.dtype.type(slack), out=bound)


def _reaching(tile: Tile, bound: Tile) -> Positions:
    """Return the positions of the cells that reach the bound of their row, in a flat tile."""
    marks = np.empty(-(-tile.size // _WORD) * _WORD, dtype=bool)
    marks[tile.size :] = False
    np.greater_equal(tile, bound[:, None], out=marks[: tile.size].reshape(tile.shape))
    words = np.flatnonzero(marks.view(np.uint64) != 0)
    cells = ((words * _WORD)[:, None] + np.arange(_WORD)).ravel()
    return cells[marks.take(cells)]


def counted(counts: Positions) -> Positions:
    """Return 0, 1, … for each run of as many as the counts say."""
    starts = np.cumsum(counts) - counts
    return np.arange(int(counts.sum())) - np.repeat(starts, counts)


def mask_out(tile: Tile, allowed: NDArray[np.bool_]) -> None:
    """Set the cells that are not allowed to 0, below all that are, in place.

    Parameters
    ----------
    tile : ndarray of shape (n_rows, n_items)
        Scores of -1 to 1; those that are allowed grow by `MASK_SHIFT`.
    allowed : ndarray of bool of shape (n_rows, n_items)
        Cells to choose from.
    """
    np.add(tile, tile.dtype.type(MASK_SHIFT), out=tile)
    np.multiply(tile, allowed, out=tile)
