"""The command that compares the clusters: as the paper has them, or for a list of tenants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matcher.cli.catalogue import print_content, print_rows, shown_options
from matcher.cli.options import (
    emit,
    finish,
    list_options,
    print_table,
    read_data,
    read_list,
)

if TYPE_CHECKING:
    from matcher.catalogue import Catalogue


@click.group(invoke_without_command=True)
@click.option(
    "--for",
    "tenants",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="TENANTS",
    help="Tenant list: where its needs are served, and what is missing.",
)
@click.option("--tenant", "tenant_id", help="Only this tenant of the list, in full.")
@click.option("--lang", type=click.Choice(["ko", "en"]), default="ko", show_default=True)
@click.option("--format", "form", type=click.Choice(["table", "json"]), help="Table by default.")
@list_options
@click.pass_context
def clusters(
    ctx: click.Context,
    /,
    tenants: str | None,
    tenant_id: str | None,
    lang: str,
    form: str | None,
    data: Path | None,
    as_of: datetime,
    **options: Any,
) -> None:
    """Compare the clusters; `clusters show ID` prints a component, or a cluster with its stages.

    With --for, Boston and Biopolis beside the needs of a list: by whom each need is served in
    which component, with fit and verdict, and what is missing.

    \b
    Example:
        matcher clusters --for data/tenants/example.csv
        matcher clusters --for data/tenants/example.csv --tenant T012
    """
    from matcher.reports.listings.clusters import cluster_rows

    ctx.obj = {"data": data, "form": form}
    if ctx.invoked_subcommand is not None:
        return
    if tenants is not None:
        _print_served(tenants, tenant_id, lang, form, read_data(data), as_of, **options)
    elif tenant_id is not None:
        raise click.UsageError("--tenant needs --for TENANTS")
    else:
        print_rows(cluster_rows(read_data(data)), form)


@clusters.command("show")
@click.argument("component_or_cluster")
@shown_options
@click.pass_obj
def show_cluster(
    group: Mapping[str, Any], component_or_cluster: str, data: Path | None, form: str | None
) -> None:
    """Show a component in all clusters, or a cluster with its stages, with the paper's places."""
    from matcher.reports.listings.clusters import cluster_content

    loaded = read_data(data or group["data"])
    print_content(cluster_content(loaded, component_or_cluster), form or group["form"])


def _print_served(
    tenants: str,
    tenant_id: str | None,
    language: str,
    form: str | None,
    catalogue: Catalogue,
    as_of: datetime,
    **options: Any,
) -> None:
    from matcher.catalogue import pick
    from matcher.portfolio import component_totals, served_tenants
    from matcher.recommender import PartnerRecommender
    from matcher.reports.listings import served_tables as shown
    from matcher.reports.listings.clusters import comparison_of
    from matcher.reports.listings.served_content import served_content
    from matcher.reports.listings.tables import to_json
    from matcher.reports.run import record_run

    comparison = comparison_of(catalogue)
    found = read_list(tenants, catalogue, as_of, **options)
    positions = {tenant.tenant_id: at for at, tenant in enumerate(found)}
    wanted = None if tenant_id is None else pick("tenant", tenant_id, positions)
    day = as_of.date().isoformat()
    recommender = PartnerRecommender().fit(catalogue)
    table = recommender.rank(found, as_of=day)
    run = record_run(
        found,
        catalogue,
        day,
        k=recommender.k,
        anywhere=recommender.anywhere,
        leave_out_contacted=recommender.leave_out_contacted,
    )
    served = served_tenants(table)
    if wanted is not None:
        served = [served[wanted]]
    totals = component_totals(served, comparison)
    if form == "json":
        emit(to_json(served_content(served, totals, table, comparison, run)), None)
    else:
        if wanted is None:
            print_table(*shown.total_rows(totals, catalogue, language))
            click.echo()
            print_table(*shown.tenant_rows(served, table, language))
        else:
            emit("\n".join(shown.tenant_lines(served[0], table, language)) + "\n", None)
        lines = ["", *shown.foot_lines(comparison, run, language)]
        emit("\n".join(lines) + "\n", None)
    finish(found)
