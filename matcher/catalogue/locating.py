"""Find the line of a TOML file that a message is about.

A message reads from the outside in (``offer 'a': strength 2 is not …``), so each thing that it
names is looked for inside the one before it.
"""

from __future__ import annotations

import re
from ast import literal_eval
from dataclasses import dataclass

_QUOTED = re.compile(r"""(?<!\w)(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?!\w)""")
_COUNTED = re.compile(r"(\w+) (\d+)")
_HEADER = re.compile(r"(?m)^\[\[")
_STRING_OR_BRACKET = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|#[^\n]*|[][{}]")
_QUOTE = '"'
_CUT = "..."
"""Where a message leaves out the middle of a long value."""


def line_of(what: str, text: str) -> int:
    """Return the line, from 1, of the last of the things that a message names in a file.

    What a message calls missing is looked for nowhere: the line is that of what lacks it.
    """
    parts = _parts(what)
    if what.endswith("is missing"):
        parts.pop()
    spot = _Spot(text)
    for part in parts:
        spot = _follow(part, spot)
    if what.endswith("appears twice"):
        spot = _again(parts[-1], spot)
    elif what.endswith("stands twice"):
        first = _follow(parts[0], _Spot(text))
        spot = _follow(parts[0], _Spot(text, first.at + 1))
    return text.count("\n", 0, spot.at) + 1


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place in a text, and the thing around it in which to look further."""

    text: str
    at: int = 0
    start: int = 0

    @property
    def end(self) -> int:
        """The end of the table of a list in which the thing stands."""
        header = _HEADER.search(self.text, self.start + 1)
        return header.start() if header and self.start else len(self.text)

    def find(self, *patterns: str) -> re.Match[str] | None:
        """Return where the first pattern that fits does so, rather inside the thing than behind."""
        for end in (self.end, len(self.text)):
            for pattern in patterns:
                found = re.compile(pattern).search(self.text, self.start, end)
                if found:
                    return found
        return None


def _parts(what: str) -> list[str]:
    """Return the parts of a message between colons, those within quotes apart."""
    quoted = [(found.start(), found.end()) for found in _QUOTED.finditer(what)]
    colons = [
        found.start()
        for found in re.finditer(": ", what)
        if not any(start < found.start() < end for start, end in quoted)
    ]
    bounds = zip([0, *(colon + 2 for colon in colons)], [*colons, len(what)], strict=True)
    return [what[start:end] for start, end in bounds]


def _follow(part: str, spot: _Spot) -> _Spot:
    counted = _COUNTED.fullmatch(part)
    if counted:
        return _counted(counted[1], int(counted[2]), spot)
    names = _names(part)
    word = part.split(" ")[0].rstrip(",")
    if "/" in word:  # an offer in full
        spot = _named("offer", word.rpartition("/")[2], spot)
    elif names and part.startswith("there is no key "):
        return _key(names[0], spot)
    elif len(names) > 1 and part.startswith("bridge from "):
        return _bridge(names, spot)
    elif names and _QUOTED.match(part, len(word) + 1):
        return _named(word, names[0], spot)
    elif not names:
        for key in word.split("."):
            spot = _key(key, spot)
    for name in names:
        spot = _value(name, spot)
    return spot


def _names(part: str) -> list[str]:
    """Return what a part of a message quotes, but for what it says that a thing should be."""
    quoted = [*_QUOTED.finditer(part)]
    spans = [found.span() for found in quoted]
    verbs = [
        found.start()
        for found in re.finditer(" is not ", part)
        if not any(start < found.start() < end for start, end in spans)
    ]
    until = min(verbs, default=len(part))
    return [_unquoted(found[0]) for found in quoted if found.start() < until]


def _unquoted(told: str) -> str:
    """Return what stands in quotes; as it is told where cutting it short broke an escape."""
    try:
        return str(literal_eval(told))
    except (SyntaxError, ValueError):
        return told[1:-1]


def _counted(word: str, number: int, spot: _Spot) -> _Spot:
    """Return the spot of the so-manieth table of a list."""
    headers = [*re.finditer(rf"(?m)^\[\[{word}]]", spot.text)]
    if len(headers) >= number:
        at = headers[number - 1].start()
        return _Spot(spot.text, at, at)
    opened = spot.find(rf"\b{word} *= *\[")
    depth = 0
    for mark in _STRING_OR_BRACKET.finditer(spot.text, opened.end()) if opened else ():
        if mark[0] == "{" and depth == 0:
            number -= 1
            if not number:
                return _Spot(spot.text, mark.start(), mark.start())
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(mark[0], 0)
        if depth < 0:
            break
    return spot


def _bridge(ends: list[str], spot: _Spot) -> _Spot:
    told = rf"from *= *{_written(ends[0])}\s+to *= *{_written(ends[1])}"
    found = re.compile(told).search(spot.text, spot.at)
    return _Spot(spot.text, found.start(), found.start()) if found else spot


def _named(word: str, name: str, spot: _Spot) -> _Spot:
    """Return the spot of a table called so (``offer 'a'``), or of a key's value (``tier 'a'``)."""
    found = _table(word, name).search(spot.text, spot.start)
    if found:
        return _Spot(spot.text, found.end(), found.start())
    found = spot.find(rf"(?<![\w.]){re.escape(word)} *= *{_written(name)}")
    return _inside(found, spot) if found else _value(name, spot)


def _value(name: str, spot: _Spot) -> _Spot:
    told, short = _written(name), _written(name.rpartition("/")[2])
    bare = rf"(?<!\w){told.strip(_QUOTE)}(?!\w)"
    found = spot.find(rf"\b(?:id|name) *= *{told}", told, short, bare)
    return _inside(found, spot) if found else spot


def _key(name: str, spot: _Spot) -> _Spot:
    told, bare = _written(name), re.escape(name)
    found = spot.find(
        rf"\bfield *= *{told}", rf"(?<!\w){bare} *=", rf"(?m)^\[+[\w.]*\b{bare}]", told
    )
    return _inside(found, spot) if found else spot


def _inside(found: re.Match[str], spot: _Spot) -> _Spot:
    """Return the spot of a find; what it opens is looked through from the table around it."""
    around = [header.start() for header in _HEADER.finditer(spot.text, 0, found.start() + 1)]
    start = max(spot.start, around[-1] if around else 0)
    if re.match(r"name\b|\[", found[0]) and not found[0].startswith("[["):
        start = found.start()  # a case within its rule, a table within its component
    return _Spot(spot.text, found.start(), start)


def _again(part: str, spot: _Spot) -> _Spot:
    """Return the spot of the next table of the same name, or the same one if there is none."""
    name = _QUOTED.search(part)
    found = name and _table(part.split(" ")[0], _unquoted(name[0])).search(spot.text, spot.at)
    return _Spot(spot.text, found.end(), found.start()) if found else spot


def _table(word: str, name: str) -> re.Pattern[str]:
    titled = rf"(?:id|name|facet) *= *(?={_written(name)})"
    return re.compile(rf"(?m)^\[\[{re.escape(word)}]]\n(?:(?!\[\[).*\n)*?{titled}")


def _written(name: str) -> str:
    """Return the pattern of a name in quotes, of its beginning where a message cuts it short."""
    beginning, cut, _ = name.partition(_CUT)
    return f'"{re.escape(beginning)}' if cut else f'"{re.escape(name)}"'
