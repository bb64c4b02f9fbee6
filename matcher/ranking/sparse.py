"""Vectors of which few components are not zero, and their products.

As much of `scipy.sparse` as comparing texts needs: importing that costs a short list more than all
the rest of a run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float64]
Positions = NDArray[np.intp]

_PRODUCTS = 4_000_000
"""Products that are held at a time."""

_DENSE = 20_000_000
"""Components of items (160 MB) up to which they are made dense: gathering is faster then."""


@dataclass(frozen=True)
class SparseRows:
    """Vectors by row.

    Parameters
    ----------
    starts : ndarray of int of shape (n_rows + 1,)
        Where the components of each row start, and where the last one ends.
    columns : ndarray of int of shape (n_components,)
        Column of each component.
    values : ndarray of shape (n_components,)
        Components.
    n_columns : int
        Length of a vector.
    """

    starts: Positions
    columns: Positions
    values: Vectors
    n_columns: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def row_of(self) -> Positions:
        """Row of each component."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def take(self, rows: Positions | slice) -> SparseRows:
        """Return some of the rows."""
        rows = np.arange(len(self))[rows]
        counts = np.diff(self.starts)[rows]
        at = _ranges(self.starts[rows], counts)
        return SparseRows(_starts(counts), self.columns[at], self.values[at], self.n_columns)

    def scaled(self, factors: Vectors) -> SparseRows:
        """Return each row times its factor."""
        return SparseRows(
            self.starts, self.columns, self.values * factors[self.row_of], self.n_columns
        )

    def unit(self) -> SparseRows:
        """Return rows of length 1; a zero row stays zero."""
        squares = np.bincount(self.row_of, self.values**2, minlength=len(self))
        return self.scaled(1 / np.sqrt(np.where(squares > 0, squares, 1)))

    def with_values(self, values: Vectors) -> SparseRows:
        """Return rows with other components in the same places."""
        return SparseRows(self.starts, self.columns, values, self.n_columns)

    def dense(self) -> Vectors:
        """Return the rows as an array of shape (n_rows, n_columns)."""
        found = np.zeros((len(self), self.n_columns))
        found[self.row_of, self.columns] = self.values
        return found

    def transposed(self) -> SparseRows:
        """Return the columns as rows."""
        order = np.argsort(self.columns, kind="stable")
        counts = np.bincount(self.columns, minlength=self.n_columns)
        return SparseRows(_starts(counts), self.row_of[order], self.values[order], len(self))

    def products(self, by_column: SparseRows) -> Vectors:
        """Return the inner products of all rows with all items, of shape (n_rows, n_items).

        Parameters
        ----------
        by_column : SparseRows
            The items, `transposed`.
        """
        n_items = by_column.n_columns
        found = np.empty((len(self), n_items))
        if len(by_column) * n_items <= _DENSE:
            items = by_column.dense()
            for row, (start, end) in enumerate(pairwise(self.starts.tolist())):
                found[row] = self.values[start:end] @ items[self.columns[start:end]]
            return found
        per_row = np.bincount(
            self.row_of, np.diff(by_column.starts)[self.columns], minlength=len(self)
        )
        step = max(1, int(_PRODUCTS / max(1.0, per_row.max(initial=1))))
        for start in range(0, len(self), step):
            some = self.take(slice(start, start + step))
            counts = np.diff(by_column.starts)[some.columns]
            at = _ranges(by_column.starts[some.columns], counts)
            cells = np.repeat(some.row_of, counts) * n_items + by_column.columns[at]
            parts = np.repeat(some.values, counts) * by_column.values[at]
            sums = np.bincount(cells, parts, minlength=len(some) * n_items)
            found[start : start + step] = sums.reshape(len(some), n_items)
        return found

    def pair_products(self, items: SparseRows) -> SparseRows:
        """Return the products by component of each row with the item in the same row."""
        keys = self.row_of * self.n_columns + self.columns
        others = items.row_of * self.n_columns + items.columns
        order = np.argsort(others, kind="stable")
        at = np.searchsorted(others[order], keys)
        at = order[np.minimum(at, max(len(others) - 1, 0))] if len(others) else at
        shared = others[at] == keys if len(others) else np.zeros(len(keys), dtype=bool)
        counts = np.bincount(self.row_of[shared], minlength=len(self))
        values = self.values[shared] * items.values[at[shared]]
        return SparseRows(_starts(counts), self.columns[shared], values, self.n_columns)

    def sums(self) -> Vectors:
        """Return the sum of the components of each row."""
        return np.asarray(np.bincount(self.row_of, self.values, len(self)), dtype=np.float64)


def sparse_rows(rows: Iterable[Mapping[int, float]], n_columns: int) -> SparseRows:
    """Return vectors from their components by column."""
    columns: list[int] = []
    values: list[float] = []
    counts: list[int] = []
    for row in rows:
        ordered = sorted(row)
        columns += ordered
        values += [row[column] for column in ordered]
        counts.append(len(ordered))
    return SparseRows(
        _starts(np.array(counts, dtype=np.intp)),
        np.array(columns, dtype=np.intp),
        np.array(values, dtype=np.float64),
        n_columns,
    )


def add_rows(one: SparseRows, other: SparseRows) -> SparseRows:
    """Return the sums of rows that stand beside each other."""
    keys = np.concatenate([rows.row_of * rows.n_columns + rows.columns for rows in (one, other)])
    found, at = np.unique(keys, return_inverse=True)
    values = np.zeros(len(found))
    np.add.at(values, at, np.concatenate([one.values, other.values]))
    counts = np.bincount(found // one.n_columns, minlength=len(one))
    return SparseRows(_starts(counts), found % one.n_columns, values, one.n_columns)


def _starts(counts: Positions) -> Positions:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)


def _ranges(starts: Positions, counts: Positions) -> Positions:
    """Return the numbers of ranges, one range after the other."""
    shifts = starts - np.concatenate([[0], np.cumsum(counts)[:-1]]) if len(counts) else starts
    return np.asarray(np.arange(counts.sum()) + np.repeat(shifts, counts), dtype=np.intp)
