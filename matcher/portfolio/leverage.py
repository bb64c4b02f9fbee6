"""Which single agreement of the office would open most: joint research, a pool of investigators.

An agreement gives every tenant that its partner can serve the fact that a remedy makes. A pair is
opened by it when the verdict of the pair rises by that fact alone: from excluded, or from
conditional to eligible. What it is worth is the fit of the pairs that it opens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matcher.catalogue import Rule, Text
from matcher.catalogue.conditions import Comparison
from matcher.catalogue.remedies import Remedy
from matcher.eligibility import Option, RuleVerdict, verdict_by_rules
from matcher.eligibility.comparing import compare
from matcher.eligibility.trees import judge_rule_by, wishes
from matcher.eligibility.verdicts import Verdicts
from matcher.intake import tenant_from_cells
from matcher.portfolio.selection import Choice, best_sets, greedy_sets
from matcher.quantities import Value
from matcher.recommender import Link, MatchTable
from matcher.recommender.candidates import Mask


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement that the office could sign for all tenants.

    Parameters
    ----------
    id : str
        Remedy and partner or place, such as ``joint-research:nus``.
    label : Text
        What a reader calls it.
    remedy : Remedy
        How facts change by it.
    partner_id : str or None
        With whom; None where it is about a place.
    links : tuple of Link
        Korean institutions that can open the door.
    cells : mapping of str to str
        What each tenant could state by it, by field.
    """

    id: str
    label: Text
    remedy: Remedy
    partner_id: str | None
    links: tuple[Link, ...]
    cells: Mapping[str, str]


def agreements_of(table: MatchTable) -> list[Agreement]:
    """Return the agreements that a rule of an offer somebody would be recommended asks for."""
    found: dict[str, Agreement] = {}
    for offer in map(int, np.flatnonzero(table.worthwhile.any(axis=0))):
        for option in table.options(offer):
            for agreement in _agreements(table, offer, option):
                found.setdefault(agreement.id, agreement)
    return sorted(found.values(), key=lambda each: each.id)


def _agreements(table: MatchTable, offer: int, option: Option) -> list[Agreement]:
    remedy = option.remedy
    if remedy is None or remedy.agreement is None:
        return []
    if not remedy.names_partner:
        key = f"{remedy.id}:{option.blanks['place']}"
        label, links = table.agreement_words(option, None)
        return [Agreement(key, label, remedy, None, links, dict(option.cells))]
    found = []
    for partner in option.partners:
        label, links = table.agreement_words(option, partner)
        status = f":{option.blanks['status']}" if option.blanks["status"] else ""
        key = f"{remedy.id}:{partner}{status}"
        found.append(Agreement(key, label, remedy, partner, links, option.cells_with(partner)))
    return found


class Leverage:
    """What each agreement opens, and which few of them open most.

    Parameters
    ----------
    table : MatchTable
        The result.

    Attributes
    ----------
    agreements : list of Agreement
        Those that open a pair, the most weight first.
    opened : list of ndarray of bool of shape (n_tenants, n_offers)
        What each opens by itself, in the same order.
    """

    def __init__(self, table: MatchTable) -> None:
        self._table = table
        self._weights = np.where(table.worthwhile, table.scores, 0.0)
        self._values: dict[tuple[str, str], Value] = {}
        found = [
            (agreement, opened)
            for agreement in agreements_of(table)
            if (opened := self._opened([agreement])).any()
        ]
        found.sort(key=lambda each: (-round(self.weight(each[1]), 8), each[0].id))
        self.agreements = [agreement for agreement, _ in found]
        self.opened = [opened for _, opened in found]

    def weight(self, opened: Mask) -> float:
        """Return the sum of the fits of pairs."""
        return float(self._weights[opened].sum())

    def together(self, chosen: Sequence[int]) -> Mask:
        """Return what agreements open when all are signed, by position.

        It can be more than what each opens by itself: two may be needed for one pair.
        """
        return self._opened([self.agreements[at] for at in chosen])

    def greedy(self, k: int) -> list[Choice]:
        """Return the greedy choices of 1 to *k* agreements."""
        return greedy_sets(self._covers, self._weights.reshape(-1), k)

    def best(self, k: int) -> Choice:
        """Return the best choice of at most *k* agreements."""
        return best_sets(self._covers, self._weights.reshape(-1), k)

    @cached_property
    def _covers(self) -> Mask:
        covers = [each.reshape(-1) for each in self.opened]
        return np.array(covers, dtype=bool).reshape(len(covers), self._weights.size)

    def _opened(self, agreements: Sequence[Agreement]) -> Mask:
        """Return the pairs whose verdict rises when all of some agreements are signed."""
        eligibility = self._table.eligibility
        after: dict[Comparison, Verdicts] = {}

        def leaf(comparison: Comparison) -> Verdicts:
            if comparison not in after:
                said = eligibility.compared(comparison)
                for agreement in agreements:
                    if comparison.field in agreement.cells:
                        said = self._with(agreement, comparison, said)
                after[comparison] = said
            return after[comparison]

        fields = {field for agreement in agreements for field in agreement.cells}
        changed = {
            rule.id: judge_rule_by(rule, leaf)
            for rule, looked_at in self._rules
            if not fields.isdisjoint(looked_at)
        }
        by_rule = {**eligibility.by_rule, **changed}
        overall = eligibility.overall.copy()
        for rules, offers in eligibility.rule_sets:
            if any(rule.id in changed for rule in rules):
                said = verdict_by_rules(rules, by_rule, len(eligibility.tenants))
                overall[:, offers] = said[:, None]
        return np.asarray((overall > eligibility.overall) & self._table.worthwhile)

    @cached_property
    def _rules(self) -> list[tuple[Rule, set[str]]]:
        """The judged rules, each with the fields that it looks at."""
        rules = self._table.catalogue.rules
        judged = [rule for rule in rules if rule.id in self._table.eligibility.by_rule]
        return [(rule, {each.field for each, _ in wishes(rule)}) for rule in judged]

    def _with(self, agreement: Agreement, comparison: Comparison, now: Verdicts) -> Verdicts:
        """Return what a comparison says once an agreement serves those whom it can serve."""
        table = self._table
        field = comparison.field
        value = self._value(field, agreement.cells[field])
        effect = np.int8(compare(value, comparison, table.catalogue, table.eligibility.as_of))
        served = table.served(agreement.remedy, agreement.partner_id)
        main = agreement.remedy.field
        if field != main:  # only a new thing brings it along
            place = Comparison(main, "within", place=agreement.remedy.places[0])
            served = served & (now == RuleVerdict.UNKNOWN)
            served &= table.eligibility.compared(place) != RuleVerdict.MET
            return np.where(served, effect, now)
        return np.where(served, np.maximum(now, effect), now)

    def _value(self, field: str, cell: str) -> Value:
        if (field, cell) not in self._values:
            read = tenant_from_cells({field: cell}, self._table.catalogue.vocabulary)
            self._values[field, cell] = read.values.get(field)
        return self._values[field, cell]
