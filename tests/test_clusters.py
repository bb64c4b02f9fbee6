"""The comparison of the clusters: complete, in both languages, each statement with its place."""

import json
import re
import shutil

import pytest
from click.testing import CliRunner

from matcher import DataError, read_catalogue
from matcher.catalogue.clusters import COMPONENTS, is_place
from matcher.catalogue.files import shipped_folder
from matcher.catalogue.offers import CLUSTERS
from matcher.cli import main


def run(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path):
    ignored = shutil.ignore_patterns("tenants")
    return shutil.copytree(shipped_folder(), tmp_path / "data", ignore=ignored)


def test_every_component_is_there_for_every_cluster_in_both_languages(catalogue):
    components = catalogue.clusters.components
    assert tuple(component.id for component in components) == COMPONENTS
    for component in components:
        assert tuple(component.cells) == CLUSTERS
        notes = [cell.note for cell in component.cells.values()]
        notes += component.common + component.different
        notes += component.improvements + component.cooperation
        for note in notes:
            assert re.search("[가-힣]", note.text["ko"])
            assert not re.search("[가-힣]", note.text["en"])
            assert is_place(note.at["en"])
            assert not re.search("[A-Z]", note.at["ko"])


def test_a_component_names_partners_of_both_clusters_abroad_that_serve_its_needs(catalogue):
    served = {
        partner.id: {need for offer in partner.offers for need in offer.terms["need"] + offer.also}
        for partner in catalogue.partners
    }
    for component in catalogue.clusters.components:
        for cluster in ("boston", "singapore"):
            partners = component.cells[cluster].partners
            assert any(served[partner] & set(component.needs) for partner in partners)


def test_stages_run_from_the_first_year_to_now(catalogue):
    years = {name: [] for name in CLUSTERS}
    for stage in catalogue.clusters.stages:
        years[stage.cluster].append((stage.start, stage.end))
    assert years["boston"] == [(1980, 1995), (1996, 2005), (2006, 2015), (2016, 2020), (2021, None)]
    assert years["singapore"][0] == (2000, 2005)
    assert years["hongneung"][-1] == (2021, 2025)


@pytest.mark.parametrize(
    ("place", "korean"),
    [
        ("Table 2", "표 2"),
        ("Results 2-1), 5-4)(2)", "결과 2-1), 5-4)(2)"),
        ("Results 3, 5-1)(1), Table 1", "결과 3, 5-1)(1), 표 1"),
        ("Conclusion", "결론"),
    ],
)
def test_a_place_of_the_paper_has_a_korean_name(place, korean, folder):
    _edit(folder, 'at = "Results 2-1\\), 4-1\\)"', f'at = "{place}"')
    assert read_catalogue(folder).clusters.components[0].common[0].at == {"ko": korean, "en": place}


def _edit(folder, old, new):
    path = folder / "clusters.toml"
    text = path.read_text(encoding="utf-8")
    spoilt = re.sub(old, lambda _: new, text, count=1, flags=re.DOTALL)
    assert spoilt != text
    path.write_text(spoilt, encoding="utf-8")


_DEFECTS = {
    "component left out": (
        r'\[\[component]]\nid = "policy".*?(?=# --- stages)',
        "",
        "component 'policy' is missing",
    ),
    "component twice": ('id = "policy"', 'id = "hospital"', "component 'hospital' appears twice"),
    "unknown component": ('id = "policy"', 'id = "polity"', "(did you mean 'policy'?)"),
    "cluster left out": (
        r"\[component\.singapore].*?(?=\[\[component]])",
        "",
        "component 'infrastructure': key 'singapore' is missing",
    ),
    "one language left out": (
        r'common = \[\n  { ko = "[^"]*", ',
        "common = [\n  { ",
        "key 'ko' is",
    ),
    "no place in the paper": (r', at = "Results 2-1\), 4-1\)"', "", "key 'at' is missing"),
    "place that the paper has not": ('at = "Table 4"', 'at = "page 3"', "not a table or section"),
    "nothing in common": (r"common = \[.*?\n]", "common = []", "common is an empty list"),
    "unknown need": ('"need_wet_lab"', '"need_wet_lap"', "(did you mean 'need_wet_lab'?)"),
    "unknown kind of partner": ('"pt_incubator"', '"pt_incubater"', "'pt_incubator'?)"),
    "unknown partner": (
        r'"labcentral"',
        '"labcentre"',
        "'infrastructure', boston: 'labcentre' is no partner (did you mean 'labcentral'?)",
    ),
    "partner of another cluster": (
        r'"labcentral"',
        '"jtc"',
        "boston: 'jtc' does not belong to this cluster (it stands in singapore)",
    ),
    "paper without an address": ('url = "[^"]*"\n', "", "paper: key 'url' is missing"),
    "paper without a date": ("as_of = 2024-09-30\n", "", "paper: key 'as_of' is missing"),
    "fact without a date": ("as_of = 2025-08-11\n", "", "key 'as_of' is missing"),
    "fact of no component": (
        'component = "governance"\nko',
        'component = "govern"\nko',
        "(did you mean 'governance'?)",
    ),
    "stage out of order": ("number = 2", "number = 3", "stage 3 of boston follows stage 1"),
    "stage that ends before it begins": (
        "to = 1995",
        "to = 1975",
        "stage 1 of boston runs against",
    ),
    "cluster without stages": (
        r'\[\[stage]]\ncluster = "hongneung".*?(?=# --- public)',
        "",
        "hongneung has no stages",
    ),
}


@pytest.mark.parametrize(("old", "new", "message"), _DEFECTS.values(), ids=_DEFECTS)
def test_a_defect_is_told_with_file_and_hint(old, new, message, folder):
    _edit(folder, old, new)
    with pytest.raises(DataError) as error:
        read_catalogue(folder)
    problem = error.value.problems[0]
    assert problem.sheet == "clusters.toml"
    assert message in str(problem)
    assert problem.hint


def test_a_partner_that_cannot_be_read_is_told_once(folder):
    (folder / "partners" / "third-rock-ventures.toml").write_text("x", encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_catalogue(folder)
    assert not [problem for problem in error.value.problems if problem.sheet == "clusters.toml"]


def test_a_folder_without_clusters_is_read_and_the_command_says_so(folder):
    (folder / "clusters.toml").unlink()
    assert read_catalogue(folder).clusters is None
    result = run("clusters", "--data", folder)
    assert result.exit_code == 1
    assert "it has no clusters.toml" in result.stderr


def test_the_list_has_a_row_per_component_home_first():
    rows = json.loads(run("clusters", "--format", "json").stdout)
    assert [row["id"] for row in rows] == list(COMPONENTS)
    assert list(rows[0])[3:] == ["hongneung", "boston", "singapore"]


def test_a_component_is_shown_whole():
    shown = json.loads(run("clusters", "show", "hospital", "--format", "json").stdout)
    assert shown["name"] == {"ko": "병원", "en": "Hospitals"}
    assert "임상실증" in shown["needs"]
    assert shown["clusters"]["boston"]["partners"][0] == "매사추세츠종합병원 (mgh)"
    assert shown["clusters"]["boston"]["at"] == {
        "ko": "결과 2-4), 표 2",
        "en": "Results 2-4), Table 2",
    }
    for key in ("common", "different", "improvements", "cooperation"):
        assert {*shown[key][0]} == {"text", "at"}
    assert shown["paper"]["year"] == 2024


def test_a_cluster_is_shown_with_its_stages_and_later_records():
    text = run("clusters", "show", "hongneung").stdout
    assert "years: 2021–2025" in text
    assert "2026년부터 5년간 200억 원" in text


def test_an_unknown_component_names_those_there_are():
    result = run("clusters", "show", "hospitl")
    assert result.exit_code == 1
    assert "no component or cluster 'hospitl' (did you mean hospital?)" in result.stderr
