"""The words that tenants and offers share: facets, their terms, and the forms these go by.

Terms are matched by whole forms here; finding them inside free text is the work of
`matcher.text`.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from matcher.catalogue.provenance import Text
from matcher.catalogue.weights import Weights

FIELD_KINDS = (
    "text",
    "id",
    "date",
    "term",
    "terms",
    "trl",
    "class",
    "count",
    "percent",
    "money",
    "places",
    "entities",
    "statuses",
    "names",
    "choice",
)
"""How a cell can be read: see ``data/vocabulary/fields.toml``."""

_DOTS = re.compile("[·‧․・ㆍ･•∙]")
DROPPED = frozenset(" \t\r\n\u00a0·-‐‑–—_")
"""What does not count when forms are compared."""

DROPPING = dict.fromkeys(map(ord, DROPPED))


def fold(text: str) -> str:
    """Return text in NFKC with every kind of middle dot made one.

    The dots go first: NFKC turns some of them into full stops.
    """
    if text.isascii():
        return text
    text = _DOTS.sub("·", text)
    if unicodedata.is_normalized("NFKC", text):
        return text
    return _DOTS.sub("·", unicodedata.normalize("NFKC", text))


def form_key(text: str) -> str:
    """Return what is compared of a form: folded, without blanks, dots and hyphens, caseless."""
    return fold(text).translate(DROPPING).casefold()


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a facet.

    Parameters
    ----------
    id : str
        Unique within its facet.
    label : Text
        The main Korean and English form.
    forms : tuple of str
        All Korean and English forms, the labels first.
    abbr : tuple of str
        Abbreviations; safe as a whole cell, in running text only as a token.
    parents : tuple of str
        Ids of the wider terms of the same facet.
    related : mapping of str to float
        How far an offer of the other term serves who asks for this one, 0 to 1.
    scale : tuple of (str, float) or None
        Track and position of a term of an ordered facet; None for the others.
    """

    id: str
    label: Text
    forms: tuple[str, ...]
    abbr: tuple[str, ...]
    parents: tuple[str, ...]
    related: Mapping[str, float]
    scale: tuple[str, float] | None


@dataclass(frozen=True)
class Facet:
    """A named set of terms.

    Parameters
    ----------
    id : str
        Name of the facet.
    label : Text
        What a reader calls it.
    terms : mapping of str to Term
        By id, in the order of the file.
    nearness : float or None
        What each step along a scale leaves of a full match; None where terms have no order.
    by_sector : mapping of (str, str) to str
        What a term means for tenants of a sector, where that is another term.
    """

    id: str
    label: Text
    terms: Mapping[str, Term]
    nearness: float | None = None
    by_sector: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def _by_form(self) -> dict[str, Term]:
        found: dict[str, Term] = {}
        for term in self.terms.values():
            for form in (term.id, *term.forms, *term.abbr):
                found.setdefault(form_key(form), term)
        return found

    @cached_property
    def with_marks(self) -> re.Pattern[str] | None:
        """Forms with a slash or a comma inside (``L/O``); None where there are none.

        A middle dot is left to split: 유통·판매 is as often the start of a list as one thing.
        """
        forms = {fold(form) for term in self for form in (*term.forms, *term.abbr)}
        marked = [form for form in forms if re.search(r"\w[/,]", form)]
        if not marked:
            return None
        either = "|".join(re.escape(form) for form in sorted(marked, key=len, reverse=True))
        return re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])", re.IGNORECASE)

    @cached_property
    def longest_form(self) -> int:
        """Letters of the longest form as it is compared."""
        return max(map(len, self._by_form), default=0)

    def find(self, text: str) -> Term | None:
        """Return the term that goes by this form, in any of its spellings, or None."""
        return self._by_form.get(form_key(text))

    def suggest(self, text: str) -> list[str]:
        """Return up to three labels that look like the text."""
        near = difflib.get_close_matches(form_key(text), self._by_form, n=3, cutoff=0.6)
        return list(dict.fromkeys(self._by_form[form].label["ko"] for form in near))

    def ancestors(self, term_id: str) -> dict[str, int]:
        """Return the wider terms of a term and how many levels up each is."""
        levels: dict[str, int] = {}
        edge = [(parent, 1) for parent in self.terms[term_id].parents]
        while edge:
            parent, level = edge.pop(0)
            if parent not in levels:
                levels[parent] = level
                edge += [(above, level + 1) for above in self.terms[parent].parents]
        return levels

    def within(self, term_id: str, wider_id: str) -> bool:
        """Return whether a term is another or lies below it."""
        return term_id == wider_id or wider_id in self.ancestors(term_id)

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms.values())


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the tenant list.

    Parameters
    ----------
    id : str
        Name in the records.
    label : Text
        The header that the tool writes.
    kind : str
        How a cell is read; see ``data/vocabulary/fields.toml``.
    facet : str or None
        Where the terms of the field live; None for fields without terms.
    required : bool
        Whether a row without it is listed and not ranked.
    one_of : str or None
        Group of fields of which one is enough; None for fields that stand alone.
    codes : mapping of str to tuple of str
        Words of a status or a choice, by code.
    rare : bool
        Whether only some rules need it: records show it where it is stated, and an empty list
        asks for it only on request.
    ask : Text or None
        The question that would fill it; None where none is asked.
    """

    id: str
    label: Text
    kind: str
    facet: str | None
    required: bool
    one_of: str | None
    codes: Mapping[str, tuple[str, ...]]
    rare: bool = False
    ask: Text | None = None


def ask_of(field: Field) -> Text:
    """Return the question that fills a field; its name as a question where none is written."""
    label = field.label
    return field.ask or Text(ko=f"{label['ko']}: 어떻게 됩니까?", en=f"{label['en']}?")


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """Limits on finding terms in free text: see ``data/vocabulary/reading.toml``."""

    boundary_required: frozenset[str] = frozenset()
    abbr_needs_context: frozenset[str] = frozenset()
    false_positives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All facets and fields, and how the score weighs them."""

    facets: Mapping[str, Facet]
    fields: Mapping[str, Field]
    aliases: Mapping[str, tuple[str, ...]]
    ambiguous: Mapping[str, tuple[str, ...]]
    personal: tuple[str, ...]
    reading: ReadingRules
    weights: Weights

    def label(self, facet: str, term_id: str, language: str) -> str:
        """Return the label of a term; the id itself where the term is not known."""
        term = self.facets[facet].terms.get(term_id)
        return term.label[language] if term else term_id


def build_facet(entry: Mapping[str, Any]) -> Facet:
    """Return a facet from its TOML table.

    Raises
    ------
    ValueError
        When a term has a scale without a position on it, or the other way round.
    """
    for term in entry["term"]:
        if ("scale" in term) != ("at" in term) or ("scale" in term and "nearness" not in entry):
            raise ValueError(f"term {term['id']!r}: `scale`, `at` and `nearness` go together")
    terms = {term["id"]: _build_term(term) for term in entry["term"]}
    # A relation is written once and holds both ways.
    for term in list(terms.values()):
        for other, share in term.related.items():
            if other in terms and term.id not in terms[other].related:
                terms[other] = _related(terms[other], {term.id: share})
    by_sector = {
        (sector, turn["term"]): turn["means"]
        for turn in entry.get("turn", ())
        for sector in turn["sectors"]
    }
    return Facet(entry["facet"], Text(entry["label"]), terms, entry.get("nearness"), by_sector)


def build_fields(entries: Iterable[Mapping[str, Any]]) -> dict[str, Field]:
    """Return the fields of the tenant list from their TOML tables."""
    return {
        entry["id"]: Field(
            entry["id"],
            Text(ko=entry["ko"], en=entry["en"]),
            entry["kind"],
            entry.get("facet"),
            entry.get("required", False),
            entry.get("one_of"),
            {
                code: tuple(words)
                for code, words in (entry.get("statuses") or entry.get("choices") or {}).items()
            },
            entry.get("rare", False),
            Text(entry["ask"]) if "ask" in entry else None,
        )
        for entry in entries
    }


def _build_term(entry: Mapping[str, Any]) -> Term:
    label = Text(ko=entry["ko"], en=entry["en"])
    return Term(
        entry["id"],
        label,
        (label["ko"], label["en"], *entry.get("ko_syn", ()), *entry.get("en_syn", ())),
        tuple(entry.get("abbr", ())),
        tuple(entry.get("parents", ())),
        dict(entry.get("related", {})),
        (entry["scale"], float(entry["at"])) if "scale" in entry else None,
    )


def _related(term: Term, more: Mapping[str, float]) -> Term:
    return Term(
        term.id,
        term.label,
        term.forms,
        term.abbr,
        term.parents,
        {**term.related, **more},
        term.scale,
    )


def build_reading(entry: Mapping[str, Any]) -> ReadingRules:
    """Return the limits on reading from ``vocabulary/reading.toml``."""
    return ReadingRules(
        frozenset(entry.get("boundary_required", ())),
        frozenset(entry.get("abbr_needs_context", ())),
        {each["form"]: tuple(each["wrong_in"]) for each in entry.get("false_positive", ())},
        tuple(entry.get("asking", ())),
    )
