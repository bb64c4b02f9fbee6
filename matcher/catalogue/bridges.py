"""Links between institutions that open a door for a tenant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.catalogue.provenance import Text, read_date

BASES = ("sourced", "proposed")


@dataclass(frozen=True, slots=True)
class Bridge:
    """A link from a Korean institution to one abroad.

    Parameters
    ----------
    origin, target : str
        Institution ids.
    kind : str
        What sort of link.
    label : Text
        One sentence on it.
    basis : str
        One of `BASES`: ``sourced`` where a public record shows the link, ``proposed`` where it
        is only asked for.
    url : str
        Where that was read.
    as_of : str or None
        Date of the source; None if undated.
    confirmed : bool
        Whether a recent source shows that it still runs.
    """

    origin: str
    target: str
    kind: str
    label: Text
    basis: str
    url: str
    as_of: str | None
    confirmed: bool


def build_bridge(entry: Mapping[str, Any]) -> Bridge:
    """Return a bridge from its TOML table."""
    return Bridge(
        entry["from"],
        entry["to"],
        entry["kind"],
        Text(entry["label"]),
        entry["basis"],
        entry["url"],
        read_date(entry.get("as_of")),
        bool(entry.get("confirmed", False)),
    )
