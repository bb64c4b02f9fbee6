"""Cells that hold places, and things with a name and a status."""

from __future__ import annotations

import re
from collections.abc import Mapping

from matcher.catalogue.vocabulary import Facet, Field, Vocabulary, form_key
from matcher.intake.cells import BRACKETED, ITEM_BREAKS, PENDING, Reading, split_items
from matcher.quantities import Empty, Item

_ENTITY = re.compile(
    r"(?<!미)(?:설립|등록|개설)(?!\s*(?:을|를)?\s*(?:준비|예정|추진|검토|계획|중|신청|전))"
    r"|운영\s*중|설립\s*완료|registered|established|incorporated"
)
"""Words beside a place that say that an entity is there, whatever else is still to come."""

_NO_ENTITY = re.compile(rf"{PENDING.pattern}|없|미설립|미보유|폐업|청산")


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
    text = re.sub(r"\s*[>→]\s*|\s*(?:및|또는)\s+|\s+(?:or|and)\s+", ";", text)
    for item in split_items(text, lambda part: facet.find(part) is not None):
        if skip_pending and _NO_ENTITY.search(item) and not _ENTITY.search(item):
            continue
        places = _narrowest_places(item, facet)
        if not places:
            reading.unknown.append(item)
        found += places or [item]
    reading.value = tuple(dict.fromkeys(found)) or None
    return reading


def _narrowest_places(text: str, facet: Facet) -> list[str]:
    """Return the narrowest place that a text such as ``미국(보스턴)`` names.

    Where the brackets hold several places (``미국(보스턴, 뉴욕)``), it is these.
    """
    for inside in re.findall(r"\(([^()]*)\)", text):
        parts = split_items(inside, lambda part: facet.find(part) is not None)
        several = [term.id for part in parts if (term := facet.find(part)) is not None]
        if len(several) > 1:
            return several
    words = [text, BRACKETED.sub("", text), *re.findall(r"\(([^()]*)\)", text), *text.split()]
    found = [term.id for word in words if (term := facet.find(word.strip("()"))) is not None]
    narrowest = max(found, key=lambda place: len(facet.ancestors(place)), default=None)
    if narrowest is None:
        return []
    # 영국 케임브리지 is not the Cambridge that the vocabulary knows: the wider name holds.
    apart = [place for place in found if not facet.within(narrowest, place)]
    return apart[:1] or [narrowest]


def read_statuses(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    """Read ``NUS:계약; MGH(협의)``; an item without a status, or with a strange one, has none."""
    by_word = {
        form_key(word): code for code, words in column.codes.items() for word in (code, *words)
    }
    reading = Reading(None)
    items: list[Item] = []
    stated = (_with_status(item, by_word) for item in _cut(text, ITEM_BREAKS[:2]))
    for item in (part for parts in stated for part in parts):
        name, status = _name_and_status(item, by_word)
        if ":" in item and status is None:
            reading.unknown.append(item)
        # NUS/NTU:계약 says it of both.
        names = _cut(name, ITEM_BREAKS[2:]) if status is not None else [name]
        items += [Item(each, status) for each in names]
    reading.value = tuple(items) or None
    return reading


def _cut(text: str, breaks: tuple[str, ...]) -> list[str]:
    return list(split_items(text, lambda part: False, breaks))


def _with_status(item: str, by_word: Mapping[str, str]) -> list[str]:
    """Cut ``NUS:계약/MGH:협의`` in two, and leave ``MGH/BWH:협의`` whole."""
    parts = _cut(item, ITEM_BREAKS[2:])
    return parts if all(_name_and_status(part, by_word)[1] for part in parts) else [item]


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
    names = _cut(text, ITEM_BREAKS[:3])
    return Reading(tuple(dict.fromkeys(names)) or None)
