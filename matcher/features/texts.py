"""Free text read once: the terms it mentions, and its words and terms as a bag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from matcher.catalogue import Catalogue
from matcher.catalogue.vocabulary import Vocabulary
from matcher.features.words import Bag
from matcher.text import STATED, Mention, MentionFinder, MorphemeBoundaries, compared_words

FACETS = ("need", "modality", "indication", "stage", "place", "sector", "partner_type")
"""What is looked for in free text; a form of several facets is taken for the first of them."""

_MENTIONED = 2.0
"""What a mention counts in a bag beside a word: it is sure of its meaning."""


class TextReader:
    """Finds what texts mention.

    Parameters
    ----------
    vocabulary : Vocabulary
        Terms and the limits on reading them.
    morphology : bool, default=False
        Whether terms found inside other Korean words are dropped; needs the extra ``ko``.
    """

    def __init__(self, vocabulary: Vocabulary, *, morphology: bool = False) -> None:
        self._facets = vocabulary.facets
        boundaries = MorphemeBoundaries() if morphology else None
        self._finder = MentionFinder(vocabulary, FACETS, boundaries)
        self._asking = {part for word in vocabulary.reading.asking for part in compared_words(word)}

    def mentions(self, texts: Iterable[str]) -> list[Mention]:
        """Return the mentions of texts in their order."""
        return [mention for text in texts for mention in self._finder.find(text)]

    def bag(self, texts: Iterable[str], mentions: Iterable[Mention]) -> Bag:
        """Return words and terms, ``facet=term``, with how often each stands in the texts.

        Words of asking are left out: see ``data/vocabulary/reading.toml``.
        Terms that a text denies or puts off are left out; the wider terms of the others count
        once each.
        """
        found = Counter(word for text in texts for word in compared_words(text))
        bag: dict[str, float] = {
            word: count for word, count in found.items() if word not in self._asking
        }
        for mention in mentions:
            if mention.state != STATED or mention.facet == "place":  # places have a block
                continue
            terms = {mention.term_id: _MENTIONED}
            terms |= dict.fromkeys(self._facets[mention.facet].ancestors(mention.term_id), 1.0)
            for term, count in terms.items():
                name = f"{mention.facet}={term}"
                bag[name] = bag.get(name, 0.0) + count
        return bag

    def bag_of(self, texts: Iterable[str]) -> Bag:
        """Return the bag of texts."""
        texts = list(texts)
        return self.bag(texts, self.mentions(texts))


def offer_texts(catalogue: Catalogue) -> list[list[str]]:
    """Return what is told of each offer: its names and summary, and the facts on it."""
    found = {
        offer.id: [*offer.name.values(), *offer.summary.values()] for offer in catalogue.offers
    }
    for partner in catalogue.partners:
        for fact in partner.facts:
            for offer in fact.offers:
                if offer in found:
                    found[offer] += fact.text.values()
    return [found[offer.id] for offer in catalogue.offers]


def add_bags(bags: Iterable[Bag]) -> Bag:
    """Return all words of some bags, with the sums of their counts."""
    total: dict[str, float] = {}
    for bag in bags:
        for word, count in bag.items():
            total[word] = total.get(word, 0.0) + count
    return total
