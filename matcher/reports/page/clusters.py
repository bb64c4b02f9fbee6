"""Clusters on the page: who serves a tenant's needs there, and how they compare."""

from __future__ import annotations

from typing import Any

from matcher.reports.model.components import ClusterLine, Comparison, ComponentLine
from matcher.reports.model.served import ServedCell, ServedLine
from matcher.reports.page.cards import VERDICTS, Cards, thousandths
from matcher.reports.page.pairs import Pairs


class Clusters:
    """Lays what is said of clusters in both languages over each other.

    Parameters
    ----------
    pairs : Pairs
        Where the texts go.
    cards : Cards
        Where the offers go.
    """

    def __init__(self, pairs: Pairs, cards: Cards) -> None:
        self._pairs = pairs
        self._cards = cards

    def served(self, korean: ServedLine, english: ServedLine) -> list[Any]:
        """Return component, needs and cells; what the paper says stands with the comparison."""
        return [
            korean.component,
            self._pairs.joined(korean.needs, english.needs),
            [self._served_cell(*pair) for pair in zip(korean.cells, english.cells, strict=True)],
        ]

    def _served_cell(self, korean: ServedCell, english: ServedCell) -> list[Any]:
        """Return the cluster, whether it is wanted, who serves there, and what is missing."""
        return [
            korean.cluster,
            int(korean.wanted),
            [
                [
                    self._cards.offer_named(*pair),
                    thousandths(pair[0].score),
                    VERDICTS.index(pair[0].verdict),
                    self._pairs.joined(pair[0].needs, pair[1].needs),
                    self._pairs.joined(pair[0].beside, pair[1].beside),
                ]
                for pair in zip(korean.partners, english.partners, strict=True)
            ],
            [
                [
                    self._pairs.text(ko.need, en.need),
                    self._pairs.text(ko.why, en.why),
                    self._pairs.joined(ko.nearest, en.nearest),
                    self._pairs.joined(ko.elsewhere, en.elsewhere),
                ]
                for ko, en in zip(korean.missing, english.missing, strict=True)
            ],
        ]

    def comparison(
        self, korean: Comparison | None, english: Comparison | None
    ) -> dict[str, Any] | None:
        """Return how the clusters compare; None where they are not compared."""
        if korean is None or english is None:
            return None
        lines = zip(korean.components, english.components, strict=True)
        return {
            "paper": self._pairs.text(korean.paper, english.paper),
            "url": korean.url,
            "components": [self._component(*pair) for pair in lines],
        }

    def _component(self, korean: ComponentLine, english: ComponentLine) -> dict[str, Any]:
        return {
            "id": korean.id,
            "name": self._pairs.text(korean.name, english.name),
            "needs": [
                [need, self._pairs.text(ko, en)]
                for (need, ko), (_, en) in zip(korean.needs, english.needs, strict=True)
            ],
            "clusters": [
                self._cell(*cells) for cells in zip(korean.clusters, english.clusters, strict=True)
            ],
            "notes": [
                [self._pairs.text(ko, en), self._pairs.lines(notes, same)]
                for (ko, notes), (en, same) in zip(korean.notes, english.notes, strict=True)
            ],
            "facts": self._pairs.lines(korean.facts, english.facts),
            "asking": korean.asking,
        }

    def _cell(self, korean: ClusterLine, english: ClusterLine) -> dict[str, Any]:
        return {
            "cluster": korean.cluster,
            "label": self._pairs.text(korean.label, english.label),
            "text": self._pairs.text(korean.text, english.text),
            "at": self._pairs.text(korean.at, english.at),
            "partners": [
                [partner, self._pairs.text(ko, en)]
                for (partner, ko), (_, en) in zip(korean.partners, english.partners, strict=True)
            ],
            "served": korean.served,
            "wanting": korean.wanting,
            "served_wanting": korean.served_wanting,
            "serving": self._pairs.named(korean.serving, english.serving),
            "missing": self._pairs.named(korean.missing, english.missing),
        }
