"""An empty tenant list for those who want one: headers with notes, lists to choose from."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

from matcher.catalogue import Catalogue, Field
from matcher.catalogue.files import shipped_folder
from matcher.reports.listings.tables import inert

_MADE = datetime(2026, 1, 1)
_ROWS = 500
"""Rows below the header that the lists to choose from are offered in."""

_HOW = {
    "id": "자유롭게 적되 겹치지 않게",
    "text": "자유롭게",
    "date": "2021-03-02, 2021-03 또는 2021",
    "term": "목록에서 하나",
    "terms": "'코드' 시트의 낱말을 우선순위 순으로, ;로 구분",
    "trl": "1~9 또는 범위(4~5)",
    "class": "1~4",
    "count": "숫자만",
    "percent": "0~100: 35%",
    "money": "단위를 함께: 85억원, 1,200백만원, USD 9.5M",
    "places": "우선순위 순으로, ;로 구분: 싱가포르;보스턴",
    "entities": "법인이 있는 곳을 ;로 구분, 없으면 없음",
    "statuses": "이름:상태를 ;로 구분",
    "names": "이름을 ;로 구분",
    "choice": "목록에서 하나",
}


def to_template(catalogue: Catalogue, *, rare: bool = False) -> bytes:
    """Return an XLSX workbook with the headers of a tenant list and one fictional company.

    Parameters
    ----------
    catalogue : Catalogue
        Fields and their words.
    rare : bool, default=False
        Whether the fields that only some rules ask for have columns, too.

    Notes
    -----
    Coded columns offer their words as drop-down lists; all cells are text, so that no program
    makes a date of ``4-5``. What it holds reads back without a problem.
    """
    import xlsxwriter  # noqa: PLC0415 - only this format needs it

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": _MADE, "title": "입주기업 해외 협력수요 목록"})
    text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    must = book.add_format({"bold": True, "bg_color": "#FFE699", "border": 1, "text_wrap": True})
    may = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1, "text_wrap": True})
    sheet, codes = book.add_worksheet("입주기업"), book.add_worksheet("코드")
    example = _example()
    fields = [field for field in catalogue.vocabulary.fields.values() if rare or not field.rare]
    for column, field in enumerate(fields):
        required = field.required or field.one_of is not None
        sheet.set_column(column, column, 18, text)
        sheet.write_string(0, column, field.label["ko"], must if required else may)
        sheet.write_comment(0, column, _note(field), {"author": "matcher"})
        sheet.write_string(1, column, inert(example.get(field.label["ko"], "")), text)
        words = _words(field, catalogue)
        if words:
            _offer(codes, sheet, column, field, words, may)
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 2)
    codes.set_column(0, len(fields), 20)
    book.close()
    return content.getvalue()


def _offer(
    codes: Any, sheet: Any, column: int, field: Field, words: list[str], header: Any
) -> None:
    """Write the words of a field to the sheet of codes, and offer them where one is chosen."""
    codes.write_string(0, column, field.label["ko"], header)
    for row, word in enumerate(words, 1):
        codes.write_string(row, column, word)
    if field.kind in ("term", "choice"):
        from xlsxwriter.utility import xl_range_abs  # noqa: PLC0415 - as above

        source = f"='코드'!{xl_range_abs(1, column, len(words), column)}"
        choice = {"validate": "list", "source": source, "error_type": "information"}
        sheet.data_validation(1, column, _ROWS, column, choice)


def _words(field: Field, catalogue: Catalogue) -> list[str]:
    if field.kind == "choice":
        return [words[0] for words in field.codes.values()]
    if field.facet is None:
        return []
    return [term.label["ko"] for term in catalogue.vocabulary.facets[field.facet]]


def _note(field: Field) -> str:
    lines = [_HOW[field.kind]]
    if field.kind == "statuses":
        states = ", ".join(words[0] for words in field.codes.values())
        lines.append(
            f"상태: {states} (예: NUS:계약)" if field.id == "joint_research" else f"상태: {states}"
        )
    if field.required:
        lines.append("필수")
    elif field.one_of:
        lines.append("창업아이템명과 핵심기술 가운데 하나는 필수")
    lines.append("빈칸·-: 미기재 / 없음: 없는 것으로 확인 / 미정: 아직 정하지 않음")
    return "\n".join(lines)


def _example() -> dict[str, str]:
    """Return the first company of the fictional example list, by header; its name says so."""
    path = Path(shipped_folder() / "tenants" / "example.csv")
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    example = next(iter(rows))
    return {**example, "기업명": f"{example['기업명']} (가상 예시)"}
