"""Tenants and partners as plain text, for the baseline that knows no vocabulary."""

from __future__ import annotations

from collections.abc import Iterable

from matcher.catalogue import Partner
from matcher.intake import Tenant


def tenant_texts(tenants: Iterable[Tenant]) -> list[str]:
    """Return for each tenant all that its cells say: the queries."""
    return [" ".join(tenant.stated.values()) for tenant in tenants]


def partner_texts(partners: Iterable[Partner]) -> list[str]:
    """Return for each partner its names and those of its offers with summaries: the documents."""
    return [
        " ".join(
            [*partner.name.values(), *partner.aliases]
            + [text for o in partner.offers for text in (*o.name.values(), *o.summary.values())]
        )
        for partner in partners
    ]
