"""A report turned round: for each partner the tenants that fit what it says it looks for.

It is made of an external report, so it knows of consenting tenants only, and of them nothing but
words of the vocabulary.
"""

from __future__ import annotations

from dataclasses import dataclass

from matcher.catalogue import Catalogue, Offer
from matcher.features import FIELD_OF_BLOCK
from matcher.reports.model.report import Card, Page, Report


@dataclass(frozen=True, slots=True)
class Interest:
    """An offer that someone fits, and whom it looks for: labels of fields with their terms."""

    offer: str
    summary: str
    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PartnerPage:
    """All about one partner; `fits` are tenants with the card on this partner, best fit first."""

    partner_id: str
    name: str
    cluster: str
    kind: str
    interests: tuple[Interest, ...]
    fits: tuple[tuple[Page, Card], ...]


def partner_pages(report: Report, catalogue: Catalogue) -> list[PartnerPage]:
    """Return a page for each partner that is recommended to someone, by id.

    Raises
    ------
    ValueError
        When the report is an internal one.
    """
    if report.audience != "external":
        raise ValueError("what partners get is made of an external report")
    fits: dict[str, list[tuple[Page, Card]]] = {}
    for page in report.pages:
        for card in page.matches:
            fits.setdefault(card.partner_id, []).append((page, card))
    pages = []
    for partner_id, found in sorted(fits.items()):
        found.sort(key=lambda fit: (-fit[1].score, fit[0].tenant_id))
        card = found[0][1]
        offers = dict.fromkeys(card.offer_id for _, card in found)
        pages.append(
            PartnerPage(
                partner_id,
                card.partner,
                card.cluster,
                card.kind,
                tuple(
                    _interest(catalogue, catalogue.offer(each), report.language) for each in offers
                ),
                tuple(found),
            )
        )
    return pages


def _interest(catalogue: Catalogue, offer: Offer, language: str) -> Interest:
    vocabulary = catalogue.vocabulary
    return Interest(
        offer.name[language],
        offer.summary[language],
        tuple(
            (
                vocabulary.fields[FIELD_OF_BLOCK[facet]].label[language],
                ", ".join(vocabulary.label(facet, term, language) for term in terms),
            )
            for facet, terms in offer.terms.items()
            if terms and facet != "place"
        ),
    )
