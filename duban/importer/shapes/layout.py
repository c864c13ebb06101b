"""The header of a table: which of its rows it takes, and what each column holds."""

from collections.abc import Sequence
from typing import NamedTuple

from duban.importer.shapes.headings import LONGEST_HEADING, TEXTS, UNITS, Column, column_of
from models.document import Cell

Row = tuple[Cell, ...]
_DEEPEST_HEADER = 3
_HIGHEST_START = 6
_FEWEST = 2
_TASK_AND_MEASURE = 2
LONGEST_PART = 12
"""Characters of a heading in the second row of a header."""


class Layout(NamedTuple):
    """What the columns of a table hold, and what their headings say."""

    columns: tuple[Column | None, ...]
    headings: tuple[str, ...]

    def at(self, *kinds: Column) -> list[int]:
        """The columns that hold one of these kinds, from left to right."""
        return [at for at, column in enumerate(self.columns) if column in kinds]

    def heading(self, column: Column) -> str:
        """The heading of the first column of a kind."""
        found = self.at(column)
        return self.headings[found[0]] if found else ""


class Header(NamedTuple):
    """A layout and the rows that state it: from ``begin`` to before ``end``."""

    layout: Layout
    begin: int
    end: int


def layout_of(headings: Sequence[str]) -> Layout:
    """The layout of a header that is one row of texts."""
    columns = _told_apart([column_of(text) for text in headings], headings)
    return Layout(tuple(columns), tuple(headings))


def header_of(rows: Sequence[Row]) -> Header | None:
    """The header among the first rows of a table, or None where they have none."""
    for begin, row in enumerate(rows[:_HIGHEST_START]):
        if is_header(row):
            end = begin + 1
            while end < min(len(rows), begin + _DEEPEST_HEADER) and _goes_on(
                rows[begin], rows[end]
            ):
                end += 1
            return Header(_layout(rows[begin:end]), begin, end)
    return None


def is_header(row: Row) -> bool:
    """Whether the cells of a row are headings of a task table."""
    texts = list(dict.fromkeys(cell.text.strip() for cell in row if cell.text.strip()))
    if len(texts) < _FEWEST or any(len(text) > LONGEST_HEADING + 8 for text in texts):
        return False
    columns = [column_of(text) for text in texts]
    known = [column for column in columns if column]
    holds = {*known} & {*UNITS, *TEXTS, Column.NUMBER, Column.SECTION}
    return len(known) >= _FEWEST and len(known) * 5 >= len(texts) * 3 and len(holds) >= _FEWEST


def _goes_on(first: Row, row: Row) -> bool:
    """Whether a row continues the header: all that it adds stands under a heading of several
    columns, or under a blank one; what it does not add, it repeats or leaves blank."""
    if len(row) != len(first) or _has_number(row):
        return False
    above = [cell.text.strip() for cell in first]
    new = [
        at for at, cell in enumerate(row) if cell.text.strip() and cell.text.strip() != above[at]
    ]
    if not new or any(len(row[at].text.strip()) > LONGEST_PART for at in new):
        return False
    known = [at for at in new if column_of(row[at].text)]
    behind = [*above[1:], "-"]
    is_under_group = all(
        not above[at] or not behind[at] or above.count(above[at]) > 1 for at in new
    )
    return is_under_group and len(new) < len(row) and (bool(known) or len(new) > 1)


def _has_number(row: Row) -> bool:
    return any(cell.text.strip().isdigit() for cell in row)


def _layout(rows: Sequence[Row]) -> Layout:
    """The layout of one to three header rows: the lowest heading that is known decides."""
    columns: list[Column | None] = []
    headings: list[str] = []
    for at in range(len(rows[0])):
        texts = list(dict.fromkeys(row[at].text.strip() for row in rows if row[at].text.strip()))
        known = [column for text in reversed(texts) if (column := column_of(text))]
        columns.append(known[0] if known else None)
        headings.append("".join(texts[-1:]).replace("\n", ""))
    if any("牵头" in text for text in headings):
        columns = [
            Column.RESPONSIBLE if column is Column.LEAD and "牵头" not in text else column
            for column, text in zip(columns, headings, strict=True)
        ]
    return Layout(tuple(_told_apart(columns, headings)), tuple(headings))


def _told_apart(columns: list[Column | None], headings: Sequence[str]) -> list[Column | None]:
    """A column of problems before the units is the task; behind them it is a report."""
    told = _texts_told_apart(columns)
    last = max((at for at, column in enumerate(columns) if column in UNITS), default=0)
    asides = [at for at, column in enumerate(columns[:last]) if column is Column.ASIDE]
    problems = [at for at in asides if "问题" in headings[at]][:1]
    if not problems:
        return told
    told = [Column.MEASURE if column in TEXTS else column for column in told]
    told[problems[0]] = Column.TASK
    return told


def _texts_told_apart(columns: list[Column | None]) -> list[Column | None]:
    """Of several columns of text the first is the task, the last the measure, one before both
    the section; of one alone, whatever it is called, it is the task. A goal before measures that
    have no task is theirs."""
    texts = [at for at, column in enumerate(columns) if column in TEXTS]
    if texts and Column.TASK not in columns:
        texts = [at for at, column in enumerate(columns[: texts[0]]) if column is Column.FIGURES][
            -1:
        ] + texts
    if not texts:
        texts = [at for at, column in enumerate(columns) if column is Column.FIGURES][:1]
    if not texts:
        texts = [at for at, column in enumerate(columns) if column is Column.SECTION][-1:]
    told = list(columns)
    has_section = Column.SECTION in columns
    first = 1 if len(texts) > _TASK_AND_MEASURE and not has_section else 0
    for at in texts[:first]:
        told[at] = Column.SECTION
    for order, at in enumerate(texts[first:]):
        told[at] = Column.TASK if order == 0 else Column.MEASURE
    return told
