"""The command that writes an empty list."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.cli.options import data_option, read_data


@click.command()
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Workbook to write.",
)
@click.option("--all", "rare", is_flag=True, help="Also the fields that only some rules ask for.")
@data_option
@click.option("--as-of", hidden=True, expose_value=False)
@click.option("-q", "--quiet", is_flag=True, hidden=True, expose_value=False)
@click.option("-v", "--verbose", is_flag=True, hidden=True, expose_value=False)
def template(output: Path, rare: bool, data: Path | None) -> None:
    """Write an empty tenant list: Korean headers with notes, drop-down lists, one example.

    \b
    Example:
        matcher template -o list.xlsx
    """
    from matcher.reports.spreadsheets.template import to_template
    from matcher.writing import write_whole

    write_whole(output, to_template(read_data(data), rare=rare))
