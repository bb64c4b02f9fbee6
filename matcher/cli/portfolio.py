"""Commands for the office as a whole: questions, leverage, attrition."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from matcher.intake import TenantList
    from matcher.recommender import MatchTable
    from matcher.reports.listings.portfolio import Rows

_FORMATS = ("table", "csv", "json", "xlsx")
_form_option = click.option(
    "--format", "form", type=click.Choice(_FORMATS), help="By default the ending of -o, else table."
)
_output_option = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; standard output by default.",
)
_lang_option = click.option(
    "--lang", type=click.Choice(["ko", "en"]), default="ko", show_default=True
)


@click.command()
@tenants_argument
@click.option(
    "-n", "most", type=click.IntRange(min=1), default=5, show_default=True, help="Per tenant."
)
@_form_option
@_output_option
@_lang_option
@list_options
def questions(
    tenants: str,
    most: int,
    form: str | None,
    output: Path | None,
    lang: str,
    as_of: datetime,
    **options: Any,
) -> None:
    """List the next questions to ask each tenant of TENANTS, by how many verdicts each settles.

    \b
    Example:
        matcher questions data/tenants/example.csv
        matcher questions list.xlsx -o questions.xlsx
    """
    from matcher.portfolio import next_questions
    from matcher.reports.labels import word
    from matcher.reports.listings.portfolio import question_content, question_rows

    form = _format(form, output)
    found, table = _rank(tenants, as_of, **options)
    asked = next_questions(table, most)
    if form == "json":
        _emit_json(question_content(table, asked), output)
    else:
        name = word("questions", lang)
        _write([(name, question_rows(table, asked, lang))], form, output, as_of)
    finish(found)


@click.command()
@tenants_argument
@click.option(
    "-k",
    "most",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="Most agreements of the best set.",
)
@_form_option
@_output_option
@_lang_option
@list_options
def leverage(
    tenants: str,
    most: int,
    form: str | None,
    output: Path | None,
    lang: str,
    as_of: datetime,
    **options: Any,
) -> None:
    """Rank agreements of the office by the pairs of TENANTS and partners that each would open.

    Pairs are weighted by fit. The best few agreements are found greedily, with the share of the
    best value that this reaches at least, and exactly. A workbook draws the curve.

    \b
    Example:
        matcher leverage data/tenants/example.csv -k 3
        matcher leverage list.xlsx -o leverage.xlsx
    """
    from matcher.portfolio import Leverage
    from matcher.reports.labels import word
    from matcher.reports.listings.portfolio import curve_rows, leverage_content, leverage_rows

    form = _format(form, output)
    found, table = _rank(tenants, as_of, **options)
    levers = Leverage(table)
    greedy = levers.greedy(most)
    best = [levers.best(k) for k in range(1, len(greedy) + 1)]
    if form == "json":
        _emit_json(leverage_content(levers, table, greedy, best), output)
    else:
        name = word("best_agreements", lang)
        sheets = [
            (word("agreements", lang), leverage_rows(levers, table, lang)),
            (name, curve_rows(levers, greedy, best, lang)),
        ]
        _write(sheets, form, output, as_of, curve=name)
    finish(found)


@click.command()
@tenants_argument
@_form_option
@_output_option
@_lang_option
@list_options
def attrition(
    tenants: str,
    form: str | None,
    output: Path | None,
    lang: str,
    as_of: datetime,
    **options: Any,
) -> None:
    """Show what each rule costs: the pairs that it alone excludes, and those it leaves unknown.

    \b
    Example:
        matcher attrition data/tenants/example.csv
        matcher attrition list.xlsx --format csv -o rules.csv
    """
    from matcher.portfolio import rule_losses
    from matcher.reports.labels import word
    from matcher.reports.listings.portfolio import attrition_content, attrition_rows

    form = _format(form, output)
    found, table = _rank(tenants, as_of, **options)
    losses = rule_losses(table)
    if form == "json":
        _emit_json(attrition_content(losses), output)
    else:
        name = word("attrition", lang)
        _write([(name, attrition_rows(losses, table, lang))], form, output, as_of)
    finish(found)


def _rank(
    tenants: str, as_of: datetime, *, data: Path | None, **options: Any
) -> tuple[TenantList, MatchTable]:
    from matcher.recommender import PartnerRecommender

    catalogue = read_data(data)
    found = read_list(tenants, catalogue, as_of, **options)
    return found, PartnerRecommender().fit(catalogue).rank(found, as_of=as_of.date().isoformat())


def _format(form: str | None, output: Path | None) -> str:
    if form is None:
        form = output.suffix.lower().lstrip(".") if output else "table"
        if form not in _FORMATS:
            known = ", ".join(_FORMATS)
            raise click.UsageError(f"-o {output}: say the format with --format ({known})")
    if form == "xlsx" and output is None:
        raise click.UsageError("--format xlsx needs -o FILE")
    if form == "table" and output is not None:
        raise click.UsageError("-o needs --format csv, json or xlsx")
    return form


def _emit_json(content: Any, output: Path | None) -> None:
    from matcher.reports.listings.tables import to_json

    emit(to_json(content), output)


def _write(
    sheets: list[tuple[str, Rows]],
    form: str,
    output: Path | None,
    as_of: datetime,
    *,
    curve: str = "",
) -> None:
    """Write tables: all of them into a workbook or onto the screen, the first as CSV."""
    from matcher.reports.listings.portfolio import to_book
    from matcher.reports.listings.tables import to_csv
    from matcher.writing import write_whole

    if form == "xlsx":
        assert output is not None
        write_whole(output, to_book(sheets, as_of.date().isoformat(), curve=curve))
    elif form == "csv":
        text = to_csv(*sheets[0][1])
        emit(text if output is None else f"\ufeff{text}", output)
    else:
        for number, (name, (header, rows)) in enumerate(sheets):
            if len(sheets) > 1:
                click.echo(f"{'' if number == 0 else chr(10)}{name}")
            print_table(header, [[_shown(cell) for cell in row] for row in rows])


def _shown(cell: Any) -> str:
    if cell is None:
        return ""
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)
