"""Which column a cell belongs to when only the order of the cells is known, and what they say."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from duban.importer.shapes.headings import TEXTS, UNITS, Column
from duban.importer.shapes.layout import Layout
from duban.importer.shapes.sentences import join
from duban.importer.units.line import entries_of
from duban.importer.units.lists import is_list
from duban.importer.units.names import Kind, is_complete
from models.document import Paragraph

_DUE = re.compile(
    r"^(?:\d{4}年|今年|当年|每[年季月]|全年|长期|持续|常年|年底|[上下]半年|\d{1,2}月|“?十四五|20\d\d[.\-/])[^。]{0,24}$"
)
_FUNDING = re.compile(r"(?:资金|经费|保障金|预算|基金|专项|补助|自筹|债券)$")
_FEWEST = 2
_TITLE = re.compile(r"[^，,。；;：:\d]{2,16}")
_SHORTEST_MEASURE = 12
_LONGEST_FUND = 30
_LONGEST_LIST = 200
_NO_UNIT = (Kind.ODD, Kind.TOPIC)


class Chunk(NamedTuple):
    """A number and the paragraphs up to the next; ``skipped`` stand before the first number."""

    number: Paragraph
    cells: list[Paragraph]
    skipped: int = 0


def kind_of(text: str) -> Column:
    """What a cell seems to hold: units, a date, money, or text."""
    if is_list(text.rstrip("。.；; ")):
        return Column.RESPONSIBLE
    if _DUE.match(text):
        return Column.DUE
    if _FUNDING.search(text) and len(text) <= _LONGEST_FUND:
        return Column.FUNDING
    return Column.TASK


def rows_of_cells(
    layout: Layout, number: Paragraph, cells: Sequence[Paragraph]
) -> list[list[Paragraph]]:
    """The cells after a number as one row, or as several where measures and units come again."""
    width = len(layout.columns)
    at_number = layout.at(Column.NUMBER)[0]
    rows = [[number._replace(text="")] * width]
    rows[0][at_number] = number
    if len(cells) == width - 1:
        others = [at for at in range(width) if at != at_number]
        for at, cell in zip(others, cells, strict=True):
            rows[0][at] = cell
        return rows
    pointer = -1
    for order, cell in enumerate(cells):
        kind = kind_of(cell.text.strip())
        after = _next(layout, kind, pointer, cell.text.strip())
        if after is None:
            rows.append([cell._replace(text="")] * width)
        at = _again(layout, kind, cells[order:]) if after is None else after
        before = rows[-1][at]
        joined = join(before.text, cell.text.strip()) if before.text else cell.text.strip()
        rows[-1][at] = (before if before.text else cell)._replace(text=joined)
        pointer = at
    return rows


def _next(layout: Layout, kind: Column, pointer: int, text: str) -> int | None:
    """The column that a cell goes to; None where it can only begin another row."""
    fitting = {
        Column.RESPONSIBLE: {*UNITS},
        Column.DUE: {Column.DUE},
        Column.FUNDING: {Column.FUNDING},
    }.get(kind, {*TEXTS, Column.SECTION, Column.FIGURES})
    later = [at for at in layout.at(*fitting) if at > pointer]
    if not later and kind is Column.TASK and _is_name(text):
        later = [at for at in layout.at(*UNITS) if at > pointer]
    if later:
        return later[0]
    goes_on = kind in (Column.RESPONSIBLE, Column.TASK)
    if pointer >= 0 and layout.columns[pointer] in fitting and goes_on:
        return pointer
    aside = [at for at in layout.at(Column.NOTE, Column.ASIDE, Column.DUE) if at > pointer]
    if aside and len(text) < _SHORTEST_MEASURE:
        return aside[0]
    return None


def names_units(text: str) -> bool:
    """Whether a cell seems to name units and nothing else, be they only places: 甲镇、乙街道."""
    names = [each.name for each in entries_of(text)]
    are_names = all(is_complete(each.text) and each.kind not in _NO_UNIT for each in names)
    return bool(names) and are_names and len(text) <= _LONGEST_LIST


def _is_name(text: str) -> bool:
    """Whether a text can be the name of units, though it could be something else elsewhere."""
    return all(is_complete(each.name.text) for each in entries_of(text))


def _again(layout: Layout, kind: Column, cells: Sequence[Paragraph]) -> int:
    """The column with which another row begins: of as many texts as follow, the last ones."""
    if kind is Column.RESPONSIBLE:
        return layout.at(*UNITS)[0]
    texts = layout.at(*TEXTS)
    run = list(takewhile(lambda each: kind_of(each.text.strip()) is Column.TASK, cells))
    return texts[-min(len(run), len(texts))] if texts else 0


def merged_over_two(layout: Layout, chunks: Sequence[Chunk]) -> int | None:
    """The column of text that is one heading over two columns, if there is such a one.

    Some rows have one cell more than headings, two of text, the first of them short; all others
    lack only this one, which is that above.
    """
    width = len(layout.columns)
    full = [chunk.cells for chunk in chunks if len(chunk.cells) == width]
    is_fitting = all(len(chunk.cells) in (width - 1, width) for chunk in chunks)
    is_merged = layout.at(*TEXTS) == [1] and is_fitting and len(full) >= _FEWEST
    are_titles = all(_TITLE.fullmatch(cells[0].text.strip()) for cells in full)
    are_texts = all(kind_of(cells[1].text.strip()) is Column.TASK for cells in full)
    return 1 if is_merged and are_titles and are_texts and full[0] == chunks[0].cells else None


def filled(chunk: Chunk, width: int) -> Chunk:
    """A number's cells, a blank one before them where the merged one above holds for it."""
    lacks = len(chunk.cells) == width - 2
    blank = [chunk.number._replace(text="")] if lacks else []
    return chunk._replace(cells=[*blank, *chunk.cells])
