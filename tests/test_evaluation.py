"""Metrics and baselines, on rankings small enough to score by hand."""

import json
import math
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from click.testing import CliRunner

from matcher.cli import main
from matcher.eligibility import judge
from matcher.errors import DataError
from matcher.evaluation import (
    VerdictJudgement,
    bm25_scores,
    evaluate_ranking,
    evaluate_verdicts,
    given_verdicts,
    partner_texts,
    read_judgements,
    read_relevance,
    read_verdicts,
    tenant_texts,
)
from matcher.evaluation.baselines import popularity_scores
from matcher.evaluation.metrics import coverage, estimate, exposure_gini, metrics_of
from matcher.intake import Tenant
from matcher.reports.listings import evaluation

GOLD = Path(__file__).parent / "gold_dev"
BASELINES = ("bm25", "popularity", "random")
RELEVANCE = "tenant_id,partner_id,relevance\n"
VERDICTS = "tenant_id,partner_id,offer_id,verdict,rule_ids\n"


def written(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def tenant(tenant_id, **stated):
    return Tenant(
        tenant_id=tenant_id, row=None, values={}, stated=stated, problems=(), complete=True
    )


def run_evaluate(*arguments):
    shared = ["--as-of", "2026-11-22", "-q"]
    return CliRunner().invoke(main, ["evaluate", str(GOLD / "tenants.csv"), *arguments, *shared])


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


def test_tenants_are_queried_by_what_their_cells_say():
    assert tenant_texts([tenant("a", name_ko="가", detail="항체 lab"), tenant("b")]) == [
        "가 항체 lab",
        "",
    ]


def test_a_partner_is_read_by_its_names_and_those_of_its_offers():
    offer = SimpleNamespace(
        name={"ko": "입주", "en": "Residency"}, summary={"ko": "실험실", "en": "A bench."}
    )
    partner = SimpleNamespace(name={"ko": "피", "en": "Pea"}, aliases=("PEA Inc",), offers=(offer,))
    bare = SimpleNamespace(name={"en": "Queue"}, aliases=(), offers=())
    assert partner_texts([partner, bare]) == [
        "피 Pea PEA Inc 입주 Residency 실험실 A bench.",
        "Queue",
    ]


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
    assert [found.judgement.offer_id for found in report.disagreements] == ["p/x"]
    assert (report.n_judged, report.n_agreeing, report.n_by_rules_only) == (2, 1, 0)
    assert not evaluate_verdicts(judged, given, frozenset({"r1"})).disagreements


@pytest.mark.parametrize(
    ("judged_rules", "given", "given_rules", "agrees", "by_rules_only"),
    [
        pytest.param({"r1"}, "ineligible", {"r1"}, True, False, id="within: all compared"),
        pytest.param({"r1"}, "conditional", {"r1"}, False, False, id="within: the verdict counts"),
        pytest.param({"r1", "r2"}, "conditional", {"r1"}, True, True, id="beyond: rules agree"),
        pytest.param({"r2"}, "eligible", set(), True, True, id="beyond: none of the chosen"),
        pytest.param({"r2"}, "ineligible", {"r1"}, False, True, id="beyond: a rule too many"),
        pytest.param({"r1"}, "ineligible", {"r1", "r2"}, True, False, id="given side is cut too"),
    ],
)
def test_chosen_rules_restrict_both_sides(judged_rules, given, given_rules, agrees, by_rules_only):
    judged = [VerdictJudgement("a", "p/x", "ineligible", frozenset(judged_rules))]
    report = evaluate_verdicts(
        judged, {("a", "p/x"): (given, frozenset(given_rules))}, frozenset({"r1"})
    )
    assert report.n_agreeing == agrees
    assert report.n_by_rules_only == by_rules_only
    assert sum(report.confusion.values()) == (not by_rules_only)


@pytest.mark.parametrize("rules", [None, frozenset({"r1"})])
def test_a_judged_pair_that_is_not_there_is_a_disagreement(rules):
    judged = [VerdictJudgement("a", "p/x", "conditional", frozenset({"r2"}))]
    assert evaluate_verdicts(judged, {}, rules).disagreements[0].given == "missing"


def test_given_verdicts_name_every_tenant_and_offer(catalogue):
    only = frozenset({"flagship-own-companies"})
    given = given_verdicts(judge([tenant("a")], catalogue, "2026-11-22", only=only))
    assert set(given) == {("a", offer.id) for offer in catalogue.offers}
    assert given["a", "flagship-pioneering/company-creation"] == ("ineligible", only)
    assert given["a", "labcentral/residency"] == ("eligible", frozenset())


def test_reads_judgements(tmp_path):
    path = written(tmp_path / "relevance.csv", f"\ufeff{RELEVANCE}a,p,3\n")
    assert read_relevance(path, ["a"], ["p"]) == {("a", "p"): 3}
    path = written(tmp_path / "verdicts.csv", f"{VERDICTS}a,p,p/x,eligible,r1; r2\n")
    assert read_verdicts(path, ["a"], ["p/x"], ["r1", "r2"]) == [
        VerdictJudgement("a", "p/x", "eligible", frozenset({"r1", "r2"}))
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("tenant_id,partner_id\na,p\n", "bad.csv, row 1: has no column relevance"),
        ("", "bad.csv, row 1: has no column tenant_id, partner_id, relevance"),
        (f"{RELEVANCE}a,p,4\n", "row 2, relevance: '4' is not a relevance"),
        (f"{RELEVANCE}a,p\n", "row 2, relevance: '' is not a relevance"),
        (f"{RELEVANCE}\na,p,1\n,,\na,p,4\n", "row 5, relevance: '4' is not a relevance"),
    ],
)
def test_bad_judgements_are_told_with_their_place(tmp_path, content, message):
    path = written(tmp_path / "bad.csv", content)
    with pytest.raises(DataError) as error:
        read_relevance(path, ["a"], ["p"])
    assert str(error.value).startswith("bad.csv")
    assert message in str(error.value)
    assert len(error.value.problems) == 1


def test_every_unknown_id_of_a_relevance_file_is_told(tmp_path):
    path = written(tmp_path / "r.csv", f"{RELEVANCE}T1,nuhh,3\nT1,nuh,3\nzz,nuh,9\n")
    with pytest.raises(DataError) as error:
        read_relevance(path, ["T1"], ["nuh", "mgh"])
    assert str(error.value).splitlines() == [
        "r.csv, row 2, partner_id: no partner 'nuhh' (did you mean nuh?)",
        "r.csv, row 4, tenant_id: no tenant 'zz' (the tenant list has no such id)",
        "r.csv, row 4, relevance: '9' is not a relevance (write 0 to 3)",
    ]


def test_every_unknown_word_of_a_verdict_file_is_told(tmp_path):
    rows = "T2,nuh,nuh/sites,Eligible,\nT1,nuh,nuh/site,maybe,nuh-local-pi;nuh-pi;zz\n"
    path = written(tmp_path / "v.csv", VERDICTS + rows)
    with pytest.raises(DataError) as error:
        read_verdicts(path, ["T1"], ["nuh/site"], ["nuh-local-pi"])
    assert str(error.value).splitlines() == [
        "v.csv, row 2, tenant_id: no tenant 'T2' (the tenant list has no such id)",
        "v.csv, row 2, offer_id: no offer 'nuh/sites' (did you mean nuh/site?)",
        "v.csv, row 2, verdict: no verdict 'Eligible' (did you mean eligible, ineligible?)",
        "v.csv, row 3, verdict: no verdict 'maybe' "
        "(write one of eligible, conditional, ineligible)",
        "v.csv, row 3, rule_ids: no rule 'nuh-pi' (did you mean nuh-local-pi?)",
        "v.csv, row 3, rule_ids: no rule 'zz' (see `matcher rules`)",
    ]


def test_the_problems_of_both_files_are_told_together_and_bridges_are_unknown(tmp_path, catalogue):
    relevance = written(tmp_path / "r.csv", f"{RELEVANCE}a,kist,3\n")
    verdicts = written(tmp_path / "v.csv", f"{VERDICTS}b,cic,cic/membership,eligible,\n")
    with pytest.raises(DataError) as error:
        read_judgements(relevance, verdicts, [tenant("a")], catalogue)
    assert [(p.sheet, p.row, p.what) for p in error.value.problems] == [
        ("r.csv", 2, "no partner 'kist'"),
        ("v.csv", 2, "no tenant 'b'"),
    ]
    found = read_judgements(None, verdicts, [tenant("b")], catalogue)
    assert found.relevance is None
    assert len(found.verdicts) == 1


def test_reports_say_how_many_pairs_were_compared_by_rules_only():
    judged = [
        VerdictJudgement("a", "p/x", "ineligible", frozenset({"r1", "r2"})),
        VerdictJudgement("a", "p/y", "eligible", frozenset()),
    ]
    given = {("a", "p/x"): ("eligible", frozenset()), ("a", "p/y"): ("eligible", frozenset())}
    report = evaluate_verdicts(judged, given, frozenset({"r1"}))
    assert evaluation.verdict_titles(report) == [
        "1 of 2 judged verdicts agree, with their rule ids",
        "1 of 2 compared by rule ids only, "
        "since rules that were not chosen had a part in the judged verdict",
    ]
    assert evaluation.verdict_table(report)[1][0] == ["eligible", "1", "0", "0"]
    assert evaluation.verdict_notes(report) == [
        "a p/x: judged ineligible (r1), given eligible (-), compared by rule ids only"
    ]
    content = evaluation.verdict_content(report)
    assert content["compared_by_rules_only"] == 1
    assert content["disagreements"][0]["judged_rules"] == ["r1"]
    everything = evaluate_verdicts(judged, given, None)
    assert len(evaluation.verdict_titles(everything)) == 1


def test_reports_of_a_ranking_name_its_interval_and_the_unserved():
    scores = np.array([[0.9, 0.1], [0.8, 0.2]])
    others = {"without need": scores[:, ::-1]}
    judged = {("a", "p"): 3}
    report = evaluate_ranking(scores, scores, ["a", "b"], ["p", "q"], judged, [True, True], others)
    assert evaluation.ranking_title(report).startswith("1 tenants with a relevant partner; mean")
    header, rows = evaluation.ranking_table(report)
    metrics = ["ndcg@5", "ndcg@10", "mrr", "precision@3", "recall@10"]
    assert header == ["ranker", *metrics, "coverage", "gini"]
    assert rows[0][:2] == ["matcher", "1.000 [1.000, 1.000]"]
    assert [row[0] for row in rows[1:]] == ["without need", *BASELINES, "judges"]
    header, rows = evaluation.difference_table(report)
    assert rows[0][0] == "without need"
    assert rows[0][3] == "+0.500 [+0.500, +0.500]"  # the partner stands second instead of first
    assert evaluation.ranking_notes(report) == [
        "tenants without any relevant partner: 1; given a recommendation all the same: b",
        "lowest nDCG@5, with the relevance of each partner:",
        "  a 1.00  expected p 3, q 0",
        "          given p 3, q 0",
    ]
    content = evaluation.ranking_content(report)
    assert content["rankers"]["matcher"]["mrr"] == {"mean": 1.0, "low": 1.0, "high": 1.0}
    assert content["better_than"]["without need"]["mrr"]["mean"] == 0.5
    assert content["ndcg@5_by_tenant"] == {"a": 1.0}


def test_exposure_is_even_where_all_stand_equally_often():
    scores = np.array([[1.0, 0.0], [0.0, 1.0]])
    assert exposure_gini(scores, k=1) == 0
    assert exposure_gini(scores[[0, 0]], k=1) == 0.5  # one of two has all places


def test_a_block_can_be_left_out_and_weights_can_come_from_a_file(tmp_path):
    path = tmp_path / "weights.toml"
    shipped = (GOLD.parents[1] / "data/vocabulary/weights.toml").read_text(encoding="utf-8")
    path.write_text(shipped.replace("decay = 0.85", "decay = 0.5"), encoding="utf-8")
    arguments = (str(GOLD / "relevance.csv"), "--without", "text", "--weights", str(path))
    content = json.loads(run_evaluate(*arguments, "--format", "json").stdout)["ranking"]
    rankers = content["rankers"]
    assert {"without text", "usual weights"} <= rankers.keys()
    assert rankers["usual weights"]["ndcg@10"] != rankers["matcher"]["ndcg@10"]
    assert rankers["without text"]["ndcg@5"] != rankers["usual weights"]["ndcg@5"]


def test_an_unknown_block_and_a_broken_file_of_weights_are_told(tmp_path):
    result = run_evaluate(str(GOLD / "relevance.csv"), "--without", "texts")
    assert result.exit_code == 1
    assert "no block 'texts' (did you mean text?)" in result.stderr
    path = tmp_path / "weights.toml"
    path.write_text("decay = 2", encoding="utf-8")
    result = run_evaluate(str(GOLD / "relevance.csv"), "--weights", str(path))
    assert result.exit_code == 1
    assert "weights.toml" in result.stderr


def test_one_rule_alone_agrees_on_every_judged_pair():
    arguments = ("--verdicts", str(GOLD / "verdicts.csv"), "--rules", "collab-joint-research")
    result = run_evaluate(*arguments, "--format", "json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)["verdicts"]
    assert (found["judged"], found["agreeing"], found["disagreements"]) == (324, 324, [])
    compared = sum(cell["pairs"] for cell in found["confusion"])
    assert compared == 324 - found["compared_by_rules_only"] == 121
    told = run_evaluate(*arguments).stdout.splitlines()[:2]
    assert told[0] == "324 of 324 judged verdicts agree, with their rule ids"
    assert told[1].startswith("203 of 324 compared by rule ids only")


def test_unknown_ids_end_the_command_before_anything_is_printed(tmp_path):
    relevance = written(tmp_path / "r.csv", f"{RELEVANCE}D001,kist,3\n")
    verdicts = written(tmp_path / "v.csv", f"{VERDICTS}D0011,cic,cic/membership,eligible,\n")
    result = run_evaluate(str(relevance), "--verdicts", str(verdicts))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "r.csv, row 2, partner_id: no partner 'kist'" in result.stderr
    assert "v.csv, row 2, tenant_id: no tenant 'D0011' (did you mean" in result.stderr
