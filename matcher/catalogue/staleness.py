"""How old the statements of the data folder are: what is read long ago may no longer hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matcher.catalogue.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that the catalogue says on the word of one source.

    Parameters
    ----------
    kind : str
        ``offer``, ``rule``, ``fact``, ``bridge`` or ``precedent``.
    id : str
        What it is on: an offer, a rule, a partner, the two ends of a link.
    url : str
        Where it was read.
    as_of : str or None
        Date of the source; None if undated.
    """

    kind: str
    id: str
    url: str
    as_of: str | None


def statements(catalogue: Catalogue) -> Iterator[Statement]:
    """Yield all statements; an offer stands once, by its newest source."""
    for partner in catalogue.partners:
        for offer in partner.offers:
            if offer.sources:
                newest = max(offer.sources, key=lambda source: source.as_of or "")
                yield Statement("offer", offer.id, newest.url, newest.as_of)
        for fact in partner.facts:
            yield Statement("fact", partner.id, fact.source.url, fact.source.as_of)
    for rule in catalogue.rules:
        yield Statement("rule", rule.id, rule.source.url, rule.source.as_of)
    for bridge in catalogue.bridges:
        ends = f"{bridge.origin} → {bridge.target}"
        yield Statement("bridge", ends, bridge.url, bridge.as_of)
    for link in catalogue.precedents:
        ends = f"{link.company['en'] or link.company['ko']} → {link.partner_id}"
        yield Statement("precedent", ends, link.url, link.date)


def is_stale(statement: Statement, before: str) -> bool:
    """Return whether a dated statement is from before a year, given as ``YYYY``."""
    return statement.as_of is not None and statement.as_of < before


def is_ahead(statement: Statement, day: str) -> bool:
    """Return whether a dated statement is from after a day, given as ``YYYY-MM-DD``."""
    return statement.as_of is not None and statement.as_of > day[: len(statement.as_of)]
