"""Commands on what would change a verdict: route, whatif."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from matcher.cli.options import (
    emit,
    list_options,
    ranking_options,
    read_data,
    read_list,
    tenants_argument,
)

_form_option = click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)


@click.command()
@tenants_argument
@click.argument("tenant_id")
@click.argument("partner_id", required=False)
@_form_option
@ranking_options
@list_options
def route(
    tenants: str,
    tenant_id: str,
    partner_id: str | None,
    form: str,
    as_of: datetime,
    data: Path | None,
    k: int,
    anywhere: bool,
    leave_out_contacted: bool,
    **options: Any,
) -> None:
    """Show what it would take to open PARTNER_ID (a partner or an offer) for TENANT_ID.

    Each route is a set of changes that makes the pair eligible and of which no part does, with
    whom and by way of whom. Without PARTNER_ID: the routes of all near misses.

    \b
    Example:
        matcher route data/tenants/example.csv T001 collab
        matcher route data/tenants/example.csv T001
    """
    from matcher.catalogue import pick
    from matcher.recommender import PartnerRecommender
    from matcher.reports.listings import tables
    from matcher.reports.listings.routing import route_content, route_lines, route_offers

    catalogue = read_data(data)
    found = read_list(tenants, catalogue, as_of, **options)
    tenant = pick("tenant", tenant_id, {each.tenant_id: each for each in found})
    asked = PartnerRecommender(k=k, anywhere=anywhere, leave_out_contacted=leave_out_contacted)
    table = asked.fit(catalogue).rank([tenant], as_of=as_of.date().isoformat())
    offers = route_offers(table, 0, partner_id)
    if form == "json":
        emit(tables.to_json(route_content(table, 0, offers)), None)
    else:
        emit("\n".join(route_lines(table, 0, offers)).rstrip() + "\n", None)


@click.command()
@tenants_argument
@click.argument("tenant_id")
@click.option(
    "--set",
    "changes",
    multiple=True,
    required=True,
    metavar="FIELD=CELL",
    help="A cell as the list would state it; FIELD+=CELL adds to a number. May be repeated.",
)
@_form_option
@ranking_options
@list_options
def whatif(
    tenants: str,
    tenant_id: str,
    changes: tuple[str, ...],
    form: str,
    as_of: datetime,
    data: Path | None,
    k: int,
    anywhere: bool,
    leave_out_contacted: bool,
    **options: Any,
) -> None:
    """Show what opens, what closes and how the ranking moves when facts of TENANT_ID change.

    Nothing is written back. Lists of what a company has (entities, contracts, approvals) grow; an
    item named again takes the new status, 없음 empties the list. Other cells are replaced.

    \b
    Example:
        matcher whatif data/tenants/example.csv T001 --set joint_research=NUS:계약
        matcher whatif data/tenants/example.csv T012 --set funding_total+=150억원
    """
    from matcher.catalogue import pick
    from matcher.intake.changing import changed_tenant, read_change
    from matcher.recommender import PartnerRecommender, rank_shifts, verdict_shifts
    from matcher.reports.labels import word
    from matcher.reports.listings import tables
    from matcher.reports.listings.routing import shift_content, shift_lines

    catalogue = read_data(data)
    wanted = [read_change(each, catalogue) for each in changes]
    found = read_list(tenants, catalogue, as_of, **options)
    tenant = pick("tenant", tenant_id, {each.tenant_id: each for each in found})
    changed = changed_tenant(tenant, wanted, catalogue)
    recommender = PartnerRecommender(
        k=k, anywhere=anywhere, leave_out_contacted=leave_out_contacted
    ).fit(catalogue)
    day = as_of.date().isoformat()
    before, after = (recommender.rank([each], as_of=day) for each in (tenant, changed))
    turned, moved = verdict_shifts(before, after), rank_shifts(before, after)
    if form == "json":
        shifts = shift_content(catalogue, [tenant_id], turned, moved)
        sets = [{"field": each.field, "cell": changed.stated[each.field]} for each in wanted]
        content = {"tenant_id": tenant_id, "as_of": day, "cells": sets, **shifts}
        emit(tables.to_json(content), None)
        return
    lines = [f"{tenant.tenant_id} {tenant.name} — {word('only_view', 'ko')}"]
    for field in dict.fromkeys(each.field for each in wanted):
        label = catalogue.vocabulary.fields[field].label["ko"]
        lines.append(f"{label}: {tenant.stated.get(field) or '-'} → {changed.stated[field]}")
    lines += shift_lines(after, turned, moved)
    emit("\n".join(lines) + "\n", None)
