"""The few scores of a tile that may be among the best k of their row, found without sorting it.

Each row is looked at as strips that lie over one another, and the highest score of each place is
kept. The k-th highest of those is a score that k items reach, so what lies below it is out. Only
the places that reach it are looked into again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Tile = NDArray[np.floating]
Positions = NDArray[np.intp]

_STRIPS = 16
_PLACES_PER_K = 8
"""Places that a row has at least, per item wanted, for its maxima to tell the items apart."""

MASK_SHIFT = 2.0
"""Added to scores of -1 to 1 under a mask, so that 0 lies below all of them."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the scores of a tile lie in memory.

    Parameters
    ----------
    n_items : int
        Columns that hold scores.
    n_strips : int
        Strips of each row.
    n_places : int
        Scores of a strip; those past the last item are minus infinity.
    """

    n_items: int
    n_strips: int
    n_places: int

    @property
    def width(self) -> int:
        """Columns, those that fill the last strip among them."""
        return self.n_strips * self.n_places


def layout(n_items: int, k: int) -> Layout:
    """Return the layout in which the best `k` of `n_items` are found fastest."""
    strips = max(1, min(_STRIPS, n_items // max(_PLACES_PER_K * k, 32)))
    return Layout(n_items, strips, -(-n_items // strips))


def candidates(
    tile: Tile, lay: Layout, k: int, slack: float, bound: Tile
) -> tuple[Positions, Positions, Tile]:
    """Return the cells that may be among the best `k` of their row.

    Parameters
    ----------
    tile : ndarray of shape (n_rows, lay.width)
        Scores, minus infinity in cells that hold none.
    lay : Layout
        Of the tile.
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
    strips = tile.reshape(len(tile), lay.n_strips, lay.n_places)
    highest = strips[:, 0] if lay.n_strips == 1 else np.maximum.reduce(strips, axis=1)
    if lay.n_places >= k:
        kth = np.partition(highest, lay.n_places - k, axis=1)[:, lay.n_places - k]
        np.maximum(bound, kth - bound.dtype.type(slack), out=bound)
    # Positions in flat arrays: numpy finds and takes them many times faster than pairs of them.
    row, place = np.divmod(np.flatnonzero(highest >= bound[:, None]), lay.n_places)
    if lay.n_strips == 1:
        return row, place, highest[row, place]
    cells = (row * lay.width + place)[:, None] + np.arange(lay.n_strips) * lay.n_places
    cell = np.sort(cells.ravel()[np.flatnonzero(tile.take(cells) >= bound[row, None])])
    row, column = np.divmod(cell, lay.width)
    return row, column, tile.take(cell)


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
