"""Cells that hold places, and things with a name and a status."""

from __future__ import annotations

import re
from collections.abc import Mapping

from matcher.catalogue.vocabulary import Facet, Field, Vocabulary, form_key
from matcher.intake.cells import BRACKETED, DATED, ITEM_BREAKS, PENDING, Reading, split_items
from matcher.intake.named_places import named_places
from matcher.quantities import Empty, Item

_ENTITY = re.compile(
    r"(?<!미)(?:설립|등록|개설)"
    r"(?!\s*(?:을|를)?\s*(?:준비|예정|추진|검토|계획|중|신청|전|진행|협의|논의))"
    r"|운영\s*중|설립\s*완료|registered|established|incorporated"
)
"""Words beside a place that say that an entity is there, whatever else is still to come."""

_NO_ENTITY = re.compile(
    rf"{PENDING.pattern}|없|미설립|미보유|폐업|청산|협의|논의|\(\s*진행\s*중?\s*\)"
    r"|(?:설립|등록|개설|법인)\s*(?:을|를)?\s*(?:절차\s*)?(?:진행|중(?![가-힣])|전(?![가-힣]))"
)
_NO = {"x", "×", "✕", "✗", "무", "미보유", "없음", "미신청", "미설립", "미진행", "미체결", "미확보"}
_YES = {"o", "○", "〇", "◯", "유", "있음"}
"""Words of a whole cell that answer yes and leave open what: they name no place and no thing."""

_OR = re.compile(r"\s*[>→]\s*|\s*(?:및|또는)\s+|\s+(?:혹은|아니면|그리고)\s+|\s+(?:or|and)\s+")
_AND = re.compile(r"(이나|이랑|하고|과|와|나|랑|\s*[&+])(\s*)")
_LEFT_OUT_INSIDE = re.compile(r"\([^()]*[^()\s]\s*제외[^()]*\)")
_OFFICE = re.compile(r"\([^()]*(?:사무실|사무소|입주)[^()]*\)")
_TRAILING = ("joint_research", "irb")
"""Fields where a status may stand behind a name without a mark between them."""

_SHORT_OF = re.compile(
    rf"\b(?:MOU|LOI|NDA|CDA|MTA)\b|양해각서|의향서|{PENDING.pattern}", re.IGNORECASE
)
_WITH = re.compile(r"(?:와|(?<![내외안치선신아부인])(?<!(?<!대)학)과)의?$")
"""With, behind a name; 내과, 방사선과 and 의학과 are names."""

_KIND_OF_WORK = re.compile(r"(?:[와과]의?)?[\s\-]+(?:공동\s*연구|IRB)$", re.IGNORECASE)
"""What is done with an institution, between its name and a status: ``NUS와 공동연구 진행중``."""


def read_places(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    """Read places in the order of the cell, each as narrowly as it is named."""
    return _read_places(text, vocabulary.facets["place"], skip_pending=False)


def read_entities(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    """Read places where a legal entity exists; one in preparation is not yet an entity."""
    answer = _yes_or_no(text)
    if answer is not None:
        return answer
    if column.id == "local_entities":
        text = _OFFICE.sub(_unless_of_an_entity, text)
    reading = _read_places(text, vocabulary.facets["place"], skip_pending=True)
    return Reading(reading.value or Empty.NONE, reading.unknown)


def _unless_of_an_entity(office: re.Match[str]) -> str:
    """Return brackets about an office where they tell of an entity as well, else nothing."""
    return office[0] if _ENTITY.search(office[0]) or _NO_ENTITY.search(office[0]) else ""


def _yes_or_no(text: str) -> Reading | None:
    """Return what a cell means that only answers yes or no, or None for any other cell."""
    if form_key(text) in _YES:
        return Reading(None, [text])
    no = form_key(text) in _NO or form_key(BRACKETED.sub("", text)) in _NO
    return Reading(Empty.NONE) if no else None


def _read_places(text: str, facet: Facet, *, skip_pending: bool) -> Reading:
    reading = Reading(None)
    found: list[str] = []
    text = _part_places(_LEFT_OUT_INSIDE.sub("", _OR.sub(";", text)), facet)
    for item in split_items(text, facet):
        if skip_pending and _NO_ENTITY.search(item) and not _ENTITY.search(item):
            continue
        _, left_out, rest = item.rpartition("제외")
        named = named_places(rest, facet)
        places = [place for _, place in named]
        if skip_pending and len(places) > 1 and _NO_ENTITY.search(rest):
            # 미국 법인 설립 싱가포르 예정: what is said behind a place is said of it.
            ends = [at for at, _ in named[1:]] + [len(rest)]
            said = (rest[at:end] for (at, _), end in zip(named, ends, strict=True))
            places = [
                place for place, word in zip(places, said, strict=True) if _ENTITY.search(word)
            ]
        if left_out and not places:
            continue
        if not places:
            reading.unknown.append(item)
        found += places or [item]
    reading.value = tuple(dict.fromkeys(found)) or None
    return reading


def _part_places(text: str, facet: Facet) -> str:
    """Return a text with a break for each 과 or & behind a place: ``미국과 싱가포르``.

    Names hold such letters too, so a known place must stand before, and a blank or another known
    place after.
    """

    def part(match: re.Match[str]) -> str:
        before = text[max(0, match.start() - 40) : match.start()].rstrip(")")
        left = re.split(r"[\s,;/·(]", before)[-1]
        right = re.split(r"[\s,;/·()]", text[match.end() : match.end() + 40])[0]
        apart = match[2] or match[1].strip() in "&+" or facet.find(right)
        return ";" if apart and facet.find(left) is not None else match[0]

    return _AND.sub(part, text)


def read_statuses(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    """Read ``NUS:계약; MGH(협의)``; an item without a status, or with a strange one, has none."""
    answer = _yes_or_no(text)
    if answer is not None:
        return answer
    by_word = {
        form_key(word): code for code, words in column.codes.items() for word in (code, *words)
    }
    trailing = column.id in _TRAILING
    reading = Reading(None)
    items: list[Item] = []
    stated = (_with_status(item, by_word, trailing) for item in _cut(text, ITEM_BREAKS[:2]))
    for item in (part for parts in stated for part in parts):
        name, status = _name_and_status(item, by_word, trailing)
        if trailing and status is not None:
            name = _KIND_OF_WORK.sub("", name)
        if status is None and (":" in item or name != item):
            reading.unknown.append(item)
        # NUS/NTU:계약 says it of both.
        names = _cut(name, ITEM_BREAKS[2:]) if status is not None else [name]
        items += [Item(each, status) for each in names]
    reading.value = tuple(items) or None
    return reading


def _cut(text: str, breaks: tuple[str, ...]) -> list[str]:
    return list(split_items(text, breaks=breaks))


def _with_status(item: str, by_word: Mapping[str, str], trailing: bool) -> list[str]:
    """Cut ``NUS:계약/MGH:협의`` in two, and leave ``MGH/BWH:협의`` whole."""
    parts = _cut(item, ITEM_BREAKS[2:])
    return parts if all(_name_and_status(part, by_word, trailing)[1] for part in parts) else [item]


def _name_and_status(
    item: str, by_word: Mapping[str, str], trailing: bool
) -> tuple[str, str | None]:
    name, colon, word = item.rpartition(":")
    if colon:
        return name.strip(), _status(word, by_word)
    match = re.fullmatch(r"(.+?)\s*\(([^()]*)\)", item)
    if match and (status := _status(match[2], by_word)):
        return match[1], status
    if not trailing:
        return item, None
    if match and _SHORT_OF.search(match[2]):
        return match[1], None
    return _trailing_status(item, by_word)


def _status(word: str, by_word: Mapping[str, str]) -> str | None:
    """Return the code of a word, also where it says of a step that it is done or under way."""
    # 계약(2026.5) is signed; 계약(예정) and 계약(해지) are not.
    for key in (form_key(word), form_key(DATED.sub("", word))):
        bare = re.sub(r"(?:완료|체결)$", "", key)
        status = by_word.get(key) or by_word.get(bare)
        under_way = by_word.get(key.removesuffix("중"))
        # Who is at work on a contract or an approval has none yet.
        status = status or (under_way if under_way in ("in talks", "submitted") else None)
        if status:
            return status
    return None


def _trailing_status(item: str, by_word: Mapping[str, str]) -> tuple[str, str | None]:
    """Read ``NUS와 계약 체결`` and ``NUS-협의``; names without such words stay as they are."""
    bare = BRACKETED.sub("", item).strip()
    for match in re.finditer(r"[\s\-]+", item):
        status = _status(item[match.end() :], by_word)
        if status is None:
            continue
        name = _WITH.sub("", item[: match.start()])
        if not name or _status(name, by_word) or form_key(name) == "irb":
            return item, None
        *before, last = name.split()
        # A contract under way is not signed, and a signed MOU is no contract.
        if before and _SHORT_OF.fullmatch(last):
            return " ".join(before), None
        unsure = _status(last, by_word) and "진행" in bare
        return (item, None) if unsure else (name, status)
    return item, None


def read_names(text: str, column: Field, vocabulary: Vocabulary) -> Reading:
    """Read names as they stand."""
    answer = _yes_or_no(text)
    if answer is not None:
        return answer
    names = _cut(text, ITEM_BREAKS[:3])
    return Reading(tuple(dict.fromkeys(names)) or None)
