"""Where scores and rules meet, and nowhere else."""

from matcher.recommender.estimator import PartnerRecommender
from matcher.recommender.helpers import Helper
from matcher.recommender.links import Link
from matcher.recommender.matching import Matches, MatchFinder
from matcher.recommender.record import Record, RecordKeeper
from matcher.recommender.scoring import Scorer
from matcher.recommender.shifts import RankShift, VerdictShift, rank_shifts, verdict_shifts
from matcher.recommender.steps import Step
from matcher.recommender.table import (
    INELIGIBLE,
    LISTS,
    MATCHES,
    NEAR_MISSES,
    NOT_RANKED,
    Entry,
    Explanation,
    MatchTable,
)

__all__ = [
    "INELIGIBLE",
    "LISTS",
    "MATCHES",
    "NEAR_MISSES",
    "NOT_RANKED",
    "Entry",
    "Explanation",
    "Helper",
    "Link",
    "MatchFinder",
    "MatchTable",
    "Matches",
    "PartnerRecommender",
    "RankShift",
    "Record",
    "RecordKeeper",
    "Scorer",
    "Step",
    "VerdictShift",
    "rank_shifts",
    "verdict_shifts",
]
