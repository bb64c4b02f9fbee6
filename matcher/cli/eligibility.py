"""The command that judges."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from matcher.cli.options import (
    emit,
    finish,
    list_options,
    print_table,
    read_data,
    read_list,
    tenants_argument,
)


@click.command()
@tenants_argument
@click.option("--offer", "offer_id", help="Only this offer, such as collab/residency.")
@click.option("--only", type=click.Choice(["eligible", "conditional", "ineligible"]))
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
@list_options
def eligibility(
    tenants: str,
    offer_id: str | None,
    only: str | None,
    form: str,
    output: Path | None,
    as_of: datetime,
    data: Path | None,
    **options: Any,
) -> None:
    """Judge the tenants of TENANTS by the rules of every offer.

    \b
    Example:
        matcher eligibility list.xlsx --offer collab/residency
        matcher eligibility list.xlsx --only ineligible --format csv -o excluded.csv
    """
    from matcher import columns
    from matcher.eligibility import judge
    from matcher.reports.listings import tables

    if form == "table" and output is not None:
        raise click.UsageError("-o needs --format csv or json")
    catalogue = read_data(data)
    if offer_id:
        catalogue.offer(offer_id)
    found = read_list(tenants, catalogue, as_of, **options)
    verdicts = judge(list(found), catalogue, as_of.date().isoformat())
    rows = tables.eligibility_rows(verdicts, offer_id, only)
    if form == "json":
        emit(tables.to_json(rows), output)
    elif form == "csv":
        text = tables.to_csv(
            columns.ELIGIBILITY, ([row[c] for c in columns.ELIGIBILITY] for row in rows)
        )
        emit(text if output is None else f"\ufeff{text}", output)
    else:
        shown = [
            name for name in columns.ELIGIBILITY if name not in ("partner_id", "source", "as_of")
        ]
        print_table(shown, [[str(row[name]) for name in shown] for row in rows])
    finish(found)
