"""The run record in words: what stands at the foot of every output."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matcher.catalogue.vocabulary import Field
from matcher.reports.labels import OPTIONS, block_label, word
from matcher.reports.run import Run


def record_lines(
    run: Run, fields: Mapping[str, Field], language: str
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
    """
    weights = (
        f"{block_label(block, fields, language)} {weight:.2f}"
        for block, weight in run.weights.items()
    )
    rates = (f"{currency} {rate:,.0f}" for currency, rate in run.rates.items() if currency != "KRW")
    options = (f"{OPTIONS[name][language]} {_shown(value)}" for name, value in run.options.items())
    lines = [("run", f"{run.id} (matcher {run.version})")]
    lines += [("input", f"{name} (sha256 {digest})") for name, digest in run.inputs.items()]
    lines += [
        ("data_version", run.data_version[:12]),
        ("as_of", run.as_of),
        ("options", " · ".join(options)),
        ("weights", " · ".join(weights)),
        ("rates", f"{' · '.join(rates)} ({run.rates_as_of or word('undated', language)})"),
        ("evidence_limits", word("limits", language)),
    ]
    return tuple((word(key, language), value) for key, value in lines if value)


def _shown(value: Any) -> str:
    return {True: "○", False: "×"}[value] if isinstance(value, bool) else str(value)
