"""One Markdown page per tenant, in the short items that public offices write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from matcher.reports.documents.outline import Grid, Outline
from matcher.reports.labels import word
from matcher.reports.model.report import Card, Page, Report, RuleLine, in_thousandths
from matcher.reports.model.steps import helper_texts, step_text

_MOST_ROUTES = 3
_LIST_MARKS = {"point": "-", "detail": "    -", "source": "        -"}
_SPECIAL = re.compile(r"([\\`*_\[\]|#])")


def to_markdown(report: Report, page: Page) -> str:
    """Return the page of one tenant."""
    return "\n".join(_lines(report, page)) + "\n"


def outline_markdown(outline: Outline) -> str:
    """Return a document of lines and tables."""
    return "\n".join(_outline_lines(outline)) + "\n"


def _outline_lines(outline: Outline) -> Iterator[str]:
    yield f"# {_text(outline.title)}"
    yield ""
    yield _text(outline.subtitle)
    for block in outline.blocks:
        if isinstance(block, Grid):
            yield from _table(block)
        elif block.level in _LIST_MARKS:
            yield f"{_LIST_MARKS[block.level]} {_text(block.text)}"
        else:
            heading = "## " if block.level in ("item", "annex") else ""
            yield from ("", f"{heading}{_text(block.text)}", "")
    yield ""
    yield _text(outline.foot)


def _table(block: Grid) -> Iterator[str]:
    """Yield a table; without a header its first row would be one, so an empty one goes before."""
    header, *rows = block.rows if block.header else ((("",) * len(block.widths)), *block.rows)
    yield ""
    for row in (header, ("---",) * len(block.widths), *rows):
        cells = (cell if cell == "---" else _text(cell) for cell in row)
        yield f"| {' | '.join(cells)} |"
    yield ""


def _lines(report: Report, page: Page) -> Iterator[str]:
    language = report.language
    yield f"# {_text(page.name)} — {word('title', language)}"
    yield ""
    yield (
        f"{word('tenant_id', language)} {_text(page.tenant_id)} · "
        f"{word('as_of', language)} {report.run.as_of}"
    )
    yield from _heading("profile", language)
    for label, value in page.profile:
        yield f"- {_text(label)}: {_text(value)}"
    if page.need_detail:
        yield f"- {word('need_detail', language)}: {_text(page.need_detail)}"
    yield from _heading("recommended", language)
    if not page.complete:
        yield word("incomplete", language)
    elif not page.matches:
        yield page.nobody
    for card in page.matches:
        yield from _card(card, language)
    if page.near_misses:
        yield from _heading("near_misses", language)
        for card in page.near_misses:
            yield from _card(card, language)
    if page.ineligible:
        yield from _heading("ineligible", language)
        for card in page.ineligible:
            yield f"- **{_text(card.partner)}** — {_text(card.offer)} ({card.score:.2f})"
            yield from _rules(card.rules, language)
            yield from _routes(card, language)
    if page.not_ranked:
        yield from _heading("others", language)
        yield from _others(page)
    if page.problems:
        yield from _heading("problems", language)
        for problem in page.problems:
            yield f"- {problem.label} — {_text(problem.text)}"
    yield from _foot(report)


def _heading(key: str, language: str) -> Iterator[str]:
    yield ""
    yield f"## {word(key, language)}"
    yield ""


def _card(card: Card, language: str) -> Iterator[str]:
    rank = f"{card.rank}. " if card.rank else ""
    yield f"### {rank}{_text(card.partner)} — {_text(card.offer)}"
    yield ""
    yield f"- {_text(card.summary)} ({_text(card.cluster)}, {_text(card.kind)})"
    rounded = in_thousandths(card.parts, card.score)
    parts = " + ".join(f"{_text(label)} {part:.3f}" for label, part in rounded if part)
    yield f"- {word('score', language)} **{card.score:.3f}** = {parts}"
    factors = ", ".join(f"{label} × {factor:.2f}" for label, factor in card.factors)
    yield f"- {word('factors', language)}: {factors}"
    for label, shared in card.shared:
        yield f"- {word('shared', language)} — {_text(label)}: {_text(shared)}"
    if card.quoted:
        quoted = ", ".join(f"“{_text(quote)}”" for quote in card.quoted)
        yield f"- {word('quoted', language)}: {quoted}"
    yield (
        f"- {word('verdict', language)}: **{card.verdict_label}** "
        f"({word('decision', language)} {card.decision})"
    )
    yield from _rules(card.rules, language)
    if not card.rules:
        yield f"    - {word('no_rules', language)}"
    yield from _routes(card, language)
    for excluded in card.excluded:
        yield f"- {word('excluded', language)}: {_text(excluded.offer)} ({excluded.score:.3f})"
        yield from _rules(excluded.rules, language)
        yield from _routes(excluded, language)
    for url, as_of in card.sources:
        yield f"- {word('source', language)}: <{url}> ({as_of})"
    yield ""


def _routes(card: Card, language: str) -> Iterator[str]:
    for at, route in enumerate(card.routes[:_MOST_ROUTES], 1):
        which = f" {at}" if len(card.routes) > 1 else ""
        for number, step in enumerate(route, 1):
            shown = _text(step_text(step, language))
            yield f"    - {word('route', language)}{which} {number}) {shown}"
            if at == 1:
                for helper in helper_texts(step, language):
                    yield f"        - {_text(helper)}"
    for blocker in card.blockers:
        yield f"    - {word('no_route', language)}: {_text(blocker)}"


def _rules(rules: tuple[RuleLine, ...], language: str) -> Iterator[str]:
    for rule in rules:
        yield (
            f"    - {rule.verdict_label}: {_text(rule.reason)} "
            f"({rule.kind_label}, {rule.status_label}; <{rule.source}>, {rule.as_of})"
        )
        for question in rule.questions:
            yield f"        - {word('question', language)}: {_text(question)}"


def _others(page: Page) -> Iterator[str]:
    """Yield the partners that are not ranked, gathered by reason."""
    for reason, same in page.others.items():
        names = ", ".join(f"{_text(card.partner)} {card.score:.2f}" for card in same)
        yield f"- {_text(reason)} ({len(same)}): {names}"


def _foot(report: Report) -> Iterator[str]:
    yield ""
    yield "---"
    yield ""
    for label, value in report.record:
        yield f"- {label}: {_text(value)}"


def _text(text: str) -> str:
    """Return text on one line in which nothing acts as Markdown or HTML."""
    flat = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", flat)
