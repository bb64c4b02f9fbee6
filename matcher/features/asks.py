"""What a tenant asks for, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from matcher.features.words import Bag


@dataclass(frozen=True, slots=True)
class Ask:
    """One term that a tenant asks for.

    Parameters
    ----------
    weight : float
        Over 0, at most 1; 1 for the first of an ordered cell.
    evidence : str
        The words of the free text behind it; empty where a cell says it.
    """

    weight: float
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a tenant asks for.

    Parameters
    ----------
    asks : mapping of str to mapping of str to Ask
        Terms by block; a block that the tenant says nothing about is empty.
    confidence : mapping of str to float
        Weight of each block that is not empty: 1 for a cell, less for what is inferred.
    bag : Bag
        Words and terms of the free text.
    """

    asks: Mapping[str, Mapping[str, Ask]]
    confidence: Mapping[str, float] = field(default_factory=dict)
    bag: Bag = field(default_factory=dict)
