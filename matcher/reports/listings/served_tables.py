"""How Boston and Biopolis serve a list of tenants, as rows and lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from matcher.catalogue import Catalogue, ClusterComparison
from matcher.portfolio import ABROAD, ComponentTotals, ServedNeed, ServedTenant, Service
from matcher.recommender import MatchTable
from matcher.reports import labels
from matcher.reports.labels import word
from matcher.reports.model.served import ServedCell, ServedPartner, served_lines
from matcher.reports.run import Run

_SHOWN = 6
"""Partners and needs that a row or a line names."""


def total_rows(
    totals: Sequence[ComponentTotals], catalogue: Catalogue, language: str
) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of a list: one row per component and cluster."""
    keys = ("component", "cluster", "asking", "served_needs", "served_wanting")
    header = [word(key, language) for key in (*keys, "served_by", "missing_needs", "paper")]
    rows = []
    for each in totals:
        for cluster, there in each.clusters.items():
            partners = ((catalogue.partner(i).name[language], n) for i, n in there.partners)
            needs = ((catalogue.vocabulary.label("need", i, language), n) for i, n in there.missing)
            rows.append(
                [
                    each.component.name[language],
                    labels.CLUSTERS[cluster][language],
                    str(each.asking),
                    str(there.served),
                    f"{there.served_wanting}/{there.wanting}",
                    _counted(partners),
                    _counted(needs),
                    each.component.cells[cluster].note.at[language],
                ]
            )
    return header, rows


def tenant_rows(
    served: Sequence[ServedTenant], table: MatchTable, language: str
) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of a list: one row per tenant, with what is missing per cluster.

    Clusters outside the target places of the tenant stand in brackets.
    """
    header = [word(key, language) for key in ("tenant_id", "tenant", "needs")]
    for cluster in ABROAD:
        name = labels.CLUSTERS[cluster][language]
        header += [
            name,
            f"{name}: {word('best_fit', language)}",
            f"{name}: {word('missing', language)}",
        ]
    rows = []
    for each in served:
        tenant = table.tenants[each.tenant]
        row = [tenant.tenant_id, tenant.name, _needs(each.needs, table.catalogue, language)]
        for cluster in ABROAD:
            share = f"{each.n_served(cluster)}/{len(each.needs)}"
            best = each.best(cluster)
            missing = [need for need in each.needs if need.missing(cluster)]
            row += [
                share if each.wanted[cluster] else f"({share})",
                f"{_partner(best, table.catalogue, language)} {best.score:.3f}" if best else "-",
                _needs(missing, table.catalogue, language) or "-",
            ]
        rows.append(row)
    return header, rows


def tenant_lines(served: ServedTenant, table: MatchTable, language: str) -> Iterator[str]:
    """Yield all that is known of one tenant: components, clusters, partners, what is missing."""
    tenant, catalogue = table.tenants[served.tenant], table.catalogue
    yield f"{tenant.tenant_id} {tenant.name}"
    if not tenant.complete:
        yield word("incomplete", language)
    for line in served_lines(served, catalogue, language):
        yield ""
        yield f"■ {line.name}" + (f": {', '.join(line.needs)}" if line.needs else "")
        for cell in line.cells:
            yield from _cell_lines(cell, language)


def _cell_lines(cell: ServedCell, language: str) -> Iterator[str]:
    outside = labels.REASONS["outside_target"][language]
    yield f"  {cell.label}" + ("" if cell.wanted else f" ({outside})")
    if cell.text:
        yield f"    {word('paper', language)}: {cell.text} ({cell.at})"
    for partner in cell.partners:
        yield f"    · {_partner_line(partner, language)}"
    for need in cell.missing:
        nearest = f": {_first(need.nearest)}" if need.nearest else ""
        yield f"    × {word('missing', language)}: {need.need} — {need.why}{nearest}"
        if need.elsewhere:
            yield f"      {word('in_other_component', language)}: {_first(need.elsewhere)}"


def _partner_line(partner: ServedPartner, language: str) -> str:
    line = f"{partner.partner} — {partner.offer} ({partner.offer_id}) {partner.score:.3f}"
    parts = [line, partner.verdict_label]
    if partner.rank is not None:
        parts.append(f"{word('rank', language)} {partner.rank}")
    parts += [", ".join(partner.needs)] if partner.needs else []
    if partner.beside:
        parts.append(f"{word('beside', language)}: {', '.join(partner.beside)}")
    return " · ".join(parts)


def foot_lines(comparison: ClusterComparison, run: Run, language: str) -> Iterator[str]:
    """Yield what the comparison rests on: the paper with its address, the ranking, the run."""
    paper = comparison.paper
    yield (
        f"{word('paper', language)}: {paper.authors[language]} ({paper.year}), "
        f"{paper.title[language]}, {paper.journal[language]}, {paper.source.url}"
    )
    yield word("served_basis", language)
    yield f"{word('run', language)}: {run.id} · {word('as_of', language)} {run.as_of}"


def _counted(named: Iterable[tuple[str, int]]) -> str:
    return _first([f"{name} {count}" for name, count in named]) or "-"


def _first(names: Sequence[str]) -> str:
    """Return names, the first of them and how many more where there are many."""
    rest = f" +{len(names) - _SHOWN}" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + rest


def _needs(needs: Iterable[ServedNeed], catalogue: Catalogue, language: str) -> str:
    return ", ".join(catalogue.vocabulary.label("need", each.need, language) for each in needs)


def _partner(service: Service, catalogue: Catalogue, language: str) -> str:
    return catalogue.partner(service.offer.partner_id).name[language]
