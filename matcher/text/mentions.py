"""Find vocabulary terms in free text: longest match, with boundaries and negation.

A mention is not a fact. It carries the words it stands in and whether they deny it or put it
off; what follows from that is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import add
from typing import NamedTuple

from matcher.catalogue.vocabulary import DROPPED, DROPPING, Vocabulary, fold, form_key
from matcher.text.morphology import MorphemeBoundaries

STATED, DENIED, PUT_OFF = "stated", "denied", "put_off"

_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[A-Za-z0-9]")
_PARTICLE = re.compile(
    r"(?:은|는|이|가|을|를|의|에|도|만|와|과|로|으로|에서|에게|까지|부터|및|용|형|등|나|이나|보다|처럼|관련)(?![가-힣])"
)
_CLAUSE_END = re.compile(r"[.;\n!?。,]|(?<=고)\s|(?<=며)\s|(?<=나)\s|(?<=만)\s")
_DENIAL = re.compile(
    r"불필요|필요\s*없|불요|없음|없다|없고|없으|없어|해당\s*없|계획\s*없|생각\s*없|제외|아님|아니|않|"
    r"사양|무관|관련\s*없|안\s*함|빼\s*주|[(\s]X(?![A-Za-z])|\bno\b|\bnot\b"
)
_DELAY = re.compile(
    r"이후|추후|나중|향후|장기적|다음\s*단계|까지는|아직|먼\s*얘기|미룸|미뤘|later|after"
)
_WISH = re.compile(
    r"(?:희망|원함|요청|찾|구함|구하|필요|모색|추진|급함)"
    r"(?!\s*없|한\s*것은?\s*아|(?:하?지|치)[는도]?\s*않)"
)
_UNTICKED = re.compile(r"(?:[□☐]|\[\s*\])\s*$")
_BEFORE = 12
"""How many letters before a mention are looked at."""

_DENIED_BEFORE = re.compile(
    r"(?:필요\s*없는|불필요한|(?:^|\s)(?:no|not|without))\s*$", re.IGNORECASE
)
_DELAYED_BEFORE = re.compile(r"(?:추후|향후|나중에|장기적으로)\s*$")
_TO_COME = re.compile(
    r"\s*(?:을|를|이|가|은|는)?\s*(?:신청|진입|승인|개시|돌입)?\s*(?:을|를)?\s*"
    r"(?:준비|예정|계획|목표|추진|신청|찾는|탐색\s*중|도출\s*중|발굴\s*중|선정\s*전"
    r"|planned|in preparation)"
)
_PLURAL = re.compile(r"[sS](?![A-Za-z0-9])")


class Form(NamedTuple):
    """A form of a term as it is looked for."""

    key: str
    facet: str
    term_id: str
    abbreviation: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A term found in a text.

    Parameters
    ----------
    facet, term_id : str
        What is mentioned.
    start, end : int
        Where, in the folded text.
    evidence : str
        The words as they stand.
    state : str
        ``stated``, ``denied`` (불필요) or ``put_off`` (추후).
    """

    facet: str
    term_id: str
    start: int
    end: int
    evidence: str
    state: str


class MentionFinder:
    """Finds the terms of some facets in running text.

    Parameters
    ----------
    vocabulary : Vocabulary
        Terms and the limits on reading them.
    facets : sequence of str
        The facets to look for; a form of several facets is found in the first of them.
    boundaries : MorphemeBoundaries, optional
        Drops what begins or ends within a morpheme; None leaves it to the rules of the vocabulary.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        facets: Sequence[str],
        boundaries: MorphemeBoundaries | None = None,
    ) -> None:
        self._boundaries = boundaries
        rules = vocabulary.reading
        self._needs_boundary = {form_key(form) for form in rules.boundary_required}
        self._ambiguous = set(rules.abbr_needs_context)
        self._wrong: Mapping[str, tuple[str, ...]] = {
            form_key(form): tuple(map(form_key, contexts))
            for form, contexts in rules.false_positives.items()
        }
        self._by_start: dict[str, list[Form]] = {}
        seen: set[tuple[str, bool]] = set()
        for facet in facets:
            for term in vocabulary.facets[facet]:
                for form in term.forms:
                    self._add(Form(form_key(form), facet, term.id, False), seen)
                for abbr in term.abbr:
                    if abbr not in self._ambiguous:
                        self._add(Form(form_key(abbr), facet, term.id, True), seen)
        for forms in self._by_start.values():
            forms.sort(key=lambda form: -len(form.key))

    def _add(self, form: Form, seen: set[tuple[str, bool]]) -> None:
        if len(form.key) >= 2 and (form.key, form.abbreviation) not in seen:
            seen.add((form.key, form.abbreviation))
            self._by_start.setdefault(form.key[:2], []).append(form)

    def find(self, text: str) -> list[Mention]:
        """Return the mentions of a text from left to right; none lies inside another."""
        text = fold(text)
        compact, places = _compact(text)
        found: list[Mention] = []
        free = 0
        for at, start_of in enumerate(map(add, compact, compact[1:])):
            forms = self._by_start.get(start_of)
            if forms is None or at < free:
                continue
            form = self._longest(forms, compact, places, at, text)
            if form is None:
                continue
            free = at + len(form.key)
            start, end = places[at], places[at + len(form.key) - 1] + 1
            state = _state(text, start, end)
            if form.facet == "stage" and _TO_COME.match(text, end):
                state = PUT_OFF  # a stage is what has been reached: no stage is rounded up
            found.append(Mention(form.facet, form.term_id, start, end, text[start:end], state))
        if self._boundaries is None:
            return found
        held = self._boundaries.hold(text, [(mention.start, mention.end) for mention in found])
        return list(compress(found, held))

    def _longest(
        self, forms: Sequence[Form], compact: str, places: Sequence[int], at: int, text: str
    ) -> Form | None:
        """Return the longest form that stands at a place; they come longest first."""
        for form in forms:
            if not compact.startswith(form.key, at):
                continue
            start, end = places[at], places[at + len(form.key) - 1] + 1
            if self._allowed(form, text, start, end):
                return form
        return None

    def _allowed(self, form: Form, text: str, start: int, end: int) -> bool:
        if _LATIN.match(form.key[0]) and start and _LATIN.match(text[start - 1]):
            return False
        tail = text[end : end + 2]
        if _LATIN.match(form.key[-1]) and _LATIN.match(tail) and not _PLURAL.match(tail):
            return False
        if form.abbreviation and not text[start:end].isupper() and text[start:end].islower():
            return False
        if form.key in self._wrong:
            before = form_key(text[max(0, start - 8) : start])
            around = before + form_key(text[start : end + 8])
            if any(_covers(wrong, around, len(before)) for wrong in self._wrong[form.key]):
                return False
        if form.key in self._needs_boundary:
            if start and _HANGUL.match(text[start - 1]):
                return False
            return self._ends_well(text, end)
        return True

    def _ends_well(self, text: str, end: int) -> bool:
        rest = text[end : end + 6]
        if not rest or not _HANGUL.match(rest) or _PARTICLE.match(rest):
            return True
        return form_key(rest)[:2] in self._by_start


def _covers(word: str, text: str, at: int) -> bool:
    return any(match.start() <= at < match.end() for match in re.finditer(re.escape(word), text))


def first_by_term(mentions: Iterable[Mention]) -> dict[tuple[str, str], Mention]:
    """Return the first mention of each term that is stated, by facet and term."""
    found: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        if mention.state == STATED:
            found.setdefault((mention.facet, mention.term_id), mention)
    return found


def _compact(text: str) -> tuple[str, list[int]]:
    """Return the text as forms are compared, and where each of its letters came from."""
    letters = text.casefold()
    if len(letters) == len(text):
        places = [place for place, letter in enumerate(text) if letter not in DROPPED]
        return letters.translate(DROPPING), places
    parts: list[str] = []
    places = []
    for place, letter in enumerate(text):
        if letter not in DROPPED:
            for part in letter.casefold():  # one letter may become two
                parts.append(part)
                places.append(place)
    return "".join(parts), places


def _state(text: str, start: int, end: int) -> str:
    """Return whether the words around a mention deny it or put it off, within its clause.

    A wish between the mention and the denial shields it: 투자 희망하며 입주는 불필요.
    """
    before = text[max(0, start - _BEFORE) : start]
    if _UNTICKED.search(before) or _DENIED_BEFORE.search(before):
        return DENIED
    clause_end = _CLAUSE_END.search(text, end)
    clause = text[end : clause_end.start() if clause_end else len(text)]
    denial = _DENIAL.search(clause)
    wish = _WISH.search(clause)
    if denial and not (wish and wish.start() < denial.start()):
        return DENIED
    delayed = _DELAYED_BEFORE.search(before) or (_DELAY.search(clause) and not wish)
    return PUT_OFF if delayed else STATED
