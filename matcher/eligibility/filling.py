"""What a comparison asks of a remedy: the words that fill the blanks of its templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from matcher.catalogue import Catalogue, Offer
from matcher.catalogue.conditions import Comparison
from matcher.catalogue.remedies import Remedy, blanks
from matcher.eligibility.comparing import MET, compare
from matcher.quantities import Item

_UPWARD = {"at_least": 1, "at_most": -1, "below": -1}
"""Which way a number goes to meet a limit."""


def fillings(
    remedy: Remedy,
    comparison: Comparison,
    wish: int,
    offer: Offer,
    catalogue: Catalogue,
    as_of: str,
) -> Iterator[dict[str, str]]:
    """Yield the ways in which a remedy can answer a comparison, as words by blank.

    Parameters
    ----------
    remedy : Remedy
        One that sets the field of the comparison.
    comparison : Comparison
        What is asked.
    wish : int
        1 where the comparison should be met, −1 where it should not.
    offer : Offer
        Whose rule it is: its own partner is the first to be named where any will do.
    catalogue : Catalogue
        Places, codes, partners.
    as_of : str
        Day of the run.
    """
    filled: dict[str, str] = {"as_of": as_of, "status": comparison.status or ""}
    if comparison.field != remedy.field:  # what comes with a new thing at the remedy's place
        if remedy.places:
            yield {**filled, "place": remedy.places[0]}
        return
    match comparison.op:
        case "at_least" | "at_most" | "below":
            if remedy.moves in (None, "up" if _UPWARD[comparison.op] * wish > 0 else "down"):
                yield {**filled, "value": limit_cell(comparison, wish)}
        case "is":
            for code in _codes(remedy, comparison, wish, catalogue):
                yield {**filled, "value": code}
        case "has" if wish > 0 and isinstance(comparison.value, tuple):
            for term in comparison.value:
                yield {**filled, "value": term}
        case "within" if wish > 0 and comparison.place:
            if _lies_in(remedy, (comparison.place,), catalogue):
                yield {**filled, "place": comparison.place}
        case "names" | "holds" if wish > 0:
            for more in _items(remedy, comparison, offer, catalogue):
                yield {**filled, **more}


def confirmation(comparison: Comparison, wish: int, catalogue: Catalogue, as_of: str) -> str | None:
    """Return a cell that states a fact as a comparison wants it; None where none can be told."""
    if comparison.op in _UPWARD:
        return limit_cell(comparison, wish)
    if comparison.op == "is" and isinstance(comparison.value, tuple):
        if wish > 0:
            return comparison.value[0]
        return next(iter(_others(comparison, catalogue)), None)
    if wish < 0:
        return None
    match comparison.op:
        case "has" if isinstance(comparison.value, tuple):
            return comparison.value[0]
        case "within":
            return comparison.place
        case "names":
            name = next(iter(comparison.institutions), comparison.place)
            return name and _with_status(name, comparison)
        case "holds" if comparison.schemes:
            return _with_status(comparison.schemes[0], comparison)
        case "younger_than":
            return as_of
    return None


def limit_cell(comparison: Comparison, wish: int) -> str:
    """Return the number nearest to a limit that lies on the wanted side, as a cell."""
    limit = comparison.value
    assert isinstance(limit, int | float)
    strict = (comparison.op == "below") == (wish > 0)  # the limit itself does not do
    number = limit + _UPWARD[comparison.op] * wish if strict else limit
    shown = f"{number:,.0f}" if float(number).is_integer() else f"{number:g}"
    return f"{comparison.currency} {shown}" if comparison.currency else shown.replace(",", "")


def _codes(
    remedy: Remedy, comparison: Comparison, wish: int, catalogue: Catalogue
) -> Iterator[str]:
    """Yield the codes that a remedy leads to, those on a scale from its lower end."""
    assert isinstance(comparison.value, tuple)
    if wish > 0:
        wanted = [code for code in comparison.value if not remedy.to or code in remedy.to]
    else:
        wanted = [code for code in remedy.to if code not in comparison.value]
    facet = catalogue.vocabulary.fields[comparison.field].facet
    if remedy.moves and facet:
        terms = catalogue.vocabulary.facets[facet].terms
        wanted = [code for code in wanted if terms[code].scale]
        wanted.sort(key=lambda code: terms[code].scale or ("", 0.0), reverse=remedy.moves == "down")
    yield from wanted


def _others(comparison: Comparison, catalogue: Catalogue) -> Iterator[str]:
    field = catalogue.vocabulary.fields[comparison.field]
    known = catalogue.vocabulary.facets[field.facet].terms if field.facet else field.codes
    assert isinstance(comparison.value, tuple)
    yield from (code for code in known if code not in comparison.value)


def _lies_in(remedy: Remedy, places: Iterable[str], catalogue: Catalogue) -> bool:
    """Return whether one of the places is where a remedy works."""
    facet = catalogue.vocabulary.facets["place"]
    return not remedy.places or any(
        facet.within(place, around) for place in places for around in remedy.places
    )


def _items(
    remedy: Remedy, comparison: Comparison, offer: Offer, catalogue: Catalogue
) -> Iterator[Mapping[str, str]]:
    """Yield whom or what an item of the cell can name."""
    asked = blanks(remedy.sets[remedy.field])
    if "scheme" in asked:
        yield from ({"scheme": scheme} for scheme in comparison.schemes)
    elif "partner" in asked and not comparison.schemes:
        where = next(iter(comparison.institutions), comparison.place or "")
        partners = _partners(remedy, comparison, offer, catalogue)
        for name in partners or [where]:
            if name:
                yield {"partner": name, "place": where or offer.partner_id}


def _partners(
    remedy: Remedy, comparison: Comparison, offer: Offer, catalogue: Catalogue
) -> list[str]:
    """Return the partners that meet a comparison when the cell names them, by id.

    Where it is all the same who is named, the partner whose offer it is comes alone.
    """
    found = [
        partner.id
        for partner in catalogue.ranked_partners
        if serving_offers(remedy, partner.id, catalogue)
        and compare((Item(partner.id, comparison.status),), comparison, catalogue) == MET
    ]
    anyone = not (comparison.institutions or comparison.place)
    return [offer.partner_id] if anyone and offer.partner_id in found else found


def serving_offers(remedy: Remedy, partner_id: str, catalogue: Catalogue) -> tuple[Offer, ...]:
    """Return the active offers of a partner that can serve a step, in order of id."""
    partner = catalogue.partner(partner_id)
    if remedy.kinds and partner.kind not in remedy.kinds:
        return ()
    return tuple(
        offer
        for offer in partner.offers
        if offer.active
        and any(need in (*offer.terms["need"], *offer.also) for need in remedy.needs)
        and _lies_in(remedy, offer.terms["place"], catalogue)
    )


def _with_status(name: str, comparison: Comparison) -> str:
    return f"{name}:{comparison.status}" if comparison.status else name
