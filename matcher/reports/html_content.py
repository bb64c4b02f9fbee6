"""What the page holds as data: a report in both languages, its numbers once, its texts in pairs.

The page is drawn by the scripts beside it; here the two reports of one run are laid over each
other. Texts, rules and steps that recur stand in tables and are named by position.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from matcher.catalogue import Text
from matcher.reports import labels
from matcher.reports.components import ClusterLine, Comparison, ComponentLine
from matcher.reports.labels import word
from matcher.reports.model import Card, Page, Report, RuleLine, in_thousandths
from matcher.reports.page_words import PAGE_WORDS, SHARED_WORDS
from matcher.reports.served import ServedCell, ServedLine, ServedPartner
from matcher.reports.steps import HelperLine, StepLine

_Key = TypeVar("_Key", bound=Hashable)
_Line = TypeVar("_Line")

VERDICTS = tuple(labels.VERDICTS)


def page_content(korean: Report, english: Report, language: str) -> dict[str, Any]:
    """Return the data of the page.

    Parameters
    ----------
    korean, english : Report
        Of the same run.
    language : {'ko', 'en'}
        In which the page opens.
    """
    return _Layer().report(korean, english) | {"language": language}


class _Table(Generic[_Key]):
    """Things by position, each kept once."""

    def __init__(self) -> None:
        self._positions: dict[_Key, int] = {}

    def __call__(self, thing: _Key) -> int:
        return self._positions.setdefault(thing, len(self._positions))

    def __iter__(self) -> Iterator[_Key]:
        return iter(self._positions)


class _Layer:
    """Lays one language over the other, and gathers what recurs."""

    def __init__(self) -> None:
        self._texts: _Table[tuple[str, str]] = _Table()
        self._partners: dict[str, dict[str, Any]] = {}
        self._offers: dict[str, dict[str, Any]] = {}
        self._offer_at: _Table[str] = _Table()
        self._rules: _Table[str] = _Table()
        self._steps: _Table[str] = _Table()

    def report(self, korean: Report, english: Report) -> dict[str, Any]:
        """Return the whole content."""
        words = {key: self._text(*pair) for key, pair in PAGE_WORDS.items()}
        words |= {key: self._text(word(key, "ko"), word(key, "en")) for key in SHARED_WORDS}
        content = {
            "run": korean.run.id,
            "as_of": korean.run.as_of,
            "inputs": list(korean.run.inputs),
            "audience": korean.audience,
            "words": words,
            "verdicts": [self._label(labels.VERDICTS[each]) for each in VERDICTS],
            "clusters": {key: self._label(label) for key, label in labels.CLUSTERS.items()},
            "totals": self._named(korean.totals, english.totals),
            "record": self._texts_of(korean.record, english.record),
            "tenants": [
                self._page(*pages) for pages in zip(korean.pages, english.pages, strict=True)
            ],
            "problems": self._problems(korean, english),
            "comparison": self._comparison(korean.comparison, english.comparison),
        }
        return content | {
            "partners": self._partners,
            "offers": [self._offers[offer] for offer in self._offer_at],
            "rules": [json.loads(rule) for rule in self._rules],
            "steps": [json.loads(step) for step in self._steps],
            "texts": [ko if ko == en else [ko, en] for ko, en in self._texts],
        }

    def _text(self, korean: str, english: str) -> int:
        return self._texts((korean, english))

    def _label(self, label: Text) -> int:
        return self._text(label["ko"], label["en"])

    def _texts_of(
        self, korean: Iterable[Sequence[str]], english: Iterable[Sequence[str]]
    ) -> list[list[int]]:
        """Return tuples of texts as lists of positions."""
        return [
            [self._text(*pair) for pair in zip(*lines, strict=True)]
            for lines in zip(korean, english, strict=True)
        ]

    def _list(self, korean: Sequence[str], english: Sequence[str]) -> list[int]:
        return [self._text(*pair) for pair in zip(korean, english, strict=True)]

    def _named(
        self, korean: Iterable[tuple[str, _Line]], english: Iterable[tuple[str, _Line]]
    ) -> list[list[Any]]:
        """Return values that are the same in both languages under their labels."""
        return [
            [self._text(ko, en), value]
            for (ko, value), (en, _) in zip(korean, english, strict=True)
        ]

    def _problems(self, korean: Report | Page, english: Report | Page) -> list[list[int]]:
        kinds = labels.PROBLEMS
        return [
            [self._label(kinds[problem.kind]), self._text(str(problem), str(other))]
            for problem, other in zip(korean.problems, english.problems, strict=True)
        ]

    def _page(self, korean: Page, english: Page) -> dict[str, Any]:
        page = {
            "id": korean.tenant_id,
            "name": self._text(korean.name, english.name),
            "asked": [
                [need, self._text(ko, en)]
                for (need, ko), (_, en) in zip(korean.asked, english.asked, strict=True)
            ],
            "profile": self._texts_of(korean.profile, english.profile),
            "detail": self._text(korean.need_detail, english.need_detail),
            "nobody": self._text(
                *(
                    page.nobody if page.complete else word("incomplete", language)
                    for page, language in ((korean, "ko"), (english, "en"))
                )
            ),
            "problems": self._problems(korean, english),
            "others": [
                [
                    self._text(ko, en),
                    len(cards),
                    [self._short(*pair) for pair in zip(cards, same, strict=True)],
                ]
                for (ko, cards), (en, same) in zip(
                    korean.others.items(), english.others.items(), strict=True
                )
            ],
        }
        for name in ("matches", "near_misses", "ineligible"):
            page[name] = self._cards(getattr(korean, name), getattr(english, name))
        lines = zip(korean.served, english.served, strict=True)
        return page | {"served": [self._served(*pair) for pair in lines]}

    def _served(self, korean: ServedLine, english: ServedLine) -> list[Any]:
        """Return component, needs and cells; what the paper says stands with the comparison."""
        return [
            korean.component,
            self._joined(korean.needs, english.needs),
            [self._served_cell(*pair) for pair in zip(korean.cells, english.cells, strict=True)],
        ]

    def _served_cell(self, korean: ServedCell, english: ServedCell) -> list[Any]:
        """Return the cluster, whether it is wanted, who serves there, and what is missing."""
        return [
            korean.cluster,
            int(korean.wanted),
            [
                [
                    self._offer_named(*pair),
                    _thousandths(pair[0].score),
                    VERDICTS.index(pair[0].verdict),
                    self._joined(pair[0].needs, pair[1].needs),
                    self._joined(pair[0].beside, pair[1].beside),
                ]
                for pair in zip(korean.partners, english.partners, strict=True)
            ],
            [
                [
                    self._text(ko.need, en.need),
                    self._text(ko.why, en.why),
                    self._joined(ko.nearest, en.nearest),
                    self._joined(ko.elsewhere, en.elsewhere),
                ]
                for ko, en in zip(korean.missing, english.missing, strict=True)
            ],
        ]

    def _joined(self, korean: Sequence[str], english: Sequence[str]) -> int:
        return self._text(", ".join(korean), ", ".join(english))

    def _cards(self, korean: Sequence[Card], english: Sequence[Card]) -> list[dict[str, Any]]:
        return [self._card(*cards) for cards in zip(korean, english, strict=True)]

    def _short(self, korean: Card, english: Card) -> list[int]:
        verdict = VERDICTS.index(korean.verdict)
        return [self._offer(korean, english), _thousandths(korean.score), verdict]

    def _card(self, korean: Card, english: Card) -> dict[str, Any]:
        offer, score, verdict = self._short(korean, english)
        card = {
            "offer": offer,
            "score": score,
            "verdict": verdict,
            "rank": korean.rank,
            "decision": korean.decision,
            "parts": self._parts(korean, english),
            "factors": self._factors(korean, english),
            "shared": self._texts_of(korean.shared, english.shared),
            "quoted": self._list(korean.quoted, english.quoted),
            "rules": [
                self._rule(*rules) for rules in zip(korean.rules, english.rules, strict=True)
            ],
            "routes": [
                [self._step(*steps) for steps in zip(*routes, strict=True)]
                for routes in zip(korean.routes, english.routes, strict=True)
            ],
            "blockers": self._list(korean.blockers, english.blockers),
            "excluded": self._cards(korean.excluded, english.excluded),
        }
        return _filled(card)

    def _parts(self, korean: Card, english: Card) -> list[list[Any]]:
        if not korean.parts:
            return []
        rounded = in_thousandths(korean.parts, korean.score)
        return [
            [self._text(ko, en), round(part * 1000)]
            for (ko, part), (en, _) in zip(rounded, english.parts, strict=True)
        ]

    def _factors(self, korean: Card, english: Card) -> list[list[Any]]:
        return [
            [self._text(ko, en), f"{factor:.2f}"]
            for (ko, factor), (en, _) in zip(korean.factors, english.factors, strict=True)
        ]

    def _offer(self, korean: Card, english: Card) -> int:
        """Return the position of an offer; its sources come with the first full card."""
        if korean.partner_id not in self._partners:
            self._partners[korean.partner_id] = {
                "name": self._text(korean.partner, english.partner),
                "kind": self._text(korean.kind, english.kind),
                "clusters": list(korean.clusters),
            }
        at = self._offer_named(korean, english)
        offer = self._offers[korean.offer_id]
        if "summary" not in offer:
            offer["summary"] = self._text(korean.summary, english.summary)
        if korean.sources and "sources" not in offer:
            offer["sources"] = self._texts_of(korean.sources, english.sources)
        return at

    def _offer_named(self, korean: Card | ServedPartner, english: Card | ServedPartner) -> int:
        """Return the position of an offer of which no more than the name may be known yet."""
        if korean.offer_id not in self._offers:
            self._offers[korean.offer_id] = {
                "id": korean.offer_id,
                "partner": korean.partner_id,
                "name": self._text(korean.offer, english.offer),
            }
        return self._offer_at(korean.offer_id)

    def _rule(self, korean: RuleLine, english: RuleLine) -> int:
        return self._rules(
            _compact(
                {
                    "id": korean.rule_id,
                    "verdict": korean.verdict,
                    "label": self._text(korean.verdict_label, english.verdict_label),
                    "reason": self._text(korean.reason, english.reason),
                    "kind": self._text(korean.kind_label, english.kind_label),
                    "status": self._text(korean.status_label, english.status_label),
                    "source": korean.source,
                    "as_of": self._text(korean.as_of, english.as_of),
                    "questions": self._list(korean.questions, english.questions),
                }
            )
        )

    def _step(self, korean: StepLine, english: StepLine) -> int:
        return self._steps(
            _compact(
                {
                    "action": self._text(korean.action, english.action),
                    "partners": self._list(korean.partners, english.partners),
                    "bridges": self._list(korean.bridges, english.bridges),
                    "question": self._text(korean.question, english.question),
                    "proof": self._text(korean.proof, english.proof),
                    "takes": self._text(korean.takes, english.takes),
                    "helpers": [
                        self._helper(*pair)
                        for pair in zip(korean.helpers, english.helpers, strict=True)
                    ],
                }
            )
        )

    def _helper(self, korean: HelperLine, english: HelperLine) -> dict[str, Any]:
        return {
            "partner": self._text(korean.partner, english.partner),
            "offer": self._text(korean.offer, english.offer),
            "fit": f"{korean.fit:.2f}",
            "excluded": korean.excluded,
            "bridges": self._list(korean.bridges, english.bridges),
        }

    def _comparison(
        self, korean: Comparison | None, english: Comparison | None
    ) -> dict[str, Any] | None:
        if korean is None or english is None:
            return None
        lines = zip(korean.components, english.components, strict=True)
        return {
            "paper": self._text(korean.paper, english.paper),
            "url": korean.url,
            "components": [self._component(*pair) for pair in lines],
        }

    def _component(self, korean: ComponentLine, english: ComponentLine) -> dict[str, Any]:
        return {
            "id": korean.id,
            "name": self._text(korean.name, english.name),
            "needs": [
                [need, self._text(ko, en)]
                for (need, ko), (_, en) in zip(korean.needs, english.needs, strict=True)
            ],
            "clusters": [
                self._cell(*cells) for cells in zip(korean.clusters, english.clusters, strict=True)
            ],
            "notes": [
                [self._text(ko, en), self._texts_of(notes, same)]
                for (ko, notes), (en, same) in zip(korean.notes, english.notes, strict=True)
            ],
            "facts": self._texts_of(korean.facts, english.facts),
            "asking": korean.asking,
        }

    def _cell(self, korean: ClusterLine, english: ClusterLine) -> dict[str, Any]:
        return {
            "cluster": korean.cluster,
            "label": self._text(korean.label, english.label),
            "text": self._text(korean.text, english.text),
            "at": self._text(korean.at, english.at),
            "partners": [
                [partner, self._text(ko, en)]
                for (partner, ko), (_, en) in zip(korean.partners, english.partners, strict=True)
            ],
            "served": korean.served,
            "wanting": korean.wanting,
            "served_wanting": korean.served_wanting,
            "serving": self._named(korean.serving, english.serving),
            "missing": self._named(korean.missing, english.missing),
        }


def _thousandths(score: float) -> int:
    """Return a score as every other format prints it, without its point."""
    return int(f"{score:.3f}".replace(".", ""))


def _filled(content: dict[str, Any]) -> dict[str, Any]:
    """Return what is there; a page of 340 tenants is mostly cards without most of it."""
    return {key: value for key, value in content.items() if value not in ([], None, "")}


def _compact(content: dict[str, Any]) -> str:
    return json.dumps(_filled(content), ensure_ascii=False, sort_keys=True)
