"""The best k of each row among those that are allowed: exact, ties by position."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def top_k(
    scores: NDArray[np.float64], k: int, *, allowed: NDArray[np.bool_] | None = None
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return ``(query, item)`` positions of the best *k* allowed items of each query.

    Parameters
    ----------
    scores : ndarray of shape (n_queries, n_items)
        Bigger is better.
    k : int
        Most items to return per query; a query with fewer allowed items gets fewer.
    allowed : ndarray of bool of shape (n_queries, n_items), optional
        Items to choose from, before the best are taken. All of them by default.

    Returns
    -------
    query, item : two ndarrays of int of shape (n_ranked,)
        Grouped by query, best first. Ties keep the order of the items.
    """
    if allowed is None:
        allowed = np.ones(scores.shape, dtype=bool)
    keys = np.where(allowed, -scores, np.inf)
    best = np.argsort(keys, axis=1, kind="stable")[:, :k]
    kept = np.take_along_axis(allowed, best, axis=1)
    query = np.broadcast_to(np.arange(len(scores))[:, None], best.shape)
    return query[kept], best[kept]
