"""Judgements as people write them. An id that is not known is a problem, never a silent zero."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher import columns
from matcher.catalogue import Catalogue
from matcher.eligibility import PairVerdict
from matcher.errors import DataError, Problem
from matcher.intake import Tenant

_RELEVANCES = ("0", "1", "2", "3")
_VERDICTS = tuple(verdict.word for verdict in reversed(PairVerdict))
_SEE = {
    "tenant": "the tenant list has no such id",
    "partner": "see `matcher partners`; bridges are not ranked",
    "offer": "see `matcher partners`; an offer is written partner/offer",
    "rule": "see `matcher rules`",
    "verdict": f"write one of {', '.join(_VERDICTS)}",
}
"""What to do about an unknown word that looks like no known one, by what it should be."""


@dataclass(frozen=True, slots=True)
class VerdictJudgement:
    """What a judge says of one tenant and one offer."""

    tenant_id: str
    offer_id: str
    verdict: str
    rule_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judgements:
    """What the judges say.

    Parameters
    ----------
    relevance : mapping of (str, str) to int, or None
        By tenant and partner id; None where there is no such file.
    verdicts : sequence of VerdictJudgement, or None
        In the order of the file; None where there is no such file.
    """

    relevance: Mapping[tuple[str, str], int] | None
    verdicts: Sequence[VerdictJudgement] | None


def read_judgements(
    relevance: Path | None,
    verdicts: Path | None,
    tenants: Sequence[Tenant],
    catalogue: Catalogue,
) -> Judgements:
    """Return the judgements on tenants of a list and partners of a catalogue.

    Raises
    ------
    DataError
        When there is a problem in either file; all problems of both are in it.
    """
    tenant_ids = [tenant.tenant_id for tenant in tenants]
    partner_ids = [partner.id for partner in catalogue.ranked_partners]
    offer_ids = [offer.id for offer in catalogue.offers]
    rule_ids = [rule.id for rule in catalogue.rules]
    found_relevance, found_verdicts = None, None
    problems: list[Problem] = []
    if relevance is not None:
        try:
            found_relevance = read_relevance(relevance, tenant_ids, partner_ids)
        except DataError as error:
            problems += error.problems
    if verdicts is not None:
        try:
            found_verdicts = read_verdicts(verdicts, tenant_ids, offer_ids, rule_ids)
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return Judgements(found_relevance, found_verdicts)


def read_relevance(
    path: Path, tenant_ids: Collection[str], partner_ids: Collection[str]
) -> dict[tuple[str, str], int]:
    """Return the relevance of judged pairs, by tenant and partner id.

    Parameters
    ----------
    path : Path
        CSV in the columns `columns.RELEVANCE_JUDGEMENTS`.
    tenant_ids, partner_ids : collection of str
        The ids that are known.

    Raises
    ------
    DataError
        When columns are missing, an id is unknown or a relevance is not 0 to 3.
    """
    found: dict[tuple[str, str], int] = {}
    problems: list[Problem] = []
    for number, row in _read_rows(path, columns.RELEVANCE_JUDGEMENTS):
        tenant, partner, relevance = (row[name] for name in columns.RELEVANCE_JUDGEMENTS)
        wrong = [
            *_unknown("tenant", columns.TENANT_ID, [tenant], tenant_ids),
            *_unknown("partner", columns.PARTNER_ID, [partner], partner_ids),
        ]
        if relevance not in _RELEVANCES:
            wrong.append((columns.RELEVANCE, f"{relevance!r} is not a relevance", "write 0 to 3"))
        problems += [Problem("bad_value", path.name, number, *parts) for parts in wrong]
        if not wrong:
            found[tenant, partner] = int(relevance)
    if problems:
        raise DataError(problems)
    return found


def read_verdicts(
    path: Path,
    tenant_ids: Collection[str],
    offer_ids: Collection[str],
    rule_ids: Collection[str],
) -> list[VerdictJudgement]:
    """Return judged verdicts, in the order of the file.

    Parameters
    ----------
    path : Path
        CSV in the columns `columns.VERDICT_JUDGEMENTS`; rule ids are joined by semicolons.
    tenant_ids, offer_ids, rule_ids : collection of str
        The ids that are known; those of offers are full ids.

    Raises
    ------
    DataError
        When columns are missing, or an id or the word of a verdict is unknown.
    """
    found: list[VerdictJudgement] = []
    problems: list[Problem] = []
    for number, row in _read_rows(path, columns.VERDICT_JUDGEMENTS):
        tenant, offer, verdict = (
            row[name] for name in (columns.TENANT_ID, columns.OFFER_ID, columns.VERDICT)
        )
        rules = [rule.strip() for rule in row[columns.RULE_IDS].split(";") if rule.strip()]
        wrong = [
            *_unknown("tenant", columns.TENANT_ID, [tenant], tenant_ids),
            *_unknown("offer", columns.OFFER_ID, [offer], offer_ids),
            *_unknown("verdict", columns.VERDICT, [verdict], _VERDICTS),
            *_unknown("rule", columns.RULE_IDS, rules, rule_ids),
        ]
        problems += [Problem("bad_value", path.name, number, *parts) for parts in wrong]
        found.append(VerdictJudgement(tenant, offer, verdict, frozenset(rules)))
    if problems:
        raise DataError(problems)
    return found


def _unknown(
    kind: str, column: str, words: Sequence[str], known: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield column, what is wrong and a hint for each word that is not known."""
    for word in words:
        if word not in known:
            near = ", ".join(difflib.get_close_matches(word, known, n=3))
            yield column, f"no {kind} {word!r}", f"did you mean {near}?" if near else _SEE[kind]


def _read_rows(path: Path, wanted: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Return the rows that are not blank, each with its number as a spreadsheet counts it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            [Problem("unreadable", path.name, None, None, f"cannot be read as UTF-8: {error}")]
        ) from error
    rows = csv.reader(io.StringIO(text))
    header = next(rows, [])
    missing = [name for name in wanted if name not in header]
    if missing:
        what = f"has no column {', '.join(missing)}"
        hint = f"the columns are {', '.join(wanted)}"
        raise DataError([Problem("unreadable", path.name, 1, None, what, hint)])
    numbered = []
    for number, cells in enumerate(rows, 2):
        if any(cell.strip() for cell in cells):
            row = dict.fromkeys(wanted, "") | dict(zip(header, cells, strict=False))
            numbered.append((number, {name: row[name].strip() for name in wanted}))
    return numbered
