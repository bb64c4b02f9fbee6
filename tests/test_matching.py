"""The matches alone: what the four lists have as matches, to the last bit."""

from dataclasses import replace
from pathlib import Path

import pytest

from matcher import PartnerRecommender, read_tenants
from matcher.recommender import MATCHES, MatchFinder

DAY = "2026-11-22"
EXAMPLE = Path(__file__).parents[1] / "data" / "tenants" / "example.csv"


@pytest.fixture(scope="module")
def tenants(catalogue):
    found = list(read_tenants(EXAMPLE, catalogue.vocabulary))
    return [*found, replace(found[0], complete=False), *found[:3]]


@pytest.fixture(scope="module")
def with_twins(catalogue):
    """The catalogue with two twins of every third partner: their offers score alike."""
    return replace(catalogue, partners=tuple(sorted(_twins(catalogue), key=lambda p: p.id)))


def _twins(catalogue):
    for at, partner in enumerate(catalogue.partners):
        yield partner
        for twin in ("0", "zz") if at % 3 == 0 else ():
            twin_id = f"{partner.id}-{twin}"
            offers = tuple(
                replace(offer, id=f"{twin_id}/{offer.id.split('/')[1]}", partner_id=twin_id)
                for offer in partner.offers
            )
            yield replace(partner, id=twin_id, aliases=(), offers=(*offers, *_again(offers)))


def _again(offers):
    """Offers of the same partner that are alike as well."""
    return (replace(offer, id=f"{offer.id}-again") for offer in offers[:2])


def ranked(recommender, tenants):
    table = recommender.rank(tenants, as_of=DAY)
    for entry in table.of_list(MATCHES):
        rules = {
            verdict: tuple(f.rule.id for f in table.findings(entry) if f.verdict.word == verdict)
            for verdict in ("not_met", "unknown")
        }
        parts = [table.contributions([entry])[0].get(block, 0.0) for block in table.blocks]
        yield (
            entry.tenant,
            entry.rank,
            entry.offer,
            entry.score,
            table.verdict(entry),
            rules,
            parts,
        )


def found(recommender, tenants, **options):
    matches = MatchFinder(
        recommender.catalogue_,
        recommender.scorer_,
        as_of=DAY,
        k=recommender.k,
        anywhere=recommender.anywhere,
        leave_out_contacted=recommender.leave_out_contacted,
        **options,
    ).find(tenants)
    for at, verdict in enumerate(matches.verdict):
        rules = {"not_met": matches.not_met[at], "unknown": matches.unknown[at]}
        yield (
            matches.tenant[at],
            matches.rank[at],
            matches.offer[at],
            matches.score[at],
            verdict,
            rules,
            matches.parts[at].tolist(),
        )


@pytest.mark.parametrize("k", [1, 5, 40])
@pytest.mark.parametrize("which", ["catalogue", "with_twins"])
@pytest.mark.parametrize("option", ["", "anywhere", "leave_out_contacted"])
def test_matches_are_those_of_the_four_lists(request, tenants, which, k, option):
    options = {option: True} if option else {}
    recommender = PartnerRecommender(k=k, **options).fit(request.getfixturevalue(which))
    assert list(found(recommender, tenants)) == list(ranked(recommender, tenants))


def test_how_a_list_is_cut_changes_no_bit(with_twins, tenants):
    recommender = PartnerRecommender().fit(with_twins)
    whole = [row[1:] for row in found(recommender, tenants)]
    cut = [row[1:] for each in tenants for row in found(recommender, [each])]
    assert cut == whole
    assert [row[1:] for row in found(recommender, tenants, n_threads=1)] == whole


def test_the_order_of_the_tenants_changes_no_bit(with_twins, tenants):
    recommender = PartnerRecommender().fit(with_twins)
    last = len(tenants) - 1
    backwards = sorted((last - row[0], *row[1:3]) for row in found(recommender, tenants[::-1]))
    assert backwards == [row[:3] for row in found(recommender, tenants)]


@pytest.mark.parametrize("which", ["catalogue", "with_twins"])
def test_many_tenants_of_few_choices_are_searched_for_in_groups(request, tenants, which):
    """Two choices of 70 tenants each, in turn, and a few of choices of their own."""
    tenant = tenants[0]
    places = ("SG",), ("Boston",)
    many = [
        replace(tenant, values={**tenant.values, "target_countries": places[at % 2]})
        for at in range(140)
    ]
    recommender = PartnerRecommender(k=3).fit(request.getfixturevalue(which))
    both = [*many, *tenants[:9]]
    assert list(found(recommender, both)) == list(ranked(recommender, both))


def test_an_empty_list_has_no_matches(catalogue):
    recommender = PartnerRecommender().fit(catalogue)
    assert list(found(recommender, [])) == []
