"""The sheets of the workbook: which there are, and what stands in their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from matcher.reports import labels
from matcher.reports.labels import word
from matcher.reports.model.report import Card, Page, Report, RuleLine
from matcher.reports.model.steps import step_text
from matcher.reports.model.unmet import unmet_lines

_Row = Sequence[Any]


class Judged(NamedTuple):
    """A cell that has a colour: a verdict, and how it reads without one."""

    verdict: str
    shown: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet.

    Parameters
    ----------
    name : str
        On its tab.
    header : sequence of str
        Of its columns.
    widths : sequence of int
        Of its columns, in Latin letters.
    rows : iterable of sequence
        Cells are text, numbers, `Judged`, or None.
    frozen : int
        Columns that stay when the others are moved.
    """

    name: str
    header: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[_Row]
    frozen: int = 0


def sheets_of(report: Report) -> Iterator[Sheet]:
    """Yield the sheets of a report in their order; without rows only the first and the last."""
    tenant = {"tenant_id": 11, "tenant": 24}
    card = {"rank": 6, "partner": 30, "offer": 34}
    source = {"source": 50, "as_of": 12}
    yield _sheet(
        report,
        "all_pairs",
        _pairs(report),
        {**tenant, "sector": 12, "list": 18, **card, "cluster": 14, "kind": 16, "score": 9}
        | {"verdict": 13, "why_open": 44, "shared": 40, "access": 36, "decision": 15},
        frozen=2,
    )
    others = [
        _sheet(
            report,
            "by_tenant",
            _tenants(report),
            {**tenant, "sector": 12, "targets": 14, "needs": 24, "score": 9, "verdict": 13}
            | {"open_rules": 28, "first": 32, "second": 32, "third": 32}
            | {"near_misses": 36, "problems": 24},
            frozen=2,
        ),
        _sheet(
            report,
            "reasons",
            _of_cards(report, _reasons),
            {**tenant, **card, "item": 26, "value": 10, "reason": 60, **source},
            frozen=2,
        ),
        _sheet(
            report,
            "rules",
            _of_cards(report, _rules),
            {**tenant, **card, "item": 44, "aspect": 14, "verdict": 14, "status": 14}
            | {"reason": 60, **source},
            frozen=2,
        ),
        _sheet(
            report,
            "unmet",
            _unmet(report),
            {"need": 24, "cluster": 14, "how_many_tenants": 9, "tenants": 60, "why_missing": 24}
            | {"nearest": 50},
        ),
        _sheet(
            report,
            "unserved_tenants",
            _unserved(report),
            {**tenant, "sector": 12, "targets": 16, "needs": 30, "why_missing": 50}
            | {"near_misses": 60},
        ),
        _sheet(
            report,
            "questions",
            _questions(report),
            {**tenant, "question": 70, "open_rules": 50, "partners_concerned": 44},
        ),
        _sheet(
            report,
            "problems",
            _problems(report),
            {"sheet": 14, "row": 8, "column": 20, "aspect": 18, "what": 50, "hint": 40},
        ),
    ]
    yield from (sheet for sheet in others if sheet.rows)
    yield _sheet(report, "run", report.record, {"item": 24, "value": 100})


def _sheet(
    report: Report, name: str, rows: Iterable[_Row], columns: dict[str, int], *, frozen: int = 0
) -> Sheet:
    header = [word(key, report.language) for key in columns]
    return Sheet(word(name, report.language), header, list(columns.values()), list(rows), frozen)


def _pairs(report: Report) -> Iterator[_Row]:
    """Yield a row per tenant and partner, whichever list it stands in."""
    language = report.language
    for page in report.pages:
        for name in ("matches", "near_misses", "ineligible", "not_ranked"):
            for card in getattr(page, name):
                yield [
                    page.tenant_id,
                    page.name,
                    page.sector,
                    word(f"list_{name}", language),
                    card.rank,
                    card.partner,
                    card.offer,
                    card.cluster,
                    card.kind,
                    card.score,
                    _verdict(card),
                    card.reason or "\n".join(f"{r.verdict_label}: {r.label}" for r in card.rules),
                    "\n".join(f"{label}: {shared}" for label, shared in card.shared),
                    "\n".join(card.access),
                    card.decision,
                ]


def _tenants(report: Report) -> Iterator[_Row]:
    language = report.language
    for page in report.pages:
        best = page.matches[0] if page.matches else None
        shown = [_short(card) for card in page.matches[:3]] + [""] * 3
        if not page.matches:
            shown[0] = _why_nobody(page, language)
        yield [
            page.tenant_id,
            page.name,
            page.sector,
            page.targets,
            page.needs,
            best.score if best else None,
            _verdict(best) if best else None,
            "\n".join(rule.label for rule in best.rules) if best else None,
            *shown[:3],
            _near(page, language),
            "\n".join(f"{p.label}: {p.column}" for p in page.problems),
        ]


def _of_cards(report: Report, rows: Any) -> Iterator[_Row]:
    """Yield what a function tells of each card that is worked with, behind whom it is on."""
    for page in report.pages:
        for card in (*page.matches, *page.near_misses):
            for of in (card, *card.excluded):
                pair = [page.tenant_id, page.name, of.rank, of.partner, of.offer]
                yield from ([*pair, *row] for row in rows(of, report.language))


def _reasons(card: Card, language: str) -> Iterator[_Row]:
    shared = dict(card.shared)
    for label, part in card.parts:
        yield [label, part, shared.get(label, ""), "", ""]
    yield [word("sum", language), card.score, card.summary, "", ""]
    for label, factor in card.factors:
        yield [f"{word('factors', language)}: {label}", factor, "", "", ""]
    for number, step in enumerate(card.routes[0] if card.routes else (), 1):
        yield [f"{word('route', language)} {number}", None, step_text(step, language), "", ""]
    for url, as_of in card.sources:
        yield [word("source", language), None, "", url, as_of]


def _rules(card: Card, language: str) -> Iterator[_Row]:
    for rule in card.rules:
        verdict = Judged(rule.verdict, f"{labels.RULE_MARKS[rule.verdict]} {rule.verdict_label}")
        kind = (rule.kind_label, verdict, rule.status_label)
        yield [rule.label, *kind, rule.reason, rule.source, rule.as_of]


def _unmet(report: Report) -> Iterator[_Row]:
    for line in unmet_lines(report.pages):
        names = "\n".join(f"{name} ({tenant_id})" for tenant_id, name in line.tenants)
        yield [
            *(line.need, line.cluster, line.n_tenants, names),
            *("\n".join(line.whys), "\n".join(line.nearest)),
        ]


def _unserved(report: Report) -> Iterator[_Row]:
    language = report.language
    for page in report.pages:
        if not page.matches:
            why, near = _why_nobody(page, language), _near(page, language)
            of = (page.tenant_id, page.name, page.sector, page.targets, page.needs)
            yield [*of, why, near]


def _questions(report: Report) -> Iterator[_Row]:
    """Yield each open question to a tenant once, with the rules and partners that hang on it."""
    for page in report.pages:
        asked: dict[str, list[tuple[RuleLine, Card]]] = {}
        for card in (*page.matches, *page.near_misses):
            for of in (card, *card.excluded):
                for rule in of.rules:
                    for question in rule.questions:
                        asked.setdefault(question, []).append((rule, of))
        for question, behind in asked.items():
            rules = dict.fromkeys(rule.label for rule, _ in behind)
            partners = dict.fromkeys(card.partner for _, card in behind)
            yield [page.tenant_id, page.name, question, "\n".join(rules), "\n".join(partners)]


def _problems(report: Report) -> Iterator[_Row]:
    for p in report.problems:
        yield [p.sheet, p.row, p.column, p.label, p.what, p.hint]


def _verdict(card: Card) -> Judged:
    return Judged(card.verdict, f"{labels.VERDICT_MARKS[card.verdict]} {card.verdict_label}")


def _why_nobody(page: Page, language: str) -> str:
    return page.nobody if page.complete else word("incomplete", language)


def _near(page: Page, language: str) -> str:
    excluded = [each for card in page.matches for each in card.excluded]
    return "\n".join(_with_first_step(card, language) for card in (*excluded, *page.near_misses))


def _with_first_step(card: Card, language: str) -> str:
    if not card.routes:
        return _short(card)
    step = card.routes[0][0]
    return f"{_short(card)} → {word('first_step', language)}: {step_text(step, language)}"


def _short(card: Card) -> str:
    return f"{card.partner} — {card.offer} ({card.score:.3f}, {card.verdict_label})"
