"""Who serves the needs of a tenant in two clusters, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.catalogue import Component, Offer
from matcher.eligibility import PairVerdict

ABROAD: Mapping[str, str] = {"boston": "Boston", "singapore": "SG"}
"""The clusters that are compared, and the place of each."""

OPEN, INELIGIBLE, BELOW_FLOOR, DECLINED, NOBODY = (
    "open",
    "ineligible",
    "below_floor",
    "declined",
    "nobody",
)
STATES = (OPEN, INELIGIBLE, DECLINED, BELOW_FLOOR)
"""Whether a partner that serves a need can be recommended, or what stands in the way: a rule, a
refusal or contact on the list, too little in common. Those that come nearest first."""


@dataclass(frozen=True, slots=True)
class Service:
    """A partner that serves a need of a tenant, by the offer that does it best.

    Parameters
    ----------
    offer : Offer
        By which offer.
    score : float
        Fit of tenant and offer as a whole, 0 to 1.
    verdict : PairVerdict
        What the rules of the offer say.
    state : str
        One of `STATES`.
    rank : int or None
        Rank of the offer among the matches of the tenant; None where it is not among them.
    """

    offer: Offer
    score: float
    verdict: PairVerdict
    state: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class ServedNeed:
    """A need of a tenant, and who serves it.

    Parameters
    ----------
    need : str
        Term of the vocabulary.
    services : mapping of str to tuple of Service
        By cluster of `ABROAD`, one per partner; those that can be recommended first, then by fit.
    """

    need: str
    services: Mapping[str, tuple[Service, ...]]

    def served_by(self, cluster: str) -> tuple[Service, ...]:
        """Return who serves the need there and can be recommended."""
        return tuple(each for each in self.services[cluster] if each.state == OPEN)

    def missing(self, cluster: str) -> str | None:
        """Return why the need is not served there; None where somebody serves it.

        ``nobody`` where no offer serves it, else the state of those that come nearest.
        """
        states = {each.state for each in self.services[cluster]}
        nearest = next((state for state in STATES if state in states), NOBODY)
        return None if nearest == OPEN else nearest


@dataclass(frozen=True, slots=True)
class ServedComponent:
    """The needs of a tenant in one component.

    Parameters
    ----------
    component : Component
        Which.
    needs : tuple of ServedNeed
        Those that fall to it, with the partners that carry it.
    beside : tuple of ServedNeed
        Others that such partners serve, which carry none of the components these fall to.
    """

    component: Component
    needs: tuple[ServedNeed, ...]
    beside: tuple[ServedNeed, ...]


@dataclass(frozen=True, slots=True)
class ServedTenant:
    """How the clusters serve one tenant.

    Parameters
    ----------
    tenant : int
        Position in the match table.
    wanted : mapping of str to bool
        By cluster, whether it lies in a target place of the tenant.
    needs : tuple of ServedNeed
        All needs, each with all who serve it.
    components : tuple of ServedComponent
        Those with a need or a partner beside, in the order of the paper.
    """

    tenant: int
    wanted: Mapping[str, bool]
    needs: tuple[ServedNeed, ...]
    components: tuple[ServedComponent, ...]

    def need(self, term: str) -> ServedNeed:
        """Return a need of the tenant with all who serve it, in whatever component."""
        return next(each for each in self.needs if each.need == term)

    @property
    def elsewhere(self) -> tuple[ServedNeed, ...]:
        """The needs that fall to no component."""
        placed = {each.need for own in self.components for each in own.needs}
        return tuple(each for each in self.needs if each.need not in placed)

    def n_served(self, cluster: str) -> int:
        """Return how many of the needs somebody serves there."""
        return sum(bool(each.served_by(cluster)) for each in self.needs)

    def best(self, cluster: str) -> Service | None:
        """Return the best fit of those that serve a need there; None where nobody does."""
        found = [service for each in self.needs for service in each.served_by(cluster)]
        return max(found, key=lambda each: each.score, default=None)
