"""What a reader sees, as data: made once, drawn by one renderer per format.

Every number comes from the match table; no renderer computes one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.catalogue import Catalogue
from matcher.eligibility import Finding
from matcher.errors import Problem
from matcher.intake import Tenant, TenantList
from matcher.portfolio import ServedTenant, served_tenants
from matcher.quantities import Empty
from matcher.recommender import (
    INELIGIBLE,
    MATCHES,
    NEAR_MISSES,
    NOT_RANKED,
    Entry,
    MatchTable,
)
from matcher.reports import labels
from matcher.reports.components import Comparison, compare
from matcher.reports.labels import word
from matcher.reports.record import age_line, record_lines
from matcher.reports.run import Run, basis_of
from matcher.reports.served import ServedLine, served_lines
from matcher.reports.steps import StepLine, StepLiner

BRIEF_FIELDS = (
    "sector",
    "founded_on",
    "dev_stage",
    "trl",
    "funding_round",
    "funding_total",
    "target_countries",
    "survey_date",
)
"""What one page has room for of the profile."""

TEASER_FIELDS = (
    "sector",
    "modality",
    "indication",
    "dev_stage",
    "trl",
    "funding_round",
    "needs",
)
"""What a partner is told of a tenant: no money, and no place but its own."""

PROFILE_FIELDS = (
    "sector",
    "modality",
    "indication",
    "dev_stage",
    "trl",
    "funding_round",
    "funding_total",
    "revenue",
    "target_countries",
    "needs",
    "partner_types",
    "survey_date",
)
"""What the profile of a page shows, in this order; nothing of it is personal."""

_INTERNAL_FIELDS = (
    "item_name",
    "local_entities",
    "joint_research",
    "local_pi",
    "contacted_before",
)
"""What only the office sees: free text and names, in which persons may stand."""


_REMARK = re.compile(r"\([^()]*\)")


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
    problems: tuple[Problem, ...]
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
    problems: tuple[Problem, ...]
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


def build_report(
    table: MatchTable,
    tenants: TenantList,
    run: Run,
    *,
    language: str = "ko",
    audience: str = "internal",
) -> Report:
    """Return what a reader sees of a run.

    Parameters
    ----------
    table : MatchTable
        The result.
    tenants : TenantList
        The list that it was made from.
    run : Run
        The record at its foot.
    language : {'ko', 'en'}, default='ko'
        Of all labels; the tenants' own words stay as they are.
    audience : {'internal', 'external'}, default='internal'
        External reports hold only tenants that consented, without free text, the history of
        contacts and the problems of the list.
    """
    internal = audience == "internal"
    builder = _Builder(table, run, language, internal)
    shown = [
        position
        for position, tenant in enumerate(table.tenants)
        if internal or tenant.values.get("consent_external") == "yes"
    ]
    pages = tuple(builder.page(position, table.tenants[position]) for position in shown)
    record = record_lines(run, table.catalogue.vocabulary.fields, language, named=internal)
    *what_went_in, limits = record
    return Report(
        language,
        run,
        pages,
        tenants.problems if internal else (),
        (
            *what_went_in,
            (word("audience", language), word(audience, language)),
            age_line(table.catalogue, _used(pages), language),
            limits,
        ),
        audience,
        compare(table.catalogue, builder.served(shown), language),
        len(table.catalogue.ranked_partners),
    )


def _used(pages: Sequence[Page]) -> Iterator[str]:
    """Yield the ids of the offers and rules that cards rest on."""
    for page in pages:
        for card in (*page.matches, *page.near_misses):
            yield card.offer_id
            yield from (rule.rule_id for rule in card.rules)


class _Builder:
    def __init__(self, table: MatchTable, run: Run, language: str, internal: bool) -> None:
        self.table = table
        self.run = run
        self.catalogue: Catalogue = table.catalogue
        self.vocabulary = table.catalogue.vocabulary
        self.language = language
        self.internal = internal
        self._liner = StepLiner(table.catalogue, language)
        self._bases = [basis_of(tenant) for tenant in table.tenants]
        self._served = served_tenants(table) if self.catalogue.clusters else []

    def page(self, position: int, tenant: Tenant) -> Page:
        lists = {
            name: self.table.of_tenant(position, name)
            for name in (MATCHES, NEAR_MISSES, INELIGIBLE, NOT_RANKED)
        }
        return Page(
            tenant.tenant_id,
            self._name(tenant),
            self._cell(tenant, "sector"),
            self._cell(tenant, "target_countries"),
            self._cell(tenant, "needs"),
            tenant.complete,
            self._profile(tenant, PROFILE_FIELDS + (_INTERNAL_FIELDS if self.internal else ())),
            tenant.stated.get("need_detail", "") if self.internal else "",
            tuple(self._full_card(entry) for entry in lists[MATCHES]),
            tuple(self._full_card(entry) for entry in lists[NEAR_MISSES]),
            tuple(self._short_card(entry) for entry in lists[INELIGIBLE]),
            tuple(self._short_card(entry) for entry in lists[NOT_RANKED]),
            tenant.problems if self.internal else (),
            self._nobody(lists[NOT_RANKED]),
            self._asked(tenant),
            self._served_lines(position),
            self._profile(tenant, BRIEF_FIELDS),
            self._profile(tenant, TEASER_FIELDS),
            tenant.name,
            self._technology(tenant),
            self._cell(tenant, "survey_date"),
        )

    def _name(self, tenant: Tenant) -> str:
        english = tenant.stated.get("name_en") if self.language == "en" else None
        return english or tenant.name

    def _asked(self, tenant: Tenant) -> tuple[tuple[str, str], ...]:
        """Return the needs as terms and labels; words that no term means only for the office."""
        value = tenant.values.get("needs")
        known = self.vocabulary.facets["need"].terms
        return tuple(
            (str(need), self.vocabulary.label("need", str(need), self.language))
            for need in (value if isinstance(value, tuple) else ())
            if self.internal or need in known
        )

    def served(self, positions: Sequence[int]) -> list[ServedTenant]:
        """Return how the clusters serve tenants, none where no clusters are compared."""
        return [self._served[position] for position in positions] if self._served else []

    def _served_lines(self, position: int) -> tuple[ServedLine, ...]:
        if not self._served:
            return ()
        served = self._served[position]
        return served_lines(served, self.catalogue, self.language, internal=self.internal)

    def _nobody(self, not_ranked: Sequence[Entry]) -> str:
        """Return why nobody is recommended, where that is so."""
        elsewhere = all(entry.reason == "outside_target" for entry in not_ranked)
        return word("nobody_there" if elsewhere else "nobody", self.language)

    def _technology(self, tenant: Tenant) -> str:
        """Return what the tenant makes, in its own words; only the office sees them."""
        words = (tenant.stated.get(field, "") for field in ("item_name", "tech_summary"))
        return " — ".join(filter(None, words)) if self.internal else ""

    def _profile(self, tenant: Tenant, fields: Sequence[str]) -> tuple[tuple[str, str], ...]:
        return tuple(
            (self.vocabulary.fields[field].label[self.language], shown)
            for field in fields
            if tenant.values.get(field) is not None and (shown := self._cell(tenant, field))
        )

    def _cell(self, tenant: Tenant, field_id: str) -> str:
        """Return a cell in the language of the report where the vocabulary knows its words.

        Who is not of the office sees no words but those of the vocabulary, and no remark.
        """
        field, value = self.vocabulary.fields[field_id], tenant.values.get(field_id)
        if isinstance(value, Empty) and self.language != "ko":
            return labels.EMPTIES[value.value][self.language]
        facet = {"places": "place", "entities": "place"}.get(field.kind, field.facet)
        as_stated = self.internal and self.language == "ko"
        if facet is None or as_stated or not isinstance(value, str | tuple):
            stated = tenant.stated.get(field_id, "")
            return stated if self.internal else _REMARK.sub("", stated).strip()
        words = [value] if isinstance(value, str) else list(map(str, value))
        if not self.internal:  # what the vocabulary does not know is free text
            words = [each for each in words if each in self.vocabulary.facets[facet].terms]
        return "; ".join(self.vocabulary.label(facet, each, self.language) for each in words)

    def _full_card(self, entry: Entry) -> Card:
        explanation = self.table.explain(entry.tenant, entry.offer)
        open_rules = self.table.findings(entry)
        offer = self.table.offer(entry)
        return self._card(
            entry,
            parts=tuple(
                (self._block(block), part) for block, part in explanation.contributions.items()
            ),
            factors=tuple(
                (labels.FACTORS[name][self.language], factor)
                for name, factor in explanation.factors.items()
            ),
            shared=tuple(
                (
                    self._block(block),
                    ", ".join(self.vocabulary.label(block, t, self.language) for t in terms),
                )
                for block, terms in explanation.shared.items()
            ),
            quoted=tuple(quote for quotes in explanation.evidence.values() for quote in quotes)
            if self.internal
            else (),
            rules=tuple(map(self._rule, open_rules)),
            routes=self._routes(entry),
            excluded=tuple(map(self._missed_card, entry.excluded)),
            sources=tuple(
                (source.url, source.as_of or word("undated", self.language))
                for source in offer.sources
            ),
            access=self._liner.access(offer.partner_id),
        )

    def _missed_card(self, entry: Entry) -> Card:
        return self._card(
            entry,
            rules=tuple(map(self._rule, self.table.findings(entry))),
            routes=self._routes(entry),
            blockers=tuple(
                map(self._liner.blocker, self.table.plan(entry.tenant, entry.offer).blockers)
            ),
        )

    def _short_card(self, entry: Entry) -> Card:
        if entry.list == INELIGIBLE:
            return self._missed_card(entry)
        reason = entry.reason or ""
        if not self.internal and reason in ("declined", "contacted"):
            reason = "left_out"  # whom a tenant has asked is nobody else's business
        return self._card(entry, reason=labels.REASONS[reason][self.language])

    def _card(
        self,
        entry: Entry,
        *,
        parts: tuple[tuple[str, float], ...] = (),
        factors: tuple[tuple[str, float], ...] = (),
        shared: tuple[tuple[str, str], ...] = (),
        quoted: tuple[str, ...] = (),
        rules: tuple[RuleLine, ...] = (),
        routes: tuple[tuple[StepLine, ...], ...] = (),
        reason: str = "",
        excluded: tuple[Card, ...] = (),
        sources: tuple[tuple[str, str], ...] = (),
        blockers: tuple[str, ...] = (),
        access: tuple[str, ...] = (),
    ) -> Card:
        offer = self.table.offer(entry)
        partner = self.catalogue.partner(offer.partner_id)
        clusters = (labels.CLUSTERS[cluster][self.language] for cluster in partner.clusters)
        verdict = self.table.verdict(entry).word
        return Card(
            entry.rank,
            partner.id,
            partner.name[self.language],
            offer.id,
            offer.name[self.language],
            offer.summary[self.language],
            "·".join(clusters),
            self.vocabulary.label("partner_type", partner.kind, self.language),
            entry.score,
            verdict,
            labels.VERDICTS[verdict][self.language],
            parts,
            factors,
            shared,
            quoted,
            rules,
            routes,
            reason,
            excluded,
            sources,
            blockers,
            self.run.decision_id(self._bases[entry.tenant], offer.id),
            partner.clusters,
            access,
        )

    def _block(self, block: str) -> str:
        return labels.block_label(block, self.vocabulary.fields, self.language)

    def _rule(self, finding: Finding) -> RuleLine:
        rule = finding.rule
        return RuleLine(
            rule.id,
            rule.label[self.language],
            finding.verdict.word,
            labels.RULE_VERDICTS[finding.verdict.word][self.language],
            labels.RULE_KINDS[rule.kind][self.language],
            labels.RULE_STATUSES[rule.status][self.language],
            finding.reason[self.language] if self.internal else rule.label[self.language],
            rule.source.url,
            rule.source.as_of or word("undated", self.language),
            self._liner.questions(finding.unknown),
        )

    def _routes(self, entry: Entry) -> tuple[tuple[StepLine, ...], ...]:
        if entry.list == INELIGIBLE:  # below the floor, or beyond the number shown
            return ()
        routes = self.table.routes(entry.tenant, entry.offer)
        return tuple(tuple(map(self._liner.step, route)) for route in routes)


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
