"""Pages of partners and rules: every thing once, with its source, and no id without its name."""

import re

import pytest

from matcher import read_catalogue
from matcher.catalogue.conditions import build_condition
from matcher.errors import UnknownIdError
from matcher.reports.listings.catalogue import partner_rows
from matcher.reports.listings.conditions import condition_lines
from matcher.reports.listings.pages import partner_page, partner_table, rule_page, rule_table


def test_a_partner_page_tells_each_rule_once_and_every_source(catalogue):
    partner = catalogue.partner("mgh")
    page = "\n".join(partner_page(catalogue, "mgh"))
    for rule in catalogue.rules:
        named = any(offer.startswith("mgh/") for offer in rule.offers)
        assert page.count(f"({rule.id})") == named
    for source in partner.sources:
        assert source.url in page
    for fact in partner.facts:
        assert fact.text["ko"] in page
    assert page.splitlines()[0] == "매사추세츠종합병원 / Massachusetts General Hospital (mgh)"
    assert "  유형: 병원 · 보스턴" in page


def test_entry_rules_come_before_what_is_settled_later(catalogue):
    kinds = re.findall(
        r"\[(진입 요건|착수 전 협의|우대 사항|절차) ·", "\n".join(partner_page(catalogue, "mgh"))
    )
    order = ["진입 요건", "착수 전 협의", "우대 사항", "절차"]
    assert kinds == sorted(kinds, key=order.index)
    assert set(kinds) == {"진입 요건", "착수 전 협의", "절차"}


def test_no_term_stands_on_a_page_by_its_id(catalogue):
    for partner in catalogue.partners:
        page = "\n".join(partner_page(catalogue, partner.id))
        assert not re.search(r"\b(need|pt)_\w+", page)


def test_a_rule_page_says_the_condition_and_the_cases_in_words(catalogue):
    lines = [*rule_page(catalogue, "collab-joint-research")]
    assert lines[1] == "  종류: 진입 요건 · 확인됨"
    assert "  제공 사항: 콜랩 (Collab) — 싱가포르 입주 (collab/residency)" in lines
    assert "- 해외 공동연구: 싱가포르 소재 기관 (계약)" in lines
    assert any(line.endswith("해외 공동연구 미기재 → 확인 필요") for line in lines)


def test_every_rule_has_a_page(catalogue):
    for rule in catalogue.rules:
        page = "\n".join(rule_page(catalogue, rule.id))
        assert rule.source.url in page
        assert ("\n조건\n" in page) == (rule.requires is not None)


def test_an_unknown_rule_is_told(catalogue):
    with pytest.raises(UnknownIdError):
        [*rule_page(catalogue, "zz")]


@pytest.mark.parametrize(
    ("entry", "lines"),
    [
        (
            {"field": "funding_total", "op": "at_most", "value": 10_000_000, "currency": "USD"},
            ["- 누적투자유치액: USD 10,000,000 이하"],
        ),
        ({"field": "trl", "op": "below", "value": 7}, ["- TRL: 7 미만"]),
        ({"field": "founded_on", "op": "younger_than", "value": 5}, ["- 설립일: 5년 미만"]),
        (
            {"field": "indication", "op": "has", "value": ["oncology", "inflammation"]},
            ["- 적응증: 종양학, 염증성질환 중 하나 또는 그 하위"],
        ),
        (
            {"field": "origin", "op": "is", "value": ["Flagship 설립"], "blank": "not_met"},
            ["- 창업유형: Flagship 설립; 미기재·미정도 미충족"],
        ),
        (
            {"field": "local_entities", "op": "within", "place": "Boston", "unsettled": "US"},
            ["- 현지법인: 보스턴 소재; 미국만 적혀 있으면 확인 필요"],
        ),
        (
            {"field": "approvals", "op": "holds", "status": "held"},
            ["- 인허가·인증 현황: 종류 무관 (보유)"],
        ),
        (
            {
                "at_least": 1,
                "of": [
                    {"not": {"field": "employees", "op": "at_least", "value": 200}},
                    {"any": [{"field": "irb", "op": "names", "institutions": ["nuh", "mgh"]}]},
                ],
            },
            [
                "- 다음 중 1개 이상 충족",
                "  - 다음에 해당하지 않음",
                "    - 임직원수: 200 이상",
                "  - 다음 중 하나 이상 충족",
                "    - IRB·윤리심사: 싱가포르 국립대학교병원 (NUH), 매사추세츠종합병원 중 하나",
            ],
        ),
    ],
)
def test_conditions_in_words(entry, lines, catalogue):
    assert [*condition_lines(build_condition(entry), catalogue)] == lines


def test_the_list_of_partners_names_offers_kinds_and_clusters(catalogue):
    rows = partner_rows(catalogue, cluster="싱가포르", kind="병원", term="임상시험")
    [nuh] = [row for row in partner_table(catalogue, rows) if row["id"] == "nuh"]
    assert nuh["클러스터"] == ["싱가포르"]
    assert nuh["유형"] == "병원"
    assert "clinical-trial-site" not in nuh["운영 중인 제공 사항"]
    bridges = partner_table(catalogue, partner_rows(catalogue, cluster="Hongneung"))
    assert all(row["유형"].endswith(" · 국내 연결 기관") for row in bridges)


def test_an_unknown_cluster_is_told(catalogue):
    with pytest.raises(UnknownIdError, match="no cluster '부산'"):
        partner_rows(catalogue, cluster="부산")


def test_the_list_of_rules_counts_offers_by_partner(catalogue):
    [row] = [row for row in rule_table(catalogue) if row["id"] == "mgb-biobank-collaborator"]
    assert row["기관(제공 사항 수)"] == ["매사추세츠종합병원(1)", "브리검여성병원(1)"]
    assert (row["종류"], row["상태"], row["기준일"]) == ("착수 전 협의", "재확인 필요", "일자 미상")


def test_a_page_of_a_partner_laid_over_has_no_empty_headings(tmp_path):
    (tmp_path / "partners").mkdir()
    (tmp_path / "partners/new-hub.toml").write_text(
        """id = "new-hub"
name = { ko = "새 허브", en = "New Hub" }
kind = "pt_incubator"
clusters = ["boston"]

[[offer]]
id = "none"
name = { ko = "없음", en = "Nothing" }
summary = { ko = "알려진 것 없음", en = "Nothing is known." }
status = "unsourced"
strength = 0.0
sources = []
""",
        encoding="utf-8",
    )
    assert [*partner_page(read_catalogue(tmp_path), "new-hub")] == [
        "새 허브 / New Hub (new-hub)",
        "  유형: 현지 입주지원기관 · 보스턴",
        "",
        "제공 사항 1건",
        "- 없음 / Nothing (new-hub/none) [제공 사항 미확인]",
        "  알려진 것 없음 / Nothing is known.",
        "  근거 강도 0",
    ]
