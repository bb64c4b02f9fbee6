"""With whom a step can be taken, best fit first.

Which partner can serve a step is a matter of rules; which of them to ask first is a matter of
fit: that of the tenant with the partner's offer, as if the tenant asked for what the step needs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.catalogue import Catalogue, Offer
from matcher.catalogue.remedies import Remedy
from matcher.eligibility import Eligibility, Option, PairVerdict
from matcher.eligibility.filling import ServingOffers
from matcher.features import Vectors
from matcher.recommender.links import Link, LinkFinder
from matcher.recommender.scoring import Scorer

MOST_HELPERS = 5
"""Partners that are named for a step."""


@dataclass(frozen=True, slots=True)
class Helper:
    """A partner that can serve a step.

    Parameters
    ----------
    partner_id, offer_id : str
        Who, and by which offer.
    fit : float
        Similarity of tenant and offer as if the tenant asked for the step, 0 to 1.
    verdict : PairVerdict
        What the rules of that offer say of the tenant as it is.
    links : tuple of Link
        Ways to the helper, those on record first.
    """

    partner_id: str
    offer_id: str
    fit: float
    verdict: PairVerdict
    links: tuple[Link, ...]


class HelperFinder:
    """Finds the partners that can serve the changes of tenants.

    Parameters
    ----------
    eligibility : Eligibility
        Verdicts of all pairs.
    scorer : Scorer
        What scores.
    X : Vectors
        Vectors of the tenants.
    refused : ndarray of bool of shape (n_tenants, n_partners)
        Partners that cannot help since one side refused.
    links : LinkFinder
        Ways to the partners.
    """

    def __init__(
        self,
        eligibility: Eligibility,
        scorer: Scorer,
        X: Vectors,
        refused: NDArray[np.bool_],
        links: LinkFinder,
    ) -> None:
        self.eligibility = eligibility
        self.catalogue: Catalogue = eligibility.catalogue
        self.serving = ServingOffers(self.catalogue)
        self._links = links
        self._scorer = scorer
        self._X = X
        self._refused = refused
        self._fits: dict[tuple[str, ...], NDArray[np.float64]] = {}
        self._serving: dict[tuple[int, int], list[list[int]]] = {}
        self._served: dict[tuple[str, str | None], NDArray[np.bool_]] = {}
        self._position = {offer.id: at for at, offer in enumerate(self.catalogue.offers)}
        self._column = {p.id: at for at, p in enumerate(self.catalogue.ranked_partners)}

    def helpers(self, tenant: int, offer: int, option: Option) -> tuple[Helper, ...]:
        """Return the partners that can serve a change, best fit first.

        Partners whose own rules exclude the tenant are named only where there is no other.
        """
        remedy = option.remedy
        if remedy is None or not remedy.needs:
            return ()
        fit = self._fit(remedy)[tenant]
        verdicts = self.eligibility.overall[tenant]
        best: list[tuple[bool, float, int]] = []
        for offers in self._offers(option, offer):
            partner = self.catalogue.offers[offers[0]].partner_id
            if self._refused[tenant, self._column[partner]]:
                continue
            at = min(offers, key=lambda o: (int(verdicts[o]) < 0, -fit[o], o))
            best.append((bool(verdicts[at] < 0), -float(fit[at]), at))
        best.sort()
        if best and not best[0][0]:
            best = [each for each in best if not each[0]]
        return tuple(self._helper(tenant, at, -fit, remedy) for _, fit, at in best[:MOST_HELPERS])

    def served(self, remedy: Remedy, partner_id: str | None) -> NDArray[np.bool_]:
        """Return whom a partner can help with a remedy, of shape (n_tenants,).

        Those who have enough in common with one of its offers that no rule closes to them; all
        where no partner is named.
        """
        key = (remedy.id, partner_id)
        if key not in self._served:
            self._served[key] = self._new_served(remedy, partner_id)
        return self._served[key]

    def _new_served(self, remedy: Remedy, partner_id: str | None) -> NDArray[np.bool_]:
        if partner_id is None:
            return np.ones(len(self.eligibility.tenants), dtype=bool)
        offers = self.serving.by_partner(remedy).get(partner_id, ())
        at = [self._position[offer.id] for offer in offers]
        fits = self._fit(remedy)[:, at] >= self.catalogue.vocabulary.weights.floor
        allowed = self.eligibility.overall[:, at] != PairVerdict.INELIGIBLE
        willing = ~self._refused[:, self._column[partner_id]]
        return np.asarray((fits & allowed).any(axis=1) & willing)

    def _helper(self, tenant: int, offer: int, fit: float, remedy: Remedy) -> Helper:
        found = self.catalogue.offers[offer]
        verdict = self.eligibility.verdict(tenant, offer)
        return Helper(found.partner_id, found.id, fit, verdict, self._links.links(found, remedy))

    def _offers(self, option: Option, offer: int) -> list[list[int]]:
        """Return the offers that can serve a change on the way to an offer, by partner."""
        key = (id(option), offer)
        if key not in self._serving:
            remedy = option.remedy
            assert remedy is not None
            serving = self.serving.by_partner(remedy)
            found = (serving.get(partner, ()) for partner in option.partners or serving)
            near = self._near(option, self.catalogue.offers[offer])
            self._serving[key] = [
                positions
                for offers in found
                if (positions := [self._position[o.id] for o in offers if near(o)])
            ]
        return self._serving[key]

    def _near(self, option: Option, wanted: Offer) -> Callable[[Offer], bool]:
        """Return what tells whether an offer is where the change is to be made."""
        if option.partners:
            return lambda offer: True
        places = self.catalogue.vocabulary.facets["place"]
        asked = option.blanks.get("place", "")
        around = (asked,) if asked in places.terms else wanted.terms["place"]
        return lambda offer: any(
            places.within(at, place) or places.within(place, at)
            for at in offer.terms["place"]
            for place in around
        )

    def _fit(self, remedy: Remedy) -> NDArray[np.float64]:
        """Return the fit of all pairs as if every tenant asked for what a remedy needs, anywhere.

        Offers that cannot serve it have none.
        """
        if remedy.needs not in self._fits:
            positions, ask = self._asking
            fits = np.zeros((len(self._refused), len(self._position)))
            fits[:, positions] = ask(remedy.needs) / self._share_of_others
            self._fits[remedy.needs] = fits
        return self._fits[remedy.needs]

    @cached_property
    def _asking(self) -> tuple[NDArray[np.intp], Callable[[tuple[str, ...]], NDArray[np.float64]]]:
        """The offers that can serve any remedy, and what scores them for what is asked."""
        serving = {
            self._position[offer.id]
            for remedy in self.catalogue.remedies.remedies
            for offers in self.serving.by_partner(remedy).values()
            for offer in offers
        }
        positions = np.array(sorted(serving), dtype=np.intp)
        # A step leads where the rule asks for it, whatever place the tenant aims at.
        terms = self._X.terms.copy()
        terms[:, self._scorer.space.slices["place"]] = 0
        return positions, self._scorer.asking_scores(Vectors(terms, self._X.words), positions)

    @cached_property
    def _share_of_others(self) -> NDArray[np.float64]:
        """What places leave of the whole fit, of shape (n_tenants, 1)."""
        places = self._X.terms[:, self._scorer.space.slices["place"]]
        left = 1 - places.max(axis=1, initial=0.0)
        return np.asarray(np.where(left > 0, left, 1.0)[:, None])
