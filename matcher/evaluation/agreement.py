"""How a ranking or a set of verdicts compares with judgements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.eligibility import Eligibility
from matcher.evaluation.baselines import popularity_scores, random_scores
from matcher.evaluation.judgements import VerdictJudgement
from matcher.evaluation.metrics import (
    METRICS,
    Estimate,
    coverage,
    estimate,
    exposure_gini,
    metrics_of,
)

MISSING = "missing"
"""Stands for the verdict on a pair that was not given any."""

MATCHER, JUDGES = "matcher", "judges"
"""The ranking that is evaluated, and the order of the judgements themselves."""

_RANDOM_DRAWS = 50
_FIRST = 5
_N_WORST = 5


@dataclass(frozen=True)
class RankingReport:
    """How a ranking and its baselines do.

    Parameters
    ----------
    n_judged : int
        Tenants with a relevant partner.
    metrics : mapping of str to mapping of str to Estimate
        By ranker, then by metric.
    coverage, gini : mapping of str to float
        Share of partners in some tenant's first five, and how unevenly these places go to
        partners, by ranker; `JUDGES` has those of the judgements themselves.
    differences : mapping of str to Mapping[str, Estimate]
        By how much the ranking is better than each other one, tenant by tenant.
    unserved : tuple of str
        Tenants without any relevant partner.
    unserved_recommended : tuple of str
        Those of them that were given a recommendation all the same.
    by_tenant : mapping of str to float
        nDCG@5 of the ranking, by tenant id.
    worst : tuple of Worst
        Tenants of the lowest nDCG@5 with what was expected and what was given.
    """

    n_judged: int
    metrics: Mapping[str, Mapping[str, Estimate]]
    coverage: Mapping[str, float]
    gini: Mapping[str, float]
    differences: Mapping[str, Mapping[str, Estimate]]
    unserved: tuple[str, ...]
    unserved_recommended: tuple[str, ...]
    by_tenant: Mapping[str, float]
    worst: tuple[Worst, ...]


@dataclass(frozen=True, slots=True)
class Worst:
    """A tenant whose first five differ much from the judge's.

    Parameters
    ----------
    tenant_id : str
        Whose.
    ndcg : float
        nDCG@5.
    expected, given : tuple of (str, int)
        Partner ids and relevance of the five best by the judge, and of the first five given.
    """

    tenant_id: str
    ndcg: float
    expected: tuple[tuple[str, int], ...]
    given: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A pair on which judge and tool differ.

    Parameters
    ----------
    judgement : VerdictJudgement
        What the judge says, by all rules.
    given : str
        The tool's verdict by the chosen rules, or `MISSING`.
    judged_rules, given_rules : frozenset of str
        Those of the chosen rules that either side names.
    by_rules_only : bool
        Whether the verdicts themselves were not compared.
    """

    judgement: VerdictJudgement
    given: str
    judged_rules: frozenset[str]
    given_rules: frozenset[str]
    by_rules_only: bool


@dataclass(frozen=True)
class VerdictReport:
    """How verdicts agree with judgements.

    Parameters
    ----------
    confusion : mapping of (str, str) to int
        Pairs by judged and given verdict, where these were compared.
    disagreements : tuple of Disagreement
        Wherever what was compared differs.
    n_judged : int
        All judgements.
    n_by_rules_only : int
        Judgements of which only the rule ids were compared.
    """

    confusion: Mapping[tuple[str, str], int]
    disagreements: tuple[Disagreement, ...]
    n_judged: int
    n_by_rules_only: int

    @property
    def n_agreeing(self) -> int:
        """Judgements that agree in all that was compared."""
        return self.n_judged - len(self.disagreements)


def evaluate_ranking(
    scores: NDArray[np.float64],
    plain_text: NDArray[np.float64],
    tenant_ids: Sequence[str],
    partner_ids: Sequence[str],
    judged: Mapping[tuple[str, str], int],
    recommended: Sequence[bool],
    others: Mapping[str, NDArray[np.float64]] | None = None,
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
    others : mapping of str to ndarray of shape (n_tenants, n_partners), optional
        Further rankings to stand beside, by name: with blocks left out.
    """
    relevance = np.array(
        [[judged.get((tenant, partner), 0) for partner in partner_ids] for tenant in tenant_ids],
        dtype=int,
    ).reshape(len(tenant_ids), len(partner_ids))
    served = np.asarray(relevance.any(axis=1))
    rankers = {
        MATCHER: [scores],
        **{name: [other] for name, other in (others or {}).items()},
        "bm25": [plain_text],
        "popularity": [popularity_scores(relevance)],
        "random": [
            random_scores(len(tenant_ids), len(partner_ids), seed) for seed in range(_RANDOM_DRAWS)
        ],
    }
    values = {ranker: _values(tables, relevance, served) for ranker, tables in rankers.items()}
    ids = [tenant for tenant, some in zip(tenant_ids, served, strict=True) if some]
    unserved = [at for at, some in enumerate(served) if not some]
    shown = {ranker: tables[0][served] for ranker, tables in rankers.items()}
    shown[JUDGES] = relevance[served].astype(float)
    by_tenant = dict(zip(ids, map(float, values[MATCHER]["ndcg@5"]), strict=True))
    lowest = sorted(by_tenant, key=lambda tenant: by_tenant[tenant])[:_N_WORST]
    rows = {tenant: at for at, tenant in enumerate(tenant_ids)}
    return RankingReport(
        len(ids),
        {
            ranker: {metric: estimate(found[metric]) for metric in METRICS}
            for ranker, found in values.items()
        },
        {ranker: coverage(table) for ranker, table in shown.items()},
        {ranker: exposure_gini(table) for ranker, table in shown.items()},
        {
            ranker: {
                metric: estimate(values[MATCHER][metric] - found[metric]) for metric in METRICS
            }
            for ranker, found in values.items()
            if ranker != MATCHER
        },
        tuple(tenant_ids[at] for at in unserved),
        tuple(tenant_ids[at] for at in unserved if recommended[at]),
        by_tenant,
        tuple(
            Worst(
                tenant,
                by_tenant[tenant],
                _first(relevance[rows[tenant]].astype(float), relevance[rows[tenant]], partner_ids),
                _first(scores[rows[tenant]], relevance[rows[tenant]], partner_ids),
            )
            for tenant in lowest
        ),
    )


def _first(
    scores: NDArray[np.float64], relevance: NDArray[np.int_], partner_ids: Sequence[str]
) -> tuple[tuple[str, int], ...]:
    best = np.argsort(-scores, kind="stable")[:_FIRST]
    return tuple((partner_ids[at], int(relevance[at])) for at in best)


def given_verdicts(eligibility: Eligibility) -> dict[tuple[str, str], tuple[str, frozenset[str]]]:
    """Return verdict and ids of the rules not met or unknown, by tenant and offer id."""
    return {
        (tenant.tenant_id, offer.id): (
            eligibility.verdict(position, at).word,
            eligibility.open_rules(position, at),
        )
        for position, tenant in enumerate(eligibility.tenants)
        for at, offer in enumerate(eligibility.catalogue.offers)
    }


def evaluate_verdicts(
    judged: Sequence[VerdictJudgement],
    given: Mapping[tuple[str, str], tuple[str, frozenset[str]]],
    rules: frozenset[str] | None,
) -> VerdictReport:
    """Return how verdicts agree with judgements, both by the chosen rules.

    A judge gives one verdict by all rules. Where a rule that was not chosen had a part in it,
    nobody knows the judge's verdict by the chosen ones: then only the rule ids are compared.

    Parameters
    ----------
    judged : sequence of VerdictJudgement
        What the judge says, by all rules.
    given : mapping of (str, str) to (str, frozenset of str)
        Verdict by the chosen rules and ids of the rules not met or unknown, by tenant and
        offer id. A pair that is absent is a disagreement.
    rules : frozenset of str or None
        The chosen rules; None for all.
    """
    confusion: Counter[tuple[str, str]] = Counter()
    disagreements = []
    n_by_rules_only = 0
    for judgement in judged:
        verdict, ids = given.get(
            (judgement.tenant_id, judgement.offer_id), (MISSING, frozenset[str]())
        )
        judged_rules, given_rules = (
            side if rules is None else side & rules for side in (judgement.rule_ids, ids)
        )
        by_rules_only = judged_rules != judgement.rule_ids
        if by_rules_only:
            n_by_rules_only += 1
            same = verdict != MISSING
        else:
            confusion[judgement.verdict, verdict] += 1
            same = verdict == judgement.verdict
        if not same or judged_rules != given_rules:
            disagreements.append(
                Disagreement(judgement, verdict, judged_rules, given_rules, by_rules_only)
            )
    return VerdictReport(confusion, tuple(disagreements), len(judged), n_by_rules_only)


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
