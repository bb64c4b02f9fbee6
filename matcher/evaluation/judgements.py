"""Judgements as people write them, and how a ranking or a set of verdicts compares."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher import columns
from matcher.errors import DataError, Problem
from matcher.evaluation.baselines import popularity_scores, random_scores
from matcher.evaluation.metrics import METRICS, Estimate, coverage, estimate, metrics_of

_RANDOM_DRAWS = 50


@dataclass(frozen=True, slots=True)
class VerdictJudgement:
    """What a judge says of one tenant and one offer."""

    tenant_id: str
    offer_id: str
    verdict: str
    rule_ids: frozenset[str]


@dataclass(frozen=True)
class RankingReport:
    """How a ranking and its baselines do.

    Parameters
    ----------
    n_judged : int
        Tenants with a relevant partner.
    metrics : mapping of str to mapping of str to Estimate
        By ranker, then by metric.
    coverage : mapping of str to float
        Share of partners in some tenant's first five, by ranker.
    unserved : tuple of str
        Tenants without any relevant partner.
    unserved_recommended : tuple of str
        Those of them that were given a recommendation all the same.
    by_tenant : mapping of str to float
        nDCG@5 of the ranking, by tenant id.
    """

    n_judged: int
    metrics: Mapping[str, Mapping[str, Estimate]]
    coverage: Mapping[str, float]
    unserved: tuple[str, ...]
    unserved_recommended: tuple[str, ...]
    by_tenant: Mapping[str, float]


@dataclass(frozen=True)
class VerdictReport:
    """How verdicts agree with judgements.

    Parameters
    ----------
    confusion : mapping of (str, str) to int
        Pairs by judged and given verdict.
    disagreements : tuple of (VerdictJudgement, str, frozenset of str)
        Judgement, given verdict, given rule ids, wherever either differs.
    n_judged : int
        All judgements.
    """

    confusion: Mapping[tuple[str, str], int]
    disagreements: tuple[tuple[VerdictJudgement, str, frozenset[str]], ...]
    n_judged: int


def read_relevance(path: Path) -> dict[tuple[str, str], int]:
    """Return the relevance of judged pairs, by tenant and partner id.

    Raises
    ------
    DataError
        When columns are missing or a relevance is not 0 to 3.
    """
    found: dict[tuple[str, str], int] = {}
    problems: list[Problem] = []
    for number, row in _read_rows(path, columns.RELEVANCE_JUDGEMENTS):
        if row[columns.RELEVANCE] not in {"0", "1", "2", "3"}:
            what = f"{row[columns.RELEVANCE]!r} is not a relevance"
            hint = "write 0 to 3"
            problems.append(Problem("bad_value", path.name, number, columns.RELEVANCE, what, hint))
            continue
        found[row[columns.TENANT_ID], row[columns.PARTNER_ID]] = int(row[columns.RELEVANCE])
    if problems:
        raise DataError(problems)
    return found


def read_verdicts(path: Path) -> list[VerdictJudgement]:
    """Return judged verdicts; raises `DataError` when columns are missing."""
    return [
        VerdictJudgement(
            row[columns.TENANT_ID],
            row[columns.OFFER_ID],
            row[columns.VERDICT],
            frozenset(filter(None, row[columns.RULE_IDS].split(";"))),
        )
        for _, row in _read_rows(path, columns.VERDICT_JUDGEMENTS)
    ]


def evaluate_ranking(
    scores: NDArray[np.float64],
    plain_text: NDArray[np.float64],
    tenant_ids: Sequence[str],
    partner_ids: Sequence[str],
    judged: Mapping[tuple[str, str], int],
    recommended: Sequence[bool],
) -> RankingReport:
    """Return how a ranking does beside its baselines.

    Parameters
    ----------
    scores, plain_text : ndarray of shape (n_tenants, n_partners)
        The ranking, and BM25 on the plain text.
    tenant_ids, partner_ids : sequence of str
        Rows and columns.
    judged : mapping of (str, str) to int
        Relevance by tenant and partner id; a pair that is absent is 0.
    recommended : sequence of bool
        Whether a tenant was given a recommendation.
    """
    relevance = np.array(
        [[judged.get((tenant, partner), 0) for partner in partner_ids] for tenant in tenant_ids],
        dtype=int,
    ).reshape(len(tenant_ids), len(partner_ids))
    served = np.asarray(relevance.any(axis=1))
    rankers = {
        "matcher": [scores],
        "bm25": [plain_text],
        "popularity": [popularity_scores(relevance)],
        "random": [
            random_scores(len(tenant_ids), len(partner_ids), seed) for seed in range(_RANDOM_DRAWS)
        ],
    }
    values = {ranker: _values(tables, relevance, served) for ranker, tables in rankers.items()}
    ids = [tenant for tenant, some in zip(tenant_ids, served, strict=True) if some]
    unserved = [at for at, some in enumerate(served) if not some]
    return RankingReport(
        len(ids),
        {
            ranker: {metric: estimate(found[metric]) for metric in METRICS}
            for ranker, found in values.items()
        },
        {ranker: coverage(tables[0]) for ranker, tables in rankers.items()},
        tuple(tenant_ids[at] for at in unserved),
        tuple(tenant_ids[at] for at in unserved if recommended[at]),
        dict(zip(ids, map(float, values["matcher"]["ndcg@5"]), strict=True)),
    )


def evaluate_verdicts(
    judged: Sequence[VerdictJudgement],
    given: Mapping[tuple[str, str], tuple[str, frozenset[str]]],
    rules: frozenset[str] | None,
) -> VerdictReport:
    """Return how verdicts agree with judgements.

    Parameters
    ----------
    judged : sequence of VerdictJudgement
        What the judge says.
    given : mapping of (str, str) to (str, frozenset of str)
        Verdict and ids of the rules not met or unknown, by tenant and offer id.
    rules : frozenset of str or None
        Rules that the comparison of rule ids is restricted to; None for all.
    """
    confusion: Counter[tuple[str, str]] = Counter()
    disagreements = []
    for judgement in judged:
        verdict, ids = given.get(
            (judgement.tenant_id, judgement.offer_id), ("missing", frozenset[str]())
        )
        wanted = judgement.rule_ids if rules is None else judgement.rule_ids & rules
        confusion[judgement.verdict, verdict] += 1
        if judgement.verdict != verdict or wanted != ids:
            disagreements.append((judgement, verdict, ids))
    return VerdictReport(confusion, tuple(disagreements), len(judged))


def _values(
    tables: Sequence[NDArray[np.float64]],
    relevance: NDArray[np.int_],
    served: NDArray[np.bool_],
) -> dict[str, NDArray[np.float64]]:
    """Return each metric by served tenant, averaged over the tables of a ranker."""
    rows = np.flatnonzero(served)
    per_table = [[metrics_of(table[row], relevance[row]) for row in rows] for table in tables]
    return {
        metric: np.array(
            [np.mean([found[at][metric] for found in per_table]) for at in range(len(rows))]
        )
        for metric in METRICS
    }


def _read_rows(path: Path, wanted: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            [Problem("unreadable", path.name, None, None, f"cannot be read as UTF-8: {error}")]
        ) from error
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in wanted if name not in (reader.fieldnames or ())]
    if missing:
        what = f"has no column {', '.join(missing)}"
        hint = f"the columns are {', '.join(wanted)}"
        raise DataError([Problem("unreadable", path.name, 1, None, what, hint)])
    return [
        (number, {name: (row[name] or "").strip() for name in wanted})
        for number, row in enumerate(reader, 2)
    ]
