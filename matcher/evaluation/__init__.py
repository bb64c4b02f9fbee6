"""How well rankings and verdicts agree with judgements. Judges tables, not models."""

from matcher.evaluation.baselines import bm25_scores
from matcher.evaluation.judgements import (
    RankingReport,
    VerdictReport,
    evaluate_ranking,
    evaluate_verdicts,
    read_relevance,
    read_verdicts,
)
from matcher.evaluation.metrics import METRICS, Estimate

__all__ = [
    "METRICS",
    "Estimate",
    "RankingReport",
    "VerdictReport",
    "bm25_scores",
    "evaluate_ranking",
    "evaluate_verdicts",
    "read_relevance",
    "read_verdicts",
]
