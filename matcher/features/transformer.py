"""The encoder as a scikit-learn transformer, for people who put the matcher into a pipeline.

A thin shell: nothing here computes a feature, and no command imports it.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted

from matcher.catalogue import Catalogue, read_catalogue
from matcher.features.encoder import encode_profiles
from matcher.features.profile import ProfileReader
from matcher.features.space import build_space
from matcher.intake import Tenant


class TenantVectorizer(TransformerMixin, BaseEstimator):
    """Turn tenants into vectors of the feature space.

    Parameters
    ----------
    catalogue : Catalogue, default=None
        Vocabulary and weights; None reads the catalogue that came with the package.

    Attributes
    ----------
    space_ : FeatureSpace
        Blocks and columns.
    n_features_out_ : int
        Number of columns.
    """

    def __init__(self, catalogue: Catalogue | None = None) -> None:
        self.catalogue = catalogue

    def fit(self, X: Iterable[Tenant], y: object = None) -> TenantVectorizer:
        """Declare the columns; they come from the vocabulary, not from `X`."""
        catalogue = self.catalogue if self.catalogue is not None else read_catalogue()
        places = (place for offer in catalogue.offers for place in offer.terms["place"])
        self.space_ = build_space(catalogue.vocabulary)
        self.n_features_out_ = self.space_.n_features
        self._profiles = ProfileReader(catalogue.vocabulary, places)
        return self

    def transform(self, X: Iterable[Tenant]) -> NDArray[np.float64]:
        """Return the vectors of tenants, of shape (n_tenants, n_features)."""
        check_is_fitted(self, "space_")
        return encode_profiles([self._profiles.read(tenant) for tenant in X], self.space_)

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Return the names of the columns, ``block=term``."""
        check_is_fitted(self, "space_")
        return np.asarray(self.space_.names, dtype=object)

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False  # tenants are records, not rows of numbers
        tags.input_tags.one_d_array = True
        return tags
