"""What would make an ineligible pair eligible: the changes of facts that suffice.

The steps to choose from are the remedies of the rules that exclude. A set of them is a route
when judging the changed tenant confirms it and no proper subset does: one step may answer two
rules. Few rules exclude from one offer, so all sets are tried, the smallest first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from matcher.catalogue import Catalogue, Rule, Text
from matcher.eligibility.judge import judge_rule
from matcher.eligibility.verdicts import RuleVerdict
from matcher.intake import Tenant, tenant_from_cells


@dataclass(frozen=True, slots=True)
class Step:
    """One change of facts on the way.

    Parameters
    ----------
    rule_id : str
        The rule that it answers.
    action : Text
        What the tenant does.
    partners : tuple of str
        Partner ids that can serve the step.
    bridges : tuple of (str, str)
        Korean institution and basis of its bridge, ``sourced`` or ``proposed``.
    sets : tuple of (str, str)
        Field and cell after the step.
    """

    rule_id: str
    action: Text
    partners: tuple[str, ...]
    bridges: tuple[tuple[str, str], ...]
    sets: tuple[tuple[str, str], ...]


def find_routes(
    tenant: Tenant, rules: Sequence[Rule], catalogue: Catalogue, as_of: str
) -> list[tuple[Step, ...]]:
    """Return the routes of a tenant past the rules of an offer; none if there is no way known.

    Parameters
    ----------
    tenant : Tenant
        Whose facts would change.
    rules : sequence of Rule
        The rules of the offer that are in effect.
    catalogue : Catalogue
        Bridges and partners.
    as_of : str
        Day from which ages count, as ``YYYY-MM-DD``.
    """
    failed = [
        rule
        for rule in rules
        if rule.excludes and judge_rule(rule, [tenant], catalogue, as_of)[0] == RuleVerdict.NOT_MET
    ]
    steps: dict[tuple[tuple[str, str], ...], Step] = {}  # one change may serve several rules
    for step in (_step(rule, catalogue) for rule in failed if rule.remedy is not None):
        steps.setdefault(step.sets, step)
    routes: list[tuple[Step, ...]] = []
    for size in range(1, len(steps) + 1):
        for route in combinations(steps.values(), size):
            longer = any(all(step in route for step in shorter) for shorter in routes)
            if not longer and _opens(tenant, route, rules, failed, catalogue, as_of):
                routes.append(route)
    return routes


def _opens(
    tenant: Tenant,
    route: Sequence[Step],
    rules: Sequence[Rule],
    failed: Sequence[Rule],
    catalogue: Catalogue,
    as_of: str,
) -> bool:
    """Return whether all steps together answer every failed rule and make no other one fail."""
    changed = apply_route(tenant, route, catalogue)
    return all(
        judge_rule(rule, [changed], catalogue, as_of)[0]
        > (RuleVerdict.UNKNOWN if rule in failed else RuleVerdict.NOT_MET)
        for rule in rules
        if rule.excludes
    )


def apply_route(tenant: Tenant, route: Sequence[Step], catalogue: Catalogue) -> Tenant:
    """Return the tenant as its cells would stand after all steps; lists of names grow."""
    cells: dict[str, str] = {}
    for step in route:
        for field, cell in step.sets:
            grows = catalogue.vocabulary.fields[field].kind in ("statuses", "names", "entities")
            listed = isinstance(tenant.values.get(field), tuple)
            before = cells.get(field) or (tenant.stated[field] if listed else "")
            cells[field] = f"{before};{cell}" if grows and before else cell
    changed = tenant_from_cells(cells, catalogue.vocabulary)
    return replace(
        tenant,
        values={**tenant.values, **changed.values},
        stated={**tenant.stated, **changed.stated},
    )


def _step(rule: Rule, catalogue: Catalogue) -> Step:
    remedy = rule.remedy
    assert remedy is not None
    return Step(
        rule.id,
        remedy.action,
        remedy.partners,
        tuple((bridge, _basis(bridge, remedy.partners, catalogue)) for bridge in remedy.bridges),
        tuple(remedy.sets.items()),
    )


def _basis(bridge_id: str, partners: Sequence[str], catalogue: Catalogue) -> str:
    """Return ``sourced`` when a public record links the bridge with one of the partners."""
    linked = any(
        bridge.origin == bridge_id
        and bridge.basis == "sourced"
        and any(catalogue.institutions.belongs(bridge.target, partner) for partner in partners)
        for bridge in catalogue.bridges
    )
    return "sourced" if linked else "proposed"
