"""A paper as a Word document in the manner of GB/T 9704 that the office can go on editing.

A4, margins of 37, 35, 28 and 26 mm, 22 lines of 28 characters, the fonts and sizes of official
papers; the fonts are named, not embedded. The same paper gives the same bytes.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from duban.reports.document import Block, Paragraph, Part, Table

_EPOCH = (1980, 1, 1, 0, 0, 0)
_BODY = 16
_LINE = Pt(28.95)
_LINE_PITCH, _CLOSER = 579, -5
"""225 mm in 22 lines; 16 points less so much give 28 characters in 156 mm. Both in twips."""
_TWO_CHARACTERS = Pt(32)
_WIDTH = 156
_BLACK = RGBColor(0, 0, 0)


class _Look(NamedTuple):
    """How a part of the paper is set."""

    style: str
    font: str
    size: float
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    is_indented: bool = True


_LOOKS = {
    Part.TITLE: _Look("Title", "方正小标宋简体", 22, WD_ALIGN_PARAGRAPH.CENTER, is_indented=False),
    Part.RECEIVER: _Look("Salutation", "仿宋_GB2312", 16, is_indented=False),
    Part.TEXT: _Look("Normal", "仿宋_GB2312", 16),
    Part.CHAPTER: _Look("Heading 1", "黑体", 16),
    Part.SECTION: _Look("Heading 2", "楷体_GB2312", 16),
    Part.SUBSECTION: _Look("Heading 3", "仿宋_GB2312", 16),
    Part.SIGNATURE: _Look("Signature", "仿宋_GB2312", 16, WD_ALIGN_PARAGRAPH.RIGHT),
    Part.REMARK: _Look("Remark", "仿宋_GB2312", 12),
}
_CELL = _Look("Table Text", "仿宋_GB2312", 12, WD_ALIGN_PARAGRAPH.LEFT, is_indented=False)


def word(blocks: Iterable[Block], made_at: datetime) -> bytes:
    """The document file; ``made_at`` (aware) is the instant that its properties name."""
    found = list(blocks)
    paper = docx.Document()
    _set_page(paper)
    for look in (*_LOOKS.values(), _CELL):
        _set_style(_style(paper, look.style), look)
    for block in found:
        if isinstance(block, Table):
            _add_table(paper, block)
        else:
            paper.add_paragraph(block.text, style=_LOOKS[block.part].style)
    title = next((one.text for one in found if isinstance(one, Paragraph)), "")
    _set_properties(paper, title, made_at)
    return _steady(paper)


def _set_page(paper: Document) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    properties: Any = section._sectPr
    grid = properties.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        properties.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(_LINE_PITCH))
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run("— ")
    _add_field(footer.add_run(), "PAGE")
    footer.add_run(" —")


def _add_field(run: Any, instruction: str) -> None:
    for kind in ("begin", "end"):
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run._r.append(mark)
        if kind == "begin":
            text = OxmlElement("w:instrText")
            text.text = instruction
            run._r.append(text)


def _style(paper: Document, name: str) -> ParagraphStyle:
    names = {style.name for style in paper.styles}
    found: Any = paper.styles[name] if name in names else paper.styles.add_style(name, 1)
    return found  # type: ignore[no-any-return]


def _set_style(style: ParagraphStyle, look: _Look) -> None:
    style.font.name = "Times New Roman"
    style.font.size = Pt(look.size)
    style.font.bold = style.font.italic = False
    style.font.color.rgb = _BLACK
    properties: Any = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), look.font)
    if look.size == _BODY:
        closer = OxmlElement("w:spacing")
        closer.set(qn("w:val"), str(_CLOSER))
        properties.find(qn("w:color")).addnext(closer)
    layout = style.paragraph_format
    layout.alignment = look.align
    layout.space_before = Pt(0)
    layout.space_after = _LINE if look.size > _BODY else Pt(0)
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = _LINE if look.size >= _BODY else Pt(look.size * 1.5)
    layout.first_line_indent = _TWO_CHARACTERS if look.is_indented else Pt(0)
    borders: Any = style.element.pPr
    for border in borders.findall(qn("w:pBdr")):
        borders.remove(border)


def _add_table(paper: Document, block: Table) -> None:
    table = paper.add_table(rows=0, cols=len(block.headings), style="Table Grid")
    table.autofit = False
    widths = [Mm(_WIDTH * part / sum(block.widths)) for part in block.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in (block.headings, *block.rows):
        for cell, text, width in zip(table.add_row().cells, row, widths, strict=True):
            cell.width = width
            cell.paragraphs[0].style = _CELL.style
            cell.paragraphs[0].add_run(text)
    repeated: Any = table.rows[0]._tr.get_or_add_trPr()
    repeated.append(OxmlElement("w:tblHeader"))
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].font.bold = True


def _set_properties(paper: Document, title: str, made_at: datetime) -> None:
    properties = paper.core_properties
    instant = made_at.astimezone(UTC).replace(tzinfo=None)
    properties.title, properties.language = title[:255], "zh-CN"
    properties.author = properties.last_modified_by = ""
    properties.comments = properties.keywords = properties.subject = ""
    properties.created = properties.modified = instant
    properties.revision = 1


def _steady(paper: Document) -> bytes:
    """The file with the instants of packing taken out of it."""
    packed, steady = BytesIO(), BytesIO()
    paper.save(packed)
    with ZipFile(packed) as before, ZipFile(steady, "w", ZIP_DEFLATED) as after:
        for entry in before.infolist():
            name = ZipInfo(entry.filename, _EPOCH)
            name.compress_type = ZIP_DEFLATED
            after.writestr(name, before.read(entry))
    return steady.getvalue()
