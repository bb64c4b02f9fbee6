"""Where the needs of tenants are served: two tenants and four partners, worked out by hand."""

import json
import re
from dataclasses import replace

import pytest
from click.testing import CliRunner

from matcher import MatcherError, PartnerRecommender
from matcher.catalogue import Offer, Partner, Source, Text
from matcher.catalogue.clusters import Cell, ClusterComparison, Component, Note
from matcher.cli import main
from matcher.intake import tenant_from_cells
from matcher.portfolio import component_totals, served_tenants
from matcher.reports.model.served import served_lines

DAY = "2026-11-22"
EXAMPLE = "data/tenants/example.csv"
SOURCE = Source("page", "https://example.org", "2026", "official")


def offer(full_id, needs, place, **more):
    name = Text(ko=full_id, en=full_id)
    terms = dict.fromkeys(("sector", "modality", "indication", "stage", "round"), ())
    terms |= {"need": needs, "place": (place,)}
    fields = {"also": (), "strength": 1.0, "status": "active"} | more
    return Offer(
        id=full_id,
        partner_id=full_id.partition("/")[0],
        name=name,
        summary=name,
        terms=terms,
        strength_basis="",
        sources=(SOURCE,),
        **fields,
    )


def partner(partner_id, kind, cluster, *offers):
    return Partner(
        id=partner_id,
        name=Text(ko=f"{partner_id} 기관", en=partner_id),
        aliases=(),
        kind=kind,
        role="partner",
        clusters=(cluster,),
        city="",
        country="",
        website=None,
        ror=None,
        unknown=(),
        sources=(SOURCE,),
        offers=offers,
    )


def component(component_id, needs, kinds, singapore=()):
    note = Note(Text(ko=component_id, en=component_id), Text(ko="표 1", en="Table 1"))
    cells = {"boston": Cell(note, ()), "singapore": Cell(note, singapore)}
    name = Text(ko=component_id, en=component_id)
    return Component(component_id, name, needs, kinds, cells, (), (), (), ())


@pytest.fixture(scope="module")
def tiny(catalogue):
    """Labs in both clusters, a hospital in Boston, a university in Singapore.

    The laboratory of Singapore takes only who raised at most USD 10 million.
    """
    partners = (
        partner(
            "hospital-b",
            "pt_hospital",
            "boston",
            offer("hospital-b/research", ("need_joint_research",), "Boston"),
            offer("hospital-b/trials", ("need_clinical_trial",), "Boston"),
        ),
        partner(
            "lab-b", "pt_incubator", "boston", offer("lab-b/desk", ("need_wet_lab",), "Boston")
        ),
        partner("lab-s", "pt_incubator", "singapore", offer("lab-s/desk", ("need_wet_lab",), "SG")),
        partner(
            "school-s",
            "pt_university",
            "singapore",
            offer("school-s/old", ("need_clinical_trial",), "SG", status="closed"),
            offer("school-s/research", ("need_joint_research",), "SG"),
        ),
    )
    comparison = ClusterComparison(
        catalogue.clusters.paper,
        (
            component("infrastructure", ("need_wet_lab",), ("pt_incubator",)),
            component("human-resources", ("need_joint_research",), ("pt_university",)),
            component("hospital", ("need_clinical_trial",), ("pt_hospital",), ("school-s",)),
        ),
        (),
        (),
    )
    cap = replace(catalogue.rule("labcentral-raised-cap"), offers=("lab-s/desk",))
    return replace(
        catalogue,
        partners=partners,
        rules=(cap,),
        bridges=(),
        precedents=(),
        clusters=comparison,
    )


@pytest.fixture(scope="module")
def table(tiny):
    basis = {"name_ko": "가", "sector": "의약", "item_name": "신약"}
    rows = [
        {
            "target_countries": "보스턴",
            "needs": "실험실;공동연구",
            "funding_total": "USD 12M",
        },
        {"target_countries": "싱가포르", "needs": "임상시험;전시·박람회 참가", "revenue": "없음"},
    ]
    tenants = [
        tenant_from_cells(basis | row, tiny.vocabulary, f"T{at}") for at, row in enumerate(rows, 1)
    ]
    return PartnerRecommender().fit(tiny).rank(tenants, as_of=DAY)


@pytest.fixture(scope="module")
def served(table):
    return served_tenants(table)


def who(need, cluster):
    return [service.offer.id for service in need.served_by(cluster)]


def of(tenant, component_id):
    return next(own for own in tenant.components if own.component.id == component_id)


def test_a_need_is_served_where_a_partner_can_be_recommended(served):
    [wet_lab] = of(served[0], "infrastructure").needs
    assert who(wet_lab, "boston") == ["lab-b/desk"]
    assert wet_lab.missing("boston") is None


def test_a_partner_that_a_rule_excludes_serves_nobody_and_is_told(served):
    [wet_lab] = of(served[0], "infrastructure").needs
    assert who(wet_lab, "singapore") == []
    assert wet_lab.missing("singapore") == "ineligible"
    assert [each.offer.id for each in wet_lab.services["singapore"]] == ["lab-s/desk"]


def test_a_partner_of_another_component_stands_beside_and_fills_no_gap(served):
    [research] = of(served[0], "human-resources").needs
    assert who(research, "singapore") == ["school-s/research"]
    assert research.missing("boston") == "nobody"
    hospital = of(served[0], "hospital")
    assert hospital.needs == ()
    [beside] = hospital.beside
    assert who(beside, "boston") == ["hospital-b/research"]
    assert who(served[0].need("need_joint_research"), "boston") == ["hospital-b/research"]


def test_a_need_that_falls_to_no_component_is_kept(served):
    assert [each.need for each in served[1].elsewhere] == ["need_exhibition"]
    assert served[0].elsewhere == ()


def test_a_closed_offer_serves_nobody(served):
    [trial] = of(served[1], "hospital").needs
    assert trial.services["singapore"] == ()
    assert trial.missing("singapore") == "nobody"


def test_places_are_compared_wherever_the_tenant_wants_to_go(served):
    assert served[0].wanted == {"boston": True, "singapore": False}
    assert served[1].wanted == {"boston": False, "singapore": True}
    assert [each.n_served("boston") for each in served] == [2, 1]
    assert [each.n_served("singapore") for each in served] == [1, 0]
    assert served[1].best("boston").offer.id == "hospital-b/trials"
    assert served[1].best("singapore") is None


def test_fit_verdict_and_rank_are_those_of_the_match_table(served, table):
    positions = {offer.id: at for at, offer in enumerate(table.catalogue.offers)}
    ranks = {table.offer(entry).id: entry.rank for entry in table.of_list("matches")}
    services = [
        (each.tenant, service)
        for each in served
        for need in each.needs
        for there in need.services.values()
        for service in there
    ]
    assert len(services) == 5
    for tenant, service in services:
        at = positions[service.offer.id]
        assert service.score == table.scores[tenant, at] > 0
        assert service.verdict == table.eligibility.verdict(tenant, at)
        assert service.rank == (ranks.get(service.offer.id) if tenant == 0 else None)
    assert ranks == {"lab-b/desk": 1, "hospital-b/research": 2}


def test_totals_count_tenants_by_component(served, tiny):
    infrastructure, people, hospital = component_totals(served, tiny.clusters)
    assert infrastructure.asking == 1
    assert infrastructure.needs == (("need_wet_lab", 1),)
    boston, singapore = infrastructure.clusters["boston"], infrastructure.clusters["singapore"]
    assert (boston.served, boston.wanting, boston.served_wanting) == (1, 1, 1)
    assert (singapore.served, singapore.wanting, singapore.served_wanting) == (0, 0, 0)
    assert boston.partners == (("lab-b", 1),)
    assert singapore.missing == (("need_wet_lab", 1),)
    assert people.clusters["boston"].missing == (("need_joint_research", 1),)
    assert hospital.asking == 1  # joint research of the first tenant stands beside only
    assert hospital.clusters["singapore"].wanting == 1
    assert hospital.clusters["boston"].partners == (("hospital-b", 1),)


def test_below_the_floor_nobody_is_recommended(tiny, table):
    vocabulary = replace(tiny.vocabulary, weights=replace(tiny.vocabulary.weights, floor=1.1))
    strict = replace(tiny, vocabulary=vocabulary)
    [first, _] = served_tenants(PartnerRecommender().fit(strict).rank(table.tenants, as_of=DAY))
    assert [need.missing("boston") for need in first.needs] == ["below_floor"] * 2


def test_who_refused_serves_nobody_and_is_named_only_to_the_office(tiny, table):
    cells = {**table.tenants[0].stated, "contacted_before": "lab-b(거절)"}
    tenant = tenant_from_cells(cells, tiny.vocabulary, "T1")
    table = PartnerRecommender().fit(tiny).rank([tenant], as_of=DAY)
    [served] = served_tenants(table)
    assert served.needs[0].missing("boston") == "declined"
    inside = served_lines(served, tiny, "ko")[0].cells[0].missing[0]
    outside = served_lines(served, tiny, "ko", internal=False)[0].cells[0].missing[0]
    assert inside.nearest == ("lab-b 기관",)
    assert (outside.why, outside.nearest) == ("검토 대상 아님", ())


@pytest.mark.parametrize(
    ("cells", "needs"),
    [
        ({"need_detail": "실험실은 불필요"}, ("need_joint_research",)),
        ({"need_detail": "실험실은 추후 검토"}, ("need_joint_research",)),
        ({"needs": "입주공간", "need_detail": "벤치 3개"}, ("need_wet_lab",)),
        ({"needs": "", "need_detail": "공동연구 희망"}, ("need_joint_research",)),
        ({"sector": "의료기기", "needs": "임상시험"}, ("need_clinical_trial",)),
    ],
    ids=["denied", "put off", "said by the words on space", "said by the text", "a reading"],
)
def test_a_need_is_what_the_tenant_asks_for_and_no_reading_of_it(cells, needs, tiny, table):
    tenant = tenant_from_cells({**table.tenants[0].stated, **cells}, tiny.vocabulary, "T1")
    assert PartnerRecommender().fit(tiny).rank([tenant], as_of=DAY).needs(0) == needs


def test_a_line_has_a_cell_per_cluster_with_the_place_in_the_paper(served, tiny):
    lines = served_lines(served[0], tiny, "en")
    assert [line.name for line in lines] == ["infrastructure", "human-resources", "hospital"]
    boston, singapore = lines[0].cells
    assert (boston.label, boston.wanted, boston.at) == ("Boston", True, "Table 1")
    assert [(each.partner, each.needs) for each in boston.partners] == [
        ("lab-b", ("wet lab space",))
    ]
    assert singapore.missing[0].nearest == ("lab-s",)
    assert lines[1].cells[0].missing[0].elsewhere == ("hospital-b",)
    assert lines[2].cells[0].partners[0].beside == ("joint research",)


def test_a_catalogue_without_comparison_says_so(tiny, table):
    bare = PartnerRecommender().fit(replace(tiny, clusters=None))
    with pytest.raises(MatcherError, match=r"no clusters\.toml"):
        served_tenants(bare.rank(table.tenants, as_of=DAY))


def run(*arguments):
    return CliRunner().invoke(
        main, ["clusters", *arguments, "--as-of", DAY], catch_exceptions=False
    )


def test_the_command_says_the_same_numbers_in_every_form():
    content = json.loads(run("--for", EXAMPLE, "--tenant", "T012", "--format", "json").stdout)
    [tenant] = content["tenants"]
    services = [
        service
        for own in (*tenant["components"], {"needs": tenant["outside_components"], "beside": []})
        for need in (*own["needs"], *own["beside"])
        for there in need["clusters"].values()
        for service in there["services"]
        if service["state"] == "open"
    ]
    korean, english = (
        run("--for", EXAMPLE, "--tenant", "T012", "--lang", lang).stdout for lang in ("ko", "en")
    )
    assert len(services) > 10
    for service in services:
        shown = f"({service['offer_id']}) {service['score']:.3f}"
        assert shown in korean
        assert shown in english
    assert content["run"]["id"] in korean
    assert "결과 2-1), 표 2" in korean
    assert "Results 2-1), Table 2" in english


def test_a_line_names_the_first_six_and_how_many_more():
    shown = run("--for", EXAMPLE, "--lang", "en").stdout
    assert re.search(r" \+\d", shown)
    content = json.loads(run("--for", EXAMPLE, "--format", "json").stdout)
    most = max(
        len(cell["partners"])
        for each in content["components"]
        for cell in each["clusters"].values()
    )
    assert f"+{most - 6}" in shown


def test_the_run_of_a_comparison_is_that_of_the_ranking():
    compared = json.loads(run("--for", EXAMPLE, "--format", "json").stdout)
    ranking = ["match", EXAMPLE, "--format", "json", "--as-of", DAY]
    ranked = json.loads(CliRunner().invoke(main, ranking).stdout)
    assert compared["run"] == ranked["run"]
    scores = {
        (tenant["tenant_id"], match["offer_id"]): (match["score"], match["verdict"], match["rank"])
        for tenant in ranked["tenants"]
        for match in tenant["matches"]
    }
    found = {
        (tenant["tenant_id"], each["offer_id"]): (each["score"], each["verdict"], each["rank"])
        for tenant in compared["tenants"]
        for own in tenant["components"]
        for need in own["needs"]
        for there in need["clusters"].values()
        for each in there["services"]
    }
    both = scores.keys() & found.keys()
    assert len(both) > 100
    assert all(scores[pair] == found[pair] for pair in both)


def test_the_list_has_a_row_per_component_and_cluster():
    shown = run("--for", EXAMPLE).stdout
    assert sum(line.startswith(("인프라", "병원")) for line in shown.splitlines()) == 4
    assert "온마루디그레이드" in shown


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["--for", EXAMPLE, "--tenant", "T999"], 1, "no tenant 'T999'"),
        (["--tenant", "T001"], 2, "--tenant needs --for TENANTS"),
        (["--for", "nowhere.csv"], 2, "nowhere.csv"),
    ],
)
def test_a_wrong_wish_is_told(arguments, status, told):
    result = run(*arguments)
    assert result.exit_code == status
    assert told in result.stderr
