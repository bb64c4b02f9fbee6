"""The run record in words: what stands at the foot of every output."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from matcher.catalogue import Catalogue
from matcher.catalogue.staleness import is_stale, statements
from matcher.catalogue.vocabulary import Field
from matcher.reports.labels import OPTIONS, block_label, word
from matcher.reports.run import Run


def record_lines(
    run: Run, fields: Mapping[str, Field], language: str, *, named: bool = True
) -> tuple[tuple[str, str], ...]:
    """Return the record as pairs of what and value, the limits of the evidence last.

    Parameters
    ----------
    run : Run
        The record.
    fields : mapping of str to Field
        The fields of the tenant list.
    language : {'ko', 'en'}
        Of the words.
    named : bool, default=True
        Whether the input files are named; what offices call them is for the office only.
    """
    weights = (
        f"{block_label(block, fields, language)} {weight:.2f}"
        for block, weight in run.weights.items()
    )
    rates = (f"{currency} {rate:,.0f}" for currency, rate in run.rates.items() if currency != "KRW")
    options = (f"{OPTIONS[name][language]} {_shown(value)}" for name, value in run.options.items())
    lines = [("run", f"{run.id} (matcher {run.version})")]
    lines += [
        ("input", f"{name} (sha256 {digest})" if named else f"sha256 {digest}")
        for name, digest in run.inputs.items()
    ]
    lines += [
        ("data_version", run.data_version[:12]),
        ("as_of", run.as_of),
        ("options", " · ".join(options)),
        ("weights", " · ".join(weights)),
        ("rates", f"{' · '.join(rates)} ({run.rates_as_of or word('undated', language)})"),
        ("evidence_limits", word("limits", language)),
    ]
    return tuple((word(key, language), value) for key, value in lines if value)


def age_line(catalogue: Catalogue, used: Iterable[str], language: str) -> tuple[str, str]:
    """Return how old the statements behind a report are: how many are stale, how many undated.

    Parameters
    ----------
    catalogue : Catalogue
        What was known.
    used : iterable of str
        Ids of the offers and rules that the report shows.
    language : {'ko', 'en'}
        Of the words.
    """
    shown = set(used)
    found = [
        each
        for each in statements(catalogue)
        if each.kind in ("offer", "rule") and each.id in shown
    ]
    return word("age", language), word("age_of", language).format(
        used=len(found),
        stale=sum(is_stale(each, catalogue.stale_before) for each in found),
        year=catalogue.stale_before,
        undated=sum(each.as_of is None for each in found),
    )


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "○" if value else "×"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
