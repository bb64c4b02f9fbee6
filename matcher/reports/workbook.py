"""The workbook for the team: summary, ranking, reasons, problems, run record."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from unicodedata import east_asian_width

from matcher.reports import labels
from matcher.reports.labels import word
from matcher.reports.model import Card, Page, Report
from matcher.reports.steps import step_text
from matcher.reports.tables import BARE, LONGEST_CELL, inert

_LINE = 14.0  # points
_MOST_LINES = 20
_A4, _A3 = 9, 8
_WIDE = 220
"""Widths of columns from which a sheet is printed on A3."""

_COLOURS = {"eligible": "#D9EAD3", "conditional": "#FFF2CC", "ineligible": "#F4CCCC"}


def to_workbook(report: Report) -> bytes:
    """Return an XLSX workbook; the same report gives the same bytes."""
    import xlsxwriter  # noqa: PLC0415 - only workbooks need it

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, **BARE})
    day = datetime.fromisoformat(report.run.as_of)
    book.set_properties({"created": day, "title": word("title", report.language)})
    sheets = _Sheets(book, report.language)
    sheets.add(
        "summary", *_summary(report), widths=(10, 20, 12, 12, 22, 8, 10, 24, 32, 32, 32, 30, 24)
    )
    sheets.add("ranking", *_ranking(report), widths=(12, 24, 6, 30, 34, 12, 16, 9, 10, 40, 40))
    sheets.add("reasons", *_reasons(report), widths=(12, 24, 6, 30, 10, 30, 10, 60, 50, 12))
    if report.problems:
        sheets.add("problems", *_problems(report), widths=(14, 8, 20, 18, 50, 40))
    sheets.add("run", *_run(report), widths=(24, 80))
    book.close()
    return content.getvalue()


class _Sheets:
    """Adds sheets of one look to a workbook."""

    def __init__(self, book: Any, language: str) -> None:
        self.book = book
        self.language = language
        font = {"font_name": "맑은 고딕", "font_size": 10, "valign": "top"}
        self.header = book.add_format({**font, "bold": True, "bg_color": "#DDE6F0", "border": 1})
        self.cell = book.add_format({**font, "text_wrap": True})
        self.score = book.add_format({**font, "num_format": "0.000"})
        self.verdicts = {
            verdict: book.add_format({**font, "bg_color": colour})
            for verdict, colour in _COLOURS.items()
        }

    def add(
        self,
        name: str,
        header: Sequence[str],
        rows: Iterable[Sequence[Any]],
        *,
        widths: Sequence[int],
    ) -> None:
        """Add a sheet with a frozen header and a filter; a pair is a verdict and its label."""
        sheet = self.book.add_worksheet(word(name, self.language))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.write_row(0, 0, header, self.header)
        last = 0
        for last, row in enumerate(rows, 1):
            sheet.set_row(last, _LINE * max(map(_lines, row, widths)))
            for column, value in enumerate(row):
                self._write(sheet, last, column, value)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(_A3 if sum(widths) > _WIDE else _A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        if last:
            sheet.autofilter(0, 0, last, len(header) - 1)

    def _write(self, sheet: Any, row: int, column: int, value: Any) -> None:
        match value:
            case None | "":
                return
            case (verdict, label):
                sheet.write_string(row, column, label, self.verdicts[verdict])
            case int():
                sheet.write_number(row, column, value, self.cell)
            case float():
                sheet.write_number(row, column, value, self.score)
            case _:
                sheet.write_string(row, column, inert(str(value))[:LONGEST_CELL], self.cell)


def _lines(value: Any, width: int) -> int:
    """Return how many lines a cell takes at a width in Latin letters; Korean ones take two.

    Not every program fits the height of a row to wrapped text by itself.
    """
    if not isinstance(value, str):
        return 1
    lengths = (
        sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)
        for line in value.split("\n")
    )
    return min(sum(max(1, -(-length // width)) for length in lengths), _MOST_LINES)


_Rows = tuple[list[str], list[list[Any]]]


def _words(report: Report, *keys: str) -> list[str]:
    return [word(key, report.language) for key in keys]


def _summary(report: Report) -> _Rows:
    header = _words(
        report,
        *("tenant_id", "tenant", "sector", "targets", "needs", "score", "verdict"),
        *("open_rules", "first", "second", "third", "near_misses", "problems"),
    )
    rows = []
    for page in report.pages:
        best = page.matches[0] if page.matches else None
        shown = [_short(card) for card in page.matches[:3]] + [""] * 3
        if not page.matches:
            shown[0] = page.nobody if page.complete else word("incomplete", report.language)
        rows.append(
            [
                page.tenant_id,
                page.name,
                page.sector,
                page.targets,
                page.needs,
                best.score if best else None,
                (best.verdict, best.verdict_label) if best else None,
                "\n".join(rule.label for rule in best.rules) if best else None,
                *shown[:3],
                "\n".join(
                    _with_first_step(card, report.language)
                    for card in (*_excluded_of(page.matches), *page.near_misses)
                ),
                "\n".join(
                    f"{labels.PROBLEMS[p.kind][report.language]}: {p.column or ''}"
                    for p in page.problems
                ),
            ]
        )
    return header, rows


def _excluded_of(cards: Iterable[Card]) -> list[Card]:
    return [excluded for card in cards for excluded in card.excluded]


def _with_first_step(card: Card, language: str) -> str:
    if not card.routes:
        return _short(card)
    step = card.routes[0][0]
    return f"{_short(card)} → {word('first_step', language)}: {step_text(step, language)}"


def _short(card: Card) -> str:
    return f"{card.partner} — {card.offer} ({card.score:.2f}, {card.verdict_label})"


def _ranking(report: Report) -> _Rows:
    header = _words(
        report,
        *("tenant_id", "tenant", "rank", "partner", "offer", "cluster", "kind"),
        *("score", "verdict", "open_rules", "shared"),
    )
    rows: list[list[Any]] = [
        [
            page.tenant_id,
            page.name,
            card.rank,
            card.partner,
            card.offer,
            card.cluster,
            card.kind,
            card.score,
            (card.verdict, card.verdict_label),
            "\n".join(f"{rule.verdict_label}: {rule.label}" for rule in card.rules),
            "\n".join(f"{label}: {shared}" for label, shared in card.shared),
        ]
        for page in report.pages
        for card in page.matches
    ]
    return header, rows


def _reasons(report: Report) -> _Rows:
    header = _words(
        report,
        *("tenant_id", "tenant", "rank", "partner", "aspect", "item", "value"),
        *("reason", "source", "as_of"),
    )
    rows = [
        row
        for page in report.pages
        for card in (*page.matches, *page.near_misses)
        for row in _reasons_of(report, page, card)
    ]
    return header, rows


def _reasons_of(report: Report, page: Page, card: Card) -> Iterable[list[Any]]:
    pair = [page.tenant_id, page.name, card.rank, f"{card.partner} — {card.offer}"]
    fit, rules = _words(report, "fit_part", "rule_part")
    shared = dict(card.shared)
    for label, part in card.parts:
        yield [*pair, fit, label, part, shared.get(label, ""), "", ""]
    yield [*pair, fit, word("sum", report.language), card.score, card.summary, "", ""]
    for rule in card.rules:
        value = rule.verdict_label
        yield [*pair, rules, rule.label, value, rule.reason, rule.source, rule.as_of]
    yield from _steps_of(card, pair, report.language)
    for excluded in card.excluded:
        what = f"{word('excluded', report.language)}: {excluded.offer}"
        yield [*pair, fit, what, excluded.score, excluded.summary, "", ""]
        for rule in excluded.rules:
            value = rule.verdict_label
            yield [*pair, rules, rule.label, value, rule.reason, rule.source, rule.as_of]
        yield from _steps_of(excluded, pair, report.language)
    for url, as_of in card.sources:
        yield [*pair, word("source", report.language), card.offer, "", "", url, as_of]


def _steps_of(card: Card, pair: list[Any], language: str) -> Iterable[list[Any]]:
    """Yield the steps of the shortest route, and the questions that are open."""
    for number, step in enumerate(card.routes[0] if card.routes else (), 1):
        what = f"{word('route', language)} {number}"
        yield [*pair, what, step.action, "", step_text(step, language), "", ""]
    for question in dict.fromkeys(each for rule in card.rules for each in rule.questions):
        yield [*pair, word("question", language), question, "", "", "", ""]


def _problems(report: Report) -> _Rows:
    header = _words(report, "sheet", "row", "column", "aspect", "what", "hint")
    kinds = labels.PROBLEMS
    return header, [
        [p.sheet or "", p.row, p.column or "", kinds[p.kind][report.language], p.what, p.hint]
        for p in report.problems
    ]


def _run(report: Report) -> _Rows:
    return _words(report, "item", "value"), [list(line) for line in report.record]
