"""Commands that rank: match, explain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matcher.cli.options import (
    STDIN,
    batch_options,
    emit,
    finish,
    list_options,
    morphology_option,
    print_table,
    ranking_options,
    read_data,
    read_list,
    tenants_argument,
    working,
)

if TYPE_CHECKING:
    from matcher.intake import TenantList
    from matcher.recommender import MatchTable
    from matcher.reports.run import Run

_FORMATS = ("table", "csv", "json", "xlsx", "parquet")
_OUTPUT = click.Path(path_type=Path)


@click.command()
@click.argument("tenants", type=click.Path(exists=True, allow_dash=True))
@ranking_options
@morphology_option
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), help="By default the ending of -o, else table."
)
@click.option("-o", "--output", type=_OUTPUT, help="File to write; standard output by default.")
@click.option("--all-rules", is_flag=True, help="List the rules that are met, too (json).")
@batch_options
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="[TENANT_ID:]FIELD=CELL",
    help="Facts as they will be; FIELD+=CELL adds to a number. Tells what is lost and won.",
)
@click.option(
    "--from",
    "told_from",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day that losses are told against; the day of --as-of by default.",
)
@list_options
def match(
    tenants: str,
    form: str | None,
    output: Path | None,
    all_rules: bool,
    changes: tuple[str, ...],
    told_from: datetime | None,
    as_of: datetime,
    batch: bool,
    chunk: int,
    since: Path | None,
    engine: str,
    scheduler: str | None,
    **options: Any,
) -> None:
    """Rank partners for each tenant of TENANTS; with --batch for lists of any length.

    \b
    Example:
        matcher match data/tenants/example.csv -k 3
        matcher match list.xlsx --format json -o matches.json
        matcher match --batch tenants.parquet -o matches
        matcher match list.xlsx --as-of 2028-01-01 --set T012:funding_total+=150억원
    """
    if batch:
        if changes or told_from:
            raise click.UsageError("--set and --from do not go with --batch")
        _match_batch(tenants, form, output, as_of, chunk, since, engine, scheduler, options)
        return
    _check_file(tenants, output, since, engine)
    from matcher.reports.listings import tables

    form = form or _format_of(output)
    if form in ("xlsx", "parquet") and output is None:
        raise click.UsageError(f"--format {form} needs -o FILE")
    if form == "table" and output is not None:
        raise click.UsageError("-o needs --format csv, json, xlsx or parquet")
    found, table, run, before = _rank_later(tenants, as_of, changes, told_from, **options)
    if form == "json":
        content = tables.match_content(table, found, run, all_rules=all_rules)
        if before is not None:
            content["changes"] = _changes_content(before, table)
        emit(tables.to_json(content), output)
    elif form == "csv":
        text = tables.to_csv(*tables.match_rows(table))
        emit(text if output is None else f"\ufeff{text}", output)
    elif form == "xlsx":
        assert output is not None
        _write_workbook(table, found, run, output)
    elif form == "parquet":
        from matcher.writing import write_whole

        assert output is not None
        write_whole(output, tables.to_parquet(table))
    else:
        _print_matches(table)
        if before is not None:
            _print_changes(before, table)
    finish(found)


@click.command()
@tenants_argument
@click.argument("tenant_id")
@click.argument("partner_id")
@morphology_option
@list_options
def explain(
    tenants: str,
    tenant_id: str,
    partner_id: str,
    morphology: bool,
    as_of: datetime,
    data: Path | None,
    **options: Any,
) -> None:
    """Show how TENANT_ID fits PARTNER_ID (a partner or an offer), part by part, rule by rule.

    \b
    Example:
        matcher explain data/tenants/example.csv T001 mgh
        matcher explain data/tenants/example.csv T001 mgh/clinical-trial-site
    """
    from matcher.catalogue import pick
    from matcher.recommender import PartnerRecommender, RecordKeeper
    from matcher.reports.listings.explanation import explanation_lines, record_lines

    catalogue = read_data(data)
    found = read_list(tenants, catalogue, as_of, **options)
    tenant = pick("tenant", tenant_id, {each.tenant_id: each for each in found})
    recommender = PartnerRecommender(morphology=morphology).fit(catalogue)
    explained = recommender.explain(tenant, partner_id, as_of=as_of.date().isoformat())
    profile = recommender.scorer_.profile(tenant)
    lines = [
        *explanation_lines(explained, catalogue),
        "",
        *record_lines(RecordKeeper(catalogue), profile, explained.offer.partner_id),
    ]
    emit("\n".join(lines) + "\n", None)


def _match_batch(
    tenants: str,
    form: str | None,
    output: Path | None,
    as_of: datetime,
    chunk: int,
    since: Path | None,
    engine: str,
    scheduler: str | None,
    options: dict[str, Any],
) -> None:
    from matcher.cli.batch import run

    if output is None or form not in (None, "parquet"):
        raise click.UsageError("--batch writes Parquet into a folder: say which with -o FOLDER")
    if tenants == STDIN:
        raise click.UsageError("--batch reads a file or a folder, not standard input")
    for name in ("strict", "remember", "morphology"):
        if options.pop(name):
            raise click.UsageError(f"--{name} does not go with --batch")
    run(
        Path(tenants),
        output,
        as_of,
        chunk=chunk,
        since=since,
        engine=engine,
        scheduler=scheduler,
        **options,
    )


def _check_file(tenants: str, output: Path | None, since: Path | None, engine: str) -> None:
    if since is not None or engine != "local":
        raise click.UsageError("--since and --engine go with --batch")
    if tenants != STDIN and Path(tenants).is_dir():
        raise click.UsageError(f"{tenants} is a folder; --batch reads folders of lists")
    if output is not None and output.is_dir():
        raise click.UsageError(
            f"-o {output} is a folder; --batch and `matcher report` write folders"
        )


def ranked(
    tenants: str,
    as_of: datetime,
    *,
    k: int,
    anywhere: bool,
    leave_out_contacted: bool,
    morphology: bool,
    data: Path | None,
    **options: Any,
) -> tuple[TenantList, MatchTable, Run]:
    """Return a list, its result and the record of the run."""
    found, table, run, _ = _rank_later(
        *(tenants, as_of, (), None),
        k=k,
        anywhere=anywhere,
        leave_out_contacted=leave_out_contacted,
        morphology=morphology,
        data=data,
        **options,
    )
    return found, table, run


def _rank_later(
    tenants: str,
    as_of: datetime,
    changes: Sequence[str],
    told_from: datetime | None,
    *,
    data: Path | None,
    k: int,
    anywhere: bool,
    leave_out_contacted: bool,
    morphology: bool,
    **options: Any,
) -> tuple[TenantList, MatchTable, Run, MatchTable | None]:
    """Return a run with changed facts, and the one that it is told against, where one is asked."""
    from matcher.intake.changing import changed_list
    from matcher.recommender import PartnerRecommender
    from matcher.reports.run import record_run
    from matcher.text import analyser

    catalogue = read_data(data)
    found = read_list(tenants, catalogue, as_of, **options)
    asked: dict[str, Any] = {
        "k": k,
        "anywhere": anywhere,
        "leave_out_contacted": leave_out_contacted,
    }
    day = as_of.date().isoformat()
    recommender = PartnerRecommender(**asked, morphology=morphology).fit(catalogue)
    if morphology:  # recorded only when on: the ids of other runs do not change
        asked["morphology"] = analyser()
    if not changes and told_from is None:
        run = record_run(found, catalogue, day, **asked)
        with working("ranking", options["quiet"]):
            return found, recommender.rank(found, as_of=day), run, None
    first = told_from.date().isoformat() if told_from else day
    before = recommender.rank(found, as_of=first)
    found = changed_list(found, changes, catalogue)
    run = record_run(found, catalogue, day, **asked, set=list(changes), told_from=first)
    return found, recommender.rank(found, as_of=day), run, before


def _changes_content(before: MatchTable, table: MatchTable) -> dict[str, Any]:
    from matcher.recommender import rank_shifts, verdict_shifts
    from matcher.reports.listings.routing import shift_content

    ids = [tenant.tenant_id for tenant in table.tenants]
    turned, moved = verdict_shifts(before, table), rank_shifts(before, table)
    return shift_content(table.catalogue, ids, turned, moved)


def _print_changes(before: MatchTable, table: MatchTable) -> None:
    from matcher.recommender import rank_shifts, verdict_shifts
    from matcher.reports.listings.routing import effect_lines, shift_lines

    floor = table.catalogue.vocabulary.weights.floor
    turned = [e for e in verdict_shifts(before, table) if e.in_target and e.fit >= floor]
    click.echo()
    for line in shift_lines(table, turned, rank_shifts(before, table)):
        click.echo(line)
    for line in effect_lines(table.catalogue, before.eligibility.as_of, table.eligibility.as_of):
        click.echo(line)


def _format_of(output: Path | None) -> str:
    ending = output.suffix.lower().lstrip(".") if output else "table"
    if ending not in _FORMATS:
        raise click.UsageError(f"-o {output}: say the format with --format ({', '.join(_FORMATS)})")
    return ending


def _write_workbook(table: MatchTable, found: TenantList, run: Run, output: Path) -> None:
    from matcher.reports.model.building import build_report
    from matcher.reports.spreadsheets.workbook import to_workbook
    from matcher.writing import write_whole

    write_whole(output, to_workbook(build_report(table, found, run)))


def _print_matches(table: MatchTable) -> None:
    from matcher.recommender import MATCHES
    from matcher.reports.labels import VERDICTS

    rows = []
    for entry in table.of_list(MATCHES):
        tenant, offer = table.tenants[entry.tenant], table.offer(entry)
        partner = table.catalogue.partner(offer.partner_id)
        rows.append(
            [
                tenant.tenant_id,
                tenant.name,
                str(entry.rank),
                partner.name["ko"],
                offer.name["ko"],
                offer.id,
                f"{entry.score:.3f}",
                VERDICTS[table.verdict(entry).word]["ko"],
            ]
        )
    header = ["관리번호", "기업명", "순위", "파트너", "제공 사항", "offer_id", "적합도", "자격"]
    print_table(header, rows)
    served = {row[0] for row in rows}
    for tenant in table.tenants:
        if tenant.tenant_id not in served:
            why = "추천할 파트너 없음" if tenant.complete else "필수 항목이 비어 있음"
            click.echo(f"{tenant.tenant_id} {tenant.name}: {why}")
