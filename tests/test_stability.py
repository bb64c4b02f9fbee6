"""How much the first partners hang on the weights."""

from pathlib import Path

import numpy as np
import pytest

from matcher import PartnerRecommender, read_tenants
from matcher.recommender import MATCHES
from matcher.recommender.stability import FIRST, stability

EXAMPLE = Path(__file__).parents[1] / "data" / "tenants" / "example.csv"


class Fake:
    """Offers whose parts are given: a leads on both blocks, b and c hang on the weights."""

    def pieces(self, x, offers):
        parts = np.array([[0.9, 0.9], [0.5, 0.4], [0.4, 0.5], [0.1, 0.1], [0.8, 0.8]])
        return parts[offers], np.array([1.0, 1.0, 1.0, 1.0, 1.0])[offers]


def test_what_leads_in_every_block_stays_and_equals_share():
    x = np.zeros((1, 1))  # rows are only repeated
    shares = stability(Fake(), x, np.arange(5))
    assert shares[0] == shares[4] == 1.0
    assert shares[3] == 0.0
    assert shares[1] + shares[2] == pytest.approx(1.0)
    assert 0.4 < shares[1] < 0.6
    assert shares.sum() == pytest.approx(FIRST)


def test_no_offers_have_no_shares():
    assert len(stability(Fake(), np.zeros((1, 1)), np.arange(0))) == 0


def test_each_recommendable_partner_has_its_share(catalogue):
    tenants = list(read_tenants(EXAMPLE, catalogue.vocabulary))[:3]
    table = PartnerRecommender().fit(catalogue).rank(tenants, as_of="2026-11-22")
    first = table.of_tenant(0, MATCHES)[0]
    assert 0.5 < table.explain(0, first.offer).stability <= 1
    again = PartnerRecommender().fit(catalogue).rank(tenants, as_of="2026-11-22")
    assert again.explain(0, first.offer).stability == table.explain(0, first.offer).stability
    excluded = next(e for e in table.entries if e.list not in (MATCHES, "not_ranked"))
    assert table.explain(excluded.tenant, excluded.offer).stability is None
