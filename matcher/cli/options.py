"""Options that commands share, and the few things that all of them do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from matcher.catalogue import Catalogue
    from matcher.intake import TenantList

Track = Callable[[Iterable[Any], str, int | None], Iterable[Any]]
_Command = TypeVar("_Command", bound=Callable[..., Any])

STDIN = "-"
_TOLD_ALWAYS = ("unknown_column", "encoding")

tenants_argument = click.argument(
    "tenants", type=click.Path(exists=True, dir_okay=False, allow_dash=True)
)

data_option = click.option(
    "--data",
    "data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="MATCHER_DATA",
    help="Data folder, or one to lay over the one that came with the program.",
)

morphology_option = click.option(
    "--morphology",
    is_flag=True,
    help="Drop terms found inside other Korean words (extra: pip install 'matcher[ko]').",
)


def list_options(command: _Command) -> _Command:
    """Add the options of every command that reads a tenant list."""
    options: Sequence[Callable[[Any], Any]] = (
        click.option("-v", "--verbose", is_flag=True, help="Tell every problem, small ones too."),
        click.option("-q", "--quiet", is_flag=True, help="Tell nothing but errors."),
        click.option("--strict", is_flag=True, help="Write nothing when the list has a problem."),
        click.option(
            "--as-of",
            "as_of",
            type=click.DateTime(["%Y-%m-%d"]),
            default=lambda: date.today().isoformat(),
            show_default="today",
            help="Day on which rules are judged.",
        ),
        click.option("--sheet", help="Sheet of a workbook; the first with headers by default."),
        click.option(
            "--remember", is_flag=True, help="Keep --map beside the list, for the next time."
        ),
        click.option(
            "--map",
            "mapping",
            multiple=True,
            metavar="HEADER=FIELD",
            help="Field of a header; HEADER= leaves the column out. May be given several times.",
        ),
        data_option,
    )
    for option in options:
        command = option(command)
    return command


def ranking_options(command: _Command) -> _Command:
    """Add the options of every command that ranks."""
    options: Sequence[Callable[[Any], Any]] = (
        click.option("--leave-out-contacted", is_flag=True, help="Leave out contacted partners."),
        click.option("--anywhere", is_flag=True, help="Rank offers outside the target places too."),
        click.option(
            "-k",
            "--top-k",
            "k",
            type=click.IntRange(min=1),
            default=5,
            show_default=True,
            help="Most partners per tenant.",
        ),
    )
    for option in options:
        command = option(command)
    return command


def batch_options(command: _Command) -> _Command:
    """Add the options of long lists."""
    options: Sequence[Callable[[Any], Any]] = (
        click.option("--scheduler", help="Address of a Dask scheduler (tcp://…)."),
        click.option(
            "--engine",
            type=click.Choice(["local", "dask"]),
            default="local",
            show_default=True,
            help="Where --batch works: here, or on the workers of Dask.",
        ),
        click.option(
            "--since",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            metavar="MANIFEST",
            help="Manifest of an earlier --batch run; only what changed is computed again.",
        ),
        click.option(
            "--chunk",
            type=click.IntRange(min=1),
            default=4096,
            show_default=True,
            help="Rows that --batch reads, ranks and writes together.",
        ),
        click.option(
            "--batch",
            is_flag=True,
            help="TENANTS is a list of any length or a folder of lists, -o a folder of Parquet.",
        ),
    )
    for option in options:
        command = option(command)
    return command


def read_data(data: Path | None) -> Catalogue:
    """Return the catalogue of a data folder."""
    from matcher.catalogue import read_catalogue

    return read_catalogue(data)


def read_list(
    tenants: str,
    catalogue: Catalogue,
    as_of: datetime,
    *,
    sheet: str | None,
    mapping: Sequence[str],
    remember: bool,
    strict: bool,
    quiet: bool,
    verbose: bool,
) -> TenantList:
    """Read a tenant list, or standard input for ``-``, and tell its problems."""
    from matcher.errors import DataError
    from matcher.intake import read_tenants

    from_stdin = tenants == STDIN
    path = None if from_stdin else Path(tenants)
    with progress(quiet) as track:
        found = read_tenants(
            path or sys.stdin.buffer.read(),
            catalogue.vocabulary,
            name=STDIN if from_stdin else "",
            sheet=sheet,
            as_of=as_of.date().isoformat(),
            headers=stated_headers(
                None if from_stdin else Path(tenants), mapping, catalogue, remember
            ),
            watch=track and (lambda rows: track(rows, "reading", None)),
        )
    blocking = [problem for problem in found.problems if problem.blocking]
    if strict and blocking:
        raise DataError(blocking)
    _tell(found, quiet=quiet, verbose=verbose)
    return found


def stated_headers(
    path: Path | None, mapping: Sequence[str], catalogue: Catalogue, remember: bool = False
) -> dict[str, str]:
    """Return what --map says, over what was remembered beside the list."""
    from matcher.intake.remembering import read_mapping, write_mapping

    headers = read_mapping(path) if path else {}
    for entry in mapping:
        header, equals, field = entry.rpartition("=")
        if not equals or (field and field not in catalogue.vocabulary.fields):
            known = ", ".join(catalogue.vocabulary.fields)
            raise click.UsageError(f"--map {entry!r}: say HEADER=FIELD; the fields are {known}")
        headers[header] = field
    if remember and path and headers:
        write_mapping(path, headers)
    return headers


@contextmanager
def progress(quiet: bool) -> Iterator[Track | None]:
    """Show on a terminal how things go by, once that takes longer than a blink.

    What is yielded takes the things, what is done with them, and how many there are, None where
    that is not known.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        yield lambda things, what, count: bars.track(things, description=what, total=count)


@contextmanager
def working(what: str, quiet: bool) -> Iterator[None]:
    """Show on a terminal that something is being done that has no parts to count."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


def _tell(tenants: TenantList, *, quiet: bool, verbose: bool) -> None:
    """Tell what must be mended and what is left out, and count the rest."""
    counted: dict[str, int] = {}
    for problem in tenants.problems:
        if problem.blocking or verbose or (problem.kind in _TOLD_ALWAYS and not quiet):
            click.echo(f"{problem.kind}: {problem}", err=True)
        elif not quiet:
            counted[problem.kind] = counted.get(problem.kind, 0) + 1
    if not quiet and (tenants.hidden_rows or tenants.hidden_columns):
        hidden = [
            f"{what} {', '.join(map(str, numbers[:10]))}{' …' if len(numbers) > 10 else ''}"
            for what, numbers in (
                ("rows", tenants.hidden_rows),
                ("columns", tenants.hidden_columns),
            )
            if numbers
        ]
        click.echo(f"{tenants.name}: hidden, and read all the same: {'; '.join(hidden)}", err=True)
    if not tenants.tenants:
        click.echo(f"{tenants.name}: the list holds no tenant", err=True)
    if counted:
        told = ", ".join(f"{kind} {count}" for kind, count in counted.items())
        click.echo(f"{tenants.name}: {told} (-v tells each)", err=True)


def finish(tenants: TenantList) -> None:
    """End with exit status 1 when the list has a problem that must be mended."""
    if tenants.has_blocking_problem:
        raise click.exceptions.Exit(1)


def emit(text: str, output: Path | None) -> None:
    """Write text to a file, or to standard output."""
    from matcher.errors import MatcherError
    from matcher.writing import write_whole

    if output is None:
        try:
            sys.stdout.buffer.write(text.encode())
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise MatcherError(f"standard output cannot be written: {error.strerror}") from error
    else:
        write_whole(output, text.encode())


def print_table(header: list[str], rows: list[list[str]]) -> None:
    """Print a table to standard output; wide where that is not a terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_edge=False, pad_edge=False, box=None)
    for name in header:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    width = None if sys.stdout.isatty() else 180
    Console(width=width, highlight=False, no_color=not sys.stdout.isatty()).print(table)
