"""Scores of tenants and offers in the shape that the search for the best of many takes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.features import stated_columns
from matcher.ranking import Fill
from matcher.recommender.scoring import Scorer

Values = NDArray[np.float64]
Positions = NDArray[np.intp]
Tile = NDArray[np.floating]

_PAIRS = 1024
"""Pairs that are scored exactly at a time."""

_ROUNDING = 2.0**-24


class OfferScores:
    """Fit of tenants and offers, near or exact; see `matcher.ranking.PairScores`.

    Tenants of one group must state the same blocks: an offer is then equally long for all of them.

    Parameters
    ----------
    scorer : Scorer
        What scores.
    X : ndarray of shape (n_tenants, n_features)
        Vectors of the tenants.
    """

    def __init__(self, scorer: Scorer, X: Values) -> None:
        self._scorer = scorer
        self._X = X
        self.n_queries, self.n_items = len(X), len(scorer.W)
        gated = scorer.gated.stop - scorer.gated.start
        # A sum of n products of unit vectors in float32 is off by at most n roundings, and each
        # vector by one more; the gate makes its own error larger. Twice that, to be safe.
        steepness = 1 / scorer.weights.need_gate
        self.margin = 2 * _ROUNDING * (X.shape[1] + 8 + steepness * (gated + 8))

    def prepare(
        self, queries: Positions, items: Positions | None, dtype: np.dtype[np.floating]
    ) -> Fill:
        """Return what fills tiles; see `PairScores`."""
        offers = np.arange(self.n_items) if items is None else items
        if dtype == np.float64:
            return self._exact_fill(queries, offers)
        scorer, gated = self._scorer, self._scorer.gated
        counted = stated_columns(self._X[queries[:1]], scorer.space)[0]
        whole = _unit(np.where(counted, scorer.W[offers], 0)).T
        needs = _unit(scorer.W[offers, gated]).T
        strength = scorer.strength_factor[offers].astype(np.float32)

        def fill(rows: slice, columns: slice, out: Tile) -> None:
            X = self._X[queries[rows]]
            np.matmul(_unit(X), whole[:, columns], out=out)
            served = _unit(X[:, gated]) @ needs[:, columns]
            scorer.fit(out, served, strength[columns])

        return fill

    def _exact_fill(self, queries: Positions, offers: Positions) -> Fill:
        def fill(rows: slice, columns: slice, out: Tile) -> None:
            out[:] = self._scorer.scores(self._X[queries[rows]], offers[columns])

        return fill

    def exact(self, queries: Positions, items: Positions) -> Values:
        """Return the fit of pairs, to the last bit what `Scorer.scores` says."""
        pieces = [
            self._scorer.pair_scores(self._X[queries[some]], items[some])
            for start in range(0, len(queries), _PAIRS)
            for some in [slice(start, start + _PAIRS)]
        ]
        return np.concatenate(pieces) if pieces else np.empty(0)


def _unit(vectors: Values) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)
