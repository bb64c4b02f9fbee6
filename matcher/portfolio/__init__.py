"""What a whole list of tenants asks of the partners, what it gets, and what would open more."""

from matcher.portfolio.attrition import Loss, rule_losses
from matcher.portfolio.cluster_totals import ClusterTotals, ComponentTotals, component_totals
from matcher.portfolio.clusters import served_tenants
from matcher.portfolio.leverage import Agreement, Leverage, agreements_of
from matcher.portfolio.questions import Question, next_questions
from matcher.portfolio.selection import Choice, best_by_trying, best_sets, greedy_sets, guarantee
from matcher.portfolio.served import (
    ABROAD,
    ServedComponent,
    ServedNeed,
    ServedTenant,
    Service,
)

__all__ = [
    "ABROAD",
    "Agreement",
    "Choice",
    "ClusterTotals",
    "ComponentTotals",
    "Leverage",
    "Loss",
    "Question",
    "ServedComponent",
    "ServedNeed",
    "ServedTenant",
    "Service",
    "agreements_of",
    "best_by_trying",
    "best_sets",
    "component_totals",
    "greedy_sets",
    "guarantee",
    "next_questions",
    "rule_losses",
    "served_tenants",
]
