"""The mathematics of ranking: arrays in, arrays out, no domain."""

from matcher.ranking.similarity import contributions, cosine_scores
from matcher.ranking.top_k import top_k

__all__ = ["contributions", "cosine_scores", "top_k"]
