"""The page in a real browser: search, filters, languages, keys, print, and what axe says of it."""

import os
import re
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from matcher import PartnerRecommender, read_catalogue, read_tenants
from matcher.intake import tenant_from_cells
from matcher.intake.tenants import TenantList
from matcher.reports.model.building import build_report
from matcher.reports.page.html import to_html
from matcher.reports.run import record_run

DAY = "2026-11-22"
EXAMPLE = Path(__file__).parents[1] / "data" / "tenants" / "example.csv"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
HOSTILE = "</script><img src=x onerror=window.hit=1><b>\x07\u202eevil" + "가" * 300
BAD = ("serious", "critical")


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        assert not os.environ.get("MATCHER_NEEDS_CHROMIUM"), "Chromium is missing"
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


def write_page(folder, catalogue, tenants):
    table = PartnerRecommender().fit(catalogue).rank(tenants, as_of=DAY)
    run = record_run(tenants, catalogue, DAY)
    models = {lang: build_report(table, tenants, run, language=lang) for lang in ("ko", "en")}
    path = folder / "index.html"
    path.write_bytes(to_html(models["ko"], models["en"], "ko"))
    return path, models


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    catalogue = read_catalogue()
    tenants = read_tenants(EXAMPLE, catalogue.vocabulary)
    return write_page(tmp_path_factory.mktemp("page"), catalogue, tenants)


@pytest.fixture(scope="module")
def models(written):
    return written[1]


@pytest.fixture
def opened(browser, written):
    """Open the page as a reader would, from the disk; anything it asks of a network fails."""
    pages = []

    def open_page(viewport=DESK, path=written[0], **context):
        page = browser.new_page(viewport=viewport, **context)
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda told: page.faults.append(told.text))
        page.on(
            "request",
            lambda asked: asked.url.startswith(("file:", "data:")) or page.faults.append(asked.url),
        )
        page.goto(path.as_uri())
        page.wait_for_selector("body[data-ready]")
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        assert page.faults == []
        page.close()


def names_in(page):
    return page.locator("#list .name").all_text_contents()


def test_every_tenant_is_listed_and_the_first_is_shown(opened, models):
    page = opened()
    assert names_in(page) == [each.name for each in models["ko"].pages]
    assert page.inner_text("#tenant h2") == models["ko"].pages[0].name
    assert page.inner_text("#found") == "40개 기업 중 40개 표시"


def test_the_cards_of_a_tenant_are_those_of_the_model_and_their_parts_add_up(opened, models):
    page = opened()
    for at, tenant in enumerate(models["ko"].pages[:6], 1):
        page.click(f"#list li:nth-child({at}) a")
        cards = page.locator("#tenant .card").all()
        model = [*tenant.matches, *tenant.near_misses]
        assert [card.locator("h4 span").inner_text() for card in cards] == [
            card.partner for card in model
        ]
        for shown, card in zip(cards, model, strict=True):
            numbers = shown.locator(".parts .number").all_inner_texts()
            *parts, total = [int(number.replace(".", "")) for number in numbers]
            assert sum(parts) == total
            assert numbers[-1] == f"{card.score:.3f}"
            assert f"{card.score:.3f}" in shown.locator(".score").inner_text()
            for rule in card.rules:
                assert rule.reason in shown.inner_text()
                assert shown.locator(f'a.source[href="{rule.source}"]').count() >= 1


def test_the_bar_of_a_score_is_as_long_as_its_parts_together(opened):
    page = opened()
    bar = page.locator(".card .bar").first
    ends = bar.evaluate(
        """svg => {
          const boxes = [...svg.querySelectorAll(".part")].map((part) => part.getBBox());
          const track = svg.querySelector(".track").getBBox();
          return boxes.map((box) => [box.x / track.width, (box.x + box.width) / track.width]);
        }"""
    )
    for (_, end), (start, _) in pairwise(ends):
        assert start == pytest.approx(end, abs=1e-4)
    score = float(page.locator(".card .parts tfoot .number").first.inner_text())
    assert ends[-1][1] == pytest.approx(score, abs=1e-3)


def test_search_finds_by_name_and_by_partner_in_either_language(opened, models):
    page = opened()
    page.fill("#query", "다솜결")
    assert names_in(page) == ["다솜결바이오"]
    assert page.inner_text("#tenant h2") == "다솜결바이오"
    page.fill("#query", "dasomgyeol")
    assert names_in(page) == ["다솜결바이오"]
    page.fill("#query", "labcentral")
    recommended = {
        each.name
        for each in models["ko"].pages
        if any(c.partner_id == "labcentral" for c in (*each.matches, *each.near_misses))
    }
    assert recommended
    assert recommended <= set(names_in(page))
    assert len(names_in(page)) < 40
    page.fill("#query", "없는기업이름")
    assert page.inner_text("#found") == "조건에 맞는 기업 없음"
    page.click("button[type=reset]")
    expect(page.locator("#list li")).to_have_count(40)


def test_filters_by_partner_cluster_need_and_verdict(opened, models):
    page = opened()
    pages = models["ko"].pages

    def shown_where(keep):
        return [each.name for each in pages if keep(each)]

    page.select_option("#partner", "labcentral")
    assert names_in(page) == shown_where(
        lambda t: any(c.partner_id == "labcentral" for c in (*t.matches, *t.near_misses))
    )
    assert page.locator("#tenant .card").count() == 1
    page.select_option("#partner", "")
    page.select_option("#cluster", "singapore")
    page.select_option("#verdict", "conditional")
    assert names_in(page) == shown_where(
        lambda t: any("singapore" in c.clusters and c.verdict == "conditional" for c in t.matches)
    )
    page.select_option("#cluster", "")
    page.select_option("#verdict", "near")
    assert names_in(page) == shown_where(lambda t: t.near_misses)
    page.select_option("#verdict", "none")
    assert names_in(page) == shown_where(lambda t: not t.matches)
    page.select_option("#verdict", "")
    page.select_option("#need", "need_wet_lab")
    assert names_in(page) == shown_where(lambda t: "need_wet_lab" in dict(t.asked))


def test_the_languages_switch_in_place_with_the_same_numbers(opened, models):
    page = opened()
    page.click("#list li:nth-child(3) a")

    def numbers():
        return re.findall(r"\d\.\d{3}", page.inner_text("#tenant"))

    korean = numbers()
    assert page.locator("html").get_attribute("lang") == "ko"
    page.click("[data-language=en]")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.inner_text("h1") == "Overseas partner match report"
    assert page.inner_text("#tenant h2") == models["en"].pages[2].name
    assert models["en"].pages[2].matches[0].partner in page.inner_text("#tenant")
    assert numbers() == korean
    assert page.locator("[data-language=en]").get_attribute("aria-pressed") == "true"
    assert not re.search("[가-힣]", page.inner_text("#filters"))
    page.click("[data-language=ko]")
    assert page.inner_text("h1") == "해외 파트너 매칭 보고서"


def test_the_heat_map_holds_every_pair_once(opened, models):
    page = opened()
    page.click("#tab-heat")
    rows = page.locator(".heat tbody tr")
    expect(rows).to_have_count(40)
    cells = rows.nth(0).locator("td").all_inner_texts()
    tenant = models["ko"].pages[0]
    lists = (tenant.matches, tenant.near_misses, tenant.ineligible, tenant.not_ranked)
    assert sorted(cell[:5] for cell in cells) == sorted(
        f"{c.score:.3f}" for cs in lists for c in cs
    )
    marked = [cell for cell in cells if cell.endswith(("●", "◐"))]
    assert len(marked) == len(tenant.matches)


def test_needs_stand_beside_what_both_clusters_have_for_them(opened, models):
    page = opened()
    tenant = models["ko"].pages[0]
    rows = page.locator(".served tbody tr")
    assert rows.locator("th").count() == len(tenant.served)
    for at, line in enumerate(tenant.served):
        cells = rows.nth(at).locator("td")
        for cluster, cell in zip(cells.all(), line.cells, strict=True):
            shown = cluster.text_content()
            for partner in cell.partners:
                assert f"{partner.partner} — {partner.offer} {partner.score:.3f}" in shown
            for missing in cell.missing:
                assert missing.need in shown
            assert cell.at in shown


def test_the_clusters_are_compared_over_eight_components_with_the_paper_beside(opened, models):
    page = opened()
    page.click("#tab-clusters")
    components = models["ko"].comparison.components
    headings = page.locator("#panel-clusters h3").all_text_contents()
    assert headings == [each.name for each in components]
    shown = page.locator("#panel-clusters").text_content()
    for component in components:
        for cell in component.clusters:
            assert f"{cell.text} ({cell.at})" in shown
            if cell.served is not None:
                assert f"{cell.served}/{component.asking}" in shown


def test_the_whole_way_works_by_keys_alone(opened, models):
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("#tab-tenants")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-heat"
    assert page.is_visible("#panel-heat")
    assert page.is_hidden("#panel-tenants")
    page.locator(".heat tbody td").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert page.is_visible("#panel-tenants")
    assert page.inner_text("#tenant h2") == models["ko"].pages[1].name
    assert page.evaluate("document.activeElement.closest('#tenant') !== null")
    page.focus("#query")
    page.keyboard.type("미르솔")
    page.keyboard.press("Enter")
    assert names_in(page) == ["미르솔온코"]
    page.focus("#list a")
    page.keyboard.press("Enter")
    page.wait_for_url("**#t=T003")
    assert page.inner_text("#tenant h2") == "미르솔온코"


def test_the_way_back_goes_through_the_tenants_read(opened):
    page = opened()
    page.click("#list li:nth-child(2) a")
    page.click("#list li:nth-child(5) a")
    page.go_back()
    expect(page.locator("#tenant h2")).to_have_text("다솜결바이오")


def test_filters_outdo_the_tenant_chosen_and_the_way_back_outdoes_the_filters(opened):
    page = opened()
    page.click("#list li:nth-child(2) a")
    page.fill("#query", "미르솔")
    assert page.inner_text("#tenant h2") == "미르솔온코"
    page.click("#list li:nth-child(1) a")
    page.go_back()
    expect(page.locator("#tenant h2")).to_have_text("다솜결바이오")
    expect(page.locator("#list li")).to_have_count(40)
    page.goto(page.url.partition("#")[0] + "#t=%")
    expect(page.locator("#tenant h2")).to_have_text("온새빛테라퓨틱스")


def test_a_phone_shows_the_list_then_the_tenant_and_nothing_sticks_out(opened):
    page = opened(PHONE)
    assert page.is_hidden("#tenant")
    page.click("#list li:nth-child(2) a")
    assert page.is_visible("#tenant")
    assert page.is_hidden("#side")
    for tab in ("heat", "clusters", "tenants"):
        page.click(f"#tab-{tab}")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.click(".back")
    assert page.is_visible("#side")


def test_in_print_one_tenant_stands_without_controls(opened, models, tmp_path):
    page = opened()
    page.emulate_media(media="print")
    for control in (".tools", ".tabs", "#filters", "#side"):
        assert page.is_hidden(control)
    assert page.is_visible("#tenant")
    assert page.is_visible("#record")
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    sizes = {
        tuple(map(float, box))
        for box in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    }
    assert len(sizes) == 1
    width, height = sizes.pop()
    assert (width, height) == (pytest.approx(595, abs=1), pytest.approx(842, abs=1))


def test_the_heat_map_prints_on_wide_pages(opened):
    page = opened()
    page.click("#tab-heat")
    printed = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert boxes
    assert all(float(width) > float(height) for width, height in boxes)


def test_three_hundred_and_sixty_tenants_open_in_two_seconds_and_weigh_three_megabytes(
    browser, models, tmp_path
):
    many = []
    for lang in ("ko", "en"):
        pages = [
            replace(page, tenant_id=f"{page.tenant_id}-{copy}")
            for copy in range(9)
            for page in models[lang].pages
        ]
        many.append(replace(models[lang], pages=tuple(pages)))
    path = tmp_path / "index.html"
    path.write_bytes(to_html(*many, "ko"))
    assert path.stat().st_size < 3_000_000
    opened = []
    for _ in range(3):  # the best of three: other work on the machine is not the page's
        page = browser.new_page(viewport=DESK)
        page.goto(path.as_uri())
        page.wait_for_selector("#tenant .card")
        opened.append(page.evaluate("performance.now()"))
        assert page.locator("#list li").count() == 360
        page.close()
    assert min(opened) < 2000


def test_hostile_names_stay_text(opened, tmp_path):
    catalogue = read_catalogue()
    cells = {
        "tenant_id": HOSTILE,
        "name_ko": HOSTILE,
        "sector": "의약",
        "item_name": HOSTILE,
        "need_detail": HOSTILE,
        "target_countries": "보스턴",
        "needs": "투자유치",
    }
    tenant = tenant_from_cells(cells, catalogue.vocabulary, HOSTILE)
    tenants = TenantList([tenant], name=HOSTILE[:40], digest="0" * 64)
    path, _ = write_page(tmp_path, catalogue, tenants)
    page = opened(PHONE, path)
    page.click("#list a")
    assert "<img src=x" in page.inner_text("#tenant h2")
    assert page.locator("#tenant img, #tenant b:has-text('evil')").count() == 0
    assert page.evaluate("window.hit") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [(DESK, "light"), (DESK, "dark"), (PHONE, "light")],
    ids=["desk", "desk-dark", "phone"],
)
def test_axe_finds_nothing_serious(opened, viewport, scheme):
    axe = Axe()
    page = opened(viewport, color_scheme=scheme)
    found = {}
    for tab in ("tenants", "heat", "clusters"):
        page.click(f"#tab-{tab}")
        found[f"{tab} list"] = axe.run(page)
    page.click("#tab-tenants")
    page.click("#list li:nth-child(4) a")
    found["tenant"] = axe.run(page)
    page.click("[data-language=en]")
    found["english"] = axe.run(page)
    told = {
        view: [
            (each["id"], each["nodes"][0]["html"][:120]) for each in result.response["violations"]
        ]
        for view, result in found.items()
        if any(each["impact"] in BAD for each in result.response["violations"])
    }
    assert told == {}
