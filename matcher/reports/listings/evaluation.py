"""How rankings and verdicts agree with judgements: keys for machines, lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from matcher.eligibility import PairVerdict
from matcher.evaluation import JUDGES, METRICS, Disagreement, Estimate, RankingReport, VerdictReport

DIFFERENCES = "by how much the first line is better, tenant by tenant, with bootstrap 95% interval"

_DIGITS = 4


def ranking_content(report: RankingReport) -> dict[str, Any]:
    """Return how a ranking does, in the keys of the JSON output."""
    return {
        "tenants_judged": report.n_judged,
        "rankers": {
            ranker: {
                **_estimates(metrics),
                "coverage": round(report.coverage[ranker], _DIGITS),
                "gini": round(report.gini[ranker], _DIGITS),
            }
            for ranker, metrics in report.metrics.items()
        },
        "judges": {
            "coverage": round(report.coverage[JUDGES], _DIGITS),
            "gini": round(report.gini[JUDGES], _DIGITS),
        },
        "better_than": {
            ranker: _estimates(metrics) for ranker, metrics in report.differences.items()
        },
        "unserved": list(report.unserved),
        "unserved_recommended": list(report.unserved_recommended),
        "ndcg@5_by_tenant": {
            tenant: round(value, _DIGITS) for tenant, value in report.by_tenant.items()
        },
        "worst": [
            {
                "tenant_id": worst.tenant_id,
                "ndcg@5": round(worst.ndcg, _DIGITS),
                "expected": dict(worst.expected),
                "given": dict(worst.given),
            }
            for worst in report.worst
        ],
    }


def ranking_title(report: RankingReport) -> str:
    """Return the line above the table of a ranking."""
    return f"{report.n_judged} tenants with a relevant partner; mean and bootstrap 95% interval"


def ranking_table(report: RankingReport) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of the table of a ranking, one row per ranker."""
    rows = [
        [
            ranker,
            *(_interval(metrics[metric]) for metric in METRICS),
            *_spread(report, ranker),
        ]
        for ranker, metrics in report.metrics.items()
    ]
    rows.append([JUDGES, *("" for _ in METRICS), *_spread(report, JUDGES)])
    return ["ranker", *METRICS, "coverage", "gini"], rows


def difference_table(report: RankingReport) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of how much better the ranking is than each other one."""
    rows = [
        [ranker, *(_interval(metrics[metric], "+.3f") for metric in METRICS)]
        for ranker, metrics in report.differences.items()
    ]
    return ["than", *METRICS], rows


def ranking_notes(report: RankingReport) -> list[str]:
    """Return the lines below the tables of a ranking."""
    lines = [
        f"tenants without any relevant partner: {len(report.unserved)}; given a recommendation "
        f"all the same: {', '.join(report.unserved_recommended) or 'none'}",
        "lowest nDCG@5, with the relevance of each partner:",
    ]
    for worst in report.worst:
        lines += [
            f"  {worst.tenant_id} {worst.ndcg:.2f}  expected {_listed(worst.expected)}",
            f"{'':{len(worst.tenant_id) + 9}}given {_listed(worst.given)}",
        ]
    return lines


def verdict_content(report: VerdictReport) -> dict[str, Any]:
    """Return how verdicts agree, in the keys of the JSON output."""
    return {
        "judged": report.n_judged,
        "agreeing": report.n_agreeing,
        "compared_by_rules_only": report.n_by_rules_only,
        "confusion": [
            {"judged": judged, "given": given, "pairs": pairs}
            for (judged, given), pairs in sorted(report.confusion.items())
        ],
        "disagreements": [
            {
                "tenant_id": found.judgement.tenant_id,
                "offer_id": found.judgement.offer_id,
                "judged": found.judgement.verdict,
                "given": found.given,
                "judged_rules": sorted(found.judged_rules),
                "given_rules": sorted(found.given_rules),
                "compared_by_rules_only": found.by_rules_only,
            }
            for found in report.disagreements
        ],
    }


def verdict_titles(report: VerdictReport) -> list[str]:
    """Return the lines above the confusion matrix."""
    lines = [f"{report.n_agreeing} of {report.n_judged} judged verdicts agree, with their rule ids"]
    if report.n_by_rules_only:
        lines.append(
            f"{report.n_by_rules_only} of {report.n_judged} compared by rule ids only, "
            "since rules that were not chosen had a part in the judged verdict"
        )
    return lines


def verdict_table(report: VerdictReport) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of the confusion matrix."""
    kinds = [verdict.word for verdict in reversed(PairVerdict)]
    rows = [
        [kind, *(str(report.confusion.get((kind, given), 0)) for given in kinds)] for kind in kinds
    ]
    return ["judged \\ given", *kinds], rows


def verdict_notes(report: VerdictReport) -> list[str]:
    """Return one line per disagreement."""
    return [_disagreement(found) for found in report.disagreements]


def _interval(e: Estimate, form: str = ".3f") -> str:
    return f"{e.mean:{form}} [{e.low:{form}}, {e.high:{form}}]"


def _estimates(metrics: Mapping[str, Estimate]) -> dict[str, Any]:
    return {
        metric: {name: round(value, _DIGITS) for name, value in e._asdict().items()}
        for metric, e in metrics.items()
    }


def _spread(report: RankingReport, ranker: str) -> tuple[str, str]:
    return f"{report.coverage[ranker]:.2f}", f"{report.gini[ranker]:.2f}"


def _listed(partners: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{partner} {relevance}" for partner, relevance in partners)


def _disagreement(found: Disagreement) -> str:
    judgement = found.judgement
    line = (
        f"{judgement.tenant_id} {judgement.offer_id}: judged {judgement.verdict} "
        f"({', '.join(sorted(found.judged_rules)) or '-'}), given {found.given} "
        f"({', '.join(sorted(found.given_rules)) or '-'})"
    )
    return f"{line}, compared by rule ids only" if found.by_rules_only else line
