"""How well rankings and verdicts agree with judgements. Judges tables, not models."""

from matcher.evaluation.agreement import (
    JUDGES,
    MATCHER,
    Disagreement,
    RankingReport,
    VerdictReport,
    Worst,
    evaluate_ranking,
    evaluate_verdicts,
    given_verdicts,
)
from matcher.evaluation.baselines import bm25_scores
from matcher.evaluation.judgements import (
    Judgements,
    VerdictJudgement,
    read_judgements,
    read_relevance,
    read_verdicts,
)
from matcher.evaluation.metrics import METRICS, Estimate
from matcher.evaluation.plain_text import partner_texts, tenant_texts

__all__ = [
    "JUDGES",
    "MATCHER",
    "METRICS",
    "Disagreement",
    "Estimate",
    "Judgements",
    "RankingReport",
    "VerdictJudgement",
    "VerdictReport",
    "Worst",
    "bm25_scores",
    "evaluate_ranking",
    "evaluate_verdicts",
    "given_verdicts",
    "partner_texts",
    "read_judgements",
    "read_relevance",
    "read_verdicts",
    "tenant_texts",
]
