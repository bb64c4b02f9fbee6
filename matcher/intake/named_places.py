"""Which places a text names, and in which order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from matcher.catalogue.vocabulary import Facet
from matcher.intake.cells import split_items

_INSIDE = re.compile(r"\(([^()]*)\)")
_WORD = re.compile(r"[^\s:;,/·()]+")
_MOST_WORDS = 3
"""Words of the longest name: ``그레이터 보스턴`` has two, ``New York City`` three."""

_NO_CODES = frozenset({"at", "be", "in", "it", "no"})
"""English words that are country codes when they stand in capitals."""


def named_places(text: str, facet: Facet) -> list[tuple[int, str]]:
    """Return the places that a text names, each as narrowly as it is named.

    A place in brackets narrows the one around it (``미국(보스턴)``). One that lies elsewhere counts
    where the brackets list places and nothing else; beside other words it is a remark:
    ``미국(향후 유럽)``.

    Parameters
    ----------
    text : str
        One item of a cell: ``미국(보스턴) 싱가포르``.
    facet : Facet
        The places that are known.

    Returns
    -------
    list of (int, str)
        Where each place is first spoken of in the text, and its id; in the order of the text.
    """
    whole = facet.find(text)
    if whole is not None:
        return [(0, whole.id)]
    named = list(_in_words(_INSIDE.sub(lambda match: " " * len(match[0]), text), facet))
    around = [place for _, place in named]
    for match in _INSIDE.finditer(text):
        parts = [facet.find(part) for part in split_items(match[1], facet)]
        inside = [term.id for term in parts if term is not None]
        if len(inside) < len(parts):
            words = (place for _, place in _in_words(match[1], facet))
            inside = [
                place
                for place in words
                if not around or any(facet.within(place, wider) for wider in around)
            ]
        named += [(match.start(), place) for place in inside]
    return _narrowed(sorted(named, key=lambda at_and_place: at_and_place[0]), facet)


def _in_words(text: str, facet: Facet) -> Iterator[tuple[int, str]]:
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        for count in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            name = text[words[at].start() : words[at + count - 1].end()]
            term = facet.find(name)
            if term is not None and name not in _NO_CODES:
                yield words[at].start(), term.id
                break
        else:
            count = 1
        at += count


def _narrowed(named: Iterable[tuple[int, str]], facet: Facet) -> list[tuple[int, str]]:
    """Return the places without those that others state more narrowly."""
    kept: list[tuple[int, str]] = []
    for at, place in named:
        if any(_yields(place, other, facet) for _, other in kept):
            continue
        wider = next((n for n, (_, other) in enumerate(kept) if _yields(other, place, facet)), None)
        if wider is None:
            kept.append((at, place))
        else:
            kept[wider] = (kept[wider][0], place)
    return kept


def _yields(place: str, other: str, facet: Facet) -> bool:
    """Return whether a place says nothing beside another.

    It lies around the other, or it is a namesake of what is meant: the vocabulary knows 영국
    케임브리지 as a name of 영국, not as the Cambridge beside Boston.
    """
    labels = (facet.terms[other].label["ko"], facet.terms[place].label["ko"])
    namesake = facet.find(" ".join(labels))
    return facet.within(other, place) or (namesake is not None and namesake.id == other)
