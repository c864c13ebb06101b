"""The rows of a table that are no task: rules, totals, notes, headings across all columns."""

import re
from collections.abc import Iterator

from duban.importer.shapes.headings import TEXTS, UNITS, Column
from duban.importer.shapes.layout import Layout, Row, header_of
from duban.importer.shapes.numbering import mark_of, plain_number
from models.document import Block, Paragraph, Table

_TAG = re.compile(r"</?(?:p|span|br|div|strong|b|font)\b[^>]*>", re.IGNORECASE)
_TOTAL = re.compile(r"^(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计)")
_NOTE = re.compile(r"^(?:备\s*注|注\s*\d?|说\s*明|填表说明)\s*[:：]|^[※*]")
_LONGEST_SECTION = 60
_MOST_TEXTS = 2
_LOWEST_HEADING = 2


def plain(text: str) -> str:
    """The text of a cell without tags and white space around it; its line ends stay."""
    lines = (" ".join(line.split()) for line in _TAG.sub("", text).split("\n"))
    return "\n".join(line for line in lines if line)


def texts_of(row: Row) -> list[str]:
    """What the cells of a row say, each text once."""
    return list(dict.fromkeys(text for cell in row if (text := plain(cell.text))))


def parted(table: Table) -> Iterator[Block]:
    """A table, or the several that stand one below the other in it, each with its own columns.

    The rows of one text directly above a later header are paragraphs: they name the table.
    """
    header = header_of(table.rows)
    begin = 0
    for at in range(header.end if header else len(table.rows), len(table.rows)):
        found = header_of(table.rows[at : at + 1]) and header_of(table.rows[at:])
        if not header or not found or found.begin or not _is_other(found.layout, header.layout):
            continue
        above = at
        while above > begin and len(texts_of(table.rows[above - 1])) <= 1:
            above -= 1
        yield _rows_of(table, begin, above)
        for row in table.rows[above:at]:
            yield from (Paragraph(text, row[0].place) for text in texts_of(row))
        header, begin = found, at
    yield _rows_of(table, begin, len(table.rows))


def _is_other(layout: Layout, before: Layout) -> bool:
    is_of_tasks = bool(layout.at(*UNITS) and layout.at(*TEXTS))
    return is_of_tasks and layout.columns != before.columns


def _rows_of(table: Table, begin: int, end: int) -> Table:
    rows = table.rows[begin:end]
    return table if not begin and end == len(table.rows) else Table(rows, rows[0][0].place)


def is_rule(row: Row) -> bool:
    """Whether a row is blank or only a line of dashes."""
    return all(not re.search(r"[\w\u4e00-\u9fff]", cell.text) for cell in row)


def is_total(row: Row) -> bool:
    """Whether a row adds up the others."""
    return any(_TOTAL.match(text) for text in texts_of(row)[:2])


def is_note(row: Row) -> bool:
    """Whether a row is a note below the table."""
    texts = texts_of(row)
    return 0 < len(texts) <= _MOST_TEXTS and bool(_NOTE.match(texts[0]))


def is_section(row: Row, layout: Layout) -> str | None:
    """The heading that a row puts over those below it; None if it is no such row."""
    texts = texts_of(row)
    filled = [at for at, cell in enumerate(row) if plain(cell.text) and not _is_across(row, at)]
    if not texts or len(texts) > _MOST_TEXTS or len(texts[-1]) > _LONGEST_SECTION:
        return None
    if any(at in filled and not _spans(row) for at in layout.at(*UNITS)):
        return None
    if len(texts) == _MOST_TEXTS:
        number, heading = texts
        is_chinese = bool(re.fullmatch(r"[一二三四五六七八九十]{1,3}、?", number))
        return f"{number.rstrip('、')}、{heading}" if is_chinese and filled[0] == 0 else None
    if _spans(row):
        return texts[0]
    is_first = filled == [0] and plain_number(texts[0]) is None
    mark = mark_of(texts[0])
    is_marked = mark is not None and mark.level <= _LOWEST_HEADING and bool(mark.rest)
    in_number = layout.columns[0] is Column.NUMBER
    return texts[0] if is_first and (is_marked or in_number) else None


def _is_across(row: Row, at: int) -> bool:
    """Whether a cell is one with that to its left."""
    return at > 0 and row[at].is_continued and row[at].text == row[at - 1].text


def _spans(row: Row) -> bool:
    """Whether one merged cell goes across the whole row."""
    filled = [cell for cell in row if cell.text.strip()]
    return len(texts_of(row)) == 1 < len(filled) and all(cell.is_continued for cell in filled[1:])
