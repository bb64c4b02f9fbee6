"""Commands that show what is loaded: partners, rules, vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from matcher.cli.options import data_option, emit, print_table, read_data

_Command = TypeVar("_Command", bound=Callable[..., Any])


def shown_options(command: _Command) -> _Command:
    """Add the options of a group and its ``show`` alike, so that either place takes them.

    ``--as-of``, ``-q`` and ``-v`` change nothing here; they are taken as every command takes them.
    """
    options: Sequence[Callable[[Any], Any]] = (
        click.option("--as-of", hidden=True, expose_value=False),
        click.option("-v", "--verbose", is_flag=True, hidden=True, expose_value=False),
        click.option("-q", "--quiet", is_flag=True, hidden=True, expose_value=False),
        click.option(
            "--format", "form", type=click.Choice(["table", "json"]), help="Table by default."
        ),
        data_option,
    )
    for option in options:
        command = option(command)
    return command


@click.group(invoke_without_command=True)
@click.option("--kind", help="Only partners of this kind, such as pt_incubator or 병원.")
@click.option("--cluster", help="Only partners of this cluster: boston, singapore, hongneung.")
@click.option("--term", help="Only offers of this term, such as 임상시험 or oncology.")
@shown_options
@click.pass_context
def partners(
    ctx: click.Context,
    kind: str | None,
    cluster: str | None,
    term: str | None,
    data: Path | None,
    form: str | None,
) -> None:
    """List the partners with their offers; `partners show ID` prints one with its sources."""
    from matcher.reports.listings import catalogue as shown
    from matcher.reports.listings.pages import partner_table

    ctx.obj = {"data": data, "form": form}
    if ctx.invoked_subcommand is None:
        loaded = read_data(data)
        rows = shown.partner_rows(loaded, kind=kind, cluster=cluster, term=term)
        if not rows:
            click.echo("no partner fits", err=True)
        print_rows(rows if form == "json" else partner_table(loaded, rows), form)


@partners.command("show")
@click.argument("partner_id", metavar="ID_OR_NAME")
@shown_options
@click.pass_obj
def show_partner(
    group: Mapping[str, Any], partner_id: str, data: Path | None, form: str | None
) -> None:
    """Show all that is known about a partner, with sources."""
    from matcher.reports.listings import catalogue as shown
    from matcher.reports.listings.pages import partner_page

    loaded = read_data(data or group["data"])
    wanted = loaded.partner_named(partner_id) or partner_id
    if (form or group["form"]) == "json":
        print_content(shown.partner_content(loaded, wanted), "json")
    else:
        emit("\n".join(partner_page(loaded, wanted)) + "\n", None)


@click.group(invoke_without_command=True)
@shown_options
@click.pass_context
def rules(ctx: click.Context, data: Path | None, form: str | None) -> None:
    """List the rules; `rules show ID` prints one with its condition and cases."""
    from matcher.reports.listings import catalogue as shown
    from matcher.reports.listings.pages import rule_table

    ctx.obj = {"data": data, "form": form}
    if ctx.invoked_subcommand is None:
        loaded = read_data(data)
        print_rows(shown.rule_rows(loaded) if form == "json" else rule_table(loaded), form)


@rules.command("show")
@click.argument("rule_id")
@shown_options
@click.pass_obj
def show_rule(group: Mapping[str, Any], rule_id: str, data: Path | None, form: str | None) -> None:
    """Show a rule with its source, condition and cases."""
    from matcher.reports.listings import catalogue as shown
    from matcher.reports.listings.pages import rule_page

    loaded = read_data(data or group["data"])
    if (form or group["form"]) == "json":
        print_content(shown.rule_content(loaded, rule_id), "json")
    else:
        emit("\n".join(rule_page(loaded, rule_id)) + "\n", None)


@click.group(invoke_without_command=True)
@shown_options
@click.pass_context
def vocabulary(ctx: click.Context, data: Path | None, form: str | None) -> None:
    """List the terms of all facets; `vocabulary show FACET` prints one with all forms."""
    from matcher.reports.listings import catalogue as shown

    ctx.obj = {"data": data, "form": form}
    if ctx.invoked_subcommand is None:
        print_rows(shown.term_rows(read_data(data)), form)


@vocabulary.command("show")
@click.argument("facet_or_term")
@shown_options
@click.pass_obj
def show_terms(
    group: Mapping[str, Any], facet_or_term: str, data: Path | None, form: str | None
) -> None:
    """Show a facet, or the terms of that id, with all forms."""
    from matcher.reports.listings import catalogue as shown

    loaded = read_data(data or group["data"])
    print_rows(shown.term_rows(loaded, facet_or_term), form or group["form"])


def print_rows(rows: list[dict[str, Any]], form: str | None) -> None:
    """Print rows as a table, or as JSON."""
    from matcher.reports.listings.tables import to_json

    if form == "json":
        emit(to_json(rows), None)
        return
    header = list(rows[0]) if rows else []
    print_table(header, [[_cell(row[name]) for name in header] for row in rows])


def print_content(content: dict[str, Any], form: str | None) -> None:
    """Print nested content as text, or as JSON."""
    from matcher.reports.listings.catalogue import content_lines
    from matcher.reports.listings.tables import to_json

    emit(to_json(content) if form == "json" else "\n".join(content_lines(content)) + "\n", None)


def _cell(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
