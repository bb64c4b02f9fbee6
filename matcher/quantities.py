"""Values that a cell can hold beside text: empty states, ranges, money, named items.

``None`` always means *not stated*. The other two empty states are members of `Empty`.
All values are immutable and hashable, so that a column can be judged by distinct values.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple, TypeAlias


class Empty(Enum):
    """A stated emptiness: known to be none (없음), or not decided yet (미정)."""

    NONE = "none"
    UNDECIDED = "undecided"


class Range(NamedTuple):
    """A number of which only the bounds are known; both ends belong to it."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole units of its currency, or a range of it."""

    low: float
    high: float
    currency: str


class Item(NamedTuple):
    """A named thing of a list, and what is said of it; no status is None."""

    name: str
    status: str | None


Value: TypeAlias = (
    "str | int | float | Range | Money | Empty | tuple[str, ...] | tuple[Item, ...] | None"
)
"""What a cell of the tenant list can mean."""


def as_json(value: Value) -> Any:
    """Return a value in the shape in which the tool prints it.

    Not stated is ``None``, the other empty states are words, money has an amount and a
    currency, a range is a list of two numbers of which an open end is ``None``.
    """
    if value is None or isinstance(value, str):  # nearly all cells
        return value
    match value:
        case Empty():
            return value.value
        case Range(low, high):
            return [_whole(low), _whole(high)]
        case Money(low, high, currency):
            ends = [_whole(round(end, 2)) for end in (low, high)]
            return {"amount": ends[0] if low == high else ends, "currency": currency}
        case tuple():
            return [
                {"name": part.name, "status": part.status} if isinstance(part, Item) else part
                for part in value
            ]
        case _:
            return value


def _whole(number: float) -> int | float | None:
    if math.isinf(number):
        return None
    return int(number) if float(number).is_integer() else number
