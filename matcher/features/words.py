"""Texts as vectors: TF-IDF of words and of the concepts that they mention.

Words bridge no languages, concepts do: 오가노이드 and organoid are one term of the vocabulary.

References
----------
Salton, Buckley (1988), "Term-weighting approaches in automatic text retrieval", Information
Processing & Management 24(5).
Robertson, Zaragoza (2009), "The probabilistic relevance framework: BM25 and beyond", Foundations
and Trends in Information Retrieval 3(4): counts saturate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.ranking.sparse import SparseRows, sparse_rows

Bag = Mapping[str, float]
"""Words of a text, and how often each stands in it."""

_SATURATION = 1.2
"""Count of a word at which more of it hardly counts: k1 of BM25."""


@dataclass(frozen=True)
class WordSpace:
    """The words of some texts, with their weights.

    Parameters
    ----------
    columns : mapping of str to int
        Column of each word.
    idf : ndarray of shape (n_words,)
        Weight of each: ln((1 + n) / (1 + df)) + 1, where df of n texts have it.
    """

    columns: Mapping[str, int]
    idf: NDArray[np.float64]

    def encode(self, bags: Iterable[Bag]) -> SparseRows:
        """Return unit vectors of texts, of shape (n_texts, n_words).

        The vector of a text without known words is zero.
        """
        rows = (
            {
                self.columns[word]: self.idf[self.columns[word]] * count / (count + _SATURATION)
                for word, count in bag.items()
                if word in self.columns
            }
            for bag in bags
        )
        return sparse_rows(rows, len(self.columns)).unit()


def build_words(bags: Sequence[Bag]) -> WordSpace:
    """Return the space of the words of some texts."""
    df = Counter(word for bag in bags for word in bag)
    columns = {word: at for at, word in enumerate(sorted(df))}
    found = np.array([df[word] for word in columns], dtype=float)
    return WordSpace(columns, np.log((1 + len(bags)) / (1 + found)) + 1)
