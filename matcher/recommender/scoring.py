"""How well tenants and offers fit: cosines of their blocks times declared factors. No rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.catalogue import Catalogue
from matcher.features import (
    Ask,
    Block,
    FeatureSpace,
    PlaceHints,
    Profile,
    ProfileReader,
    TextReader,
    Vectors,
    build_space,
    encode_profiles,
    encode_terms,
    encode_words,
    offer_bags,
)
from matcher.intake import Tenant
from matcher.ranking import SparseRows, nearest_pairs, nearest_products, on_grid

Values = NDArray[np.float64]
Positions = NDArray[np.intp]

ALL = slice(None)

SCORE_DIGITS = 10
"""Scores are rounded before they are compared, so that ties are ties on every machine."""

_PAIRS = 4096
"""Pairs whose parts are computed at a time."""


class Scorer:
    """Scores tenants against the offers of one catalogue.

    Parameters
    ----------
    catalogue : Catalogue
        Offers, vocabulary and weights.
    morphology : bool, default=False
        Whether free text is read with the morphological check; needs the extra ``ko``.

    Attributes
    ----------
    space : FeatureSpace
        Blocks and columns of the vectors.
    W : ndarray of shape (n_offers, n_terms)
        How far offers serve the terms, in the order of the catalogue.
    words : SparseRows of shape (n_offers, n_words)
        Unit vectors of what is told of the offers.
    active : ndarray of bool of shape (n_offers,)
        Offers that can be matched.
    strength_factor : ndarray of shape (n_offers,)
        What the cosines of each offer are multiplied with for its evidence.

    Notes
    -----
    In each block counts the term asked for that the offer serves best: alternatives need not all
    be met, and who offers everything has no advantage. In that term, tenant and offer have an
    angle whose cosine is how far it is served; shares of blocks sum to 1, so that the sum over the
    blocks is the cosine of the two whole vectors. The words of free text are compared by the
    cosine of all of them.

    Vectors lie on the grid of `on_grid`, so that a pair has the same score to the last bit whatever
    list it stands in and by whatever way it is scored.
    """

    def __init__(self, catalogue: Catalogue, *, morphology: bool = False) -> None:
        self.weights = catalogue.vocabulary.weights
        offers = catalogue.offers
        texts = TextReader(catalogue.vocabulary, morphology=morphology)
        bags = offer_bags(catalogue, texts)
        self.space: FeatureSpace = build_space(catalogue, bags)
        self.W = on_grid(encode_terms(offers, catalogue, self.space.blocks))
        self.words = _on_grid(encode_words(catalogue, bags, self.space))
        self.active = np.array([offer.active for offer in offers], dtype=bool)
        strength = np.array([offer.strength for offer in offers])
        self.strength_factor = 1 - self.weights.strength_share * (1 - strength)
        places = (place for offer in offers for place in offer.terms["place"])
        self._profiles = ProfileReader(catalogue.vocabulary, places, texts, PlaceHints(catalogue))

    def profile(self, tenant: Tenant) -> Profile:
        """Return what a tenant asks for."""
        return self._profiles.read(tenant)

    def encode(self, tenants: Sequence[Tenant]) -> Vectors:
        """Return the vectors of tenants."""
        return self.encode_profiles([self.profile(tenant) for tenant in tenants])

    def encode_profiles(self, profiles: Sequence[Profile]) -> Vectors:
        """Return the vectors of profiles."""
        X = encode_profiles(profiles, self.space)
        return Vectors(on_grid(X.terms), _on_grid(X.words))

    def asking(self, X: Vectors, needs: Iterable[str]) -> Vectors:
        """Return the vectors of tenants as if each asked for some needs and no others."""
        asks = {"need": {need: Ask(1.0) for need in needs}}
        columns = self.space.slices["need"]
        asked = self.encode_profiles([Profile(asks, {"need": 1.0})]).terms[0, columns]
        terms = X.terms.copy()
        terms[:, columns] = on_grid(asked * _share(X.terms[:, columns]))
        return Vectors(terms, X.words)

    def scores(self, X: Vectors, offers: Positions | slice = ALL) -> Values:
        """Return the fit of tenants and offers, of shape (n_tenants, n_offers), in [0, 1].

        0 for offers that are not active.

        Parameters
        ----------
        X : Vectors of n_tenants rows
            Vectors of the tenants.
        offers : ndarray of int, optional
            Positions of the offers; all by default.
        """
        told = self.told(X.words.products(self.words.take(offers).transposed()), X)
        served, gate = self._served(X, offers, self.space.blocks)
        return self._fits(told + served, gate, offers)

    def asking_scores(self, X: Vectors, offers: Positions) -> Callable[[Iterable[str]], Values]:
        """Return what gives the scores of tenants as if each asked for some needs and no others.

        It gives what `scores` gives of `asking`; all but the needs is computed once.
        """
        needs = [block for block in self.space.blocks if block.name == "need"]
        others = [block for block in self.space.blocks if block.name != "need"]
        told = self.told(X.words.products(self.words.take(offers).transposed()), X)
        served, gate = self._served(X, offers, others)

        def ask(wanted: Iterable[str]) -> Values:
            best, open_gate = self._served(self.asking(X, wanted), offers, needs)
            return self._fits(told + served + best, gate * open_gate, offers)

        return ask

    def _served(
        self, X: Vectors, offers: Positions | slice, blocks: Sequence[Block]
    ) -> tuple[Values, Values]:
        """Return the cosines of some blocks, and the product of their gates."""
        W = self.W[offers]
        cosines, gate = np.zeros((len(X), len(W))), np.ones((len(X), len(W)))
        for block in blocks:
            asked = X.terms[:, block.columns]
            best = nearest_products(asked, W[:, block.columns])
            cosines += best
            gate *= self.gate(block, best, _share(asked))
        return cosines, gate

    def _fits(self, cosines: Values, gate: Values, offers: Positions | slice) -> Values:
        fit = cosines * gate * np.where(self.active, self.strength_factor, 0.0)[offers]
        return np.asarray(np.round(fit, SCORE_DIGITS))

    def pair_scores(self, X: Vectors, offers: Positions) -> Values:
        """Return the fit of pairs, of shape (n_pairs,): the same numbers as `scores` has.

        Parameters
        ----------
        X : Vectors of n_pairs rows
            Vector of the tenant of each pair.
        offers : ndarray of int of shape (n_pairs,)
            Position of the offer of each pair.
        """
        parts, gates = self._parts_and_gates(X, offers)
        fit = parts.sum(axis=1) * np.prod(gates, axis=1) * self._strength(offers)
        return np.asarray(np.round(fit, SCORE_DIGITS))

    def factors(self, x: Vectors, offer: int) -> dict[str, float]:
        """Return what the cosine of one tenant and one offer is multiplied with, by name.

        Gates that are open, at 1, are left out but that of the needs.
        """
        _, gates = self._parts_and_gates(x, np.array([offer]))
        found = {"strength": float(self.strength_factor[offer])}
        for block, gate in zip(self.space.blocks, gates[0], strict=True):
            if gate < 1 or block.name == "need":
                found[block.name] = float(gate)
        return found

    def parts(self, X: Vectors, offers: Positions) -> list[dict[str, float]]:
        """Return the part of each block in the fit of pairs; the parts sum to the fit.

        Parameters
        ----------
        X : Vectors of n_pairs rows
            Vector of the tenant of each pair.
        offers : ndarray of int of shape (n_pairs,)
            Position of the offer of each pair.
        """
        return [
            {block: float(part) for block, part in zip(self.space.slices, own, strict=True) if part}
            for own in self.part_values(X, offers)
        ]

    def part_values(self, X: Vectors, offers: Positions) -> Values:
        """Return the part of each block in the fit of pairs, of shape (n_pairs, n_blocks)."""
        parts, factors = self.pieces(X, offers)
        return np.asarray(np.round(parts * factors[:, None], SCORE_DIGITS))

    def pieces(self, X: Vectors, offers: Positions) -> tuple[Values, Values]:
        """Return parts of the cosines of pairs by block, and what they are multiplied with.

        Returns
        -------
        parts : ndarray of shape (n_pairs, n_blocks)
            Before factors.
        factors : ndarray of shape (n_pairs,)
            All factors multiplied; 0 for offers that are not active.
        """
        parts, gates = self._parts_and_gates(X, offers)
        return parts, np.asarray(np.prod(gates, axis=1) * self._strength(offers))

    def shared_words(self, x: Vectors, offer: int) -> dict[str, float]:
        """Return the words that a tenant and an offer share, with their parts of the cosine."""
        shared = x.words.pair_products(self.words.take(np.array([offer])))
        names = list(self.space.words.columns)
        parts = zip(shared.columns, shared.values, strict=True)
        return {names[column]: float(part) for column, part in parts}

    def _parts_and_gates(self, X: Vectors, offers: Positions) -> tuple[Values, Values]:
        blocks = self.space.blocks
        parts = np.empty((len(offers), len(blocks) + 1))
        gates = np.ones((len(offers), len(blocks)))
        for start in range(0, len(offers), _PAIRS):
            some = slice(start, start + _PAIRS)
            W, pairs = self.W[offers[some]], X[some]
            for at, block in enumerate(blocks):
                asked = pairs.terms[:, block.columns]
                parts[some, at] = nearest_pairs(asked, W[:, block.columns])
                gates[some, at] = self.gate(block, parts[some, [at]], _share(asked))[:, 0]
            shared = pairs.words.pair_products(self.words.take(offers[some])).sums()
            parts[some, -1] = self.told(shared[:, None], pairs)[:, 0]
        return parts, gates

    def _strength(self, offers: Positions) -> Values:
        return np.asarray(self.strength_factor[offers] * self.active[offers])

    def told(self, products: Values, X: Vectors) -> Values:
        """Return the part of the texts, of the shape of `products`.

        Parameters
        ----------
        products : ndarray of shape (n_tenants, n_columns)
            Of the words of tenants and offers.
        X : Vectors
            Vectors of the tenants.
        """
        return on_grid(np.minimum(products / self.weights.text_full, _length(X.words)))

    def gate(self, block: Block, best: Values, share: Values) -> Values:
        """Return what a block multiplies the score with, of the shape of `best`.

        1 where what is asked for is served well enough, or where nothing is asked for.

        Parameters
        ----------
        block : Block
            The block.
        best : ndarray of shape (n_rows, n_columns)
            Its part in the cosines.
        share : ndarray of shape (n_rows, 1)
            Its share.
        """
        if not block.weight:
            return np.ones_like(best)
        served = best / np.where(share > 0, share, 1)
        if block.name == "need":
            return np.clip(served / self.weights.need_gate, 0, 1)
        if not block.scope:
            return np.ones_like(best)
        closed = (share > 0) & ((served < block.open / 2) | (served == 0))
        return np.where(closed, 1 - block.scope, 1.0)


def _share(asked: Values) -> Values:
    """Return the share of a block in each tenant's vector, of shape (n_tenants, 1)."""
    return np.asarray(asked.max(axis=1, keepdims=True, initial=0))


def _length(words: SparseRows) -> Values:
    """Return the lengths of rows, of shape (n_rows, 1): the share of the text."""
    return np.sqrt(words.with_values(words.values**2).sums())[:, None]


def _on_grid(rows: SparseRows) -> SparseRows:
    return rows.with_values(on_grid(rows.values))
