"""Cells that hold places, and things with a name and a status."""

from __future__ import annotations

import re
from collections.abc import Mapping

from matcher.catalogue.vocabulary import Facet, Field, Vocabulary, form_key
from matcher.intake.cells import BRACKETED, ITEM_BREAKS, PENDING, Reading, split_items
from matcher.quantities import Empty, Item


def read_places(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    """Read places in the order of the cell, each as narrowly as it is named."""
    return _read_places(text, vocabulary.facets["place"], skip_pending=False)


def read_entities(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    """Read places where a legal entity exists; one in preparation is not yet an entity."""
    reading = _read_places(text, vocabulary.facets["place"], skip_pending=True)
    return Reading(reading.value or Empty.NONE, reading.unknown)


def _read_places(text: str, facet: Facet, *, skip_pending: bool) -> Reading:
    reading = Reading(None)
    found: list[str] = []
    text = re.sub(r"\s*(?:>|→|및|또는|or|and)\s+|>", ";", text)
    for item in split_items(text, lambda part: facet.find(part) is not None):
        if skip_pending and PENDING.search(item):
            continue
        place = _narrowest_place(item, facet)
        if place is None:
            reading.unknown.append(item)
        found.append(place or item)
    reading.value = tuple(dict.fromkeys(found)) or None
    return reading


def _narrowest_place(text: str, facet: Facet) -> str | None:
    """Return the narrowest place that a text such as ``미국(보스턴)`` names."""
    words = [text, BRACKETED.sub("", text), *re.findall(r"\(([^()]*)\)", text), *text.split()]
    found = [term.id for word in words if (term := facet.find(word.strip("()"))) is not None]
    return max(found, key=lambda place: len(facet.ancestors(place)), default=None)


def read_statuses(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    """Read ``NUS:계약; MGH(협의)``; an item without a status, or with a strange one, has none."""
    by_word = {
        form_key(word): code for code, words in column.codes.items() for word in (code, *words)
    }
    reading = Reading(None)
    items: list[Item] = []
    for item in split_items(text, lambda part: False, ITEM_BREAKS[:2]):
        name, status = _name_and_status(item, by_word)
        if ":" in item and status is None:
            reading.unknown.append(item)
        items.append(Item(name, status))
    reading.value = tuple(items) or None
    return reading


def _name_and_status(item: str, by_word: Mapping[str, str]) -> tuple[str, str | None]:
    name, colon, word = item.rpartition(":")
    if colon:
        status = by_word.get(form_key(word)) or by_word.get(form_key(BRACKETED.sub("", word)))
        return name.strip(), status
    match = re.fullmatch(r"(.+?)\s*\(([^()]*)\)", item)
    if match and form_key(match[2]) in by_word:
        return match[1], by_word[form_key(match[2])]
    return item, None


def read_names(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    """Read names as they stand."""
    names = split_items(text, lambda part: False, ITEM_BREAKS[:3])
    return Reading(tuple(dict.fromkeys(names)) or None)
