"""The catalogue: everything that the data folder knows."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from matcher.catalogue.bridges import Bridge
from matcher.catalogue.clusters import ClusterComparison
from matcher.catalogue.exchange import ExchangeRates
from matcher.catalogue.institutions import Institutions, name_key
from matcher.catalogue.offers import Offer, Partner
from matcher.catalogue.precedents import Precedent
from matcher.catalogue.provenance import Text
from matcher.catalogue.remedies import Remedies
from matcher.catalogue.rules import Rule
from matcher.catalogue.vocabulary import Vocabulary
from matcher.errors import UnknownIdError

_Thing = TypeVar("_Thing")


@dataclass(frozen=True)
class Catalogue:
    """What is known of partners, their offers and their rules.

    Parameters
    ----------
    vocabulary : Vocabulary
        The words that tenants and offers share.
    partners : tuple of Partner
        Ordered by id; bridges among them.
    rules : tuple of Rule
        Ordered by id.
    institutions : Institutions
        Where named institutions are.
    bridges : tuple of Bridge
        Links between institutions.
    rates : ExchangeRates
        For money in another currency than a limit.
    version : str
        Fingerprint of the data folder.
    stale_before : str
        Year before which a source counts as old; empty where the folder does not say.
    clusters : ClusterComparison or None
        How the clusters compare; None where the folder does not say.
    precedents : tuple of Precedent
        Public links of Korean companies to partners, in the order of the file.
    remedies : Remedies
        How facts of tenants change.
    """

    vocabulary: Vocabulary
    partners: tuple[Partner, ...]
    rules: tuple[Rule, ...]
    institutions: Institutions
    bridges: tuple[Bridge, ...]
    rates: ExchangeRates
    version: str
    stale_before: str = ""
    clusters: ClusterComparison | None = None
    precedents: tuple[Precedent, ...] = ()
    remedies: Remedies = field(default_factory=Remedies)

    @cached_property
    def ranked_partners(self) -> tuple[Partner, ...]:
        """The partners that a tenant can be introduced to: all but the bridges, by id."""
        return tuple(partner for partner in self.partners if partner.role != "bridge")

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """All offers of the ranked partners, by full id."""
        offers = [offer for partner in self.ranked_partners for offer in partner.offers]
        return tuple(sorted(offers, key=lambda offer: (offer.partner_id, offer.id)))

    @cached_property
    def rules_of_offer(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules of each offer, by full offer id, in order of rule id."""
        found: dict[str, list[Rule]] = {offer.id: [] for offer in self.offers}
        for rule in self.rules:
            for offer in rule.offers:
                found.get(offer, []).append(rule)
        return {offer: tuple(rules) for offer, rules in found.items()}

    @cached_property
    def _partner_by_id(self) -> dict[str, Partner]:
        return {partner.id: partner for partner in self.partners}

    def partner(self, partner_id: str) -> Partner:
        """Return a partner by id.

        Raises
        ------
        UnknownIdError
            When there is none of that id.
        """
        return pick("partner", partner_id, self._partner_by_id)

    @cached_property
    def _partner_by_name(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for partner in self.partners:
            for name in (partner.id, *partner.name.values(), *partner.aliases):
                found.setdefault(name_key(name), partner.id)
        return found

    def partner_named(self, name: str) -> str | None:
        """Return the id of the partner that a list means by a name, or None.

        What stands in brackets after the name is left out: ``Pfizer(거절)`` is Pfizer.
        """
        institution = self.institutions.find(name)
        if institution is not None and institution.id in self._partner_by_id:
            return institution.id
        bare = name_key(name.partition("(")[0])
        return self._partner_by_name.get(name_key(name)) or self._partner_by_name.get(bare)

    def name_of(self, institution_id: str) -> Text:
        """Return the name of a partner or institution; raises `UnknownIdError` for another id."""
        if institution_id in self._partner_by_id:
            return self._partner_by_id[institution_id].name
        return pick("institution", institution_id, self.institutions.table).label

    def bridges_of(self, partner_id: str) -> tuple[Bridge, ...]:
        """Return the bridges from or to a partner, its members, or what it belongs to."""
        belongs = self.institutions.belongs
        return tuple(
            bridge
            for bridge in self.bridges
            if any(
                belongs(end, partner_id) or belongs(partner_id, end)
                for end in (bridge.origin, bridge.target)
            )
        )

    def precedents_of(self, partner_id: str) -> tuple[Precedent, ...]:
        """Return the public links of Korean companies to a partner, in the order of the file."""
        return tuple(each for each in self.precedents if each.partner_id == partner_id)

    def offer(self, offer_id: str) -> Offer:
        """Return an offer by full id; raises `UnknownIdError` when there is none."""
        return pick("offer", offer_id, {offer.id: offer for offer in self.offers})

    def rule(self, rule_id: str) -> Rule:
        """Return a rule by id; raises `UnknownIdError` when there is none."""
        return pick("rule", rule_id, {rule.id: rule for rule in self.rules})


def pick(kind: str, wanted: str, things: Mapping[str, _Thing]) -> _Thing:
    """Return the thing of that id.

    Raises
    ------
    UnknownIdError
        When there is none; the message names ids that look like it.
    """
    if wanted not in things:
        raise UnknownIdError(kind, wanted, difflib.get_close_matches(wanted, things, n=3))
    return things[wanted]
