"""Which column holds which field: headers are matched by alias, after folding."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.catalogue.vocabulary import Field, Vocabulary, fold
from matcher.errors import DataError, Phrase, Problem
from matcher.intake.cells import fold_cell
from matcher.intake.privacy import shareable

_BRACKETED = re.compile(r"[(\[〔{]([^)\]〕}]*)[)\]〕}]")
_NUMBERING = re.compile(r"^(?:[①-⑳]|\d{1,2}(?:[.)]|순위)|[가-하][.)]|[□○■●※*-])+")
_TRAILING_NUMBER = re.compile(r"(?<=\D)\d(?:순위)?$")
_SEVERAL = frozenset({"terms", "places", "entities", "statuses", "names", "text"})
"""Kinds of fields whose columns can be joined."""

_CHOSEN = frozenset({"terms", "places"})
"""Kinds of fields that may have one column per choice."""

_SINGLE_NAMES = frozenset({"name_ko", "name_en", "item_name"})
"""Fields of text of which only numbered columns are joined: two names are not one."""

_ORGANISATIONS = frozenset({"name_ko", "name_en", "named_partners", "contacted_before"})
"""Fields beside whose names a person may stand in brackets; 주요제품(대표) means no person."""

_STEM_AND_WORD = (
    re.compile(r"(.+?)\s*[_\-–—:/>\n]\s*([^_\-–—:/>\n]+)", re.DOTALL),
    re.compile(r"([^(\[]+)[(\[]([^()\[\]]+)[)\]]\s*"),
)
"""How one header names a field and a choice: ``수요_투자유치``, ``희망국가(미국)``."""

_LONGEST = 80
"""Letters beyond which a cell is no header of a choice."""


_QUESTION = re.compile(
    r"(?:[을를은는이가]|에대해서?|에)?(?:간략히|간단히|구체적으로|자세히|상세히|모두|전부)?"
    r"(?:(?:적어|작성해?|선택해?|입력해?|기재해?|소개해?|설명해?|알려|골라|체크해?|표시해?|기입해?)"
    r"(?:주세요|주십시오|주시기바랍니다|바랍니다|하세요|하십시오)|무엇입니까|무엇인가요|어디입니까|어디인가요)[?!]?$"
)
"""How a question of a form ends: 기업명을 적어 주세요."""

_ASKED = re.compile(r"^(?:귀사|귀기업|귀하)의?")

_RANK = re.compile(r"\s*(?:제?\d{1,2}\s*(?:순위|지망)?|[①-⑳])\s*")
_UNIT = re.compile(r"원|달러|USD|SGD|KRW|\$|명|개|%|단위|[천백십]?[조억만]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list.

    Parameters
    ----------
    at : int
        Position from the left, the first being 0.
    header : str
        Header as it stands, in composed letters, personal strings masked.
    field : str or None
        Field that it holds; None for personal and unknown columns.
    unit : str or None
        Unit that the header states; None where it states none.
    personal : bool
        Whether the column is dropped.
    candidates : tuple of str
        Fields that the values decide between, for a header such as 구분.
    spanned : bool
        Whether the upper part of a header of two rows named the field.
    choice : str or None
        Label of the one term that a mark in the column gives; None where it holds the values.
    person_in_brackets : bool
        Whether the header says that brackets in the cells hold a person: 업체명(대표자).
    """

    at: int
    header: str
    field: str | None
    unit: str | None
    personal: bool
    candidates: tuple[str, ...] = ()
    spanned: bool = False
    choice: str | None = None
    person_in_brackets: bool = False


class HeaderIndex:
    """Finds the field that a header means.

    Parameters
    ----------
    vocabulary : Vocabulary
        Fields, their aliases, and the headers of personal columns.
    overrides : mapping of str to str, optional
        Fields by header, stronger than any alias; an empty field leaves the column out.

    Raises
    ------
    DataError
        When the overrides name a field that does not exist.
    """

    def __init__(self, vocabulary: Vocabulary, overrides: Mapping[str, str] | None = None) -> None:
        self._vocabulary = vocabulary
        self._fields: dict[str, str] = {}
        for field in vocabulary.fields.values():
            for name in (*field.label.values(), field.id, *vocabulary.aliases.get(field.id, ())):
                self._fields.setdefault(_key(name), field.id)
                self._fields.setdefault(_key(_BRACKETED.sub("", name)) or _key(name), field.id)
        self._personal = {_key(name) for name in vocabulary.personal}
        strange = [
            name for name, to in (overrides or {}).items() if to and to not in vocabulary.fields
        ]
        if strange:
            what = "is said to hold what is no field of the tenant list"
            raise DataError(
                [Problem("unreadable", None, None, shareable(n), what) for n in strange]
            )
        self._overrides = {_key(name): field for name, field in (overrides or {}).items()}
        self._overridden = set(self._overrides.values())
        self._by_value = {_key(name): fields for name, fields in vocabulary.ambiguous.items()}

    def known(self, cells: Sequence[str]) -> int:
        """Return how many cells of a row are headers of a field."""
        return sum(1 for cell in cells if cell.strip() and self.column(0, cell).field)

    def column(self, at: int, lower: str, upper: str = "") -> Column:
        """Return what a header means.

        Parameters
        ----------
        at : int
            Position of the column.
        lower : str
            The header, or the lower part of a header of two rows.
        upper : str, optional
            The upper part, which spans several columns as a rule.
        """
        lower, upper = _shown(lower), _shown(upper)
        header = f"{upper} / {lower}" if upper and lower and upper != lower else lower or upper
        for part in (header, lower, f"{upper}{lower}", *_spanning(upper, lower)):
            if _key(part) in self._overrides:
                field = self._overrides[_key(part)] or None
                person = self._person_in_brackets(field, header)
                return Column(
                    at, header, field, stated_unit(header), False, person_in_brackets=person
                )
        chosen = self._chosen(upper, lower)
        if chosen is not None:
            return Column(at, header, chosen[0], None, False, choice=chosen[1])
        for part in (lower or upper, *_spanning(upper, lower), f"{upper}{lower}"):
            for reading in _readings(part):
                if reading in self._personal:
                    return Column(at, header, None, None, True)
                if reading in self._by_value:
                    unit, fields = stated_unit(header), self._by_value[reading]
                    return Column(at, header, None, unit, False, fields)
                field = self._fields.get(reading)
                if field is not None:
                    # What --map gives to another column is not claimed by an alias as well.
                    claimed = field in self._overridden
                    return Column(
                        at,
                        header,
                        None if claimed else field,
                        stated_unit(header),
                        False,
                        spanned=part == upper != "",
                        person_in_brackets=self._person_in_brackets(field, header),
                    )
        # 대표 이메일 is no alias of 이메일, but it holds the same; so does 한글 under 대표자.
        whole = _key(lower or upper)
        personal = any(whole.endswith(word) for word in self._personal if len(word) > 1)
        personal = personal or not self._personal.isdisjoint(_readings(upper))
        return Column(at, header, None, None, personal)

    def _person_in_brackets(self, field: str | None, header: str) -> bool:
        """Return whether a header of organisations names something personal in brackets."""
        return field in _ORGANISATIONS and any(
            _key(word) in self._personal for word in _BRACKETED.findall(fold(header))
        )

    def bare_choice(self, header: str) -> str | None:
        """Return the need that a header consists of; None where it is another or was settled."""
        lower = header.rpartition(" / ")[2]
        if _key(header) in self._overrides or _key(lower) in self._overrides:
            return None
        return self._term(self._vocabulary.fields["needs"], lower)

    def _chosen(self, upper: str, lower: str) -> tuple[str | None, str] | None:
        """Return the field and the choice that a header names together, or None."""
        pairs = [(upper, lower)] if upper and lower else []
        whole = fold(lower or upper)
        if len(whole) <= _LONGEST and _key(whole) not in self._fields:
            found = (pattern.fullmatch(whole) for pattern in _STEM_AND_WORD)
            pairs += [(match[1], match[2]) for match in found if match]
        for stem, word in pairs:
            field = self._named(stem)
            choice = self._term(self._vocabulary.fields[field], word) if field else None
            if field and choice:
                claimed = field in self._overridden and _key(stem) not in self._overrides
                return None if claimed else field, choice
        return None

    def _named(self, header: str) -> str | None:
        """Return the field that a header alone names."""
        if _key(header) in self._overrides:
            return self._overrides[_key(header)] or None
        return next((self._fields[key] for key in _readings(header) if key in self._fields), None)

    def _term(self, field: Field, word: str) -> str | None:
        """Return the Korean label of the term of a field that a word is, or None."""
        if field.kind not in _CHOSEN:
            return None
        facet = self._vocabulary.facets["place" if field.kind == "places" else field.facet or ""]
        bare = _NUMBERING.sub("", fold_cell(word))
        term = facet.find(bare) or facet.find(_BRACKETED.sub("", bare))
        return term.label["ko"] if term else None


def ambiguous(columns: Sequence[Column], vocabulary: Vocabulary) -> list[Problem]:
    """Return a problem for each field that two columns claim and that cannot be joined.

    Numbered columns of a field of several values (희망국가1, 희망국가2) are one field in order, and
    so are the columns of its choices.
    """
    claims: dict[str, list[Column]] = {}
    for column in columns:
        if column.field and not column.choice:
            claims.setdefault(column.field, []).append(column)
    return [
        Problem(
            "ambiguous_header",
            None,
            None,
            same[0].header,
            Phrase(
                "columns {headers} both claim {field}",
                headers=" and ".join(repr(column.header) for column in same),
                names=", ".join(column.header for column in same),
                field=field,
                label=vocabulary.fields[field].label["ko"],
            ),
            Phrase(
                'say which with --map "{header}={field}", or rename one',
                header=same[0].header,
                field=field,
            ),
        )
        for field, same in claims.items()
        if len(same) > 1 and not _joinable(vocabulary.fields[field], same)
    ]


def _joinable(field: Field, same: Sequence[Column]) -> bool:
    """Return whether columns that claim one field are one field in order."""
    if field.kind not in _SEVERAL:
        return False
    if all(column.spanned for column in same):
        return True
    lower = [column.header.rpartition(" / ")[2] for column in same]
    numbered = field.id not in _SINGLE_NAMES or all(map(_is_numbered, lower))
    return numbered and len({_readings(header)[-1] for header in lower}) == 1


def _is_numbered(header: str) -> bool:
    """Return whether a header ends in a number, in brackets or not: 기업명1, 기업명(2)."""
    return _TRAILING_NUMBER.search(re.sub(r"[()\[\]]", "", _readings(header)[0])) is not None


def header_mapping(columns: Sequence[Column]) -> Mapping[str, str | None]:
    """Return the field of each header; None for personal and unknown ones."""
    return {column.header: column.field for column in columns}


def _shown(header: str) -> str:
    """Return a header as it stands, blanks trimmed and personal strings masked."""
    return shareable(re.sub(r"[^\S\n]+", " ", header).strip())


def _spanning(upper: str, lower: str) -> tuple[str, ...]:
    """Return the upper part where it alone names the field: 희망국가 over 1순위 and 2순위."""
    return (upper,) if upper and _RANK.fullmatch(fold_cell(lower)) else ()


def _readings(header: str) -> list[str]:
    """Return what a header may be known by: whole, without brackets, number, or as a question."""
    bare = _NUMBERING.sub("", fold_cell(header))
    outside = _key(_BRACKETED.sub("", bare))
    asked = _ASKED.sub("", _QUESTION.sub("", outside))
    return [_key(bare), outside, asked, _TRAILING_NUMBER.sub("", outside)]


def _key(text: str) -> str:
    return re.sub(r"[\s*·.,:_\-/]+", "", fold(text)).casefold()


def stated_unit(header: str) -> str | None:
    """Return the unit that brackets in a header state; None where they state none."""
    return next((unit for unit in _BRACKETED.findall(fold(header)) if _UNIT.search(unit)), None)
