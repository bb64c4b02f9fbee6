"""Eligibility rules as data: what must hold, how sure we are, and who said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.catalogue.conditions import Condition, build_condition
from matcher.catalogue.provenance import Source, Text, read_date

KINDS = ("entry", "before_start", "preference", "process")
STATUSES = ("confirmed", "recheck")
_DAY_OF_CASES = "2026-01-01"
CASE_VERDICTS = ("met", "not_met", "unknown", "not_applicable")


@dataclass(frozen=True, slots=True)
class Case:
    """A test case that a member of staff could write: cells in, verdict out.

    Parameters
    ----------
    name : str
        What it tests.
    tenant : mapping of str to str
        Cells by field.
    verdict : str
        One of `CASE_VERDICTS`.
    as_of : str
        Day of the run, as ``YYYY-MM-DD``; it matters only where an age is compared.
    """

    name: str
    tenant: Mapping[str, str]
    verdict: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition on tenants, of one or several offers.

    Parameters
    ----------
    id : str
        Unique in the catalogue.
    label : Text
        The requirement as a reader would say it.
    kind : str
        One of `KINDS`.
    status : str
        One of `STATUSES`; a ``recheck`` rule never excludes by itself.
    offers : tuple of str
        Full ids of the offers it governs.
    requires : Condition or None
        What must hold; None for a process, which is never judged.
    when : Condition or None
        Where the rule applies; None for everywhere.
    source : Source
        Who says so.
    evidence : str
        At most twenty words of the source; empty where none are quoted.
    effective_from, effective_to : str or None
        First and last day on which the rule holds; None for no limit.
    cases : tuple of Case
        Tests of the rule.
    file : str
        Where it stands, below the data folder.
    """

    id: str
    label: Text
    kind: str
    status: str
    offers: tuple[str, ...]
    requires: Condition | None
    when: Condition | None
    source: Source
    evidence: str
    effective_from: str | None
    effective_to: str | None
    cases: tuple[Case, ...]
    file: str = ""

    @property
    def excludes(self) -> bool:
        """Whether failing the rule makes a pair ineligible."""
        return self.kind == "entry" and self.status == "confirmed"

    def in_effect(self, as_of: str) -> bool:
        """Return whether the rule holds on a day, given as ``YYYY-MM-DD``."""
        last = self.effective_to or "9999"  # a last month or year holds to its end
        return (self.effective_from or "") <= as_of and as_of[: len(last)] <= last


def build_rule(
    entry: Mapping[str, Any], sources: Mapping[str, Source], partner_id: str | None, file: str = ""
) -> Rule:
    """Return a rule from its TOML table.

    Parameters
    ----------
    entry : mapping
        The table. Its offers are short ids in a partner's file, full ids elsewhere.
    sources : mapping of str to Source
        The sources of the file.
    partner_id : str or None
        The partner whose file it is; None in a file of general rules.
    file : str, optional
        Name of the file, below the data folder.

    Raises
    ------
    ValueError
        When it has a condition that its kind does not have, or a source that the file has not.
    """
    if (entry["kind"] == "process") == ("requires" in entry):
        raise ValueError("a rule that is judged needs `requires`; a process has none")
    if entry["source"] not in sources:
        raise ValueError(f"source {entry['source']!r} is not among the sources of the file")
    prefix = f"{partner_id}/" if partner_id else ""
    return Rule(
        entry["id"],
        Text(entry["label"]),
        entry["kind"],
        entry["status"],
        tuple(prefix + offer for offer in entry["offers"]),
        build_condition(entry["requires"]) if "requires" in entry else None,
        build_condition(entry["when"]) if "when" in entry else None,
        sources[entry["source"]],
        entry.get("evidence", ""),
        read_date(entry.get("effective_from")),
        read_date(entry.get("effective_to")),
        tuple(
            Case(
                case["name"],
                case["tenant"],
                case["verdict"],
                read_date(case.get("as_of")) or _DAY_OF_CASES,
            )
            for case in entry.get("case", ())
        ),
        file,
    )
