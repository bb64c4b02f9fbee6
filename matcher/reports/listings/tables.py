"""Results for machines: JSON and CSV in the keys and columns of the interface."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from matcher import columns
from matcher.catalogue import Catalogue, Field, ask_of
from matcher.eligibility import Eligibility, Finding, PairVerdict
from matcher.intake import TenantList
from matcher.recommender import (
    INELIGIBLE,
    MATCHES,
    NEAR_MISSES,
    NOT_RANKED,
    Entry,
    Helper,
    Link,
    MatchTable,
    Step,
)
from matcher.reports.run import Run, basis_of

SHOWN_DIGITS = 8
"""Digits of scores and their parts in JSON and CSV."""

LONGEST_CELL = 32_000
"""A cell of a workbook holds 32,767 characters; longer text is refused without a word."""

BARE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Options under which a workbook keeps text as text."""

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def to_json(content: Any) -> str:
    """Return JSON text, Korean letters as they are, an element of a list on a line of its own."""
    if isinstance(content, dict):
        pairs = (f"{json.dumps(key)}: {_element(value)}" for key, value in content.items())
        return "{\n" + ",\n".join(pairs) + "\n}\n"
    return _element(content) + "\n"


def _element(value: Any) -> str:
    if isinstance(value, list) and any(isinstance(part, dict) for part in value):
        lines = (json.dumps(part, ensure_ascii=False) for part in value)
        return "[\n " + ",\n ".join(lines) + "\n]"
    return json.dumps(value, ensure_ascii=False)


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return CSV text in which no cell acts as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return text.getvalue()


def to_parquet(table: MatchTable) -> bytes:
    """Return the matches as Parquet, in the columns of `MatchTable.to_frame`."""
    content = io.BytesIO()
    table.to_frame().to_parquet(content, index=False)
    return content.getvalue()


def inert(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    acts = isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{cell}" if acts and not _NUMBER.fullmatch(cell) else cell


def match_rows(table: MatchTable) -> tuple[list[str], list[list[Any]]]:
    """Return header and rows of the matches, with the part of each block."""
    header = [*columns.MATCHES, *table.blocks]
    rows = [[row[name] for name in header] for row in table.match_rows()]
    return header, [
        [f"{cell:.{SHOWN_DIGITS}f}" if isinstance(cell, float) else cell for cell in row]
        for row in rows
    ]


def match_content(
    table: MatchTable, tenants: TenantList, run: Run, *, all_rules: bool = False
) -> dict[str, Any]:
    """Return the four lists of every tenant in the keys of the JSON output."""
    return {
        "run": run.as_dict(),
        "tenants": [
            {
                "tenant_id": tenant.tenant_id,
                "name_ko": tenant.stated.get("name_ko"),
                **_judged(table, run, position, all_rules),
                "not_ranked": [
                    {
                        "partner_id": table.offer(entry).partner_id,
                        "offer_id": table.offer(entry).id,
                        "score": round(entry.score, SHOWN_DIGITS),
                        "reason": entry.reason,
                    }
                    for entry in table.of_tenant(position, NOT_RANKED)
                ],
                "problems": [problem.as_dict() for problem in tenant.problems],
            }
            for position, tenant in enumerate(table.tenants)
        ],
        "problems": [problem.as_dict() for problem in tenants.problems if problem.row is None],
        "rules_not_in_effect": [
            {"rule_id": rule.id, "from": rule.effective_from, "to": rule.effective_to}
            for rule in table.catalogue.rules
            if rule.requires is not None and not rule.in_effect(run.as_of)
        ],
    }


def _judged(table: MatchTable, run: Run, position: int, all_rules: bool) -> dict[str, Any]:
    """Return the lists of a tenant whose partners the rules have the say on."""
    decision = partial(run.decision_id, basis_of(table.tenants[position]))
    return {
        name: _entries(table, table.of_tenant(position, name), decision, all_rules)
        for name in (MATCHES, NEAR_MISSES, INELIGIBLE)
    }


def _entries(
    table: MatchTable,
    entries: Sequence[Entry],
    decision: Callable[[str], str],
    all_rules: bool,
) -> list[dict[str, Any]]:
    found = []
    for entry, parts in zip(entries, table.contributions(entries), strict=True):
        findings = table.findings(entry, open_only=not all_rules)
        content: dict[str, Any] = {} if entry.rank is None else {"rank": entry.rank}
        content |= {
            "partner_id": table.offer(entry).partner_id,
            "offer_id": table.offer(entry).id,
            "decision_id": decision(table.offer(entry).id),
            "score": round(entry.score, SHOWN_DIGITS),
            "verdict": table.verdict(entry).word,
            "contributions": {block: round(part, SHOWN_DIGITS) for block, part in parts.items()},
            "rules": [_rule(finding, table.catalogue) for finding in findings],
        }
        content |= _way(table, entry)
        if entry.excluded:
            content["excluded_offers"] = _entries(table, entry.excluded, decision, all_rules)
        found.append(content)
    return found


def _way(table: MatchTable, entry: Entry) -> dict[str, Any]:
    """Return the routes of a pair that is not eligible, or the facts that stand in the way."""
    if table.verdict(entry) == PairVerdict.ELIGIBLE:
        return {}
    if entry.list == INELIGIBLE:
        return {"blocked_by": blocked_by(table, entry.tenant, entry.offer)}
    return {"routes": routes_content(table, entry.tenant, entry.offer)}


def routes_content(table: MatchTable, tenant: int, offer: int) -> list[list[dict[str, Any]]]:
    """Return the routes of a pair, by positions, in the keys of the JSON output."""
    return [[_step(step) for step in route] for route in table.routes(tenant, offer)]


def blocked_by(table: MatchTable, tenant: int, offer: int) -> list[dict[str, Any]]:
    """Return the facts that stand in the way of a pair, by positions, and why no step helps."""
    fields = table.catalogue.vocabulary.fields
    return [
        {
            "rule_id": blocker.rule.id,
            "field": blocker.field,
            "known": blocker.known,
            "why": dict(table.catalogue.remedies.why_not(blocker.field)),
            "question": None if blocker.known else _question(fields[blocker.field]),
        }
        for blocker in table.plan(tenant, offer).blockers
    ]


def _question(field: Field) -> dict[str, str]:
    return {"field": field.id, **ask_of(field)}


def _rule(finding: Finding, catalogue: Catalogue) -> dict[str, Any]:
    rule = finding.rule
    fields = catalogue.vocabulary.fields
    asked = [_question(fields[field]) for field in finding.unknown]
    return {
        "rule_id": rule.id,
        "verdict": finding.verdict.word,
        "kind": rule.kind,
        "status": rule.status,
        "reason": dict(finding.reason),
        "source": rule.source.url,
        "as_of": rule.source.as_of,
        **({"questions": asked} if asked else {}),
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "action": dict(step.action),
        "with": list(step.partners),
        "bridges": list(map(_link, step.links)),
        "sets": dict(step.sets),
        "kind": step.kind,
        "rule_id": step.rule_id,
        "partners": list(map(_helper, step.helpers)),
        "question": dict(step.question) if step.question else None,
        "proof": dict(step.proof) if step.proof else None,
        "takes": {**step.takes.text, "source": step.takes.url, "as_of": step.takes.as_of}
        if step.takes
        else None,
    }


def _helper(helper: Helper) -> dict[str, Any]:
    return {
        "partner_id": helper.partner_id,
        "offer_id": helper.offer_id,
        "fit": round(helper.fit, SHOWN_DIGITS),
        "verdict": helper.verdict.word,
        "bridges": list(map(_link, helper.links)),
    }


def _link(link: Link) -> dict[str, Any]:
    content: dict[str, Any] = {"id": link.id, "basis": link.basis}
    if link.record is not None:
        content |= {
            "label": dict(link.record.label),
            "source": link.record.url,
            "as_of": link.record.as_of,
            "confirmed": link.record.confirmed,
        }
    return content


def eligibility_rows(
    eligibility: Eligibility, offer_id: str | None = None, only: str | None = None
) -> list[dict[str, Any]]:
    """Return one row per tenant, offer and rule; an offer without rules has one row.

    Parameters
    ----------
    eligibility : Eligibility
        The verdicts.
    offer_id : str, optional
        The only offer to show.
    only : {'eligible', 'conditional', 'ineligible'}, optional
        The only verdict of pairs to show.
    """
    rows: list[dict[str, Any]] = []
    for position, tenant in enumerate(eligibility.tenants):
        for at, offer in enumerate(eligibility.catalogue.offers):
            verdict = eligibility.verdict(position, at).word
            if (offer_id and offer.id != offer_id) or (only and verdict != only):
                continue
            if offer.status == "unsourced":  # nothing that a tenant could be eligible for
                continue
            pair = dict.fromkeys(columns.ELIGIBILITY, "") | {
                columns.TENANT_ID: tenant.tenant_id,
                columns.PARTNER_ID: offer.partner_id,
                columns.OFFER_ID: offer.id,
                columns.VERDICT: verdict,
            }
            findings = eligibility.findings(position, at, open_only=False)
            rows += [pair | _eligibility_of(finding) for finding in findings] or [pair]
    return rows


def _eligibility_of(finding: Finding) -> dict[str, Any]:
    return {
        columns.RULE_ID: finding.rule.id,
        columns.KIND: finding.rule.kind,
        columns.STATUS: finding.rule.status,
        columns.RULE_VERDICT: finding.verdict.word,
        columns.REASON: finding.reason["ko"],
        columns.SOURCE: finding.rule.source.url,
        columns.AS_OF: finding.rule.source.as_of or "",
    }
