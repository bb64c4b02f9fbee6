"""Steps of a route for one tenant: what to do, with whom, by way of whom.

Which partner can serve a step is a matter of rules; which of them to ask first is a matter of
fit: that of the tenant with the partner's offer, as if the tenant asked for what the step needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.catalogue import Catalogue, Offer, Text, ask_of
from matcher.catalogue.bridges import Bridge
from matcher.catalogue.remedies import Remedy, Time
from matcher.eligibility import Eligibility, Option, PairVerdict
from matcher.eligibility.filling import ServingOffers
from matcher.features import Vectors
from matcher.recommender.scoring import Scorer

MOST_HELPERS = 5
"""Partners that are named for a step."""


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


@dataclass(frozen=True, slots=True)
class Step:
    """One change of facts on the way.

    Parameters
    ----------
    kind : str
        ``change``, or ``confirm`` where a fact that is not stated has to be as the rule wants it.
    rule_id : str
        The rule that it answers first.
    remedy_id : str or None
        How facts change by it; None for a confirmation.
    action : Text
        What the tenant does.
    helpers : tuple of Helper
        Best first; the first is the one in the cells.
    links : tuple of Link
        Ways to the first helper, or whom to ask where there is none.
    sets : tuple of (str, str)
        Field and cell after the step; lists grow by it.
    question : Text or None
        Where the fact is not stated: what to ask before anything is done. None where it is.
    proof : Text or None
        Document that proves it.
    takes : Time or None
        How long, where a source says so.
    """

    kind: str
    rule_id: str
    remedy_id: str | None
    action: Text
    helpers: tuple[Helper, ...]
    links: tuple[Link, ...]
    sets: tuple[tuple[str, str], ...]
    question: Text | None
    proof: Text | None
    takes: Time | None

    @property
    def partners(self) -> tuple[str, ...]:
        """Ids of the helpers."""
        return tuple(helper.partner_id for helper in self.helpers)


class StepWriter:
    """Writes the steps of plans for tenants.

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
    """

    def __init__(
        self,
        eligibility: Eligibility,
        scorer: Scorer,
        X: Vectors,
        refused: NDArray[np.bool_],
    ) -> None:
        self.eligibility = eligibility
        self.catalogue: Catalogue = eligibility.catalogue
        self._scorer = scorer
        self._X = X
        self._refused = refused
        self._offers_for = ServingOffers(self.catalogue)
        self._fits: dict[tuple[str, ...], NDArray[np.float64]] = {}
        self._serving: dict[tuple[int, int], list[list[int]]] = {}
        self._actions: dict[int, tuple[Option, Text]] = {}
        self._links: dict[tuple[str, str], tuple[Link, ...]] = {}
        self._position = {offer.id: at for at, offer in enumerate(self.catalogue.offers)}
        self._column = {p.id: at for at, p in enumerate(self.catalogue.ranked_partners)}

    def step(self, tenant: int, offer: int, option: Option) -> Step:
        """Return a change as a step of one tenant on its way to one offer, by positions."""
        remedy = option.remedy
        field = self.catalogue.vocabulary.fields[option.comparison.field]
        stated = self.eligibility.tenants[tenant].stated.get(field.id, "").strip()
        question = ask_of(field) if stated in ("", "-") else None
        action = self._action(option)
        if remedy is None:
            cells = tuple(option.cells.items())
            rule = option.rule.id
            return Step("confirm", rule, None, action, (), (), cells, ask_of(field), None, None)
        helpers = self.helpers(tenant, offer, option)
        first = helpers[0] if helpers else None
        links = first.links if first else self._proposed(remedy, option.blanks.get("place", ""))
        cells = tuple(option.cells_with(first.partner_id if first else None).items())
        takes = remedy.takes if self._takes_there(remedy.takes, option) else None
        return Step(
            *("change", option.rule.id, remedy.id, action, helpers, links, cells),
            *(question, remedy.proof, takes),
        )

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
        n_tenants = len(self.eligibility.tenants)
        if partner_id is None:
            return np.ones(n_tenants, dtype=bool)
        offers = self._offers_for.by_partner(remedy).get(partner_id, ())
        at = [self._position[offer.id] for offer in offers]
        fits = self._fit(remedy)[:, at] >= self.catalogue.vocabulary.weights.floor
        allowed = self.eligibility.overall[:, at] != PairVerdict.INELIGIBLE
        willing = ~self._refused[:, self._column[partner_id]]
        return np.asarray((fits & allowed).any(axis=1) & willing)

    def agreement_words(
        self, option: Option, partner_id: str | None
    ) -> tuple[Text, tuple[Link, ...]]:
        """Return what the office could sign for a change with a partner, and the ways there."""
        remedy = option.remedy
        assert remedy is not None
        assert remedy.agreement is not None
        if partner_id is None:
            links = self._proposed(remedy, option.blanks.get("place", ""))
            return filled_text(remedy.agreement, option, self.catalogue), links
        named = replace(option, blanks={**option.blanks, "partner": partner_id})
        offers = self._offers_for.by_partner(remedy)[partner_id]
        return filled_text(remedy.agreement, named, self.catalogue), self.links(offers[0], remedy)

    def _helper(self, tenant: int, offer: int, fit: float, remedy: Remedy) -> Helper:
        found = self.catalogue.offers[offer]
        verdict = self.eligibility.verdict(tenant, offer)
        return Helper(found.partner_id, found.id, fit, verdict, self.links(found, remedy))

    def _offers(self, option: Option, offer: int) -> list[list[int]]:
        """Return the offers that can serve a change on the way to an offer, by partner."""
        key = (id(option), offer)
        if key not in self._serving:
            remedy = option.remedy
            assert remedy is not None
            serving = self._offers_for.by_partner(remedy)
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
            for offers in self._offers_for.by_partner(remedy).values()
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

    def links(self, offer: Offer, remedy: Remedy) -> tuple[Link, ...]:
        """Return the ways to the partner of an offer: those on record, else those proposed."""
        key = (offer.partner_id, remedy.id)
        if key not in self._links:
            found = tuple(
                Link(bridge.origin, bridge.basis, bridge)
                for bridge in self._records.get(offer.partner_id, ())
            )
            place = next(iter(offer.terms["place"]), "")
            self._links[key] = found or self._proposed(remedy, place)
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

    def _proposed(self, remedy: Remedy, place: str) -> tuple[Link, ...]:
        places = self.catalogue.vocabulary.facets["place"]
        institution = self.catalogue.institutions.table.get(place)
        at = institution.place if institution else place
        for around, bridges in remedy.bridges.items():
            if at in places.terms and places.within(at, around):
                return tuple(Link(bridge, "proposed") for bridge in bridges)
        return ()

    def _takes_there(self, takes: Time | None, option: Option) -> bool:
        if takes is None or takes.place is None:
            return takes is not None
        place = option.blanks.get("place", "")
        institution = self.catalogue.institutions.table.get(place)
        at = institution.place if institution else place
        places = self.catalogue.vocabulary.facets["place"]
        return at in places.terms and places.within(at, takes.place)

    def _action(self, option: Option) -> Text:
        if id(option) not in self._actions:
            self._actions[id(option)] = (option, self._new_action(option))
        return self._actions[id(option)][1]

    def _new_action(self, option: Option) -> Text:
        if option.remedy is None:
            label = option.rule.label
            return Text(ko=f"확인: {label['ko']}", en=f"Confirm: {label['en']}")
        return filled_text(option.remedy.action, option, self.catalogue)


def filled_text(template: Text, option: Option, catalogue: Catalogue) -> Text:
    """Return a text of a remedy with the words of both languages in its blanks."""
    return Text(
        {
            language: template[language].format_map(
                {name: _word(name, option, catalogue, language) for name in option.blanks}
            )
            for language in ("ko", "en")
        }
    )


def _word(blank: str, option: Option, catalogue: Catalogue, language: str) -> str:
    said = option.blanks[blank]
    field = catalogue.vocabulary.fields[option.comparison.field]
    institution = catalogue.institutions.table.get(said)
    if blank in ("place", "partner"):
        if institution is not None:
            return institution.label[language]
        return catalogue.vocabulary.label("place", said, language)
    if field.facet and said in catalogue.vocabulary.facets[field.facet].terms:
        return catalogue.vocabulary.label(field.facet, said, language)
    words = field.codes.get(said, ())
    return words[0] if words and language == "ko" else said


def _standing(bridge: Bridge) -> tuple[bool, bool, str]:
    return bridge.basis != "sourced", not bridge.confirmed, bridge.origin
