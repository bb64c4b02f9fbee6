"""Which rows of a table are one company, and which are none.

A company may stand over several need rows: its cells repeated, merged, or left blank below the
first. Titles, notes, group headings, totals and blank rows are no companies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from matcher.errors import Problem
from matcher.intake.cells import fold_cell

JOINED = frozenset(
    {
        "needs",
        "need_detail",
        "target_countries",
        "partner_types",
        "named_partners",
        "contacted_before",
        "space_need",
    }
)
"""Fields that differ between the need rows of one company, and are joined."""

_NAMES = ("tenant_id", "name_ko")
_TOTAL = re.compile(r"(?:합\s*계|소\s*계|총\s*계|누\s*계|계|평\s*균|(?i:(?:sub)?total))\s*:?")
_GROUP = (
    r"(?:의약품?|신약|의료기기|체외진단|진단|디지털\s*헬스(?:케어)?|바이오[가-힣·]*|소재|장비|서비스"
    r"|기타|전체)"
)
_FIGURE = r"\(?\s*(?:총\s*)?\d[\d,.]*\s*(?:개\s*사|개\s*기업|개소|개|건|사|명|억원|백만원|%)?\s*\)?"
_COUNTED = re.compile(
    rf"(?:{_GROUP}\s+)?(?:합\s*계|소\s*계|총\s*계|누\s*계|계)\s*:?\s*(?:{_FIGURE})?"
    r"|총\s*\d[\d,]*\s*(?:개\s*사|개\s*기업|개소|건|사)\.?"
)
"""A total with its group or its count; it is one where the cells beside it hold figures only."""

_MAY_COUNT = re.compile("[계총]")
_LONGEST_COUNT = 40

_BESIDE_TOTAL = re.compile(rf"{_GROUP}|{_FIGURE}|-")
_ASIDE = re.compile(r"[※*\[<〈【◎▶◆◇■□●○#]|\((?!주\)|유\)|재\))|(?:주|비고|출처)\s*[):]")
"""How a note or a group heading begins; (주) begins the name of a company."""

_CLOSING = re.compile(
    r"[-\s]*이하\s*(?:여백|빈\s*칸|공란)[-\s.]*|(?:-\s*)?(?:이상\s*)?끝\s*[.。]?(?:\s*-)?|이상\s*\."
    r"|\d{4}\s*[.\-/년]\s*\d{1,2}\s*[.\-/월]?\s*(?:\d{1,2}\s*[.일]?)?\s*(?:기준|현재|작성)?"
    rf"|(?:[가-하\d]{{1,2}}\s*[.)]\s*)?{_GROUP}\s*(?:분야|부문)"
    r"|\d{1,4}\s*[.)]?"
)
"""What ends a list, dates it, heads a group of it or numbers a row that was never filled."""

_SIGNED = re.compile(
    r"(?:붙임|첨부|작성자?|작성일자?|작성\s*부서|담당자?|담당\s*부서|문의처?|확인자|기준일|조사기관|조사자)"
    r"\s*\d?\s*:"
)
"""How a line begins that says who made the list, when, and what comes with it."""


@dataclass(slots=True)
class CompanyRow:
    """One company as its cells stand.

    Parameters
    ----------
    number : int
        First row of it.
    cells : dict of str to str
        Text by field; what several need rows say is joined.
    problems : list of Problem
        What was found while its cells were taken.
    """

    number: int
    cells: dict[str, str]
    problems: list[Problem] = field(default_factory=list)


def no_tenant(filled: list[str], n_columns: int) -> str | None:
    """Return why a row is no company: a total, a note, a heading; None where it may be one.

    Parameters
    ----------
    filled : list of str
        The texts of its cells that are not blank, at least one.
    n_columns : int
        Number of columns of the table.
    """
    first = fold_cell(filled[0])
    if _TOTAL.fullmatch(first) or _is_counted(filled):
        return "is a total"
    alone = len(set(filled)) == 1 and n_columns > 2
    aside = _ASIDE.match(first) or _CLOSING.fullmatch(first) or _SIGNED.match(first)
    return "is a note or a heading" if alone and aside else None


def _is_counted(filled: list[str]) -> bool:
    may_count = (t for t in filled if len(t) <= _LONGEST_COUNT and _MAY_COUNT.search(t))
    if not any(_COUNTED.fullmatch(fold_cell(text)) for text in may_count):
        return False  # nearly all rows; no other cell needs to be folded for that
    texts = [fold_cell(text) for text in filled]
    rest = [text for text in texts if not _COUNTED.fullmatch(text)]
    return len(rest) < len(texts) and all(_BESIDE_TOTAL.fullmatch(text) for text in rest)


def join_need_rows(rows: Iterable[CompanyRow]) -> Iterator[CompanyRow]:
    """Yield companies; rows that only say more of the company above are joined to it."""
    current: CompanyRow | None = None
    for row in rows:
        if current is not None and _continues(current.cells, row.cells):
            for name, text in row.cells.items():
                if name in JOINED:
                    current.cells[name] = _joined(current.cells.get(name, ""), text, name)
            current.problems += row.problems
            continue
        if current is not None:
            yield current
        current = row
    if current is not None:
        yield current


def _continues(above: Mapping[str, str], below: Mapping[str, str]) -> bool:
    """Return whether a row says more of the company above.

    It has needs of its own, and every other cell of it is blank or repeats the one above.
    """
    needs = [name for name in ("needs", "need_detail") if below.get(name)]
    if not needs or all(below[name] == above.get(name) for name in needs):
        return False
    others = {name: text for name, text in below.items() if name not in JOINED}
    repeats = all(text == above.get(name) for name, text in others.items())
    return repeats and (not others or any(name in others for name in _NAMES))


def _joined(above: str, below: str, name: str) -> str:
    if not above or above == below:
        return below
    if name == "need_detail":
        return f"{above} / {below}"
    return above if below in above.split(";") else f"{above};{below}"
