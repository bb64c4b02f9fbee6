"""The batch way of `match`: lists of any length, chunk by chunk, into a folder."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.cli.options import read_data, stated_headers

if TYPE_CHECKING:
    from collections.abc import Callable

    from matcher.batch import Progress
    from matcher.batch.engines import Engine


def run(
    lists: Path,
    folder: Path,
    as_of: datetime,
    *,
    k: int,
    anywhere: bool,
    leave_out_contacted: bool,
    data: Path | None,
    sheet: str | None,
    mapping: tuple[str, ...],
    chunk: int,
    since: Path | None,
    engine: str,
    scheduler: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Rank for the lists, tell how far it is, and end with the exit status of the run."""
    from matcher.batch import Order, run_batch

    gc.enable()  # a long run must let go of its cycles; see `matcher.cli`
    catalogue = read_data(data)
    order = Order(
        as_of.date().isoformat(),
        k,
        anywhere,
        leave_out_contacted,
        chunk,
        sheet,
        stated_headers(lists if lists.is_file() else None, mapping, catalogue),
    )
    works = _engine(engine, scheduler)
    with _shown(quiet) as show:
        for progress in run_batch(
            lists, folder, catalogue, order, data=data, since=since, engine=works
        ):
            show(progress)
    _tell(folder, progress, quiet=quiet, verbose=verbose)
    if progress.has_blocking_problem:
        raise click.exceptions.Exit(1)


def _engine(name: str, scheduler: str | None) -> Engine | None:
    if name == "local":
        if scheduler:
            raise click.UsageError("--scheduler goes with --engine dask")
        return None
    try:
        import distributed  # noqa: F401 - is the extra there?
    except ImportError as error:
        raise click.UsageError(
            "--engine dask needs the extra: pip install 'matcher[dask]'"
        ) from error
    from matcher.batch import DaskEngine

    return DaskEngine(scheduler)


@contextmanager
def _shown(quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """Show on a terminal how far a run is and how long it will take."""
    if quiet or not sys.stderr.isatty():
        yield lambda progress: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    shown = TextColumn("{task.percentage:>3.0f}% · {task.fields[n]:,} tenants ·")
    with Bar(BarColumn(), shown, TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("match", total=1.0, n=0)
        yield lambda progress: bar.update(task, completed=progress.share, n=progress.n_tenants)


def _tell(folder: Path, progress: Progress, *, quiet: bool, verbose: bool) -> None:
    for problem in progress.told:
        if problem.blocking or verbose or (problem.kind == "unknown_column" and not quiet):
            click.echo(f"{problem.kind}: {problem}", err=True)
    if quiet:
        return
    said = f"{folder}: {progress.n_tenants:,} tenants, {progress.n_matches:,} matches"
    if progress.n_resumed:
        said += f", {progress.n_resumed} of {progress.n_parts} parts were there"
    if progress.n_kept:
        said += f", {progress.n_kept:,} tenants as in the earlier run"
    click.echo(said, err=True)
    if progress.problems:
        counts = ", ".join(f"{kind} {count}" for kind, count in sorted(progress.problems.items()))
        click.echo(f"{counts} (see {folder / 'problems'})", err=True)
