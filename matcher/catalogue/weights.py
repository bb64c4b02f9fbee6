"""The numbers that the score is built with, as ``data/vocabulary/weights.toml`` has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class BlockWeight:
    """How a block counts.

    Parameters
    ----------
    weight : float
        Share in the score.
    open : float
        What an offer that says nothing on the facet has of a full match.
    scope : float
        What an offer that is for others by its own word loses of the whole score.
    """

    weight: float
    open: float
    scope: float


@dataclass(frozen=True, slots=True)
class NeedReading:
    """What else a need means for some sectors or beside some kinds of partner, and how much."""

    sectors: frozenset[str]
    kinds: frozenset[str]
    need: str
    means: str
    share: float

    def holds(self, sector: object, kinds: Iterable[str]) -> bool:
        """Return whether it holds for a tenant of a sector that looks for some kinds."""
        of_sector = not self.sectors or sector in self.sectors
        return of_sector and (not self.kinds or not self.kinds.isdisjoint(kinds))


@dataclass(frozen=True, slots=True)
class SpaceReading:
    """What a wish for space means where one of the words stands beside it.

    `share` is its weight where the wish stands in the cell on space and is no need.
    """

    need: str
    means: str
    words: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers that the score is built with: see ``data/vocabulary/weights.toml``."""

    blocks: Mapping[str, BlockWeight]
    readings: tuple[NeedReading, ...]
    spaces: tuple[SpaceReading, ...]
    kinds: Mapping[str, tuple[str, ...]]
    sectors: Mapping[str, str]
    decay: float
    rarity: float
    wider: float
    narrower: float
    secondary: float
    suggested: float
    doubted: float
    put_off: float
    strength_share: float
    text_full: float
    need_gate: float
    floor: float
    first_floor: float


def build_weights(entry: Mapping[str, Any]) -> Weights:
    """Return the weights from ``vocabulary/weights.toml``."""
    numbers = {name: number for name, number in entry.items() if isinstance(number, int | float)}
    return Weights(
        blocks={
            name: BlockWeight(
                float(block["weight"]), float(block["open"]), float(block.get("scope", 0))
            )
            for name, block in entry["block"].items()
        },
        readings=tuple(
            NeedReading(
                frozenset(each.get("sectors", ())),
                frozenset(each.get("kinds", ())),
                each["need"],
                each["means"],
                each["share"],
            )
            for each in entry.get("reading", ())
        ),
        spaces=tuple(
            SpaceReading(each["need"], each["means"], tuple(each["words"]), each["share"])
            for each in entry.get("space", ())
        ),
        kinds={need: tuple(kinds) for need, kinds in entry.get("kinds", {}).items()},
        sectors=dict(entry.get("sectors", {})),
        **numbers,
    )
