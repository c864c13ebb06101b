"""Tables that were flattened to text: one cell a line, or columns parted by tabs or blanks."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import cast

from duban.importer.shapes.aligned import aligned_at, as_table
from duban.importer.shapes.cells import Chunk, filled, kind_of, merged_over_two, rows_of_cells
from duban.importer.shapes.headings import UNITS, Column, column_of
from duban.importer.shapes.layout import Layout, layout_of
from duban.importer.shapes.numbering import mark_of, plain_number
from models.document import Block, Document, Paragraph, Table

_FEWEST, _MOST = 3, 12
_LONGEST_NUMBER = 4
_LOWEST_SECTION = 2
_HEADING = re.compile(r"[^，,。；;：:\d]{2,12}")
_CAPTION = re.compile(r"(?:清单|台账|表|要点|方案)$")
_CLOSING = re.compile(
    r"^(?:抄送|主送|附\s*件|（?此件|是否宜公开|信息公开|公开方式|公开属性|联系人|注[:：]|备注[:：])|印发$"
)
_SIGNED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|[\u4e00-\u9fff]{4,24}(?:办公[室厅]|人民政府)")


def with_tables(document: Document) -> tuple[Block, ...]:
    """The blocks of a document, flattened tables among its paragraphs made tables again."""
    done: list[Block] = []
    blocks = document.blocks
    ends = _run_ends(blocks)
    at = 0
    while at < len(blocks):
        table, taken = _table_at(blocks[at : ends[at]], document.lines, done)
        if table:
            done.append(table)
            at += taken
        else:
            done.append(blocks[at])
            at += 1
    return tuple(done)


def _run_ends(blocks: Sequence[Block]) -> list[int]:
    """Where the paragraphs that follow one another end, for each block of them."""
    ends = [len(blocks)] * len(blocks)
    for at in range(len(blocks) - 2, -1, -1):
        ends[at] = at + 1 if isinstance(blocks[at + 1], Table) else ends[at + 1]
    return ends


def _table_at(
    blocks: Sequence[Block], lines: Sequence[str], done: Sequence[Block]
) -> tuple[Table | None, int]:
    """The table that begins with the first of blocks that are paragraphs, or one table."""
    if isinstance(blocks[0], Table):
        return None, 0
    run = cast("Sequence[Paragraph]", blocks)
    if part := _tabbed(run[0], lines, done):
        return part, 1
    return _one_cell_a_line(run) or aligned_at(run, lines) or (None, 0)


def _tabbed(paragraph: Paragraph, lines: Sequence[str], done: Sequence[Block]) -> Table | None:
    """A line with as many tabs as the table before it has columns: one more row of it."""
    if not 0 < paragraph.place.line <= len(lines):
        return None
    texts = lines[paragraph.place.line - 1].split("\t")
    if len(texts) == 1:
        return None
    last = next((block for block in reversed(done) if isinstance(block, Table)), None)
    if last is None or len(texts) != len(last.rows[0]):
        return None
    return as_table([[paragraph._replace(text=text.strip()) for text in texts]])


def _one_cell_a_line(run: Sequence[Paragraph]) -> tuple[Table, int] | None:
    """A run of headings, each a paragraph, then 1 and its cells, 2 and its cells …"""
    headings = _headings(run)
    run = run[: _next_table(run, len(headings))]
    layout = layout_of(headings)
    numbers = layout.at(Column.NUMBER)
    if len(headings) < _FEWEST or not numbers or not layout.at(*UNITS):
        return None
    if numbers[0] and _CAPTION.search(headings[0]):
        return None
    kept = [at for at in range(len(headings)) if at not in numbers[1:]]
    layout = layout_of([headings[at] for at in kept])
    chunks = list(_chunks(run, len(headings), numbers[0], len(numbers) == 1))
    taken = len(headings) + sum(each.skipped + 1 + len(each.cells) for each in chunks)
    heads = [run[at] for at in kept]
    if merged := merged_over_two(layout, chunks):
        heads.insert(merged, heads[merged])
        layout = layout_of([head.text.strip() for head in heads])
        kept = [*range(len(heads))]
        chunks = [filled(chunk, len(heads)) for chunk in chunks]
    rows = [heads]
    leading = run[len(headings) : len(headings) + chunks[0].skipped] if chunks else []
    blank = [run[0]._replace(text="")] * (len(kept) - 1)
    for number, cells, _ in chunks:
        own = [cell for cell in cells if len(numbers) == 1 or not _is_number(cell)]
        own, following = _parted(own, numbers[0])
        if leading and not numbers[0]:
            rows.append([leading[0], *blank])
            leading = []
        rows += _behind(leading, numbers[0], rows_of_cells(_from(layout, numbers[0]), number, own))
        leading = following
    return (as_table(rows), taken) if chunks else None


def _headings(run: Sequence[Paragraph]) -> list[str]:
    """The headings of columns that a run begins with; before its 1 some may be unknown."""
    texts = [paragraph.text.strip() for paragraph in run[: _MOST + 1]]
    known = list(takewhile(lambda text: column_of(text) and not mark_of(text), texts))
    first = next((at for at, text in enumerate(texts) if plain_number(text) == "1"), 0)
    are_short = all(_HEADING.fullmatch(text) and not mark_of(text) for text in texts[:first])
    is_most = sum(column_of(text) is not None for text in texts[:first]) * 5 >= first * 3
    is_numbered = column_of(texts[0]) is Column.NUMBER
    return texts[:first] if first > len(known) and are_short and is_most and is_numbered else known


def _next_table(run: Sequence[Paragraph], begin: int) -> int:
    """Where the headings of another table stand in a run, with its 1 behind them; else its end."""
    for at in range(begin, len(run)):
        if column_of(run[at].text.strip()) is not Column.NUMBER or _is_number(run[at]):
            continue
        headings = _headings(run[at:])
        behind = run[at + len(headings) :][:2]
        is_headed = len(headings) >= _FEWEST and bool(layout_of(headings).at(*UNITS))
        if is_headed and any(plain_number(each.text.strip()) == "1" for each in behind):
            return at
    return len(run)


def _from(layout: Layout, begin: int) -> Layout:
    return Layout(layout.columns[begin:], layout.headings[begin:])


def _parted(cells: list[Paragraph], width: int) -> tuple[list[Paragraph], list[Paragraph]]:
    """The cells of a number, and those behind them that belong to the next one.

    These stand in columns before the number, or are a heading over the rows that follow.
    """
    last = max((at for at, cell in enumerate(cells) if _closes(cell)), default=len(cells))
    end = max(last + 1, len(cells) - max(width, 1))
    is_parted = width > 0 or (end < len(cells) and _is_section(cells[end]))
    return (cells[:end], cells[end:]) if is_parted else (cells, [])


def _is_section(cell: Paragraph) -> bool:
    mark = mark_of(cell.text)
    return mark is not None and mark.level <= _LOWEST_SECTION and bool(mark.rest)


def _closes(cell: Paragraph) -> bool:
    return kind_of(cell.text.strip()) in (Column.RESPONSIBLE, Column.DUE)


def _behind(
    leading: Sequence[Paragraph], width: int, rows: Sequence[Sequence[Paragraph]]
) -> list[list[Paragraph]]:
    """Rows behind the cells that stand before the number of their first, blank for the others."""
    blank = rows[0][0]._replace(text="")
    first = [*([blank] * (width - len(leading))), *leading]
    return [[*(first if at == 0 else [blank] * width), *row] for at, row in enumerate(rows)]


def _is_number(cell: Paragraph) -> bool:
    text = cell.text.strip()
    return len(text) <= _LONGEST_NUMBER and plain_number(text) is not None


def _chunks(
    run: Sequence[Paragraph], begin: int, leading: int, is_counted_anew: bool
) -> Iterator[Chunk]:
    """Each number that is due next; before the first stand at most ``leading`` paragraphs.

    ``is_counted_anew``: 1 may come again, under another section.
    """
    starts: list[int] = []
    due = {"1"}
    for at in range(begin, len(run)):
        text = run[at].text.strip()
        if not _is_number(run[at]) or (number := plain_number(text)) not in due:
            continue
        if not starts or text.isdigit() is run[starts[0]].text.strip().isdigit():
            starts.append(at)
            due = {str(int(number) + 1)} | ({"1"} if is_counted_anew else set())
    most = leading or int(_is_section(run[begin]))
    if not starts or starts[0] - begin > most:
        return
    widest = max((b - a for a, b in pairwise(starts)), default=begin)
    ends = [*starts[1:], min(len(run), starts[-1] + max(widest, begin))]
    for start, end in zip(starts, ends, strict=True):
        cells = list(run[start + 1 : end])
        if start == starts[-1]:
            cells = cells[: _closed_at(cells, begin - 1)]
        skipped = start - begin if start == starts[0] else 0
        yield Chunk(run[start], cells, skipped)


def _closed_at(cells: Sequence[Paragraph], full: int) -> int:
    """Where the last row ends: at a note or copy line, or at a signature.

    An office and a day are the signature behind ``full`` cells, or one behind the other.
    """
    texts = [cell.text.strip() for cell in cells]
    signed = [bool(_SIGNED.fullmatch(text)) for text in texts]
    for at, text in enumerate(texts):
        is_signature = signed[at] and (
            at >= full or (all(signed[at : at + 2]) and at + 1 < len(texts))
        )
        if _CLOSING.search(text) or is_signature or (at >= full and _CAPTION.search(text)):
            return at
    return len(texts)
