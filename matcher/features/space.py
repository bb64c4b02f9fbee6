"""The feature space: named blocks, one column per term, and one for "open to all".

Terms of a facet are not strangers: lung cancer lies below oncology, phase 1 is next to phase 2.
Their similarities make a matrix S of each facet, and a term's vector is its row of the square
root of S. The product of two such vectors is the similarity of the two terms, so the plain
cosine of sums of them is the *soft cosine* of the terms.

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

Vectors = NDArray[np.float64]


@dataclass(frozen=True)
class Block:
    """The columns of one facet.

    Parameters
    ----------
    name : str
        Name of the facet.
    weight : float
        Share in the score.
    open : float
        What an offer that says nothing on the facet has of a full match.
    terms : mapping of str to int
        Column of each term within the block; the last column is "open to all".
    vectors : ndarray of shape (n_terms, n_terms)
        Unit vector of each term.
    columns : slice
        Where the block stands in the whole vector.
    """

    name: str
    weight: float
    open: float
    terms: Mapping[str, int]
    vectors: Vectors
    columns: slice


@dataclass(frozen=True)
class FeatureSpace:
    """All blocks, in the order of the weights."""

    blocks: tuple[Block, ...]

    @property
    def n_features(self) -> int:
        """Number of columns."""
        return self.blocks[-1].columns.stop if self.blocks else 0

    @property
    def names(self) -> list[str]:
        """Names of the columns, ``block=term``; ``block=*`` is "open to all"."""
        return [f"{block.name}={term}" for block in self.blocks for term in (*block.terms, "*")]

    @property
    def slices(self) -> dict[str, slice]:
        """Columns of each block, by name."""
        return {block.name: block.columns for block in self.blocks}


def build_space(vocabulary: Vocabulary) -> FeatureSpace:
    """Return the feature space that a vocabulary declares."""
    blocks: list[Block] = []
    start = 0
    for name, share in vocabulary.weights.blocks.items():
        facet = vocabulary.facets[name]
        stop = start + len(facet.terms) + 1
        blocks.append(
            Block(
                name,
                share.weight,
                share.open,
                {term: column for column, term in enumerate(facet.terms)},
                term_vectors(term_similarities(facet, vocabulary.weights.level)),
                slice(start, stop),
            )
        )
        start = stop
    return FeatureSpace(tuple(blocks))


def term_similarities(facet: Facet, level: float) -> Vectors:
    """Return the similarities of the terms of a facet, of shape (n_terms, n_terms), in [0, 1].

    Parameters
    ----------
    facet : Facet
        Terms with their wider terms, relations and scales.
    level : float
        Similarity of a term and the next wider one; further levels multiply.
    """
    terms = list(facet)
    column = {term.id: at for at, term in enumerate(terms)}
    similarities = np.eye(len(terms))

    def relate(one: int, other: int, similarity: float) -> None:
        highest = max(similarities[one, other], similarity)
        similarities[one, other] = similarities[other, one] = highest

    for at, term in enumerate(terms):
        for ancestor, levels in facet.ancestors(term.id).items():
            relate(at, column[ancestor], level**levels)
        for other, share in term.related.items():
            relate(at, column[other], share)
        for other_at, other_term in enumerate(terms[:at]):
            relate(at, other_at, _nearness(term, other_term, facet.nearness))
    return similarities


def term_vectors(similarities: Vectors) -> Vectors:
    """Return a unit vector per term whose products are the similarities.

    It is the symmetric square root of the matrix, so that columns keep the names of the terms.
    Similarities set by hand need not fit into any space; the nearest that do are taken (negative
    eigenvalues become zero).
    """
    values, vectors = np.linalg.eigh(similarities)
    root = (vectors * np.sqrt(np.clip(values, 0, None))) @ vectors.T
    return np.asarray(root / np.linalg.norm(root, axis=1, keepdims=True))


def _nearness(one: Term, other: Term, nearness: float | None) -> float:
    if nearness is None or not one.scale or not other.scale or one.scale[0] != other.scale[0]:
        return 0.0
    return float(nearness ** abs(one.scale[1] - other.scale[1]))
