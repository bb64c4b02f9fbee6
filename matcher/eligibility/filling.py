"""What a comparison asks of a remedy: the words that fill the blanks of its templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    serving: ServingOffers,
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
    serving : ServingOffers
        Who can help.
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
            for more in _items(remedy, comparison, offer, serving):
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
    remedy: Remedy,
    comparison: Comparison,
    offer: Offer,
    serving: ServingOffers,
) -> Iterator[Mapping[str, str]]:
    """Yield whom or what an item of the cell can name."""
    asked = blanks(remedy.sets[remedy.field])
    if "scheme" in asked:
        yield from ({"scheme": scheme} for scheme in comparison.schemes)
    elif "partner" in asked and not comparison.schemes:
        where = next(iter(comparison.institutions), comparison.place or "")
        partners = _partners(remedy, comparison, offer, serving)
        # Where help is asked for, only who can give it is named; elsewhere whom the rule names.
        for name in partners if remedy.needs else filter(None, [where]):
            yield {"partner": name, "place": where or offer.partner_id}


def _partners(
    remedy: Remedy, comparison: Comparison, offer: Offer, serving: ServingOffers
) -> Sequence[str]:
    """Return the partners that meet a comparison when the cell names them, by id.

    Where it is all the same who is named, the partner whose offer it is comes alone.
    """
    found = serving.named(remedy, comparison)
    anyone = not (comparison.institutions or comparison.place)
    return [offer.partner_id] if anyone and offer.partner_id in found else found


class ServingOffers:
    """Who can help with a remedy, and by which offers; each is looked up once.

    Parameters
    ----------
    catalogue : Catalogue
        Partners and places.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._known: dict[str, dict[str, tuple[Offer, ...]]] = {}
        self._named: dict[tuple[str, Comparison], list[str]] = {}

    def by_partner(self, remedy: Remedy) -> Mapping[str, tuple[Offer, ...]]:
        """Return the active offers that can serve a remedy, by partner, both in order of id."""
        if remedy.id not in self._known:
            found = {
                partner.id: offers
                for partner in self._catalogue.ranked_partners
                if (not remedy.kinds or partner.kind in remedy.kinds)
                and (offers := tuple(self._serving(remedy, partner.offers)))
            }
            self._known[remedy.id] = found
        return self._known[remedy.id]

    def named(self, remedy: Remedy, comparison: Comparison) -> Sequence[str]:
        """Return the partners that can serve a remedy and meet a comparison when named, by id."""
        key = (remedy.id, comparison)
        if key not in self._named:
            self._named[key] = [
                partner
                for partner in self.by_partner(remedy)
                if compare((Item(partner, comparison.status),), comparison, self._catalogue) == MET
            ]
        return self._named[key]

    def _serving(self, remedy: Remedy, offers: Iterable[Offer]) -> Iterator[Offer]:
        for offer in offers:
            served = (*offer.terms["need"], *offer.also)
            if (
                offer.active
                and any(need in served for need in remedy.needs)
                and _lies_in(remedy, offer.terms["place"], self._catalogue)
            ):
                yield offer


def _with_status(name: str, comparison: Comparison) -> str:
    return f"{name}:{comparison.status}" if comparison.status else name
