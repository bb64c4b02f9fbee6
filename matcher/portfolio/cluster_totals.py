"""How two clusters serve a whole list of tenants, component by component."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.catalogue import ClusterComparison, Component
from matcher.portfolio.served import ABROAD, ServedComponent, ServedTenant


@dataclass(frozen=True, slots=True)
class ClusterTotals:
    """How a cluster serves a list of tenants in one component.

    Parameters
    ----------
    served : int
        Tenants of which at least one need of the component is served.
    wanting, served_wanting : int
        Tenants with such a need that want to go there, and how many of these are served.
    partners : tuple of (str, int)
        Who serves, and how many tenants; most first, then by id.
    missing : tuple of (str, int)
        Needs that nobody serves who can be recommended, and of how many tenants; most first.
    """

    served: int
    wanting: int
    served_wanting: int
    partners: tuple[tuple[str, int], ...]
    missing: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ComponentTotals:
    """A component over a list of tenants.

    Parameters
    ----------
    component : Component
        Which.
    asking : int
        Tenants with a need that falls to it.
    needs : tuple of (str, int)
        These needs, and how many tenants have each; most first.
    clusters : mapping of str to ClusterTotals
        By cluster of `ABROAD`.
    """

    component: Component
    asking: int
    needs: tuple[tuple[str, int], ...]
    clusters: Mapping[str, ClusterTotals]


def component_totals(
    served: Sequence[ServedTenant], comparison: ClusterComparison
) -> list[ComponentTotals]:
    """Return how the clusters serve a list of tenants, by component in the order of the paper."""
    return [_totals(served, component) for component in comparison.components]


def _totals(served: Sequence[ServedTenant], component: Component) -> ComponentTotals:
    asking = [
        (tenant, own)
        for tenant in served
        for own in tenant.components
        if own.component.id == component.id and own.needs
    ]
    needs = Counter(need.need for _, own in asking for need in own.needs)
    return ComponentTotals(
        component,
        len(asking),
        _most_first(needs),
        {cluster: _in_cluster(asking, cluster) for cluster in ABROAD},
    )


def _in_cluster(
    asking: Sequence[tuple[ServedTenant, ServedComponent]], cluster: str
) -> ClusterTotals:
    partners: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    served = wanting = served_wanting = 0
    for tenant, own in asking:
        serving = {each.offer.partner_id for need in own.needs for each in need.served_by(cluster)}
        partners.update(serving)
        missing.update(need.need for need in own.needs if need.missing(cluster))
        served += bool(serving)
        wanting += tenant.wanted[cluster]
        served_wanting += tenant.wanted[cluster] and bool(serving)
    return ClusterTotals(
        served, wanting, served_wanting, _most_first(partners), _most_first(missing)
    )


def _most_first(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
