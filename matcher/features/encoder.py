"""Tenants and offers as vectors of one space, so that products of vectors score all pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.catalogue import Catalogue, Offer
from matcher.features.asks import Profile
from matcher.features.space import Block, FeatureSpace, Values, build_blocks
from matcher.features.texts import TextReader, add_bags, offer_texts
from matcher.features.words import Bag, build_words
from matcher.ranking.sparse import SparseRows, add_rows

_PARTNER_SHARE = 0.5
"""What the words on all that a partner does count beside those on one offer."""


def build_space(catalogue: Catalogue, bags: Sequence[Bag]) -> FeatureSpace:
    """Return the feature space of a catalogue.

    Parameters
    ----------
    catalogue : Catalogue
        Vocabulary, weights and offers.
    bags : sequence of Bag
        Words on each offer.
    """
    weights = catalogue.vocabulary.weights
    blocks = build_blocks(catalogue.vocabulary)
    text = weights.blocks.get("text")
    return FeatureSpace(
        blocks,
        build_words(bags),
        text.weight if text else 0.0,
        _rarity(catalogue, blocks) ** weights.rarity,
    )


def _rarity(catalogue: Catalogue, blocks: Sequence[Block]) -> Values:
    """Return how rare it is that a partner serves each term, above 0, at most 1.

    It is the inverse document frequency ln(1 + n / df) / ln(1 + n), where df of n partners serve
    a need, each counted as far as it does; many do joint research, few have laboratories to let.
    """
    rarity = np.ones(blocks[-1].columns.stop if blocks else 0)
    for block in blocks:
        if block.name != "need":
            continue
        W = encode_terms(catalogue.offers, catalogue, [block])
        partners = catalogue.ranked_partners
        owners = np.array([offer.partner_id if offer.active else "" for offer in catalogue.offers])
        df = sum(
            (W[owners == partner.id].max(axis=0, initial=0) for partner in partners),
            start=np.zeros(W.shape[1]),
        )
        n = max(len(partners), 1)
        rarity[block.columns] = np.log1p(n / np.maximum(df, 1)) / np.log1p(n)
    return rarity


@dataclass(frozen=True)
class Vectors:
    """Vectors of the feature space by row.

    Parameters
    ----------
    terms : ndarray of shape (n_rows, n_terms)
        The columns of terms.
    words : SparseRows of shape (n_rows, n_words)
        The columns of words.
    """

    terms: Values
    words: SparseRows

    def __len__(self) -> int:
        return len(self.terms)

    def __getitem__(self, rows: NDArray[np.intp] | slice) -> Vectors:
        return Vectors(self.terms[rows], self.words.take(rows))


def encode_profiles(profiles: Sequence[Profile], space: FeatureSpace) -> Vectors:
    """Return the vectors of tenants.

    A term that is asked for holds the share of its block times the weight of the ask; the words
    are a vector of the length of their share. Shares sum to 1 over the blocks that the tenant
    states. A tenant that states nothing is zero and similar to nothing.
    """
    terms = np.zeros((len(profiles), space.n_terms))
    words = space.words.encode(profile.bag for profile in profiles)
    shares = np.zeros((len(profiles), len(space.blocks) + 1))
    for row, profile in enumerate(profiles):
        for at, block in enumerate(space.blocks):
            asks = profile.asks.get(block.name, {})
            if not asks or not block.weight:
                continue
            shares[row, at] = block.weight * profile.confidence.get(block.name, 1.0)
            columns = [block.columns.start + block.terms[term] for term in asks]
            rarity = space.rarity[columns] / space.rarity[columns].max()
            terms[row, columns] = rarity * [ask.weight for ask in asks.values()]
    shares[:, -1] = space.text_weight * (np.diff(words.starts) > 0)
    shares /= np.maximum(shares.sum(axis=1, keepdims=True), np.finfo(float).tiny)
    for at, block in enumerate(space.blocks):
        terms[:, block.columns] *= shares[:, [at]]
    return Vectors(terms, words.scaled(shares[:, -1]))


def encode_terms(offers: Sequence[Offer], catalogue: Catalogue, blocks: Sequence[Block]) -> Values:
    """Return how far each offer serves each term, of shape (n_offers, n_terms), in [0, 1]."""
    kinds = partner_kinds(catalogue)
    secondary = catalogue.vocabulary.weights.secondary
    rows = []
    for offer in offers:
        row = []
        for block in blocks:
            terms = dict.fromkeys(offer.terms.get(block.name, ()), 1.0)
            if block.name == "need":
                terms = {**dict.fromkeys(offer.also, secondary), **terms}
            if block.name == "partner_type":
                terms = {kinds[offer.partner_id]: 1.0}
            row.append(_served(terms, block))
        rows.append(np.concatenate(row) if row else np.zeros(0))
    return np.array(rows).reshape(len(offers), -1)


def encode_words(catalogue: Catalogue, bags: Sequence[Bag], space: FeatureSpace) -> SparseRows:
    """Return the words on each offer as unit vectors, of shape (n_offers, n_words).

    What is told of an offer goes together with what is told of all that its partner does.
    """
    of_partner: dict[str, list[int]] = {}
    for at, offer in enumerate(catalogue.offers):
        of_partner.setdefault(offer.partner_id, []).append(at)
    wider = {
        partner: add_bags(bags[at] for at in positions) for partner, positions in of_partner.items()
    }
    own = space.words.encode(bags)
    whole = space.words.encode(wider[offer.partner_id] for offer in catalogue.offers)
    shares = np.full(len(bags), _PARTNER_SHARE)
    return add_rows(own.scaled(1 - shares), whole.scaled(shares)).unit()


def offer_bags(catalogue: Catalogue, texts: TextReader) -> list[Bag]:
    """Return the words on each offer."""
    return [texts.bag_of(each) for each in offer_texts(catalogue)]


def partner_kinds(catalogue: Catalogue) -> dict[str, str]:
    """Return the partner type of each partner, by id."""
    return {partner.id: partner.kind for partner in catalogue.partners}


def _served(terms: Mapping[str, float], block: Block) -> Values:
    """Return how far terms that are offered serve each that may be asked for."""
    if not terms:
        return np.full(len(block.terms), block.open)
    columns = [block.terms[term] for term in terms]
    return np.asarray((block.served[:, columns] * list(terms.values())).max(axis=1))
