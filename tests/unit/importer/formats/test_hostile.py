"""Files made to hurt are refused with a message and a remedy, in little time and memory."""

import resource
import subprocess
import sys

import pytest

from duban.importer.formats import limits
from duban.importer.formats.docx import read_docx
from duban.importer.formats.html import read_html
from duban.importer.formats.kinds import Kind, kind_of
from duban.importer.formats.pdf import read_pdf
from duban.importer.formats.reader import read
from duban.importer.formats.refusal import FormatRefused
from duban.importer.formats.sheet import read_sheets
from duban.importer.formats.text import read_text
from models.document import Document
from tests.unit.importer.formats import builders, plain_pdf

ROWS = builders.sample(4)
DOCX = builders.to_docx(ROWS)
LETTER = b"BT /F1 10 Tf 40 100 Td <4e2d> Tj ET"


def word(before: str = "", inside: str = "") -> bytes:
    """Return a docx with something before its root element and something in its body."""
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = f'{before}<w:document xmlns:w="{name}"><w:body>{inside}</w:body></w:document>'
    return builders.with_members(DOCX, {"word/document.xml": text.encode()})


def sheet(content: str) -> bytes:
    return builders.workbook({"表": builders.sheet_of(f"<sheetData>{content}</sheetData>")})


def forms() -> bytes:
    """Return a PDF whose page draws a form that draws another ten times, twelve deep."""
    entries = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    deeper = [
        plain_pdf.flate(
            f"/X{at + 1} Do ".encode() * 10,
            f"{entries} /Resources << /XObject << /X{at + 1} {at + 5} 0 R >> >>",
        )
        for at in range(12)
    ]
    return plain_pdf.pdf_of([b"/X0 Do"], [*deeper, plain_pdf.flate(b"0 0 m 1 1 l S", entries)])


def encrypted_pdf() -> bytes:
    secret = "(12345678901234567890123456789012)"
    entry = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {secret} /U {secret} /P -4 >> /ID [(a)(b)]"
    return plain_pdf.pdf_of([LETTER], trailer=entry)


READERS = {
    Kind.DOCX: read_docx,
    Kind.HTML: read_html,
    Kind.PDF: read_pdf,
    Kind.TEXT: read_text,
    Kind.XLSX: read_sheets,
}
NEST = 6
BOMB = plain_pdf.pdf_of([bytes(300_000_000)])
ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
LAUGH = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
CORNER = (
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
)

HOSTILE = [
    ("a file over the limit", "a.txt", b"a" * (limits.FILE_BYTES + 1), "too-large"),
    ("nothing", "a.docx", b"", "empty"),
    ("a text without text", "a.txt", b" \r\n\t", "empty"),
    ("more text than a plan has", "a.txt", b"a" * (limits.CHARACTERS + 1), "too-much-text"),
    ("20 million line ends", "a.txt", b"\n" * 20_000_000 + b"a", "too-much-text"),
    ("a line of two million characters", "a.txt", "（".encode() * 2_000_000, "too-long"),
    ("a cell of 30,000 characters", "a.html",
     b"<table><tr><td>a<td>" + b"x" * 30_000, "too-long"),
    ("a zip bomb beside the text", "a.docx",
     builders.with_members(DOCX, {"word/media/a.bin": b"\0" * 50_000_000}), "too-dense"),
    ("a zip bomb in the text", "a.docx", word(inside="<w:p/>" * 3_000_000), "too-dense"),
    ("a zip of very many parts", "a.docx",
     builders.with_members(DOCX, {f"a{at}": b"" for at in range(limits.MEMBERS)}),
     "too-many-members"),
    ("an entity that names a file", "a.docx", word(ENTITY, "<w:p>&x;</w:p>"), "xml-declarations"),
    ("entities in UTF-16", "a.docx", builders.with_members(
        DOCX, {"word/styles.xml": (ENTITY + "<a/>").encode("utf-16")}), "xml-declarations"),
    ("entities on a page", "a.html", (LAUGH + "<p>&b;</p>").encode(), "xml-declarations"),
    ("entities that grow", "a.xlsx", builders.workbook({"表": LAUGH + builders.sheet_xml(ROWS)}),
     "xml-declarations"),
    ("paragraphs without end", "a.docx",
     word(inside="".join(f"<w:p w:a='{at}'/>" for at in range(limits.PARAGRAPHS + 1))), "too-long"),
    ("tables in tables in a docx", "a.docx", word(
        inside="<w:tbl><w:tr><w:tc>" * NEST + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * NEST),
     "nested-too-deep"),
    ("tables in tables on a page", "a.html", b"<html>" + b"<table><tr><td>a<td>" * NEST,
     "nested-too-deep"),
    ("50,000 elements in one another", "a.html", b"<html>" + b"<div>" * 50_000 + b"x",
     "nested-too-deep"),
    ("more elements than a page has", "a.html", b"<html>" + b"<b>x</b>" * 200_001, "too-large"),
    ("cells that span everything", "a.html",
     b"<table><tr>" + b"<td rowspan=65000 colspan=1000>x" * 99, "table-too-large"),
    ("a long text in a cell of many rows", "a.html",
     b"<table><tr><td rowspan=0>" + b"x" * 20_000 + b"<td>a" + b"<tr><td>b" * 200, "too-much-text"),
    ("10,000 columns", "a.xlsx", builders.workbook({"表": builders.sheet_xml([["列"] * 10_000])}),
     "table-too-large"),
    ("more rows than a plan has", "a.xlsx",
     sheet("".join(f'<row r="{r}"><c r="A{r}"><v>{r}</v></c></row>' for r in range(1, 20_002))),
     "table-too-large"),
    ("two cells at the corners of a sheet", "a.xlsx", sheet(CORNER), "too-costly"),
    ("500 pages", "a.pdf", plain_pdf.pdf_of([LETTER] * 500), "too-many-pages"),
    ("pages that hold themselves", "a.pdf", plain_pdf.written(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] >>"]),
     "damaged"),
    ("a form that draws itself", "a.pdf", plain_pdf.pdf_of([b"/X0 Do"], [plain_pdf.flate(
        b"/X0 Do /X0 Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
        " /Resources << /XObject << /X0 4 0 R >> >>")]), "scan"),
    ("forms that multiply", "a.pdf", forms(), "too-costly"),
    ("a stream that unpacks to 300 MB", "a.pdf", BOMB, "too-costly"),
    ("a PDF with a password", "a.pdf", encrypted_pdf(), "encrypted"),
    ("a PDF of pictures", "a.pdf", plain_pdf.pdf_of([b"q Q"] * 2), "scan"),
    ("a PDF in name only", "a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 9, "damaged"),
    ("a picture named PDF", "a.pdf", b"\xff\xd8\xff\xe0" + bytes(range(256)), "scan"),
    ("a program named docx", "a.docx", b"MZ\x90\0" + bytes(range(256)) * 9, "unknown"),
    ("an archive named docx", "a.docx", builders.zipped({"a.txt": b"x"}), "archive"),
    ("half a docx", "a.docx", DOCX[: len(DOCX) // 2], "damaged"),
    ("an OFD", "a.ofd", builders.zipped({"OFD.xml": b"<a/>"}), "ofd"),
    ("a docx with a password", "a.docx", bytes.fromhex("d0cf11e0a1b11ae1")
     + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "name", "content", "code"), HOSTILE, ids=[case[0] for case in HOSTILE]
)
def test_it_is_refused(sentence: str, name: str, content: bytes, code: str) -> None:
    before = spent()
    with pytest.raises(FormatRefused) as refused:
        read_here(name, content, code)
    assert refused.value.code == code, sentence
    assert refused.value.hint
    assert spent() - before < 5


def spent() -> float:
    """Return the processor's seconds that this process and its children have had."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def read_here(name: str, content: bytes, code: str) -> Document:
    """Read in this process, which is quicker, whatever need not be stopped from outside."""
    if code in {"too-costly", "too-large", "empty"}:
        return read(name, content)
    reader = READERS.get(kind_of(content))
    return reader(content) if reader else read(name, content)


MEASURE = """
import resource, sys
from duban.importer.formats.reader import read
from duban.importer.formats.refusal import FormatRefused
from duban.importer.formats.sheet import read_sheets
from duban.importer.formats.text import read_text
from models.document import Document
try:
    read(sys.argv[1], sys.stdin.buffer.read())
except FormatRefused as refused:
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


@pytest.mark.parametrize(("name", "content"), [("a.xlsx", sheet(CORNER)), ("a.pdf", BOMB)])
def test_memory_stays_below_300_megabytes(name: str, content: bytes) -> None:
    command = [sys.executable, "-c", MEASURE, name]
    measured = subprocess.run(command, input=content, capture_output=True, check=True)
    assert int(measured.stdout) < 300


def test_macros_are_not_run_and_it_is_said() -> None:
    for name, content in (("a.docm", DOCX), ("a.xlsm", builders.to_xlsx(ROWS))):
        folder = "word" if name == "a.docm" else "xl"
        document = read(name, builders.with_members(content, {f"{folder}/vbaProject.bin": b"x"}))
        assert document.blocks
        assert any("宏" in note for note in document.notes)


def test_a_million_formatted_blank_rows_are_passed_over() -> None:
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>序号</t></is></c></row>'
    blank = "".join(f'<row r="{at}"/>' for at in range(2, 1_000_001))
    assert read("a.xlsx", sheet(cell + blank)).lines == ("序号",)
