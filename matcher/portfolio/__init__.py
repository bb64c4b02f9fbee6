"""What a whole list of tenants asks of the partners, and what it gets from them."""

from matcher.portfolio.cluster_totals import ClusterTotals, ComponentTotals, component_totals
from matcher.portfolio.clusters import served_tenants
from matcher.portfolio.served import (
    ABROAD,
    ServedComponent,
    ServedNeed,
    ServedTenant,
    Service,
)

__all__ = [
    "ABROAD",
    "ClusterTotals",
    "ComponentTotals",
    "ServedComponent",
    "ServedNeed",
    "ServedTenant",
    "Service",
    "component_totals",
    "served_tenants",
]
