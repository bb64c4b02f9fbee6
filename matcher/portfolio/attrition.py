"""What each rule costs: the pairs that it alone excludes, and those it leaves open.

A rule that excludes many good matches by itself is worth a call to the partner. Only pairs that
would be recommended but for rules count; `fit` says how good they were.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.catalogue import Rule
from matcher.eligibility import PairVerdict, RuleVerdict
from matcher.recommender import MatchTable


@dataclass(frozen=True, slots=True)
class Loss:
    """What one rule costs.

    Parameters
    ----------
    rule : Rule
        Which rule.
    alone : int
        Pairs that it excludes and no other rule does.
    alone_fit, best_fit : float
        Sum of their fits, and the best of them; 0 where there is none.
    excluded : int
        Pairs that it excludes, whatever other rules say.
    unknown : int
        Pairs that it leaves unknown.
    unknown_fit : float
        Sum of their fits.
    tenants : int
        Tenants among the pairs that it alone excludes.
    """

    rule: Rule
    alone: int
    alone_fit: float
    best_fit: float
    excluded: int
    unknown: int
    unknown_fit: float
    tenants: int


def rule_losses(table: MatchTable) -> list[Loss]:
    """Return what each judged rule costs, the most fit lost first.

    Rules that neither exclude a pair nor leave one unknown are left out, as are preferences.
    """
    eligibility = table.eligibility
    offers = {offer.id: at for at, offer in enumerate(table.catalogue.offers)}
    ruled_out = eligibility.overall == PairVerdict.INELIGIBLE
    n_excluding = np.zeros(ruled_out.shape, dtype=np.int16)
    for rule in table.catalogue.rules:
        if rule.id in eligibility.by_rule and rule.excludes:
            own = [offers[offer] for offer in rule.offers if offer in offers]
            failed = eligibility.by_rule[rule.id] == RuleVerdict.NOT_MET
            n_excluding[:, own] += failed[:, None]
    losses = []
    for rule in table.catalogue.rules:
        if rule.id not in eligibility.by_rule or rule.kind == "preference":
            continue
        own = [offers[offer] for offer in rule.offers if offer in offers]
        said = eligibility.by_rule[rule.id][:, None]
        fits, worth = table.scores[:, own], table.worthwhile[:, own]
        excluded = worth & (said == RuleVerdict.NOT_MET) & rule.excludes
        alone = excluded & (n_excluding[:, own] == 1)
        unknown = worth & (said == RuleVerdict.UNKNOWN)
        if excluded.any() or unknown.any():
            losses.append(
                Loss(
                    rule,
                    int(alone.sum()),
                    float(fits[alone].sum()),
                    float(fits[alone].max(initial=0.0)),
                    int(excluded.sum()),
                    int(unknown.sum()),
                    float(fits[unknown].sum()),
                    int(alone.any(axis=1).sum()),
                )
            )
    return sorted(
        losses,
        key=lambda each: (-round(each.alone_fit, 8), -round(each.unknown_fit, 8), each.rule.id),
    )
