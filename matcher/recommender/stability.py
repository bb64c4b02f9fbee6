"""How much a tenant's first partners hang on the weights of the blocks.

References
----------
Saltelli et al. (2008), "Global sensitivity analysis: the primer", ch. 1: all inputs are moved at
once, not one at a time.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.features import Vectors
from matcher.recommender.scoring import Scorer

SPREAD = 0.2
"""How far a weight is moved up or down, as a share of itself."""

FIRST = 3
"""Partners whose place is looked at."""

_SETTINGS = 500
_SEED = 0


def stability(scorer: Scorer, x: Vectors, offers: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return in what share of weight settings each offer is among the first of its tenant.

    The weights of all blocks are drawn at once, evenly within `SPREAD` of what they are; the same
    settings every time.

    Parameters
    ----------
    scorer : Scorer
        What scores.
    x : Vectors of one row
        Vector of the tenant.
    offers : ndarray of int of shape (n_offers,)
        Positions of offers to choose among, one of each partner, in the order in which ties go.

    Returns
    -------
    ndarray of shape (n_offers,), in [0, 1]
    """
    if not len(offers):
        return np.zeros(0)
    parts, factors = scorer.pieces(x[np.zeros(len(offers), dtype=np.intp)], offers)
    draws = np.random.default_rng(_SEED).uniform(
        1 - SPREAD, 1 + SPREAD, (_SETTINGS, parts.shape[1])
    )
    # That shares sum to 1 again divides all scores of a setting alike: no order hangs on it.
    scores = (draws @ parts.T) * factors
    first = np.argsort(-scores, axis=1, kind="stable")[:, :FIRST]
    return np.asarray(np.bincount(first.ravel(), minlength=len(offers)) / _SETTINGS)
