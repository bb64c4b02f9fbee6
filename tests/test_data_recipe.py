"""The recipe of the data folder: one file of one's own adds a partner and changes a ranking."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher import PartnerRecommender, read_catalogue
from matcher.cli import main
from matcher.intake import tenant_from_cells

README = Path(__file__).parents[1] / "data" / "README.md"
DAY = "2026-11-22"


@pytest.fixture
def folder(tmp_path):
    text = README.read_text(encoding="utf-8")
    recipe = re.search(r"```toml\n(id = .*?)```", text, re.DOTALL)[1]
    (tmp_path / "partners").mkdir()
    (tmp_path / "partners/example-hub.toml").write_text(recipe, encoding="utf-8")
    return tmp_path


def _matches(catalogue):
    cells = {
        "sector": "의약",
        "item_name": "신약",
        "dev_stage": "nonclinical",
        "target_countries": "보스턴",
        "needs": "실험실 공간",
        "funding_total": "USD 5M",
    }
    tenant = tenant_from_cells(cells, catalogue.vocabulary, "X")
    table = PartnerRecommender(k=20).fit(catalogue).rank([tenant], as_of=DAY)
    partners = catalogue.ranked_partners
    return [partners[match.partner].id for match in table.of_tenant(0, "matches")]


def test_one_file_adds_a_partner_and_changes_a_ranking(folder, catalogue):
    before, after = _matches(catalogue), _matches(read_catalogue(folder))
    assert "example-hub" not in before
    assert "example-hub" in after[:5]
    assert [partner for partner in after if partner != "example-hub"][:5] == before[:5]


def test_the_check_tells_that_the_folder_is_laid_over(folder):
    result = CliRunner().invoke(main, ["check", "--data", str(folder)], catch_exceptions=False)
    assert result.exit_code == 0
    assert re.search(r"(?m)^laid over +1$", result.stdout)


def test_the_environment_can_name_the_folder(folder):
    arguments = ["partners", "show", "example-hub"]
    result = CliRunner().invoke(main, arguments, env={"MATCHER_DATA": str(folder)})
    assert "A bench costs USD 3,000 a month" in result.stdout


def test_a_case_that_fails_is_told_with_file_and_line(folder):
    path = folder / "partners/example-hub.toml"
    text = path.read_text(encoding="utf-8").replace("USD 11M", "USD 9M")
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "--data", str(folder)], catch_exceptions=False)
    line = text[: text.index("한도를 넘음")].count("\n") + 1
    assert result.exit_code == 1
    assert f"partners/example-hub.toml, line {line}: rule 'example-hub-cap'" in result.stderr
