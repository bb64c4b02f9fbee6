"""What a comparison of clusters must hold, and have in common with vocabulary and partners."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from matcher.catalogue.checking import check_term, problem_in
from matcher.catalogue.clusters import COMPONENTS, ClusterComparison, Stage
from matcher.catalogue.offers import CLUSTERS, Partner
from matcher.catalogue.tables import near
from matcher.catalogue.vocabulary import Vocabulary
from matcher.errors import Problem

_FILE = "clusters.toml"


def check_comparison(
    comparison: ClusterComparison,
    vocabulary: Vocabulary,
    partners: Iterable[Partner],
    unread: Collection[str] = (),
) -> Iterator[Problem]:
    """Yield what is missing from a comparison, and what it names that nobody knows.

    Parameters
    ----------
    comparison : ClusterComparison
        To be checked.
    vocabulary : Vocabulary
        Of needs and partner types.
    partners : iterable of Partner
        All partners of the catalogue.
    unread : collection of str, optional
        Ids of partners whose files have problems of their own: these are not told again.
    """
    for wanted in COMPONENTS:
        if wanted not in comparison.by_id:
            yield problem_in(_FILE, f"component {wanted!r} is missing", "the paper compares eight")
    clusters_of = {partner.id: partner.clusters for partner in partners}
    for component in comparison.components:
        where = f"component {component.id!r}"
        for facet in ("need", "partner_type"):
            terms = component.needs if facet == "need" else component.partner_types
            for term in terms:
                yield from check_term(_FILE, where, term, vocabulary.facets[facet])
        for cluster, cell in component.cells.items():
            for partner in cell.partners:
                if partner in unread:
                    continue
                if partner not in clusters_of:
                    what = f"{where}, {cluster}: {partner!r} is no partner"
                    yield problem_in(_FILE, what, near(partner, clusters_of, "see partners/"))
                elif cluster not in clusters_of[partner]:
                    what = f"{where}, {cluster}: {partner!r} does not belong to this cluster"
                    yield problem_in(_FILE, what, f"it stands in {', '.join(clusters_of[partner])}")
    yield from _check_stages(comparison.stages)


def _check_stages(stages: Iterable[Stage]) -> Iterator[Problem]:
    last = dict.fromkeys(CLUSTERS, (0, 0))
    for stage in stages:
        number, year = last[stage.cluster]
        where = f"stage {stage.number} of {stage.cluster}"
        if stage.number != number + 1:
            yield problem_in(
                _FILE, f"{where} follows stage {number}", "number them from 1, in order"
            )
        if stage.start < year or (stage.end is not None and stage.end < stage.start):
            yield problem_in(_FILE, f"{where} runs against time", "compare `from` and `to`")
        last[stage.cluster] = (stage.number, stage.end or stage.start)
    for cluster, (number, _) in last.items():
        if not number:
            yield problem_in(_FILE, f"{cluster} has no stages", "give it at least one [[stage]]")
