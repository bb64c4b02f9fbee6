"""Documents in DOCX, the second form of what goes out; all use of its library is here."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from matcher.reports.documents.extras import needs_extra
from matcher.reports.documents.outline import Grid, Line, Outline

_FONT = "맑은 고딕"
_GREY = "595959"
_SHADE = "E7ECF3"
_COMPACT = 0.82
"""Size of the letters of a page that must hold everything, as a share of the others."""

_EMU_PER_TWIP = 635
_BORDERS = "".join(
    (
        "<w:tblBorders>",
        *(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        ),
        "</w:tblBorders>",
    )
)
_MARGINS = (
    '<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/></w:tblCellMar>'
)
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


class _Look(NamedTuple):
    """How a paragraph looks: letters and distances in points, where its lines begin in mm."""

    size: float
    bold: bool = False
    colour: str = "000000"
    align: str = "left"
    begin: float = 0.0
    hang: float = 0.0
    before: float = 0.0
    keep: bool = False
    new_page: bool = False
    ruled: bool = False


_LOOKS = {
    "title": _Look(18, bold=True, align="center", ruled=True),
    "subtitle": _Look(12, align="center", before=6),
    "item": _Look(13, bold=True, hang=6, before=9, keep=True),
    "point": _Look(11, begin=3, hang=5, before=3),
    "detail": _Look(10, begin=7, hang=4, before=1),
    "source": _Look(8, colour=_GREY, begin=11, hang=3),
    "note": _Look(9, colour=_GREY, hang=5, before=5),
    "plain": _Look(11, before=8),
    "annex": _Look(13, bold=True, new_page=True),
    "cell": _Look(9.5),
    "head": _Look(9.5, bold=True, align="center"),
    "foot": _Look(8, colour=_GREY, align="center"),
}


def to_docx(outline: Outline) -> bytes:
    """Return a document as DOCX; the same outline gives the same bytes.

    Raises
    ------
    MatcherError
        When the extra that writes DOCX is not installed.
    """
    with needs_extra("forms", "DOCX"):
        import docx  # noqa: PLC0415 - an extra; only this format needs it
        from docx.oxml import parse_xml  # noqa: PLC0415 - as above
        from docx.oxml.ns import nsdecls  # noqa: PLC0415 - as above

        base = _base(outline.compact)
    document = docx.Document(io.BytesIO(base))
    properties = document.core_properties
    properties.title = f"{outline.title} — {outline.subtitle}"[:255]
    properties.author = properties.last_modified_by = "matcher"
    properties.created = properties.modified = datetime.fromisoformat(outline.date)
    section: Any = document.sections[0]
    room = (section.page_width - section.left_margin - section.right_margin) // _EMU_PER_TWIP
    parts = [_paragraph("title", outline.title), _paragraph("subtitle", outline.subtitle)]
    for block in outline.blocks:
        if isinstance(block, Line):
            parts.append(_paragraph(block.level, block.shown))
        else:
            parts.append(_table(block, room))
    body = f"<w:body {nsdecls('w')}>{''.join(parts)}</w:body>"
    for element in parse_xml(body):
        section._sectPr.addprevious(element)
    header = section.header.paragraphs[0]
    header.text, header._p.style = outline.foot, _style("foot")
    if not outline.compact:
        _add_page_number(section.footer.paragraphs[0])
    content = io.BytesIO()
    document.save(content)
    return _undated(content.getvalue())


def _style(look: str) -> str:
    """Return the id of a style; its name must be none of those that Word knows."""
    return f"Report-{look}"


def _paragraph(look: str, text: str) -> str:
    """Return a paragraph as XML: the library takes three times as long for each as for writing."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{_style(look)}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def _table(block: Grid, room: int) -> str:
    """Return a table as XML, over a width in twentieths of a point."""
    widths = [room * share // sum(block.widths) for share in block.widths]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(
        _row(texts, widths, block.labels, block.header and number == 0)
        for number, texts in enumerate(block.rows)
    )
    layout = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{_BORDERS}<w:tblLayout w:type="fixed"/>'
    shape = f"<w:tblPr>{layout}{_MARGINS}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
    return f"<w:tbl>{shape}{rows}</w:tbl>"


def _row(
    texts: Sequence[str], widths: Sequence[int], labels: Sequence[int], is_header: bool
) -> str:
    cells = []
    for column, (text, width) in enumerate(zip(texts, widths, strict=True)):
        heads = is_header or column in labels
        shade = f'<w:shd w:val="clear" w:fill="{_SHADE}"/>' if heads else ""
        shape = f'<w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/>'
        content = _paragraph("head" if heads else "cell", text)
        cells.append(f"<w:tc><w:tcPr>{shape}</w:tcPr>{content}</w:tc>")
    repeated = "<w:tblHeader/>" if is_header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _add_page_number(paragraph: Any) -> None:
    paragraph._p.style = _style("foot")
    for kind, text in (("begin", ""), (None, " PAGE "), ("end", "")):
        run = paragraph.add_run()._r
        if kind is None:
            instruction = _element("w:instrText")
            instruction.text = text
            run.append(instruction)
        else:
            run.append(_element("w:fldChar", fldCharType=kind))


@cache
def _base(compact: bool) -> bytes:
    """Return an empty document with every look as a style; made once."""
    import docx  # noqa: PLC0415 - an extra; only this format needs it
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415 - as above
    from docx.shared import Mm  # noqa: PLC0415 - as above

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    side, end = (18, 14) if compact else (20, 20)
    section.left_margin = section.right_margin = Mm(side)
    section.top_margin = section.bottom_margin = Mm(end)
    section.header_distance = section.footer_distance = Mm(8)
    scale = _COMPACT if compact else 1.0
    for name, look in _LOOKS.items():
        style = document.styles.add_style(_style(name), WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = None
        _set_look(style, look, scale)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _set_look(style: Any, look: _Look, scale: float) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - an extra
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above
    from docx.shared import Mm, Pt, RGBColor  # noqa: PLC0415 - as above

    style.font.name, style.font.size = _FONT, Pt(round(look.size * scale * 2) / 2)
    style.font.bold, style.font.color.rgb = look.bold, RGBColor.from_string(look.colour)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)  # the library sets Latin letters only
    shape = style.paragraph_format
    shape.alignment = getattr(WD_ALIGN_PARAGRAPH, look.align.upper())
    shape.left_indent = Mm((look.begin + look.hang) * scale)
    shape.first_line_indent = Mm(-look.hang * scale)
    shape.space_before, shape.space_after = Pt(look.before * scale), Pt(0)
    shape.line_spacing = 1.15
    shape.keep_with_next, shape.page_break_before = look.keep, look.new_page
    if look.ruled:
        rules = _element("w:pBdr")
        for side in ("top", "bottom"):
            rules.append(_element(f"w:{side}", val="single", sz="8", space="4", color="1F3864"))
        style.element.get_or_add_pPr().insert_element_before(
            rules, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
        )


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - an extra; only this format needs it
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _undated(content: bytes) -> bytes:
    """Return the archive with its parts at one fixed date: the library writes the present."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as parts,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as whole,
    ):
        for part in parts.infolist():
            whole.writestr(
                zipfile.ZipInfo(part.filename, _ZIP_DATE),
                parts.read(part),
                compress_type=zipfile.ZIP_DEFLATED,
            )
    return written.getvalue()
