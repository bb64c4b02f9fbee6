"""The command line: read, call, write. What decides anything lives in the library."""

from __future__ import annotations

import gc
from importlib import import_module
from typing import Any

import click

from matcher import __version__

_INTERRUPTED = 130

_COMMANDS = {
    "match": ("ranking", "Rank partners for each tenant of a list."),
    "report": ("reporting", "Write match reports: for the team, per tenant, per partner."),
    "explain": ("ranking", "Show how one tenant and one partner fit, part by part."),
    "route": ("routing", "Show what it would take to open a partner for a tenant."),
    "whatif": ("routing", "Show what opens, closes and moves when facts of a tenant change."),
    "questions": ("portfolio", "List the next questions to ask each tenant."),
    "leverage": ("portfolio", "Rank agreements of the office by what they would open."),
    "attrition": ("portfolio", "Show what each rule costs in good matches."),
    "eligibility": ("eligibility", "Judge tenants by the rules of every offer."),
    "check": ("checking", "Check a tenant list, or the data folder."),
    "template": ("templating", "Write an empty tenant list with notes and drop-down lists."),
    "evaluate": ("evaluating", "Compare rankings and verdicts with judgements."),
    "partners": ("catalogue", "List the partners, or show one with its sources."),
    "rules": ("catalogue", "List the rules, or show one with its cases."),
    "vocabulary": ("catalogue", "List the words that lists and offers share."),
    "clusters": ("clusters", "Compare the clusters, for a list of tenants too, or show one."),
}


class _Commands(click.Group):
    """Imports a command when it is used, and shows errors of the input as messages."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"matcher.cli.{_COMMANDS[cmd_name][0]}")
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        from matcher.errors import MatcherError

        gc.disable()  # a run is short and makes few cycles; looking for them costs a tenth of it
        try:
            return super().invoke(ctx)
        except MatcherError as error:
            raise click.ClickException(str(error)) from error
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            raise click.exceptions.Exit(_INTERRUPTED) from None
        finally:
            gc.enable()


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="matcher")
def main() -> None:
    """Rank overseas partners for the tenants of a bio cluster.

    Cosine similarity under eligibility rules, every rule with its source. TENANTS is a list as
    staff keep it (CSV, Excel, ODS, Parquet, forms), or - for CSV on standard input.
    """
