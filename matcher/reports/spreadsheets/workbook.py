"""The workbook for the team: how its sheets look."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from matcher.reports.documents.outline import columns
from matcher.reports.labels import word
from matcher.reports.listings.tables import BARE, LONGEST_CELL, inert
from matcher.reports.model.report import Report
from matcher.reports.spreadsheets.sheets import Judged, Sheet, sheets_of

_LINE = 14.0  # points
_MOST_LINES = 20
_SLACK = 2
"""Columns of a cell that lines leave free where words do not fill them."""

_A4, _A3 = 9, 8
_WIDE = 220
"""Widths of columns from which a sheet is printed on A3."""

_COLOURS = {
    "eligible": "#D9EAD3",
    "conditional": "#FFF2CC",
    "ineligible": "#F4CCCC",
    "met": "#D9EAD3",
    "unknown": "#FFF2CC",
    "not_met": "#F4CCCC",
    "not_applicable": "#EFEFEF",
}
"""Light enough for black letters; marks and words say the same without them."""


def to_workbook(report: Report) -> bytes:
    """Return an XLSX workbook; the same report gives the same bytes."""
    import xlsxwriter  # noqa: PLC0415 - only workbooks need it

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, **BARE})
    day = datetime.fromisoformat(report.run.as_of)
    book.set_properties({"created": day, "title": word("title", report.language)})
    writer = _Writer(book)
    for sheet in sheets_of(report):
        writer.add(sheet)
    book.close()
    return content.getvalue()


class _Writer:
    """Adds sheets of one look to a workbook."""

    def __init__(self, book: Any) -> None:
        self.book = book
        font = {"font_name": "맑은 고딕", "font_size": 10, "valign": "top"}
        heading = {**font, "bold": True, "bg_color": "#DDE6F0", "border": 1, "text_wrap": True}
        self.header = book.add_format({**heading, "valign": "vcenter"})
        self.cell = book.add_format({**font, "text_wrap": True})
        self.count = book.add_format({**font, "align": "center"})
        self.score = book.add_format({**font, "num_format": "0.000"})
        self.judged = {
            verdict: book.add_format({**font, "bg_color": colour})
            for verdict, colour in _COLOURS.items()
        }

    def add(self, sheet: Sheet) -> None:
        """Add a sheet with a frozen header and a filter, printed on the width of one page."""
        tab = self.book.add_worksheet(sheet.name)
        for column, width in enumerate(sheet.widths):
            tab.set_column(column, column, width)
        tab.write_row(0, 0, sheet.header, self.header)
        last = 0
        for last, row in enumerate(sheet.rows, 1):
            n_lines = 1
            for column, value in enumerate(row):
                if value is None or value == "":
                    continue
                self._write(tab, last, column, value)
                if isinstance(value, str):
                    n_lines = max(n_lines, _n_lines(value, sheet.widths[column]))
            if n_lines > 1:
                tab.set_row(last, _LINE * n_lines)
        tab.freeze_panes(1, sheet.frozen)
        tab.set_landscape()
        tab.set_paper(_A3 if sum(sheet.widths) > _WIDE else _A4)
        tab.fit_to_pages(1, 0)
        tab.repeat_rows(0)
        tab.set_footer("&L&A&R&P / &N")
        if last:
            tab.autofilter(0, 0, last, len(sheet.header) - 1)

    def _write(self, tab: Any, row: int, column: int, value: Any) -> None:
        if isinstance(value, Judged):
            tab.write_string(row, column, value.shown, self.judged[value.verdict])
        elif isinstance(value, str):
            tab.write_string(row, column, inert(value)[:LONGEST_CELL], self.cell)
        elif isinstance(value, int):
            tab.write_number(row, column, value, self.count)
        else:
            tab.write_number(row, column, value, self.score)


def _n_lines(text: str, width: int) -> int:
    """Return how many lines a cell takes at a width in Latin letters; Korean ones take two.

    Not every program fits the height of a row to wrapped text by itself.
    """
    room = max(width - _SLACK, 1)
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return min(sum(max(1, -(-columns(line) // room)) for line in text.split("\n")), _MOST_LINES)
