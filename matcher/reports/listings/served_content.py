"""How Boston and Biopolis serve a list of tenants, as nested content for machines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matcher.catalogue import ClusterComparison
from matcher.portfolio import ABROAD, ComponentTotals, ServedNeed, ServedTenant, Service
from matcher.recommender import MatchTable
from matcher.reports.listings.tables import SHOWN_DIGITS
from matcher.reports.run import Run


def served_content(
    served: Sequence[ServedTenant],
    totals: Sequence[ComponentTotals],
    table: MatchTable,
    comparison: ClusterComparison,
    run: Run,
) -> dict[str, Any]:
    """Return all of it in the keys of the JSON output.

    Services that cannot be recommended are listed with their `state`: ``ineligible``,
    ``below_floor`` or ``declined``.
    """
    return {
        "run": run.as_dict(),
        "paper": {
            "title": dict(comparison.paper.title),
            "year": comparison.paper.year,
            "url": comparison.paper.source.url,
            "as_of": comparison.paper.source.as_of,
        },
        "components": [_totals(each) for each in totals],
        "tenants": [_tenant(each, table) for each in served],
    }


def _totals(totals: ComponentTotals) -> dict[str, Any]:
    component = totals.component
    return {
        "component": component.id,
        "name": dict(component.name),
        "asking": totals.asking,
        "needs": dict(totals.needs),
        "clusters": {
            cluster: {
                "text": dict(component.cells[cluster].note.text),
                "at": dict(component.cells[cluster].note.at),
                "served": there.served,
                "wanting": there.wanting,
                "served_wanting": there.served_wanting,
                "partners": dict(there.partners),
                "missing": dict(there.missing),
            }
            for cluster, there in totals.clusters.items()
        },
    }


def _tenant(served: ServedTenant, table: MatchTable) -> dict[str, Any]:
    tenant = table.tenants[served.tenant]
    return {
        "tenant_id": tenant.tenant_id,
        "name_ko": tenant.stated.get("name_ko"),
        "wanted": dict(served.wanted),
        "needs": {
            each.need: {cluster: each.missing(cluster) or "served" for cluster in ABROAD}
            for each in served.needs
        },
        "components": [
            {
                "component": own.component.id,
                "needs": list(map(_need, own.needs)),
                "beside": list(map(_need, own.beside)),
            }
            for own in served.components
        ],
        "outside_components": list(map(_need, served.elsewhere)),
    }


def _need(need: ServedNeed) -> dict[str, Any]:
    return {
        "need": need.need,
        "clusters": {
            cluster: {"missing": need.missing(cluster), "services": list(map(_service, services))}
            for cluster, services in need.services.items()
        },
    }


def _service(service: Service) -> dict[str, Any]:
    return {
        "partner_id": service.offer.partner_id,
        "offer_id": service.offer.id,
        "score": round(service.score, SHOWN_DIGITS),
        "verdict": service.verdict.word,
        "state": service.state,
        "rank": service.rank,
    }
