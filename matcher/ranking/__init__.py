"""The mathematics of ranking: arrays in, arrays out, no domain."""

from matcher.ranking.best import Best, best_items
from matcher.ranking.grid import on_grid
from matcher.ranking.groups import Group, group_queries
from matcher.ranking.nearest import nearest_pairs, nearest_products
from matcher.ranking.products import Cosines, Fill, PairScores
from matcher.ranking.sparse import SparseRows
from matcher.ranking.top_k import top_k
from matcher.ranking.votes import neighbour_votes

__all__ = [
    "Best",
    "Cosines",
    "Fill",
    "Group",
    "PairScores",
    "SparseRows",
    "best_items",
    "group_queries",
    "nearest_pairs",
    "nearest_products",
    "neighbour_votes",
    "on_grid",
    "top_k",
]
