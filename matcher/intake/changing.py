"""A tenant as its cells would stand after changes; the list itself stays as it is.

Cells are read by the readers of the list. What a company *has* grows: an entity, a contract, an
approval comes to those that are there, and an item that is named again takes the new status.
없음 empties such a list, and one that was not stated stays open otherwise. Every other cell is
replaced.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from matcher.catalogue import Catalogue, Field
from matcher.catalogue.exchange import ExchangeRates
from matcher.catalogue.institutions import name_key
from matcher.catalogue.tables import near
from matcher.errors import DataError, Problem
from matcher.intake.reading import tenant_from_cells
from matcher.intake.tenants import Tenant, TenantList
from matcher.quantities import Empty, Item, Money, Range, Value

_LISTS = ("statuses", "names", "entities")
_NUMBERS = ("money", "count", "percent")
_OPEN = "미정"
"""Stands in a list for what is not stated of it."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that becomes another.

    Parameters
    ----------
    field : str
        Field of the tenant list.
    cell : str
        What the cell says then.
    adds : bool
        Whether it is added to the number that is stated.
    """

    field: str
    cell: str
    adds: bool = False


def read_change(text: str, catalogue: Catalogue) -> CellChange:
    """Return the change that ``FIELD=CELL`` means, or ``FIELD+=CELL`` for a number that grows.

    Raises
    ------
    DataError
        When there is no such field, or nothing to add to.
    """
    name, equals, cell = text.partition("=")
    adds = name.endswith("+")
    wanted = name.rstrip("+").strip()
    fields = catalogue.vocabulary.fields
    by_header = {field.label["ko"]: field.id for field in fields.values()}
    field = fields.get(by_header.get(wanted, wanted))
    if not equals or field is None:
        hint = near(wanted, [*fields, *by_header], "say FIELD=CELL, such as trl=7")
        raise DataError([_problem(None, f"{text!r} names no field of the tenant list", hint)])
    if adds and field.kind not in _NUMBERS:
        raise DataError([_problem(field.id, "+= adds to numbers only", f"{field.id}={cell}")])
    return CellChange(field.id, cell.strip(), adds)


def changed_list(found: TenantList, texts: Iterable[str], catalogue: Catalogue) -> TenantList:
    """Return a list after changes, each of one tenant (``T012:FIELD=CELL``) or of all.

    Raises
    ------
    DataError
        When a change names no field or no tenant of the list, or a cell cannot be read.
    """
    known = {tenant.tenant_id for tenant in found}
    changes: list[tuple[str | None, CellChange]] = []
    for text in texts:
        name, colon, _ = text.partition("=")[0].rpartition(":")
        if colon and name not in known:
            raise DataError([_problem(None, f"there is no tenant {name!r} in the list", text)])
        cell = text[len(name) + len(colon) :] if colon else text
        changes.append((name if colon else None, read_change(cell, catalogue)))
    return replace(
        found,
        tenants=tuple(
            changed_tenant(
                tenant,
                [change for who, change in changes if who in (None, tenant.tenant_id)],
                catalogue,
            )
            for tenant in found
        ),
    )


def grows(field: Field) -> bool:
    """Return whether a change adds to the cell: whether it lists what a company has."""
    return field.kind in _LISTS or (field.kind == "terms" and field.rare)


def changed_tenant(tenant: Tenant, changes: Iterable[CellChange], catalogue: Catalogue) -> Tenant:
    """Return the tenant after changes, one after the other.

    Raises
    ------
    DataError
        When a cell cannot mean what its field asks for.
    """
    for change in changes:
        tenant = _changed(tenant, change, catalogue)
    return tenant


def _changed(tenant: Tenant, change: CellChange, catalogue: Catalogue) -> Tenant:
    field = catalogue.vocabulary.fields[change.field]
    cell = change.cell
    value = _read(field, cell, catalogue)
    before = tenant.values.get(field.id)
    if change.adds:
        value = _sum(before, value, catalogue.rates)
        cell = f"{tenant.stated.get(field.id) or '-'} + {cell}"
    elif grows(field) and isinstance(value, tuple):
        cell = f"{_kept(before, value, tenant.stated.get(field.id, ''), field, catalogue)}{cell}"
        if before is None or before is Empty.UNDECIDED:
            cell = f"{cell};{_OPEN}"
        value = _read(field, cell, catalogue)
    values = {**tenant.values, field.id: value}
    if value is None:
        del values[field.id]
    return replace(tenant, values=values, stated={**tenant.stated, field.id: cell})


def _read(field: Field, cell: str, catalogue: Catalogue) -> Value:
    return tenant_from_cells({field.id: cell}, catalogue.vocabulary).values.get(field.id)


def _kept(before: Value, added: Value, stated: str, field: Field, catalogue: Catalogue) -> str:
    """Return the text of the items that stay, each with its mark behind it."""
    again = {_key(part, catalogue) for part in _items(added)}
    if not any(_key(part, catalogue) in again for part in _items(before)):
        return f"{stated};" if _items(before) else ""
    kept = (part for part in _items(before) if _key(part, catalogue) not in again)
    return "".join(f"{_text(part, field)};" for part in kept)


def _items(value: Value) -> list[str | Item]:
    if not isinstance(value, tuple):
        return []
    return [part for part in value if isinstance(part, str | Item)]


def _key(part: str | Item, catalogue: Catalogue) -> str:
    name = part.name if isinstance(part, Item) else part
    institution = catalogue.institutions.find(name)
    return institution.id if institution is not None else name_key(name)


def _text(part: str | Item, field: Field) -> str:
    if isinstance(part, str):
        return part
    words = field.codes.get(part.status or "", ())
    return f"{part.name}:{words[0]}" if words else part.name


def _sum(before: Value, more: Value, rates: ExchangeRates) -> Value:
    """Return a stated number and what comes to it; what was not stated is at least the latter.

    A sum of two currencies is one of the second.
    """
    match before, more:
        case (_, None | Empty()):
            return before
        case (Money(low, high, currency), Money()) if more.currency == currency:
            return Money(low + more.low, high + more.high, currency)
        case (Money(low, high, currency), Money()):  # the rates of the day stay in sight
            low, high = (rates.convert(end, currency, more.currency) for end in (low, high))
            return Money(low + more.low, high + more.high, more.currency)
        case (None | Empty.UNDECIDED, Money(low, _, currency)):
            return Money(low, math.inf, currency)
        case (None | Empty.UNDECIDED, int() | float()):
            return Range(more, math.inf)
        case (int() | float(), int() | float()):
            return before + more
        case (Range(low, high), int() | float()):
            return Range(low + more, high + more)
        case _:
            return more  # to none comes what comes


def _problem(field: str | None, what: str, hint: str) -> Problem:
    return Problem("bad_value", "--set", None, field, what, hint)
