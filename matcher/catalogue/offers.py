"""Partners and what they offer. Offers are scored and judged; partners are what a reader sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.catalogue.provenance import Source, Text, read_date

ROLES = ("partner", "bridge")
CLUSTERS = ("boston", "singapore", "hongneung")
OFFER_STATUSES = ("active", "closed", "unsourced")

TERMS_OF_OFFER = {
    "need": "needs",
    "place": "places",
    "sector": "sectors",
    "modality": "modalities",
    "indication": "indications",
    "stage": "stages",
    "round": "rounds",
}
"""Key of an offer's table, by facet."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that one partner provides under one set of rules.

    Parameters
    ----------
    id : str
        Full id, ``partner/offer``.
    partner_id : str
        Whose it is.
    name, summary : Text
        What a reader calls it, and one sentence on it.
    status : str
        One of `OFFER_STATUSES`; only active offers can be matched.
    terms : mapping of str to tuple of str
        Terms by facet. A facet without terms: the offer says nothing on it.
    also : tuple of str
        Needs that it serves as a by-product.
    strength : float
        How well the evidence shows that the partner does this for companies like ours, 0 to 1.
    strength_basis : str
        Why that strength.
    sources : tuple of Source
        What it rests on, at least one; none only where nothing at all is sourced.
    capacity : str
        Size, fees, windows where sourced; empty where not.
    """

    id: str
    partner_id: str
    name: Text
    summary: Text
    status: str
    terms: Mapping[str, tuple[str, ...]]
    also: tuple[str, ...]
    strength: float
    strength_basis: str
    sources: tuple[Source, ...]
    capacity: str

    @property
    def active(self) -> bool:
        """Whether the offer can be matched."""
        return self.status == "active"


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation.

    Parameters
    ----------
    id : str
        Kebab-case.
    name : Text
        Korean and English.
    aliases : tuple of str
        Other names that lists use.
    kind : str
        Term of the facet ``partner_type``.
    role : str
        One of `ROLES`; ``bridge`` for a Korean body that opens doors and is not ranked.
    clusters : tuple of str
        Of `CLUSTERS`, at least one.
    city, country : str
        Where it is; empty where not sourced.
    website, ror : str or None
        None where not sourced.
    unknown : tuple of str
        What was looked for and not found.
    sources : tuple of Source
        All sources of its file.
    offers : tuple of Offer
        At least one.
    """

    id: str
    name: Text
    aliases: tuple[str, ...]
    kind: str
    role: str
    clusters: tuple[str, ...]
    city: str
    country: str
    website: str | None
    ror: str | None
    unknown: tuple[str, ...]
    sources: tuple[Source, ...]
    offers: tuple[Offer, ...]


def build_sources(entries: list[Mapping[str, Any]]) -> dict[str, Source]:
    """Return the sources of a file by id, from their TOML tables."""
    return {
        entry["id"]: Source(
            entry["id"], entry["url"], read_date(entry.get("as_of")), entry.get("tier", "secondary")
        )
        for entry in entries
    }


def build_partner(entry: Mapping[str, Any], sources: Mapping[str, Source]) -> Partner:
    """Return a partner from its TOML table.

    Raises
    ------
    ValueError
        When an offer has no source, or one that is not among the sources of the file.
    """
    return Partner(
        entry["id"],
        Text(entry["name"]),
        tuple(entry.get("aliases", ())),
        entry["kind"],
        entry.get("role", "partner"),
        tuple(entry["clusters"]),
        entry.get("city", ""),
        entry.get("country", ""),
        entry.get("website"),
        entry.get("ror"),
        tuple(entry.get("unknown", ())),
        tuple(sources.values()),
        tuple(_build_offer(offer, entry["id"], sources) for offer in entry["offer"]),
    )


def _build_offer(entry: Mapping[str, Any], partner_id: str, sources: Mapping[str, Source]) -> Offer:
    missing = [source for source in entry["sources"] if source not in sources]
    if missing:
        raise ValueError(f"offer {entry['id']!r}: source {missing[0]!r} is not in the file")
    if not entry["sources"] and entry["status"] != "unsourced":
        raise ValueError(f"offer {entry['id']!r}: has no source; only `unsourced` offers may")
    return Offer(
        f"{partner_id}/{entry['id']}",
        partner_id,
        Text(entry["name"]),
        Text(entry["summary"]),
        entry["status"],
        {facet: tuple(entry.get(key, ())) for facet, key in TERMS_OF_OFFER.items()},
        tuple(entry.get("also", ())),
        float(entry["strength"]),
        entry.get("strength_basis", ""),
        tuple(sources[source] for source in entry["sources"]),
        entry.get("capacity", ""),
    )
