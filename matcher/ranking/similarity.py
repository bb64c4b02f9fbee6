"""Cosine similarity, whole and by block of columns."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float64]
Columns = NDArray[np.bool_]


def cosine_scores(queries: Vectors, items: Vectors, counted: Columns | None = None) -> Vectors:
    """Return cosine similarities of shape (n_queries, n_items), in [-1, 1].

    Bigger is closer. A zero vector is similar to nothing: its scores are 0.

    Parameters
    ----------
    queries : ndarray of shape (n_queries, n_features)
        One vector per row, zero in columns that do not count.
    items : ndarray of shape (n_items, n_features)
        One vector per row.
    counted : ndarray of bool of shape (n_queries, n_features), optional
        Columns over which the cosine of a query is taken; all by default. An item is then as
        long as it is in those columns.
    """
    lengths = np.linalg.norm(queries, axis=1, keepdims=True)
    if counted is None:
        lengths = lengths * np.linalg.norm(items, axis=1)
    else:
        lengths = lengths * np.sqrt(counted.astype(float) @ np.square(items).T)
    return (queries @ items.T) / np.where(lengths == 0, 1, lengths)


def pair_cosines(queries: Vectors, items: Vectors, counted: Columns | None = None) -> Vectors:
    """Return the cosine of each query and the item in the same row, of shape (n_pairs,).

    `counted` is as in `cosine_scores`, which has the same numbers where vectors lie on a grid.
    """
    seen = items if counted is None else np.where(counted, items, 0)
    lengths = np.linalg.norm(queries, axis=1) * np.linalg.norm(seen, axis=1)
    return np.asarray((queries * items).sum(axis=1) / np.where(lengths == 0, 1, lengths))


def contributions(
    queries: Vectors,
    items: Vectors,
    blocks: Mapping[str, slice],
    counted: Columns | None = None,
) -> dict[str, Vectors]:
    """Return the part of each block of columns in the cosines of pairs.

    Parameters
    ----------
    queries, items : ndarray of shape (n_pairs, n_features)
        The two vectors of each pair.
    blocks : mapping of str to slice
        Columns of each block. Blocks that cover all columns make parts that sum to the cosine.
    counted : ndarray of bool of shape (n_pairs, n_features), optional
        Columns over which the cosine is taken, as in `cosine_scores`.

    Returns
    -------
    dict of str to ndarray of shape (n_pairs,)
        Parts by block.
    """
    seen = items if counted is None else np.where(counted, items, 0)
    lengths = np.linalg.norm(queries, axis=1) * np.linalg.norm(seen, axis=1)
    parts = queries * seen / np.where(lengths == 0, 1, lengths)[:, None]
    return {name: parts[:, columns].sum(axis=1) for name, columns in blocks.items()}
