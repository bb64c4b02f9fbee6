"""The command that compares with judgements."""

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
    from matcher.catalogue import Catalogue
    from matcher.evaluation import RankingReport, VerdictReport
    from matcher.intake import TenantList
    from matcher.recommender import PartnerRecommender

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@tenants_argument
@click.argument("judgements", type=_FILE, required=False)
@click.option("--verdicts", type=_FILE, help="Judged verdicts (CSV).")
@click.option("--rules", help="Compare by these rules only, ids joined by commas.")
@click.option(
    "--as-ranked", is_flag=True, help="Score the ranking as shown: rules and floor count."
)
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
    form: str,
    as_of: datetime,
    data: Path | None,
    **options: Any,
) -> None:
    r"""Compare the ranking of TENANTS with JUDGEMENTS, and verdicts with judged ones.

    \b
    Example:
        matcher evaluate tenants.csv relevance.csv --verdicts verdicts.csv
    """
    from matcher.recommender import PartnerRecommender
    from matcher.reports import tables

    if judgements is None and verdicts is None:
        raise click.UsageError("give JUDGEMENTS, --verdicts FILE, or both")
    catalogue = read_data(data)
    found = read_list(tenants, catalogue, as_of, **options)
    recommender = PartnerRecommender(k=len(catalogue.ranked_partners)).fit(catalogue)
    day = as_of.date().isoformat()
    only = (
        frozenset(catalogue.rule(rule.strip()).id for rule in rules.split(",")) if rules else None
    )
    content: dict[str, Any] = {}
    if judgements is not None:
        ranking = _evaluate_ranking(found, judgements, recommender, day, as_ranked=as_ranked)
        content["ranking"] = _ranking_content(ranking)
        if form == "table":
            _print_ranking(ranking)
    if verdicts is not None:
        agreement = _evaluate_verdicts(found, verdicts, catalogue, day, only)
        content["verdicts"] = _verdict_content(agreement)
        if form == "table":
            _print_verdicts(agreement)
    if form == "json":
        emit(tables.to_json(content), None)
    finish(found)


def _evaluate_ranking(
    found: TenantList,
    judgements: Path,
    recommender: PartnerRecommender,
    as_of: str,
    *,
    as_ranked: bool,
) -> RankingReport:
    from matcher.evaluation import bm25_scores, evaluate_ranking, read_relevance

    tenants = list(found)
    partners = recommender.catalogue_.ranked_partners
    table = recommender.rank(tenants, as_of=as_of)
    fit = table.shown_scores() if as_ranked else recommender.partner_scores(tenants)
    queries = [" ".join(tenant.stated.values()) for tenant in tenants]
    documents = [
        " ".join(
            [*partner.name.values(), *partner.aliases]
            + [text for o in partner.offers for text in (*o.name.values(), *o.summary.values())]
        )
        for partner in partners
    ]
    return evaluate_ranking(
        fit,
        bm25_scores(queries, documents),
        [tenant.tenant_id for tenant in tenants],
        [partner.id for partner in partners],
        read_relevance(judgements),
        [bool(table.of_tenant(position, "matches")) for position in range(len(tenants))],
    )


def _evaluate_verdicts(
    found: TenantList,
    verdicts: Path,
    catalogue: Catalogue,
    as_of: str,
    only: frozenset[str] | None,
) -> VerdictReport:
    from matcher.eligibility import judge
    from matcher.evaluation import evaluate_verdicts, read_verdicts

    tenants = list(found)
    eligibility = judge(tenants, catalogue, as_of, only=only)
    given = {
        (tenant.tenant_id, offer.id): (
            eligibility.verdict(position, at).word,
            eligibility.open_rules(position, at),
        )
        for position, tenant in enumerate(tenants)
        for at, offer in enumerate(catalogue.offers)
    }
    return evaluate_verdicts(read_verdicts(verdicts), given, only)


def _ranking_content(report: RankingReport) -> dict[str, Any]:
    return {
        "tenants_judged": report.n_judged,
        "rankers": {
            ranker: {
                **{
                    metric: {
                        "mean": round(e.mean, 4),
                        "low": round(e.low, 4),
                        "high": round(e.high, 4),
                    }
                    for metric, e in metrics.items()
                },
                "coverage": round(report.coverage[ranker], 4),
            }
            for ranker, metrics in report.metrics.items()
        },
        "unserved": list(report.unserved),
        "unserved_recommended": list(report.unserved_recommended),
        "ndcg@5_by_tenant": {tenant: round(v, 4) for tenant, v in report.by_tenant.items()},
    }


def _verdict_content(report: VerdictReport) -> dict[str, Any]:
    return {
        "judged": report.n_judged,
        "agreeing": report.n_judged - len(report.disagreements),
        "confusion": [
            {"judged": judged, "given": given, "pairs": pairs}
            for (judged, given), pairs in sorted(report.confusion.items())
        ],
        "disagreements": [
            {
                "tenant_id": judgement.tenant_id,
                "offer_id": judgement.offer_id,
                "judged": judgement.verdict,
                "given": given,
                "judged_rules": sorted(judgement.rule_ids),
                "given_rules": sorted(ids),
            }
            for judgement, given, ids in report.disagreements
        ],
    }


def _print_ranking(report: RankingReport) -> None:
    from matcher.evaluation import METRICS

    rows = [
        [
            ranker,
            *(f"{e.mean:.3f} [{e.low:.3f}, {e.high:.3f}]" for e in (metrics[m] for m in METRICS)),
            f"{report.coverage[ranker]:.2f}",
        ]
        for ranker, metrics in report.metrics.items()
    ]
    click.echo(
        f"{report.n_judged} tenants with a relevant partner; mean and bootstrap 95% interval"
    )
    print_table(["ranker", *METRICS, "coverage"], rows)
    click.echo(
        f"tenants without any relevant partner: {len(report.unserved)}; given a recommendation "
        f"all the same: {', '.join(report.unserved_recommended) or 'none'}"
    )
    worst = sorted(report.by_tenant.items(), key=lambda item: item[1])[:5]
    click.echo("lowest nDCG@5: " + ", ".join(f"{tenant} {value:.2f}" for tenant, value in worst))
    click.echo()


def _print_verdicts(report: VerdictReport) -> None:
    kinds = ["eligible", "conditional", "ineligible"]
    rows = [
        [kind, *(str(report.confusion.get((kind, given), 0)) for given in kinds)] for kind in kinds
    ]
    agreeing = report.n_judged - len(report.disagreements)
    click.echo(f"{agreeing} of {report.n_judged} judged verdicts agree, with their rule ids")
    print_table(["judged \\ given", *kinds], rows)
    for judgement, given, ids in report.disagreements:
        click.echo(
            f"{judgement.tenant_id} {judgement.offer_id}: judged {judgement.verdict} "
            f"({', '.join(sorted(judgement.rule_ids)) or '-'}), given {given} "
            f"({', '.join(sorted(ids)) or '-'})"
        )
