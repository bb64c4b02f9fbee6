"""The vote of companies on record, on numbers that can be checked in the head."""

import numpy as np
import pytest

from matcher.intake import tenant_from_cells
from matcher.ranking import neighbour_votes
from matcher.recommender import RecordKeeper
from matcher.recommender.scoring import Scorer


def test_the_nearest_vote_with_the_square_of_their_likeness():
    likeness = np.array([[0.5, 1.0, 0.1]])
    links = np.array([[1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    assert neighbour_votes(likeness, links, 2) == pytest.approx(np.array([[1.25, 1.0]]))
    assert neighbour_votes(likeness, links, 1) == pytest.approx(np.array([[1.0, 1.0]]))


def test_who_is_not_alike_has_no_vote():
    assert not neighbour_votes(np.zeros((1, 2)), np.ones((2, 3)), 2).any()


def test_the_record_names_companies_like_the_tenant(catalogue):
    cells = {"sector": "디지털헬스", "modality": "AI 진단보조", "indication": "뇌졸중"}
    profile = Scorer(catalogue).profile(tenant_from_cells(cells, catalogue.vocabulary))
    keeper = RecordKeeper(catalogue)
    record = keeper.of(profile)
    assert record.votes.sum() == pytest.approx(1.0)
    best = max(record.voters, key=lambda partner: keeper.share(record, partner))
    assert "디지털헬스" in record.voters[best][0].terms["sector"]


def test_a_tenant_like_nobody_has_no_record(catalogue):
    profile = Scorer(catalogue).profile(tenant_from_cells({}, catalogue.vocabulary))
    record = RecordKeeper(catalogue).of(profile)
    assert not record.votes.any()
    assert record.voters == {}
