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
_ASIDE = re.compile(r"[※*\[<〈【◎▶◆◇■□●○#]|\((?!주\)|유\)|재\))|(?:주|비고|출처)\s*[):]")
"""How a note or a group heading begins; (주) begins the name of a company."""


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
    if _TOTAL.fullmatch(first):
        return "is a total"
    alone = len(set(filled)) == 1 and n_columns > 2
    return "is a note or a heading" if alone and _ASIDE.match(first) else None


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
