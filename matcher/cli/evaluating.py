"""The command that compares with judgements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matcher.cli.options import (
    emit,
    finish,
    list_options,
    morphology_option,
    print_table,
    read_data,
    read_list,
    tenants_argument,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from matcher.catalogue import Catalogue
    from matcher.evaluation import RankingReport
    from matcher.intake import Tenant
    from matcher.recommender import MatchTable

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@tenants_argument
@click.argument("judgements", type=_FILE, required=False)
@click.option("--verdicts", type=_FILE, help="Judged verdicts (CSV).")
@click.option(
    "--rules",
    help="Rules to compare verdicts by, joined by commas, or all; else those VERDICTS names.",
)
@click.option(
    "--as-ranked", is_flag=True, help="Score the ranking as shown: rules and floor count."
)
@click.option(
    "--without",
    multiple=True,
    metavar="BLOCK",
    help="Also rank without a block of the score, or without each in turn: all. Repeatable.",
)
@click.option(
    "--weights",
    type=_FILE,
    help="Rank with the weights of a file like vocabulary/weights.toml, beside the usual ones.",
)
@morphology_option
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
@list_options
def evaluate(
    tenants: str,
    judgements: Path | None,
    verdicts: Path | None,
    rules: str | None,
    as_ranked: bool,
    without: tuple[str, ...],
    weights: Path | None,
    morphology: bool,
    form: str,
    as_of: datetime,
    data: Path | None,
    **options: Any,
) -> None:
    """Compare the ranking of TENANTS with JUDGEMENTS, and verdicts with judged ones.

    \b
    Example:
        matcher evaluate tenants.csv relevance.csv --verdicts verdicts.csv
    """
    from matcher.catalogue import reweighed
    from matcher.eligibility import judge
    from matcher.evaluation import evaluate_verdicts, given_verdicts, read_judgements
    from matcher.reports.listings import evaluation, tables

    if judgements is None and verdicts is None:
        raise click.UsageError("give JUDGEMENTS, --verdicts FILE, or both")
    catalogue = read_data(data)
    chosen = [rule.strip() for rule in (rules or "all").split(",")]
    only = None if chosen == ["all"] else frozenset(catalogue.rule(rule).id for rule in chosen)
    found = read_list(tenants, catalogue, as_of, **options)
    judged = read_judgements(judgements, verdicts, list(found), catalogue)
    day = as_of.date().isoformat()
    content: dict[str, Any] = {}
    if judged.relevance is not None:
        others = _variants(catalogue, without)
        if weights is not None:
            others["usual weights"] = catalogue
            catalogue = reweighed(catalogue, weights)
        ranking = _compare_ranking(
            *(list(found), judged.relevance, catalogue, others, day),
            as_ranked=as_ranked,
            morphology=morphology,
        )
        content["ranking"] = evaluation.ranking_content(ranking)
        if form == "table":
            click.echo(evaluation.ranking_title(ranking))
            print_table(*evaluation.ranking_table(ranking))
            click.echo()
            click.echo(evaluation.DIFFERENCES)
            print_table(*evaluation.difference_table(ranking))
            click.echo()
            _print_lines([*evaluation.ranking_notes(ranking), ""])
    if judged.verdicts is not None:
        if rules is None:  # a rule that came later is no fault of either side
            only = frozenset().union(*(each.rule_ids for each in judged.verdicts)) or None
        given = given_verdicts(judge(list(found), catalogue, day, only=only))
        agreement = evaluate_verdicts(judged.verdicts, given, only)
        content["verdicts"] = evaluation.verdict_content(agreement)
        if form == "table":
            _print_lines(evaluation.verdict_titles(agreement))
            print_table(*evaluation.verdict_table(agreement))
            _print_lines(evaluation.verdict_notes(agreement))
    if form == "json":
        emit(tables.to_json(content), None)
    finish(found)


def _compare_ranking(
    tenants: Sequence[Tenant],
    judged: Mapping[tuple[str, str], int],
    catalogue: Catalogue,
    others: Mapping[str, Catalogue],
    as_of: str,
    *,
    as_ranked: bool,
    morphology: bool,
) -> RankingReport:
    from matcher.evaluation import bm25_scores, evaluate_ranking, partner_texts, tenant_texts
    from matcher.recommender import PartnerRecommender

    partners = catalogue.ranked_partners

    def ranked(of: Catalogue, morphology: bool) -> tuple[MatchTable, NDArray[np.float64]]:
        recommender = PartnerRecommender(k=len(partners), morphology=morphology).fit(of)
        table = recommender.rank(tenants, as_of=as_of)
        return table, table.shown_scores() if as_ranked else recommender.partner_scores(tenants)

    table, scores = ranked(catalogue, morphology)
    compared = {name: ranked(other, morphology)[1] for name, other in others.items()}
    if morphology:
        compared["without morphology"] = ranked(catalogue, False)[1]
    return evaluate_ranking(
        scores,
        bm25_scores(tenant_texts(tenants), partner_texts(partners)),
        [tenant.tenant_id for tenant in tenants],
        [partner.id for partner in partners],
        judged,
        [bool(table.of_tenant(position, "matches")) for position in range(len(tenants))],
        compared,
    )


def _variants(catalogue: Catalogue, without: Sequence[str]) -> dict[str, Catalogue]:
    """Return the catalogue without each of some blocks, by what the report calls it."""
    from matcher.catalogue import without_block

    blocks = list(catalogue.vocabulary.weights.blocks) if "all" in without else without
    return {f"without {block}": without_block(catalogue, block) for block in blocks}


def _print_lines(lines: Sequence[str]) -> None:
    for line in lines:
        click.echo(line)
