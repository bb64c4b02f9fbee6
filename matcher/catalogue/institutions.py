"""Which institution a name means, and where that institution is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from matcher.catalogue.provenance import Text
from matcher.catalogue.vocabulary import Facet, fold

_PUNCTUATION = re.compile(r"[\s.,·\-‐–—_'’\"*&/]+")
_BRACKETED = re.compile(r"\(([^()]*)\)")


def name_key(text: str) -> str:
    """Return what is compared of a name: folded, without blanks and punctuation, caseless."""
    return _PUNCTUATION.sub("", fold(text)).casefold()


@dataclass(frozen=True, slots=True)
class Institution:
    """An institution that lists mention.

    Parameters
    ----------
    id : str
        The partner id where the institution is a partner of the catalogue.
    label : Text
        Its Korean and English name.
    aliases : tuple of str
        Other names, compared as whole names.
    place : str
        Term of the facet ``place``.
    member_of : tuple of str
        Ids of the institutions that it belongs to.
    """

    id: str
    label: Text
    aliases: tuple[str, ...]
    place: str
    member_of: tuple[str, ...]


@dataclass(frozen=True)
class Institutions:
    """The table of institutions, with the places that may stand in for a name."""

    table: Mapping[str, Institution]
    places: Facet

    @cached_property
    def _by_name(self) -> dict[str, Institution]:
        found: dict[str, Institution] = {}
        for institution in self.table.values():
            for name in (institution.id, *institution.label.values(), *institution.aliases):
                found.setdefault(name_key(name), institution)
        return found

    def find(self, name: str) -> Institution | None:
        """Return the institution of that name, or None if the table does not know it.

        A name with another in brackets is read by either, ``미국 Mass General Brigham`` without
        its place.
        """
        for reading in self._readings(name):
            found = self._by_name.get(name_key(reading))
            if found:
                return found
        return None

    def find_place(self, name: str) -> str | None:
        """Return the place that stands where a name was asked for, or None."""
        term = self.places.find(name)
        return term.id if term else None

    def belongs(self, institution_id: str, group_id: str) -> bool:
        """Return whether an institution is another or a member of it, at any depth."""
        if institution_id == group_id:
            return True
        institution = self.table.get(institution_id)
        return institution is not None and any(
            self.belongs(above, group_id) for above in institution.member_of
        )

    def _readings(self, name: str) -> Iterable[str]:
        yield name
        outside = _BRACKETED.sub(" ", name).strip()
        yield outside
        yield from _BRACKETED.findall(name)
        first, _, rest = outside.partition(" ")
        if rest and self.places.find(first):
            yield rest


def build_institutions(entries: Iterable[Mapping[str, Any]], places: Facet) -> Institutions:
    """Return the table of institutions from its TOML tables.

    Raises
    ------
    ValueError
        When two institutions go by one name.
    """
    institutions = Institutions(
        {
            entry["id"]: Institution(
                entry["id"],
                Text(ko=entry["ko"], en=entry["en"]),
                tuple(entry.get("aliases", ())),
                entry["place"],
                tuple(entry.get("member_of", ())),
            )
            for entry in entries
        },
        places,
    )
    taken: dict[str, str] = {}
    for institution in institutions.table.values():
        for name in (*institution.label.values(), *institution.aliases):
            other = taken.setdefault(name_key(name), institution.id)
            if other != institution.id:
                where = f"institution {institution.id!r}"
                raise ValueError(f"{where}: {name!r} is a name of {other} already")
    return institutions
