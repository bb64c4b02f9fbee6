"""How a tenant list was read, for machines, and the list given back with its problems marked."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from matcher.catalogue import Catalogue
from matcher.errors import Problem
from matcher.intake import TenantList
from matcher.reports.listings.tables import BARE, LONGEST_CELL, inert
from matcher.reports.model.problems import problem_line


def check_content(tenants: TenantList, catalogue: Catalogue) -> dict[str, Any]:
    """Return how a list was read, in the keys of the JSON output."""
    return {
        "encoding": tenants.encoding,
        "sheet": tenants.sheet,
        "header_row": tenants.header_row,
        "rows": len(tenants),
        "header_mapping": dict(tenants.header_mapping or {}),
        "records": [tenant.as_record(catalogue.vocabulary.fields) for tenant in tenants],
        "problems": [problem.as_dict() for problem in tenants.problems],
        "hidden": {"rows": list(tenants.hidden_rows), "columns": list(tenants.hidden_columns)},
    }


def to_checked_workbook(tenants: TenantList, as_of: str) -> bytes:
    """Return the list as a workbook with the problems marked in their cells, and a sheet of them.

    Cells stand where they stood; personal columns are blank.
    """
    import xlsxwriter  # noqa: PLC0415 - only this format needs it

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, **BARE})
    book.set_properties({"created": datetime.fromisoformat(as_of)})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    wrong = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#F4CCCC"})
    noted = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF2CC"})
    bold = book.add_format({"bold": True, "bg_color": "#DDE6F0"})
    sheet = book.add_worksheet("목록")
    column_of = {header: column for column, header in tenants.columns}
    marked: dict[tuple[int, int], list[Problem]] = {}
    for problem in tenants.problems:
        if problem.row is not None:
            at = column_of.get(problem.column or "", 0)
            marked.setdefault((problem.row, at), []).append(problem)
    for number, cells in tenants.cells:
        for column, cell in enumerate(cells):
            problems = marked.pop((number, column), [])
            look = plain
            if problems:
                look = wrong if any(problem.blocking for problem in problems) else noted
                note = "\n".join(problem_line(each, "ko").note for each in problems)
                sheet.write_comment(number - 1, column, note[:LONGEST_CELL])
            if number == tenants.header_row:
                look = bold
            if cell or problems:
                sheet.write_string(number - 1, column, inert(cell)[:LONGEST_CELL], look)
    told = book.add_worksheet("문제")
    told.write_row(0, 0, ["구분", "행", "열", "내용", "조치"], bold)
    told.set_column(0, 0, 28)
    told.set_column(3, 4, 60)
    for row, line in enumerate((problem_line(each, "ko") for each in tenants.problems), 1):
        told.write_string(row, 0, line.label)
        if line.row is not None:
            told.write_number(row, 1, line.row)
        for column, text in ((2, line.column), (3, line.what), (4, line.hint)):
            told.write_string(row, column, inert(text)[:LONGEST_CELL], plain)
    book.close()
    return content.getvalue()
