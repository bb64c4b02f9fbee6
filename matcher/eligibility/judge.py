"""Judge all tenants by all rules at once.

A verdict depends on the tenant alone once the offer is fixed, so each rule is judged once per
tenant and gathered per offer; nothing loops over pairs. Within a rule each distinct value of
a field is compared once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np

from matcher.catalogue import Catalogue, Rule, Text
from matcher.catalogue.conditions import Comparison
from matcher.eligibility.comparing import compare
from matcher.eligibility.reasons import reason
from matcher.eligibility.trees import Leaf, judge_rule_by, wishes
from matcher.eligibility.verdicts import PairVerdict, RuleVerdict, Verdicts
from matcher.intake.tenants import Tenant
from matcher.quantities import Value


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one tenant, and why.

    Parameters
    ----------
    rule : Rule
        Which rule.
    verdict : RuleVerdict
        What it says.
    reason : Text
        In the tenant's own words.
    unknown : tuple of str
        Fields whose answer is missing; empty where the verdict is known.
    """

    rule: Rule
    verdict: RuleVerdict
    reason: Text
    unknown: tuple[str, ...] = ()


RuleSet = tuple[Sequence[Rule], Sequence[int]]


@dataclass(frozen=True)
class Eligibility:
    """The verdicts of a list of tenants on all offers.

    Parameters
    ----------
    tenants : sequence of Tenant
        Who was judged.
    catalogue : Catalogue
        By whose rules.
    as_of : str
        On which day, as ``YYYY-MM-DD``.
    by_rule : mapping of str to ndarray of int8 of shape (n_tenants,)
        `RuleVerdict` codes, by rule id. Processes and rules not in effect are absent.
    overall : ndarray of int8 of shape (n_tenants, n_offers)
        `PairVerdict` codes; offers in the order of the catalogue.
    compared : callable
        What a comparison says of the tenants, of shape (n_tenants,); each is judged once.
    """

    tenants: Sequence[Tenant]
    catalogue: Catalogue
    as_of: str
    by_rule: Mapping[str, Verdicts]
    overall: Verdicts
    compared: Leaf = field(repr=False)

    def verdict(self, tenant: int, offer: int) -> PairVerdict:
        """Return what all rules of an offer say of a tenant, by positions."""
        return PairVerdict(int(self.overall[tenant, offer]))

    def rules(self, offer: int) -> list[Rule]:
        """Return the judged rules of an offer, by position."""
        rules = self.catalogue.rules_of_offer[self.catalogue.offers[offer].id]
        return [rule for rule in rules if rule.id in self.by_rule]

    @cached_property
    def rule_sets(self) -> Sequence[RuleSet]:
        """The sets of judged rules that govern offers, each with the positions of the offers."""
        return _rule_sets(self.by_rule, self.catalogue)

    def open_rules(self, tenant: int, offer: int) -> frozenset[str]:
        """Return the ids of the rules of a pair that are not met or unknown."""
        return frozenset(
            rule.id for rule in self.rules(offer) if self.by_rule[rule.id][tenant] < RuleVerdict.MET
        )

    def unknown_fields(self, tenant: int, rule: Rule) -> tuple[str, ...]:
        """Return the fields of a tenant whose answer would settle a rule that is unknown."""
        if self.by_rule[rule.id][tenant] != RuleVerdict.UNKNOWN:
            return ()
        found = (
            comparison.field
            for comparison, _ in wishes(rule)
            if self.compared(comparison)[tenant] == RuleVerdict.UNKNOWN
        )
        return tuple(dict.fromkeys(found))

    def findings(self, tenant: int, offer: int, *, open_only: bool = True) -> list[Finding]:
        """Return what the rules of an offer say of a tenant.

        Parameters
        ----------
        tenant, offer : int
            Positions.
        open_only : bool, default=True
            Whether rules that are met or do not apply are left out.
        """
        found = []
        for rule in self.rules(offer):
            verdict = RuleVerdict(int(self.by_rule[rule.id][tenant]))
            if not open_only or verdict < RuleVerdict.MET:
                why = reason(rule, verdict, self.tenants[tenant], self.catalogue)
                found.append(Finding(rule, verdict, why, self.unknown_fields(tenant, rule)))
        return found


def judge(
    tenants: Sequence[Tenant],
    catalogue: Catalogue,
    as_of: str,
    *,
    only: frozenset[str] | None = None,
) -> Eligibility:
    """Return the verdicts of tenants on all offers.

    Parameters
    ----------
    tenants : sequence of Tenant
        Who is judged.
    catalogue : Catalogue
        The offers and their rules.
    as_of : str
        Day, as ``YYYY-MM-DD``; rules not in effect on it are left out.
    only : frozenset of str, optional
        Ids of the rules to judge by; all by default.
    """
    compared = _comparing(tenants, catalogue, as_of)
    by_rule = _judged(compared, catalogue, as_of, only)
    overall = pair_verdicts(by_rule, catalogue, len(tenants))
    return Eligibility(tenants, catalogue, as_of, by_rule, overall, compared)


def judge_rules(
    tenants: Sequence[Tenant],
    catalogue: Catalogue,
    as_of: str,
    *,
    only: frozenset[str] | None = None,
) -> dict[str, Verdicts]:
    """Return the verdicts of tenants by rule, `Eligibility.by_rule`; parameters as of `judge`."""
    return _judged(_comparing(tenants, catalogue, as_of), catalogue, as_of, only)


def _comparing(tenants: Sequence[Tenant], catalogue: Catalogue, as_of: str) -> Leaf:
    return cache(lambda each: judge_comparison(each, tenants, catalogue, as_of))


def _judged(
    leaf: Leaf, catalogue: Catalogue, as_of: str, only: frozenset[str] | None
) -> dict[str, Verdicts]:
    return {
        rule.id: judge_rule_by(rule, leaf)
        for rule in catalogue.rules
        if rule.requires is not None and rule.in_effect(as_of) and (only is None or rule.id in only)
    }


def pair_verdicts(
    by_rule: Mapping[str, Verdicts], catalogue: Catalogue, n_tenants: int
) -> Verdicts:
    """Return `PairVerdict` codes of shape (n_tenants, n_offers) from the verdicts of the rules.

    Offers under the same rules are judged together.
    """
    overall = np.empty((n_tenants, len(catalogue.offers)), dtype=np.int8)
    for rules, positions in _rule_sets(by_rule, catalogue):
        overall[:, positions] = verdict_by_rules(rules, by_rule, n_tenants)[:, None]
    return overall


def _rule_sets(by_rule: Mapping[str, Verdicts], catalogue: Catalogue) -> list[RuleSet]:
    governed: dict[tuple[str, ...], tuple[list[Rule], list[int]]] = {}
    for position, offer in enumerate(catalogue.offers):
        rules = [rule for rule in catalogue.rules_of_offer[offer.id] if rule.id in by_rule]
        ids = tuple(rule.id for rule in rules)
        governed.setdefault(ids, (rules, []))[1].append(position)
    return list(governed.values())


def judge_rule(rule: Rule, tenants: Sequence[Tenant], catalogue: Catalogue, as_of: str) -> Verdicts:
    """Return `RuleVerdict` codes of shape (n_tenants,) for a rule that is not a process.

    Parameters
    ----------
    rule : Rule
        What is asked.
    tenants : sequence of Tenant
        Who is judged.
    catalogue : Catalogue
        Places, institutions and rates.
    as_of : str
        Day from which ages count, as ``YYYY-MM-DD``.
    """
    return judge_rule_by(rule, lambda each: judge_comparison(each, tenants, catalogue, as_of))


def judge_comparison(
    comparison: Comparison, tenants: Sequence[Tenant], catalogue: Catalogue, as_of: str
) -> Verdicts:
    """Return what a comparison says of each tenant; each distinct value is compared once."""
    known: dict[Value, int] = {}
    verdicts = np.empty(len(tenants), dtype=np.int8)
    for position, tenant in enumerate(tenants):
        value = tenant.values.get(comparison.field)
        if value not in known:
            known[value] = compare(value, comparison, catalogue, as_of)
        verdicts[position] = known[value]
    return verdicts


def pair_verdict(rules: Sequence[Rule], codes: Sequence[int]) -> PairVerdict:
    """Return the verdict of one pair from the `RuleVerdict` codes of its rules, one for each."""
    judged = [(rule, code) for rule, code in zip(rules, codes, strict=True) if code < 1]
    if any(rule.excludes and code == -1 for rule, code in judged):
        return PairVerdict.INELIGIBLE
    settled = all(rule.kind == "preference" for rule, _ in judged)
    return PairVerdict.ELIGIBLE if settled else PairVerdict.CONDITIONAL


def verdict_by_rules(
    rules: Sequence[Rule], by_rule: Mapping[str, Verdicts], n_tenants: int
) -> Verdicts:
    """Return the verdicts of pairs: a confirmed entry rule that is not met excludes.

    Any other entry or before-start rule that is not met or unknown makes a pair conditional.
    """
    overall = np.full(n_tenants, PairVerdict.ELIGIBLE, dtype=np.int8)
    conditional = np.int8(PairVerdict.CONDITIONAL)
    for rule in rules:
        if rule.kind != "preference":
            # Pairs are coded as rules are: not met -1, unknown 0, met 1 or more.
            said = by_rule[rule.id]
            worst = said if rule.excludes else np.maximum(said, conditional)
            np.minimum(overall, worst, out=overall)
    return overall
