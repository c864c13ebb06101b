"""All rows of a document: those of its running text and those of its tables, reconciled."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from duban.importer.shapes.flattened import with_tables
from duban.importer.shapes.found import Found, Shape
from duban.importer.shapes.measures import is_only_heading
from duban.importer.shapes.numbering import mark_of
from duban.importer.shapes.prose import prose_rows
from duban.importer.shapes.sentences import LONGEST_HEADING, bare
from duban.importer.shapes.spoken import is_spoken_list
from duban.importer.shapes.table_parts import parted
from duban.importer.shapes.tables import TABLE, Reader
from models.document import Block, Document, Paragraph, Table
from models.draft import Doubt

_CAPTION = re.compile(
    r"((?:年度)?(?:重点|主要|目标|具体|任务|工作|责任|措施|整改|问题|项目|改革|指标|督查)*"
    r"(?:任务|工作|责任|分工|清单|台账|分解|措施|事项|目标|要点|项目|计划))(?:分解|分工|安排|进度|落实|清单|台账|明细|汇总)*(?:方案|表|清单|台账|一览表)?$"
)
_TRAIL = re.compile(r"[（(][^（）()]*[)）]$")
_CAPTION_REACH = 4
_LONGEST_CAPTION = 80
_LOWEST_HEADING = 2


class _Captioned(NamedTuple):
    """A table, what it is called, and the heading 一、… directly before it."""

    table: Table
    caption: str
    heading: str


def shape(document: Document) -> Shape:
    """The rows of a document in its order; those of an annex beside measures are A1, A2 …"""
    blocks = tuple(
        part
        for block in with_tables(document)
        for part in (parted(block) if isinstance(block, Table) else (block,))
    )
    readers = list(_readers(blocks, is_text=document.kind == "text"))
    prose = prose_rows([block for block in blocks if isinstance(block, Paragraph)])
    tables = [reader.rows() for reader in readers]
    if _is_notice(prose.rows) and any(table.rows for table in tables):
        prose = Shape((), tuple(_outside_tables(prose.rows)))
    rows = list(prose.rows)
    for order, table in enumerate(tables):
        taken = {row.number for row in rows}
        is_numbered_anew = bool(prose.rows) or any(row.number in taken for row in table.rows)
        letter = chr(ord("A") + order if prose.rows else ord("A") + order - 1)
        rows += _lettered(table.rows, letter, bool(prose.rows)) if is_numbered_anew else table.rows
    doubts = [*prose.doubts, *(doubt for table in tables for doubt in table.doubts)]
    return Shape(tuple(rows), tuple(doubts))


def _is_notice(rows: Sequence[Found]) -> bool:
    """Whether running text only says in passing who does something: one row by a sentence."""
    written = [each for row in rows for each in row.lists]
    return len(rows) == 1 and all(is_spoken_list(each.text) for each in written)


def _outside_tables(rows: Sequence[Found]) -> Iterator[Doubt]:
    for row in rows:
        words = f"“{row.title[:30]}”写在任务表之外，未列为任务。"
        yield Doubt("outside-tables", words, "如须督办，请列入。", row.place)


def _lettered(rows: Sequence[Found], letter: str, is_beside_prose: bool) -> list[Found]:
    """The rows under numbers of an annex: A1, A2 …"""
    return [row.renumbered(letter + row.number, is_beside_prose) for row in rows]


def _readers(blocks: tuple[Block, ...], is_text: bool) -> Iterator[Reader]:
    """The task tables, each with those that continue it.

    Where tables of one caption have headings before them, these are the sections of their rows.
    """
    reader: Reader | None = None
    for group in _groups(blocks):
        is_parted = sum(bool(each.heading) for each in group) > 1
        for each in group:
            heading = each.heading if is_parted else ""
            if reader and each is not group[0] and reader.read(each.table, heading):
                continue
            fresh = Reader(each.caption or TABLE, is_text)
            if fresh.read(each.table, heading):
                if reader:
                    yield reader
                reader = fresh
    if reader:
        yield reader


def _groups(blocks: tuple[Block, ...]) -> list[list[_Captioned]]:
    """Tables with what stands before them; those that have no other caption go together."""
    groups: list[list[_Captioned]] = []
    before: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            before.append(block.text.strip())
            continue
        near = before[-_CAPTION_REACH:]
        heading = near[-1] if near and _is_heading(near[-1]) else ""
        caption = caption_of([text for text in near if text != heading])
        if heading and not caption and not (groups and _is_alike(groups[-1][-1].table, block)):
            caption = caption_of([heading])
        captioned = _Captioned(block, caption, heading)
        if groups and (not caption or caption == groups[-1][0].caption):
            groups[-1].append(captioned)
        else:
            groups.append([captioned])
        before = []
    return groups


def _is_heading(text: str) -> bool:
    mark = mark_of(text)
    if mark is None or mark.level > _LOWEST_HEADING or len(mark.rest) > LONGEST_HEADING:
        return False
    return is_only_heading(text)


def _is_alike(one: Table, other: Table) -> bool:
    """Whether two tables begin with the same row of headings."""
    first, second = ([cell.text for cell in table.rows[0]] for table in (one, other))
    return first == second


def caption_of(texts: list[str]) -> str:
    """What a table is called: 任务分解表 of 某市…任务分解表; empty if nothing before it says so."""
    for text in reversed(texts):
        plain = _TRAIL.sub("", bare(text)).rstrip("》")
        if (
            len(plain) <= _LONGEST_CAPTION
            and (found := _CAPTION.search(plain))
            and "。" not in plain
        ):
            return found[0]
    return ""
