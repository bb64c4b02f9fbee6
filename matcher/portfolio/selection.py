"""The best few of many sets that cover weighted things: greedily, and exactly.

Greedy choice reaches at least 1 − (1 − 1/k)ᵏ of the best value of *k* sets, more than 63%, since
what a set adds can only shrink as others are chosen.

References
----------
Nemhauser, Wolsey and Fisher (1978), An analysis of approximations for maximizing submodular set
functions, Mathematical Programming 14.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Covers = NDArray[np.bool_]
Weights = NDArray[np.float64]

_TOLERANCE = 1e-9
"""Values that differ by less are ties; ties go to the set that stands first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Some of the sets, and what they cover together.

    Parameters
    ----------
    chosen : tuple of int
        Positions of the sets; those of a greedy choice in the order of choice.
    value : float
        Sum of the weights of what they cover.
    """

    chosen: tuple[int, ...]
    value: float


def guarantee(k: int) -> float:
    """Return the share of the best value of *k* sets that a greedy choice reaches at least."""
    return 1 - (1 - 1 / k) ** k


def greedy_sets(covers: Covers, weights: Weights, k: int) -> list[Choice]:
    """Return the greedy choices of 1 to *k* sets; it ends where nothing is added.

    Parameters
    ----------
    covers : ndarray of bool of shape (n_sets, n_things)
        What each set covers.
    weights : ndarray of shape (n_things,)
        What each thing is worth, 0 or more.
    k : int
        Most sets.
    """
    left = weights.astype(np.float64)
    chosen: list[int] = []
    choices: list[Choice] = []
    for _ in range(min(k, len(covers))):
        gains = covers @ left
        best = int(np.flatnonzero(gains >= gains.max() - _TOLERANCE)[0])
        if gains[best] <= _TOLERANCE:
            break
        chosen.append(best)
        left = np.where(covers[best], 0.0, left)
        choices.append(Choice(tuple(chosen), _value(covers, weights, chosen)))
    return choices


def best_sets(covers: Covers, weights: Weights, k: int) -> Choice:
    """Return the best choice of at most *k* sets, by integer programming.

    A binary variable says whether a set is chosen; a thing counts at most once, and only as far
    as a set that covers it is chosen.

    Parameters
    ----------
    covers, weights, k
        As of `greedy_sets`.

    Raises
    ------
    RuntimeError
        When the solver gives up, which it does not at the sizes of an office.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - costs 0.3 s
    from scipy.sparse import csr_array, hstack, identity, vstack  # noqa: PLC0415

    patterns, groups = np.unique(covers[:, weights > 0], axis=1, return_inverse=True)
    worth = np.bincount(groups.reshape(-1), weights[weights > 0], minlength=patterns.shape[1])
    n_sets, n_things = patterns.shape
    if n_sets == 0 or n_things == 0:
        return Choice((), 0.0)
    at_most_k = csr_array(np.append(np.ones(n_sets), np.zeros(n_things))[None, :])
    counted = hstack([csr_array(-patterns.T.astype(float)), identity(n_things)])
    solved = milp(
        np.append(np.zeros(n_sets), -worth),
        constraints=LinearConstraint(
            vstack([at_most_k, counted]), ub=np.append(float(k), np.zeros(n_things))
        ),
        integrality=np.append(np.ones(n_sets), np.zeros(n_things)),
        bounds=Bounds(0, 1),
    )
    if solved.x is None:
        raise RuntimeError(f"the solver gave up: {solved.message}")
    chosen = tuple(int(at) for at in np.flatnonzero(solved.x[:n_sets] > 0.5))
    return Choice(chosen, _value(covers, weights, chosen))


def best_by_trying(covers: Covers, weights: Weights, k: int) -> Choice:
    """Return the best choice of at most *k* sets by trying all; for few sets, and for tests."""
    return max(
        (
            Choice(chosen, _value(covers, weights, chosen))
            for size in range(min(k, len(covers)) + 1)
            for chosen in combinations(range(len(covers)), size)
        ),
        key=lambda choice: choice.value,
    )


def _value(covers: Covers, weights: Weights, chosen: tuple[int, ...] | list[int]) -> float:
    return float(weights[covers[list(chosen)].any(axis=0)].sum()) if chosen else 0.0
