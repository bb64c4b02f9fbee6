"""The encoder as a scikit-learn transformer, for people who put the matcher into a pipeline.

A thin shell: nothing here computes a feature, and no command imports it.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted

from matcher.catalogue import Catalogue, read_catalogue
from matcher.features.encoder import build_space, encode_profiles, offer_bags
from matcher.features.places import PlaceHints
from matcher.features.profile import ProfileReader
from matcher.features.texts import TextReader
from matcher.intake import Tenant


class TenantVectorizer(TransformerMixin, BaseEstimator):
    """Turn tenants into vectors of the feature space.

    Parameters
    ----------
    catalogue : Catalogue, default=None
        Vocabulary, weights and offers; None reads the catalogue that came with the package.

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
        """Declare the columns; they come from the catalogue, not from `X`."""
        catalogue = self.catalogue if self.catalogue is not None else read_catalogue()
        places = (place for offer in catalogue.offers for place in offer.terms["place"])
        texts = TextReader(catalogue.vocabulary)
        self.space_ = build_space(catalogue, offer_bags(catalogue, texts))
        self.n_features_out_ = self.space_.n_features
        self._profiles = ProfileReader(catalogue.vocabulary, places, texts, PlaceHints(catalogue))
        return self

    def transform(self, X: Iterable[Tenant]) -> sparse.csr_matrix:
        """Return the vectors of tenants, sparse, of shape (n_tenants, n_features)."""
        check_is_fitted(self, "space_")
        found = encode_profiles([self._profiles.read(tenant) for tenant in X], self.space_)
        words = found.words
        shape = (len(found), words.n_columns)
        of_words = sparse.csr_matrix((words.values, words.columns, words.starts), shape=shape)
        return sparse.hstack([sparse.csr_matrix(found.terms), of_words]).tocsr()

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Return the names of the columns, ``block=term``."""
        check_is_fitted(self, "space_")
        return np.asarray(self.space_.names, dtype=object)

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False  # tenants are records, not rows of numbers
        tags.input_tags.one_d_array = True
        return tags
