"""What the page holds as data: a report in both languages, its numbers once, its texts in pairs.

The page is drawn by the scripts beside it; here the two reports of one run are laid over each
other. Texts, rules and steps that recur stand in tables and are named by position.
"""

from __future__ import annotations

from typing import Any

from matcher.reports import labels
from matcher.reports.labels import word
from matcher.reports.model.report import Page, Report
from matcher.reports.page.cards import VERDICTS, Cards
from matcher.reports.page.clusters import Clusters
from matcher.reports.page.pairs import Pairs
from matcher.reports.page.words import PAGE_WORDS, SHARED_WORDS


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


class _Layer:
    """Lays one language over the other."""

    def __init__(self) -> None:
        self._pairs = Pairs()
        self._cards = Cards(self._pairs)
        self._clusters = Clusters(self._pairs, self._cards)

    def report(self, korean: Report, english: Report) -> dict[str, Any]:
        """Return the whole content."""
        words = {key: self._pairs.text(*pair) for key, pair in PAGE_WORDS.items()}
        words |= {key: self._pairs.text(word(key, "ko"), word(key, "en")) for key in SHARED_WORDS}
        content = {
            "run": korean.run.id,
            "as_of": korean.run.as_of,
            "inputs": list(korean.run.inputs) if korean.audience == "internal" else [],
            "audience": korean.audience,
            "words": words,
            "verdicts": [self._pairs.label(labels.VERDICTS[each]) for each in VERDICTS],
            "clusters": {key: self._pairs.label(label) for key, label in labels.CLUSTERS.items()},
            "totals": self._pairs.named(korean.totals, english.totals),
            "record": self._pairs.lines(korean.record, english.record),
            "tenants": [
                self._page(*pages) for pages in zip(korean.pages, english.pages, strict=True)
            ],
            "problems": self._problems(korean, english),
            "comparison": self._clusters.comparison(korean.comparison, english.comparison),
        }
        texts = [ko if ko == en else [ko, en] for ko, en in self._pairs]
        return content | self._cards.tables() | {"texts": texts}

    def _problems(self, korean: Report | Page, english: Report | Page) -> list[list[int]]:
        return [
            [self._pairs.text(ko.label, en.label), self._pairs.text(ko.text, en.text)]
            for ko, en in zip(korean.problems, english.problems, strict=True)
        ]

    def _page(self, korean: Page, english: Page) -> dict[str, Any]:
        page = {
            "id": korean.tenant_id,
            "name": self._pairs.text(korean.name, english.name),
            "asked": [
                [need, self._pairs.text(ko, en)]
                for (need, ko), (_, en) in zip(korean.asked, english.asked, strict=True)
            ],
            "profile": self._pairs.lines(korean.profile, english.profile),
            "detail": self._pairs.text(korean.need_detail, english.need_detail),
            "nobody": self._pairs.text(
                *(
                    page.nobody if page.complete else word("incomplete", language)
                    for page, language in ((korean, "ko"), (english, "en"))
                )
            ),
            "problems": self._problems(korean, english),
            "others": [
                [
                    self._pairs.text(ko, en),
                    len(cards),
                    [self._cards.short(*pair) for pair in zip(cards, same, strict=True)],
                ]
                for (ko, cards), (en, same) in zip(
                    korean.others.items(), english.others.items(), strict=True
                )
            ],
        }
        for name in ("matches", "near_misses", "ineligible"):
            page[name] = self._cards.cards(getattr(korean, name), getattr(english, name))
        lines = zip(korean.served, english.served, strict=True)
        return page | {"served": [self._clusters.served(*pair) for pair in lines]}
