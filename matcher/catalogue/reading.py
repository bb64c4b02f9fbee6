"""Read the data folder once, file by file, and gather what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from matcher.catalogue.bridges import build_bridge
from matcher.catalogue.catalogue import Catalogue
from matcher.catalogue.checking import check_rules, check_term, problem_in
from matcher.catalogue.exchange import build_rates
from matcher.catalogue.files import fingerprint, read_toml, shipped_folder
from matcher.catalogue.institutions import build_institutions
from matcher.catalogue.offers import Partner, build_partner, build_sources
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
from matcher.errors import DataError, Problem

_Thing = TypeVar("_Thing")
_FACETS = ("need", "modality", "indication", "stage", "round", "sector", "place", "partner_type")


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
        offers = {offer.id for partner in partners for offer in partner.offers}
        self.problems += check_rules(rules, offers, self.broken, vocabulary)
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
                    self.problems += check_term(f"vocabulary/{name}.toml", term.id, other, facet)
        if self.problems:
            raise DataError(self.problems)
        built = self._build("vocabulary/weights.toml", lambda: build_weights(weights))
        if self.problems:
            raise DataError(self.problems)
        return Vocabulary(
            facets,
            fields,
            {field: tuple(names) for field, names in headers.get("aliases", {}).items()},
            {name: tuple(fields) for name, fields in headers.get("ambiguous", {}).items()},
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
        self.problems += check_term(name, "kind", partner.kind, vocabulary.facets["partner_type"])
        for offer in partner.offers:
            for facet, terms in (*offer.terms.items(), ("need", offer.also)):
                for term in terms:
                    self.problems += check_term(name, offer.id, term, vocabulary.facets[facet])
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

    def _build(self, name: str, build: Callable[[], _Thing], prefix: str = "") -> _Thing | Any:
        try:
            return build()
        except KeyError as error:
            self._problem(name, f"{prefix}key {error.args[0]!r} is missing", "see data/README.md")
        except (ValueError, TypeError, AttributeError) as error:
            self._problem(name, f"{prefix}{error}", "see data/README.md")
        return None

    def _problem(self, name: str, what: str, hint: str) -> None:
        self.problems.append(problem_in(name, what, hint))
