"""The feature space: named blocks, one column per term of the vocabulary or word of free text.

Terms of a facet are not strangers. An offer for oncology serves a tenant with a drug for lung
cancer, and an offer for phase 1 is near to one for phase 2. How far an offer of one term serves
who asks for another makes a matrix of each facet, so that an offer has in each column how far it
serves who asks for that term: 1 is all that was asked.

References
----------
Sidorov, Gelbukh, Gómez-Adorno, Pinto (2014), "Soft similarity and soft cosine measure:
similarity of features in vector space model", Computación y Sistemas 18(3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.catalogue.vocabulary import Facet, Term, Vocabulary
from matcher.catalogue.weights import Weights
from matcher.features.words import WordSpace

Values = NDArray[np.float64]

TEXT = "text"
"""Name of the block of words; all other blocks have the name of their facet."""


@dataclass(frozen=True)
class Block:
    """The columns of one facet.

    Parameters
    ----------
    name : str
        Name of the facet.
    weight : float
        Share in the score, before shares are made to sum to 1.
    open : float
        How far an offer that says nothing on the facet serves any term of it.
    scope : float
        What an offer that is for others by its own word loses of the whole score.
    terms : mapping of str to int
        Column of each term within the block.
    served : ndarray of shape (n_terms, n_terms)
        How far an offer of the term of a column serves who asks for the term of a row, 0 to 1.
    columns : slice
        Where the block stands in the whole vector.
    """

    name: str
    weight: float
    open: float
    scope: float
    terms: Mapping[str, int]
    served: Values
    columns: slice


@dataclass(frozen=True)
class FeatureSpace:
    """All blocks, in the order of the weights; the words of free text come last.

    Parameters
    ----------
    blocks : tuple of Block
        Those of terms.
    words : WordSpace
        The words of free text.
    text_weight : float
        Share of the words in the score, as `Block.weight`.
    rarity : ndarray of shape (n_term_columns,)
        How much a term says about which offers serve it, above 0, at most 1; 1 outside the
        needs.
    """

    blocks: tuple[Block, ...]
    words: WordSpace
    text_weight: float
    rarity: Values

    @property
    def n_terms(self) -> int:
        """Number of columns of terms."""
        return self.blocks[-1].columns.stop if self.blocks else 0

    @property
    def n_features(self) -> int:
        """Number of columns."""
        return self.n_terms + len(self.words.columns)

    @property
    def names(self) -> list[str]:
        """Names of the columns, ``block=term``."""
        terms = [f"{block.name}={term}" for block in self.blocks for term in block.terms]
        return terms + [f"{TEXT}={word}" for word in self.words.columns]

    @property
    def slices(self) -> dict[str, slice]:
        """Columns of each block, by name."""
        of_terms = {block.name: block.columns for block in self.blocks}
        return of_terms | {TEXT: slice(self.n_terms, self.n_features)}


def build_blocks(vocabulary: Vocabulary) -> tuple[Block, ...]:
    """Return the blocks of terms that a vocabulary declares."""
    blocks: list[Block] = []
    start = 0
    for name, share in vocabulary.weights.blocks.items():
        if name == TEXT:
            continue
        facet = vocabulary.facets[name]
        stop = start + len(facet.terms)
        blocks.append(
            Block(
                name,
                share.weight,
                share.open,
                share.scope,
                {term: column for column, term in enumerate(facet.terms)},
                term_service(facet, vocabulary.weights),
                slice(start, stop),
            )
        )
        start = stop
    return tuple(blocks)


def term_service(facet: Facet, weights: Weights) -> Values:
    """Return how far an offer of one term serves who asks for another.

    Returns
    -------
    ndarray of shape (n_terms, n_terms), in [0, 1]
        A row per term asked for, a column per term offered: 1 for the same, less per level for a
        wider or a narrower one, what the vocabulary says for related ones, and less per step on
        a scale.
    """
    terms = list(facet)
    column = {term.id: at for at, term in enumerate(terms)}
    served = np.eye(len(terms))

    def serve(asked: int, offered: int, share: float) -> None:
        served[asked, offered] = max(served[asked, offered], share)

    for at, term in enumerate(terms):
        for ancestor, levels in facet.ancestors(term.id).items():
            serve(at, column[ancestor], weights.wider**levels)
            serve(column[ancestor], at, weights.narrower**levels)
        for other, share in term.related.items():
            serve(at, column[other], share)
        for other_at, other_term in enumerate(terms):
            serve(at, other_at, _nearness(term, other_term, facet.nearness))
    return served


def _nearness(one: Term, other: Term, nearness: float | None) -> float:
    if nearness is None or not one.scale or not other.scale or one.scale[0] != other.scale[0]:
        return 0.0
    return float(nearness ** abs(one.scale[1] - other.scale[1]))
