"""Documents in HWPX, the format that Korean ministries exchange; all use of its library is here.

The library is young and fast-moving, so it is pinned, and nothing else of this house touches what
it makes.
"""

from __future__ import annotations

import io
import itertools
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from typing import Any, NamedTuple

from matcher.reports.documents.extras import needs_extra
from matcher.reports.documents.outline import Grid, Line, Outline, columns

_HEADING, _TEXT = "함초롬돋움", "함초롬바탕"
_UNITS_PER_POINT = 100
_CELL_SPACING, _CELL_MARGIN = 1.3, 1100
"""Height of a line in letters, and what stays free left and right, or above and below."""
_LONGEST_WORD = 30
"""Columns of the longest word that is kept on one line."""

_TALL = 25_000
"""Height of a table, in hundredths of a point, from which it may go on on the next page."""

_WORDS = 1.12
"""Room that lines of whole words take, to that of their letters."""

_GREY = "#595959"
_SHADE = "#E7ECF3"
_RULES = {"sides": ("top", "bottom"), "color": "#1F3864", "width": "0.5 mm", "offset_mm": 1}
_COMPACT = 0.82
"""Size of the letters of a page that must hold everything, as a share of the others."""


class _Look(NamedTuple):
    """How a paragraph looks: letters in points, where lines begin and hang in millimetres."""

    size: float
    font: str = _TEXT
    bold: bool = False
    colour: str = "#000000"
    align: str = "JUSTIFY"
    begin: float = 0.0
    hang: float = 0.0
    before: float = 0.0
    after: float = 0.0
    spacing: int = 145
    keep: bool = False
    new_page: bool = False
    ruled: bool = False


_LOOKS = {
    "title": _Look(19, _HEADING, bold=True, align="CENTER", spacing=130, ruled=True),
    "subtitle": _Look(13, _HEADING, align="CENTER", before=9, after=4),
    "item": _Look(13.5, _HEADING, bold=True, align="LEFT", hang=6, before=9, keep=True),
    "point": _Look(12, begin=3, hang=5, before=3),
    "detail": _Look(11, begin=7, hang=4, before=1, align="LEFT"),
    "source": _Look(9, _HEADING, colour=_GREY, begin=11, hang=3, align="LEFT", spacing=125),
    "note": _Look(10, colour=_GREY, hang=5, before=5),
    "plain": _Look(12, before=8, align="LEFT"),
    "annex": _Look(13.5, _HEADING, bold=True, align="LEFT", new_page=True),
    "cell": _Look(10.5, align="LEFT", spacing=125),
    "head": _Look(10.5, _HEADING, bold=True, align="CENTER", spacing=125),
    "foot": _Look(8, _HEADING, colour=_GREY, align="CENTER", spacing=100),
}


class _Shape(NamedTuple):
    """Numbers by which a document refers to the shapes of a paragraph and of its letters.

    `broken` is the one in which Latin words may break anywhere.
    """

    paragraph: str
    broken: str
    letters: str

    def of(self, text: str) -> str:
        """Return the shape of a paragraph with that text: a very long word is broken."""
        longest = max(map(columns, text.split()), default=0)
        return self.broken if longest > _LONGEST_WORD else self.paragraph


class _Base(NamedTuple):
    """An empty document that knows every look."""

    content: bytes
    shapes: dict[str, _Shape]
    frame: str
    shaded: str
    cell_size: float


def to_hwpx(outline: Outline) -> bytes:
    """Return a document as HWPX; the same outline gives the same bytes.

    Raises
    ------
    MatcherError
        When the extra that writes HWPX is not installed.
    """
    with needs_extra("forms", "HWPX"), _quiet():
        from hwpx import HwpxDocument  # noqa: PLC0415 - an extra; only this format needs it

        base = _base(outline.compact)
    with _quiet(), _counted_ids():
        document = HwpxDocument.open(io.BytesIO(base.content))
        stamp = f"{outline.date}T00:00:00Z"  # of the run; the present would change the bytes
        document.parts.set_document_metadata(
            title=f"{outline.title} — {outline.subtitle}",
            creator="matcher",
            created_date=stamp,
            modified_date=stamp,
        )
        first = document.paragraphs[0]  # it holds the setup of the page, and takes the title
        _dress(first, base.shapes["title"], outline.title)
        first.text = outline.title
        _paragraph(document, base, "subtitle", outline.subtitle)
        for block in outline.blocks:
            if isinstance(block, Line):
                _paragraph(document, base, block.level, block.shown)
            else:
                _table(document, base, block)
        header = document.page.set_header(text=outline.foot)
        _dress(header.paragraphs[0], base.shapes["foot"], outline.foot)
        if not outline.compact:
            document.page.set_page_number(prefix="- ", suffix=" -")
        content: bytes = document.to_bytes()
        return content


def hwpx_texts(content: bytes) -> list[str]:
    """Return what a document says, in the order of `Outline.texts`; its header is left out."""
    with needs_extra("forms", "HWPX"), _quiet():
        from hwpx import HwpxDocument  # noqa: PLC0415 - as above

        texts: list[str] = []
        for paragraph in HwpxDocument.open(io.BytesIO(content)).paragraphs:
            tables = paragraph.tables
            if not tables:
                texts.append(paragraph.text)
            for table in tables:
                texts += [cell.text for row in table.rows for cell in row.cells]
        return texts


def _paragraph(document: Any, base: _Base, look: str, text: str) -> None:
    shape = base.shapes[look]
    document.add_paragraph(
        text,
        para_pr_id_ref=shape.of(text),
        char_pr_id_ref=shape.letters,
        style_id_ref=0,
        inherit_style=False,
    )


def _table(document: Any, base: _Base, block: Grid) -> None:
    table = document.add_table(
        len(block.rows), len(block.widths), border_fill_id_ref=base.frame, style_id_ref=0
    )
    table.set_column_widths(block.widths)
    size, total = base.cell_size * _UNITS_PER_POINT, 0
    for number, (row, texts) in enumerate(zip(table.rows, block.rows, strict=True)):
        cells = row.cells
        lines = max(
            _n_lines(text, cell.width, size) for cell, text in zip(cells, texts, strict=True)
        )
        height = round(lines * size * _CELL_SPACING) + _CELL_MARGIN // 2
        total += height
        for column, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            cell.set_size(height=height)
            heads = (block.header and number == 0) or column in block.labels
            if heads:
                cell.element.set("borderFillIDRef", base.shaded)
            _dress(cell.paragraphs[0], base.shapes["head" if heads else "cell"], text)
            cell.set_text(text)
    next(each for each in table.element if each.tag.endswith("}sz")).set("height", str(total))
    if total > _TALL:  # what stands in a line like a letter is never split between pages
        table.set_treat_as_char(False)


def _n_lines(text: str, width: int, size: float) -> int:
    """Return how many lines a cell takes: not every program makes rows grow with their text."""
    room = max(width - _CELL_MARGIN, size)
    return max(1, math.ceil(columns(text) * size / 2 / room * _WORDS))


def _dress(paragraph: Any, shape: _Shape, text: str) -> None:
    paragraph.para_pr_id_ref = shape.of(text)
    paragraph.char_pr_id_ref = shape.letters


@cache
def _base(compact: bool) -> _Base:
    """Return an empty document with every look; made once, for it takes as long as the text."""
    from hwpx import HwpxDocument  # noqa: PLC0415 - an extra; only this format needs it

    scale = _COMPACT if compact else 1.0
    document = HwpxDocument.new()
    document.parts.clear_document_metadata()  # the empty document has an author and a day
    side, end = (18, 12) if compact else (20, 15)
    document.page.setup(
        paper_size="A4",
        margin_left_mm=side,
        margin_right_mm=side,
        margin_top_mm=end,
        margin_bottom_mm=end,
        header_margin_mm=8,
        footer_margin_mm=8,
    )
    shapes: dict[str, _Shape] = {}
    for name, look in _LOOKS.items():
        sample = document.add_paragraph(name, inherit_style=False)
        letters = document.styles.ensure_run(
            bold=look.bold, size=round(look.size * scale, 1), font=look.font, color=look.colour
        )
        document.styles.apply_paragraph_format(
            paragraphs=[sample],
            alignment=look.align,
            line_spacing_percent=look.spacing,
            indent_left_mm=look.begin * scale,
            first_line_indent_mm=-look.hang * scale,
            spacing_before_pt=look.before * scale,
            spacing_after_pt=look.after * scale,
            keep_with_next=look.keep,
            page_break_before=look.new_page,
            border=_RULES if look.ruled else None,
        )
        kept = str(sample.para_pr_id_ref)
        shapes[name] = _Shape(kept, _broken(document, kept), letters)
        sample.remove()
    frame = document.styles.ensure_border_fill(border_color="#7F7F7F")
    shaded = document.styles.ensure_border_fill(border_color="#7F7F7F", fill_color=_SHADE)
    cell_size = round(_LOOKS["cell"].size * scale, 1)
    return _Base(document.to_bytes(), shapes, frame, shaded, cell_size)


def _broken(document: Any, paragraph: str) -> str:
    """Return the number of a like shape that breaks Latin words: long addresses would run over."""
    header = document.parts.headers[0]
    shapes = next(each for each in header.element.iter() if each.tag.endswith("}paraProperties"))
    shape = deepcopy(next(each for each in shapes if each.get("id") == paragraph))
    shape.set("id", str(1 + max(int(each.get("id")) for each in shapes)))
    for setting in shape.iter():
        if setting.tag.endswith("}breakSetting"):
            setting.set("breakLatinWord", "BREAK_WORD")
    shapes.append(shape)
    shapes.set("itemCnt", str(len(shapes)))
    header.mark_dirty()
    return str(shape.get("id"))


@contextmanager
def _counted_ids() -> Iterator[None]:
    """Give objects numbers that count up: the library draws them at random."""
    import hwpx.oxml._document_primitives  # noqa: PLC0415 - an extra

    primitives: Any = hwpx.oxml._document_primitives

    class Counted(NamedTuple):
        int: int

    drawn, numbers = primitives.uuid4, itertools.count(1)
    primitives.uuid4 = lambda: Counted(next(numbers))
    try:
        yield
    finally:
        primitives.uuid4 = drawn


@contextmanager
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
