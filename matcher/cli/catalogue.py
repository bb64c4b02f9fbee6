"""Commands that show what is loaded: partners, rules, vocabulary."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from matcher.cli.options import data_option, emit, print_table, read_data

_form_option = click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)


@click.group(invoke_without_command=True)
@data_option
@_form_option
@click.pass_context
def partners(ctx: click.Context, data: Path | None, form: str) -> None:
    """List the partners with their offers; `partners show ID` prints one with its sources."""
    from matcher.reports import catalogue as shown

    ctx.obj = read_data(data)
    if ctx.invoked_subcommand is None:
        _print(shown.partner_rows(ctx.obj), form)


@partners.command("show")
@click.argument("partner_id")
@_form_option
@click.pass_obj
def show_partner(loaded: Any, partner_id: str, form: str) -> None:
    """Show all that is known about a partner, with sources."""
    from matcher.reports import catalogue as shown

    _show(shown.partner_content(loaded, partner_id), form)


@click.group(invoke_without_command=True)
@data_option
@_form_option
@click.pass_context
def rules(ctx: click.Context, data: Path | None, form: str) -> None:
    """List the rules; `rules show ID` prints one with its condition and cases."""
    from matcher.reports import catalogue as shown

    ctx.obj = read_data(data)
    if ctx.invoked_subcommand is None:
        _print(shown.rule_rows(ctx.obj), form)


@rules.command("show")
@click.argument("rule_id")
@_form_option
@click.pass_obj
def show_rule(loaded: Any, rule_id: str, form: str) -> None:
    """Show a rule with its source, condition and cases."""
    from matcher.reports import catalogue as shown

    _show(shown.rule_content(loaded, rule_id), form)


@click.group(invoke_without_command=True)
@data_option
@_form_option
@click.pass_context
def vocabulary(ctx: click.Context, data: Path | None, form: str) -> None:
    """List the terms of all facets; `vocabulary show FACET` prints one with all forms."""
    from matcher.reports import catalogue as shown

    ctx.obj = read_data(data)
    if ctx.invoked_subcommand is None:
        _print(shown.term_rows(ctx.obj), form)


@vocabulary.command("show")
@click.argument("facet_or_term")
@_form_option
@click.pass_obj
def show_terms(loaded: Any, facet_or_term: str, form: str) -> None:
    """Show a facet, or the terms of that id, with all forms."""
    from matcher.reports import catalogue as shown

    _print(shown.term_rows(loaded, facet_or_term), form)


def _print(rows: list[dict[str, Any]], form: str) -> None:
    from matcher.reports.tables import to_json

    if form == "json":
        emit(to_json(rows), None)
        return
    header = list(rows[0]) if rows else []
    print_table(header, [[_cell(row[name]) for name in header] for row in rows])


def _show(content: dict[str, Any], form: str) -> None:
    from matcher.reports.catalogue import content_lines
    from matcher.reports.tables import to_json

    emit(to_json(content) if form == "json" else "\n".join(content_lines(content)) + "\n", None)


def _cell(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
