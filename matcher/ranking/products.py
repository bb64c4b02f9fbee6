"""Cosines of many queries and items: fast ones in float32, and the exact ones of chosen pairs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.ranking.grid import on_grid

Floats = NDArray[np.float32]
Tile = NDArray[np.floating]
Positions = NDArray[np.intp]
Fill = Callable[[slice, slice, Tile], None]
"""Writes the scores of a range of the queries and a range of the items into an array."""

_PAIRS = 512
"""Pairs whose vectors stay in the cache of a core together."""

_ROWS = 65_536
_ROUNDING = 2.0**-24


class PairScores(Protocol):
    """Scores of pairs, from -1 to 1: near ones of all, exact ones of a few.

    Attributes
    ----------
    n_queries, n_items : int
        How many there are of each.
    margin : float
        How far a near score may lie from the exact one.
    """

    n_queries: int
    n_items: int
    margin: float

    def prepare(
        self, queries: Positions, items: Positions | None, dtype: np.dtype[np.floating]
    ) -> Fill:
        """Return what fills tiles with the scores of some queries and items.

        Parameters
        ----------
        queries : ndarray of int
            Positions of the queries.
        items : ndarray of int, optional
            Positions of the items; all by default.
        dtype : dtype
            Of the tiles; near scores in float32, exact ones in float64.
        """

    def exact(self, queries: Positions, items: Positions) -> NDArray[np.float64]:
        """Return the scores of the pairs of positions that stand beside each other."""


class Cosines:
    """Cosines of queries and items, a zero vector being similar to nothing.

    Parameters
    ----------
    queries : ndarray of shape (n_queries, n_features)
        One vector per row.
    items : ndarray of shape (n_items, n_features)
        One vector per row.

    Notes
    -----
    Vectors are brought to unit length and onto the grid of `on_grid`, so that an exact score is
    the same by whatever way it is computed. In float32 a sum of n products of unit vectors is
    off by at most n · 2⁻²⁴ (Higham, "Accuracy and Stability of Numerical Algorithms", §3.1).
    """

    def __init__(self, queries: NDArray[np.floating], items: NDArray[np.floating]) -> None:
        self._queries = unit_vectors(queries)
        self._items = unit_vectors(items)
        self.n_queries, self.n_items = len(queries), len(items)
        self.margin = 1.01 * (queries.shape[1] + 2) * _ROUNDING

    def prepare(
        self, queries: Positions, items: Positions | None, dtype: np.dtype[np.floating]
    ) -> Fill:
        """Return what fills tiles; see `PairScores`."""
        # "clip" spares numpy a copy that it makes to raise errors; positions are never outside.
        chosen = self._items if items is None else self._items.take(items, axis=0, mode="clip")
        chosen = chosen.astype(dtype, copy=False)

        def fill(rows: slice, columns: slice, out: Tile) -> None:
            left = self._rows(queries[rows]).astype(dtype, copy=False)
            np.matmul(left, chosen[columns].T, out=out)

        return fill

    def _rows(self, queries: Positions) -> Floats:
        first, last = int(queries[0]), int(queries[-1])
        if last - first + 1 == len(queries) and bool((np.diff(queries) == 1).all()):
            return self._queries[first : last + 1]
        return self._queries.take(queries, axis=0, mode="clip")

    def exact(self, queries: Positions, items: Positions) -> NDArray[np.float64]:
        """Return the cosines of pairs in float64."""
        return self.parts(queries, items, [slice(0, self._items.shape[1])])[:, 0]

    def parts(
        self, queries: Positions, items: Positions, blocks: Sequence[slice]
    ) -> NDArray[np.float64]:
        """Return the part of each block of columns in the cosines of pairs.

        Returns
        -------
        ndarray of shape (n_pairs, n_blocks)
            The parts of a pair sum to its cosine to the last bit, where the blocks cover all
            columns.
        """
        n_features = self._items.shape[1]
        found = np.empty((len(queries), len(blocks)))
        taken = np.empty((_PAIRS, n_features), dtype=np.float32)
        left, right = np.empty((2, _PAIRS, n_features))
        for start in range(0, len(queries), _PAIRS):
            some = slice(start, start + _PAIRS)
            n = len(queries[some])
            left[:n] = self._queries.take(queries[some], axis=0, mode="clip", out=taken[:n])
            right[:n] = self._items.take(items[some], axis=0, mode="clip", out=taken[:n])
            for at, columns in enumerate(blocks):
                np.vecdot(left[:n, columns], right[:n, columns], out=found[some, at])
        return found


def unit_vectors(vectors: NDArray[np.floating]) -> Floats:
    """Return vectors of unit length on the grid, which float32 holds without loss.

    A zero vector stays zero. Rows are taken some at a time, so that no float64 copy of all of
    them is made.
    """
    found = np.empty(vectors.shape, dtype=np.float32)
    for start in range(0, len(vectors), _ROWS):
        some = np.asarray(vectors[start : start + _ROWS], dtype=np.float64)
        lengths = np.linalg.norm(some, axis=1, keepdims=True)
        found[start : start + _ROWS] = on_grid(some / np.where(lengths == 0, 1, lengths))
    return found
