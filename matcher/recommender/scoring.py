"""How well tenants and offers fit: cosines of their vectors times declared factors. No rules."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.catalogue import Catalogue
from matcher.features import (
    Profile,
    ProfileReader,
    build_space,
    encode_offers,
    encode_profiles,
    partner_kinds,
    stated_columns,
)
from matcher.intake import Tenant
from matcher.ranking import contributions, cosine_scores, pair_cosines

Values = NDArray[np.float64]

SCORE_DIGITS = 10
"""Scores are rounded before they are compared, so that ties are ties on every machine."""


class Scorer:
    """Scores tenants against the offers of one catalogue.

    Parameters
    ----------
    catalogue : Catalogue
        Offers, vocabulary and weights.

    Attributes
    ----------
    space : FeatureSpace
        Blocks and columns of the vectors.
    W : ndarray of shape (n_offers, n_features)
        Vectors of the offers, in the order of the catalogue.
    active : ndarray of bool of shape (n_offers,)
        Offers that can be matched.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.weights = catalogue.vocabulary.weights
        offers = catalogue.offers
        self.space = build_space(catalogue.vocabulary)
        self.W = encode_offers(offers, partner_kinds(catalogue), self.space, self.weights.secondary)
        self.active = np.array([offer.active for offer in offers], dtype=bool)
        strength = np.array([offer.strength for offer in offers])
        self._strength_factor = 1 - self.weights.strength_share * (1 - strength)
        places = (place for offer in offers for place in offer.terms["place"])
        self._profiles = ProfileReader(catalogue.vocabulary, places)

    def profile(self, tenant: Tenant) -> Profile:
        """Return what a tenant asks for."""
        return self._profiles.read(tenant)

    def encode(self, tenants: Sequence[Tenant]) -> Values:
        """Return the vectors of tenants, of shape (n_tenants, n_features)."""
        return self.encode_profiles([self.profile(tenant) for tenant in tenants])

    def encode_profiles(self, profiles: Sequence[Profile]) -> Values:
        """Return the vectors of profiles, of shape (n_tenants, n_features)."""
        return encode_profiles(profiles, self.space)

    def scores(self, X: Values) -> Values:
        """Return the fit of tenants and offers, of shape (n_tenants, n_offers), in [0, 1].

        0 for offers that are not active.
        """
        cosines = np.maximum(cosine_scores(X, self.W, stated_columns(X, self.space)), 0)
        fit = cosines * self._strength_factor * self._need_gate(X, self.W)
        return np.asarray(np.round(np.where(self.active, fit, 0.0), SCORE_DIGITS), dtype=np.float64)

    def factors(self, x: Values, offer: int) -> dict[str, float]:
        """Return what the cosine of one tenant and one offer is multiplied with, by name."""
        gate = self._need_gate(x[None, :], self.W[[offer]])
        return {"strength": float(self._strength_factor[offer]), "need": float(gate[0, 0])}

    def parts(self, X: Values, offers: NDArray[np.intp]) -> list[dict[str, float]]:
        """Return the part of each block in the fit of pairs; the parts sum to the fit.

        Parameters
        ----------
        X : ndarray of shape (n_pairs, n_features)
            Vector of the tenant of each pair.
        offers : ndarray of int of shape (n_pairs,)
            Position of the offer of each pair.
        """
        counted = stated_columns(X, self.space)
        parts = contributions(X, self.W[offers], self.space.slices, counted)
        # A cosine below 0, which only the rounding of similarities makes, is no fit at all.
        fits = sum(parts.values()) > 0
        needs = self.space.slices["need"]
        served = pair_cosines(X[:, needs], self.W[offers, needs])
        factors = self._strength_factor[offers] * self._gate(served) * self.active[offers] * fits
        return [
            {
                block: round(float(values[pair] * factors[pair]), SCORE_DIGITS)
                for block, values in parts.items()
                if values[pair] and factors[pair]
            }
            for pair in range(len(X))
        ]

    def _need_gate(self, X: Values, W: Values) -> Values:
        """1 where needs are served well enough, falling to 0 where none is served."""
        columns = self.space.slices["need"]
        return self._gate(cosine_scores(X[:, columns], W[:, columns]))

    def _gate(self, served: Values) -> Values:
        return np.asarray(np.clip(served / self.weights.need_gate, 0, 1))
