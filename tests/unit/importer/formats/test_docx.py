"""Word documents: numbers that Word counts, revisions, nested tables, text boxes."""

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from duban.importer.formats.docx import read_docx
from duban.importer.formats.word_numbers import chinese, circled, letters, roman
from models.document import Paragraph, Table
from tests.unit.importer.formats import builders

LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))


def numbered(levels: tuple[int, ...], restarts: bool = False) -> bytes:
    """Return a docx with a numbered paragraph at each level; the last begins anew if asked."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(LEVELS)
    )
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    declared = nsdecls("w")
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {declared} w:abstractNumId="90">{inside}</w:abstractNum>')
    )
    for number, more in ((91, ""), (92, again)):
        numbering.append(parse_xml(
            f'<w:num {declared} w:numId="{number}"><w:abstractNumId w:val="90"/>{more}</w:num>'
        ))  # fmt: skip
    for at, level in enumerate(levels):
        number = 92 if restarts and at == len(levels) - 1 else 91
        properties = document.add_paragraph(f"事项{at}")._p.get_or_add_pPr()
        properties.append(parse_xml(
            f'<w:numPr {declared}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        ))  # fmt: skip
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_body(xml: str) -> bytes:
    document = docx.Document()
    drawing = 'xmlns:v="urn:schemas-microsoft-com:vml"'
    for element in parse_xml(f"<w:body {nsdecls('w')} {drawing}>{xml}</w:body>"):
        document.element.body.append(element)
    return saved(document)


def test_numbers_that_word_counts_are_written_out() -> None:
    assert read_docx(numbered((0, 1, 1, 2, 0, 1, 2))).lines == (
        *(
            "一、事项0",
            "（一）事项1",
            "（二）事项2",
            "1.事项3",
            "二、事项4",
            "（一）事项5",
            "1.事项6",
        ),
    )


def test_a_list_can_begin_anew() -> None:
    assert read_docx(numbered((0, 0, 0), restarts=True)).lines[-1] == "一、事项2"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (chinese(10), "十"), (chinese(11), "十一"), (chinese(20), "二十"),
        (chinese(101), "一百零一"),
        (roman(1994), "mcmxciv"), (letters(27), "aa"), (circled(3), "③"), (circled(21), "21"),
    ],
)  # fmt: skip
def test_a_number_is_written_as_word_writes_it(written: str, expected: str) -> None:
    assert written == expected


def test_insertions_are_kept_and_deletions_left_out() -> None:
    document = read_docx(
        with_body(
            "<w:p><w:r><w:t>市</w:t></w:r><w:ins><w:r><w:t>教育</w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>民政</w:delText></w:r></w:del><w:r><w:t>局</w:t></w:r></w:p>"
        )
    )
    assert document.lines == ("市教育局",)
    assert any("修订" in note for note in document.notes)


def test_content_controls_and_text_boxes_are_read() -> None:
    box = (
        "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p>"
    )
    document = read_docx(
        with_body(
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>"
            f"{box}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
        )
    )
    assert document.lines == ("控件", "框内")


def test_a_table_in_a_cell_is_read_as_text_of_the_cell_and_noted() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for at, text in enumerate(("任务", "单位", "一", "")):
        table.cell(at // 2, at % 2).text = text
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "甲局", "乙局"
    read = read_docx(saved(document))
    block = read.blocks[0]
    assert isinstance(block, Table)
    assert block.rows[1][1].text == "甲局 乙局"
    assert any("嵌套" in note for note in read.notes)


def test_headings_have_their_level() -> None:
    first, second, *_ = read_docx(builders.to_docx()).blocks
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    assert (first.level, second.level) == (1, None)
