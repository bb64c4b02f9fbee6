"""The mathematics of ranking: arrays in, arrays out, no domain."""

from matcher.ranking.best import Best, best_items
from matcher.ranking.grid import on_grid
from matcher.ranking.groups import Group, group_queries
from matcher.ranking.products import Cosines, Fill, PairScores
from matcher.ranking.similarity import contributions, cosine_scores, pair_cosines
from matcher.ranking.top_k import top_k

__all__ = [
    "Best",
    "Cosines",
    "Fill",
    "Group",
    "PairScores",
    "best_items",
    "contributions",
    "cosine_scores",
    "group_queries",
    "on_grid",
    "pair_cosines",
    "top_k",
]
