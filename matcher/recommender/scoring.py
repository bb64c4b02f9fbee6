"""How well tenants and offers fit: cosines of their vectors times declared factors. No rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

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
from matcher.ranking import contributions, cosine_scores, on_grid, pair_cosines

Values = NDArray[np.float64]
_Real = TypeVar("_Real", bound=np.floating)

ALL = slice(None)

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
    strength_factor : ndarray of shape (n_offers,)
        What the cosines of each offer are multiplied with for its evidence.

    Notes
    -----
    Vectors lie on the grid of `on_grid`, so that a pair has the same score to the last bit whatever
    list it stands in and by whatever way it is scored.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.weights = catalogue.vocabulary.weights
        offers = catalogue.offers
        self.space = build_space(catalogue.vocabulary)
        kinds = partner_kinds(catalogue)
        self.W = on_grid(encode_offers(offers, kinds, self.space, self.weights.secondary))
        self.active = np.array([offer.active for offer in offers], dtype=bool)
        strength = np.array([offer.strength for offer in offers])
        self.strength_factor = 1 - self.weights.strength_share * (1 - strength)
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
        return on_grid(encode_profiles(profiles, self.space))

    @property
    def gated(self) -> slice:
        """Columns whose cosine makes the gate: the needs."""
        return self.space.slices["need"]

    def scores(self, X: Values, offers: NDArray[np.intp] | slice = ALL) -> Values:
        """Return the fit of tenants and offers, of shape (n_tenants, n_offers), in [0, 1].

        0 for offers that are not active.

        Parameters
        ----------
        X : ndarray of shape (n_tenants, n_features)
            Vectors of the tenants.
        offers : ndarray of int, optional
            Positions of the offers; all by default.
        """
        W, strength, active = self.W[offers], self.strength_factor[offers], self.active[offers]
        fit = self.fit(
            cosine_scores(X, W, stated_columns(X, self.space)),
            cosine_scores(X[:, self.gated], W[:, self.gated]),
            strength,
        )
        return np.asarray(np.round(np.where(active, fit, 0.0), SCORE_DIGITS), dtype=np.float64)

    def pair_scores(self, X: Values, offers: NDArray[np.intp]) -> Values:
        """Return the fit of pairs, of shape (n_pairs,): the same numbers as `scores` has.

        Parameters
        ----------
        X : ndarray of shape (n_pairs, n_features)
            Vector of the tenant of each pair.
        offers : ndarray of int of shape (n_pairs,)
            Position of the offer of each pair.
        """
        W = self.W[offers]
        fit = self.fit(
            pair_cosines(X, W, stated_columns(X, self.space)),
            pair_cosines(X[:, self.gated], W[:, self.gated]),
            self.strength_factor[offers],
        )
        return np.asarray(np.round(np.where(self.active[offers], fit, 0.0), SCORE_DIGITS))

    def fit(
        self, cosines: NDArray[_Real], served: NDArray[_Real], strength: NDArray[_Real]
    ) -> NDArray[_Real]:
        """Return scores from what they are made of; the only place that says how.

        Parameters
        ----------
        cosines : ndarray
            Over the blocks that the tenant states; it is overwritten.
        served : ndarray of the shape of `cosines`
            Cosines over the `gated` columns; it is overwritten.
        strength : ndarray
            Factors of the offers.
        """
        np.maximum(cosines, 0, out=cosines)
        np.multiply(cosines, strength, out=cosines)
        np.multiply(cosines, self._gate(served), out=cosines)
        return cosines

    def factors(self, x: Values, offer: int) -> dict[str, float]:
        """Return what the cosine of one tenant and one offer is multiplied with, by name."""
        gate = self._gate(pair_cosines(x[None, self.gated], self.W[[offer], self.gated]))
        return {"strength": float(self.strength_factor[offer]), "need": float(gate[0])}

    def parts(self, X: Values, offers: NDArray[np.intp]) -> list[dict[str, float]]:
        """Return the part of each block in the fit of pairs; the parts sum to the fit.

        Parameters
        ----------
        X : ndarray of shape (n_pairs, n_features)
            Vector of the tenant of each pair.
        offers : ndarray of int of shape (n_pairs,)
            Position of the offer of each pair.
        """
        return [
            {block: float(part) for block, part in zip(self.space.slices, own, strict=True) if part}
            for own in self.part_values(X, offers)
        ]

    def part_values(self, X: Values, offers: NDArray[np.intp]) -> Values:
        """Return the part of each block in the fit of pairs, of shape (n_pairs, n_blocks)."""
        counted = stated_columns(X, self.space)
        parts = contributions(X, self.W[offers], self.space.slices, counted)
        # A cosine below 0, which only the rounding of similarities makes, is no fit at all.
        fits = sum(parts.values()) > 0
        served = pair_cosines(X[:, self.gated], self.W[offers, self.gated])
        factors = self.strength_factor[offers] * self._gate(served) * self.active[offers] * fits
        values = np.stack(list(parts.values()), axis=1) * factors[:, None]
        return np.asarray(np.round(values, SCORE_DIGITS))

    def _gate(self, served: NDArray[_Real]) -> NDArray[_Real]:
        """1 where needs are served well enough, falling to 0 where none is served, in place."""
        np.divide(served, self.weights.need_gate, out=served)
        return np.clip(served, 0, 1, out=served)
