"""The tenant list as the rest of the house sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.catalogue.vocabulary import Field
from matcher.errors import Problem
from matcher.quantities import Item, Value, as_json


@dataclass(frozen=True, slots=True)
class Tenant:
    """One company of the list.

    Parameters
    ----------
    tenant_id : str
        Unique in the list.
    row : int or None
        Row as a spreadsheet counts it; None for tenants that no file holds.
    values : mapping of str to Value
        What the cells mean, by field; a field that is not stated is absent.
    stated : mapping of str to str
        What the cells say, by field, personal strings masked.
    problems : tuple of Problem
        What is wrong with the row.
    complete : bool
        Whether every required cell is there; a tenant without is listed and not ranked.
    """

    tenant_id: str
    row: int | None
    values: Mapping[str, Value]
    stated: Mapping[str, str]
    problems: tuple[Problem, ...]
    complete: bool

    @property
    def name(self) -> str:
        """The Korean name, or the id where the row has none."""
        return self.stated.get("name_ko") or self.tenant_id

    def as_record(self, fields: Mapping[str, Field]) -> dict[str, Any]:
        """Return all fields, rare ones where stated, in the shape in which the tool prints them."""
        record: dict[str, Any] = {"_row": self.row}
        for field in fields.values():
            value = self.values.get(field.id)
            if field.rare and value is None:
                continue
            if field.kind == "statuses" and isinstance(value, tuple):
                key = "scheme" if field.id == "approvals" else "institution"
                record[field.id] = [
                    {key: part.name, "status": part.status}
                    for part in value
                    if isinstance(part, Item)
                ]
            else:
                record[field.id] = as_json(value)
        return record


@dataclass(frozen=True)
class TenantList:
    """A list as it was read.

    Parameters
    ----------
    tenants : sequence of Tenant
        In the order of the rows.
    problems : tuple of Problem
        All problems, those of the rows among them, in the order of the file.
    name, digest : str
        Name of the file and SHA-256 of its content.
    encoding, sheet : str or None
        Text encoding, name of the sheet; None where the format has none.
    header_row : int or None
        Row of the header; None where the list has none.
    header_mapping : mapping of str to (str or None)
        Field of each header; None for personal and unknown ones.
    columns : sequence of (int, str)
        Position and header of the columns under the header row.
    cells : iterable of (int, sequence of str)
        The rows of the table with their numbers: personal columns blank, personal strings masked.
    hidden_rows, hidden_columns : tuple of int
        What the workbook hides, by number; it was read all the same.
    """

    tenants: Sequence[Tenant]
    problems: tuple[Problem, ...] = ()
    name: str = ""
    digest: str = ""
    encoding: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    header_mapping: Mapping[str, str | None] | None = None
    columns: Sequence[tuple[int, str]] = ()
    cells: Iterable[tuple[int, Sequence[str]]] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()

    def __iter__(self) -> Iterator[Tenant]:
        return iter(self.tenants)

    def __len__(self) -> int:
        return len(self.tenants)

    @property
    def has_blocking_problem(self) -> bool:
        """Whether a run over the list ends with exit status 1."""
        return any(problem.blocking for problem in self.problems)
