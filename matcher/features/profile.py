"""Reads what a tenant asks for: cells decide, free text fills the blanks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from matcher.catalogue.vocabulary import Facet, Vocabulary
from matcher.features.asks import Ask, Profile
from matcher.features.needs import NEED_FIELDS, SPACE_FIELDS, read_needs
from matcher.features.places import PlaceHints
from matcher.features.space import TEXT
from matcher.features.texts import TextReader
from matcher.intake.privacy import MASK
from matcher.intake.tenants import Tenant
from matcher.quantities import Empty, Value
from matcher.text import STATED, Mention, compared_words

TECHNOLOGY_FIELDS = ("item_name", "tech_summary")
TEXT_FIELDS = (*TECHNOLOGY_FIELDS, "modality", "indication", *NEED_FIELDS)
"""Cells whose words are compared with what is told of offers."""

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
"""Field of the tenant list that fills each block of terms; the facet has the name of the block."""

_BLANKS = re.compile(r"[\s;,·/()\[\]]+")
_AROUND_WORDS = ".!?:“”\"'~-"
_ORDERED = ("need", "place")
_SUGGESTED = {
    "need": NEED_FIELDS,
    "place": NEED_FIELDS,
    "partner_type": NEED_FIELDS,
    "sector": TECHNOLOGY_FIELDS,
    "modality": (*TECHNOLOGY_FIELDS, *NEED_FIELDS),
    "indication": (*TECHNOLOGY_FIELDS, *NEED_FIELDS),
    "stage": (*TECHNOLOGY_FIELDS, *NEED_FIELDS),
}
"""Cells of free text that fill a block whose own cell is blank."""


class ProfileReader:
    """Builds profiles.

    Parameters
    ----------
    vocabulary : Vocabulary
        Terms, and the weights of what is denied, put off or only suggested.
    offer_places : iterable of str
        Where offers are: a target such as 미국 asks for the places of offers that lie in it.
    texts : TextReader, optional
        What reads free text; one of its own by default.
    hints : PlaceHints, optional
        Where organisations are that a row names; None leaves a blank target blank.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        offer_places: Iterable[str],
        texts: TextReader | None = None,
        hints: PlaceHints | None = None,
    ) -> None:
        self.vocabulary = vocabulary
        self._offer_places = _narrowest(sorted(set(offer_places)), vocabulary.facets["place"])
        self.weights = vocabulary.weights
        self._texts = texts or TextReader(vocabulary)
        self._hints = hints

    def read(self, tenant: Tenant) -> Profile:
        """Return the profile of a tenant."""
        asks: dict[str, dict[str, Ask]] = {
            block: self._from_cell(block, tenant.values.get(FIELD_OF_BLOCK[block]))
            for block in self.weights.blocks
            if block != TEXT
        }
        confidence = {block: 1.0 for block, terms in asks.items() if terms}
        mentions = {
            field: self._texts.mentions([text])
            for field, text in _told(tenant, (*TEXT_FIELDS, *SPACE_FIELDS)).items()
        }
        on_needs = _of(mentions, NEED_FIELDS)
        if "need" in asks:
            kinds = asks.get("partner_type", {})
            in_space = _of(mentions, SPACE_FIELDS)
            asks["need"] = read_needs(asks["need"], tenant, kinds, on_needs, in_space, self.weights)
        for block, fields in _SUGGESTED.items():
            stated = tenant.values.get(FIELD_OF_BLOCK[block])  # undecided is a word of its own
            if block in asks and block not in confidence and stated is not Empty.UNDECIDED:
                asks[block] = self._from_text(block, _of(mentions, fields)) or asks[block]
        if "sector" in asks and not asks["sector"]:
            asks["sector"] = self._sectors_of(asks.get("modality", {}))
        if self._hints and "target_countries" not in tenant.values and not asks.get("place"):
            asks["place"] = self._places_of(self._hints.of(tenant))
        if "partner_type" in asks and not asks["partner_type"]:
            asks["partner_type"] = self._kinds_for(asks.get("need", {}))
        for block, terms in asks.items():
            if terms:
                confidence.setdefault(block, self.weights.suggested)
        words = _told(tenant, TEXT_FIELDS).values()
        return Profile(asks, confidence, self._texts.bag(words, _of(mentions, TEXT_FIELDS)))

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

    def _from_text(self, block: str, mentions: Iterable[Mention]) -> dict[str, Ask]:
        found: dict[str, Ask] = {}
        for mention in mentions:
            if mention.facet == block and mention.state == STATED:
                found.setdefault(mention.term_id, Ask(1.0, mention.evidence))
        facet = self.vocabulary.facets[block]
        if block == "place":
            return self._places_of({name: ask.evidence for name, ask in found.items()})
        if facet.nearness is not None and found:  # one place on the scale: the first that is named
            first = next(iter(found))
            return {first: found[first]}
        return {term: found[term] for term in _narrowest(found, facet)}

    def _places_of(self, hints: Mapping[str, str]) -> dict[str, Ask]:
        """Return the places of offers that lie in some places, with the words behind them."""
        found: dict[str, Ask] = {}
        for name, words in hints.items():
            for place in self._places_in(name):
                found.setdefault(place, Ask(1.0, words))
        return found

    def _sectors_of(self, modalities: Mapping[str, Ask]) -> dict[str, Ask]:
        """Return the sectors that modalities belong to."""
        wider = self.vocabulary.facets["modality"].ancestors
        found: dict[str, Ask] = {}
        for modality, ask in modalities.items():
            for term in (modality, *wider(modality)):
                if term in self.weights.sectors:
                    found.setdefault(self.weights.sectors[term], Ask(1.0, ask.evidence))
        return found

    def _kinds_for(self, needs: Mapping[str, Ask]) -> dict[str, Ask]:
        """Return the kinds of partner that serve such needs."""
        found: dict[str, Ask] = {}
        for need, ask in needs.items():
            for kind in self.weights.kinds.get(need, ()):
                if kind not in found or found[kind].weight < ask.weight:
                    found[kind] = Ask(ask.weight)
        return found


def telling_words(tenant: Tenant, parts: Mapping[str, float], n: int = 5) -> list[str]:
    """Return the words of a tenant's free text that count most in a comparison of texts.

    Parameters
    ----------
    tenant : Tenant
        Whose cells are read.
    parts : mapping of str to float
        What each compared word adds.
    n : int
        Most words to return, best first; words that add nothing are left out.
    """
    texts = _told(tenant, TEXT_FIELDS).values()
    words = dict.fromkeys(
        word.strip(_AROUND_WORDS) for text in texts for word in _BLANKS.split(text)
    )
    told = {word: sum(parts.get(each, 0.0) for each in compared_words(word)) for word in words}
    best = sorted(told, key=lambda word: -told[word])[:n]
    return [word for word in best if told[word] > 0 and len(word) > 1]


def overlap(one: str, other: str, places: Facet) -> bool:
    """Return whether one of two places lies in the other."""
    if one not in places.terms or other not in places.terms:
        return False
    return places.within(one, other) or places.within(other, one)


def _told(tenant: Tenant, fields: Iterable[str]) -> dict[str, str]:
    """Return the texts of fields, without the marks of what was masked: they are no words of it."""
    return {
        field: tenant.stated[field].replace(MASK, " ") for field in fields if field in tenant.stated
    }


def _of(mentions: Mapping[str, list[Mention]], fields: Iterable[str]) -> list[Mention]:
    return [mention for field in fields for mention in mentions.get(field, ())]


def _narrowest(terms: Iterable[str], facet: Facet) -> list[str]:
    """Leave out terms of which a narrower one is there as well."""
    terms = list(terms)
    wider = {above for term in terms for above in facet.ancestors(term)}
    return [term for term in terms if term not in wider]
