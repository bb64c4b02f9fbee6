"""Profiles, the feature space and the vectors in it."""

import numpy as np
import pytest

from matcher.features import ProfileReader, build_space, stated_columns
from matcher.features.space import term_similarities, term_vectors
from matcher.intake import tenant_from_cells
from matcher.ranking import cosine_scores
from matcher.recommender.scoring import Scorer


@pytest.fixture(scope="module")
def reader(catalogue):
    return ProfileReader(catalogue.vocabulary, ["Boston", "SG"])


@pytest.fixture(scope="module")
def scorer(catalogue):
    return Scorer(catalogue)


def asks(reader, catalogue, block, **cells):
    profile = reader.read(tenant_from_cells(cells, catalogue.vocabulary))
    return {term: round(ask.weight, 3) for term, ask in profile.asks[block].items()}


def test_the_first_need_weighs_most(reader, catalogue):
    needs = asks(reader, catalogue, "need", needs="투자유치;공동연구;인허가")
    assert needs == {"need_investment": 1.0, "need_joint_research": 0.85, "need_regulatory": 0.722}


def test_a_country_asks_for_the_places_of_offers_in_it(reader, catalogue):
    assert asks(reader, catalogue, "place", target_countries="싱가포르;미국") == {
        "SG": 1.0,
        "Boston": 0.85,
    }
    assert asks(reader, catalogue, "place", target_countries="일본") == {}


def test_free_text_fills_a_blank_cell_and_is_shown(reader, catalogue):
    tenant = tenant_from_cells(
        {"tech_summary": "고형암 대상 항체약물접합체(ADC), 비임상 완료"}, catalogue.vocabulary
    )
    profile = reader.read(tenant)
    assert profile.asks["modality"]["adc"].evidence == "항체약물접합체"
    assert list(profile.asks["indication"]) == ["solid_tumor"]
    assert profile.confidence["modality"] == catalogue.vocabulary.weights.suggested


def test_a_cell_decides_over_free_text(reader, catalogue):
    cells = {"modality": "펩타이드 의약품", "tech_summary": "항체약물접합체 기반"}
    assert asks(reader, catalogue, "modality", **cells) == {"peptide": 1.0}


def test_a_need_that_the_text_denies_hardly_counts(reader, catalogue):
    needs = asks(reader, catalogue, "need", needs="CDMO", need_detail="CDMO는 불필요")
    assert needs == {"need_cdmo": catalogue.vocabulary.weights.doubted}


def test_a_trial_of_a_device_is_a_validation_in_clinics(reader, catalogue):
    device = asks(reader, catalogue, "need", needs="임상시험", sector="의료기기")
    assert device == {"need_clinical_trial": 1.0, "need_clinical_validation": 0.9}
    assert asks(reader, catalogue, "need", needs="임상시험", sector="의약") == {
        "need_clinical_trial": 1.0
    }


@pytest.mark.parametrize(
    ("space", "need"),
    [("wet lab 유, 벤치 2", "need_wet_lab"), ("좌석 2", "need_space"), ("", "need_space")],
)
def test_incubation_space_is_a_laboratory_where_the_cells_say_so(reader, catalogue, space, need):
    assert list(asks(reader, catalogue, "need", needs="입주공간", space_need=space)) == [need]


def test_known_to_have_raised_nothing_is_a_round(reader, catalogue):
    assert asks(reader, catalogue, "round", funding_round="없음") == {"none": 1.0}
    assert asks(reader, catalogue, "round", funding_round="미정") == {}


def test_a_wider_term_is_similar_by_level(catalogue):
    facet = catalogue.vocabulary.facets["indication"]
    ids = list(facet.terms)
    similarities = term_similarities(facet, 0.8)
    lung, solid, oncology = (ids.index(t) for t in ("lung_cancer", "solid_tumor", "oncology"))
    assert similarities[lung, solid] == pytest.approx(0.8)
    assert similarities[lung, oncology] == pytest.approx(0.64)
    assert similarities[lung, ids.index("dental_oral")] == 0


def test_neighbours_on_a_scale_are_near(catalogue):
    facet = catalogue.vocabulary.facets["stage"]
    ids = list(facet.terms)
    similarities = term_similarities(facet, 0.8)
    assert similarities[ids.index("p1"), ids.index("p2")] == pytest.approx(0.6**2)
    assert similarities[ids.index("p1"), ids.index("launched")] == 0


def test_products_of_term_vectors_are_the_similarities():
    similarities = np.array([[1.0, 0.8, 0.0], [0.8, 1.0, 0.3], [0.0, 0.3, 1.0]])
    vectors = term_vectors(similarities)
    assert vectors @ vectors.T == pytest.approx(similarities)


def test_columns_are_named_by_block_and_term(catalogue):
    space = build_space(catalogue.vocabulary)
    assert len(space.names) == space.n_features == len(set(space.names))
    assert "need=need_wet_lab" in space.names
    assert "modality=*" in space.names


def test_an_offer_for_the_very_need_has_cosine_one(scorer, catalogue):
    at, offer = next(
        (at, offer)
        for at, offer in enumerate(catalogue.offers)
        if offer.active and not offer.also and len(offer.terms["need"]) == 1
    )
    X = scorer.encode([tenant_from_cells({"needs": offer.terms["need"][0]}, catalogue.vocabulary)])
    stated = stated_columns(X, scorer.space)
    assert cosine_scores(X, scorer.W, stated)[0, at] == pytest.approx(1.0)


def test_an_offer_that_is_open_to_all_has_its_share_of_a_match(scorer, catalogue):
    """`open` is what saying nothing is worth beside naming the very term."""
    block = next(block for block in scorer.space.blocks if block.name == "indication")
    X = scorer.encode([tenant_from_cells({"indication": "폐암"}, catalogue.vocabulary)])
    x = X[0, block.columns]
    naming, silent = np.zeros_like(x), np.zeros_like(x)
    naming[:-1] = block.vectors[block.terms["lung_cancer"]]
    silent[-1] = 1.0
    assert (x @ silent) / (x @ naming) == pytest.approx(block.open)


def test_a_tenant_that_states_nothing_is_similar_to_nothing(scorer, catalogue):
    X = scorer.encode([tenant_from_cells({}, catalogue.vocabulary)])
    assert not X.any()
    assert not scorer.scores(X).any()


def test_scores_do_not_depend_on_who_else_is_scored(scorer, catalogue):
    cells = [{"needs": "투자유치"}, {"needs": "실험실", "sector": "의약"}, {"needs": "기타"}]
    tenants = [tenant_from_cells(each, catalogue.vocabulary) for each in cells]
    together = scorer.scores(scorer.encode(tenants))
    alone = [scorer.scores(scorer.encode([tenant]))[0] for tenant in tenants]
    assert together.tolist() == [row.tolist() for row in alone]
