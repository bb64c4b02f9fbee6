"""What a ranking must beat: chance, popularity, and BM25 on the plain text.

References
----------
Robertson, Zaragoza (2009), "The probabilistic relevance framework: BM25 and beyond",
Foundations and Trends in Information Retrieval 3(4).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.evaluation.metrics import gains

Values = NDArray[np.float64]

_K1, _B = 1.2, 0.75
_WORDS = re.compile(r"[a-z0-9]+|[가-힣]+")


def random_scores(n_tenants: int, n_partners: int, seed: int) -> Values:
    """Return scores by chance, of shape (n_tenants, n_partners)."""
    return np.random.default_rng(seed).random((n_tenants, n_partners))


def popularity_scores(relevance: NDArray[np.int_]) -> Values:
    """Return for each tenant the sum of a partner's gains over the *other* tenants."""
    gained = gains(relevance)
    return np.asarray(gained.sum(axis=0)[None, :] - gained)


def bm25_scores(queries: Sequence[str], documents: Sequence[str]) -> Values:
    """Return BM25 of texts, of shape (n_queries, n_documents).

    Words are Latin words and pairs of Hangul syllables, which need no dictionary.
    """
    counts = [Counter(_words(document)) for document in documents]
    lengths = np.array([sum(count.values()) for count in counts], dtype=float)
    normal = 1 - _B + _B * lengths / (lengths.mean() or 1)
    scores = np.zeros((len(queries), len(documents)))
    for row, query in enumerate(queries):
        for word in set(_words(query)):
            tf = np.array([count[word] for count in counts], dtype=float)
            df = np.count_nonzero(tf)
            idf = np.log(1 + (len(documents) - df + 0.5) / (df + 0.5))
            scores[row] += idf * tf * (_K1 + 1) / (tf + _K1 * normal)
    return scores


def _words(text: str) -> list[str]:
    words: list[str] = []
    for run in _WORDS.findall(text.lower()):
        if run[0].isascii() or len(run) == 1:
            words.append(run)
        else:
            words += [run[at : at + 2] for at in range(len(run) - 1)]
    return words
