"""Tables that were flattened to text: one cell a line, or columns parted by tabs or blanks."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from duban.importer.shapes.aligned import aligned_at, as_table
from duban.importer.shapes.cells import rows_of_cells
from duban.importer.shapes.headings import UNITS, Column, column_of
from duban.importer.shapes.layout import layout_of
from duban.importer.shapes.numbering import plain_number
from models.document import Block, Document, Paragraph, Table

_FEWEST, _MOST = 3, 12
_LONGEST_NUMBER = 4
_CLOSING = re.compile(
    r"^(?:抄送|主送|附\s*件|（?此件|是否宜公开|信息公开|公开方式|公开属性|联系人|注[:：]|备注[:：]|\d{4}年\d{1,2}月\d{1,2}日$)|印发$"
    r"|^[\u4e00-\u9fff]{4,24}办公[室厅]$"
)


def with_tables(document: Document) -> tuple[Block, ...]:
    """The blocks of a document, flattened tables among its paragraphs made tables again."""
    done: list[Block] = []
    blocks = document.blocks
    at = 0
    while at < len(blocks):
        table, taken = _table_at(blocks, at, document.lines, done)
        if table:
            done.append(table)
            at += taken
        else:
            done.append(blocks[at])
            at += 1
    return tuple(done)


def _table_at(
    blocks: Sequence[Block], at: int, lines: Sequence[str], done: Sequence[Block]
) -> tuple[Table | None, int]:
    block = blocks[at]
    if not isinstance(block, Paragraph):
        return None, 0
    if part := _tabbed(block, lines, done):
        return part, 1
    run = _paragraphs(blocks, at)
    return _one_cell_a_line(run) or aligned_at(run, lines) or (None, 0)


def _paragraphs(blocks: Sequence[Block], at: int) -> list[Paragraph]:
    run: list[Paragraph] = []
    for block in blocks[at:]:
        if not isinstance(block, Paragraph):
            break
        run.append(block)
    return run


def _tabbed(paragraph: Paragraph, lines: Sequence[str], done: Sequence[Block]) -> Table | None:
    """A line with as many tabs as the table before it has columns: one more row of it."""
    last = next((block for block in reversed(done) if isinstance(block, Table)), None)
    if last is None or not 0 < paragraph.place.line <= len(lines):
        return None
    texts = lines[paragraph.place.line - 1].split("\t")
    width = len(last.rows[0])
    if len(texts) == 1 or len(texts) != width:
        return None
    return as_table([[paragraph._replace(text=text.strip()) for text in texts]])


def _one_cell_a_line(run: Sequence[Paragraph]) -> tuple[Table, int] | None:
    """A run of headings, each a paragraph, then 1 and its cells, 2 and its cells …"""
    headings: list[str] = []
    for paragraph in run:
        if column_of(paragraph.text.strip()) is None or len(headings) > _MOST:
            break
        headings.append(paragraph.text.strip())
    width = len(headings)
    layout = layout_of(headings)
    if width < _FEWEST or not {Column.NUMBER} <= {*layout.columns} or not layout.at(*UNITS):
        return None
    chunks = list(_chunks(run, width))
    if not chunks:
        return None
    rows = [list(run[:width])]
    for number, cells in chunks:
        rows += rows_of_cells(layout, number, cells)
    return as_table(rows), width + sum(1 + len(cells) for _, cells in chunks)


def _chunks(run: Sequence[Paragraph], begin: int) -> Iterator[tuple[Paragraph, list[Paragraph]]]:
    """Each number that is due next, with the paragraphs up to the one after it."""
    starts: list[int] = []
    for at in range(begin, len(run)):
        text = run[at].text.strip()
        if len(text) <= _LONGEST_NUMBER and plain_number(text) == str(len(starts) + 1):
            starts.append(at)
    if not starts or starts[0] != begin:
        return
    widest = max((b - a for a, b in pairwise(starts)), default=begin)
    ends = [*starts[1:], min(len(run), starts[-1] + max(widest, begin))]
    for start, end in zip(starts, ends, strict=True):
        cells = list(run[start + 1 : end])
        for at, cell in enumerate(cells):
            if _CLOSING.search(cell.text.strip()):
                cells = cells[:at]
                break
        yield run[start], cells
