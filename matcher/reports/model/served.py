"""Who serves the needs of a tenant in Boston and Biopolis, in the words of one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matcher.catalogue import Catalogue
from matcher.portfolio import ABROAD, ServedComponent, ServedNeed, ServedTenant, Service
from matcher.portfolio.served import DECLINED, NOBODY
from matcher.reports import labels


@dataclass(frozen=True, slots=True)
class ServedPartner:
    """A partner under one component of one cluster, by one offer.

    `needs` are the tenant's needs of the component that it serves, `beside` those of others, in
    words. `rank` is that of the offer among the matches, None where it is not among them.
    """

    partner_id: str
    partner: str
    offer_id: str
    offer: str
    score: float
    verdict: str
    verdict_label: str
    rank: int | None
    needs: tuple[str, ...]
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingNeed:
    """A need that nobody serves under a component of a cluster, and why.

    `nearest` are names of those whom that keeps out, `elsewhere` of those that serve the need under
    another component of the cluster.
    """

    need: str
    why: str
    nearest: tuple[str, ...]
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServedCell:
    """A component in one cluster: what the paper says and where, who serves, what is missing.

    `wanted` says whether the cluster lies in a target place of the tenant.
    """

    cluster: str
    label: str
    wanted: bool
    text: str
    at: str
    partners: tuple[ServedPartner, ...]
    missing: tuple[MissingNeed, ...]


@dataclass(frozen=True, slots=True)
class ServedLine:
    """A component with the needs of the tenant that fall to it, and a cell per cluster.

    The line of the needs that fall to no component has an empty `component`, and empty texts.
    """

    component: str
    name: str
    needs: tuple[str, ...]
    cells: tuple[ServedCell, ...]


def served_lines(
    served: ServedTenant, catalogue: Catalogue, language: str, *, internal: bool = True
) -> tuple[ServedLine, ...]:
    """Return the components of a tenant in the order of the paper, then what falls to none.

    Parameters
    ----------
    served : ServedTenant
        The calculation.
    catalogue : Catalogue
        Names of partners and terms.
    language : {'ko', 'en'}
        Of the words.
    internal : bool, default=True
        Whether it may be told whom the tenant has asked before.
    """
    writer = _Writer(served, catalogue, language, internal)
    lines = [writer.line(component) for component in served.components]
    return (*lines, writer.rest()) if served.elsewhere else tuple(lines)


class _Writer:
    def __init__(
        self, served: ServedTenant, catalogue: Catalogue, language: str, internal: bool
    ) -> None:
        self.served = served
        self.catalogue = catalogue
        self.language = language
        self.internal = internal

    def line(self, own: ServedComponent) -> ServedLine:
        component = own.component
        notes = {cluster: component.cells[cluster].note for cluster in ABROAD}
        return ServedLine(
            component.id,
            component.name[self.language],
            tuple(self._need(each.need) for each in own.needs),
            tuple(
                self._cell(cluster, own.needs, own.beside, note.text, note.at)
                for cluster, note in notes.items()
            ),
        )

    def rest(self) -> ServedLine:
        """Return the line of the needs that fall to no component."""
        needs = self.served.elsewhere
        return ServedLine(
            "",
            labels.word("outside_components", self.language),
            tuple(self._need(each.need) for each in needs),
            tuple(self._cell(cluster, needs, (), {}, {}) for cluster in ABROAD),
        )

    def _cell(
        self,
        cluster: str,
        needs: Sequence[ServedNeed],
        beside: Sequence[ServedNeed],
        text: Mapping[str, str],
        at: Mapping[str, str],
    ) -> ServedCell:
        return ServedCell(
            cluster,
            labels.CLUSTERS[cluster][self.language],
            self.served.wanted[cluster],
            text.get(self.language, ""),
            at.get(self.language, ""),
            tuple(self._partners(cluster, needs, beside)),
            tuple(self._missing(cluster, each) for each in needs if each.missing(cluster)),
        )

    def _partners(
        self, cluster: str, needs: Sequence[ServedNeed], beside: Sequence[ServedNeed]
    ) -> Iterator[ServedPartner]:
        """Yield each serving offer once, those that serve needs of the component first, by fit."""
        serving: dict[str, tuple[Service, list[str], list[str]]] = {}
        for need in (*needs, *beside):
            for service in need.served_by(cluster):
                _, *served = serving.setdefault(service.offer.id, (service, [], []))
                served[need not in needs].append(self._need(need.need))
        for service, own, others in sorted(
            serving.values(), key=lambda each: (not each[1], -each[0].score)
        ):
            offer, verdict = service.offer, service.verdict.word
            yield ServedPartner(
                offer.partner_id,
                self._name(service),
                offer.id,
                offer.name[self.language],
                service.score,
                verdict,
                labels.VERDICTS[verdict][self.language],
                service.rank,
                tuple(own),
                tuple(others),
            )

    def _missing(self, cluster: str, need: ServedNeed) -> MissingNeed:
        state = need.missing(cluster) or NOBODY
        nearest = [each for each in need.services[cluster] if each.state == state]
        if state == DECLINED and not self.internal:  # whom a tenant has asked is nobody's business
            state, nearest = "left_out", []
        return MissingNeed(
            self._need(need.need),
            labels.MISSING[state][self.language],
            tuple(map(self._name, nearest)),
            tuple(map(self._name, self.served.need(need.need).served_by(cluster))),
        )

    def _need(self, term: str) -> str:
        return self.catalogue.vocabulary.label("need", term, self.language)

    def _name(self, service: Service) -> str:
        return self.catalogue.partner(service.offer.partner_id).name[self.language]
