"""The command that writes reports."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matcher.cli.options import (
    Track,
    finish,
    list_options,
    morphology_option,
    progress,
    ranking_options,
    tenants_argument,
    working,
)
from matcher.cli.ranking import ranked

if TYPE_CHECKING:
    from matcher.intake import TenantList
    from matcher.recommender import MatchTable
    from matcher.reports.folder import File
    from matcher.reports.run import Run

_FORMS = ("html", "xlsx", "md", "hwpx", "docx")
_MOST_WORKERS = 4
"""Processes that make documents; each of them holds a tenth of a gigabyte."""

_OF_TENANTS = ("html", "xlsx", "md")
_OF_PARTNERS = ("md", "hwpx", "docx")


@click.command()
@tenants_argument
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write to.",
)
@click.option(
    "--lang", type=click.Choice(["ko", "en"]), help="ko by default, en with --by partner."
)
@click.option(
    "--format",
    "forms",
    type=click.Choice(_FORMS),
    multiple=True,
    help="May be given several times; html, xlsx and md by default, md with --by partner.",
)
@click.option(
    "--audience",
    type=click.Choice(["internal", "external"]),
    help="External: consenting tenants only, without free text and contacts.  [default: internal]",
)
@click.option(
    "--by",
    type=click.Choice(["tenant", "partner"]),
    default="tenant",
    show_default=True,
    help="partner: what each partner may be sent, always external.",
)
@click.option("--open", "opened", is_flag=True, help="Open the page in the browser.")
@ranking_options
@morphology_option
@list_options
def report(
    tenants: str,
    folder: Path,
    lang: str | None,
    forms: tuple[str, ...],
    audience: str | None,
    by: str,
    opened: bool,
    as_of: datetime,
    quiet: bool,
    **options: Any,
) -> None:
    """Write a match report of TENANTS: a page to read, a workbook, a document for each tenant.

    \b
    Example:
        matcher report data/tenants/example.xlsx -o reports
        matcher report list.xlsx -o reports --format hwpx
        matcher report list.xlsx -o for_partners --by partner --format docx
    """
    from matcher.reports.files import write_folder
    from matcher.reports.folder import made

    forms = forms or (_OF_PARTNERS[:1] if by == "partner" else _OF_TENANTS)
    _check(by, audience, forms, opened)
    found, table, run = ranked(tenants, as_of, quiet=quiet, **options)
    with working("gathering", quiet):
        if by == "partner":
            files, told = _for_partners(found, table, run, lang or "en", forms)
        else:
            files, told = _for_tenants(
                found, table, run, lang or "ko", audience or "internal", forms
            )
    with progress(quiet) as track:
        contents = made(files, min(os.cpu_count() or 1, _MOST_WORKERS))
        write_folder(folder, dict(_tracked(contents, len(files), track)))
    if not quiet:
        click.echo(f"{folder}: {told}", err=True)
    if opened:
        click.launch(str(folder / "index.html"))
    finish(found)


def _check(by: str, audience: str | None, forms: tuple[str, ...], opened: bool) -> None:
    if opened and "html" not in forms:
        raise click.UsageError("--open opens the page: it needs --format html")
    if by == "tenant":
        return
    if audience == "internal":
        raise click.UsageError("--by partner writes what leaves the office: it is always external")
    unknown = [form for form in forms if form not in _OF_PARTNERS]
    if unknown:
        known = ", ".join(_OF_PARTNERS)
        raise click.UsageError(f"--by partner --format {unknown[0]}: the formats are {known}")


def _for_tenants(
    found: TenantList,
    table: MatchTable,
    run: Run,
    lang: str,
    audience: str,
    forms: tuple[str, ...],
) -> tuple[list[File], str]:
    from matcher.reports.folder import report_files
    from matcher.reports.model.building import build_report

    languages = ("ko", "en") if "html" in forms else (lang,)  # the page is in both
    models = {
        each: build_report(table, found, run, language=each, audience=audience)
        for each in languages
    }
    told = f"{len(models[lang].pages)} tenants, {', '.join(forms)}"
    return report_files(models, lang, forms), told


def _for_partners(
    found: TenantList, table: MatchTable, run: Run, lang: str, forms: tuple[str, ...]
) -> tuple[list[File], str]:
    from matcher.reports.folder import partner_files
    from matcher.reports.model.building import build_report
    from matcher.reports.model.partners import partner_pages

    model = build_report(table, found, run, language=lang, audience="external")
    pages = partner_pages(model, table.catalogue)
    told = f"{len(pages)} partners for {len(model.pages)} consenting tenants, {', '.join(forms)}"
    return partner_files(model, pages, forms), told


def _tracked(
    contents: Iterable[tuple[str, bytes]], n_files: int, track: Track | None
) -> Iterator[tuple[str, bytes]]:
    yield from contents if track is None else track(contents, "writing", n_files)
