"""Ranking as a whole: the laws that hold for every list."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import PartnerRecommender, UnknownIdError, read_tenants
from matcher.eligibility import PairVerdict
from matcher.intake import tenant_from_cells
from matcher.recommender import INELIGIBLE, LISTS, MATCHES, NEAR_MISSES, NOT_RANKED

DAY = "2026-11-22"
EXAMPLE = Path(__file__).parents[1] / "data" / "tenants" / "example.csv"


@pytest.fixture(scope="module")
def recommender(catalogue):
    return PartnerRecommender().fit(catalogue)


@pytest.fixture(scope="module")
def tenants(catalogue):
    return list(read_tenants(EXAMPLE, catalogue.vocabulary))


@pytest.fixture(scope="module")
def table(recommender, tenants):
    return recommender.rank(tenants, as_of=DAY)


def one(catalogue, **cells):
    basis = {"sector": "의약", "item_name": "신약", "target_countries": "싱가포르"}
    return tenant_from_cells({**basis, **cells}, catalogue.vocabulary, "X")


def anonymous(entry):
    """An entry without the position of its tenant."""
    return replace(entry, tenant=0, excluded=tuple(map(anonymous, entry.excluded)))


def reasons(table, name=NOT_RANKED):
    return {table.offer(entry).partner_id: entry.reason for entry in table.of_tenant(0, name)}


def test_every_partner_stands_in_exactly_one_list(table, catalogue):
    partners = sorted(partner.id for partner in catalogue.ranked_partners)
    for position, _ in enumerate(table.tenants):
        listed = [
            table.offer(e).partner_id for name in LISTS for e in table.of_tenant(position, name)
        ]
        assert sorted(listed) == partners


def test_contributions_sum_to_the_score(table):
    for name in LISTS:
        entries = table.of_list(name)
        for entry, parts in zip(entries, table.contributions(entries), strict=True):
            assert sum(parts.values()) == pytest.approx(entry.score, abs=1e-8)


def test_matches_are_never_ineligible_and_excluded_ones_always_are(table):
    assert all(table.verdict(e) != PairVerdict.INELIGIBLE for e in table.of_list(MATCHES))
    for name in (NEAR_MISSES, INELIGIBLE):
        assert all(table.verdict(e) == PairVerdict.INELIGIBLE for e in table.of_list(name))


def test_matches_equal_a_full_sort_of_the_partners(table, catalogue):
    floor = catalogue.vocabulary.weights.floor
    for position, _ in enumerate(table.tenants):
        matches = table.of_tenant(position, MATCHES)
        rest = [e for e in table.of_tenant(position, NOT_RANKED) if e.reason == "beyond_k"]
        ranked = sorted([*matches, *rest], key=lambda e: (-e.score, table.offer(e).partner_id))[
            : len(matches)
        ]
        assert [e.offer for e in matches] == [e.offer for e in ranked]
        assert [e.rank for e in matches] == list(range(1, len(matches) + 1))
        assert all(e.score >= floor for e in matches)
        assert not rest or len(matches) == 5


def test_the_order_of_the_rows_changes_nothing(recommender, tenants, table):
    turned = recommender.rank(tenants[::-1], as_of=DAY)
    last = len(tenants) - 1
    for position, _ in enumerate(tenants):
        for name in LISTS:
            mine = map(anonymous, table.of_tenant(position, name))
            assert list(mine) == [*map(anonymous, turned.of_tenant(last - position, name))]


def test_the_order_of_the_offers_changes_nothing(catalogue, tenants, table):
    shuffled = replace(catalogue, partners=catalogue.partners[::-1], rules=catalogue.rules[::-1])
    again = PartnerRecommender().fit(shuffled).rank(tenants[:5], as_of=DAY)
    for position in range(5):
        mine = [(table.offer(e).id, e.score) for e in table.of_tenant(position, MATCHES)]
        other = [(again.offer(e).id, e.score) for e in again.of_tenant(position, MATCHES)]
        assert mine == other


def test_two_runs_are_equal(recommender, tenants, table):
    assert recommender.rank(tenants, as_of=DAY).entries == table.entries


def test_a_lower_k_only_shortens_the_list(recommender, tenants, table):
    short = recommender.rank(tenants, as_of=DAY, k=2)
    for position, _ in enumerate(tenants):
        long = table.of_tenant(position, MATCHES)
        assert short.of_tenant(position, MATCHES) == long[:2]


@settings(max_examples=30, deadline=None, print_blob=False)
@given(data=st.data())
def test_any_cells_from_the_vocabulary_keep_the_laws(recommender, catalogue, data):
    facets = catalogue.vocabulary.facets

    def some(facet, most=3):
        terms = st.sampled_from(sorted(facets[facet].terms))
        return ";".join(data.draw(st.lists(terms, min_size=1, max_size=most)))

    tenant = one(
        catalogue,
        needs=some("need"),
        modality=some("modality"),
        indication=some("indication"),
        target_countries=some("place", 2),
        sector=some("sector", 1),
        funding_total=data.draw(st.sampled_from(["", "미정", "없음", "USD 9M", "150억원"])),
    )
    table = recommender.rank([tenant], as_of=DAY)
    assert len(table.entries) == len(catalogue.ranked_partners)
    assert ((table.scores >= 0) & (table.scores <= 1)).all()
    parts = table.contributions(table.entries)
    assert np.allclose([sum(p.values()) for p in parts], [e.score for e in table.entries])


def test_only_offers_in_a_target_place_are_candidates(recommender, catalogue):
    table = recommender.rank([one(catalogue, needs="실험실", target_countries="보스턴")], as_of=DAY)
    matches = table.of_tenant(0, MATCHES)
    assert matches
    assert all("Boston" in table.offer(e).terms["place"] for e in matches)
    assert reasons(table)["nsg-biolabs"] == "outside_target"


@pytest.mark.parametrize("targets", ["미정", "", "전 세계"])
def test_an_undecided_target_means_every_place(recommender, catalogue, targets):
    table = recommender.rank([one(catalogue, needs="실험실", target_countries=targets)], as_of=DAY)
    assert "outside_target" not in reasons(table).values()


def test_anywhere_makes_all_places_candidates(catalogue):
    tenant = one(catalogue, needs="실험실", target_countries="일본")
    here = PartnerRecommender().fit(catalogue).rank([tenant], as_of=DAY)
    anywhere = PartnerRecommender(anywhere=True).fit(catalogue).rank([tenant], as_of=DAY)
    assert set(reasons(here).values()) == {"outside_target"}
    assert anywhere.of_tenant(0, MATCHES)


def test_a_later_target_lowers_the_score_and_excludes_nothing(recommender, catalogue):
    first = recommender.rank([one(catalogue, needs="실험실", target_countries="SG;US")], as_of=DAY)
    later = recommender.rank([one(catalogue, needs="실험실", target_countries="US;SG")], as_of=DAY)
    labs = catalogue.offers.index(catalogue.offer("nsg-biolabs/wet-lab-residency"))
    assert 0 < later.scores[0, labs] < first.scores[0, labs]


def test_a_need_that_nobody_serves_gets_no_recommendation(recommender, catalogue):
    table = recommender.rank([one(catalogue, needs="물류·콜드체인")], as_of=DAY)
    assert table.of_tenant(0, MATCHES) == []


@pytest.mark.parametrize(
    "written", ["{}(거절)", "{} 거절", "{}:거절", "거절: {}", "declined by {}", "{} - 탈락(2024)"]
)
def test_a_partner_that_refused_is_never_ranked(recommender, catalogue, written):
    free = recommender.rank([one(catalogue, needs="공동연구")], as_of=DAY)
    best = free.offer(free.of_tenant(0, MATCHES)[0]).partner_id
    tenant = one(catalogue, needs="공동연구", contacted_before=written.format(best))
    assert reasons(recommender.rank([tenant], as_of=DAY))[best] == "declined"


@pytest.mark.parametrize("written", ["{} 거절 아님", "{}(미팅)", "{} MOU 체결", "{}: not declined"])
def test_a_partner_that_did_not_refuse_stays_in_the_ranking(recommender, catalogue, written):
    free = recommender.rank([one(catalogue, needs="공동연구")], as_of=DAY)
    best = free.offer(free.of_tenant(0, MATCHES)[0]).partner_id
    tenant = one(catalogue, needs="공동연구", contacted_before=written.format(best))
    table = recommender.rank([tenant], as_of=DAY)
    assert table.offer(table.of_tenant(0, MATCHES)[0]).partner_id == best


def test_contacted_partners_are_left_out_on_request_only(catalogue):
    tenant = one(catalogue, needs="공동연구", contacted_before="A*STAR")
    kept = PartnerRecommender().fit(catalogue).rank([tenant], as_of=DAY)
    left = PartnerRecommender(leave_out_contacted=True).fit(catalogue).rank([tenant], as_of=DAY)
    assert "astar" in {kept.offer(e).partner_id for e in kept.of_tenant(0, MATCHES)}
    assert reasons(left)["astar"] == "contacted"


def test_a_partner_is_ranked_by_the_offer_that_rules_do_not_exclude(recommender, catalogue):
    tenant = one(catalogue, needs="실험실", target_countries="보스턴", funding_total="USD 30M")
    table = recommender.rank([tenant], as_of=DAY)
    labcentral = [e for e in table.entries if table.offer(e).partner_id == "labcentral"]
    residency = catalogue.offers.index(catalogue.offer("labcentral/residency"))
    assert table.eligibility.verdict(0, residency) == PairVerdict.INELIGIBLE
    assert [table.offer(e).id for e in labcentral] != ["labcentral/residency"]


def test_a_better_offer_that_a_rule_excludes_stands_under_its_partner(recommender, catalogue):
    """In talks only: Collab's exchange is open to it, its residency wants a contract."""
    cells = {
        "item_name": "y",
        "needs": "입주공간;네트워킹",
        "target_countries": "싱가포르",
        "joint_research": "NUS(협의)",
        "sector": "의약",
    }
    table = recommender.rank([one(catalogue, **cells)], as_of=DAY, k=60)
    partners = {table.offer(e).partner_id: e for e in table.of_tenant(0, MATCHES)}
    better = partners["collab"].excluded[0]
    assert table.offer(better).id == "collab/residency"
    assert better.score > partners["collab"].score
    assert better.list == NEAR_MISSES
    assert table.routes(better.tenant, better.offer)[0][0].rule_id == "collab-joint-research"


def test_a_tenant_without_a_required_cell_is_in_no_list(recommender, catalogue):
    tenant = replace(one(catalogue, needs="실험실"), complete=False)
    assert recommender.rank([tenant], as_of=DAY).entries == []


def test_an_empty_list_has_an_empty_table(recommender):
    table = recommender.rank([], as_of=DAY)
    assert table.entries == []
    assert table.to_frame().empty


def test_explains_the_offer_by_which_a_partner_stands_in_the_lists(recommender, tenants, table):
    entry = table.of_tenant(2, MATCHES)[0]
    explained = recommender.explain(tenants[2], table.offer(entry).partner_id, as_of=DAY)
    assert explained.offer == table.offer(entry)
    assert explained.score == entry.score
    assert sum(explained.contributions.values()) == pytest.approx(explained.score, abs=1e-8)


def test_an_unknown_partner_is_told_with_a_suggestion(recommender, tenants):
    with pytest.raises(UnknownIdError, match=r"no partner 'mghh' \(did you mean mgh"):
        recommender.explain(tenants[0], "mghh", as_of=DAY)


def test_a_near_miss_has_a_route(recommender, catalogue):
    tenant = one(catalogue, needs="입주공간", joint_research="없음")
    table = recommender.rank([tenant], as_of=DAY)
    near = {table.offer(entry).id: entry for entry in table.of_list(NEAR_MISSES)}
    [[step]] = table.routes(0, near["collab/residency"].offer)
    assert step.rule_id == "collab-joint-research"
    helpers = {helper.partner_id: helper for helper in step.helpers}
    universities = helpers.keys() & {"nus", "ntu", "duke-nus"}  # which fits best is no law
    for university in universities:
        links = {(link.id, link.basis) for link in helpers[university].links}
        assert ("kist", "proposed") in links
    assert universities
    assert ("khidi", "sourced") in {(link.id, link.basis) for link in helpers["astar"].links}
    assert step.sets == (("joint_research", f"{step.partners[0]}:signed"),)


def test_the_frame_has_a_row_per_match_and_a_column_per_block(table):
    frame = table.to_frame()
    assert len(frame) == len(table.of_list(MATCHES))
    assert frame[table.blocks].fillna(0).sum(axis=1).to_numpy() == pytest.approx(
        frame["score"].to_numpy(), abs=1e-8
    )


def test_scores_as_if_asking_are_the_scores_of_those_who_ask(recommender, tenants):
    scorer = recommender.scorer_
    X = scorer.encode(tenants)
    offers = np.arange(0, len(recommender.catalogue_.offers), 3)
    needs = ("need_joint_research", "need_clinical_trial")
    asked = scorer.scores(scorer.asking(X, needs), offers)
    assert (scorer.asking_scores(X, offers)(needs) == asked).all()


def test_weak_fits_alone_are_nobody(catalogue, tenants):
    """With a floor for the first that none reaches, nobody is recommended."""
    weights = replace(catalogue.vocabulary.weights, floor=0.0, first_floor=1.0)
    strict = replace(catalogue, vocabulary=replace(catalogue.vocabulary, weights=weights))
    table = PartnerRecommender().fit(strict).rank(tenants, as_of=DAY)
    assert table.of_list(MATCHES) == []
    assert {e.reason for e in table.of_list(NOT_RANKED)} >= {"below_floor"}
    lenient = replace(weights, first_floor=0.0)
    usual = replace(catalogue, vocabulary=replace(catalogue.vocabulary, weights=lenient))
    assert PartnerRecommender().fit(usual).rank(tenants, as_of=DAY).of_list(MATCHES)
