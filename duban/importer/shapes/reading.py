"""All rows of a document: those of its running text and those of its tables, reconciled."""

import re
from collections.abc import Iterator

from duban.importer.shapes.flattened import with_tables
from duban.importer.shapes.found import Shape
from duban.importer.shapes.prose import prose_rows
from duban.importer.shapes.sentences import bare
from duban.importer.shapes.tables import TABLE, Reader, as_annex
from models.document import Block, Document, Paragraph

_CAPTION = re.compile(
    r"((?:年度)?(?:重点|主要|目标|具体|任务|工作|责任|措施|整改|项目|改革|指标|督查)*"
    r"(?:任务|工作|责任|分工|清单|台账|分解|措施|事项|目标|要点|项目|计划))(?:分解|分工|安排|进度|落实|清单|台账|明细|汇总)*(?:方案|表|清单|台账|一览表)?$"
)
_TRAIL = re.compile(r"[（(][^（）()]*[)）]$")
_CAPTION_REACH = 4
_LONGEST_CAPTION = 80


def shape(document: Document) -> Shape:
    """The rows of a document in its order; those of an annex beside measures are A1, A2 …"""
    blocks = with_tables(document)
    readers = list(_readers(blocks))
    prose = prose_rows([block for block in blocks if isinstance(block, Paragraph)])
    tables = [reader.rows() for reader in readers]
    rows = list(prose.rows)
    for order, table in enumerate(tables):
        taken = {row.number for row in rows}
        is_annex = bool(prose.rows) or any(row.number in taken for row in table.rows)
        letter = chr(ord("A") + order if prose.rows else ord("A") + order - 1)
        rows += as_annex(table.rows, letter) if is_annex else table.rows
    doubts = [*prose.doubts, *(doubt for table in tables for doubt in table.doubts)]
    return Shape(tuple(rows), tuple(doubts))


def _readers(blocks: tuple[Block, ...]) -> Iterator[Reader]:
    """The task tables, each with those that continue it."""
    before: list[str] = []
    reader: Reader | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            before.append(block.text.strip())
            continue
        caption = caption_of(before[-_CAPTION_REACH:])
        is_continued = reader is not None and (not caption or caption == reader.caption)
        if reader and is_continued and reader.read(block):
            before = []
            continue
        fresh = Reader(caption or TABLE)
        if fresh.read(block):
            if reader:
                yield reader
            reader = fresh
        before = []
    if reader:
        yield reader


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
