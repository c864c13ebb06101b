"""PDF files with a text layer: paragraphs put together from lines, tables from pages."""

import io
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from duban.importer.formats import limits
from duban.importer.formats.archive import damaged
from duban.importer.formats.assembly import Assembly
from duban.importer.formats.child import grant, serve
from duban.importer.formats.grid import without_blank
from duban.importer.formats.pdf_columns import Columned, columned
from duban.importer.formats.pdf_lines import (
    Column,
    Line,
    column_of,
    parted_lines_of,
    parts,
    without_running_heads,
)
from duban.importer.formats.pdf_tables import Piece, can_follow, is_inside, pieces_of, stitched
from duban.importer.formats.refusal import FormatRefused
from models.document import Document

UNREAD = "第{}页没有文字层（可能是扫描图片），未读取"
FEWEST_CHARACTERS = 5
"""The characters a page with a text layer has at least, on the average."""


class PageText(NamedTuple):
    """What stands on a page."""

    lines: list[Line]
    tables: list[Piece]
    width: float
    height: float
    characters: int


def read_pdf(content: bytes) -> Document:
    """Read a PDF of no more pages than the limit; one of pictures is refused."""
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            _check_pages(document)
            pages = [_read_page(page, at) for at, page in enumerate(document.pages, 1)]
    except PdfminerException as error:
        cause = error.args[0] if error.args else error
        if isinstance(cause, PDFPasswordIncorrect):
            raise FormatRefused(
                "encrypted",
                "the file is protected by a password",
                "open it with its password and print it to a PDF without one",
            ) from error
        if isinstance(cause, MemoryError):
            raise cause from error
        raise damaged(f"{type(cause).__name__} {cause}".strip()) from error
    _check_text(pages)
    return _assembled(pages)


def _check_pages(document: PDF) -> None:
    count = 0
    for count, _ in enumerate(PDFPage.create_pages(document.doc), 1):
        if count > limits.PAGES:
            raise FormatRefused(
                "too-many-pages",
                f"the file has more than {limits.PAGES} pages",
                "print the pages of the plan and its annex to a PDF of their own",
            )
    if not count:
        raise damaged("it has no pages")


def _read_page(page: Page, number: int) -> PageText:
    characters = page.chars
    if len(characters) > limits.PAGE_CHARACTERS:
        raise FormatRefused(
            "too-much-text",
            f"page {number} has {len(characters):,} characters",
            "ask the sender for the text",
        )
    tables = pieces_of(page, characters, number)
    outside = [c for c in characters if not any(is_inside(c, table.box) for table in tables)]
    lines = parted_lines_of(outside)
    read = PageText(lines, tables, page.width, page.height, len(characters))
    page.close()
    grant(limits.PAGE_SECONDS)
    return read


def _check_text(pages: list[PageText]) -> None:
    if sum(page.characters for page in pages) < FEWEST_CHARACTERS * len(pages):
        raise FormatRefused(
            "scan",
            "the file has no text layer: its pages are pictures",
            "run OCR on it, or ask the sender for the text or the Word file",
        )


def _assembled(pages: list[PageText]) -> Document:
    assembly = Assembly("pdf")
    kept = without_running_heads([page.lines for page in pages], [page.height for page in pages])
    pages = [page._replace(lines=lines) for page, lines in zip(pages, kept, strict=True)]
    pages = _with_unruled_tables(pages)
    if unread := [str(at) for at, page in enumerate(pages, 1) if not page.characters]:
        assembly.note(UNREAD.format("、".join(unread)))
    columns = _columns(pages)
    for is_table, group in groupby(_in_order(pages), key=lambda item: isinstance(item[1], Piece)):
        items = list(group)
        if is_table:
            for table in _whole(piece for _, piece in items if isinstance(piece, Piece)):
                _add_table(assembly, table)
        else:
            lines = [(page, line) for page, line in items if isinstance(line, Line)]
            for page, text in parts(lines, columns):
                assembly.paragraph(text, page=page + 1)
    return assembly.document()


def _with_unruled_tables(pages: list[PageText]) -> list[PageText]:
    done: list[PageText] = []
    before: Columned | None = None
    for number, page in enumerate(pages, 1):
        found = columned(page.lines, number, before)
        taken = {at for one in found for at in range(one.begin, one.end)}
        last = found[-1] if found else None
        before = last if last and last.end == len(page.lines) else None
        lines = [line for at, line in enumerate(page.lines) if at not in taken]
        tables = page.tables + [one.piece for one in found]
        done.append(page._replace(lines=lines, tables=tables))
    return done


def _columns(pages: list[PageText]) -> list[Column]:
    """Return the column of running text of each page; pages of one width share it."""
    widths = {page.width for page in pages}
    shared = {
        width: column_of([line for page in pages if page.width == width for line in page.lines])
        for width in widths
    }
    return [shared[page.width] for page in pages]


def _in_order(pages: list[PageText]) -> Iterator[tuple[int, Line | Piece]]:
    for at, page in enumerate(pages):
        items: list[tuple[float, int, Line | Piece]] = [
            *((line.top, 0, line) for line in page.lines),
            *((table.box[1], 1, table) for table in page.tables),
        ]
        for _, _, item in sorted(items, key=lambda one: one[:2]):
            yield at, item


def _whole(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Yield tables, those that go on over several pages in one."""
    pending: Piece | None = None
    for piece in pieces:
        if pending is None:
            pending = piece
        elif pending.pages[-1] < piece.pages[0] and can_follow(pending, piece):
            pending = stitched(pending, piece)
        else:
            yield pending
            pending = piece
    if pending is not None:
        yield pending


def _add_table(assembly: Assembly, table: Piece) -> None:
    numbered = [
        (row, page)
        for row, page in zip(table.rows, table.pages, strict=True)
        if any(slot.text and not slot.is_continued for slot in row)
    ]
    rows = without_blank([row for row, _ in numbered])
    assembly.table(rows, [page for _, page in numbered])


if __name__ == "__main__":
    serve(read_pdf)
