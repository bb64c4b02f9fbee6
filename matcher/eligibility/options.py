"""Changes of facts that serve a rule: the remedies of its fields, filled in with what it asks for.

A fact that is not stated and that no remedy brings about may still be as a rule wants it: then
the change is its confirmation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from matcher.catalogue import Catalogue, Offer, Rule
from matcher.catalogue.conditions import Comparison
from matcher.catalogue.remedies import Remedy
from matcher.eligibility.comparing import MET, compare
from matcher.eligibility.filling import ServingOffers, confirmation, fillings
from matcher.eligibility.trees import Leaf, wishes
from matcher.intake import Tenant, tenant_from_cells
from matcher.quantities import Empty, Value


@dataclass(frozen=True, slots=True)
class Option:
    """One change of facts.

    Parameters
    ----------
    rule : Rule
        The first rule that it serves.
    comparison : Comparison
        The part of the rule that it serves.
    remedy : Remedy or None
        How it is done; None where a fact that is not stated is to be confirmed.
    blanks : mapping of str to str
        What the rule asks for, by name of the blank.
    partners : tuple of str
        Whom the cell can name, all to the same effect; empty where it names no partner.
    cells : mapping of str to str
        Cells after it, by field; the first partner stands in for all.
    effects : mapping of Comparison to int
        What each comparison of the rules at hand says of these cells by themselves.
    fresh : bool or None
        Whether it also sets what only a new thing has, and is open to those alone who have none
        yet; None where no rule looks at that.
    """

    rule: Rule
    comparison: Comparison
    remedy: Remedy | None
    blanks: Mapping[str, str]
    partners: tuple[str, ...]
    cells: Mapping[str, str]
    effects: Mapping[Comparison, int]
    fresh: bool | None = None

    @property
    def confirms(self) -> bool:
        """Whether it states a fact rather than changing one."""
        return self.remedy is None

    @property
    def asks_tenant(self) -> bool:
        """Whether more than the verdicts decides if it is open to a tenant."""
        moves = self.remedy is not None and self.remedy.moves is not None
        return self.fresh is not None or (moves and self.comparison.op == "is")

    def cells_with(self, partner: str | None) -> dict[str, str]:
        """Return the cells with one of the partners in them."""
        if partner is None or not self.partners or self.remedy is None:
            return dict(self.cells)
        filled = {**self.blanks, "partner": partner}
        return {field: self.remedy.sets[field].format_map(filled) for field in self.cells}


class OptionFinder:
    """Finds the changes that serve the rules of an offer.

    Parameters
    ----------
    catalogue : Catalogue
        Remedies, partners, places.
    as_of : str
        Day of the run.
    """

    def __init__(self, catalogue: Catalogue, as_of: str) -> None:
        self.catalogue = catalogue
        self.as_of = as_of
        self._values: dict[tuple[str, str], Value] = {}
        self._known: dict[tuple[str, Comparison], int] = {}
        self._offers = ServingOffers(catalogue)
        self._partners = frozenset(partner.id for partner in catalogue.ranked_partners)

    def options(self, offer: Offer, rules: Sequence[Rule]) -> list[Option]:
        """Return the changes that can serve a part of the rules, in the order of the remedies.

        Changes by one remedy that mean the same to all comparisons are one, with several
        partners.
        """
        comparisons = [each for rule in rules for each, _ in wishes(rule)]
        found: dict[tuple[object, ...], Option] = {}
        for rule in rules:
            for comparison, wish in wishes(rule):
                for option in self._serving(offer, rule, comparison, wish, comparisons):
                    remedy = option.remedy.id if option.remedy else None
                    key = (remedy, option.fresh, *option.cells, *option.effects.items())
                    if key in found:
                        both = dict.fromkeys((*found[key].partners, *option.partners))
                        found[key] = replace(found[key], partners=tuple(both))
                    else:
                        found[key] = option
        order = [remedy.id for remedy in self.catalogue.remedies.remedies]
        return sorted(
            found.values(),
            key=lambda option: order.index(option.remedy.id) if option.remedy else len(order),
        )

    def open_to(self, option: Option, tenants: Sequence[Tenant], compared: Leaf) -> list[bool]:
        """Return which tenants can take a change that `Option.asks_tenant`.

        Parameters
        ----------
        option : Option
            The change.
        tenants : sequence of Tenant
            Who would take it.
        compared : callable
            What a comparison says of each of them.
        """
        remedy = option.remedy
        assert remedy is not None
        if option.fresh is None:
            return [self._can_move(remedy, option.blanks["value"], tenant) for tenant in tenants]
        there = compared(Comparison(remedy.field, "within", place=option.blanks["place"]))
        others = [field for field in remedy.sets if field != remedy.field]
        return [
            option.fresh == (said != MET and _states_none(tenant, others))
            for said, tenant in zip(there.tolist(), tenants, strict=True)
        ]

    def _can_move(self, remedy: Remedy, to: str, tenant: Tenant) -> bool:
        """Return whether a code lies on the scale where a remedy can lead the tenant."""
        facet = self.catalogue.vocabulary.facets[
            self.catalogue.vocabulary.fields[remedy.field].facet or ""
        ]
        value = tenant.values.get(remedy.field)
        if value is None or isinstance(value, Empty):
            return True
        now = facet.terms[value].scale if isinstance(value, str) and value in facet.terms else None
        then = facet.terms[to].scale
        if now is None or then is None or now[0] != then[0]:
            return False
        return now[1] < then[1] if remedy.moves == "up" else now[1] > then[1]

    def _serving(
        self,
        offer: Offer,
        rule: Rule,
        comparison: Comparison,
        wish: int,
        comparisons: Sequence[Comparison],
    ) -> Iterator[Option]:
        """Yield what serves one comparison by the first remedy that fits, else its confirmation."""
        for remedy in self.catalogue.remedies.of_field(comparison.field):
            fits = False
            for filled in self._fillings(remedy, comparison, wish, offer):
                for option in self._options(rule, comparison, remedy, filled, comparisons):
                    if option.effects.get(comparison, 0) * wish > 0:
                        fits = True
                        yield option
            if fits:
                return
        if self.catalogue.remedies.is_fixed(comparison.field):
            return
        cell = confirmation(comparison, wish, self.catalogue, self.as_of)
        if cell is not None:
            cells = {comparison.field: cell}
            effects = self._effects(cells, comparisons)
            if effects[comparison] * wish > 0:
                yield Option(rule, comparison, None, {}, (), cells, effects)

    def _fillings(
        self, remedy: Remedy, comparison: Comparison, wish: int, offer: Offer
    ) -> Iterator[dict[str, str]]:
        more = (self.catalogue, self._offers, self.as_of)
        return fillings(remedy, comparison, wish, offer, *more)

    def _options(
        self,
        rule: Rule,
        comparison: Comparison,
        remedy: Remedy,
        filled: Mapping[str, str],
        comparisons: Sequence[Comparison],
    ) -> Iterator[Option]:
        others = set(remedy.sets) - {remedy.field}
        looked_at = any(each.field in others for each in comparisons)
        for fresh in (True, False) if looked_at else (None,):
            fields = remedy.sets if fresh else (remedy.field,)
            cells = {field: remedy.sets[field].format_map(filled) for field in fields}
            named = filled.get("partner")
            partners = (named,) if named in self._partners else ()
            effects = self._effects(cells, comparisons)
            yield Option(rule, comparison, remedy, filled, partners, cells, effects, fresh)

    def _effects(
        self, cells: Mapping[str, str], comparisons: Sequence[Comparison]
    ) -> dict[Comparison, int]:
        return {
            each: self._said(cells[each.field], each) for each in comparisons if each.field in cells
        }

    def _said(self, cell: str, comparison: Comparison) -> int:
        """Return what a comparison says of a cell."""
        key = (cell, comparison)
        if key not in self._known:
            value = self._value(comparison.field, cell)
            self._known[key] = compare(value, comparison, self.catalogue, self.as_of)
        return self._known[key]

    def _value(self, field: str, cell: str) -> Value:
        if (field, cell) not in self._values:
            read = tenant_from_cells({field: cell}, self.catalogue.vocabulary).values
            self._values[field, cell] = read.get(field)
        return self._values[field, cell]


def _states_none(tenant: Tenant, fields: Iterable[str]) -> bool:
    """Return whether a tenant has no facts in some fields."""
    values = (tenant.values.get(field) for field in fields)
    return all(value is None or isinstance(value, Empty) for value in values)
