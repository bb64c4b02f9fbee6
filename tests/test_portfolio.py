"""Questions, agreements and costs of rules, over lists small enough to check by hand."""

import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from click.testing import CliRunner

from matcher import PartnerRecommender, read_tenants
from matcher.catalogue.conditions import Comparison
from matcher.cli import main
from matcher.eligibility import judge
from matcher.intake import tenant_from_cells
from matcher.intake.changing import CellChange, changed_tenant
from matcher.portfolio import (
    Leverage,
    best_by_trying,
    best_sets,
    greedy_sets,
    guarantee,
    next_questions,
    rule_losses,
)

EXAMPLE = str(Path(__file__).parents[1] / "data" / "tenants" / "example.csv")
DAY = "2026-11-22"
OFFER = "collab/residency"


@pytest.fixture
def table(catalogue):
    """Rank tenants in a catalogue that has only the rules given, all of Collab's residency."""

    def make(*cells, rules):
        base = catalogue.rule("innomatch-trl")
        own = tuple(
            replace(
                base, id=name, offers=(OFFER,), requires=requires, kind=kind, status="confirmed"
            )
            for name, requires, kind in rules
        )
        asked = {"needs": "입주공간", "target_countries": "싱가포르", "sector": "의약"}
        tenants = [
            tenant_from_cells({**asked, **row}, catalogue.vocabulary, f"T{at}")
            for at, row in enumerate(cells, 1)
        ]
        small = replace(catalogue, rules=own)
        return PartnerRecommender().fit(small).rank(tenants, as_of=DAY)

    return make


TRL = ("trl", Comparison("trl", "at_least", 7), "entry")
RESEARCH = ("research", Comparison("joint_research", "names", place="SG", status="signed"), "entry")
AT_NUS = (
    "nus",
    Comparison("joint_research", "names", institutions=("nus",), status="signed"),
    "before_start",
)
ENTITY = ("entity", Comparison("local_entities", "within", place="SG"), "before_start")


def _fit(table, tenant=0):
    offers = [offer.id for offer in table.catalogue.offers]
    return table.scores[tenant, offers.index(OFFER)]


# --- questions


def test_a_question_counts_the_verdicts_that_its_answer_settles(table):
    run = table({"trl": "", "local_entities": ""}, rules=[TRL, ENTITY])
    first, second = next_questions(run)
    # A low TRL would exclude the pair, whatever the entity; without one the pair stays open.
    assert (first.field, first.settles, first.opens) == ("trl", 1, 0)
    assert (second.field, second.settles, second.rules) == ("local_entities", 0, 1)
    assert first.fit == pytest.approx(_fit(run))


def test_the_last_open_question_of_a_pair_settles_it(table):
    [question] = next_questions(table({"trl": "7", "local_entities": ""}, rules=[TRL, ENTITY]))
    assert (question.field, question.settles, question.opens) == ("local_entities", 1, 1)


def test_nothing_is_asked_where_nothing_is_open_or_all_is_lost(table):
    run = table(
        {"trl": "7", "local_entities": "싱가포르"},
        {"trl": "4", "local_entities": ""},
        rules=[TRL, ENTITY],
    )
    assert next_questions(run) == []


def test_a_tenant_gets_at_most_so_many_questions(table):
    run = table({}, rules=[TRL, ENTITY, RESEARCH])
    assert len(next_questions(run)) == 3
    assert len(next_questions(run, 2)) == 2


# --- attrition


def test_a_rule_costs_what_it_alone_excludes(table):
    run = table(
        {"trl": "4", "joint_research": "NUS:계약"},
        {"trl": "4", "joint_research": "없음"},
        {"trl": "7", "joint_research": ""},
        rules=[TRL, RESEARCH],
    )
    losses = {loss.rule.id: loss for loss in rule_losses(run)}
    trl, research = losses["trl"], losses["research"]
    assert (trl.alone, trl.excluded, trl.unknown, trl.tenants) == (1, 2, 0, 1)
    assert (research.alone, research.excluded, research.unknown) == (0, 1, 1)
    assert trl.alone_fit == trl.best_fit == pytest.approx(_fit(run))
    assert [loss.rule.id for loss in rule_losses(run)] == ["trl", "research"]


def test_a_rule_that_does_not_exclude_costs_only_open_pairs(table):
    [loss] = rule_losses(table({"local_entities": ""}, rules=[ENTITY]))
    assert (loss.alone, loss.excluded, loss.unknown) == (0, 0, 1)


# --- leverage


def test_an_agreement_opens_the_pairs_whose_verdict_rises(table):
    run = table({"joint_research": "없음"}, {"joint_research": "NUS:계약"}, rules=[RESEARCH])
    leverage = Leverage(run)
    opened = dict(zip((a.id for a in leverage.agreements), leverage.opened, strict=True))
    assert "joint-research:nus:signed" in opened
    at = [offer.id for offer in run.catalogue.offers].index(OFFER)
    assert np.argwhere(opened["joint-research:nus:signed"]).tolist() == [[0, at]]
    weight = leverage.weight(opened["joint-research:nus:signed"])
    assert weight == pytest.approx(_fit(run))


def test_only_the_partner_that_a_rule_names_opens_it(table):
    leverage = Leverage(table({"joint_research": "없음"}, rules=[AT_NUS]))
    assert [agreement.id for agreement in leverage.agreements] == ["joint-research:nus:signed"]
    assert {link.basis for link in leverage.agreements[0].links} == {"proposed"}


def test_two_agreements_may_be_needed_together(table):
    rules = [AT_NUS, ENTITY]
    run = table({"joint_research": "없음", "local_entities": "없음"}, rules=rules)
    leverage = Leverage(run)
    assert leverage.agreements == []  # neither makes the pair more than conditional by itself
    with_entity = table({"joint_research": "없음", "local_entities": "싱가포르"}, rules=rules)
    assert len(Leverage(with_entity).agreements) == 1


def test_what_agreements_open_is_what_the_changed_tenants_are_judged(catalogue):
    """By the real rules: signing for a tenant and judging it again says the same."""
    tenants = list(read_tenants(Path(EXAMPLE), catalogue.vocabulary))
    run = PartnerRecommender().fit(catalogue).rank(tenants, as_of=DAY)
    leverage = Leverage(run)
    assert len(leverage.agreements) > 5
    for agreement, opened in zip(leverage.agreements[:6], leverage.opened, strict=False):
        changes = [CellChange(field, cell) for field, cell in agreement.cells.items()][:1]
        changed = [changed_tenant(tenant, changes, catalogue) for tenant in tenants]
        after = judge(changed, catalogue, DAY).overall
        rises = (after > run.eligibility.overall) & run.worthwhile
        served = run.served(agreement.remedy, agreement.partner_id)
        if len(agreement.cells) == 1:
            assert (opened == (rises & served[:, None])).all(), agreement.id


# --- the best few


def test_greedy_takes_the_heaviest_first_and_can_miss_the_best():
    covers = np.array([[1, 1, 1, 1, 0, 0], [1, 1, 0, 0, 1, 0], [0, 0, 1, 1, 0, 1]], dtype=bool)
    weights = np.array([1.0, 1, 1, 1, 1, 1])
    first, second = greedy_sets(covers, weights, 2)
    assert (first.chosen, first.value) == ((0,), 4.0)
    assert second.value == 5.0
    best = best_sets(covers, weights, 2)
    assert (best.chosen, best.value) == ((1, 2), 6.0)
    assert second.value >= guarantee(2) * best.value


def test_greedy_stops_where_nothing_is_added():
    covers = np.array([[1, 1], [1, 0]], dtype=bool)
    assert [choice.chosen for choice in greedy_sets(covers, np.array([1.0, 2.0]), 2)] == [(0,)]
    assert best_sets(covers, np.array([1.0, 2.0]), 1).value == 3.0


@pytest.mark.parametrize("empty", [np.zeros((0, 3), dtype=bool), np.zeros((2, 3), dtype=bool)])
def test_where_nothing_is_covered_nothing_is_chosen(empty):
    assert greedy_sets(empty, np.ones(3), 2) == []
    assert best_sets(empty, np.ones(3), 2).value == 0.0


@pytest.mark.parametrize("seed", range(40))
def test_the_exact_choice_is_that_of_trying_all_and_greedy_keeps_its_guarantee(seed):
    chance = random.Random(seed)
    n_sets, n_things = chance.randint(1, 8), chance.randint(1, 12)
    covers = np.array(
        [[chance.random() < 0.3 for _ in range(n_things)] for _ in range(n_sets)], dtype=bool
    )
    weights = np.array([chance.choice([0.0, 0.5, 1.0, chance.random()]) for _ in range(n_things)])
    for k in range(1, 5):
        tried = best_by_trying(covers, weights, k).value
        assert best_sets(covers, weights, k).value == pytest.approx(tried)
        greedy = greedy_sets(covers, weights, k)
        assert (greedy[-1].value if greedy else 0.0) >= guarantee(k) * tried - 1e-9


# --- commands


def run(*arguments):
    result = CliRunner().invoke(main, [*map(str, arguments), "--as-of", DAY, "-q"])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_questions_are_written_ready_to_send(tmp_path):
    path = tmp_path / "questions.xlsx"
    run("questions", EXAMPLE, "-o", path)
    rows = list(openpyxl.load_workbook(path).active.values)
    assert rows[0][:5] == ("관리번호", "기업명", "번호", "확인 질문", "답변")
    assert {row[2] for row in rows[1:]} <= {1, 2, 3, 4, 5}
    assert all(row[3].endswith(("?", ")", ".")) and row[4] is None for row in rows[1:])
    again = tmp_path / "again.xlsx"
    run("questions", EXAMPLE, "-o", again)
    assert again.read_bytes() == path.read_bytes()


def test_leverage_draws_the_curve(tmp_path):
    path = tmp_path / "leverage.xlsx"
    run("leverage", EXAMPLE, "-k", 4, "-o", path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["협약별 효과", "협약 조합"]
    assert len(book["협약 조합"]._charts) == 1
    rows = list(book["협약 조합"].values)[1:]
    assert [row[0] for row in rows] == [1, 2, 3, 4]
    assert all(row[5] >= row[2] - 1e-6 for row in rows)


def test_leverage_json_says_what_each_opens_and_the_best_sets():
    found = json.loads(run("leverage", EXAMPLE, "-k", 3, "--format", "json"))
    weights = [each["weight"] for each in found["agreements"]]
    assert weights == sorted(weights, reverse=True)
    assert all(each["pairs"] and each["sets"] for each in found["agreements"])
    for greedy, best in zip(found["greedy"], found["best"], strict=True):
        assert best["weight"] >= greedy["weight"] - 1e-6
        assert greedy["weight"] >= greedy["guarantee"] * best["weight"] - 1e-6


def test_attrition_names_rules_by_their_labels():
    shown = run("attrition", EXAMPLE, "--format", "csv")
    assert "TRL 7 이상" in shown
    content = json.loads(run("attrition", EXAMPLE, "--format", "json"))
    assert {"rule_id", "alone", "alone_fit", "unknown"} <= set(content[0])


@pytest.mark.parametrize("command", ["questions", "leverage", "attrition"])
def test_a_list_without_tenants_gives_an_empty_table(command, tmp_path):
    path = tmp_path / "none.csv"
    path.write_text("관리번호,기업명,분야,창업아이템명,희망국가,희망 지원분야\n", encoding="utf-8")
    assert json.loads(run(command, path, "--format", "json")) in (
        [],
        {"agreements": [], "greedy": [], "best": []},
    )
