"""Partners and what they offer. Offers are scored and judged; partners are what a reader sees."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from matcher.catalogue.provenance import Source, Text, read_day

ROLES = ("partner", "bridge")
CLUSTERS = ("boston", "singapore", "hongneung")
TOPICS = (
    "profile",
    "service",
    "focus",
    "capacity",
    "fee",
    "ticket",
    "window",
    "record",
    "korea",
    "contact",
    "status",
)
"""What a fact is on: what it is, what it does, its areas, size, fees and terms, ticket sizes,
application windows and steps, what it did so far, its links to Korea, whom to write to, whether
it changed or ended."""

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

    @property
    def active(self) -> bool:
        """Whether the offer can be matched."""
        return self.status == "active"


@dataclass(frozen=True, slots=True)
class Fact:
    """One sourced statement on an organisation or on some of its offers.

    Parameters
    ----------
    topic : str
        One of `TOPICS`.
    text : Text
        What is known, in our words.
    source : Source
        Where it was read.
    offers : tuple of str
        Full ids of the offers it is on; none for the whole organisation.
    """

    topic: str
    text: Text
    source: Source
    offers: tuple[str, ...]


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
    facts : tuple of Fact
        What else is known, in the order of the file.
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
    facts: tuple[Fact, ...] = ()


def build_sources(entries: list[Mapping[str, Any]]) -> dict[str, Source]:
    """Return the sources of a file by id, from their TOML tables."""
    return {
        entry["id"]: Source(
            entry["id"], entry["url"], read_day(entry["as_of"]), entry.get("tier", "secondary")
        )
        for entry in entries
    }


def build_partner(entry: Mapping[str, Any], sources: Mapping[str, Source]) -> Partner:
    """Return a partner from its TOML table.

    Raises
    ------
    ValueError
        When an offer or a fact has no source, or one that is not among those of the file, or
        when a fact is on an offer that does not exist.
    """
    offers = tuple(_build_offer(offer, entry["id"], sources) for offer in entry["offer"])
    known = {offer.id for offer in offers}
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
        offers,
        tuple(_build_fact(fact, entry["id"], sources, known) for fact in entry.get("fact", ())),
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
    )


def _build_fact(
    entry: Mapping[str, Any],
    partner_id: str,
    sources: Mapping[str, Source],
    offers: Collection[str],
) -> Fact:
    where = f"fact {entry['text']['en']!r}"
    if entry["source"] not in sources:
        raise ValueError(f"{where}: source {entry['source']!r} is not in the file")
    on = tuple(f"{partner_id}/{offer}" for offer in entry.get("offers", ()))
    for offer in on:
        if offer not in offers:
            raise ValueError(f"{where}: offer {offer!r} does not exist")
    return Fact(entry["topic"], Text(entry["text"]), sources[entry["source"]], on)
