"""Tenants and offers as vectors of one space, so that a product of matrices scores all pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.catalogue import Catalogue, Offer
from matcher.features.profile import Profile
from matcher.features.space import Block, FeatureSpace, Vectors


def encode_profiles(profiles: Sequence[Profile], space: FeatureSpace) -> Vectors:
    """Return the vectors of tenants, of shape (n_tenants, n_features).

    Each block is a unit vector times the root of its weight and confidence; a block that the
    tenant says nothing about is zero. A tenant that states nothing is similar to nothing.
    """
    X = np.zeros((len(profiles), space.n_features))
    for row, profile in enumerate(profiles):
        for block in space.blocks:
            asks = profile.asks.get(block.name, {})
            vector = _block_vector({term: ask.weight for term, ask in asks.items()}, block)
            weight = block.weight * profile.confidence.get(block.name, 1.0)
            # Of "open to all" the tenant has a share, so that an offer that says nothing on the
            # block has `open` of what a full match has.
            share = 1 / np.sqrt(1 + block.open**2) if vector.any() else 0.0
            X[row, block.columns] = np.sqrt(weight) * np.append(share * vector, share * block.open)
    return X


def stated_columns(X: Vectors, space: FeatureSpace) -> NDArray[np.bool_]:
    """Return the columns of the blocks that each tenant states, of the shape of `X`."""
    stated = np.zeros(X.shape, dtype=bool)
    for block in space.blocks:
        stated[:, block.columns] = X[:, block.columns].any(axis=1, keepdims=True)
    return stated


def encode_offers(
    offers: Sequence[Offer], kinds: Mapping[str, str], space: FeatureSpace, secondary: float
) -> Vectors:
    """Return the vectors of offers, of shape (n_offers, n_features).

    Parameters
    ----------
    offers : sequence of Offer
        What is encoded; an offer without terms in a block is open to all there.
    kinds : mapping of str to str
        Partner type of each partner, by id.
    space : FeatureSpace
        The columns.
    secondary : float
        Weight of needs that an offer serves as a by-product.
    """
    W = np.zeros((len(offers), space.n_features))
    for row, offer in enumerate(offers):
        for block in space.blocks:
            terms = dict.fromkeys(offer.terms.get(block.name, ()), 1.0)
            if block.name == "need":
                terms = {**dict.fromkeys(offer.also, secondary), **terms}
            if block.name == "partner_type":
                terms = {kinds[offer.partner_id]: 1.0}
            vector = _block_vector(terms, block)
            is_open = not terms and block.open > 0
            W[row, block.columns] = np.sqrt(block.weight) * np.append(vector, float(is_open))
    return W


def partner_kinds(catalogue: Catalogue) -> dict[str, str]:
    """Return the partner type of each partner, by id."""
    return {partner.id: partner.kind for partner in catalogue.partners}


def _block_vector(terms: Mapping[str, float], block: Block) -> Vectors:
    vector = np.zeros(len(block.terms))
    for term, weight in terms.items():
        if term in block.terms:
            vector += weight * block.vectors[block.terms[term]]
    norm = np.linalg.norm(vector)
    return vector / norm if norm else vector
