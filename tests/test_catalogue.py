"""What the shipped catalogue promises: every partner, every rule, and where each fact is from."""

import re
import tomllib
from dataclasses import replace

import pytest

from matcher import UnknownIdError
from matcher.catalogue.files import shipped_folder
from matcher.catalogue.offers import TERMS_OF_OFFER
from matcher.catalogue.provenance import TIERS
from matcher.catalogue.staleness import Statement, is_ahead, is_stale, statements
from matcher.reports.listings.catalogue import partner_rows

PARTNERS = {
    "boston": """
        cic labcentral flagship-pioneering third-rock-ventures mgh bwh dana-farber harvard mit
        broad whitehead boston-university umass massbio mlsc ibe biogen moderna vertex-pharma bms
    """,
    "singapore": """
        collab temasek edbi clavystbio vertex-ventures-hc seeds-capital sginnovate 65lab nuh sgh
        ttsh singhealth-mto chisel nus ntu duke-nus astar eddc artc jtc nsg-biolabs lsi edb
        enterprise-singapore cris nhic healthtec-sg precise synapxe hsa abbott gsk roche
        boehringer-ingelheim
    """,
    "boston singapore": "merck-msd pfizer novartis sanofi amgen takeda",
}
BRIDGES = """
    kist korea-university kyung-hee-university seoul-bio-hub khidi khidi-boston khidi-asean
"""
RULES = {
    "collab-joint-research": ("collab/residency", "entry", "confirmed"),
    "labcentral-raised-cap": ("labcentral/residency", "entry", "confirmed"),
    "labcentral-revenue-cap": ("labcentral/residency", "entry", "confirmed"),
    "flagship-own-companies": ("flagship-pioneering/company-creation", "entry", "confirmed"),
    "innomatch-trl": ("chisel/innomatch", "entry", "confirmed"),
    "innomatch-revenue": ("chisel/innomatch", "entry", "recheck"),
    "startup-sg-tech-entity": ("enterprise-singapore/startup-sg-tech", "entry", "recheck"),
    "mlsc-ma-registration": ("mlsc/tax-incentive", "entry", "confirmed"),
    "nuh-local-pi": ("nuh/clinical-trial-site", "before_start", "recheck"),
    "sgh-local-pi": ("sgh/clinical-trial-site", "before_start", "recheck"),
    "ttsh-local-pi": ("ttsh/clinical-trial-site", "before_start", "recheck"),
    "mgh-system-pi": ("mgh/clinical-trial-site", "before_start", "recheck"),
    "bwh-system-pi": ("bwh/clinical-trial-site", "before_start", "recheck"),
    "dana-farber-system-pi": ("dana-farber/clinical-trial-site", "before_start", "recheck"),
}
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def _sources(catalogue):
    """Return every source of partners and rules, named for the message of a failing test."""
    of_partners = [(f"{p.id}:{s.id}", s) for p in catalogue.partners for s in p.sources]
    return of_partners + [(rule.id, rule.source) for rule in catalogue.rules]


def test_the_partners_are_those_of_the_contract(catalogue):
    ranked = {partner.id for partner in catalogue.ranked_partners}
    assert ranked == {each for ids in PARTNERS.values() for each in ids.split()}
    assert {partner.id for partner in catalogue.partners} - ranked == set(BRIDGES.split())


@pytest.mark.parametrize("clusters", PARTNERS)
def test_a_partner_belongs_to_its_clusters(clusters, catalogue):
    partners = [catalogue.partner(each) for each in PARTNERS[clusters].split()]
    assert [p.id for p in partners if not set(clusters.split()) <= set(p.clusters)] == []


def test_every_partner_has_an_offer_and_a_name_in_both_languages(catalogue):
    names = [(partner.id, partner.name) for partner in catalogue.partners]
    assert [each for each, name in names if not (name.get("ko") and name.get("en"))] == []
    assert [partner.id for partner in catalogue.partners if not partner.offers] == []


def test_every_offer_is_named_and_described_in_both_languages(catalogue):
    texts = [(o.id, text) for o in catalogue.offers for text in (o.name, o.summary)]
    assert [offer for offer, text in texts if not (text.get("ko") and text.get("en"))] == []


def test_offers_of_bridges_are_not_among_those_to_rank(catalogue):
    of_bridges = [offer.id for each in BRIDGES.split() for offer in catalogue.partner(each).offers]
    assert len(of_bridges) >= len(BRIDGES.split())
    assert {offer.id for offer in catalogue.offers}.isdisjoint(of_bridges)


def test_an_active_offer_has_needs_places_and_sources(catalogue):
    active = [offer for offer in catalogue.offers if offer.active]
    for have in (lambda o: o.terms["need"], lambda o: o.terms["place"], lambda o: o.sources):
        assert [offer.id for offer in active if not have(offer)] == []


def test_an_offer_without_any_source_is_unsourced_and_weighs_nothing(catalogue):
    without = [(o.id, o.status, o.strength) for o in catalogue.offers if not o.sources]
    assert without == [("boehringer-ingelheim/none", "unsourced", 0.0)]


def test_strengths_lie_between_0_and_1_and_say_why(catalogue):
    assert [offer.id for offer in catalogue.offers if not 0 <= offer.strength <= 1] == []
    assert [offer.id for offer in catalogue.offers if not offer.strength_basis] == []


def test_every_term_of_an_offer_is_in_the_vocabulary(catalogue):
    facets = catalogue.vocabulary.facets
    unknown = [
        (offer.id, term)
        for offer in catalogue.offers
        for facet in TERMS_OF_OFFER
        for term in offer.terms[facet]
        if term not in facets[facet].terms
    ]
    assert unknown == []


def test_the_rules_of_the_contract_keep_their_offer_kind_and_status(catalogue):
    rules = map(catalogue.rule, RULES)
    assert {rule.id: (*rule.offers, rule.kind, rule.status) for rule in rules} == RULES


@pytest.mark.parametrize("offer", ["flagship-pioneering/partnering", "cic/membership"])
def test_an_offer_without_published_conditions_has_no_rule_that_is_judged(offer, catalogue):
    rules = catalogue.rules_of_offer[catalogue.offer(offer).id]
    assert {rule.kind for rule in rules} == {"process"}


def test_every_source_has_an_address_a_tier_and_no_date_but_an_iso_one(catalogue):
    sources = _sources(catalogue)
    assert [name for name, s in sources if not re.match(r"https?://[^\s/]+\.\w+", s.url)] == []
    assert [name for name, s in sources if s.tier not in TIERS] == []
    assert [name for name, s in sources if s.as_of and not _DATE.fullmatch(s.as_of)] == []


def test_a_rule_rests_on_a_source_of_its_partner_and_quotes_few_words(catalogue):
    for rule in catalogue.rules:
        partners = {offer.partition("/")[0] for offer in rule.offers}
        if len(partners) == 1:  # a rule that several share has sources of its own
            assert rule.source in catalogue.partner(*partners).sources, rule.id
        assert len(rule.evidence.split()) <= 20, rule.id


def test_a_bridge_is_on_record_or_says_that_it_is_not(catalogue):
    assert {bridge.basis for bridge in catalogue.bridges} == {"sourced", "proposed"}
    for bridge in catalogue.bridges:
        assert bridge.url.startswith("http"), bridge
        assert bridge.as_of is None or _DATE.fullmatch(bridge.as_of), bridge
        assert bridge.basis == "sourced" or not bridge.confirmed, bridge


@pytest.mark.parametrize(
    ("amount", "currency", "to", "converted"),
    [(1, "USD", "KRW", 1400), (1, "SGD", "KRW", 1050), (4, "SGD", "USD", 3), (5, "USD", "USD", 5)],
)
def test_money_is_converted_at_the_rates_of_the_contract(
    amount, currency, to, converted, catalogue
):
    assert catalogue.rates.convert(amount, currency, to) == converted
    assert _DATE.fullmatch(catalogue.rates.as_of)


@pytest.mark.parametrize(
    "path",
    sorted(shipped_folder().rglob("*.toml")),
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_every_curated_file_is_toml_with_something_in_it(path):
    assert tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Flagship Pioneering", "flagship-pioneering"),
        ("nus", "nus"),
        ("콜랩", "collab"),
        ("Pfizer(거절)", "pfizer"),
        ("한국애보트", "abbott"),
        ("한국애보트(거절)", "abbott"),
        ("MGH", "mgh"),
        ("KIST", "kist"),
        ("가나다라연구원", None),
    ],
)
def test_a_partner_goes_by_any_of_its_names(name, wanted, catalogue):
    assert catalogue.partner_named(name) == wanted


@pytest.mark.parametrize(
    ("kind", "wanted", "near"),
    [
        ("partner", "labcentrel", "labcentral"),
        ("offer", "cic/membershp", "cic/membership"),
        ("rule", "innomatch-trll", "innomatch-trl"),
    ],
)
def test_an_unknown_id_is_an_error_that_names_its_like(kind, wanted, near, catalogue):
    with pytest.raises(UnknownIdError, match=f"no {kind} '{wanted}' .did you mean {near}"):
        getattr(catalogue, kind)(wanted)
    assert getattr(catalogue, kind)(near).id == near


def test_a_rule_of_several_offers_stands_under_each(catalogue):
    rule = replace(
        catalogue.rule("nuh-local-pi"), offers=("nuh/clinical-trial-site", "cic/membership")
    )
    rules_of_offer = replace(catalogue, rules=(rule,)).rules_of_offer
    assert [offer for offer, rules in rules_of_offer.items() if rules] == [
        "cic/membership",
        "nuh/clinical-trial-site",
    ]


def test_partners_are_listed_by_kind_cluster_and_term(catalogue):
    rows = partner_rows(catalogue, kind="병원", cluster="singapore", term="임상시험")
    assert {"nuh", "sgh", "ttsh"} <= {row["id"] for row in rows}
    assert all("clinical-trial-site" in row["offers"] for row in rows if row["id"] == "nuh")
    assert len(partner_rows(catalogue, term="oncology")) > len(partner_rows(catalogue, term="폐암"))
    with pytest.raises(UnknownIdError, match="no term '우주선'"):
        partner_rows(catalogue, term="우주선")


def test_old_statements_are_those_before_the_year_of_the_folder(catalogue):
    old = Statement("fact", "cic", "https://example.org", "2019-06-03")
    assert is_stale(old, "2020")
    assert not is_stale(old, "2019")
    assert not is_stale(replace(old, as_of=None), "2020")


@pytest.mark.parametrize(
    ("as_of", "day", "ahead"),
    [
        ("2062", "2026-11-22", True),
        ("2026", "2026-11-22", False),
        ("2026-12", "2026-11-22", True),
        ("2026-11-23", "2026-11-22", True),
        ("2026-11-22", "2026-11-22", False),
        (None, "2026-11-22", False),
    ],
)
def test_a_statement_dated_after_the_day_of_the_run_is_ahead(as_of, day, ahead):
    assert is_ahead(Statement("fact", "nuh", "https://example.org", as_of), day) is ahead


def test_a_statement_on_a_company_without_an_english_name_names_it(catalogue):
    assert not [each for each in statements(catalogue) if each.id.startswith(" →")]
    assert {each.kind for each in statements(catalogue)} == {
        *("offer", "rule", "fact", "bridge", "precedent"),
    }
