"""What an XLSX workbook hides. The library that reads the cells does not tell."""

from __future__ import annotations

import html
import io
import re
import zipfile

from matcher.intake.extent import read_part

_SHEET = re.compile(rb"<sheet\b[^<>]*>")
_RELATION = re.compile(rb"<Relationship\b[^<>]*>")
_PART = re.compile(rb"<(row|col)\b([^<>]*)>")
_MOST = 2_000
"""Rows and columns that are listed at most."""


def hidden_parts(content: bytes, tab: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the numbers of the hidden rows and columns of a sheet, the first being 1.

    Two empty tuples for workbooks of another format.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            path = _path_of(parts, tab)
            found = _PART.finditer(read_part(parts, path)) if path else iter(())
            rows: list[int] = []
            columns: list[int] = []
            for match in found:
                if _attribute(match[0], b"hidden") not in (b"1", b"true"):
                    continue
                if match[1] == b"row":
                    rows.append(int(_attribute(match[0], b"r") or 0))
                else:
                    first, last = (int(_attribute(match[0], k) or 0) for k in (b"min", b"max"))
                    columns += range(first, min(last, first + _MOST) + 1)
            return tuple(rows[:_MOST]), tuple(columns[:_MOST])
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        return (), ()


def _path_of(parts: zipfile.ZipFile, tab: str) -> str | None:
    if "xl/workbook.xml" not in parts.namelist():
        return None
    wanted = next(
        (
            _attribute(sheet, b"r:id")
            for sheet in _SHEET.findall(read_part(parts, "xl/workbook.xml"))
            if html.unescape((_attribute(sheet, b"name") or b"").decode()) == tab
        ),
        None,
    )
    for relation in _RELATION.findall(read_part(parts, "xl/_rels/workbook.xml.rels")):
        if wanted and _attribute(relation, b"Id") == wanted:
            target = (_attribute(relation, b"Target") or b"").decode()
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return None


def _attribute(tag: bytes, name: bytes) -> bytes | None:
    match = re.search(rb"\b" + re.escape(name) + rb"=\"([^\"]*)\"", tag)
    return match[1] if match else None
