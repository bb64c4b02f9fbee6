"""A second number beside a score: what those that are alike ended with.

References
----------
Cover, Hart (1967), "Nearest neighbor pattern classification", IEEE Transactions on Information
Theory 13(1).
Dudani (1976), "The distance-weighted k-nearest-neighbor rule", IEEE Transactions on Systems, Man,
and Cybernetics 6(4).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


def neighbour_votes(similarities: Values, links: Values, k: int) -> Values:
    """Return the votes of the nearest known ones for items, of shape (n_queries, n_items).

    Each of the `k` known ones most similar to a query votes with the square of its similarity for
    the items that it is linked to. Ties go to the first; who is not similar at all has no vote.

    Parameters
    ----------
    similarities : ndarray of shape (n_queries, n_known)
        At least 0, bigger is closer.
    links : ndarray of shape (n_known, n_items)
        1 where a known one is linked to an item, 0 elsewhere.
    k : int
        Most voters per query.
    """
    nearest = np.argsort(-similarities, axis=1, kind="stable")[:, :k]
    voters = np.zeros_like(similarities)
    chosen = np.take_along_axis(similarities, nearest, axis=1)
    np.put_along_axis(voters, nearest, np.square(chosen), axis=1)
    return np.asarray(voters @ links)
