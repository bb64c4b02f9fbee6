"""Steps of a route for one tenant: what to do, with whom, by way of whom."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.catalogue import Catalogue, Text, ask_of
from matcher.catalogue.remedies import Remedy, Time
from matcher.eligibility import Eligibility, Option
from matcher.features import Vectors
from matcher.recommender.helpers import Helper, HelperFinder
from matcher.recommender.links import Link, LinkFinder
from matcher.recommender.scoring import Scorer


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
        self._links = LinkFinder(self.catalogue)
        self._helpers = HelperFinder(eligibility, scorer, X, refused, self._links)
        self._actions: dict[int, tuple[Option, Text]] = {}

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
        helpers = self._helpers.helpers(tenant, offer, option)
        first = helpers[0] if helpers else None
        links = (
            first.links if first else self._links.proposed(remedy, option.blanks.get("place", ""))
        )
        cells = tuple(option.cells_with(first.partner_id if first else None).items())
        takes = remedy.takes if self._takes_there(remedy.takes, option) else None
        return Step(
            *("change", option.rule.id, remedy.id, action, helpers, links, cells),
            *(question, remedy.proof, takes),
        )

    def served(self, remedy: Remedy, partner_id: str | None) -> NDArray[np.bool_]:
        """Return whom a partner can help with a remedy, as `HelperFinder.served` does."""
        return self._helpers.served(remedy, partner_id)

    def agreement_words(
        self, option: Option, partner_id: str | None
    ) -> tuple[Text, tuple[Link, ...]]:
        """Return what the office could sign for a change with a partner, and the ways there."""
        remedy = option.remedy
        assert remedy is not None
        assert remedy.agreement is not None
        if partner_id is None:
            links = self._links.proposed(remedy, option.blanks.get("place", ""))
            return filled_text(remedy.agreement, option, self.catalogue), links
        named = replace(option, blanks={**option.blanks, "partner": partner_id})
        offers = self._helpers.serving.by_partner(remedy)[partner_id]
        return filled_text(remedy.agreement, named, self.catalogue), self._links.links(
            offers[0], remedy
        )

    def _takes_there(self, takes: Time | None, option: Option) -> bool:
        if takes is None or takes.place is None:
            return takes is not None
        return self._links.lies_in(option.blanks.get("place", ""), takes.place)

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
