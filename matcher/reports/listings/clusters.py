"""How the clusters compare, as rows and nested content for people and machines."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from matcher.catalogue import Catalogue, ClusterComparison, ClusterFact, Component, Note
from matcher.catalogue.offers import CLUSTERS
from matcher.errors import MatcherError, UnknownIdError

_ORDER = ("hongneung", "boston", "singapore")
"""Home first, then in the order of the paper."""


def cluster_rows(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Return one row per component, with what it is in each cluster."""
    return [
        {
            "id": component.id,
            "ko": component.name["ko"],
            "en": component.name["en"],
            **{name: component.cells[name].note.text["ko"] for name in _ORDER},
        }
        for component in comparison_of(catalogue).components
    ]


def cluster_content(catalogue: Catalogue, wanted: str) -> dict[str, Any]:
    """Return all that is known of a component, or of a cluster with its stages.

    Raises
    ------
    UnknownIdError
        When there is neither of that id.
    """
    comparison = comparison_of(catalogue)
    if wanted in CLUSTERS:
        content = _cluster(catalogue, comparison, wanted)
    elif wanted in comparison.by_id:
        content = _component(catalogue, comparison, comparison.by_id[wanted])
    else:
        known = [*comparison.by_id, *CLUSTERS]
        raise UnknownIdError(
            "component or cluster", wanted, difflib.get_close_matches(wanted, known, n=3) or known
        )
    paper = comparison.paper
    return content | {
        "paper": {
            "title": dict(paper.title),
            "authors": dict(paper.authors),
            "journal": dict(paper.journal),
            "year": paper.year,
            "url": paper.source.url,
            "as_of": paper.source.as_of,
        }
    }


def comparison_of(catalogue: Catalogue) -> ClusterComparison:
    """Return how the clusters compare.

    Raises
    ------
    MatcherError
        When the data folder does not say.
    """
    if catalogue.clusters is None:
        raise MatcherError("the data folder compares no clusters (it has no clusters.toml)")
    return catalogue.clusters


def _component(
    catalogue: Catalogue, comparison: ClusterComparison, component: Component
) -> dict[str, Any]:
    return {
        "id": component.id,
        "name": dict(component.name),
        "needs": _labels(catalogue, "need", component.needs),
        "partner_types": _labels(catalogue, "partner_type", component.partner_types),
        "clusters": {name: _cell(catalogue, component, name) for name in _ORDER},
        **{
            key: [_note(note) for note in getattr(component, key)]
            for key in ("common", "different", "improvements", "cooperation")
        },
        "facts": [_fact(fact) for fact in comparison.facts if fact.component == component.id],
    }


def _cluster(catalogue: Catalogue, comparison: ClusterComparison, cluster: str) -> dict[str, Any]:
    return {
        "id": cluster,
        "stages": [
            {
                "number": stage.number,
                "years": f"{stage.start}–{stage.end or ''}",
                **_note(stage.note),
            }
            for stage in comparison.stages
            if stage.cluster == cluster
        ],
        "components": [
            {"id": each.id, "name": dict(each.name), **_cell(catalogue, each, cluster)}
            for each in comparison.components
        ],
        "facts": [_fact(fact) for fact in comparison.facts if fact.cluster == cluster],
    }


def _cell(catalogue: Catalogue, component: Component, cluster: str) -> dict[str, Any]:
    cell = component.cells[cluster]
    partners = [catalogue.partner(partner) for partner in cell.partners]
    return {
        **_note(cell.note),
        "partners": [f"{partner.name['ko']} ({partner.id})" for partner in partners],
    }


def _note(note: Note) -> dict[str, Any]:
    return {"text": dict(note.text), "at": dict(note.at)}


def _fact(fact: ClusterFact) -> dict[str, Any]:
    source = fact.source
    return {
        "cluster": fact.cluster,
        "text": dict(fact.text),
        "source": {"url": source.url, "as_of": source.as_of, "tier": source.tier},
    }


def _labels(catalogue: Catalogue, facet: str, terms: Iterable[str]) -> list[str]:
    return [catalogue.vocabulary.label(facet, term, "ko") for term in terms]
