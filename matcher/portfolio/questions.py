"""The next question to ask a tenant: the one whose answer settles most.

A verdict of a pair is *settled* by an answer when the best answer makes the pair eligible or the
worst one makes it ineligible: then, whichever it is, something is known that was not. Only pairs
that would be recommended but for open rules count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.catalogue import Rule
from matcher.catalogue.conditions import Comparison
from matcher.eligibility import Eligibility, PairVerdict, RuleVerdict, verdict_by_rules
from matcher.eligibility.trees import judge_rule_by, wishes
from matcher.eligibility.verdicts import Verdicts
from matcher.recommender import MatchTable
from matcher.recommender.candidates import Mask


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask one tenant.

    Parameters
    ----------
    tenant : int
        Position.
    field : str
        Field of the tenant list that the answer fills.
    settles : int
        Verdicts of pairs that the answer settles.
    opens : int
        Of these, how many the best answer makes eligible.
    rules : int
        Verdicts of rules on pairs that it settles.
    fit : float
        Sum of the fits of the pairs that it settles.
    offers : list of int
        Offers that look at it, by position, best fit first.
    """

    tenant: int
    field: str
    settles: int
    opens: int
    rules: int
    fit: float
    offers: list[int]


def next_questions(table: MatchTable, most: int | None = 5) -> list[Question]:
    """Return what to ask each tenant, by tenant, the question of most value first.

    Value is the number of verdicts of pairs that the answer settles, then of rules, then fit.

    Parameters
    ----------
    table : MatchTable
        The result.
    most : int or None, default=5
        Most questions per tenant; None for all.
    """
    answers = _Answers(table.eligibility)
    open_pairs = table.worthwhile & (table.eligibility.overall == PairVerdict.CONDITIONAL)
    tallies = {name: _Tally(open_pairs.shape) for name in table.catalogue.vocabulary.fields}
    for offer in map(int, np.flatnonzero(open_pairs.any(axis=0))):
        for answer in answers.of_offer(offer):
            tallies[answer.field].add(answer, offer, open_pairs[:, offer], table.scores[:, offer])
    by_tenant: list[list[Question]] = [[] for _ in table.tenants]
    by_fit = np.argsort(-table.scores, axis=1, kind="stable")
    for asked, tally in tallies.items():
        for tenant in map(int, np.flatnonzero(tally.asks.any(axis=1))):
            by_tenant[tenant].append(tally.question(tenant, asked, by_fit[tenant]))
    return [
        question
        for questions in by_tenant
        for question in sorted(questions, key=lambda q: (-q.settles, -q.rules, -round(q.fit, 8)))[
            :most
        ]
    ]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the answer for one field does, each of shape (n_tenants,)."""

    field: str
    rules: NDArray[np.int_]  # verdicts of rules that it settles
    opens: Mask  # whether the best answer makes the pair eligible
    settles: Mask  # whether it does, or the worst one makes it ineligible


class _Tally:
    """What the answers for one field do to the open pairs of each tenant."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.asks = np.zeros(shape, dtype=bool)
        self._settles, self._opens, self._rules = np.zeros((3, shape[0]), dtype=np.int64)
        self._fit = np.zeros(shape[0])

    def add(self, answer: _Answer, offer: int, is_open: Mask, fits: NDArray[np.float64]) -> None:
        """Count the pairs of an offer that are open."""
        asks = is_open & (answer.rules > 0)
        settles = asks & answer.settles
        self.asks[:, offer] = asks
        self._settles += settles
        self._opens += asks & answer.opens
        self._rules += np.where(asks, answer.rules, 0)
        self._fit += np.where(settles, fits, 0.0)

    def question(self, tenant: int, asked: str, by_fit: NDArray[np.intp]) -> Question:
        """Return the question to a tenant, given all offers by their fit."""
        return Question(
            tenant,
            asked,
            int(self._settles[tenant]),
            int(self._opens[tenant]),
            int(self._rules[tenant]),
            float(self._fit[tenant]),
            by_fit[self.asks[tenant, by_fit]].tolist(),
        )


class _Answers:
    """What rules and pairs would say if one fact were known, at best and at worst."""

    def __init__(self, eligibility: Eligibility) -> None:
        self._eligibility = eligibility
        self._known: dict[tuple[str, str], tuple[Verdicts, Verdicts]] = {}
        self._of_rules: dict[tuple[str, ...], list[_Answer]] = {}

    def of_offer(self, offer: int) -> Sequence[_Answer]:
        """Return what the answer for each field does; offers under the same rules share it."""
        rules = [rule for rule in self._eligibility.rules(offer) if rule.kind != "preference"]
        key = tuple(rule.id for rule in rules)
        if key not in self._of_rules:
            fields = dict.fromkeys(each.field for rule in rules for each, _ in wishes(rule))
            self._of_rules[key] = [self._answer(rules, asked) for asked in fields]
        return self._of_rules[key]

    def _answer(self, rules: Sequence[Rule], asked: str) -> _Answer:
        by_rule = self._eligibility.by_rule
        concerned = [r for r in rules if any(each.field == asked for each, _ in wishes(r))]
        after = {rule.id: self._answered(rule, asked) for rule in concerned}
        unknown = sum(
            (by_rule[rule_id] == RuleVerdict.UNKNOWN) & (good >= RuleVerdict.MET) & (bad < good)
            for rule_id, (good, bad) in after.items()
        )
        best, worst = (
            verdict_by_rules(
                rules,
                {**by_rule, **{rule_id: both[which] for rule_id, both in after.items()}},
                len(self._eligibility.tenants),
            )
            for which in (0, 1)
        )
        opens = best == PairVerdict.ELIGIBLE
        return _Answer(asked, np.asarray(unknown), opens, opens | (worst == PairVerdict.INELIGIBLE))

    def _answered(self, rule: Rule, asked: str) -> tuple[Verdicts, Verdicts]:
        """Return the verdicts of a rule after the best and after the worst answer."""
        key = (rule.id, asked)
        if key not in self._known:
            wished = dict(wishes(rule))

            def leaf(comparison: Comparison, sign: int) -> Verdicts:
                now = self._eligibility.compared(comparison)
                if comparison.field != asked:
                    return now
                answer = np.int8(sign * wished[comparison])
                return np.where(now == RuleVerdict.UNKNOWN, answer, now)

            self._known[key] = (
                judge_rule_by(rule, lambda each: leaf(each, 1)),
                judge_rule_by(rule, lambda each: leaf(each, -1)),
            )
        return self._known[key]
