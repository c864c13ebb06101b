"""The rows of a table that are no task: rules, totals, notes, headings across all columns."""

import re

from duban.importer.shapes.headings import UNITS, Column
from duban.importer.shapes.layout import Layout, Row
from duban.importer.shapes.numbering import mark_of, plain_number

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
    filled = [at for at, cell in enumerate(row) if plain(cell.text)]
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


def _spans(row: Row) -> bool:
    """Whether one merged cell goes across the whole row."""
    filled = [cell for cell in row if cell.text.strip()]
    return len(texts_of(row)) == 1 < len(filled) and all(cell.is_continued for cell in filled[1:])
