"""What differs between two runs over the same tenants: verdicts that turned, partners that moved.

One run has the facts as stated, the other with changes, or on another day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matcher.eligibility import PairVerdict, RuleVerdict
from matcher.recommender.candidates import offers_in_target
from matcher.recommender.table import MATCHES, Entry, MatchTable


@dataclass(frozen=True, slots=True)
class VerdictShift:
    """A pair whose verdict turned.

    Parameters
    ----------
    tenant, offer : int
        Positions.
    before, after : PairVerdict
        By all rules of the offer.
    fit : float
        With the changes, 0 to 1.
    in_target : bool
        Whether the offer lies in a target place, with the changes.
    rules : tuple of str
        Ids of the rules whose verdict turned, or that came into effect or out of it.
    """

    tenant: int
    offer: int
    before: PairVerdict
    after: PairVerdict
    fit: float
    in_target: bool
    rules: tuple[str, ...]

    @property
    def opens(self) -> bool:
        """Whether the verdict became better."""
        return self.after > self.before


@dataclass(frozen=True, slots=True)
class RankShift:
    """A partner that stands elsewhere.

    Parameters
    ----------
    tenant, partner : int
        Positions.
    before, after : Entry
        Where it stands.
    """

    tenant: int
    partner: int
    before: Entry
    after: Entry


def verdict_shifts(before: MatchTable, after: MatchTable) -> list[VerdictShift]:
    """Return the active offers whose verdict turned, by tenant, best fit first."""
    turned = before.eligibility.overall != after.eligibility.overall
    turned &= np.array([offer.active for offer in after.catalogue.offers], dtype=bool)
    reachable = offers_in_target(after.tenants, after.catalogue)
    found = [
        VerdictShift(
            *(tenant, offer),
            before.eligibility.verdict(tenant, offer),
            after.eligibility.verdict(tenant, offer),
            float(after.scores[tenant, offer]),
            bool(reachable[tenant, offer]),
            tuple(_turned_rules(before, after, tenant, offer)),
        )
        for tenant, offer in zip(*map(np.ndarray.tolist, np.nonzero(turned)), strict=True)
    ]
    return sorted(found, key=lambda each: (each.tenant, not each.opens, -each.fit, each.offer))


def rank_shifts(before: MatchTable, after: MatchTable) -> list[RankShift]:
    """Return the partners that came into the matches, left them or moved, as ranked afterwards."""
    found = [
        RankShift(old.tenant, old.partner, old, new)
        for tenant in range(len(after.tenants))
        for old, new in _same_partners(before, after, tenant)
        if MATCHES in (old.list, new.list) and (old.list, old.rank) != (new.list, new.rank)
    ]
    none = len(after.catalogue.ranked_partners) + 1
    return sorted(
        found, key=lambda each: (each.tenant, each.after.rank or none, each.before.rank or none)
    )


def _same_partners(
    before: MatchTable, after: MatchTable, tenant: int
) -> Iterator[tuple[Entry, Entry]]:
    old = {entry.partner: entry for entry in before.entries if entry.tenant == tenant}
    for entry in after.entries:
        if entry.tenant == tenant and entry.partner in old:
            yield old[entry.partner], entry


def _turned_rules(before: MatchTable, after: MatchTable, tenant: int, offer: int) -> Iterator[str]:
    """Yield the rules that say something else; one out of effect says nothing."""
    rules = after.catalogue.rules_of_offer[after.catalogue.offers[offer].id]
    silent = int(RuleVerdict.NOT_APPLICABLE)
    for rule in rules:
        if rule.kind in ("preference", "process"):
            continue
        said = [
            int(run.eligibility.by_rule[rule.id][tenant])
            if rule.id in run.eligibility.by_rule
            else silent
            for run in (before, after)
        ]
        if said[0] != said[1]:
            yield rule.id
