"""What a reader sees, as data: made once, drawn by one renderer per format."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.reports.labels import word
from matcher.reports.model.components import Comparison
from matcher.reports.model.problems import ProblemLine
from matcher.reports.model.served import ServedLine
from matcher.reports.model.steps import StepLine
from matcher.reports.run import Run


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule and what it says of the tenant."""

    rule_id: str
    label: str
    verdict: str
    verdict_label: str
    kind_label: str
    status_label: str
    reason: str
    source: str
    as_of: str
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One partner for one tenant, by one offer."""

    rank: int | None
    partner_id: str
    partner: str
    offer_id: str
    offer: str
    summary: str
    cluster: str
    kind: str
    score: float
    verdict: str
    verdict_label: str
    parts: tuple[tuple[str, float], ...] = ()
    factors: tuple[tuple[str, float], ...] = ()
    shared: tuple[tuple[str, str], ...] = ()
    quoted: tuple[str, ...] = ()
    rules: tuple[RuleLine, ...] = ()
    routes: tuple[tuple[StepLine, ...], ...] = ()
    reason: str = ""
    excluded: tuple[Card, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    blockers: tuple[str, ...] = ()
    decision: str = ""
    clusters: tuple[str, ...] = ()
    access: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """All about one tenant.

    `asked` are its needs as terms and labels. `served` says by whom they are served in Boston and
    Biopolis, component by component; it is empty where the data folder compares no clusters.
    `brief` and `teaser` are what a summary and a partner get of the profile, `technology` and
    `surveyed` what the tenant makes and when it was asked.
    """

    tenant_id: str
    name: str
    sector: str
    targets: str
    needs: str
    complete: bool
    profile: tuple[tuple[str, str], ...]
    need_detail: str
    matches: tuple[Card, ...]
    near_misses: tuple[Card, ...]
    ineligible: tuple[Card, ...]
    not_ranked: tuple[Card, ...]
    problems: tuple[ProblemLine, ...]
    nobody: str
    asked: tuple[tuple[str, str], ...] = ()
    served: tuple[ServedLine, ...] = ()
    brief: tuple[tuple[str, str], ...] = ()
    teaser: tuple[tuple[str, str], ...] = ()
    name_ko: str = ""
    technology: str = ""
    surveyed: str = ""

    @property
    def others(self) -> dict[str, list[Card]]:
        """The partners that are not ranked, by reason."""
        found: dict[str, list[Card]] = {}
        for card in self.not_ranked:
            found.setdefault(card.reason, []).append(card)
        return found


@dataclass(frozen=True, slots=True)
class Report:
    """A report in one language, for one audience.

    `record` is the run in words, for the foot of every output.
    """

    language: str
    run: Run
    pages: tuple[Page, ...]
    problems: tuple[ProblemLine, ...]
    record: tuple[tuple[str, str], ...] = ()
    audience: str = "internal"
    comparison: Comparison | None = None
    n_partners: int = 0

    @property
    def totals(self) -> tuple[tuple[str, int], ...]:
        """How many tenants there are, served and not, and how many recommendations."""
        complete = [page for page in self.pages if page.complete]
        counts = {
            "tenants": len(self.pages),
            "served": sum(bool(page.matches) for page in complete),
            "near_only": sum(not page.matches and bool(page.near_misses) for page in complete),
            "unserved": sum(not page.matches and not page.near_misses for page in complete),
            "incomplete_rows": len(self.pages) - len(complete),
            "recommendations": sum(len(page.matches) for page in complete),
            "partners": self.n_partners,
        }
        return tuple((word(key, self.language), count) for key, count in counts.items())


def in_thousandths(parts: Sequence[tuple[str, float]], total: float) -> list[tuple[str, float]]:
    """Return labelled parts, rounded so that they add up to the total as it is rounded.

    What rounding leaves over goes to the parts that it took most from (largest remainders).
    """
    floors = [math.floor(part * 1000) for _, part in parts]
    left = round(total * 1000) - sum(floors)
    most = sorted(range(len(parts)), key=lambda at: floors[at] - parts[at][1] * 1000)
    for at in most[: max(left, 0)]:
        floors[at] += 1
    return [(label, floor / 1000) for (label, _), floor in zip(parts, floors, strict=True)]
