"""The eight components of a cluster, side by side, in the words of one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from matcher.catalogue import Catalogue, ClusterComparison, Note, Text
from matcher.portfolio import ComponentTotals, ServedTenant, component_totals
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

    `partners` are ids and names. `served` are the tenants of the list of which a need of the
    component is served there, `wanting` those that want to go there, `served_wanting` both at once;
    `serving` are partners and `missing` needs, each with a number of tenants. They are None and
    empty for Hongneung.
    """

    cluster: str
    label: str
    text: str
    at: str
    partners: tuple[tuple[str, str], ...]
    served: int | None = None
    wanting: int | None = None
    served_wanting: int | None = None
    serving: tuple[tuple[str, int], ...] = ()
    missing: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ComponentLine:
    """A component over all clusters.

    `needs` are ids and labels of what a tenant would ask for, `asking` how many tenants of the
    list do; `notes` are headings with
    statements and their places in the paper; `facts` are statements with address and date.
    """

    id: str
    name: str
    needs: tuple[tuple[str, str], ...]
    clusters: tuple[ClusterLine, ...]
    notes: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    facts: tuple[tuple[str, str, str], ...]
    asking: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The components, and the paper that they render with its address."""

    paper: str
    url: str
    components: tuple[ComponentLine, ...]


def compare(
    catalogue: Catalogue, served: Sequence[ServedTenant], language: str
) -> Comparison | None:
    """Return how the clusters compare; None where the data folder compares none.

    Parameters
    ----------
    catalogue : Catalogue
        What the paper says, and names.
    served : sequence of ServedTenant
        The tenants that the report shows.
    language : {'ko', 'en'}
        Of the words.
    """
    comparison = catalogue.clusters
    if comparison is None:
        return None
    paper = comparison.paper
    return Comparison(
        f"{paper.authors[language]} ({paper.year}), {paper.title[language]}, "
        f"{paper.journal[language]}",
        paper.source.url,
        tuple(
            _line(catalogue, comparison, each, language)
            for each in component_totals(served, comparison)
        ),
    )


def _line(
    catalogue: Catalogue, comparison: ClusterComparison, totals: ComponentTotals, language: str
) -> ComponentLine:
    component = totals.component
    return ComponentLine(
        component.id,
        component.name[language],
        tuple((n, catalogue.vocabulary.label("need", n, language)) for n in component.needs),
        tuple(_cell(catalogue, totals, cluster, language) for cluster in SHOWN_CLUSTERS),
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
        totals.asking,
    )


def _cell(
    catalogue: Catalogue, totals: ComponentTotals, cluster: str, language: str
) -> ClusterLine:
    cell = totals.component.cells[cluster]
    line = ClusterLine(
        cluster,
        _NAMES[cluster][language],
        cell.note.text[language],
        cell.note.at[language],
        tuple((each, catalogue.partner(each).name[language]) for each in cell.partners),
    )
    there = totals.clusters.get(cluster)
    if there is None:
        return line
    return replace(
        line,
        served=there.served,
        wanting=there.wanting,
        served_wanting=there.served_wanting,
        serving=tuple((catalogue.partner(i).name[language], n) for i, n in there.partners),
        missing=tuple(
            (catalogue.vocabulary.label("need", i, language), n) for i, n in there.missing
        ),
    )


def _notes(notes: Iterable[Note], language: str) -> Iterator[tuple[str, str]]:
    return ((note.text[language], note.at[language]) for note in notes)
