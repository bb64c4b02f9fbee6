"""Cells that hold words of the vocabulary: one or several."""

from __future__ import annotations

import re

from matcher.catalogue.vocabulary import Facet, Field, Term, Vocabulary, form_key
from matcher.intake.cells import BRACKETED, ITEM_BREAKS, Reading, split_items
from matcher.intake.scale import furthest_reached, is_negated, open_remarks

_DENIED = re.compile(r"불필요|불요|없|않|제외|아님|아니|추후|나중|\bno\b|\bnot\b", re.IGNORECASE)
_LOOSE_BREAKS = (
    r"\d\s*순위\s*[:.)]?",
    r"[+|]",
    r"\s(?:[-&]|and)\s",
    r"(?<=[가-힣A-Za-z])(?:와\s*|과\s+)",
    r"&",
    r"-",
)
"""What may stand between values, and as well within one (``R&D``, ``CAR-T``)."""

_LONGEST_FORM = 5
"""Words of the longest form that is looked for among words in a row."""

_WORDS = re.compile(r"[^\s+&|]+")


def read_term(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    """Read one term of the column's facet, in any of its forms."""
    facet = vocabulary.facets[column.facet or ""]
    opened = text.replace("(", " ").replace(")", " ")
    term = facet.find(text) or facet.find(opened)
    if term is None and facet.nearness is not None:
        told = open_remarks(text)
        term = facet.find(BRACKETED.sub("", told)) or furthest_reached(told, facet)
    elif term is None:
        term = facet.find(BRACKETED.sub("", text))
    return Reading(term.id) if term else Reading(text, [text])


def read_terms(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    """Read terms of the column's facet in the order of the cell."""
    facet = vocabulary.facets[column.facet or ""]
    reading = Reading(())
    found: list[str] = []
    for item in split_items(text, facet, (*ITEM_BREAKS, r"[>→및]")):
        bare = BRACKETED.sub("", item)
        terms = (
            _listed(item, facet) or _listed(bare, facet) or _head(bare, facet) or _word(bare, facet)
        )
        if not terms:
            reading.unknown.append(item)
        found += [term.id for term in terms] or [item]
    reading.value = tuple(dict.fromkeys(found)) or None
    return reading


def _listed(text: str, facet: Facet, breaks: tuple[str, ...] = _LOOSE_BREAKS) -> list[Term]:
    """Return the terms that an item lists by loose breaks, or none where a piece is not known.

    ``투자유치+공동연구`` are two terms; ``HER2+ 유방암`` is no list.
    """
    term = facet.find(text)
    if term is not None:
        return [term]
    if not breaks or (breaks[0] == "-" and _narrows(facet)):
        return [] if _narrows(facet) else _in_row(text.split(), facet)
    pieces = [piece for piece in re.split(breaks[0], text) if piece.strip()]
    if pieces != [text]:
        # A hyphen stands inside names; between the other marks each piece is a name of its own.
        heads = breaks[0] != "-"
        listed = [
            _listed(piece, facet, breaks[1:]) or (_head(piece, facet) if heads else [])
            for piece in pieces
        ]
        if all(listed):
            return [term for terms in listed for term in terms]
    return _listed(text, facet, breaks[1:])


def _narrows(facet: Facet) -> bool:
    """Return whether a term beside another may narrow it: 소아 뇌전증 is one disease, not two."""
    return any(term.parents for term in facet)


def _in_row(words: list[str], facet: Facet) -> list[Term]:
    """Return the terms that words are one after another, longest first; none unless all are."""
    terms: list[Term] = []
    while words:
        runs = ((n, facet.find(" ".join(words[:n]))) for n in range(_LONGEST_FORM, 0, -1))
        n, term = next(((n, term) for n, term in runs if term is not None), (0, None))
        if term is None:
            return []
        terms.append(term)
        words = words[n:]
    return terms


def _head(text: str, facet: Facet) -> list[Term]:
    """Return, if any, the term that a longer name ends in: 중증 고중성지방혈증 is a 고중성지방혈증.

    Korean names put what they name last. One- and two-letter forms are left to whole matches.
    Where a word before it is a term of its own that does not narrow it, the name holds two.
    """
    key = form_key(text)
    first = max(1, len(key) - facet.longest_form)
    endings = ((at, facet.find(key[at:])) for at in range(first, len(key) - 2))
    at, head = next(
        ((at, term) for at, term in endings if term is not None and not is_negated(key, at)),
        (0, None),
    )
    if head is None or _narrows(facet):
        return [head] if head else []
    length = 0
    for word in _WORDS.findall(text):
        length += len(form_key(word))
        if length <= at and facet.find(word) is not None:
            return []
    return [head]


def _word(text: str, facet: Facet) -> list[Term]:
    """Return, if any, the term that one word of an item names: 실험실 in ``실험실 구함``.

    Where words name several, or the words deny what they name, none is meant for certain.
    """
    if _DENIED.search(text):
        return []
    named = {term.id: term for word in text.split() if (term := facet.find(word)) is not None}
    return list(named.values()) if len(named) == 1 else []
