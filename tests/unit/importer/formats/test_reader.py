"""The same table comes back from every format; what cannot be read is refused, and why."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from duban.importer.formats.reader import check_libraries, read
from duban.importer.formats.refusal import FormatRefused
from models.document import Document, Paragraph, Table
from tests.unit.importer.formats import builders, plain_pdf

ROWS = builders.sample(31)
WIDTHS = (40, 100, 220, 160)
FIXTURES = Path(__file__).parent / "fixtures"


def grids(document: Document) -> list[list[list[str]]]:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [[[cell.text for cell in row] for row in table.rows] for table in tables]


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", builders.to_docx(ROWS)),
        ("a.xlsx", builders.to_xlsx(ROWS)),
        ("a.html", builders.to_html(ROWS)),
        ("gbk.html", builders.to_html(ROWS, charset="gb18030")),
        ("a.md", builders.to_markdown(ROWS)),
        ("by-hand.pdf", plain_pdf.table_pdf(ROWS, WIDTHS, builders.PARAGRAPHS)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_same_table_comes_back_from_each_format(name: str, content: bytes) -> None:
    document = read(name, content)
    assert grids(document) == [ROWS]
    assert paragraphs(document) == list(builders.PARAGRAPHS)
    assert document.notes == ()


@pytest.mark.parametrize("name", ["chromium.pdf", "writer.pdf"])
def test_a_table_over_several_pages_of_a_real_program_comes_back(name: str) -> None:
    content = (FIXTURES / name).read_bytes()
    assert len(content) < 60_000
    document = read(name, content)
    assert grids(document) == [builders.few_characters()]
    assert paragraphs(document) == list(builders.FEW_PARAGRAPHS)
    table = next(b for b in document.blocks if isinstance(b, Table))
    assert {row[0].place.page for row in table.rows} > {1}


def test_a_page_printed_by_a_browser_comes_back() -> None:
    content = builders.to_pdf(builders.to_html(ROWS))
    if content is None:
        pytest.skip("there is no Chromium here")
    assert grids(read("a.pdf", content)) == [ROWS]


def test_merged_cells_repeat_their_text_and_say_so() -> None:
    for name, content in (
        ("a.docx", builders.to_docx(ROWS)),
        ("a.xlsx", builders.to_xlsx(ROWS)),
        ("a.html", builders.to_html(ROWS)),
        ("a.pdf", plain_pdf.table_pdf(ROWS, WIDTHS, per_page=5)),
    ):
        table = next(b for b in read(name, content).blocks if isinstance(b, Table))
        continued = [[cell.is_continued for cell in row[:3]] for row in table.rows]
        same = [[above[0] == row[0]] * 2 + [False] for above, row in pairwise(ROWS)]
        assert continued[1:] == same, name


def test_every_place_leads_to_its_line() -> None:
    for name, content in (
        ("a.docx", builders.to_docx(ROWS)),
        ("a.txt", "题目\r\n\r\n一、正文\r\n".encode("gb18030")),
        ("a.pdf", plain_pdf.table_pdf(ROWS, WIDTHS, builders.PARAGRAPHS)),
    ):
        document = read(name, content)
        for block in document.blocks:
            if isinstance(block, Paragraph):
                assert block.text in document.lines[block.place.line - 1]
                continue
            for row in block.rows:
                own = [cell.text for cell in row if not cell.is_continued]
                assert all(text in document.lines[row[0].place.line - 1] for text in own)


LIES = [
    ("a sheet named docx is read as a sheet", "a.docx", builders.to_xlsx(ROWS), "xlsx"),
    ("a web page named doc is read as a page", "a.doc", builders.to_html(ROWS), "html"),
    ("a text named pdf is read as text", "a.pdf", "一、正文".encode(), "text"),
]


@pytest.mark.parametrize(("sentence", "name", "content", "kind"), LIES, ids=[c[0] for c in LIES])
def test_a_file_that_lies_is_read_as_what_it_is(
    sentence: str, name: str, content: bytes, kind: str
) -> None:
    document = read(name, content)
    assert document.kind == kind
    assert any(kind in note and name.rpartition(".")[2] in note for note in document.notes), (
        sentence
    )


def test_a_library_that_is_not_installed_is_named_with_what_to_do() -> None:
    with pytest.raises(FormatRefused, match=r"docx needs no_such_library.*\[import\]") as refused:
        check_libraries("docx", ("json", "no_such_library"))
    assert refused.value.code == "needs-libraries"


def test_text_needs_no_library() -> None:
    heavy = ["lxml", "mammoth", "pdfplumber", "python_calamine"]
    program = (
        f"import sys\nfor name in {heavy}: sys.modules[name] = None\n"
        "from duban.importer.formats.reader import read\n"
        "table = read('a.md', '|序号|任务|\\n|--|--|\\n|1|甲|'.encode()).blocks[0]\n"
        "print(ascii(table.rows[1][1].text))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == ascii("甲").encode()
