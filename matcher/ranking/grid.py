"""Numbers of which sums of products are exact, in whatever order they are added.

A float64 holds 53 bits. Numbers of size up to 1 that are multiples of 2⁻²³ have products that are
multiples of 2⁻⁴⁶, and a sum of those needs no more than 53 bits while it stays below 128. The
product of two such vectors is therefore the same to the last bit by every chunk size, number of
threads, library and machine, and a float32 holds such a number without loss.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

STEP = 2.0**-23
"""Distance of the points of the grid: a unit vector moves by less than its float32 rounding."""


def on_grid(vectors: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the nearest points of the grid, of the shape of `vectors`.

    Parameters
    ----------
    vectors : ndarray
        Components of size up to 1.
    """
    return np.asarray(np.rint(np.asarray(vectors, dtype=np.float64) / STEP) * STEP)
