"""What a tenant asks for, as weighted terms: cells decide, free text fills the blanks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from matcher.catalogue.vocabulary import Facet, Vocabulary
from matcher.intake.tenants import Tenant
from matcher.quantities import Empty, Value
from matcher.text import DENIED, PUT_OFF, STATED, Mention, MentionFinder

TECHNOLOGY_FIELDS = ("item_name", "tech_summary")
NEED_FIELDS = ("need_detail",)

FIELD_OF_BLOCK = {
    "need": "needs",
    "place": "target_countries",
    "sector": "sector",
    "modality": "modality",
    "indication": "indication",
    "stage": "dev_stage",
    "round": "funding_round",
    "partner_type": "partner_types",
}
"""Field of the tenant list that fills each block; the facet has the name of the block."""

_ORDERED = ("need", "place")
_SUGGESTED = ("modality", "indication", "stage")


@dataclass(frozen=True, slots=True)
class Ask:
    """One term that a tenant asks for.

    Parameters
    ----------
    weight : float
        Over 0, at most 1; 1 for the first of an ordered cell.
    evidence : str
        The words of the free text behind it; empty where a cell says it.
    """

    weight: float
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a tenant asks for.

    Parameters
    ----------
    asks : mapping of str to mapping of str to Ask
        Terms by block; a block that the tenant says nothing about is empty.
    confidence : mapping of str to float
        Weight of each block that is not empty: 1 for a cell, less for free text.
    """

    asks: Mapping[str, Mapping[str, Ask]]
    confidence: Mapping[str, float] = field(default_factory=dict)


class ProfileReader:
    """Builds profiles.

    Parameters
    ----------
    vocabulary : Vocabulary
        Terms, and the weights of what is denied, put off or only suggested.
    offer_places : iterable of str
        Where offers are: a target such as 미국 asks for the places of offers that lie in it.
    """

    def __init__(self, vocabulary: Vocabulary, offer_places: Iterable[str]) -> None:
        self.vocabulary = vocabulary
        self._offer_places = _narrowest(sorted(set(offer_places)), vocabulary.facets["place"])
        self.weights = vocabulary.weights
        self._finder = MentionFinder(vocabulary, ("need", *_SUGGESTED))

    def read(self, tenant: Tenant) -> Profile:
        """Return the profile of a tenant."""
        asks: dict[str, dict[str, Ask]] = {
            block: self._from_cell(block, tenant.values.get(FIELD_OF_BLOCK[block]))
            for block in self.weights.blocks
        }
        confidence = {block: 1.0 for block, terms in asks.items() if terms}
        on_needs = self._mentions(tenant, NEED_FIELDS)
        if "need" in asks:
            self._refine_needs(asks["need"], tenant, on_needs)
        on_technology: list[Mention] | None = None
        for block in ("need", *_SUGGESTED):
            if block in asks and not asks[block]:
                if on_technology is None:
                    on_technology = self._mentions(tenant, TECHNOLOGY_FIELDS)
                mentions = on_needs if block == "need" else on_technology + on_needs
                asks[block] = self._from_text(block, mentions)
                if asks[block]:
                    confidence[block] = self.weights.suggested
        return Profile(asks, confidence)

    def _from_cell(self, block: str, value: Value) -> dict[str, Ask]:
        facet = self.vocabulary.facets[block]
        names: Iterable[object] = value if isinstance(value, tuple) else (value,)
        if value is Empty.NONE and block == "round":
            names = ("none",)  # known to have raised nothing is a round of its own
        known = [name for name in names if isinstance(name, str) and name in facet.terms]
        decay = self.weights.decay if block in _ORDERED else 1.0
        asks: dict[str, Ask] = {}
        for order, name in enumerate(known):
            terms = self._places_in(name) if block == "place" else [name]
            for term in terms:
                asks.setdefault(term, Ask(decay**order))
        return asks

    def _places_in(self, target: str) -> list[str]:
        facet = self.vocabulary.facets["place"]
        return [place for place in self._offer_places if overlap(place, target, facet)]

    def _mentions(self, tenant: Tenant, fields: Iterable[str]) -> list[Mention]:
        texts = (tenant.stated[field] for field in fields if field in tenant.stated)
        return [mention for text in texts for mention in self._finder.find(text)]

    def _refine_needs(self, needs: dict[str, Ask], tenant: Tenant, mentions: list[Mention]) -> None:
        for need, ask in list(needs.items()):
            said = {mention.state: mention for mention in mentions if mention.term_id == need}
            if STATED in said or not said:
                continue
            share = self.weights.doubted if DENIED in said else self.weights.put_off
            evidence = said[DENIED if DENIED in said else PUT_OFF].evidence
            needs[need] = Ask(ask.weight * share, evidence)
        self._read_space(needs, tenant)
        for reading in self.weights.readings:
            stated = needs.get(reading.need)
            if stated and tenant.values.get("sector") in reading.sectors:
                weight = reading.share * stated.weight
                if reading.means not in needs or needs[reading.means].weight < weight:
                    needs[reading.means] = Ask(weight)

    def _read_space(self, needs: dict[str, Ask], tenant: Tenant) -> None:
        for space in self.weights.spaces:
            if space.need not in needs or space.means in needs:
                continue
            texts = [tenant.stated.get(field, "") for field in ("space_need", *NEED_FIELDS)]
            word = next((w for w in space.words for text in texts if w in text), "")
            denied = any(
                mention.term_id == space.means and mention.state == DENIED
                for text in texts
                for mention in self._finder.find(text)
            )
            if word and not denied:
                needs[space.means] = Ask(needs.pop(space.need).weight, word)

    def _from_text(self, block: str, mentions: Iterable[Mention]) -> dict[str, Ask]:
        found: dict[str, Ask] = {}
        for mention in mentions:
            if mention.facet == block and mention.state == STATED:
                found.setdefault(mention.term_id, Ask(1.0, mention.evidence))
        facet = self.vocabulary.facets[block]
        if facet.nearness is not None and found:  # one place on the scale: the first that is named
            first = next(iter(found))
            return {first: found[first]}
        return {term: found[term] for term in _narrowest(found, facet)}


def overlap(one: str, other: str, places: Facet) -> bool:
    """Return whether one of two places lies in the other."""
    if one not in places.terms or other not in places.terms:
        return False
    return places.within(one, other) or places.within(other, one)


def _narrowest(terms: Iterable[str], facet: Facet) -> list[str]:
    """Leave out terms of which a narrower one is there as well."""
    terms = list(terms)
    wider = {above for term in terms for above in facet.ancestors(term)}
    return [term for term in terms if term not in wider]
