"""Needs that nobody serves where the tenants want them served, over all tenants of a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.reports.model.report import Page


@dataclass(frozen=True, slots=True)
class UnmetLine:
    """A need that some tenants do not get served in a cluster.

    `tenants` are ids and names, `whys` the reasons, `nearest` names of those whom these keep out.
    """

    need: str
    cluster: str
    tenants: tuple[tuple[str, str], ...]
    whys: tuple[str, ...]
    nearest: tuple[str, ...]

    @property
    def n_tenants(self) -> int:
        """How many tenants that are."""
        return len(self.tenants)


def unmet_lines(pages: Iterable[Page]) -> list[UnmetLine]:
    """Return the unmet needs by cluster, those of most tenants first.

    Only clusters in the target places of a tenant count, and only needs that nobody there serves
    under any component.
    """
    found: dict[tuple[str, str], tuple[dict[str, str], dict[str, None], dict[str, None]]] = {}
    for page in pages:
        for component in page.served:
            for cell in component.cells:
                for need in cell.missing if cell.wanted else ():
                    if need.elsewhere:
                        continue
                    key = (need.need, cell.label)
                    tenants, whys, nearest = found.setdefault(key, ({}, {}, {}))
                    tenants[page.tenant_id] = page.name
                    whys[need.why] = None
                    nearest |= dict.fromkeys(need.nearest)
    lines = [
        UnmetLine(need, cluster, tuple(tenants.items()), tuple(whys), tuple(nearest))
        for (need, cluster), (tenants, whys, nearest) in found.items()
    ]
    return sorted(lines, key=lambda line: (-line.n_tenants, line.need, line.cluster))
