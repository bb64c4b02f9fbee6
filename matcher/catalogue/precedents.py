"""Public links of Korean companies to partners: who has been there before. Never a need."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from matcher.catalogue.provenance import TIERS, UNDATED, Text, is_date, read_day
from matcher.catalogue.tables import near
from matcher.catalogue.vocabulary import Facet
from matcher.errors import Problem

COLUMNS = (
    "company_ko",
    "company_en",
    "partner_id",
    "kind",
    "date",
    "url",
    "tier",
    "note_ko",
    "note_en",
    "sector",
    "modality",
    "indication",
)
"""The columns of the file."""

KINDS = {
    "tenancy": Text(ko="입주", en="tenancy"),
    "membership": Text(ko="회원·컨소시엄", en="membership or consortium"),
    "clinical-validation": Text(ko="임상실증", en="clinical validation"),
    "clinical-trial": Text(ko="임상시험", en="clinical trial"),
    "joint-research": Text(ko="공동연구", en="joint research"),
    "licence": Text(ko="기술이전", en="licence"),
    "investment": Text(ko="투자", en="investment"),
    "partnership": Text(ko="전략적 협력", en="partnership"),
    "programme": Text(ko="프로그램 선정", en="selected for a programme"),
    "meeting": Text(ko="교류·발표", en="meeting or pitch"),
}
"""Kinds of links, with their labels."""

_REQUIRED = ("company_ko", "partner_id", "kind", "date", "url", "tier", "note_ko", "note_en")
_TERMS = ("sector", "modality", "indication")


@dataclass(frozen=True, slots=True)
class Precedent:
    """A public link of a Korean company to a partner.

    Parameters
    ----------
    company : Text
        Its name; in English where a source gives it.
    partner_id : str
        The partner.
    kind : str
        One of `KINDS`.
    date : str or None
        Date of the source: year, month or day; None if undated.
    url : str
        Where it was read.
    tier : str
        One of `matcher.catalogue.provenance.TIERS`.
    note : Text
        What happened.
    terms : mapping of str to tuple of str
        Facets sector, modality and indication of the company, as far as sources say.
    """

    company: Text
    partner_id: str
    kind: str
    date: str | None
    url: str
    tier: str
    note: Text
    terms: Mapping[str, tuple[str, ...]]


class PrecedentReader:
    """Builds precedents row by row and gathers what is wrong with them.

    Parameters
    ----------
    name : str
        The file, as messages call it.
    partners : collection of str
        Ids that a row may name.
    facets : mapping of str to Facet
        Of the vocabulary.
    """

    def __init__(self, name: str, partners: Collection[str], facets: Mapping[str, Facet]) -> None:
        self.name = name
        self.partners = partners
        self.facets = facets
        self.problems: list[Problem] = []
        self._seen: dict[tuple[str, ...], int] = {}

    def read(self, rows: list[tuple[int, dict[str, str]]]) -> tuple[Precedent, ...]:
        """Return the precedents of rows, each with its line; those with problems are left out."""
        found = []
        for line, row in rows:
            problems = list(self._check(line, row))
            self.problems += problems
            if not problems:
                found.append(_build(row))
        return tuple(found)

    def _check(self, line: int, row: Mapping[str, str]) -> Iterator[Problem]:
        for column in _REQUIRED:
            if not row[column]:
                yield self._problem(line, column, "is blank", "every row needs it")
        yield from self._check_word(line, row, "partner_id", self.partners, "no partner")
        yield from self._check_word(line, row, "kind", KINDS, "not one of " + ", ".join(KINDS))
        yield from self._check_word(line, row, "tier", TIERS, "not one of " + ", ".join(TIERS))
        day, url = row["date"], row["url"]
        if day and day != UNDATED and not is_date(day):
            hint = f"YYYY, YYYY-MM or YYYY-MM-DD; `{UNDATED}` where the source bears none"
            yield self._problem(line, "date", f"{day!r} is not a date", hint)
        if url and not url.startswith(("https://", "http://")):
            yield self._problem(line, "url", f"{url!r} is no address", "begin it with https://")
        for facet in _TERMS:
            for term in split(row[facet]):
                if term not in self.facets[facet].terms:
                    hint = near(term, self.facets[facet].terms, f"see vocabulary/{facet}.toml")
                    yield self._problem(line, facet, f"{term!r} is not a term of {facet}", hint)
        key = tuple(row[column] for column in ("company_ko", "partner_id", "kind", "url"))
        first = self._seen.setdefault(key, line)
        if first != line:
            what = f"the same company, partner, kind and url as row {first}"
            yield self._problem(line, None, what, "take one of them out")

    def _check_word(
        self, line: int, row: Mapping[str, str], column: str, known: Collection[str], says: str
    ) -> Iterator[Problem]:
        word = row[column]
        if word and word not in known:
            yield self._problem(
                line, column, f"{word!r} is {says}", near(word, known, "see data/README.md")
            )

    def _problem(self, line: int, column: str | None, what: str, hint: str) -> Problem:
        return Problem("unreadable", self.name, line, column, what, hint)


def split(cell: str) -> tuple[str, ...]:
    """Return the values of a cell, which ``;`` parts."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _build(row: Mapping[str, str]) -> Precedent:
    return Precedent(
        Text(ko=row["company_ko"], en=row["company_en"]),
        row["partner_id"],
        row["kind"],
        read_day(row["date"]),
        row["url"],
        row["tier"],
        Text(ko=row["note_ko"], en=row["note_en"]),
        {facet: split(row[facet]) for facet in _TERMS},
    )
