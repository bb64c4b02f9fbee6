"""The eight components of a cluster, side by side, in the words of one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matcher.catalogue import Catalogue, ClusterComparison, Component, Note, Text
from matcher.reports import labels
from matcher.reports.labels import word

SHOWN_CLUSTERS = ("hongneung", "boston", "singapore")
"""Home first, then in the order of the paper."""

_NAMES = {
    **labels.CLUSTERS,
    "singapore": Text(ko="바이오폴리스(싱가포르)", en="Biopolis (Singapore)"),
}

_NOTES = ("common", "different", "improvements", "cooperation")


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """A component in one cluster: what the paper says, where, and who carries it there.

    `partners` are ids and names.
    """

    cluster: str
    label: str
    text: str
    at: str
    partners: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ComponentLine:
    """A component over all clusters.

    `needs` are ids and labels of what a tenant would ask for; `notes` are headings with
    statements and their places in the paper; `facts` are statements with address and date.
    """

    id: str
    name: str
    needs: tuple[tuple[str, str], ...]
    clusters: tuple[ClusterLine, ...]
    notes: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    facts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The components, and the paper that they render with its address."""

    paper: str
    url: str
    components: tuple[ComponentLine, ...]


def compare(catalogue: Catalogue, language: str) -> Comparison | None:
    """Return how the clusters compare; None where the data folder compares none."""
    comparison = catalogue.clusters
    if comparison is None:
        return None
    paper = comparison.paper
    return Comparison(
        f"{paper.authors[language]} ({paper.year}), {paper.title[language]}, "
        f"{paper.journal[language]}",
        paper.source.url,
        tuple(_line(catalogue, comparison, each, language) for each in comparison.components),
    )


def _line(
    catalogue: Catalogue, comparison: ClusterComparison, component: Component, language: str
) -> ComponentLine:
    return ComponentLine(
        component.id,
        component.name[language],
        tuple((n, catalogue.vocabulary.label("need", n, language)) for n in component.needs),
        tuple(_cell(catalogue, component, cluster, language) for cluster in SHOWN_CLUSTERS),
        tuple(
            (word(f"clusters_{key}", language), tuple(_notes(getattr(component, key), language)))
            for key in _NOTES
            if getattr(component, key)
        ),
        tuple(
            (
                f"{labels.CLUSTERS[fact.cluster][language]}: {fact.text[language]}",
                fact.source.url,
                fact.source.as_of or word("undated", language),
            )
            for fact in comparison.facts
            if fact.component == component.id
        ),
    )


def _cell(catalogue: Catalogue, component: Component, cluster: str, language: str) -> ClusterLine:
    cell = component.cells[cluster]
    return ClusterLine(
        cluster,
        _NAMES[cluster][language],
        cell.note.text[language],
        cell.note.at[language],
        tuple((each, catalogue.partner(each).name[language]) for each in cell.partners),
    )


def _notes(notes: Iterable[Note], language: str) -> Iterator[tuple[str, str]]:
    return ((note.text[language], note.at[language]) for note in notes)
