"""How three clusters compare, component by component, as the paper behind the project has it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from matcher.catalogue.offers import CLUSTERS
from matcher.catalogue.provenance import Source, Text, read_day

COMPONENTS = (
    "infrastructure",
    "human-resources",
    "anchor-company",
    "hospital",
    "investment",
    "collaboration",
    "governance",
    "policy",
)
"""What a cluster is made of: the rows of the paper's first table, in its order."""

_SECTION = r"\d(-\d\))?(\(\d\))?"
_PLACE = rf"(Table \d|Results {_SECTION}|{_SECTION}|Methods|Conclusion|Reference \d+)"
_PLACES = re.compile(rf"{_PLACE}(, {_PLACE})*", re.ASCII)
_KOREAN = {
    "Table": "표",
    "Results": "결과",
    "Methods": "방법",
    "Conclusion": "결론",
    "Reference": "참고문헌",
}


def is_place(value: Any) -> bool:
    """Return whether a value names tables or sections of the paper, such as ``Table 2``."""
    return isinstance(value, str) and _PLACES.fullmatch(value) is not None


@dataclass(frozen=True, slots=True)
class Note:
    """A statement of the paper in our words.

    Parameters
    ----------
    text : Text
        The statement.
    at : Text
        Tables and sections of the paper that it renders.
    """

    text: Text
    at: Text


@dataclass(frozen=True, slots=True)
class Cell:
    """One component in one cluster.

    Parameters
    ----------
    note : Note
        What the paper says of it.
    partners : tuple of str
        Ids of the partners of the catalogue that carry the component there.
    """

    note: Note
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Component:
    """One component over all clusters.

    Parameters
    ----------
    id : str
        One of `COMPONENTS`.
    name : Text
        Its name.
    needs, partner_types : tuple of str
        Terms of the vocabulary that the component concerns: what a tenant would ask for, and of
        whom.
    cells : mapping of str to Cell
        By cluster, one for each of `CLUSTERS`.
    common, different : tuple of Note
        What the clusters share, and where they part.
    improvements, cooperation : tuple of Note
        What the paper asks of Hongneung at home, and with the clusters abroad.
    """

    id: str
    name: Text
    needs: tuple[str, ...]
    partner_types: tuple[str, ...]
    cells: Mapping[str, Cell]
    common: tuple[Note, ...]
    different: tuple[Note, ...]
    improvements: tuple[Note, ...]
    cooperation: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage in the development of a cluster.

    Parameters
    ----------
    cluster : str
        One of `CLUSTERS`.
    number : int
        From 1, in order of time.
    start : int
        First year.
    end : int or None
        Last year; None while it goes on.
    note : Note
        What happened.
    """

    cluster: str
    number: int
    start: int
    end: int | None
    note: Note


@dataclass(frozen=True, slots=True)
class ClusterFact:
    """A public record on a cluster beside the paper, often later than it.

    Parameters
    ----------
    cluster, component : str
        Where it belongs: one of `CLUSTERS`, one of `COMPONENTS`.
    text : Text
        The fact.
    source : Source
        Where it was read.
    """

    cluster: str
    component: str
    text: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Paper:
    """The publication that a comparison renders.

    Parameters
    ----------
    title, authors, journal : Text
        As printed, in both languages.
    year : int
        Year of publication.
    source : Source
        Its address and day of publication.
    """

    title: Text
    authors: Text
    journal: Text
    year: int
    source: Source


@dataclass(frozen=True)
class ClusterComparison:
    """The comparison of the clusters, with its paper and what was learned beside it."""

    paper: Paper
    components: tuple[Component, ...]
    stages: tuple[Stage, ...]
    facts: tuple[ClusterFact, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Component]:
        """The components by id."""
        return {component.id: component for component in self.components}


def build_comparison(entry: Mapping[str, Any]) -> ClusterComparison:
    """Return the comparison from its TOML tables."""
    paper = entry["paper"]
    return ClusterComparison(
        Paper(
            Text(paper["title"]),
            Text(paper["authors"]),
            Text(paper["journal"]),
            paper["year"],
            _source("paper", paper),
        ),
        tuple(map(_component, entry["component"])),
        tuple(
            Stage(each["cluster"], each["number"], each["from"], each.get("to"), _note(each))
            for each in entry["stage"]
        ),
        tuple(
            ClusterFact(each["cluster"], each["component"], _text(each), _source("fact", each))
            for each in entry.get("fact", ())
        ),
    )


def _component(entry: Mapping[str, Any]) -> Component:
    return Component(
        entry["id"],
        Text(entry["name"]),
        tuple(entry["needs"]),
        tuple(entry["partner_types"]),
        {
            cluster: Cell(_note(entry[cluster]), tuple(entry[cluster].get("partners", ())))
            for cluster in CLUSTERS
        },
        *(
            tuple(map(_note, entry[key]))
            for key in ("common", "different", "improvements", "cooperation")
        ),
    )


def _note(entry: Mapping[str, Any]) -> Note:
    korean = re.sub("[A-Z][a-z]+", lambda word: _KOREAN[word[0]], entry["at"])
    return Note(_text(entry), Text(ko=korean, en=entry["at"]))


def _text(entry: Mapping[str, Any]) -> Text:
    return Text(ko=entry["ko"], en=entry["en"])


def _source(name: str, entry: Mapping[str, Any]) -> Source:
    return Source(name, entry["url"], read_day(entry["as_of"]), entry["tier"])
