"""The command that checks: a tenant list, or the data folder."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matcher.cli.options import (
    STDIN,
    emit,
    finish,
    list_options,
    print_table,
    read_data,
    read_list,
)

if TYPE_CHECKING:
    from matcher.catalogue import Catalogue


@click.command()
@click.argument(
    "tenants", type=click.Path(exists=True, dir_okay=False, allow_dash=True), required=False
)
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Workbook to write: the list as it was read, problems marked.",
)
@list_options
def check(
    tenants: str | None,
    form: str,
    output: Path | None,
    as_of: datetime,
    data: Path | None,
    **options: Any,
) -> None:
    """Check how TENANTS is read; without it, check the data folder and the cases of its rules.

    \b
    Example:
        matcher check
        matcher check list.xlsx
        matcher check list.xlsx --format json
    """
    from matcher.intake import UnreadableListError
    from matcher.reports.listings import tables
    from matcher.reports.listings.checked import check_content, to_checked_workbook
    from matcher.writing import write_whole

    if tenants is None and output is not None:
        raise click.UsageError("-o needs a list to give back")
    catalogue = read_data(data)
    if tenants is None:
        _check_data(catalogue, data, form, as_of.date().isoformat(), told=options["verbose"])
        return
    options["quiet"] = True
    try:
        found = read_list(tenants, catalogue, as_of, **options)
    except UnreadableListError as error:
        found = error.partial
    if output is not None:
        write_whole(output, to_checked_workbook(found, as_of.date().isoformat()))
    if form == "json":
        emit(tables.to_json(check_content(found, catalogue)), None)
    else:
        where = f" · sheet {found.sheet}" if found.sheet else ""
        name = "standard input" if tenants == STDIN else found.name
        for problem in found.problems:
            if problem.kind == "unreadable":
                click.echo(f"Error: {problem}", err=True)
        click.echo(
            f"{name}: {len(found)} tenants · header in row {found.header_row or '-'}"
            f" · {found.encoding or 'workbook'}{where}"
        )
        mapping = [[header, field or "-"] for header, field in (found.header_mapping or {}).items()]
        print_table(["header", "field"], mapping)
        click.echo()
        print_table(
            ["kind", "row", "column", "what", "hint"],
            [[p.kind, str(p.row or "-"), p.column or "-", p.what, p.hint] for p in found.problems],
        )
    finish(found)


def _check_data(
    catalogue: Catalogue, data: Path | None, form: str, as_of: str, *, told: bool
) -> None:
    from matcher.catalogue.files import DataFolder
    from matcher.catalogue.staleness import is_ahead, is_stale, statements
    from matcher.eligibility.cases import failing_cases
    from matcher.errors import DataError
    from matcher.reports.listings import tables

    failing = failing_cases(catalogue)
    files = DataFolder(data)
    if failing:
        raise DataError(map(files.located, failing))
    found = list(statements(catalogue))
    stale = [each for each in found if is_stale(each, catalogue.stale_before)]
    counts: dict[str, Any] = {
        "partners": len(catalogue.ranked_partners),
        "bridge bodies": len(catalogue.partners) - len(catalogue.ranked_partners),
        "offers": dict(Counter(offer.status for offer in catalogue.offers)),
        "rules": dict(Counter(f"{rule.kind}, {rule.status}" for rule in catalogue.rules)),
        "cases of rules": sum(len(rule.cases) for rule in catalogue.rules),
        "facts": sum(len(partner.facts) for partner in catalogue.partners),
        "sources": len({each.url for each in statements(catalogue)}),
        "institutions": len(catalogue.institutions.table),
        "bridges": dict(Counter(bridge.basis for bridge in catalogue.bridges)),
        "precedents": len(catalogue.precedents),
        "cluster cells": sum(len(each.cells) for each in catalogue.clusters.components)
        if catalogue.clusters
        else 0,
        "terms": {name: len(facet.terms) for name, facet in catalogue.vocabulary.facets.items()},
        "statements": dict(Counter(each.kind for each in found)),
        f"before {catalogue.stale_before}": dict(Counter(each.kind for each in stale)),
        "undated": dict(Counter(each.kind for each in found if each.as_of is None)),
        "version": catalogue.version[:12],
    }
    if files.laid_over:
        counts["laid over"] = len(files.added())
    if form == "json":
        emit(tables.to_json(counts), None)
        return
    for name, count in counts.items():
        shown = (
            ", ".join(f"{key}: {number}" for key, number in count.items())
            if isinstance(count, dict)
            else str(count)
        )
        click.echo(f"{name:<15} {shown}")
    if stale:
        oldest = "" if told else "; -v lists them"
        click.echo(
            f"{len(stale)} statements rest on sources from before {catalogue.stale_before}{oldest}",
            err=True,
        )
    ahead = [each for each in found if is_ahead(each, as_of)]
    if ahead:
        click.echo(
            f"{len(ahead)} statements are dated after {as_of}{'' if told else '; -v lists them'}",
            err=True,
        )
    for each in (*stale, *ahead) if told else ():
        click.echo(f"  {each.as_of} {each.kind} {each.id} {each.url}", err=True)
