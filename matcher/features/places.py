"""Where a tenant that names no target place seems to look: organisations it deals with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from matcher.catalogue import Catalogue
from matcher.intake.tenants import Tenant
from matcher.quantities import Item

_NAMED = ("joint_research", "local_pi", "named_partners")
_IN_WORDS = ("need_detail",)
_SHORTEST = 3
"""Letters of a name from which it is looked for in running text."""


class PlaceHints:
    """Places of organisations that a row names.

    Parameters
    ----------
    catalogue : Catalogue
        Partners and institutions with their places.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def of(self, tenant: Tenant) -> dict[str, str]:
        """Return places with the words that point to them, in the order they are met."""
        found: dict[str, str] = {}
        for words, place in self._hints(tenant):
            found.setdefault(place, words)
        return found

    def _hints(self, tenant: Tenant) -> Iterator[tuple[str, str]]:
        for field in _IN_WORDS:
            for name in self._pattern.findall(tenant.stated.get(field, "")):
                yield name, self._place_of_name[name]
        for field in _NAMED:
            value = tenant.values.get(field)
            for part in value if isinstance(value, tuple) else ():
                organisation = part.name if isinstance(part, Item) else str(part)
                if place := self._place_of(organisation):
                    yield organisation, place
        entities = tenant.values.get("local_entities")
        for entity in entities if isinstance(entities, tuple) else ():
            yield str(entity), str(entity)

    def _place_of(self, name: str) -> str | None:
        institutions = self._catalogue.institutions
        named = institutions.find(name) or institutions.table.get(name)
        if named is not None:
            return named.place
        partner = self._catalogue.partner_named(name)
        return next(iter(self._partner_places.get(partner or "", ())), None)

    @cached_property
    def _partner_places(self) -> dict[str, tuple[str, ...]]:
        return {
            partner.id: tuple(
                dict.fromkeys(place for offer in partner.offers for place in offer.terms["place"])
            )
            for partner in self._catalogue.partners
        }

    @cached_property
    def _place_of_name(self) -> dict[str, str]:
        """Place of each name that points to one place only."""
        named: dict[str, tuple[str, ...]] = {
            name: (institution.place,)
            for institution in self._catalogue.institutions.table.values()
            for name in (*institution.label.values(), *institution.aliases)
        }
        for partner in self._catalogue.ranked_partners:
            for name in (*partner.name.values(), *partner.aliases):
                named.setdefault(name, self._partner_places[partner.id])
        return {
            name: places[0]
            for name, places in named.items()
            if len(places) == 1 and len(name) >= _SHORTEST
        }

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted(self._place_of_name, key=len, reverse=True)
        whole = "|".join(map(re.escape, names))
        return re.compile(rf"(?<![A-Za-z0-9])(?:{whole})(?![A-Za-z0-9])" if names else r"(?!)")
