"""Plain text, with the tables in it that are written with pipes or tabs."""

import codecs
import re
from collections.abc import Sequence

from duban.importer.formats.assembly import Assembly, check_characters
from duban.importer.formats.grid import Slot, check_size
from duban.importer.formats.refusal import FormatRefused
from duban.importer.formats.wrapped import paragraph_end, without_page_marks, wrapped_at
from models.document import Document

BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
LINE_END = re.compile(r"\r\n|[\r\n\u2028\u2029\x85]")
HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
PIPE_ROW = re.compile(r"\|.*\|")
PIPE = re.compile(r"(?<!\\)\|")
RULE_CELL = re.compile(r":?-{2,}:?|-")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MARKUP = re.compile(r"<(?:!doctype html|html|head|body|table|div|p|meta)\b", re.IGNORECASE)
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
SAMPLE = 100_000
TABLE_COLUMNS = 3
"""The least columns of a table with tabs; two are as often an aligned list."""


def read_text(content: bytes) -> Document:
    """Read plain text or Markdown in UTF-8, GB18030, or UTF-16 with a byte order mark."""
    assembly = Assembly("text")
    text = decoded(content)
    check_characters(len(text))
    lines = LINE_END.split(text)
    if lines and not lines[-1]:
        lines.pop()
    assembly.lines(lines)
    kept, first_on_page = without_page_marks(lines)
    numbers, lines = list(kept), list(kept.values())
    tops = {at for at, number in enumerate(numbers) if number in first_on_page}
    width = wrapped_at(lines)
    at = 0
    while at < len(lines):
        end = _table_end(lines, at)
        if end > at:
            _add_table(assembly, lines[at:end], numbers[at:end])
        else:
            end = paragraph_end(lines, at, width, tops)
            _add_paragraph(assembly, "".join(map(str.strip, lines[at:end])), numbers[at])
        at = end
    return assembly.document()


def decoded(content: bytes) -> str:
    """Return text without its byte order mark; bytes that are no text are refused."""
    for bom, encoding in BOMS.items():
        if content.startswith(bom):
            return content.decode(encoding, errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FormatRefused(
        "encoding",
        "the text is neither UTF-8 nor GB18030",
        "save it as UTF-8 and import it again",
    )


def is_text(content: bytes) -> bool:
    """Tell whether bytes can be read as text: decodable, and free of control characters."""
    try:
        text = decoded(content)
    except FormatRefused:
        return False
    return "\ufffd" not in text[:SAMPLE] and not CONTROL.search(text[:SAMPLE])


def marked_up(content: bytes) -> bool:
    """Tell whether a text is HTML: it begins with a tag, and a tag of HTML is near."""
    head = (
        content[:SAMPLE].decode("latin-1").replace("\0", "").lstrip("\xef\xbb\xbf\xff\xfe \t\r\n")
    )
    return head.startswith("<") and bool(MARKUP.search(head))


def _add_paragraph(assembly: Assembly, line: str, number: int) -> None:
    text = line.strip()
    if heading := HEADING.fullmatch(text):
        assembly.marked(heading[2], number, level=len(heading[1]))
    elif text:
        assembly.marked(text, number)


def _table_end(lines: Sequence[str], begin: int) -> int:
    """Return where a table that begins with a line ends; there if none does."""
    if _is_pipe_row(lines[begin]):
        end = begin
        while end < len(lines) and _is_pipe_row(lines[end]):
            end += 1
        return end if any(_is_rule(line) for line in lines[begin:end]) else begin
    width = len(lines[begin].split("\t"))
    header = [cell.strip() for cell in lines[begin].split("\t")]
    if width < TABLE_COLUMNS or not header[0] or sum(map(bool, header)) < TABLE_COLUMNS:
        return begin
    end = at = begin + 1
    while at < len(lines) and (not lines[at].strip() or len(lines[at].split("\t")) == width):
        at += 1
        end = at if lines[at - 1].strip() else end
    return end if end > begin + 1 else begin


def _is_pipe_row(line: str) -> bool:
    return PIPE_ROW.fullmatch(line.strip()) is not None


def _is_rule(line: str) -> bool:
    return _is_pipe_row(line) and all(RULE_CELL.fullmatch(cell) for cell in _pipe_cells(line))


def _pipe_cells(line: str) -> list[str]:
    inside = line.strip()[1:-1]
    return [
        BREAK.sub("\n", cell.replace("\\|", "|").replace("**", "")).strip()
        for cell in PIPE.split(inside)
    ]


def _add_table(assembly: Assembly, lines: Sequence[str], numbers: Sequence[int]) -> None:
    """Add lines, which have numbers in the document, without rules and blanks."""
    has_pipes = _is_pipe_row(lines[0])
    kept = [
        (number, _pipe_cells(line) if has_pipes else [cell.strip() for cell in line.split("\t")])
        for number, line in zip(numbers, lines, strict=True)
        if not (has_pipes and _is_rule(line))
    ]
    kept = [(number, cells) for number, cells in kept if any(cells)]
    width = max((len(cells) for _, cells in kept), default=0)
    check_size(len(kept), width)
    if kept:
        grid = [[Slot(text) for text in cells + [""] * (width - len(cells))] for _, cells in kept]
        assembly.marked_table(grid, [number for number, _ in kept])
