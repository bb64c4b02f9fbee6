"""The keys of every table of the data folder, and what may stand under them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from matcher.catalogue.bridges import BASES
from matcher.catalogue.clusters import COMPONENTS, is_place
from matcher.catalogue.conditions import OPERATORS
from matcher.catalogue.exchange import CURRENCIES
from matcher.catalogue.offers import CLUSTERS, OFFER_STATUSES, ROLES, TERMS_OF_OFFER, TOPICS
from matcher.catalogue.provenance import TIERS, UNDATED, is_date
from matcher.catalogue.remedies import MOVES
from matcher.catalogue.rules import CASE_VERDICTS, KINDS, STATUSES
from matcher.catalogue.tables import Cell, Kind, ListOf, Named, OneOf, Table, Word
from matcher.catalogue.vocabulary import FIELD_KINDS


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_address(value: Any) -> bool:
    return _is_word(value) and value.startswith(("https://", "http://")) and " " not in value


def _is_quote(value: Any) -> bool:
    return isinstance(value, str) and len(value.split()) <= MOST_WORDS_OF_A_QUOTE


def _is_limit(value: Any) -> bool:
    return _is_number(value) or (bool(value) and TEXTS.fits(value))


_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_WORDS_OF_A_QUOTE = 20
"""More would be a copy of the source rather than its evidence."""

WORD = Cell("a text", _is_word)
ID = Cell("an id of small letters, digits and hyphens", _is_id)
ADDRESS = Cell("an address that begins with https:// or http://", _is_address)
QUOTE = Cell(f"a quote of at most {MOST_WORDS_OF_A_QUOTE} words", _is_quote)
TEXT = Cell("a text", lambda value: isinstance(value, str))
TEXTS = Cell("a list of texts", lambda value: isinstance(value, list) and all(map(_is_word, value)))
FLAG = Cell("true or false", lambda value: isinstance(value, bool))
NUMBER = Cell("a number", _is_number)
COUNT = Cell("a whole number above 0", lambda value: type(value) is int and value > 0)
POSITIVE = Cell("a number above 0", lambda value: _is_number(value) and value > 0)
NOT_NEGATIVE = Cell("a number, 0 or more", lambda value: _is_number(value) and value >= 0)
SHARE = Cell("a number from 0 to 1", lambda value: _is_number(value) and 0 <= value <= 1)
GATE = Cell("a number above 0, at most 1", lambda value: _is_number(value) and 0 < value <= 1)
DATE = Cell("a date (YYYY, YYYY-MM or YYYY-MM-DD)", is_date)
DAY = Cell(
    "a day (YYYY-MM-DD)", lambda value: is_date(value) and len(str(value)) == len("YYYY-MM-DD")
)
DATE_OR_UNDATED = Cell(
    f'a date (YYYY, YYYY-MM or YYYY-MM-DD) or "{UNDATED}"',
    lambda value: value == UNDATED or is_date(value),
)
YEAR = Cell(
    'a year, such as "2024"', lambda value: is_date(value) and len(str(value)) == len("YYYY")
)
LIMIT = Cell("a number or a list of ids", _is_limit)
LABEL = Table({"ko": WORD, "en": WORD})

SOURCE = Table(
    {"id": WORD, "url": ADDRESS, "as_of": DATE_OR_UNDATED}, {"tier": Word(TIERS)}, title="id"
)
FACT = Table({"topic": Word(TOPICS), "text": LABEL, "source": WORD}, {"offers": TEXTS})
OFFER = Table(
    {
        "id": ID,
        "name": LABEL,
        "summary": LABEL,
        "status": Word(OFFER_STATUSES),
        "strength": SHARE,
        "sources": TEXTS,
    },
    {
        **dict.fromkeys(TERMS_OF_OFFER.values(), TEXTS),
        "also": TEXTS,
        "strength_basis": TEXT,
    },
    title="id",
)

_COMPARISON = Table(
    {"field": WORD, "op": Word(tuple(OPERATORS))},
    {
        "value": LIMIT,
        "currency": WORD,
        "place": WORD,
        "unsettled": WORD,
        "institutions": TEXTS,
        "schemes": TEXTS,
        "status": WORD,
        "blank": Word(("not_met",)),
    },
)


def _sort_of_condition(entry: Mapping[str, Any]) -> Table:
    return next((_JOINTS[key] for key in _JOINTS if key in entry), _COMPARISON)


CONDITION = OneOf(_sort_of_condition)
_PARTS = ListOf(CONDITION, least=1)
_SOME = Table({"at_least": COUNT, "of": _PARTS})
_JOINTS = {
    "all": Table({"all": _PARTS}),
    "any": Table({"any": _PARTS}),
    "not": Table({"not": CONDITION}),
    "at_least": _SOME,
    "of": _SOME,
}
CASE = Table(
    {"name": WORD, "tenant": Named(TEXT), "verdict": Word(CASE_VERDICTS)},
    {"as_of": DAY},
    title="name",
)
RULE = Table(
    {
        "id": ID,
        "offers": ListOf(WORD, least=1),
        "kind": Word(KINDS),
        "status": Word(STATUSES),
        "label": LABEL,
        "source": WORD,
    },
    {
        "requires": CONDITION,
        "when": CONDITION,
        "evidence": QUOTE,
        "effective_from": DATE,
        "effective_to": DATE,
        "case": ListOf(CASE),
    },
    title="id",
)
_SOURCES, _RULES = ListOf(SOURCE, unique="id"), ListOf(RULE)
RULES_FILE = Table({}, {"source": _SOURCES, "rule": _RULES})
PARTNER_FILE = Table(
    {
        "id": ID,
        "name": LABEL,
        "kind": WORD,
        "clusters": ListOf(Word(CLUSTERS), least=1),
        "offer": ListOf(OFFER, least=1, unique="id"),
    },
    {
        "aliases": TEXTS,
        "role": Word(ROLES),
        "city": TEXT,
        "country": TEXT,
        "website": ADDRESS,
        "ror": ADDRESS,
        "unknown": TEXTS,
        "source": _SOURCES,
        "rule": _RULES,
        "fact": ListOf(FACT),
    },
)

INSTITUTION = Table(
    {"id": WORD, "ko": WORD, "en": WORD, "place": WORD},
    {"aliases": TEXTS, "member_of": TEXTS, "basis": TEXT},
    title="id",
)
INSTITUTIONS_FILE = Table({"institution": ListOf(INSTITUTION, unique="id")})
BRIDGE = Table(
    {"from": WORD, "to": WORD, "kind": WORD, "label": LABEL, "basis": Word(BASES), "url": ADDRESS},
    {"as_of": DATE, "confirmed": FLAG},
)
BRIDGES_FILE = Table({}, {"bridge": ListOf(BRIDGE)})
PLACE_IN_PAPER = Cell(
    "a table or section of the paper (Table 2, Results 2-1), Conclusion)", is_place
)
_NOTE = Table({"ko": WORD, "en": WORD, "at": PLACE_IN_PAPER})
_NOTES = ListOf(_NOTE, least=1)
COMPONENT = Table(
    {
        "id": Word(COMPONENTS),
        "name": LABEL,
        "needs": ListOf(WORD, least=1),
        "partner_types": ListOf(WORD, least=1),
        **dict.fromkeys(CLUSTERS, Table(_NOTE.needs, {"partners": TEXTS})),
        **dict.fromkeys(("common", "different", "improvements", "cooperation"), _NOTES),
    },
    title="id",
)
STAGE = Table(
    {"cluster": Word(CLUSTERS), "number": COUNT, "from": COUNT, **_NOTE.needs}, {"to": COUNT}
)
_CITED: dict[str, Kind] = {"url": ADDRESS, "as_of": DATE_OR_UNDATED, "tier": Word(TIERS)}
PAPER = Table({"title": LABEL, "authors": LABEL, "journal": LABEL, "year": COUNT, **_CITED})
CLUSTER_FACT = Table(
    {
        "cluster": Word(CLUSTERS),
        "component": Word(COMPONENTS),
        "ko": WORD,
        "en": WORD,
        **_CITED,
    }
)
CLUSTERS_FILE = Table(
    {"paper": PAPER, "component": ListOf(COMPONENT, unique="id"), "stage": ListOf(STAGE)},
    {"fact": ListOf(CLUSTER_FACT)},
)
TIME = Table({"ko": WORD, "en": WORD, "url": ADDRESS}, {"as_of": DATE, "place": WORD})
REMEDY = Table(
    {"id": WORD, "action": LABEL, "sets": Named(WORD)},
    {
        "places": TEXTS,
        "to": TEXTS,
        "moves": Word(MOVES),
        "needs": TEXTS,
        "kinds": TEXTS,
        "bridges": Named(TEXTS),
        "after": TEXTS,
        "agreement": LABEL,
        "proof": LABEL,
        "takes": TIME,
    },
    title="id",
)
UNCHANGED = Table({"fields": TEXTS, "never": FLAG, "why": LABEL})
REMEDIES_FILE = Table({}, {"remedy": ListOf(REMEDY, unique="id"), "unchanged": ListOf(UNCHANGED)})
PROVENANCE_FILE = Table({"stale_before": YEAR})
RATES_FILE = Table({"krw_per": Named(POSITIVE, CURRENCIES)}, {"as_of": DATE, "basis": TEXT})

TERM = Table(
    {"id": WORD, "ko": WORD, "en": WORD},
    {
        "ko_syn": TEXTS,
        "en_syn": TEXTS,
        "abbr": TEXTS,
        "parents": TEXTS,
        "related": Named(SHARE),
        "scale": WORD,
        "at": NUMBER,
        "note": TEXT,
    },
    title="id",
)
FACET = Table(
    {"facet": WORD, "label": LABEL, "term": ListOf(TERM, least=1, unique="id")},
    {
        "nearness": SHARE,
        "turn": ListOf(Table({"sectors": TEXTS, "term": WORD, "means": WORD})),
    },
    title="facet",
)
CODES_FILE = Table({"facet": ListOf(FACET, unique="facet")})
FIELD = Table(
    {"id": WORD, "ko": WORD, "en": WORD, "kind": Word(FIELD_KINDS)},
    {
        "facet": WORD,
        "required": FLAG,
        "one_of": WORD,
        "statuses": Named(TEXTS),
        "choices": Named(TEXTS),
        "rare": FLAG,
        "ask": LABEL,
    },
    title="id",
)
FIELDS_FILE = Table({"field": ListOf(FIELD, least=1, unique="id")})
HEADERS_FILE = Table(
    {"aliases": Named(TEXTS), "ambiguous": Named(TEXTS), "personal": Table({"headers": TEXTS})}
)
READING_FILE = Table(
    {},
    {
        "boundary_required": TEXTS,
        "abbr_needs_context": TEXTS,
        "asking": TEXTS,
        "false_positive": ListOf(Table({"form": WORD, "wrong_in": TEXTS}, {"basis": TEXT})),
    },
)
WEIGHTS_FILE = Table(
    {
        "decay": SHARE,
        "rarity": SHARE,
        "wider": SHARE,
        "narrower": SHARE,
        "secondary": SHARE,
        "suggested": SHARE,
        "doubted": SHARE,
        "put_off": SHARE,
        "strength_share": SHARE,
        "need_gate": GATE,
        "text_full": GATE,
        "floor": SHARE,
        "first_floor": SHARE,
        "block": Named(
            Table({"weight": NOT_NEGATIVE, "open": SHARE}, {"scope": SHARE}), needs=("need",)
        ),
    },
    {
        "reading": ListOf(
            Table({"need": WORD, "means": WORD, "share": SHARE}, {"sectors": TEXTS, "kinds": TEXTS})
        ),
        "space": ListOf(Table({"need": WORD, "means": WORD, "words": TEXTS, "share": SHARE})),
        "kinds": Named(TEXTS),
        "sectors": Named(WORD),
    },
)
