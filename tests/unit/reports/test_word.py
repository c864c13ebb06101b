"""A paper as a Word document, read back with python-docx."""

from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from duban.reports.document import HEADINGS, Block, Paragraph, Part, Table, line
from duban.reports.word import word

AT = datetime(2024, 10, 15, 1, tzinfo=UTC)
PAPER: list[Block] = [
    Paragraph(Part.TITLE, "关于某事的报告"),
    Paragraph(Part.RECEIVER, "某办："),
    Paragraph(Part.CHAPTER, "一、总体情况"),
    Paragraph(Part.SECTION, "1．某行动"),
    Paragraph(Part.TEXT, "=1+1 {{甲}} <w:p/> & 乙"),
    Table(("指标", "报送情况"), (("人数", "35"), ("比例", "未报")), (3, 4)),
    Paragraph(Part.SIGNATURE, "某办"),
    Paragraph(Part.REMARK, "附注"),
]


def _read(paper: list[Block]) -> Document:
    return docx.Document(BytesIO(word(paper, AT)))


def test_text_stands_as_it_was_written_in_its_order() -> None:
    read = _read(PAPER)
    told = [block.text for block in PAPER if isinstance(block, Paragraph)]
    assert [paragraph.text for paragraph in read.paragraphs] == told
    table = read.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["指标", "报送情况"], ["人数", "35"], ["比例", "未报"],
    ]  # fmt: skip
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_headings_are_real_ones_and_fonts_are_those_of_official_papers() -> None:
    styles = {paragraph.text: paragraph.style for paragraph in _read(PAPER).paragraphs}
    assert styles["一、总体情况"].name == "Heading 1"
    assert styles["1．某行动"].name == "Heading 2"
    fonts = {
        text: (style.element.rPr.rFonts.get(qn("w:eastAsia")), style.font.size)
        for text, style in styles.items()
    }
    assert fonts["关于某事的报告"] == ("方正小标宋简体", Pt(22))
    assert fonts["一、总体情况"] == ("黑体", Pt(16))
    assert fonts["=1+1 {{甲}} <w:p/> & 乙"] == ("仿宋_GB2312", Pt(16))


def test_the_page_is_that_of_the_standard() -> None:
    section = _read(PAPER).sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    lengths = [section.page_width, section.page_height, *margins]
    assert [round(length.mm) for length in lengths if length] == [210, 297, 37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    assert "PAGE" in section.footer._element.xml


def test_the_same_paper_gives_the_same_bytes_and_names_nobody() -> None:
    assert word(PAPER, AT) == word(PAPER, AT)
    properties = _read(PAPER).core_properties
    assert properties.title == "关于某事的报告"
    assert (properties.author, properties.last_modified_by) == ("", "")
    assert properties.created == AT


@pytest.mark.parametrize("part", Part)
def test_every_part_has_a_style_of_its_own_level(part: Part) -> None:
    style = _read([Paragraph(part, "文")]).paragraphs[0].style
    assert style
    assert (style.name == f"Heading {HEADINGS.get(part)}") == (part in HEADINGS)


@settings(max_examples=15)
@given(st.text(st.characters(codec=None)).map(line))
def test_whatever_people_write_comes_back(text: str) -> None:
    read = _read([Paragraph(Part.TEXT, text), Table(("甲",), ((text,),), (1,))])
    assert read.paragraphs[0].text == text
    assert read.tables[0].rows[1].cells[0].text == text
