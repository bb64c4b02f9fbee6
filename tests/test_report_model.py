"""The report model: what all renderers draw, checked where numbers come from."""

from pathlib import Path

import pytest

from matcher import PartnerRecommender, read_tenants
from matcher.catalogue.clusters import COMPONENTS
from matcher.reports.labels import word
from matcher.reports.model.building import build_report
from matcher.reports.model.record import age_line
from matcher.reports.run import record_run

DAY = "2026-11-22"
EXAMPLE = Path(__file__).parents[1] / "data" / "tenants" / "example.csv"


@pytest.fixture(scope="module")
def reports(catalogue):
    tenants = read_tenants(EXAMPLE, catalogue.vocabulary)
    table = PartnerRecommender().fit(catalogue).rank(tenants, as_of=DAY)
    run = record_run(tenants, catalogue, DAY)
    return {
        (language, audience): build_report(
            table, tenants, run, language=language, audience=audience
        )
        for language in ("ko", "en")
        for audience in ("internal", "external")
    }


def test_totals_count_every_tenant_once(reports):
    totals = dict(reports["en", "internal"].totals)
    groups = ("served", "near_only", "unserved", "incomplete_rows")
    assert totals["Tenants"] == 40
    assert sum(totals[word(group, "en")] for group in groups) == 40
    assert totals["Recommendations"] == sum(
        len(page.matches) for page in reports["ko", "internal"].pages
    )


def test_partners_not_ranked_stand_under_their_reasons_and_none_is_lost(reports):
    for page in reports["ko", "internal"].pages:
        assert sum(map(len, page.others.values())) == len(page.not_ranked)
        for reason, cards in page.others.items():
            assert {card.reason for card in cards} == {reason}


def test_a_report_compares_the_clusters_over_the_eight_components(reports):
    comparison = reports["en", "internal"].comparison
    assert [line.id for line in comparison.components] == list(COMPONENTS)
    infrastructure = comparison.components[0]
    boston = next(cell for cell in infrastructure.clusters if cell.cluster == "boston")
    assert ("labcentral", "LabCentral") in boston.partners
    assert boston.at == "Results 2-1), Table 2"
    assert ("need_space", "incubation space") in infrastructure.needs


def test_only_the_office_sees_needs_that_no_term_means(reports, catalogue):
    known = catalogue.vocabulary.facets["need"].terms
    asked = [need for page in reports["ko", "external"].pages for need, _ in page.asked]
    assert asked
    assert set(asked) <= set(known)


def test_the_record_tells_how_old_the_evidence_is(catalogue):
    label, nothing = age_line(catalogue, [], "en")
    assert (label, nothing[:9]) == ("Age of the evidence", "of 0 offe")
    rule = next(r for r in catalogue.rules if r.source.as_of is None)
    assert age_line(catalogue, [rule.id], "en")[1].startswith("of 1 offers")
    assert age_line(catalogue, [rule.id], "en")[1].endswith(
        f"0 rest on sources from before {catalogue.stale_before}, 1 on undated ones"
    )


def test_the_record_names_the_audience(reports):
    assert ("Audience", "external (consenting tenants only)") in reports["en", "external"].record
    assert reports["ko", "internal"].record[-1][0] == "근거의 한계"
