"""The two documents on a tenant: one page for who decides, all of it for who works on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from matcher.reports import labels
from matcher.reports.documents.outline import Grid, Line, Outline, clip, grid, line
from matcher.reports.labels import word
from matcher.reports.model.report import Card, Page, Report, RuleLine, in_thousandths
from matcher.reports.model.steps import helper_texts, step_text

_N_BEST = 3
_N_STEPS = 2
"""Steps of each kind that a summary names."""

_NAME, _CELL, _TEXT = 60, 90, 230
"""Columns that a name, a cell and a quotation have on the page of a summary."""


def summary_outline(report: Report, page: Page) -> Outline:
    """Return the page on a tenant that fits on one sheet of paper."""
    return _outline(report, page, "summary_title", tuple(_summary(report, page)), compact=True)


def report_outline(report: Report, page: Page) -> Outline:
    """Return the full report on a tenant."""
    return _outline(report, page, "title", tuple(_full(report, page)), compact=False)


def _outline(
    report: Report, page: Page, title: str, blocks: tuple[Line | Grid, ...], *, compact: bool
) -> Outline:
    language = report.language
    name = clip(page.name, _NAME) if compact else page.name
    about = line("plain", f"{name} ({word('tenant_id', language)} {clip(page.tenant_id, _NAME)})")
    foot = f"{word('run', language)} {report.run.id} · {word('as_of', language)} {report.run.as_of}"
    return Outline(
        language, report.run.as_of, word(title, language), about.text, blocks, foot, compact
    )


def letterhead(report: Report) -> Grid:
    """Return the head of a letter; approval boxes belong to the groupware."""
    language = report.language
    cells = (
        *(word("department", language), ""),
        *(word("written_on", language), report.run.as_of),
        *(word("handling", language), word(f"handling_{report.audience}", language)),
    )
    return grid([cells], (14, 22, 9, 17, 12, 26), header=False, labels=(0, 2, 4))


def _summary(report: Report, page: Page) -> Iterator[Line | Grid]:
    language = report.language
    yield letterhead(report)
    yield line("item", word("profile", language))
    yield _pairs([(label, clip(_listed(value), 40)) for label, value in page.brief])
    if page.technology:
        yield line("point", word("technology", language), clip(page.technology, _TEXT))
    yield line("item", word("demand", language))
    yield line("point", word("needs", language), clip(_listed(page.needs), _TEXT))
    if page.need_detail:
        yield line("point", word("need_detail", language), f"“{clip(page.need_detail, _TEXT)}”")
    yield line("item", word("recommended", language))
    if page.matches:
        yield _best(report, page)
    else:
        yield line("point", _why_nobody(page, language))
    for card in page.near_misses[:1]:
        yield line("item", word("near_misses", language))
        yield line("point", clip(_named(card), _TEXT))
        if card.routes:
            first = clip(step_text(card.routes[0][0], language), _TEXT)
            yield line("detail", word("first_step", language), first)
    yield line("item", word("next_steps", language))
    yield _next_steps(page, language)
    yield line("note", word("limits", language))
    yield _attachment("report_copy", language)


def _best(report: Report, page: Page) -> Grid:
    language = report.language
    header = ("nth", "partner", "offer", "score", "verdict", "to_confirm", "access")
    rows = [tuple(word(key, language) for key in header)]
    for card in page.matches[:_N_BEST]:
        place = f"{card.partner} ({card.cluster}, {card.kind})"
        rows.append(
            (
                str(card.rank),
                clip(place, _CELL),
                clip(" — ".join((card.offer, *(terms for _, terms in card.shared[:1]))), _CELL),
                f"{card.score:.3f}",
                verdict_text(card),
                clip("; ".join(rule.label for rule in card.rules), _CELL)
                or word("nothing_to_confirm", language),
                clip("; ".join(card.access[:1]), _CELL) or word("no_access", language),
            )
        )
    return grid(rows, (7, 21, 20, 9, 15, 22, 21))


def _next_steps(page: Page, language: str) -> Grid:
    """Return what is to be done; who and until when is for the office to fill in."""
    best = page.matches[:_N_BEST]
    missing = [
        f"{word('fill_list', language)}: {problem.column} {problem.label}"
        for problem in page.problems
        if problem.blocking
    ]
    questions = [
        f"{word('ask_tenant', language)}: {question}"
        for card in best
        for question in _questions(card.rules)
    ]
    contacts = [f"{card.partner}: {word('contact', language)}" for card in best]
    steps = [each for kind in (missing, questions, contacts) for each in _first(kind)]
    rows = [(word("action", language), word("in_charge", language), word("due", language))]
    rows += [(clip(step, 140), "", "") for step in steps]
    return grid(rows if steps else [*rows, ("", "", "")], (64, 18, 18))


def _full(report: Report, page: Page) -> Iterator[Line | Grid]:
    language = report.language
    yield letterhead(report)
    yield line("item", word("profile", language))
    yield _pairs([(label, _listed(value)) for label, value in page.profile])
    if page.technology:
        yield line("point", word("technology", language), page.technology)
    yield line("item", word("demand", language))
    yield line("point", word("needs", language), _listed(page.needs))
    if page.need_detail:
        dated = f" ({page.surveyed})" if page.surveyed else ""
        yield line("point", word("need_detail", language), f"“{page.need_detail}”{dated}")
    yield line("item", word("recommended", language))
    if page.matches:
        yield _ranking(page.matches, language)
        for card in page.matches:
            yield from _card(card, language)
    else:
        yield line("point", _why_nobody(page, language))
    if page.near_misses:
        yield line("item", word("near_misses", language))
        for card in page.near_misses:
            yield from _card(card, language)
    if page.ineligible:
        yield line("item", word("considered", language))
        for card in page.ineligible:
            yield line("point", _named(card))
            yield from _rules(card.rules, language)
            yield from _way(card, language)
    if page.not_ranked:
        yield line("item", word("others", language))
        for reason, cards in page.others.items():
            names = ", ".join(f"{card.partner} {card.score:.3f}" for card in cards)
            yield line("point", f"{reason} ({len(cards)})", names)
    yield from _to_ask(page, language)
    yield from annexed_record(report)


def annexed_record(report: Report) -> Iterator[Line | Grid]:
    """Yield the end of a document, and on a page of its own the run record."""
    language = report.language
    yield _attachment("record_copy", language)
    yield line("annex", f"[{word('attachment', language)}] {word('run', language)}")
    yield grid(report.record, (22, 78), header=False, labels=(0,))


def _to_ask(page: Page, language: str) -> Iterator[Line]:
    judged = (*page.matches, *page.near_misses, *page.ineligible)
    questions = [each for card in judged for each in _questions(card.rules)]
    if questions:
        yield line("item", word("questions_to_tenant", language))
        for question in dict.fromkeys(questions):
            yield line("point", question)
    if page.problems:
        yield line("item", word("problems", language))
        for problem in page.problems:
            yield line("point", problem.label, problem.text)


def _ranking(cards: Sequence[Card], language: str) -> Grid:
    header = ("nth", "partner", "cluster", "offer", "score", "verdict")
    rows = [tuple(word(key, language) for key in header)]
    for card in cards:
        cells = (card.partner, card.cluster, card.offer, f"{card.score:.3f}", verdict_text(card))
        rows.append((str(card.rank), *cells))
    return grid(rows, (8, 27, 14, 27, 10, 16))


def _card(card: Card, language: str) -> Iterator[Line]:
    rank = f"{card.rank}. " if card.rank else ""
    yield line("point", f"{rank}{_named(card)}")
    what = f"{card.summary} ({card.cluster}, {card.kind})"
    yield line("detail", word("what_it_is", language), what)
    parts = " + ".join(
        f"{k} {part:.3f}" for k, part in in_thousandths(card.parts, card.score) if part
    )
    yield line("detail", word("parts", language), f"{card.score:.3f} = {parts}")
    factors = ", ".join(f"{label} × {factor:.2f}" for label, factor in card.factors)
    yield line("detail", word("factors", language), factors)
    shared = " / ".join(f"{label}: {terms}" for label, terms in card.shared)
    if shared:
        yield line("detail", word("fit_grounds", language), shared)
    if card.quoted:
        quoted = ", ".join(f"“{quote}”" for quote in card.quoted)
        yield line("detail", word("quoted", language), quoted)
    yield from _rules(card.rules, language)
    if not card.rules:
        yield line("detail", word("rules", language), word("no_rules", language))
    yield from _way(card, language)
    for excluded in card.excluded:
        yield line("detail", word("excluded", language), _named(excluded))
        yield from _rules(excluded.rules, language)
        yield from _way(excluded, language)
    if card.access:
        yield line("detail", word("access", language), "; ".join(card.access))
    yield line("detail", word("decision", language), card.decision)
    for url, as_of in card.sources:
        yield line("source", f"{url} ({as_of})")


def _rules(rules: Sequence[RuleLine], language: str) -> Iterator[Line]:
    for rule in rules:
        kind = f"{rule.kind_label}, {rule.status_label}"
        what = f"{word('rules', language)} [{rule.verdict_label}] {rule.reason} ({kind})"
        yield line("detail", what)
        yield line("source", f"{rule.source} ({rule.as_of})")


def _way(card: Card, language: str) -> Iterator[Line]:
    """Yield the shortest route, each step with whom it can be taken, or what bars every route."""
    for number, step in enumerate(card.routes[0] if card.routes else (), 1):
        what = f"{word('route', language)} {number})"
        helpers = list(helper_texts(step, language))
        shown = replace(step, partners=(), bridges=()) if helpers else step
        yield line("detail", f"{what} {step_text(shown, language)}")
        for helper in helpers:
            yield line("source", helper)
    for blocker in card.blockers:
        yield line("detail", word("no_route", language), blocker)


def _pairs(pairs: Sequence[tuple[str, str]]) -> Grid:
    """Return labelled values, two to a row."""
    cells = [cell for pair in pairs for cell in pair] + [""] * (2 * (len(pairs) % 2))
    rows = [cells[at : at + 4] for at in range(0, len(cells), 4)]
    return grid(rows or [[""] * 4], (16, 34, 16, 34), header=False, labels=(0, 2))


def _listed(cell: str) -> str:
    return ", ".join(part.strip() for part in cell.split(";"))


def _first(steps: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(steps))[:_N_STEPS]


def _questions(rules: Sequence[RuleLine]) -> list[str]:
    return [question for rule in rules for question in rule.questions]


def _named(card: Card) -> str:
    return f"{card.partner} — {card.offer} ({card.score:.3f}, {card.verdict_label})"


def verdict_text(card: Card) -> str:
    """Return a verdict as it reads without colours."""
    return f"{labels.VERDICT_MARKS[card.verdict]} {card.verdict_label}"


def _why_nobody(page: Page, language: str) -> str:
    return page.nobody if page.complete else word("incomplete", language)


def _attachment(copy: str, language: str) -> Line:
    """Return the line that ends a letter; what stands between its words is as the form has it."""
    colon = ":" if language == "en" else ""
    end = f"{word(copy, language)}  {word('end', language)}"
    return Line("plain", f"{word('attachment', language)}{colon}  {end}")
