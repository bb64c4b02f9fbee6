"""The catalogue: everything that the data folder knows, read once and checked."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

from matcher.catalogue.bridges import Bridge, build_bridge
from matcher.catalogue.conditions import Comparison, comparisons
from matcher.catalogue.exchange import ExchangeRates, build_rates
from matcher.catalogue.files import fingerprint, read_toml, shipped_folder
from matcher.catalogue.institutions import Institutions, build_institutions, name_key
from matcher.catalogue.offers import Offer, Partner, build_partner, build_sources
from matcher.catalogue.provenance import Source
from matcher.catalogue.rules import Rule, build_rule
from matcher.catalogue.vocabulary import (
    Facet,
    ReadingRules,
    Vocabulary,
    build_facet,
    build_fields,
    build_weights,
)
from matcher.errors import DataError, Problem, UnknownIdError

_Thing = TypeVar("_Thing")
_FACETS = ("need", "modality", "indication", "stage", "round", "sector", "place", "partner_type")


@dataclass(frozen=True)
class Catalogue:
    """What is known of partners, their offers and their rules.

    Parameters
    ----------
    vocabulary : Vocabulary
        The words that tenants and offers share.
    partners : tuple of Partner
        Ordered by id; bridges among them.
    rules : tuple of Rule
        Ordered by id.
    institutions : Institutions
        Where named institutions are.
    bridges : tuple of Bridge
        Links between institutions.
    rates : ExchangeRates
        For money in another currency than a limit.
    version : str
        Fingerprint of the data folder.
    """

    vocabulary: Vocabulary
    partners: tuple[Partner, ...]
    rules: tuple[Rule, ...]
    institutions: Institutions
    bridges: tuple[Bridge, ...]
    rates: ExchangeRates
    version: str

    @cached_property
    def ranked_partners(self) -> tuple[Partner, ...]:
        """The partners that a tenant can be introduced to: all but the bridges, by id."""
        return tuple(partner for partner in self.partners if partner.role != "bridge")

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """All offers of the ranked partners, by full id."""
        offers = [offer for partner in self.ranked_partners for offer in partner.offers]
        return tuple(sorted(offers, key=lambda offer: (offer.partner_id, offer.id)))

    @cached_property
    def rules_of_offer(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules of each offer, by full offer id, in order of rule id."""
        found: dict[str, list[Rule]] = {offer.id: [] for offer in self.offers}
        for rule in self.rules:
            for offer in rule.offers:
                found.get(offer, []).append(rule)
        return {offer: tuple(rules) for offer, rules in found.items()}

    @cached_property
    def _partner_by_id(self) -> dict[str, Partner]:
        return {partner.id: partner for partner in self.partners}

    def partner(self, partner_id: str) -> Partner:
        """Return a partner by id.

        Raises
        ------
        UnknownIdError
            When there is none of that id.
        """
        return pick("partner", partner_id, self._partner_by_id)

    @cached_property
    def _partner_by_name(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for partner in self.partners:
            for name in (partner.id, *partner.name.values(), *partner.aliases):
                found.setdefault(name_key(name), partner.id)
        return found

    def partner_named(self, name: str) -> str | None:
        """Return the id of the partner that a list means by a name, or None.

        What stands in brackets after the name is left out: ``Pfizer(거절)`` is Pfizer.
        """
        institution = self.institutions.find(name)
        if institution is not None and institution.id in self._partner_by_id:
            return institution.id
        bare = name_key(name.partition("(")[0])
        return self._partner_by_name.get(name_key(name)) or self._partner_by_name.get(bare)

    def offer(self, offer_id: str) -> Offer:
        """Return an offer by full id; raises `UnknownIdError` when there is none."""
        return pick("offer", offer_id, {offer.id: offer for offer in self.offers})

    def rule(self, rule_id: str) -> Rule:
        """Return a rule by id; raises `UnknownIdError` when there is none."""
        return pick("rule", rule_id, {rule.id: rule for rule in self.rules})


def pick(kind: str, wanted: str, things: Mapping[str, _Thing]) -> _Thing:
    """Return the thing of that id.

    Raises
    ------
    UnknownIdError
        When there is none; the message names ids that look like it.
    """
    if wanted not in things:
        raise UnknownIdError(kind, wanted, difflib.get_close_matches(wanted, things, n=3))
    return things[wanted]


def read_catalogue(folder: Path | None = None) -> Catalogue:
    """Read and check a data folder.

    Parameters
    ----------
    folder : Path, optional
        The data folder; the one that came with the package by default.

    Raises
    ------
    DataError
        With all problems found, each with its file.
    """
    folder = shipped_folder() if folder is None else folder
    if not (folder / "vocabulary").is_dir():
        raise DataError(
            [
                Problem(
                    "unreadable",
                    str(folder),
                    None,
                    None,
                    "is not a data folder: it has no folder 'vocabulary'",
                    "give the folder that holds vocabulary/ and partners/ to --data",
                )
            ]
        )
    return _Reader(folder).read()


class _Reader:
    """Reads the files one by one and gathers what is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.broken: set[str] = set()  # partners whose offers could not be read

    def read(self) -> Catalogue:
        vocabulary = self._vocabulary()
        table = self._toml("institutions.toml").get("institution", ())
        institutions = self._build(
            "institutions.toml", lambda: build_institutions(table, vocabulary.facets["place"])
        )
        partners: list[Partner] = []
        rules: list[tuple[str, Rule]] = []
        for path in sorted((self.folder / "partners").glob("*.toml")):
            name = f"partners/{path.name}"
            entry = self._toml(name)
            sources = self._sources(name, entry)
            partner = self._partner(path, entry, sources, vocabulary)
            if partner is not None:
                partners.append(partner)
            else:
                self.broken.add(path.stem)
            rules += self._rules(name, entry, sources, path.stem)
        for path in sorted((self.folder / "rules").glob("*.toml")):
            name = f"rules/{path.name}"
            entry = self._toml(name)
            rules += self._rules(name, entry, self._sources(name, entry), None)
        links = self._toml("bridges.toml").get("bridge", ())
        bridges = self._build("bridges.toml", lambda: tuple(map(build_bridge, links)))
        money = self._toml("exchange_rates.toml") or {"krw_per": {}}
        rates = self._build("exchange_rates.toml", lambda: build_rates(money))
        self._check_rules(rules, partners, vocabulary)
        if self.problems:
            raise DataError(self.problems)
        return Catalogue(
            vocabulary,
            tuple(sorted(partners, key=lambda partner: partner.id)),
            tuple(sorted((rule for _, rule in rules), key=lambda rule: rule.id)),
            institutions,
            bridges,
            rates,
            fingerprint(self.folder),
        )

    def _toml(self, name: str) -> dict[str, Any]:
        try:
            return read_toml(self.folder / name)
        except DataError as error:
            self.problems += error.problems
            return {}

    def _vocabulary(self) -> Vocabulary:
        facets: dict[str, Facet] = {}
        for name in _FACETS:
            entry = self._toml(f"vocabulary/{name}.toml")
            if entry:
                facets[name] = self._build(f"vocabulary/{name}.toml", partial(build_facet, entry))
        name = "vocabulary/codes.toml"
        for entry in self._toml(name).get("facet", ()):
            facet = self._build(name, partial(build_facet, entry))
            if facet is not None:
                facets[facet.id] = facet
        table = self._toml("vocabulary/fields.toml").get("field", ())
        fields = self._build("vocabulary/fields.toml", lambda: build_fields(table))
        headers = self._toml("headers.toml")
        reading = self._toml("vocabulary/reading.toml")
        weights = self._toml("vocabulary/weights.toml")
        if self.problems:  # nothing else can be checked against a broken vocabulary
            raise DataError(self.problems)
        for name, facet in facets.items():
            for term in facet:
                for other in (*term.parents, *term.related):
                    self._known(f"vocabulary/{name}.toml", term.id, other, facet)
        if self.problems:
            raise DataError(self.problems)
        built = self._build("vocabulary/weights.toml", lambda: build_weights(weights))
        if self.problems:
            raise DataError(self.problems)
        return Vocabulary(
            facets,
            fields,
            {field: tuple(names) for field, names in headers.get("aliases", {}).items()},
            tuple(headers.get("personal", {}).get("headers", ())),
            ReadingRules(
                frozenset(reading.get("boundary_required", ())),
                frozenset(reading.get("abbr_needs_context", ())),
                {
                    entry["form"]: tuple(entry["wrong_in"])
                    for entry in reading.get("false_positive", ())
                },
            ),
            built,
        )

    def _sources(self, name: str, entry: dict[str, Any]) -> dict[str, Source] | None:
        return self._build(name, lambda: build_sources(entry.get("source", [])))

    def _partner(
        self,
        path: Path,
        entry: dict[str, Any],
        sources: dict[str, Source] | None,
        vocabulary: Vocabulary,
    ) -> Partner | None:
        name = f"partners/{path.name}"
        if not entry or sources is None:
            return None
        partner = self._build(name, lambda: build_partner(entry, sources))
        if partner is None:
            return None
        if partner.id != path.stem:
            self.broken.add(path.stem)
            self._problem(name, f"id {partner.id!r} is not the name of the file", "rename one")
        self._known(name, "kind", partner.kind, vocabulary.facets["partner_type"])
        for offer in partner.offers:
            for facet, terms in (*offer.terms.items(), ("need", offer.also)):
                for term in terms:
                    self._known(name, offer.id, term, vocabulary.facets[facet])
        return partner

    def _rules(
        self,
        name: str,
        entry: dict[str, Any],
        sources: dict[str, Source] | None,
        partner_id: str | None,
    ) -> Iterator[tuple[str, Rule]]:
        if sources is None:
            return
        for table in entry.get("rule", ()):
            rule = self._build(
                name,
                partial(build_rule, table, sources, partner_id),
                f"rule {table.get('id', '?')!r}: ",
            )
            if rule is not None:
                yield name, rule

    def _check_rules(
        self, rules: list[tuple[str, Rule]], partners: list[Partner], vocabulary: Vocabulary
    ) -> None:
        offers = {offer.id for partner in partners for offer in partner.offers}
        seen: set[str] = set()
        for name, rule in rules:
            what = f"rule {rule.id!r}"
            if rule.id in seen:
                self._problem(name, f"{what} appears twice", "give each rule an id of its own")
            seen.add(rule.id)
            for offer in rule.offers:
                if offer not in offers and offer.partition("/")[0] not in self.broken:
                    self._problem(
                        name, f"{what}: offer {offer!r} does not exist", "see `matcher partners`"
                    )
            if rule.requires is not None and not rule.cases:
                self._problem(name, f"{what} has no cases", "add at least met, not met and unknown")
            for condition in (rule.requires, rule.when):
                for comparison in comparisons(condition) if condition else ():
                    self._check_comparison(name, what, comparison, vocabulary)

    def _check_comparison(
        self, name: str, what: str, comparison: Comparison, vocabulary: Vocabulary
    ) -> None:
        field = vocabulary.fields.get(comparison.field)
        if field is None:
            unknown = f"{what}: field {comparison.field!r} is no field of the tenant list"
            self._problem(name, unknown, "see vocabulary/fields.toml")
        elif comparison.status is not None and comparison.status not in field.codes:
            unknown = f"{what}: {comparison.status!r} is no status of {field.id}"
            self._problem(name, unknown, f"one of {', '.join(field.codes)}")
        for place in filter(None, (comparison.place, comparison.unsettled)):
            self._known(name, what, place, vocabulary.facets["place"])

    def _known(self, name: str, where: str, term: str, facet: Facet) -> None:
        if term not in facet.terms:
            near = difflib.get_close_matches(term, facet.terms, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"see vocabulary/{facet.id}.toml"
            self._problem(name, f"{where}: {term!r} is not a term of {facet.id}", hint)

    def _build(self, name: str, build: Callable[[], _Thing], prefix: str = "") -> _Thing | Any:
        try:
            return build()
        except KeyError as error:
            self._problem(name, f"{prefix}key {error.args[0]!r} is missing", "see data/README.md")
        except (ValueError, TypeError, AttributeError) as error:
            self._problem(name, f"{prefix}{error}", "see data/README.md")
        return None

    def _problem(self, where: str, what: str, hint: str) -> None:
        self.problems.append(Problem("unreadable", where, None, None, what, hint))
