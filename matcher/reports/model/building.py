"""A report from a result: every number comes from the match table, none is computed here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.intake import Tenant, TenantList
from matcher.portfolio import ServedTenant, served_tenants
from matcher.recommender import INELIGIBLE, MATCHES, NEAR_MISSES, NOT_RANKED, Entry, MatchTable
from matcher.reports.labels import word
from matcher.reports.model.cards import CardMaker
from matcher.reports.model.components import compare
from matcher.reports.model.problems import ProblemLine, problem_line
from matcher.reports.model.profiles import ProfileTeller
from matcher.reports.model.record import age_line, record_lines
from matcher.reports.model.report import Page, Report
from matcher.reports.model.served import ServedLine, served_lines
from matcher.reports.run import Run


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
    builder = _PageBuilder(table, run, language, internal=internal)
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
        tuple(problem_line(each, language) for each in tenants.problems) if internal else (),
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


class _PageBuilder:
    def __init__(self, table: MatchTable, run: Run, language: str, *, internal: bool) -> None:
        self.table = table
        self.catalogue = table.catalogue
        self.language = language
        self.internal = internal
        self._teller = ProfileTeller(table.catalogue.vocabulary, language, internal=internal)
        self._cards = CardMaker(table, run, language, internal=internal)
        self._served = served_tenants(table) if self.catalogue.clusters else []

    def page(self, position: int, tenant: Tenant) -> Page:
        teller, cards = self._teller, self._cards
        lists = {
            name: self.table.of_tenant(position, name)
            for name in (MATCHES, NEAR_MISSES, INELIGIBLE, NOT_RANKED)
        }
        return Page(
            tenant_id=tenant.tenant_id,
            name=teller.name(tenant),
            sector=teller.cell(tenant, "sector"),
            targets=teller.cell(tenant, "target_countries"),
            needs=teller.cell(tenant, "needs"),
            complete=tenant.complete,
            profile=teller.profile(tenant),
            need_detail=tenant.stated.get("need_detail", "") if self.internal else "",
            matches=tuple(map(cards.full, lists[MATCHES])),
            near_misses=tuple(map(cards.full, lists[NEAR_MISSES])),
            ineligible=tuple(map(cards.missed, lists[INELIGIBLE])),
            not_ranked=tuple(map(cards.not_ranked, lists[NOT_RANKED])),
            problems=self._problems(tenant),
            nobody=self._nobody(lists[NOT_RANKED]),
            asked=teller.asked(tenant),
            served=self._served_lines(position),
            brief=teller.brief(tenant),
            teaser=teller.teaser(tenant),
            name_ko=tenant.name,
            technology=teller.technology(tenant),
            surveyed=teller.cell(tenant, "survey_date"),
        )

    def _problems(self, tenant: Tenant) -> tuple[ProblemLine, ...]:
        shown = tenant.problems if self.internal else ()
        return tuple(problem_line(problem, self.language) for problem in shown)

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
