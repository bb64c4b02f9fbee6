"""Cards: one partner for one tenant, with what speaks for it and what stands in the way."""

from __future__ import annotations

from dataclasses import replace

from matcher.eligibility import Finding
from matcher.recommender import INELIGIBLE, Entry, MatchTable
from matcher.reports import labels
from matcher.reports.labels import word
from matcher.reports.model.report import Card, RuleLine
from matcher.reports.model.steps import StepLine, StepLiner
from matcher.reports.run import Run, basis_of


class CardMaker:
    """Makes the cards of a result.

    Parameters
    ----------
    table : MatchTable
        The result.
    run : Run
        What gives decisions their ids.
    language : {'ko', 'en'}
        Of all words.
    internal : bool
        Whether the reader is of the office.
    """

    def __init__(self, table: MatchTable, run: Run, language: str, *, internal: bool) -> None:
        self.table = table
        self.run = run
        self.catalogue = table.catalogue
        self.vocabulary = table.catalogue.vocabulary
        self.language = language
        self.internal = internal
        self._liner = StepLiner(table.catalogue, language)
        self._bases = [basis_of(tenant) for tenant in table.tenants]

    def full(self, entry: Entry) -> Card:
        """Return the card of a recommendation: its score explained, its rules, its routes."""
        explanation = self.table.explain(entry.tenant, entry.offer)
        offer = self.table.offer(entry)
        language = self.language
        quotes = [quote for some in explanation.evidence.values() for quote in some]
        return replace(
            self._card(entry),
            parts=tuple(
                (self._block(block), part) for block, part in explanation.contributions.items()
            ),
            factors=tuple(
                (labels.FACTORS[name][language], factor)
                for name, factor in explanation.factors.items()
            ),
            shared=tuple(
                (
                    self._block(block),
                    ", ".join(self.vocabulary.label(block, term, language) for term in terms),
                )
                for block, terms in explanation.shared.items()
            ),
            quoted=tuple(quotes) if self.internal else (),
            rules=self._rules(entry),
            routes=self._routes(entry),
            excluded=tuple(map(self.missed, entry.excluded)),
            sources=tuple(
                (source.url, source.as_of or word("undated", language)) for source in offer.sources
            ),
            access=self._liner.access(offer.partner_id),
        )

    def missed(self, entry: Entry) -> Card:
        """Return the card of a partner that rules exclude: which, and what would change it."""
        plan = self.table.plan(entry.tenant, entry.offer)
        return replace(
            self._card(entry),
            rules=self._rules(entry),
            routes=self._routes(entry),
            blockers=tuple(map(self._liner.blocker, plan.blockers)),
        )

    def not_ranked(self, entry: Entry) -> Card:
        """Return the card of a partner that was left out for another reason than a rule."""
        reason = entry.reason or ""
        if not self.internal and reason in ("declined", "contacted"):
            reason = "left_out"  # whom a tenant has asked is nobody else's business
        return replace(self._card(entry), reason=labels.REASONS[reason][self.language])

    def _card(self, entry: Entry) -> Card:
        """Return what all cards tell."""
        offer = self.table.offer(entry)
        partner = self.catalogue.partner(offer.partner_id)
        clusters = (labels.CLUSTERS[cluster][self.language] for cluster in partner.clusters)
        verdict = self.table.verdict(entry).word
        return Card(
            rank=entry.rank,
            partner_id=partner.id,
            partner=partner.name[self.language],
            offer_id=offer.id,
            offer=offer.name[self.language],
            summary=offer.summary[self.language],
            cluster="·".join(clusters),
            kind=self.vocabulary.label("partner_type", partner.kind, self.language),
            score=entry.score,
            verdict=verdict,
            verdict_label=labels.VERDICTS[verdict][self.language],
            decision=self.run.decision_id(self._bases[entry.tenant], offer.id),
            clusters=partner.clusters,
        )

    def _block(self, block: str) -> str:
        return labels.block_label(block, self.vocabulary.fields, self.language)

    def _rules(self, entry: Entry) -> tuple[RuleLine, ...]:
        return tuple(map(self._rule, self.table.findings(entry)))

    def _rule(self, finding: Finding) -> RuleLine:
        rule = finding.rule
        return RuleLine(
            rule_id=rule.id,
            label=rule.label[self.language],
            verdict=finding.verdict.word,
            verdict_label=labels.RULE_VERDICTS[finding.verdict.word][self.language],
            kind_label=labels.RULE_KINDS[rule.kind][self.language],
            status_label=labels.RULE_STATUSES[rule.status][self.language],
            reason=finding.reason[self.language] if self.internal else rule.label[self.language],
            source=rule.source.url,
            as_of=rule.source.as_of or word("undated", self.language),
            questions=self._liner.questions(finding.unknown),
        )

    def _routes(self, entry: Entry) -> tuple[tuple[StepLine, ...], ...]:
        if entry.list == INELIGIBLE:  # below the floor, or beyond the number shown
            return ()
        routes = self.table.routes(entry.tenant, entry.offer)
        return tuple(tuple(map(self._liner.step, route)) for route in routes)
