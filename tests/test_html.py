"""The page to read: one file that loads nothing, with the numbers of every other format."""

import base64
import hashlib
import html
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from matcher import PartnerRecommender, read_tenants
from matcher.cli import main
from matcher.intake import tenant_from_cells
from matcher.intake.tenants import TenantList
from matcher.reports.listings import tables
from matcher.reports.markdown import to_markdown
from matcher.reports.model.building import build_report
from matcher.reports.page.html import LIBRARY, to_html
from matcher.reports.run import record_run
from matcher.reports.spreadsheets.workbook import to_workbook

DAY = "2026-11-22"
EXAMPLE = Path(__file__).parents[1] / "data" / "tenants" / "example.csv"
ASSETS = Path(__file__).parents[1] / "matcher" / "reports" / "page" / "assets"
HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)>\x00\x07\u202e\u2028$x{{y}}"
)


def page_of(table, tenants, run, *, audience="internal", language="ko"):
    models = [
        build_report(table, tenants, run, language=each, audience=audience) for each in ("ko", "en")
    ]
    return to_html(*models, language)


def content_of(page):
    found = re.search(
        rb'<script type="application/json" id="content">(.*?)</script>', page, re.DOTALL
    )
    return json.loads(found[1])


@pytest.fixture(scope="module")
def result(catalogue):
    tenants = read_tenants(EXAMPLE, catalogue.vocabulary)
    table = PartnerRecommender().fit(catalogue).rank(tenants, as_of=DAY)
    return table, tenants, record_run(tenants, catalogue, DAY)


@pytest.fixture(scope="module")
def page(result):
    return page_of(*result)


def hostile_list(catalogue):
    cells = {
        "tenant_id": HOSTILE,
        "name_ko": HOSTILE + "가" * 300,
        "sector": "의약",
        "item_name": HOSTILE,
        "need_detail": HOSTILE,
        "target_countries": "보스턴",
        "needs": "투자유치",
    }
    tenant = tenant_from_cells(cells, catalogue.vocabulary, HOSTILE)
    return TenantList([tenant], name="<b>hostile</b>.csv", digest="0" * 64)


def test_two_runs_give_the_same_bytes(catalogue, page):
    tenants = read_tenants(EXAMPLE, catalogue.vocabulary)
    table = PartnerRecommender().fit(catalogue).rank(tenants, as_of=DAY)
    assert page_of(table, tenants, record_run(tenants, catalogue, DAY)) == page


def test_nothing_is_loaded_and_nothing_runs_but_what_the_page_brings(page):
    text = page.decode()
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1])
    assert policy.startswith("default-src 'none';")
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert len(scripts) == 2
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", text, flags=re.DOTALL)
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", markup)


def test_the_library_is_the_published_file_and_every_copy_carries_its_licence(page):
    content = (ASSETS / LIBRARY).read_bytes()
    assert content.startswith(b"// https://d3js.org v7.9.2 Copyright")
    digest = "912111098ea99503a6f4967361d2bbdc9dbf58cf9c678c8e27e5b02d1a07f0c1"
    assert hashlib.sha256(content).hexdigest() == digest
    assert content in page
    assert (ASSETS / "d3.LICENSE").read_bytes() in page
    assert b"Permission to use, copy, modify" in page


def test_hostile_text_is_data_and_ends_no_element(catalogue):
    tenants = hostile_list(catalogue)
    table = PartnerRecommender().fit(catalogue).rank(tenants, as_of=DAY)
    page = page_of(table, tenants, record_run(tenants, catalogue, DAY))
    assert page.count(b"</script>") == 3
    assert b"<img" not in page
    content = content_of(page)
    assert content["tenants"][0]["id"] == tenants.tenants[0].tenant_id
    assert "\u2028" not in page.decode()


def test_external_pages_hold_consenting_tenants_and_no_confidential_text(result):
    table, tenants, run = result
    page = page_of(table, tenants, run, audience="external").decode()
    content = content_of(page.encode())
    consenting = [t for t in tenants if t.values.get("consent_external") == "yes"]
    assert [t["id"] for t in content["tenants"]] == [t.tenant_id for t in consenting]
    assert content["problems"] == []
    assert content["inputs"] == []
    assert EXAMPLE.name not in page
    for tenant in tenants:
        for field in ("need_detail", "item_name", "tech_summary"):
            stated = tenant.stated.get(field, "")
            assert len(stated) < 12 or stated not in page
        assert tenant in consenting or tenant.name not in page


def test_the_numbers_of_all_formats_are_the_same(result, page):
    table, tenants, run = result
    model = build_report(table, tenants, run)
    content = content_of(page)
    in_page = {
        (tenant["id"], content["offers"][card["offer"]]["id"]): (
            card.get("rank"),
            f"{card['score'] / 1000:.3f}",
            [f"{part / 1000:.3f}" for _, part in card["parts"] if part],
            card["decision"],
        )
        for tenant in content["tenants"]
        for card in (*tenant["matches"], *tenant["near_misses"])
    }
    machine = tables.match_content(table, tenants, run)
    in_json = {
        (tenant["tenant_id"], each["offer_id"]): (
            each.get("rank"),
            f"{each['score']:.3f}",
            each["decision_id"],
        )
        for tenant in machine["tenants"]
        for each in (*tenant["matches"], *tenant["near_misses"])
    }
    assert {pair: (r, s, d) for pair, (r, s, _, d) in in_page.items()} == in_json
    assert _in_markdown(model) == [(s, parts) for _, s, parts, _ in in_page.values()]
    assert _in_workbook(model) == [
        (tenant, rank, score) for (tenant, _), (rank, score, _, _) in in_page.items() if rank
    ]


def _in_markdown(model):
    """Scores and parts of all cards in order, as the pages print them."""
    found = []
    for page in model.pages:
        for line in to_markdown(model, page).splitlines():
            if line.startswith("- 적합도 **"):
                total, *parts = re.findall(r"\d\.\d{3}", line)
                found.append((total, parts))
    return found


def _in_workbook(model):
    book = openpyxl.load_workbook(io.BytesIO(to_workbook(model)))
    header, *rows = list(book["총괄표"].values)
    at = {name: header.index(name) for name in ("관리번호", "순위", "적합도")}
    return [
        (row[at["관리번호"]], row[at["순위"]], f"{row[at['적합도']]:.3f}")
        for row in rows
        if row[at["순위"]]
    ]


def test_a_data_folder_that_compares_no_clusters_has_a_page_too(catalogue):
    bare = replace(catalogue, clusters=None)
    tenants = read_tenants(EXAMPLE, bare.vocabulary)
    table = PartnerRecommender().fit(bare).rank(tenants, as_of=DAY)
    content = content_of(page_of(table, tenants, record_run(tenants, bare, DAY)))
    assert content["comparison"] is None
    assert {len(tenant["served"]) for tenant in content["tenants"]} == {0}


def test_the_command_writes_the_page_in_the_language_asked_for(tmp_path):
    def run(*options):
        return CliRunner().invoke(
            main, ["report", str(EXAMPLE), "-o", str(tmp_path), "--as-of", DAY, *options]
        )

    assert run("--format", "html").exit_code == 0
    assert [path.name for path in tmp_path.iterdir() if path.name[0] != "."] == ["index.html"]
    korean = (tmp_path / "index.html").read_bytes()
    assert run("--format", "html", "--lang", "en").exit_code == 0
    english = (tmp_path / "index.html").read_bytes()
    assert (b'<html lang="ko">' in korean, b'<html lang="en">' in english) == (True, True)
    assert content_of(korean) | {"language": "en"} == content_of(english)
    refused = run("--format", "xlsx", "--open")
    assert refused.exit_code == 2
    assert "--open opens the page: it needs --format html" in refused.output


def test_both_languages_stand_over_the_same_numbers(page):
    content = content_of(page)
    texts = content["texts"]
    pairs = [text for text in texts if isinstance(text, list)]
    assert all(len(pair) == 2 for pair in pairs)
    assert ["적합도", "Fit"] in pairs
    assert len(pairs) > 1000
