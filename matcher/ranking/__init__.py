"""The mathematics of ranking: arrays in, arrays out, no domain."""

from matcher.ranking.similarity import contributions, cosine_scores, pair_cosines
from matcher.ranking.top_k import top_k

__all__ = ["contributions", "cosine_scores", "pair_cosines", "top_k"]
