"""Questions, agreements and costs of rules as tables, JSON and workbooks."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from matcher.catalogue import ask_of
from matcher.portfolio import Choice, Leverage, Loss, Question, guarantee
from matcher.recommender import MatchTable
from matcher.reports import labels
from matcher.reports.labels import word
from matcher.reports.listings.tables import BARE, LONGEST_CELL, SHOWN_DIGITS, inert
from matcher.reports.model.steps import StepLiner

_SHOWN = 3
"""Offers that are named beside a question."""

Rows = tuple[list[str], list[list[Any]]]


def question_rows(table: MatchTable, questions: Sequence[Question], language: str = "ko") -> Rows:
    """Return the questions as a table, ready to send: each with a blank for its answer."""
    header = [
        word(key, language)
        for key in ("tenant_id", "tenant", "number", "question", "answer", "field", "stated")
    ] + [word(key, language) for key in ("settles", "concerns")]
    rows: list[list[Any]] = []
    number = 0
    for at, question in enumerate(questions):
        first = at == 0 or questions[at - 1].tenant != question.tenant
        number = 1 if first else number + 1
        tenant = table.tenants[question.tenant]
        field = table.catalogue.vocabulary.fields[question.field]
        rows.append(
            [
                tenant.tenant_id,
                tenant.name,
                number,
                ask_of(field)[language],
                "",
                field.label[language],
                tenant.stated.get(field.id, ""),
                question.settles,
                _offers(table, question.offers, language),
            ]
        )
    return header, rows


def _offers(table: MatchTable, offers: Sequence[int], language: str) -> str:
    named = [table.catalogue.offers[at] for at in offers[:_SHOWN]]
    texts = [
        f"{table.catalogue.partner(offer.partner_id).name[language]} — {offer.name[language]}"
        for offer in named
    ]
    more = len(offers) - len(named)
    return "\n".join([*texts, *([word("and_more", language).format(more)] if more else [])])


def question_content(table: MatchTable, questions: Sequence[Question]) -> list[dict[str, Any]]:
    """Return the questions in the keys of the JSON output."""
    fields = table.catalogue.vocabulary.fields
    return [
        {
            "tenant_id": table.tenants[question.tenant].tenant_id,
            "field": question.field,
            "question": dict(ask_of(fields[question.field])),
            "settles": question.settles,
            "opens": question.opens,
            "rules": question.rules,
            "fit": round(question.fit, SHOWN_DIGITS),
            "offers": [table.catalogue.offers[at].id for at in question.offers],
        }
        for question in questions
    ]


def leverage_rows(leverage: Leverage, table: MatchTable, language: str = "ko") -> Rows:
    """Return what each agreement opens by itself, the most weight first."""
    liner = StepLiner(table.catalogue, language)
    header = [
        word(key, language)
        for key in ("rank", "agreement", "weight", "pairs", "n_tenants", "bridges", "opened_offers")
    ]
    rows: list[list[Any]] = []
    pairs = zip(leverage.agreements, leverage.opened, strict=True)
    for number, (agreement, opened) in enumerate(pairs, 1):
        fits = (opened * table.scores).sum(axis=0)
        best = sorted((at for at in range(len(fits)) if fits[at] > 0), key=lambda at: -fits[at])
        rows.append(
            [
                number,
                agreement.label[language],
                leverage.weight(opened),
                int(opened.sum()),
                int(opened.any(axis=1).sum()),
                ", ".join(map(liner.link, agreement.links)),
                _offers(table, best, language),
            ]
        )
    return header, rows


def curve_rows(
    leverage: Leverage, greedy: Sequence[Choice], best: Sequence[Choice], language: str = "ko"
) -> Rows:
    """Return the best 1, 2, … agreements: what they open, greedily and exactly."""
    header = [
        word(key, language)
        for key in ("k", "greedy", "greedy_value", "guarantee", "best", "best_value", "together")
    ]
    rows = []
    for k, choice in enumerate(greedy, 1):
        exact = best[k - 1] if k <= len(best) else None
        chosen = exact.chosen if exact else choice.chosen
        rows.append(
            [
                k,
                _names(leverage, choice, language),
                choice.value,
                guarantee(k),
                _names(leverage, exact, language) if exact else "",
                exact.value if exact else None,
                leverage.weight(leverage.together(chosen)),
            ]
        )
    return header, rows


def _names(leverage: Leverage, choice: Choice, language: str) -> str:
    return "\n".join(leverage.agreements[at].label[language] for at in choice.chosen)


def leverage_content(
    leverage: Leverage, table: MatchTable, greedy: Sequence[Choice], best: Sequence[Choice]
) -> dict[str, Any]:
    """Return agreements and their best sets in the keys of the JSON output."""
    ids = [agreement.id for agreement in leverage.agreements]

    def choice(each: Choice) -> dict[str, Any]:
        together = leverage.together(each.chosen)
        return {
            "agreements": [ids[at] for at in each.chosen],
            "weight": round(each.value, SHOWN_DIGITS),
            "together": round(leverage.weight(together), SHOWN_DIGITS),
        }

    return {
        "agreements": [
            {
                "id": agreement.id,
                "label": dict(agreement.label),
                "with": agreement.partner_id,
                "bridges": [{"id": link.id, "basis": link.basis} for link in agreement.links],
                "sets": dict(agreement.cells),
                "weight": round(leverage.weight(opened), SHOWN_DIGITS),
                "pairs": [
                    [table.tenants[t].tenant_id, table.catalogue.offers[o].id]
                    for t, o in zip(*opened.nonzero(), strict=True)
                ],
            }
            for agreement, opened in zip(leverage.agreements, leverage.opened, strict=True)
        ],
        "greedy": [
            {**choice(each), "guarantee": round(guarantee(k), SHOWN_DIGITS)}
            for k, each in enumerate(greedy, 1)
        ],
        "best": [choice(each) for each in best],
    }


def attrition_rows(losses: Sequence[Loss], table: MatchTable, language: str = "ko") -> Rows:
    """Return what each rule costs, the most fit lost first."""
    header = [
        word(key, language)
        for key in ("partner", "rule_part", "kind_of_rule", "alone", "alone_fit", "best_fit")
    ] + [word(key, language) for key in ("excluded_by", "unknown", "unknown_fit", "rule_id")]
    partners = {offer.id: offer.partner_id for offer in table.catalogue.offers}
    rows = []
    for loss in losses:
        rule = loss.rule
        ids = dict.fromkeys(partners[offer] for offer in rule.offers if offer in partners)
        rows.append(
            [
                ", ".join(table.catalogue.partner(each).name[language] for each in ids),
                rule.label[language],
                f"{labels.RULE_KINDS[rule.kind][language]}, "
                f"{labels.RULE_STATUSES[rule.status][language]}",
                loss.alone,
                loss.alone_fit,
                loss.best_fit,
                loss.excluded,
                loss.unknown,
                loss.unknown_fit,
                rule.id,
            ]
        )
    return header, rows


def attrition_content(losses: Sequence[Loss]) -> list[dict[str, Any]]:
    """Return what each rule costs in the keys of the JSON output."""
    return [
        {
            "rule_id": loss.rule.id,
            "kind": loss.rule.kind,
            "status": loss.rule.status,
            "alone": loss.alone,
            "alone_fit": round(loss.alone_fit, SHOWN_DIGITS),
            "best_fit": round(loss.best_fit, SHOWN_DIGITS),
            "tenants": loss.tenants,
            "excluded": loss.excluded,
            "unknown": loss.unknown,
            "unknown_fit": round(loss.unknown_fit, SHOWN_DIGITS),
        }
        for loss in losses
    ]


def to_book(sheets: Sequence[tuple[str, Rows]], as_of: str, *, curve: str = "") -> bytes:
    """Return an XLSX workbook of tables; the same tables give the same bytes.

    Parameters
    ----------
    sheets : sequence of (str, Rows)
        Name and table of each sheet.
    as_of : str
        Day of the run, as ``YYYY-MM-DD``.
    curve : str, optional
        Name of the sheet whose greedy and exact values are drawn as a chart; none by default.
    """
    import xlsxwriter  # noqa: PLC0415 - only workbooks need it

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, **BARE})
    book.set_properties({"created": datetime.fromisoformat(as_of)})
    font = {"font_name": "맑은 고딕", "font_size": 10, "valign": "top"}
    bold = book.add_format({**font, "bold": True, "bg_color": "#DDE6F0", "border": 1})
    plain = book.add_format({**font, "text_wrap": True})
    number = book.add_format({**font, "num_format": "0.00"})
    for name, (header, rows) in sheets:
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, header, bold)
        for row, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, int | float):
                    form = number if isinstance(cell, float) else plain
                    sheet.write_number(row, column, cell, form)
                elif cell:
                    sheet.write_string(row, column, inert(str(cell))[:LONGEST_CELL], plain)
        for column, title in enumerate(header):
            longest = max([len(title), *(_width(row[column]) for row in rows)])
            sheet.set_column(column, column, min(max(8, 2 * longest), 60))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(header) - 1)
        if name == curve and rows:
            sheet.insert_chart(len(rows) + 2, 1, _chart(book, name, header, len(rows)))
    book.close()
    return content.getvalue()


def _width(cell: Any) -> int:
    return max(map(len, cell.split("\n")), default=0) if isinstance(cell, str) else 4


def _chart(book: Any, name: str, header: Sequence[str], n_rows: int) -> Any:
    """Return the curve of what 1, 2, … agreements open."""
    chart = book.add_chart({"type": "line"})
    for column in (2, 5):
        chart.add_series(
            {
                "name": header[column],
                "categories": [name, 1, 0, n_rows, 0],
                "values": [name, 1, column, n_rows, column],
                "marker": {"type": "circle"},
            }
        )
    chart.set_x_axis({"name": header[0]})
    chart.set_y_axis({"min": 0})
    chart.set_size({"width": 640, "height": 320})
    return chart
