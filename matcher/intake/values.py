"""What a cell means: one reader per kind of field.

A reader takes the text of a cell and returns a value, or raises `BadValueError`. Words that
the vocabulary does not know are kept as text and noted, never lost.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from matcher.catalogue.vocabulary import Facet, Field, Term, Vocabulary, fold, form_key
from matcher.quantities import Empty, Item, Money, Range, Value

_NOT_STATED = {"", "-", "--", "–", "—", "미기재", "미입력", "무응답"}
_NONE = {"없음", "해당없음", "해당사항없음", "none", "n/a", "na", "not applicable"}
_UNDECIDED = {"미정", "검토중", "미확정", "미결정", "추후결정", "추후", "undecided", "tbd"}
_EMPTY = {
    **dict.fromkeys(map(form_key, _NONE), Empty.NONE),
    **dict.fromkeys(map(form_key, _UNDECIDED), Empty.UNDECIDED),
}
_BRACKETS = re.compile(r"\([^()]*\)")
_PENDING = re.compile(r"준비|예정|계획|신청|목표|추진|검토|planned|preparing|in preparation|ready")
_RANGE = re.compile(r"\s*(?:~|∼|〜|–|—|-|to)\s*")
_ITEM_BREAKS = (r"[;\n]", r"[,、]", r"/", r"·")
_MARKS = re.compile(r"^(?:[\s\-•●○■☑✓①-⑳]|\d{1,2}[.)](?!\d))+")


class BadValueError(ValueError):
    """A cell cannot mean what its column asks for."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


@dataclass(slots=True)
class Reading:
    """What a cell means, and the words in it that the vocabulary does not know."""

    value: Value
    unknown: list[str] = field(default_factory=list)


def read_cell(
    text: str, column: Field, vocabulary: Vocabulary, unit: str | None = None
) -> Reading:
    """Return what the text of a cell means in a column.

    Parameters
    ----------
    text : str
        The cell as it stands.
    column : Field
        Which field the column holds.
    vocabulary : Vocabulary
        For terms, statuses and places.
    unit : str, optional
        Unit that the header states for money; the unit of the cell goes before it.

    Raises
    ------
    BadValueError
        When the cell cannot mean what its column asks for.
    """
    text = fold(text).strip()
    if text in _NOT_STATED:
        return Reading(None)
    empty = _read_empty(text)
    if empty is not None:
        return Reading(empty)
    return _READERS[column.kind](text, column, vocabulary, unit)


def _read_empty(text: str) -> Empty | None:
    outside = _BRACKETS.sub("", text)
    return _EMPTY.get(form_key(text)) or _EMPTY.get(form_key(outside))


# --- plain values -------------------------------------------------------------------------


def _text(text: str, column: Field, vocabulary: Vocabulary, unit: str | None) -> Reading:
    return Reading(text)


_DATE = re.compile(
    r"^'?(?P<year>\d{4}|\d{2})\s*[년.\-/]?\s*"
    r"(?:(?P<month>\d{1,2})\s*[월.\-/]?\s*(?:(?P<day>\d{1,2})\s*[일.]?)?)?\.?$"
)


def _date(text: str, column: Field, vocabulary: Vocabulary, unit: str | None) -> Reading:
    """Read a date in the precision in which it is stated; two-digit years are of this century."""
    hint = "write YYYY-MM-DD, YYYY-MM or YYYY"
    compact = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    match = _DATE.match("-".join(compact.groups()) if compact else text.removesuffix(" 00:00:00"))
    if match is None:
        raise BadValueError(f"{text!r} is not a date", hint)
    year, month, day = (int(part) if part else None for part in match.group("year", "month", "day"))
    assert year is not None
    year += 2000 if year < 100 else 0
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise BadValueError(f"{text!r} is not a date of the calendar", hint) from None
    if not 1900 <= year <= 2100:
        raise BadValueError(f"{text!r} is not a date of our time", hint)
    parts = [f"{year:04d}"] + [f"{part:02d}" for part in (month, day) if part]
    return Reading("-".join(parts))


def _trl(text: str, column: Field, vocabulary: Vocabulary, unit: str | None) -> Reading:
    bare = re.sub(r"(?i)trl|단계|\s", "", text)
    low, _, high = _RANGE.sub("~", bare).partition("~")
    if not (low.isdigit() and (high or low).isdigit()):
        raise BadValueError(f"{text!r} is not a TRL", "write 1 to 9, or a range such as 4~5")
    ends = Range(int(low), int(high or low))
    if not 1 <= ends.low <= ends.high <= 9:
        raise BadValueError(f"TRL {text!r} is outside 1 to 9", "write 1 to 9, or a range such as 4~5")
    return Reading(int(ends.low) if ends.low == ends.high else ends)


def _device_class(text: str, column: Field, vocabulary: Vocabulary, unit: str | None) -> Reading:
    bare = re.sub(r"등급|급|(?i:class)|\s", "", text)
    if bare not in {"1", "2", "3", "4"}:
        raise BadValueError(f"{text!r} is not a device class", "write 1 to 4 (Korean scale)")
    return Reading(int(bare))


def _count(text: str, column: Field, vocabulary: Vocabulary, unit: str | None) -> Reading:
    match = re.fullmatch(r"(?:약\s*)?([\d,]+)(?:\.0+)?\s*(?:명|인|여명)?(?:\s*내외)?", text)
    if match is None:
        raise BadValueError(f"{text!r} is not a whole number", "write digits, such as 14 or 14명")
    return Reading(int(match[1].replace(",", "")))


def _choice(text: str, column: Field, vocabulary: Vocabulary, unit: str | None) -> Reading:
    wanted = form_key(_BRACKETS.sub("", text))
    for code, words in column.codes.items():
        if wanted in map(form_key, (code, *words)):
            return Reading(code)
    return Reading(None, [text])


# --- money --------------------------------------------------------------------------------

_KRW_UNITS = {
    "조": 1e12,
    "억": 1e8,
    "천만": 1e7,
    "백만": 1e6,
    "십만": 1e5,
    "만": 1e4,
    "천": 1e3,
    "": 1.0,
}
_KRW_PART = re.compile(r"(\d+(?:\.\d+)?)(조|억|천만|백만|십만|만|천|)")
_CURRENCIES = (
    (re.compile(r"(?i)s\$|sgd|싱가포르달러|싱달러"), "SGD"),
    (re.compile(r"(?i)us\$|usd|\$|달러|dollars?"), "USD"),
    (re.compile(r"(?i)krw|₩|원"), "KRW"),
)
_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9}
_MONEY_HINT = "write the unit: 85억원, 1,200백만원, USD 9.5M"


def _money(text: str, column: Field, vocabulary: Vocabulary, unit: str | None) -> Reading:
    """Read an amount with its unit, a range of it, or a bound (이상, 이하)."""
    bare = re.sub(r"[,\s]|약|내외|여원", "", text)
    if not re.search(r"\d", bare) or re.search(r"^-|\(-", bare):
        raise BadValueError(f"{text!r} is not an amount of money", _MONEY_HINT)
    bound = re.search(r"이상|초과|이하|미만", bare)
    bare = re.sub(r"이상|초과|이하|미만", "", bare)
    currency = _currency(bare) or _currency(unit or "")
    number = _number_with_scale if currency in ("USD", "SGD") else _won
    for pattern, _ in _CURRENCIES:
        bare = pattern.sub("", bare)
    ends = _RANGE.split(bare)
    if len(ends) > 2:
        raise BadValueError(f"{text!r} is not an amount of money", _MONEY_HINT)
    scale = re.sub(r"[\d.]", "", ends[-1])
    if len(ends) == 2 and not re.search(r"[^\d.]", ends[0]):
        ends[0] += scale  # "60~80억": the unit belongs to both
    amounts = [number(end, currency, unit) for end in ends]
    if None in amounts:
        raise BadValueError(f"{text!r} has no unit, or one that is not known", _MONEY_HINT)
    low, high = float(amounts[0] or 0), float(amounts[-1] or 0)
    if low > high:
        raise BadValueError(f"{text!r} is a range upside down", _MONEY_HINT)
    if bound and bound[0] in ("이상", "초과"):
        high = math.inf
    elif bound:
        low = 0.0
    return Reading(Money(low, high, currency or "KRW"))


def _currency(text: str) -> str | None:
    return next((code for pattern, code in _CURRENCIES if pattern.search(text)), None)


def _number_with_scale(text: str, currency: str | None, unit: str | None) -> float | None:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(k|mn?|million|bn?|billion|천만|백만|만|천|억|)", text.lower())
    if match is None:
        return None
    scale = _SCALES.get(match[2]) or _KRW_UNITS.get(match[2])
    if not match[2] and unit is not None and _currency(unit) == currency:
        scale = _unit_scale(unit)
    return None if scale is None else _exact(float(match[1]) * scale)


def _won(text: str, currency: str | None, unit: str | None) -> float | None:
    parts = _KRW_PART.findall(text)
    if not parts or "".join(number + scale for number, scale in parts) != text:
        return None
    if all(not scale for _, scale in parts):
        if currency is None:
            return None
        scale = _unit_scale(unit) if unit is not None and len(parts) == 1 else 1.0
        return _exact(float(parts[0][0]) * scale)
    return _exact(sum(float(number) * _KRW_UNITS[scale] for number, scale in parts))


def _unit_scale(unit: str) -> float:
    bare = re.sub(r"[\s,]|단위|:", "", fold(unit)).lower()
    for pattern, _ in _CURRENCIES:
        bare = pattern.sub("", bare)
    return _KRW_UNITS.get(bare) or _SCALES.get(bare) or 1.0


def _exact(amount: float) -> float:
    return round(amount, 2)  # 1.2 x 10^8 is not a whole number in binary


# --- terms --------------------------------------------------------------------------------


def _term(text: str, column: Field, vocabulary: Vocabulary, unit: str | None) -> Reading:
    facet = vocabulary.facets[column.facet or ""]
    term = facet.find(text) or facet.find(_BRACKETS.sub("", text)) or _term_in_prose(text, facet)
    return Reading(term.id) if term else Reading(text, [text])


def _term_in_prose(text: str, facet: Facet) -> Term | None:
    """Return the furthest term on a scale that the text says is reached, never one to come.

    ``IND 승인(1상 준비중)`` is ``ind``. Where only a step to come is named (``2상 준비중``), it is
    the step before.
    """
    if facet.nearness is None:
        return None
    reached: list[Term] = []
    to_come: list[Term] = []
    for part in re.split(r"[(),;/\n]|→|->", text):
        term, rest = _longest_form(part, facet)
        if term is not None:
            (to_come if _PENDING.search(rest) else reached).append(term)
    if reached:
        return max(reached, key=lambda term: term.scale or ("", 0.0))
    return _before(min(to_come, key=lambda term: term.scale or ("", 0.0)), facet) if to_come else None


def _longest_form(text: str, facet: Facet) -> tuple[Term | None, str]:
    key = form_key(text)
    best: tuple[int, Term | None, str] = (1, None, key)
    for term in facet:
        for form in term.forms:
            form = form_key(form)
            if len(form) > best[0] and form in key:
                best = (len(form), term, key.replace(form, "", 1))
    return best[1], best[2]


def _before(term: Term, facet: Facet) -> Term | None:
    """Return the step before one to come; before phase 1 that is the nonclinical stage.

    A trial that is being prepared may not be approved yet, so its approval is not assumed.
    """
    track, at = term.scale or ("", 0.0)
    steps = [other for other in facet if other.scale and other.scale[0] == track]
    below = [step for step in steps if step.scale and step.scale[1] < at and step.id != "ind"]
    return max(below, key=lambda step: step.scale or ("", 0.0)) if below else None


def _terms(text: str, column: Field, vocabulary: Vocabulary, unit: str | None) -> Reading:
    facet = vocabulary.facets[column.facet or ""]
    reading = Reading(())
    found: list[str] = []
    for item in _items(text, lambda part: facet.find(part) is not None):
        term = facet.find(item) or facet.find(_BRACKETS.sub("", item)) or _head(item, facet)
        if term is None:
            reading.unknown.append(item)
        found.append(term.id if term else item)
    reading.value = tuple(dict.fromkeys(found)) or None
    return reading


def _head(text: str, facet: Facet) -> Term | None:
    """Return the term that a longer name ends in: 중증 고중성지방혈증 is a 고중성지방혈증.

    Korean names put what they name last. One- and two-letter forms are left to whole matches.
    """
    key = form_key(_BRACKETS.sub("", text))
    endings = (facet.find(key[at:]) for at in range(1, len(key) - 2))
    return next((term for term in endings if term is not None), None)


def _items(
    text: str, known: Callable[[str], bool], breaks: tuple[str, ...] = _ITEM_BREAKS
) -> Iterable[str]:
    """Yield the values of a cell of several, splitting no further than is needed to know them."""
    bare = _MARKS.sub("", text).strip()
    if not bare:
        return
    if known(bare) or not breaks:
        yield bare
        return
    for part in _split_outside_brackets(bare, breaks[0]):
        yield from _items(part, known, breaks[1:])


def _split_outside_brackets(text: str, pattern: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth <= 0 and re.match(pattern, letter):
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]


# --- places and named things --------------------------------------------------------------


def _places(text: str, column: Field, vocabulary: Vocabulary, unit: str | None) -> Reading:
    return _read_places(text, vocabulary.facets["place"], skip_pending=False)


def _entities(text: str, column: Field, vocabulary: Vocabulary, unit: str | None) -> Reading:
    """Read places where a legal entity exists; one in preparation is not yet an entity."""
    reading = _read_places(text, vocabulary.facets["place"], skip_pending=True)
    return Reading(reading.value or Empty.NONE, reading.unknown)


def _read_places(text: str, facet: Facet, *, skip_pending: bool) -> Reading:
    reading = Reading(None)
    found: list[str] = []
    text = re.sub(r"\s*(?:>|→|및|또는|or|and)\s+|>", ";", text)
    for item in _items(text, lambda part: facet.find(part) is not None):
        if skip_pending and _PENDING.search(item):
            continue
        place = _narrowest_place(item, facet)
        if place is None:
            reading.unknown.append(item)
        found.append(place or item)
    reading.value = tuple(dict.fromkeys(found)) or None
    return reading


def _narrowest_place(text: str, facet: Facet) -> str | None:
    """Return the narrowest place that a text such as ``미국(보스턴)`` names."""
    words = [text, _BRACKETS.sub("", text), *re.findall(r"\(([^()]*)\)", text), *text.split()]
    found = [term.id for word in words if (term := facet.find(word.strip("()"))) is not None]
    return max(found, key=lambda place: len(facet.ancestors(place)), default=None)


def _statuses(text: str, column: Field, vocabulary: Vocabulary, unit: str | None) -> Reading:
    """Read ``NUS:계약; MGH(협의)``; an item without a status, or with a strange one, has none."""
    by_word = {
        form_key(word): code
        for code, words in column.codes.items()
        for word in (code, *words)
    }
    reading = Reading(None)
    items: list[Item] = []
    for item in _items(text, lambda part: False, _ITEM_BREAKS[:2]):
        name, status = _name_and_status(item, by_word)
        if ":" in item and status is None:
            reading.unknown.append(item)
        items.append(Item(name, status))
    reading.value = tuple(items) or None
    return reading


def _name_and_status(item: str, by_word: Mapping[str, str]) -> tuple[str, str | None]:
    name, colon, word = item.rpartition(":")
    if colon:
        status = by_word.get(form_key(word)) or by_word.get(form_key(_BRACKETS.sub("", word)))
        return name.strip(), status
    match = re.fullmatch(r"(.+?)\s*\(([^()]*)\)", item)
    if match and form_key(match[2]) in by_word:
        return match[1], by_word[form_key(match[2])]
    return item, None


def _names(text: str, column: Field, vocabulary: Vocabulary, unit: str | None) -> Reading:
    names = _items(text, lambda part: False, _ITEM_BREAKS[:3])
    return Reading(tuple(dict.fromkeys(names)) or None)


_READERS: Mapping[str, Callable[[str, Field, Vocabulary, str | None], Reading]] = {
    "text": _text,
    "id": _text,
    "date": _date,
    "trl": _trl,
    "class": _device_class,
    "count": _count,
    "choice": _choice,
    "money": _money,
    "term": _term,
    "terms": _terms,
    "places": _places,
    "entities": _entities,
    "statuses": _statuses,
    "names": _names,
}
