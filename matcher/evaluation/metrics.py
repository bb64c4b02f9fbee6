"""How good a ranking is, against graded judgements.

The gain of a partner of relevance r is 2^r − 1, discounted by the log2 of its rank + 1.

References
----------
Järvelin, Kekäläinen (2002), "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4).
Efron (1979), "Bootstrap methods: another look at the jackknife", Annals of Statistics 7(1).
Gini (1921), "Measurement of inequality of incomes", The Economic Journal 31(121).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

RELEVANT = 2
"""Lowest relevance that counts as found, in MRR, precision and recall."""

METRICS = ("ndcg@5", "ndcg@10", "mrr", "precision@3", "recall@10")


class Estimate(NamedTuple):
    """A mean over tenants with its bootstrap 95% interval."""

    mean: float
    low: float
    high: float


def gains(relevance: NDArray[np.int_]) -> Values:
    """Return the gains of relevances, of the same shape."""
    return np.asarray(np.exp2(relevance) - 1.0)


def metrics_of(scores: Values, relevance: NDArray[np.int_]) -> dict[str, float]:
    """Return the metrics of one ranking.

    Parameters
    ----------
    scores : ndarray of shape (n_partners,)
        Bigger is better; ties keep the order of the partners.
    relevance : ndarray of int of shape (n_partners,)
        0 to 3; at least one is above 0.
    """
    ranked = relevance[np.argsort(-scores, kind="stable")]
    hits = np.flatnonzero(ranked >= RELEVANT)
    n_relevant = max(1, int((relevance >= RELEVANT).sum()))
    return {
        "ndcg@5": _ndcg(ranked, 5),
        "ndcg@10": _ndcg(ranked, 10),
        "mrr": 1.0 / (int(hits[0]) + 1) if len(hits) else 0.0,
        "precision@3": float((ranked[:3] >= RELEVANT).mean()),
        "recall@10": float((ranked[:10] >= RELEVANT).sum() / n_relevant),
    }


def _ndcg(ranked: NDArray[np.int_], k: int) -> float:
    discounts = 1 / np.log2(np.arange(2, len(ranked) + 2))
    found = float((gains(ranked) * discounts)[:k].sum())
    ideal = float((np.sort(gains(ranked))[::-1] * discounts)[:k].sum())
    return found / ideal if ideal else 0.0


def estimate(values: Values, *, draws: int = 2000, seed: int = 0) -> Estimate:
    """Return the mean of values over tenants, with its bootstrap 95% interval."""
    if not len(values):
        return Estimate(0.0, 0.0, 0.0)
    chosen = np.random.default_rng(seed).integers(0, len(values), (draws, len(values)))
    low, high = np.percentile(values[chosen].mean(axis=1), (2.5, 97.5))
    return Estimate(float(values.mean()), float(low), float(high))


def coverage(scores: Values, k: int = 5) -> float:
    """Return the share of partners that stand in the first *k* of some tenant."""
    if not scores.size:
        return 0.0
    first = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return len(np.unique(first)) / int(scores.shape[1])


def exposure_gini(scores: Values, k: int = 5) -> float:
    """Return how unevenly the places among the first *k* go to partners, as a Gini coefficient.

    0 where each partner stands there equally often, near 1 where one has all places.
    """
    if not scores.size:
        return 0.0
    first = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    shown = np.sort(np.bincount(first.ravel(), minlength=scores.shape[1]).astype(float))
    n = len(shown)
    return float(((2 * np.arange(1, n + 1) - n - 1) * shown).sum() / (n * shown.sum()))
