"""Tenants and offers as vectors of one space, so that a product of matrices scores all pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from matcher.catalogue import Catalogue, Offer
from matcher.features.profile import Profile
from matcher.features.space import Block, FeatureSpace, Vectors


def encode_profiles(profiles: Sequence[Profile], space: FeatureSpace) -> Vectors:
    """Return the vectors of tenants, of shape (n_tenants, n_features).

    Each block is a unit vector times the root of its weight and confidence. The whole is scaled
    so that its product with an offer's vector is the cosine of the two over the blocks that the
    tenant states. A tenant that states nothing is a zero vector, similar to nothing.
    """
    X = np.zeros((len(profiles), space.n_features))
    for row, profile in enumerate(profiles):
        own = stated = 0.0
        for block in space.blocks:
            asks = profile.asks.get(block.name, {})
            terms = {term: ask.weight for term, ask in asks.items()}
            vector = _block_vector(terms, block)
            if not vector.any():
                continue
            weight = block.weight * profile.confidence.get(block.name, 1.0)
            # The tenant has a share in "open to all", so that an offer that says nothing
            # there has `open` of what a full match has.
            share = 1 / np.sqrt(1 + block.open**2)
            X[row, block.columns] = np.sqrt(weight) * np.append(share * vector, share * block.open)
            own += weight
            stated += block.weight
        if own:
            X[row] /= np.sqrt(own * stated)
    return X


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
