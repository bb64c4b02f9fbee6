"""Where the needs of tenants are served: two clusters over the components of the paper.

A need falls to the components that name it. There it is served by the partners that carry the
component: those that its cells name, and those of its kinds. A partner that carries none of them
stands beside, under the first component that it does carry: a hospital that does joint research
serves a need of universities, and stands under hospitals. Fit and verdict are those of the match
table; nothing is scored anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from matcher.catalogue import Component
from matcher.eligibility import PairVerdict
from matcher.errors import MatcherError
from matcher.features import overlap
from matcher.portfolio.served import (
    ABROAD,
    BELOW_FLOOR,
    DECLINED,
    INELIGIBLE,
    OPEN,
    STATES,
    ServedComponent,
    ServedNeed,
    ServedTenant,
    Service,
)
from matcher.recommender import MATCHES, NOT_RANKED, MatchTable


def served_tenants(table: MatchTable) -> list[ServedTenant]:
    """Return how the clusters serve each tenant of a match table, wherever it wants to go.

    Raises
    ------
    MatcherError
        When the data folder compares no clusters.
    """
    finder = _Finder(table)
    return [finder.find(tenant) for tenant in range(len(table.tenants))]


class _Finder:
    """Reads one match table after the clusters, their places and who carries which component."""

    def __init__(self, table: MatchTable) -> None:
        catalogue = table.catalogue
        if catalogue.clusters is None:
            raise MatcherError("the data folder compares no clusters (it has no clusters.toml)")
        self.table = table
        self.components = catalogue.clusters.components
        self.places = catalogue.vocabulary.facets["place"]
        self.carriers = {
            component.id: {
                partner.id
                for partner in catalogue.ranked_partners
                if partner.kind in component.partner_types
                or any(partner.id in component.cells[cluster].partners for cluster in ABROAD)
            }
            for component in self.components
        }
        self.offers_of = {
            cluster: [
                any(overlap(each, place, self.places) for each in offer.terms["place"])
                for offer in catalogue.offers
            ]
            for cluster, place in ABROAD.items()
        }
        self._under: dict[tuple[str, str], tuple[str, ...]] = {}

    def find(self, tenant: int) -> ServedTenant:
        """Return how the clusters serve the tenant of a position."""
        targets = self.table.tenants[tenant].values.get("target_countries")
        wanted = {
            cluster: not isinstance(targets, tuple)
            or any(overlap(str(target), place, self.places) for target in targets)
            for cluster, place in ABROAD.items()
        }
        complete = self.table.tenants[tenant].complete
        needs = tuple(self._needs(tenant)) if complete else ()
        return ServedTenant(tenant, wanted, needs, tuple(self._components(needs)))

    def _needs(self, tenant: int) -> Iterator[ServedNeed]:
        table = self.table
        ranks = {entry.offer: entry.rank for entry in table.of_tenant(tenant, MATCHES)}
        declined = {
            table.offer(entry).partner_id
            for entry in table.of_tenant(tenant, NOT_RANKED)
            if entry.reason in ("declined", "contacted")
        }
        for need in table.needs(tenant):
            services = [
                (at, self._service(tenant, at, ranks.get(at), declined))
                for at in table.serving(need)
            ]
            yield ServedNeed(
                need,
                {
                    cluster: _one_per_partner(service for at, service in services if there[at])
                    for cluster, there in self.offers_of.items()
                },
            )

    def _service(
        self, tenant: int, at: int, rank: int | None, declined: Collection[str]
    ) -> Service:
        offer = self.table.catalogue.offers[at]
        score = float(self.table.scores[tenant, at])
        verdict = self.table.eligibility.verdict(tenant, at)
        if offer.partner_id in declined:
            state = DECLINED
        elif score < self.table.catalogue.vocabulary.weights.floor:
            state = BELOW_FLOOR
        else:
            state = INELIGIBLE if verdict == PairVerdict.INELIGIBLE else OPEN
        return Service(offer, score, verdict, state, rank)

    def _components(self, needs: Sequence[ServedNeed]) -> Iterator[ServedComponent]:
        for component in self.components:
            own, beside = [], []
            for need in needs:
                here = self._within(need, component)
                if need.need in component.needs:
                    own.append(here)
                elif any(here.services.values()):
                    beside.append(here)
            if own or beside:
                yield ServedComponent(component, tuple(own), tuple(beside))

    def _within(self, need: ServedNeed, component: Component) -> ServedNeed:
        """Return a need with those of its partners that stand under a component."""
        return ServedNeed(
            need.need,
            {
                cluster: tuple(
                    each
                    for each in services
                    if component.id in self._stands_under(need.need, each.offer.partner_id)
                )
                for cluster, services in need.services.items()
            },
        )

    def _stands_under(self, need: str, partner_id: str) -> tuple[str, ...]:
        """Return the components under which a partner that serves a need stands.

        None for a need that falls to no component.
        """
        if (need, partner_id) not in self._under:
            falls_to = [each.id for each in self.components if need in each.needs]
            carried = [each.id for each in self.components if partner_id in self.carriers[each.id]]
            under = [each for each in falls_to if each in carried] or carried[:1] or falls_to
            self._under[need, partner_id] = tuple(under if falls_to else ())
        return self._under[need, partner_id]


def _one_per_partner(services: Iterable[Service]) -> tuple[Service, ...]:
    ordered = sorted(services, key=lambda each: (STATES.index(each.state), -each.score))
    best: dict[str, Service] = {}
    for each in ordered:
        best.setdefault(each.offer.partner_id, each)
    return tuple(best.values())
