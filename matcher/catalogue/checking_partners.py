"""What partners, institutions and bridges must have in common with the vocabulary."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from matcher.catalogue.bridges import Bridge
from matcher.catalogue.checking import check_circle, check_term, problem_in
from matcher.catalogue.institutions import Institutions, name_key
from matcher.catalogue.offers import Offer, Partner
from matcher.catalogue.tables import near
from matcher.catalogue.vocabulary import Facet, Vocabulary
from matcher.errors import Problem

_INSTITUTIONS, _BRIDGES = "institutions.toml", "bridges.toml"


def check_partner(name: str, partner: Partner, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield what is wrong with the terms of a partner and its offers."""
    yield from check_term(name, "kind", partner.kind, vocabulary.facets["partner_type"])
    for offer in partner.offers:
        yield from _check_offer(name, offer, vocabulary)


def _check_offer(name: str, offer: Offer, vocabulary: Vocabulary) -> Iterator[Problem]:
    for facet, terms in (*offer.terms.items(), ("need", offer.also)):
        for term in terms:
            yield from check_term(name, offer.id, term, vocabulary.facets[facet])
    if offer.active and not offer.strength:
        what = f"{offer.id}: an active offer of strength 0 is never matched"
        yield problem_in(name, what, "give it a strength above 0, or another status")
    for facet, key in (("need", "needs"), ("place", "places")):
        if offer.active and not offer.terms[facet]:
            what = f"{offer.id}: an active offer has no {key}"
            yield problem_in(name, what, f"give it {key}, or another status")


def check_sources(name: str, entry: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each source of a file that supports nothing in it."""
    singles = (*entry.get("rule", ()), *entry.get("fact", ()))
    used = {each["source"] for each in singles}
    used.update(source for offer in entry.get("offer", ()) for source in offer["sources"])
    for source in entry.get("source", ()):
        if source["id"] not in used:
            what = f"source {source['id']!r} supports nothing"
            yield problem_in(name, what, "name it where it is used, or take it out")


def check_names(partners: Iterable[Partner]) -> Iterator[Problem]:
    """Yield a problem for each pair of partners that go by one name."""
    owners: dict[str, str] = {}
    told: set[tuple[str, str]] = set()
    for partner in partners:
        for name in (*partner.name.values(), *partner.aliases):
            other = owners.setdefault(name_key(name), partner.id)
            if other != partner.id and (partner.id, other) not in told:
                told.add((partner.id, other))
                what = f"{name!r} is a name of {other} already"
                yield problem_in(f"partners/{partner.id}.toml", what, "leave it to one of them")


def check_institutions(institutions: Institutions, places: Facet) -> Iterator[Problem]:
    """Yield what is wrong with where institutions are and what they belong to."""
    table = institutions.table
    for institution in table.values():
        if institution.place not in places.terms:
            yield from check_term(_INSTITUTIONS, institution.id, institution.place, places)
        for group in institution.member_of:
            if group not in table:
                what = f"{institution.id}: member_of {group!r} is no institution"
                yield problem_in(_INSTITUTIONS, what, near(group, table, "add it first"))
    groups = {each.id: each.member_of for each in table.values() if each.member_of}
    yield from check_circle(_INSTITUTIONS, groups, "member_of")


def check_bridges(bridges: Iterable[Bridge], known: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong with bridges: ends that nobody knows, and the same bridge twice."""
    seen: set[tuple[str, str, str]] = set()
    for bridge in bridges:
        where = f"bridge from {bridge.origin!r} to {bridge.target!r}"
        for end in (bridge.origin, bridge.target):
            if end not in known:
                what = f"{where}: {end!r} is no partner or institution"
                yield problem_in(_BRIDGES, what, near(end, known, "see institutions.toml"))
        link = (bridge.origin, bridge.target, bridge.kind)
        if link in seen:
            yield problem_in(_BRIDGES, f"{where}: {bridge.kind!r} stands twice", "take one out")
        seen.add(link)
