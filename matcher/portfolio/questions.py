"""The next question to ask a tenant: the one whose answer settles most.

A verdict of a pair is *settled* by an answer when the best answer makes the pair eligible or the
worst one makes it ineligible: then, whichever it is, something is known that was not. Only pairs
that would be recommended but for open rules count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as made_by

import numpy as np

from matcher.catalogue import Rule
from matcher.catalogue.conditions import Comparison
from matcher.eligibility import Eligibility, PairVerdict, RuleVerdict, verdict_by_rules
from matcher.eligibility.trees import judge_rule_by, wishes
from matcher.eligibility.verdicts import Verdicts
from matcher.recommender import MatchTable


@dataclass(slots=True)
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
    settles: int = 0
    opens: int = 0
    rules: int = 0
    fit: float = 0.0
    offers: list[int] = made_by(default_factory=list)


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
    found: dict[tuple[int, str], Question] = {}
    answers = _Answers(table.eligibility)
    open_pairs = table.worthwhile & (table.eligibility.overall == PairVerdict.CONDITIONAL)
    for offer in map(int, np.flatnonzero(open_pairs.any(axis=0))):
        for asked, unknown, best, worst in answers.of_offer(offer):
            asks = open_pairs[:, offer] & (unknown > 0)
            opens = best == PairVerdict.ELIGIBLE
            settles = opens | (worst == PairVerdict.INELIGIBLE)
            for tenant in map(int, np.flatnonzero(asks)):
                question = found.setdefault((tenant, asked), Question(tenant, asked))
                question.offers.append(offer)
                question.rules += int(unknown[tenant])
                question.settles += int(settles[tenant])
                question.opens += int(opens[tenant])
                question.fit += float(table.scores[tenant, offer]) * bool(settles[tenant])
    by_tenant: dict[int, list[Question]] = {}
    for question in found.values():
        fits = table.scores[question.tenant]
        question.offers.sort(key=lambda at: (-fits[at], at))
        by_tenant.setdefault(question.tenant, []).append(question)
    order = {name: at for at, name in enumerate(table.catalogue.vocabulary.fields)}
    return [
        question
        for tenant in sorted(by_tenant)
        for question in sorted(
            by_tenant[tenant],
            key=lambda q: (-q.settles, -q.rules, -round(q.fit, 8), order[q.field]),
        )[:most]
    ]


class _Answers:
    """What rules and pairs would say if one fact were known, at best and at worst."""

    def __init__(self, eligibility: Eligibility) -> None:
        self._eligibility = eligibility
        self._known: dict[tuple[str, str], tuple[Verdicts, Verdicts]] = {}

    def of_offer(self, offer: int) -> Iterator[tuple[str, Verdicts, Verdicts, Verdicts]]:
        """Yield each field with what its answer does, each of shape (n_tenants,).

        How many rules it settles, and the verdicts of the pairs after the best and worst answer.
        """
        by_rule = self._eligibility.by_rule
        rules = [rule for rule in self._eligibility.rules(offer) if rule.kind != "preference"]
        fields = dict.fromkeys(each.field for rule in rules for each, _ in wishes(rule))
        for asked in fields:
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
            yield asked, np.asarray(unknown), best, worst

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
