"""The encoder inside scikit-learn."""

import numpy as np
import pytest
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import Normalizer
from sklearn.utils.estimator_checks import parametrize_with_checks

from matcher import TenantVectorizer
from matcher.intake import tenant_from_cells
from matcher.recommender.scoring import Scorer


@parametrize_with_checks([TenantVectorizer()])
def test_keeps_the_contract_of_scikit_learn(estimator, check):
    check(estimator)


def test_computes_what_the_recommender_computes(catalogue):
    tenants = [tenant_from_cells({"needs": "실험실", "sector": "의약"}, catalogue.vocabulary)]
    vectors = TenantVectorizer(catalogue).fit_transform(tenants)
    X = Scorer(catalogue).encode(tenants)
    expected = np.hstack([X.terms, X.words.dense()])
    assert vectors.toarray() == pytest.approx(expected, abs=1e-6)  # the scorer's lie on a grid


def test_stands_in_a_pipeline(catalogue):
    tenants = [tenant_from_cells({"needs": "실험실"}, catalogue.vocabulary)]
    pipeline = make_pipeline(TenantVectorizer(catalogue), Normalizer())
    assert (pipeline.fit_transform(tenants).toarray() ** 2).sum() == pytest.approx(1.0)


def test_names_its_columns(catalogue):
    vectorizer = TenantVectorizer(catalogue).fit([])
    names = vectorizer.get_feature_names_out()
    assert len(names) == vectorizer.n_features_out_
    assert "sector=의약" in names
