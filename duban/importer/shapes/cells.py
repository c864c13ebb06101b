"""Which column a cell belongs to when only the order of the cells is known, and what they say."""

import re
from collections.abc import Sequence

from duban.importer.shapes.headings import TEXTS, UNITS, Column
from duban.importer.shapes.layout import Layout
from duban.importer.shapes.sentences import join
from duban.importer.units.lists import is_list
from models.document import Paragraph

_DUE = re.compile(
    r"^(?:\d{4}年|今年|当年|每[年季月]|全年|长期|持续|常年|年底|[上下]半年|\d{1,2}月|“?十四五|20\d\d[.\-/])[^。]{0,24}$"
)
_FUNDING = re.compile(r"(?:资金|经费|保障金|预算|基金|专项|补助|自筹|债券)$")
_SHORTEST_MEASURE = 12
_LONGEST_FUND = 30


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
    for cell in cells:
        kind = kind_of(cell.text.strip())
        after = _next(layout, kind, pointer, cell.text.strip())
        if after is None:
            rows.append([cell._replace(text="")] * width)
        at = _again(layout, kind) if after is None else after
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
    if later:
        return later[0]
    goes_on = kind in (Column.RESPONSIBLE, Column.TASK)
    if pointer >= 0 and layout.columns[pointer] in fitting and goes_on:
        return pointer
    aside = [at for at in layout.at(Column.NOTE, Column.ASIDE, Column.DUE) if at > pointer]
    if aside and len(text) < _SHORTEST_MEASURE:
        return aside[0]
    return None


def _again(layout: Layout, kind: Column) -> int:
    texts = layout.at(Column.MEASURE) or layout.at(Column.TASK)
    if kind is Column.RESPONSIBLE:
        return layout.at(*UNITS)[0]
    return texts[-1] if texts else 0
