"""Pieces of a list that can be read apart: no company is cut in two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from matcher.catalogue.vocabulary import Vocabulary
from matcher.errors import Problem
from matcher.intake.files import Sheet
from matcher.intake.layout import Table
from matcher.intake.rows import Rows
from matcher.intake.streams import OpenList, Row
from matcher.intake.tenants import Tenant

_REMEMBERED = 200_000
"""Cells of which it is remembered what they mean."""


@dataclass(frozen=True)
class Chunk:
    """Rows of a list, with what is needed to read them.

    Parameters
    ----------
    name : str
        Name of the list.
    sheet : Sheet
        Its head.
    table : Table
        Its columns; the body is the rows of the chunk.
    """

    name: str
    sheet: Sheet
    table: Table


def cut(opened: OpenList, vocabulary: Vocabulary, size: int) -> Iterator[Chunk]:
    """Yield the rows of a list in chunks of `size` rows or a few more.

    A chunk ends where the next row has another name: rows of one company stay together.
    """
    rows = Rows(vocabulary, opened.sheet, opened.table, None)
    taken: list[Row] = []
    above = ""
    for row in opened.body:
        if len(taken) >= size:
            above = above or next(filter(None, (_name(rows, each) for each in taken[::-1])), "")
            name = _name(rows, row)
            if name and name != above:
                yield Chunk(opened.name, opened.sheet, replace(opened.table, body=taken))
                taken, above = [], ""
                rows.cleaned.clear()
        taken.append(row)
    if taken:
        yield Chunk(opened.name, opened.sheet, replace(opened.table, body=taken))


def _name(rows: Rows, row: Row) -> str:
    """Return the name of the company of a row; empty where it states none, or is no company."""
    return "" if rows.aside(row[1]) else rows.text_of("name_ko", row[1])


class ChunkReader:
    """Reads the chunks of lists; what a cell means is found out once.

    Parameters
    ----------
    vocabulary : Vocabulary
        Fields, aliases and terms.
    as_of : str
        Day, as of `read_tenants`.
    """

    def __init__(self, vocabulary: Vocabulary, as_of: str) -> None:
        self._vocabulary = vocabulary
        self._as_of = as_of
        self._rows: Rows | None = None

    def read(self, chunk: Chunk, ids: dict[str, int]) -> tuple[list[Tenant], list[Problem]]:
        """Return the tenants of a chunk, and all problems of its rows.

        Parameters
        ----------
        chunk : Chunk
            Rows.
        ids : dict of str to int
            Ids of tenants that the list has above, each with 1; those of the chunk are added.
        """
        rows = Rows(self._vocabulary, chunk.sheet, chunk.table, self._as_of)
        before = self._rows
        if before is not None and before.table.columns == chunk.table.columns:
            if len(before.memo) < _REMEMBERED:
                rows.memo = before.memo
            if len(before.cleaned) < _REMEMBERED:
                rows.cleaned = before.cleaned
        rows.ids = ids
        self._rows = rows
        return rows.tenants(None), rows.problems
