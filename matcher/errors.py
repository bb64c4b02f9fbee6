"""What can be wrong with an input, and the errors that carry it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

BLOCKING_KINDS = frozenset(
    {"missing_required", "bad_value", "duplicate_id", "ambiguous_header", "unreadable"}
)
"""Kinds of problems that make the exit status 1; all other kinds are only told."""


class Phrase(str):
    """A sentence in English that remembers its parts, so that it can be said in other words.

    Parameters
    ----------
    template : str
        The sentence with names of values in braces.
    **values
        What stands there.
    """

    template: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Phrase:
        """Return the sentence with its values."""
        phrase = super().__new__(cls, template.format(**values))
        phrase.template, phrase.values = template, values
        return phrase

    def __getnewargs_ex__(self) -> tuple[tuple[str], Mapping[str, Any]]:
        """Return what makes the phrase again in another process."""
        return (self.template,), self.values


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input, and where to go to mend it.

    Parameters
    ----------
    kind : str
        What sort of problem, such as ``bad_value``; see `BLOCKING_KINDS`.
    sheet : str or None
        Sheet of a workbook, or the file; None where there is only one place to look.
    row : int or None
        Row as a spreadsheet counts it, or line of a TOML file, the first being 1; None for a whole
        column or file.
    column : str or None
        Header of the column as it stands; None for a whole row or file.
    what, hint : str
        What is wrong, and what to do about it; a `Phrase` where it holds values. Neither quotes
        personal data.
    """

    kind: str
    sheet: str | None
    row: int | None
    column: str | None
    what: str
    hint: str = ""

    @property
    def blocking(self) -> bool:
        """Whether the problem makes a run end with exit status 1."""
        return self.kind in BLOCKING_KINDS

    def as_dict(self) -> dict[str, Any]:
        """Return the problem in the keys of the JSON output."""
        return {
            "kind": self.kind,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "what": self.what,
            "hint": self.hint,
        }

    @property
    def place(self) -> str:
        """Where to go to mend it; empty where the whole input is meant."""
        counted = "line" if (self.sheet or "").endswith(".toml") else "row"
        row = None if self.row is None else f"{counted} {self.row}"
        return ", ".join(filter(None, (self.sheet, row, self.column)))

    def __str__(self) -> str:
        text = f"{self.place}: {self.what}" if self.place else self.what
        return f"{text} ({self.hint})" if self.hint else text


class MatcherError(Exception):
    """Something is wrong with what the user gave; the message says what to do."""


class DataError(MatcherError):
    """An input was read to its end and at least one problem was found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class UnknownIdError(MatcherError):
    """An id was asked for that is not there."""

    def __init__(self, kind: str, wanted: str, suggestions: Iterable[str] = ()) -> None:
        near = ", ".join(suggestions)
        super().__init__(f"no {kind} {wanted!r}" + (f" (did you mean {near}?)" if near else ""))
