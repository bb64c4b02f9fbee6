"""Metrics and baselines, on rankings small enough to score by hand."""

import math

import numpy as np
import pytest

from matcher.errors import DataError
from matcher.evaluation import (
    bm25_scores,
    evaluate_ranking,
    evaluate_verdicts,
    read_relevance,
    read_verdicts,
)
from matcher.evaluation.baselines import popularity_scores
from matcher.evaluation.judgements import VerdictJudgement
from matcher.evaluation.metrics import coverage, estimate, metrics_of


def test_a_perfect_ranking_scores_one():
    metrics = metrics_of(np.array([3.0, 2.0, 1.0]), np.array([3, 2, 0]))
    assert metrics["ndcg@5"] == pytest.approx(1.0)
    assert metrics["mrr"] == 1.0
    assert metrics["precision@3"] == pytest.approx(2 / 3)
    assert metrics["recall@10"] == 1.0


def test_the_gain_is_two_to_the_relevance_less_one_with_a_log_discount():
    """Relevances 1 and 3 in the wrong order: 1 + 7/log2(3) against 7 + 1/log2(3)."""
    metrics = metrics_of(np.array([2.0, 1.0]), np.array([1, 3]))
    wanted = (1 + 7 / math.log2(3)) / (7 + 1 / math.log2(3))
    assert metrics["ndcg@5"] == pytest.approx(wanted)
    assert metrics["mrr"] == 0.5


def test_relevance_one_is_not_found_by_mrr():
    assert metrics_of(np.array([2.0, 1.0]), np.array([1, 0]))["mrr"] == 0.0


def test_an_interval_holds_the_mean_and_equal_values_have_none():
    found = estimate(np.array([0.0, 1.0, 1.0, 0.0]))
    assert found.low < found.mean == 0.5 < found.high
    assert estimate(np.array([0.7, 0.7])) == pytest.approx((0.7, 0.7, 0.7))


def test_coverage_counts_partners_in_some_first_five():
    scores = np.tile(np.arange(10.0), (3, 1))
    assert coverage(scores) == 0.5


def test_popularity_is_what_a_partner_gained_with_the_others():
    relevance = np.array([[3, 0], [1, 2]])
    assert popularity_scores(relevance).tolist() == [[1.0, 3.0], [7.0, 0.0]]


def test_bm25_finds_the_document_with_the_rare_word():
    scores = bm25_scores(["항체 치료제 lab"], ["lab space", "항체약물접합체 lab", "lab office"])
    assert scores.argmax() == 1
    assert bm25_scores(["없는말"], ["other"]).tolist() == [[0.0]]


def test_tenants_without_a_relevant_partner_are_reported_apart():
    scores = np.array([[0.9, 0.1], [0.8, 0.2]])
    report = evaluate_ranking(scores, scores, ["a", "b"], ["p", "q"], {("a", "p"): 3}, [True, True])
    assert report.n_judged == 1
    assert report.by_tenant == {"a": 1.0}
    assert report.unserved == ("b",)
    assert report.unserved_recommended == ("b",)
    assert set(report.metrics) == {"matcher", "bm25", "popularity", "random"}


def test_verdicts_agree_only_with_their_rules():
    judged = [
        VerdictJudgement("a", "p/x", "conditional", frozenset({"r1", "r2"})),
        VerdictJudgement("a", "p/y", "eligible", frozenset()),
    ]
    given = {
        ("a", "p/x"): ("conditional", frozenset({"r1"})),
        ("a", "p/y"): ("eligible", frozenset()),
    }
    report = evaluate_verdicts(judged, given, None)
    assert report.confusion == {("conditional", "conditional"): 1, ("eligible", "eligible"): 1}
    assert [judgement.offer_id for judgement, _, _ in report.disagreements] == ["p/x"]
    assert not evaluate_verdicts(judged, given, frozenset({"r1"})).disagreements


def test_a_judged_pair_that_is_not_there_is_a_disagreement():
    judged = [VerdictJudgement("a", "p/x", "eligible", frozenset())]
    assert evaluate_verdicts(judged, {}, None).disagreements[0][1] == "missing"


def test_reads_judgements(tmp_path):
    path = tmp_path / "relevance.csv"
    path.write_text("\ufefftenant_id,partner_id,relevance\na,p,3\n", encoding="utf-8")
    assert read_relevance(path) == {("a", "p"): 3}
    path = tmp_path / "verdicts.csv"
    path.write_text("tenant_id,partner_id,offer_id,verdict,rule_ids\na,p,p/x,eligible,r1;r2\n")
    assert read_verdicts(path)[0].rule_ids == {"r1", "r2"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("tenant_id,partner_id\na,p\n", "bad.csv, row 1: has no column relevance"),
        ("tenant_id,partner_id,relevance\na,p,4\n", "row 2, relevance: '4' is not a relevance"),
    ],
)
def test_bad_judgements_are_told_with_their_place(tmp_path, content, message):
    path = tmp_path / "bad.csv"
    path.write_text(content)
    with pytest.raises(DataError) as error:
        read_relevance(path)
    assert message in str(error.value)
