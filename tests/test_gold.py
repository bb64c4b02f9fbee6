"""Fictional tenants that an annotator judged: every verdict agrees, the ranking keeps its floor."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher.cli import main

GOLD = Path(__file__).parent / "gold_dev"


@pytest.fixture(scope="module")
def evaluation():
    arguments = [
        *("evaluate", str(GOLD / "tenants.csv"), str(GOLD / "relevance.csv")),
        *("--verdicts", str(GOLD / "verdicts.csv")),
        *("--as-of", "2026-11-22", "--format", "json", "-q"),
    ]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return json.loads(result.stdout)


def test_every_judged_verdict_agrees_with_its_rule_ids(evaluation):
    assert evaluation["verdicts"]["judged"] == 324
    assert evaluation["verdicts"]["disagreements"] == []


def test_the_ranking_keeps_its_floor_and_beats_every_baseline(evaluation):
    rankers = evaluation["ranking"]["rankers"]
    assert rankers["matcher"]["ndcg@5"]["mean"] >= 0.86
    assert rankers["matcher"]["mrr"]["mean"] >= 0.98
    for baseline in ("bm25", "popularity", "random"):
        assert evaluation["ranking"]["better_than"][baseline]["ndcg@5"]["low"] > 0.2


def test_partners_are_spread_as_the_judge_spreads_them(evaluation):
    ranking = evaluation["ranking"]
    assert ranking["rankers"]["matcher"]["coverage"] >= ranking["judges"]["coverage"] - 0.1
    assert ranking["rankers"]["matcher"]["gini"] <= ranking["judges"]["gini"] + 0.1


def test_free_text_carries_its_share_where_cells_are_blank(tmp_path):
    """Six blank cells: most of what is left is what the tenant writes."""
    blank = ("기술유형", "적응증", "개발단계", "분야", "희망국가", "희망 파트너 유형")
    with (GOLD / "tenants.csv").open(encoding="utf-8") as file:
        rows = [row | dict.fromkeys(blank, "") for row in csv.DictReader(file)]
    path = tmp_path / "blank.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    arguments = ("evaluate", str(path), str(GOLD / "relevance.csv"), "--format", "json", "-q")
    result = CliRunner().invoke(main, [*arguments, "--as-of", "2026-11-22"])
    ranking = json.loads(result.stdout)["ranking"]
    assert ranking["rankers"]["matcher"]["ndcg@5"]["mean"] >= 0.79


def test_tenants_that_nobody_serves_get_no_recommendation(evaluation):
    assert evaluation["ranking"]["unserved"] == ["D017", "D029"]
    assert evaluation["ranking"]["unserved_recommended"] == []
