"""Ways to a partner: the Korean institutions that can open its door, on record or proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from matcher.catalogue import Catalogue, Offer
from matcher.catalogue.bridges import Bridge
from matcher.catalogue.remedies import Remedy


@dataclass(frozen=True, slots=True)
class Link:
    """A Korean institution that can open the door to a helper.

    Parameters
    ----------
    id : str
        Partner id of the bridge.
    basis : str
        ``sourced`` where a public record shows the link, else ``proposed``.
    record : Bridge or None
        What is on record; None where only the remedy proposes it.
    """

    id: str
    basis: str
    record: Bridge | None = None


class LinkFinder:
    """Finds the ways to partners; each is looked up once.

    Parameters
    ----------
    catalogue : Catalogue
        Bridges, institutions and places.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._links: dict[tuple[str, str], tuple[Link, ...]] = {}

    def links(self, offer: Offer, remedy: Remedy) -> tuple[Link, ...]:
        """Return the ways to the partner of an offer: those on record, else those proposed."""
        key = (offer.partner_id, remedy.id)
        if key not in self._links:
            found = tuple(
                Link(bridge.origin, bridge.basis, bridge)
                for bridge in self._records.get(offer.partner_id, ())
            )
            place = next(iter(offer.terms["place"]), "")
            self._links[key] = found or self.proposed(remedy, place)
        return self._links[key]

    @cached_property
    def _records(self) -> Mapping[str, list[Bridge]]:
        """Bridges from Korean partners to each partner, or to what it belongs to.

        Those on record come first, of one origin the best.
        """
        roles = {partner.id: partner.role for partner in self.catalogue.partners}
        ours = [each for each in self.catalogue.bridges if roles.get(each.origin) == "bridge"]
        belongs = self.catalogue.institutions.belongs
        found: dict[str, list[Bridge]] = {}
        for partner in self.catalogue.ranked_partners:
            best: dict[str, Bridge] = {}
            for bridge in sorted(ours, key=_standing):
                if belongs(partner.id, bridge.target):
                    best.setdefault(bridge.origin, bridge)
            found[partner.id] = list(best.values())
        return found

    def proposed(self, remedy: Remedy, place: str) -> tuple[Link, ...]:
        """Return whom a remedy proposes to ask where something is to be done.

        Parameters
        ----------
        remedy : Remedy
            What is to be done.
        place : str
            A place, or an institution, which stands for its place.
        """
        for around, bridges in remedy.bridges.items():
            if self.lies_in(place, around):
                return tuple(Link(bridge, "proposed") for bridge in bridges)
        return ()

    def lies_in(self, place: str, around: str) -> bool:
        """Return whether a place, or the place of an institution, lies in another."""
        institution = self.catalogue.institutions.table.get(place)
        at = institution.place if institution else place
        places = self.catalogue.vocabulary.facets["place"]
        return at in places.terms and places.within(at, around)


def _standing(bridge: Bridge) -> tuple[bool, bool, str]:
    return bridge.basis != "sourced", not bridge.confirmed, bridge.origin
