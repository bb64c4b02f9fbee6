"""Cosine similarity, whole and by block of columns."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float64]


def unit(vectors: Vectors) -> Vectors:
    """Return vectors scaled to length 1 along the last axis; a zero vector stays zero."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.where(norms == 0, 1, norms)


def cosine_scores(queries: Vectors, items: Vectors) -> Vectors:
    """Return cosine similarities of shape (n_queries, n_items), in [-1, 1].

    Bigger is closer. A zero vector is similar to nothing: its scores are 0.
    """
    return unit(queries) @ unit(items).T


def contributions(
    queries: Vectors, items: Vectors, blocks: Mapping[str, slice]
) -> dict[str, NDArray[np.float64]]:
    """Return the part of each block of columns in the scores of pairs.

    Parameters
    ----------
    queries, items : ndarray of shape (n_pairs, n_features)
        The two vectors of each pair.
    blocks : mapping of str to slice
        Columns of each block. Blocks that cover all columns make parts that sum to the score.

    Returns
    -------
    dict of str to ndarray of shape (n_pairs,)
        Parts by block.
    """
    parts = unit(queries) * unit(items)
    return {name: parts[:, columns].sum(axis=1) for name, columns in blocks.items()}
