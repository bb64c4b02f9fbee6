"""Cards of the page: offers, rules and steps stand in tables and are named by position."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from matcher.reports import labels
from matcher.reports.model.report import Card, RuleLine, in_thousandths
from matcher.reports.model.served import ServedPartner
from matcher.reports.model.steps import HelperLine, StepLine
from matcher.reports.page.pairs import Pairs, Table

VERDICTS = tuple(labels.VERDICTS)
"""Verdicts are named by their position here."""


class Cards:
    """Lays cards of both languages over each other, and gathers what recurs.

    Parameters
    ----------
    pairs : Pairs
        Where the texts go.
    """

    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs
        self._partners: dict[str, dict[str, Any]] = {}
        self._offers: dict[str, dict[str, Any]] = {}
        self._offer_at: Table[str] = Table()
        self._rules: Table[str] = Table()
        self._steps: Table[str] = Table()

    def tables(self) -> dict[str, Any]:
        """Return the tables that cards refer to."""
        return {
            "partners": self._partners,
            "offers": [self._offers[offer] for offer in self._offer_at],
            "rules": [json.loads(rule) for rule in self._rules],
            "steps": [json.loads(step) for step in self._steps],
        }

    def cards(self, korean: Sequence[Card], english: Sequence[Card]) -> list[dict[str, Any]]:
        """Return cards in full."""
        return [self._card(*cards) for cards in zip(korean, english, strict=True)]

    def short(self, korean: Card, english: Card) -> list[int]:
        """Return offer, score in thousandths and verdict."""
        verdict = VERDICTS.index(korean.verdict)
        return [self._offer(korean, english), thousandths(korean.score), verdict]

    def _card(self, korean: Card, english: Card) -> dict[str, Any]:
        offer, score, verdict = self.short(korean, english)
        card = {
            "offer": offer,
            "score": score,
            "verdict": verdict,
            "rank": korean.rank,
            "decision": korean.decision,
            "parts": self._parts(korean, english),
            "factors": self._factors(korean, english),
            "shared": self._pairs.lines(korean.shared, english.shared),
            "quoted": self._pairs.each(korean.quoted, english.quoted),
            "rules": [
                self._rule(*rules) for rules in zip(korean.rules, english.rules, strict=True)
            ],
            "routes": [
                [self._step(*steps) for steps in zip(*routes, strict=True)]
                for routes in zip(korean.routes, english.routes, strict=True)
            ],
            "blockers": self._pairs.each(korean.blockers, english.blockers),
            "excluded": self.cards(korean.excluded, english.excluded),
        }
        return _filled(card)

    def _parts(self, korean: Card, english: Card) -> list[list[Any]]:
        if not korean.parts:
            return []
        rounded = in_thousandths(korean.parts, korean.score)
        return [
            [self._pairs.text(ko, en), round(part * 1000)]
            for (ko, part), (en, _) in zip(rounded, english.parts, strict=True)
        ]

    def _factors(self, korean: Card, english: Card) -> list[list[Any]]:
        return [
            [self._pairs.text(ko, en), f"{factor:.2f}"]
            for (ko, factor), (en, _) in zip(korean.factors, english.factors, strict=True)
        ]

    def _offer(self, korean: Card, english: Card) -> int:
        """Return the position of an offer; its sources come with the first full card."""
        if korean.partner_id not in self._partners:
            self._partners[korean.partner_id] = {
                "name": self._pairs.text(korean.partner, english.partner),
                "kind": self._pairs.text(korean.kind, english.kind),
                "clusters": list(korean.clusters),
            }
        at = self.offer_named(korean, english)
        offer = self._offers[korean.offer_id]
        if "summary" not in offer:
            offer["summary"] = self._pairs.text(korean.summary, english.summary)
        if korean.sources and "sources" not in offer:
            offer["sources"] = self._pairs.lines(korean.sources, english.sources)
        return at

    def offer_named(self, korean: Card | ServedPartner, english: Card | ServedPartner) -> int:
        """Return the position of an offer of which no more than the name may be known yet."""
        if korean.offer_id not in self._offers:
            self._offers[korean.offer_id] = {
                "id": korean.offer_id,
                "partner": korean.partner_id,
                "name": self._pairs.text(korean.offer, english.offer),
            }
        return self._offer_at(korean.offer_id)

    def _rule(self, korean: RuleLine, english: RuleLine) -> int:
        return self._rules(
            _compact(
                {
                    "id": korean.rule_id,
                    "verdict": korean.verdict,
                    "label": self._pairs.text(korean.verdict_label, english.verdict_label),
                    "reason": self._pairs.text(korean.reason, english.reason),
                    "kind": self._pairs.text(korean.kind_label, english.kind_label),
                    "status": self._pairs.text(korean.status_label, english.status_label),
                    "source": korean.source,
                    "as_of": self._pairs.text(korean.as_of, english.as_of),
                    "questions": self._pairs.each(korean.questions, english.questions),
                }
            )
        )

    def _step(self, korean: StepLine, english: StepLine) -> int:
        return self._steps(
            _compact(
                {
                    "action": self._pairs.text(korean.action, english.action),
                    "partners": self._pairs.each(korean.partners, english.partners),
                    "bridges": self._pairs.each(korean.bridges, english.bridges),
                    "question": self._pairs.text(korean.question, english.question),
                    "proof": self._pairs.text(korean.proof, english.proof),
                    "takes": self._pairs.text(korean.takes, english.takes),
                    "helpers": [
                        self._helper(*pair)
                        for pair in zip(korean.helpers, english.helpers, strict=True)
                    ],
                }
            )
        )

    def _helper(self, korean: HelperLine, english: HelperLine) -> dict[str, Any]:
        return {
            "partner": self._pairs.text(korean.partner, english.partner),
            "offer": self._pairs.text(korean.offer, english.offer),
            "fit": f"{korean.fit:.2f}",
            "excluded": korean.excluded,
            "bridges": self._pairs.each(korean.bridges, english.bridges),
        }


def thousandths(score: float) -> int:
    """Return a score as every other format prints it, without its point."""
    return int(f"{score:.3f}".replace(".", ""))


def _filled(content: dict[str, Any]) -> dict[str, Any]:
    """Return what is there; a page of 340 tenants is mostly cards without most of it."""
    return {key: value for key, value in content.items() if value not in ([], None, "")}


def _compact(content: dict[str, Any]) -> str:
    return json.dumps(_filled(content), ensure_ascii=False, sort_keys=True)
