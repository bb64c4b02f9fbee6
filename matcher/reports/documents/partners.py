"""The document that goes to a partner: which tenants fit what it says it looks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.reports.documents.outline import Grid, Line, Outline, grid, line
from matcher.reports.documents.tenants import annexed_record, letterhead, verdict_text
from matcher.reports.labels import word
from matcher.reports.model.partners import PartnerPage
from matcher.reports.model.report import Card, Page, Report


def partner_outline(report: Report, partner: PartnerPage) -> Outline:
    """Return the document for one partner."""
    language = report.language
    title = word("partner_title", language).format(partner=partner.name)
    about = f"{partner.cluster}, {partner.kind} · {word('n_fits', language)}: {len(partner.fits)}"
    foot = f"{word('run', language)} {report.run.id} · {word('as_of', language)} {report.run.as_of}"
    blocks = tuple(_blocks(report, partner))
    return Outline(language, report.run.as_of, title, about, blocks, foot)


def _blocks(report: Report, partner: PartnerPage) -> Iterator[Line | Grid]:
    language = report.language
    yield letterhead(report)
    yield line("item", word("interests", language))
    for interest in partner.interests:
        yield line("point", interest.offer, interest.summary)
        yield line("detail", _pairs(interest.terms))
    yield line("item", word("fitting_tenants", language))
    yield _overview(partner, language)
    for number, (page, card) in enumerate(partner.fits, 1):
        yield from _tenant(number, page, card, language)
    yield line("note", word("limits", language))
    yield from annexed_record(report)


def _overview(partner: PartnerPage, language: str) -> Grid:
    header = ("nth", "tenant", "sector", "offer", "score", "verdict")
    rows = [tuple(word(key, language) for key in header)]
    for number, (page, card) in enumerate(partner.fits, 1):
        fit = (page.sector, card.offer, f"{card.score:.3f}", verdict_text(card))
        rows.append((str(number), _name(page), *fit))
    return grid(rows, (7, 27, 18, 22, 9, 17))


def _tenant(number: int, page: Page, card: Card, language: str) -> Iterator[Line]:
    score = f"{word('score', language)} {card.score:.3f}, {card.verdict_label}"
    yield line("point", f"{number}. {_name(page)} ({score})")
    yield line("detail", word("profile", language), _pairs(page.teaser))
    yield line("detail", word("shared", language), _pairs(card.shared))
    for rule in card.rules:
        yield line("detail", word("to_settle", language), f"{rule.label} ({rule.kind_label})")
        yield line("source", f"{rule.source} ({rule.as_of})")
    yield line("detail", word("decision", language), card.decision)


def _name(page: Page) -> str:
    """Return the name, and the Korean one behind it where that is another."""
    return page.name if page.name == page.name_ko else f"{page.name} ({page.name_ko})"


def _pairs(pairs: Sequence[tuple[str, str]]) -> str:
    return " · ".join(f"{label}: {value.replace('; ', ', ')}" for label, value in pairs)
