"""Profiles, the feature space and the vectors in it."""

from dataclasses import replace

import numpy as np
import pytest

from matcher.features import ProfileReader
from matcher.features.space import term_service
from matcher.intake import tenant_from_cells
from matcher.ranking import nearest_pairs, nearest_products
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


def test_the_mark_of_a_masked_name_is_no_word(reader, catalogue):
    def bag(text):
        return reader.read(tenant_from_cells({"need_detail": text}, catalogue.vocabulary)).bag

    assert bag("[개인정보 삭제] 협의, 항체") == bag("협의, 항체")
    assert "개인" in bag("개인정보 보호 기술")


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


def test_wider_and_narrower_offers_serve_by_level(catalogue):
    facet, weights = catalogue.vocabulary.facets["indication"], catalogue.vocabulary.weights
    ids = list(facet.terms)
    served = term_service(facet, replace(weights, wider=0.9, narrower=0.7))
    lung, solid, oncology = (ids.index(t) for t in ("lung_cancer", "solid_tumor", "oncology"))
    assert served[lung, lung] == 1
    assert served[lung, solid] == pytest.approx(0.9)
    assert served[lung, oncology] == pytest.approx(0.81)
    assert served[oncology, lung] == pytest.approx(0.49)
    assert served[lung, ids.index("dental_oral")] == 0


def test_neighbours_on_a_scale_are_near(catalogue):
    facet = catalogue.vocabulary.facets["stage"]
    ids = list(facet.terms)
    served = term_service(facet, catalogue.vocabulary.weights)
    assert served[ids.index("p1"), ids.index("p2")] == pytest.approx(0.6**2)
    assert served[ids.index("p1"), ids.index("launched")] == 0


def test_of_alternatives_the_best_served_counts():
    asked = np.array([[1.0, 0.5, 0.0], [0.0, 0.0, 0.0], [1.0, 0.5, 0.0]])
    served = np.array([[0.2, 1.0, 1.0], [0.6, 0.6, 0.0]])
    best = nearest_products(asked, served)
    assert best == pytest.approx(np.array([[0.5, 0.6], [0.0, 0.0], [0.5, 0.6]]))
    assert nearest_pairs(asked[:2], served) == pytest.approx([0.5, 0.0])


def test_columns_are_named_by_block_and_term(scorer):
    space = scorer.space
    assert len(space.names) == space.n_features == len(set(space.names))
    assert "need=need_wet_lab" in space.names
    assert any(name.startswith("text=") for name in space.names)


def test_shares_of_the_stated_blocks_sum_to_one(scorer, catalogue):
    """A need with one sector: weights 0.35 and 0.10 of 0.45."""
    tenant = tenant_from_cells({"needs": "CDMO", "sector": "의약"}, catalogue.vocabulary)
    X = scorer.encode([tenant]).terms[0]
    weights = catalogue.vocabulary.weights.blocks
    total = weights["need"].weight + weights["sector"].weight
    need, sector = (X[scorer.space.names.index(n)] for n in ("need=need_cdmo", "sector=의약"))
    assert need == pytest.approx(weights["need"].weight / total)
    assert need + sector == pytest.approx(1.0)


def test_a_need_that_few_serve_weighs_more(scorer):
    names, rarity = scorer.space.names, scorer.space.rarity
    many, few = (rarity[names.index(f"need=need_{n}")] for n in ("joint_research", "wet_lab"))
    assert many < few <= 1


def test_an_offer_that_is_open_to_all_has_its_share_of_a_match(scorer, catalogue):
    """`open` is what saying nothing is worth beside naming the very term."""
    block = next(block for block in scorer.space.blocks if block.name == "indication")
    column = block.columns.start + block.terms["lung_cancer"]
    for at, offer in enumerate(catalogue.offers):
        if not offer.terms["indication"]:
            assert scorer.W[at, column] == pytest.approx(block.open)
        elif "lung_cancer" in offer.terms["indication"]:
            assert scorer.W[at, column] == 1


def test_the_sum_over_blocks_is_the_cosine_of_two_whole_vectors(scorer, catalogue):
    """In each block, tenant and offer span the angle whose cosine is how far it is served."""
    cells = {"needs": "실험실", "target_countries": "보스턴", "sector": "의약"}
    X = scorer.encode([tenant_from_cells(cells, catalogue.vocabulary)])
    x = X.terms[0]
    for at in range(0, len(catalogue.offers), 10):
        tenant, offer = [], []
        for block in scorer.space.blocks:
            asked, served = x[block.columns], scorer.W[at, block.columns]
            share = asked.max()
            cosine = (asked * served).max() / (share or 1)
            tenant += [np.sqrt(share), 0.0]
            offer += [np.sqrt(share) * cosine, np.sqrt(share) * np.sqrt(1 - cosine**2)]
        whole = np.dot(tenant, offer) / (np.linalg.norm(tenant) * np.linalg.norm(offer))
        factors = np.prod(list(scorer.factors(X, at).values())) * scorer.active[at]
        assert scorer.scores(X)[0, at] == pytest.approx(whole * factors, abs=1e-6)


def test_pairs_score_as_they_do_in_the_table(scorer, catalogue):
    cells = {"needs": "실험실;투자유치", "sector": "의약", "tech_summary": "폐암 항체약물접합체"}
    X = scorer.encode([tenant_from_cells(cells, catalogue.vocabulary)])
    offers = np.arange(len(catalogue.offers))
    pairs = X[np.zeros(len(offers), dtype=int)]
    assert scorer.pair_scores(pairs, offers).tolist() == scorer.scores(X)[0].tolist()
    parts = scorer.part_values(pairs, offers)
    assert parts.sum(axis=1) == pytest.approx(scorer.scores(X)[0], abs=1e-6)


def test_an_offer_for_other_sectors_by_its_own_word_loses(scorer, catalogue):
    device_only = next(
        at
        for at, offer in enumerate(catalogue.offers)
        if offer.active and offer.terms["sector"] == ("의료기기",)
    )
    cells = {"needs": catalogue.offers[device_only].terms["need"][0], "sector": "의약"}
    X = scorer.encode([tenant_from_cells(cells, catalogue.vocabulary)])
    scope = catalogue.vocabulary.weights.blocks["sector"].scope
    assert scorer.factors(X, device_only)["sector"] == pytest.approx(1 - scope)


def test_a_tenant_that_states_nothing_is_similar_to_nothing(scorer, catalogue):
    X = scorer.encode([tenant_from_cells({}, catalogue.vocabulary)])
    assert not X.terms.any()
    assert not X.words.values.any()
    assert not scorer.scores(X).any()


def test_scores_do_not_depend_on_who_else_is_scored(scorer, catalogue):
    cells = [{"needs": "투자유치"}, {"needs": "실험실", "sector": "의약"}, {"needs": "기타"}]
    tenants = [tenant_from_cells(each, catalogue.vocabulary) for each in cells]
    together = scorer.scores(scorer.encode(tenants))
    alone = [scorer.scores(scorer.encode([tenant]))[0] for tenant in tenants]
    assert together.tolist() == [row.tolist() for row in alone]


def test_a_blank_target_is_filled_by_places_and_names_in_the_row(scorer, catalogue):
    def places(**cells):
        tenant = tenant_from_cells(cells, catalogue.vocabulary)
        return {place: ask.evidence for place, ask in scorer.profile(tenant).asks["place"].items()}

    assert places(need_detail="싱가포르 병원 실증") == {"SG": "싱가포르"}
    assert places(joint_research="MGH(협의)") == {"Boston": "MGH"}
    assert places(local_entities="싱가포르") == {"SG": "SG"}
    assert places(target_countries="미정", need_detail="싱가포르 병원 실증") == {}


def test_a_blank_sector_follows_from_the_modality(reader, catalogue):
    assert asks(reader, catalogue, "sector", tech_summary="항체약물접합체 치료제") == {"의약": 1.0}


def test_kinds_of_partner_follow_from_the_needs(reader, catalogue):
    assert asks(reader, catalogue, "partner_type", needs="투자유치") == {"pt_vc": 1.0}
    named = asks(reader, catalogue, "partner_type", needs="투자유치", partner_types="제약사")
    assert named == {"pt_pharma": 1.0}


def test_joint_work_with_a_drug_maker_is_partnering(reader, catalogue):
    needs = asks(reader, catalogue, "need", needs="공동연구", partner_types="제약사")
    assert needs == {"need_joint_research": 1.0, "need_open_innovation": 0.8}


def test_a_stage_that_is_being_looked_for_is_not_reached(reader, catalogue):
    assert asks(reader, catalogue, "stage", tech_summary="MASH 후보물질 찾는 중") == {}


def test_what_is_no_medical_device_mentions_none(reader, catalogue):
    assert asks(reader, catalogue, "modality", need_detail="비의료기기 확인 받음") == {}


@pytest.mark.parametrize(
    ("disease", "area"),
    [
        ("제2형 당뇨병", "metabolic"),
        ("녹내장", "ophthalmology"),
        ("조현병", "mental_health"),
        ("갑상선기능저하증", "metabolic"),
        ("자궁내막증", "womens_health"),
        ("요로상피암", "oncology"),
        ("cystic fibrosis", "respiratory"),
    ],
)
def test_a_disease_belongs_to_its_area(reader, catalogue, disease, area):
    facet = catalogue.vocabulary.facets["indication"]
    found = asks(reader, catalogue, "indication", tech_summary=f"{disease} 치료제")
    assert any(facet.within(term, area) for term in found)
