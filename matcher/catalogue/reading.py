"""Read the data folder once, file by file, and gather what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from matcher.catalogue import schema
from matcher.catalogue.bridges import build_bridge
from matcher.catalogue.catalogue import Catalogue
from matcher.catalogue.checking import problem_in
from matcher.catalogue.checking_clusters import check_comparison
from matcher.catalogue.checking_partners import (
    check_bridges,
    check_institutions,
    check_names,
    check_partner,
    check_sources,
)
from matcher.catalogue.checking_remedies import check_remedies
from matcher.catalogue.checking_rules import RuleChecker
from matcher.catalogue.checking_vocabulary import (
    check_facet,
    check_fields,
    check_headers,
    check_weights,
)
from matcher.catalogue.clusters import ClusterComparison, build_comparison
from matcher.catalogue.exchange import build_rates
from matcher.catalogue.files import DataFolder
from matcher.catalogue.institutions import build_institutions
from matcher.catalogue.offers import Partner, build_partner, build_sources
from matcher.catalogue.precedents import COLUMNS, Precedent, PrecedentReader
from matcher.catalogue.provenance import Source
from matcher.catalogue.remedies import build_remedies
from matcher.catalogue.rules import Rule, build_rule
from matcher.catalogue.tables import Table, defects
from matcher.catalogue.vocabulary import (
    Facet,
    Vocabulary,
    build_facet,
    build_fields,
    build_reading,
)
from matcher.catalogue.weights import build_weights
from matcher.errors import DataError, Problem

_Thing = TypeVar("_Thing")
_FACETS = ("need", "modality", "indication", "stage", "round", "sector", "place", "partner_type")


def read_catalogue(folder: Path | None = None) -> Catalogue:
    """Read and check a data folder.

    Parameters
    ----------
    folder : Path, optional
        The data folder; the one that came with the package by default. A folder without a
        vocabulary of its own is laid over that one: see `DataFolder`.

    Raises
    ------
    DataError
        With all problems found, each with its file.
    """
    files = DataFolder(folder)
    try:
        return _Reader(files).read()
    except DataError as error:
        raise DataError(map(files.located, error.problems)) from None


class _Reader:
    """Reads the files one by one and gathers what is wrong with them."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.broken: set[str] = set()  # partners whose offers could not be read
        self.partners: list[Partner] = []
        self.rules: list[tuple[str, Rule]] = []

    def read(self) -> Catalogue:
        vocabulary = self._vocabulary()
        unread = self.folder.unread()
        self.problems += unread
        self.broken.update(Path(each.sheet or "").stem for each in unread)  # not told again
        places = vocabulary.facets["place"]
        institutions = self._build(
            "institutions.toml",
            schema.INSTITUTIONS_FILE,
            lambda entry: build_institutions(entry["institution"], places),
        )
        bridges = self._build(
            "bridges.toml",
            schema.BRIDGES_FILE,
            lambda entry: tuple(map(build_bridge, entry.get("bridge", ()))),
        )
        rates = self._build("exchange_rates.toml", schema.RATES_FILE, build_rates)
        remedies = self._build("remedies.toml", schema.REMEDIES_FILE, build_remedies)
        for name in self.folder.names("partners/*.toml"):
            self._read_partner(name, vocabulary)
        for name in self.folder.names("rules/*.toml"):
            self._read_rules(name)
        if institutions is None or rates is None:  # nothing can be checked against them
            raise DataError(self.problems)
        ids = {partner.id for partner in self.partners}
        offers = {offer.id for partner in self.partners for offer in partner.offers}
        self.problems += check_names(self.partners)
        self.problems += check_institutions(institutions, places)
        self.problems += check_bridges(bridges or (), {*institutions.table, *ids, *self.broken})
        replaced = {Path(name).stem for name in self.folder.replaced() if "partners/" in name}
        checker = RuleChecker(offers, self.broken, vocabulary, institutions, rates, replaced)
        self.problems += checker.check(self.rules)
        stale_before = self._stale_before()
        clusters = self._clusters(vocabulary)
        precedents = self._precedents(vocabulary, {*ids, *self.broken})
        if remedies is not None:
            roles = {partner.id: partner.role for partner in self.partners}
            roles |= dict.fromkeys(self.broken, "bridge")  # they are told already
            self.problems += check_remedies(remedies, vocabulary, roles)
        if self.problems or bridges is None or remedies is None:
            raise DataError(self.problems)
        return Catalogue(
            vocabulary,
            tuple(sorted(self.partners, key=lambda partner: partner.id)),
            tuple(sorted((rule for _, rule in self.rules), key=lambda rule: rule.id)),
            institutions,
            bridges,
            rates,
            self.folder.fingerprint(),
            stale_before,
            clusters,
            precedents,
            remedies,
        )

    def _stale_before(self) -> str:
        name = "provenance.toml"
        if not self.folder.path(name).is_file():
            return ""
        entry = self._toml(name, schema.PROVENANCE_FILE)
        return entry["stale_before"] if entry else ""

    def _vocabulary(self) -> Vocabulary:
        facets: dict[str, Facet] = {}
        files: dict[str, str] = {}
        for wanted in _FACETS:
            name = f"vocabulary/{wanted}.toml"
            facet = self._build(name, schema.FACET, build_facet)
            if facet is None:
                continue
            facets[wanted], files[wanted] = facet, name
            if facet.id != wanted:
                self._problem(name, f"facet {facet.id!r} is not the name of the file", "rename one")
        codes = self._build("vocabulary/codes.toml", schema.CODES_FILE, _build_codes)
        for facet in codes or ():
            if facet.id in facets:
                what = f"facet {facet.id!r} has a file of its own"
                self._problem("vocabulary/codes.toml", what, "give it another id")
            facets[facet.id], files[facet.id] = facet, "vocabulary/codes.toml"
        fields = self._build(
            "vocabulary/fields.toml",
            schema.FIELDS_FILE,
            lambda entry: build_fields(entry["field"]),
        )
        headers = self._toml("headers.toml", schema.HEADERS_FILE)
        reading = self._build("vocabulary/reading.toml", schema.READING_FILE, build_reading)
        weights = self._build("vocabulary/weights.toml", schema.WEIGHTS_FILE, build_weights)
        # Nothing else can be checked against a broken vocabulary.
        if self.problems or not (fields and headers and reading and weights):
            raise DataError(self.problems)
        vocabulary = Vocabulary(
            facets,
            fields,
            {field: tuple(names) for field, names in headers["aliases"].items()},
            {name: tuple(fields) for name, fields in headers["ambiguous"].items()},
            tuple(headers["personal"]["headers"]),
            reading,
            weights,
        )
        for facet_id, facet in facets.items():
            self.problems += check_facet(files[facet_id], facet, facets["sector"])
        self.problems += check_fields(fields, facets)
        self.problems += check_headers(vocabulary)
        self.problems += check_weights(weights, facets)
        if self.problems:
            raise DataError(self.problems)
        return vocabulary

    def _read_partner(self, name: str, vocabulary: Vocabulary) -> None:
        stem = Path(name).stem
        entry = self._toml(name, schema.PARTNER_FILE)
        if entry is None:
            self.broken.add(stem)
            return
        sources = build_sources(entry.get("source", []))
        partner = self._guard(name, lambda: build_partner(entry, sources))
        if partner is None:
            self.broken.add(stem)
        else:
            self.partners.append(partner)
            if partner.id != stem:
                self.broken.add(stem)
                self._problem(name, f"id {partner.id!r} is not the name of the file", "rename one")
            self.problems += check_partner(name, partner, vocabulary)
            self.problems += check_sources(name, entry)
        self.rules += self._build_rules(name, entry, sources, stem)

    def _read_rules(self, name: str) -> None:
        entry = self._toml(name, schema.RULES_FILE)
        if entry is not None:
            sources = build_sources(entry.get("source", []))
            self.problems += check_sources(name, entry)
            self.rules += self._build_rules(name, entry, sources, None)

    def _build_rules(
        self,
        name: str,
        entry: dict[str, Any],
        sources: dict[str, Source],
        partner_id: str | None,
    ) -> Iterator[tuple[str, Rule]]:
        for table in entry.get("rule", ()):
            rule = self._guard(
                name,
                partial(build_rule, table, sources, partner_id, name),
                f"rule {table['id']!r}: ",
            )
            if rule is not None:
                yield name, rule

    def _clusters(self, vocabulary: Vocabulary) -> ClusterComparison | None:
        """Return how the clusters compare, or None where the folder does not say."""
        name = "clusters.toml"
        if not self.folder.path(name).is_file():
            return None
        clusters = self._build(name, schema.CLUSTERS_FILE, build_comparison)
        if clusters is not None:
            self.problems += check_comparison(clusters, vocabulary, self.partners, self.broken)
        return clusters

    def _precedents(self, vocabulary: Vocabulary, known: set[str]) -> tuple[Precedent, ...]:
        """Return the precedents, none where the folder has no list of them."""
        name = "precedents.csv"
        if not self.folder.path(name).is_file():
            return ()
        try:
            rows = self.folder.read_csv(name, COLUMNS)
        except DataError as error:
            self.problems += error.problems
            return ()
        reader = PrecedentReader(name, known, vocabulary.facets)
        precedents = reader.read(rows)
        self.problems += reader.problems
        return precedents

    def _toml(self, name: str, table: Table) -> dict[str, Any] | None:
        """Return what a file holds, or None when it is not what its table should be."""
        try:
            entry = self.folder.read_toml(name)
        except DataError as error:
            self.problems += error.problems
            return None
        if not entry and table.needs:
            self._problem(name, "is empty", "see data/README.md")
            return None
        found = [problem_in(name, *defect) for defect in defects(entry, table)]
        self.problems += found
        return None if found else entry

    def _build(
        self, name: str, table: Table, build: Callable[[dict[str, Any]], _Thing]
    ) -> _Thing | None:
        entry = self._toml(name, table)
        return None if entry is None else self._guard(name, lambda: build(entry))

    def _guard(self, name: str, build: Callable[[], _Thing], prefix: str = "") -> _Thing | None:
        try:
            return build()
        except ValueError as error:
            self._problem(name, f"{prefix}{error}", "see data/README.md")
        return None

    def _problem(self, name: str, what: str, hint: str) -> None:
        self.problems.append(problem_in(name, what, hint))


def _build_codes(entry: dict[str, Any]) -> list[Facet]:
    return [build_facet(each) for each in entry["facet"]]
