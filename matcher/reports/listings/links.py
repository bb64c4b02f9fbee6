"""Who is linked with a partner: Korean institutions by bridges, companies by precedents."""

from __future__ import annotations

from typing import Any

from matcher.catalogue import Bridge, Catalogue, Precedent
from matcher.catalogue.precedents import KINDS


def link_content(catalogue: Catalogue, partner_id: str) -> dict[str, Any]:
    """Return the bridges and precedents of a partner, each with its source."""
    return {
        "bridges": [_bridge(catalogue, each) for each in catalogue.bridges_of(partner_id)],
        "precedents": [_precedent(catalogue, each) for each in catalogue.precedents_of(partner_id)],
    }


def _bridge(catalogue: Catalogue, bridge: Bridge) -> dict[str, Any]:
    return {
        "from": f"{catalogue.name_of(bridge.origin)['ko']} ({bridge.origin})",
        "to": f"{catalogue.name_of(bridge.target)['ko']} ({bridge.target})",
        "label": dict(bridge.label),
        "basis": bridge.basis,
        "confirmed": bridge.confirmed,
        "source": {"url": bridge.url, "as_of": bridge.as_of},
    }


def _precedent(catalogue: Catalogue, precedent: Precedent) -> dict[str, Any]:
    english = precedent.company.get("en")
    return {
        "company": dict(precedent.company) if english else precedent.company["ko"],
        "kind": dict(KINDS[precedent.kind]),
        "note": dict(precedent.note),
        "terms": [
            catalogue.vocabulary.label(facet, term, "ko")
            for facet, terms in precedent.terms.items()
            for term in terms
        ],
        "source": {"url": precedent.url, "as_of": precedent.date, "tier": precedent.tier},
    }
