"""Whether one value meets one comparison: met (1), not met (−1) or unknown (0).

Not stated and undecided are unknown; known to be none is compared as zero or as an empty
list. A converted amount within 10% of its limit is unknown, since rates move.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

from matcher.catalogue import Catalogue
from matcher.catalogue.conditions import Comparison
from matcher.catalogue.vocabulary import form_key
from matcher.intake.privacy import MASK
from matcher.quantities import Empty, Item, Money, Range, Value

MET, UNKNOWN, NOT_MET = 1, 0, -1
CONVERSION_BAND = 0.10
"""Share of a limit within which a converted amount leaves a money rule unknown."""

_OPEN = re.compile(r"교섭|협의|섭외|검토|예정|미정|논의|추진|준비|in talks|pending")
"""Words beside a name that leave open whether it holds."""

_DENIED = re.compile(r"거절|거부|없음|미확보|불가|해지|종료|declined|refused|terminated")
"""Words beside a name that deny that it holds."""

_PERSON = re.compile(rf"[\s:–-]*(?:{re.escape(MASK)}|\b(?:Dr|Prof)\b).*$")
"""A person, masked on reading, behind the institution that a list names."""

_ORDER: dict[str, Callable[[float, float], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "below": operator.lt,
}


def compare(value: Value, comparison: Comparison, catalogue: Catalogue, as_of: str = "") -> int:
    """Return how a value of the tenant list stands to a comparison.

    Parameters
    ----------
    value : Value
        What the cell means.
    comparison : Comparison
        With what it is compared.
    catalogue : Catalogue
        Places, institutions, terms and rates.
    as_of : str, optional
        Day from which ages count, as ``YYYY-MM-DD``; only ``younger_than`` needs it.
    """
    if value is None or value is Empty.UNDECIDED:
        return NOT_MET if comparison.blank == "not_met" else UNKNOWN
    if comparison.op in _ORDER:
        return _compare_number(value, comparison, catalogue)
    if comparison.op == "is":
        return _judge_code(value, comparison, catalogue)
    if comparison.op == "has":
        return _judge_terms(value, comparison, catalogue)
    if comparison.op == "younger_than":
        return _judge_age(value, comparison, as_of)
    if value is Empty.NONE or not isinstance(value, tuple):
        return NOT_MET
    judge = _JUDGES[comparison.op]
    parts = (part for part in value if isinstance(part, str | Item))
    return max((judge(part, comparison, catalogue) for part in parts), default=NOT_MET)


def converted(value: Money, comparison: Comparison, catalogue: Catalogue) -> Money:
    """Return an amount in the currency of the comparison's limit."""
    currency = comparison.currency or value.currency
    low, high = (
        catalogue.rates.convert(end, value.currency, currency) for end in (value.low, value.high)
    )
    return Money(low, high, currency)


def near_limit(amount: float, comparison: Comparison) -> bool:
    """Return whether a converted amount is so near the limit that rates may decide."""
    limit = comparison.value
    assert isinstance(limit, int | float)
    return round(abs(amount - limit) - CONVERSION_BAND * limit, 6) <= 0


def _compare_number(value: Value, comparison: Comparison, catalogue: Catalogue) -> int:
    limit = comparison.value
    assert isinstance(limit, int | float)
    meets = _ORDER[comparison.op]
    match value:
        case Empty.NONE:
            return _agree(meets(0.0, limit))
        case Range(low, high):
            return _agree(meets(low, limit), meets(high, limit))
        case Money():
            same = comparison.currency in (None, value.currency)
            amount = converted(value, comparison, catalogue)
            ends = [
                UNKNOWN if not same and near_limit(end, comparison) else _agree(meets(end, limit))
                for end in (amount.low, amount.high)
            ]
            return ends[0] if ends[0] == ends[1] else UNKNOWN
        case int() | float():
            return _agree(meets(value, limit))
        case _:
            return UNKNOWN


def _agree(*answers: bool) -> int:
    if all(answers):
        return MET
    return UNKNOWN if any(answers) else NOT_MET


def _judge_code(value: Value, comparison: Comparison, catalogue: Catalogue) -> int:
    """Return 1 for one of the codes, −1 for another; a word that is no code leaves it open."""
    wanted = comparison.value if isinstance(comparison.value, tuple) else (comparison.value,)
    if value in wanted:
        return MET
    field = catalogue.vocabulary.fields[comparison.field]
    known = catalogue.vocabulary.facets[field.facet].terms if field.facet else field.codes
    strange = isinstance(value, str) and value not in known
    return UNKNOWN if strange and comparison.blank != "not_met" else NOT_MET


def _judge_place(part: str | Item, comparison: Comparison, catalogue: Catalogue) -> int:
    places = catalogue.vocabulary.facets["place"]
    name = part.name if isinstance(part, Item) else part
    if name not in places.terms:
        return UNKNOWN
    return _place_verdict(name, comparison, catalogue)


def _place_verdict(place: str, comparison: Comparison, catalogue: Catalogue) -> int:
    """Return 1 for a narrower place, 0 for a wider or an unsettled one, −1 for any other."""
    places = catalogue.vocabulary.facets["place"]
    if comparison.place and places.within(place, comparison.place):
        return MET
    for open_place in filter(None, (comparison.place, comparison.unsettled)):
        if places.within(open_place, place):
            return UNKNOWN
    if comparison.unsettled and places.within(place, comparison.unsettled):
        return UNKNOWN
    return NOT_MET


def _judge_name(part: str | Item, comparison: Comparison, catalogue: Catalogue) -> int:
    """Return whether an item is at the right institution or place and has the right status."""
    item = part if isinstance(part, Item) else Item(part, None)
    where = _where(item.name, comparison, catalogue)
    if comparison.status is None:
        if _DENIED.search(item.name):
            return NOT_MET
        return min(where, UNKNOWN) if _OPEN.search(item.name) else where
    return min(where, _status_verdict(item, comparison))


def _status_verdict(item: Item, comparison: Comparison) -> int:
    if comparison.status is None:
        return MET
    if item.status is None:
        return UNKNOWN
    return MET if item.status == comparison.status else NOT_MET


def _judge_scheme(part: str | Item, comparison: Comparison, catalogue: Catalogue) -> int:
    """Return whether an item is one of the schemes and has the right status."""
    item = part if isinstance(part, Item) else Item(part, None)
    if _OPEN.fullmatch(item.name):  # a list that says of itself that there may be more
        return UNKNOWN
    wanted = map(form_key, comparison.schemes)
    if comparison.schemes and form_key(item.name) not in wanted:
        return NOT_MET
    return _status_verdict(item, comparison)


def _judge_terms(value: Value, comparison: Comparison, catalogue: Catalogue) -> int:
    """Return 1 for a term below one of those wanted, 0 for one above or an unknown word."""
    if value is Empty.NONE:
        return NOT_MET
    facet = catalogue.vocabulary.facets[
        catalogue.vocabulary.fields[comparison.field].facet or comparison.field
    ]
    wanted = comparison.value if isinstance(comparison.value, tuple) else ()
    terms = value if isinstance(value, tuple) else (value,)
    known = [term for term in terms if isinstance(term, str) and term in facet.terms]
    if any(facet.within(term, each) for term in known for each in wanted):
        return MET
    wider = any(facet.within(each, term) for term in known for each in wanted)
    return UNKNOWN if wider or len(known) < len(terms) else NOT_MET


def _judge_age(value: Value, comparison: Comparison, as_of: str) -> int:
    """Return whether a date, in the precision stated, lies less than so many years back."""
    years = comparison.value
    if not isinstance(value, str) or not isinstance(years, int | float) or not as_of:
        return UNKNOWN if isinstance(value, str) else NOT_MET
    first, last = (f"{value}{ending[len(value) - 4 :]}" for ending in ("-01-01", "-12-31"))
    limits = (f"{int(day[:4]) + int(years):04d}{day[4:]}" for day in (first, last))
    return _agree(*(as_of < limit for limit in limits))


def _where(name: str, comparison: Comparison, catalogue: Catalogue) -> int:
    institutions = catalogue.institutions
    institution = institutions.find(name) or institutions.find(_PERSON.sub("", name))
    if institution is not None:
        if any(institutions.belongs(institution.id, group) for group in comparison.institutions):
            return MET
        if comparison.institutions:
            return NOT_MET
        return _place_verdict(institution.place, comparison, catalogue)
    place = institutions.find_place(name)
    if place is None:
        return UNKNOWN
    return _place_verdict(place, comparison, catalogue)


_JUDGES: dict[str, Callable[[str | Item, Comparison, Catalogue], int]] = {
    "within": _judge_place,
    "names": _judge_name,
    "holds": _judge_scheme,
}
