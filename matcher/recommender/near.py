"""Scores of tenants and offers in the shape that the search for the best of many takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.features import Vectors
from matcher.ranking import Fill, nearest_products
from matcher.recommender.scoring import Scorer

Values = NDArray[np.float64]
Floats = NDArray[np.float32]
Positions = NDArray[np.intp]
Tile = NDArray[np.floating]

_PAIRS = 1024
"""Pairs that are scored exactly at a time."""

_ROUNDING = 2.0**-24


@dataclass(frozen=True)
class _BlockFit:
    """What one block adds to near scores, by what is asked for in it.

    Parameters
    ----------
    which : ndarray of int of shape (n_queries,)
        Row of the tables that holds for each query: many ask for the same.
    best : ndarray of shape (n_patterns, n_items)
        Part of the score.
    gate : ndarray of shape (n_patterns, n_items) or None
        Factor of the score; None where it is 1 for all.
    """

    which: Positions
    best: Floats
    gate: Floats | None


class OfferScores:
    """Fit of tenants and offers, near or exact; see `matcher.ranking.PairScores`.

    Parameters
    ----------
    scorer : Scorer
        What scores.
    X : Vectors
        Vectors of the tenants.
    """

    def __init__(self, scorer: Scorer, X: Vectors) -> None:
        self._scorer = scorer
        self._X = X
        self.n_queries, self.n_items = len(X), len(scorer.W)
        # Each block rounds its part, the sum and its gate once in float32. Twice that, to be safe.
        self.margin = 2 * _ROUNDING * (3 * len(scorer.space.blocks) + 8)

    def prepare(
        self, queries: Positions, items: Positions | None, dtype: np.dtype[np.floating]
    ) -> Fill:
        """Return what fills tiles; see `PairScores`."""
        offers = np.arange(self.n_items) if items is None else items
        if dtype == np.float64:
            return self._exact_fill(queries, offers)
        scorer = self._scorer
        fits = self._block_fits(queries, offers)
        told = scorer.words.take(offers)
        strength = scorer.strength_factor[offers].astype(np.float32)

        def fill(rows: slice, columns: slice, out: Tile) -> None:
            X = self._X[queries[rows]]
            out[:] = scorer.told(X.words.products(told.take(columns).transposed()), X)
            for fit in fits:
                out += fit.best[fit.which[rows], columns]
            for fit in fits:
                if fit.gate is not None:
                    out *= fit.gate[fit.which[rows], columns]
            out *= strength[columns]

        return fill

    def _block_fits(self, queries: Positions, offers: Positions) -> list[_BlockFit]:
        fits = []
        for block in self._scorer.space.blocks:
            asked = self._X.terms[queries][:, block.columns]
            patterns, which = np.unique(asked, axis=0, return_inverse=True)
            if not patterns.any():
                continue
            best = nearest_products(patterns, self._scorer.W[offers, block.columns])
            gate = self._scorer.gate(block, best, patterns.max(axis=1, keepdims=True))
            fits.append(
                _BlockFit(
                    which.reshape(-1),
                    best.astype(np.float32),
                    None if (gate == 1).all() else gate.astype(np.float32),
                )
            )
        return fits

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
