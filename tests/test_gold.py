"""Fictional tenants that an annotator judged: every verdict agrees, the ranking keeps its floor."""

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
    assert rankers["matcher"]["ndcg@5"]["mean"] >= 0.72
    assert rankers["matcher"]["mrr"]["mean"] >= 0.93
    for baseline in ("bm25", "popularity", "random"):
        assert rankers["matcher"]["ndcg@5"]["low"] > rankers[baseline]["ndcg@5"]["high"]


def test_tenants_that_nobody_serves_get_no_recommendation(evaluation):
    assert evaluation["ranking"]["unserved"] == ["D017", "D029"]
    assert evaluation["ranking"]["unserved_recommended"] == []
