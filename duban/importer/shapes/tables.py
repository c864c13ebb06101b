"""Task tables read row by row, whatever their columns are called, in whatever order."""

import re
from collections.abc import Iterator, Sequence

from duban.importer.shapes.cells import names_units
from duban.importer.shapes.found import Shape
from duban.importer.shapes.headings import UNITS, Column, is_left_out
from duban.importer.shapes.layout import Layout, Row, header_of, is_header
from duban.importer.shapes.numbering import mark_of, plain_number
from duban.importer.shapes.sentences import bare, join
from duban.importer.shapes.table_parts import is_note, is_rule, is_section, is_total, plain
from duban.importer.shapes.table_rows import Entry, table_rows
from models.document import Cell, Table
from models.draft import Doubt

TABLE = "任务表"
_OWN = (Column.LEAD, Column.RESPONSIBLE)
"""The units without which there is no row; that a row has no supporting ones is common."""


class Reader:
    """Reads the tables of one annex one after the other; a table without header continues.

    ``is_text``: they stand in plain text, where a merged cell cannot be told from a blank one.
    """

    def __init__(self, caption: str, is_text: bool = False) -> None:
        self.caption = caption
        self.is_text = is_text
        self.section = caption
        self.section_number = 0
        self.layout: Layout | None = None
        self.entries: list[Entry] = []
        self.item = ""
        self.unnamed: list[Doubt] = []

    def read(self, table: Table, heading: str = "") -> bool:
        """Take in a table, under a heading if it has one; False if it is none of tasks."""
        header = header_of(table.rows)
        is_wide = self.layout is not None and len(table.rows[0]) == len(self.layout.columns)
        if is_wide and self.entries and (header is None or header.begin > 0):
            rows = table.rows
        elif header:
            rows = table.rows[header.end :]
            self.layout = self._with_unnamed(header.layout, rows)
        else:
            return False
        layout = self.layout
        if layout is None or not _is_task_table(layout):
            self.layout = None
            return False
        if heading:
            self._enter(heading)
        for row in rows:
            self._row(row, layout)
        return True

    def _with_unnamed(self, layout: Layout, rows: Sequence[Row]) -> Layout:
        """The layout with the columns that name units, though their headings do not say so."""
        columns = list(layout.columns)
        for at, column in enumerate(columns):
            cells = [row[at] for row in rows if plain(row[at].text) and not is_header(row)]
            named = sum(names_units(plain(cell.text)) for cell in cells)
            if column is None and named * 2 > len(cells):
                columns[at] = Column.RESPONSIBLE
                words = f"“{layout.headings[at]}”一栏写的是单位，是否为责任单位？"
                self.unnamed.append(
                    Doubt("column-of-units", words, "按责任单位列入。", cells[0].place)
                )
        return layout._replace(columns=tuple(columns))

    def rows(self) -> Shape:
        """The rows of all tables read so far."""
        doubts = (*self.unnamed, *self._left_out(), *self._blank())
        return Shape(tuple(table_rows(self.entries, self.caption)), doubts)

    def _blank(self) -> Iterator[Doubt]:
        """The blank cells of units that may be merged with those above: one question for each."""
        texts = {(at, text) for each in self.entries for at, text in each.above.items()}
        for at, above in sorted(texts):
            blank = [each for each in self.entries if each.above.get(at) == above]
            named = "、".join(each.number or bare(each.text(Column.TASK))[:12] for each in blank)
            words = (
                f"{named}的“{blank[0].layout.headings[at]}”一栏空白，是否与上面相同（{above}）？"
            )
            is_taken = blank[0].layout.columns[at] in _OWN
            proposal = "按与上面相同处理。" if is_taken else "按没有处理。"
            yield Doubt("blank-units", words, proposal, blank[0].places[at])

    def _left_out(self) -> Iterator[Doubt]:
        """The columns of units that have no part in the rows, such as 验收单位."""
        first = {entry.layout: entry for entry in reversed(self.entries)}
        for layout, entry in first.items():
            for at in layout.at(Column.ASIDE):
                if is_left_out(layout.headings[at]):
                    words = f"“{layout.headings[at]}”一栏没有列为责任单位。"
                    yield Doubt("column-left-out", words, "如须列入，请补充。", entry.places[at])

    def _row(self, row: Row, layout: Layout) -> None:
        if is_rule(row) or is_header(row) or is_total(row) or is_note(row):
            return
        if section := is_section(row, layout):
            self._enter(section)
            return
        self._entry(row, layout)

    def _enter(self, heading: str) -> None:
        """Go into another section; its mark gives its number, or it is the next."""
        mark = mark_of(heading)
        self.section = bare(mark.rest if mark and mark.rest else heading)
        self.section_number = mark.ordinal if mark else self.section_number + 1

    def _entry(self, row: Row, layout: Layout) -> None:
        last = self.entries[-1] if self.entries else None
        own = {at: plain(cell.text) for at, cell in enumerate(row) if _is_own(cell, at, last)}
        own = {at: text for at, text in own.items() if text}
        if last and self._is_rest(own, row, layout, last):
            for at, text in own.items():
                last.cells[at] = join(last.cells.get(at, ""), text)
            last.end = max(cell.place.line for cell in row)
            return
        self._in_column(own, layout)
        number_at = layout.at(Column.NUMBER)
        number = plain_number(own.get(number_at[0], "")) if number_at else None
        is_new = last is None or self._begins_item(own, layout, number)
        is_blank_above = not is_new and number is None
        cells = dict(own)
        for at in range(len(row)):
            if at not in cells and last and _inherits(at, row, layout, is_blank_above):
                cells[at] = last.cells.get(at, "")
        above = self._above(cells, row)
        cells |= {at: text for at, text in above.items() if layout.columns[at] in _OWN}
        self.item = f"{self.section_number} {number}" if number else self.item
        self.entries.append(
            Entry(
                number or "",
                is_new,
                cells,
                layout,
                self.section,
                self.section_number,
                tuple(cell.place for cell in row),
                above=above,
            )
        )

    def _above(self, cells: dict[int, str], row: Row) -> dict[int, str]:
        """What stands above the cells of units that a line of plain text leaves blank."""
        last = self.entries[-1] if self.entries else None
        is_one_line = len({cell.place.line for cell in row}) == 1
        if last is None or last.layout is not self.layout or not (self.is_text and is_one_line):
            return {}
        said = {**last.above, **{at: text for at, text in last.cells.items() if text}}
        return {at: said[at] for at in last.layout.at(*UNITS) if at in said and not cells.get(at)}

    def _in_column(self, own: dict[int, str], layout: Layout) -> None:
        """Go into the section that a column of its own names."""
        for at in layout.at(Column.SECTION)[:1]:
            mark = mark_of(own.get(at, ""))
            name = bare(mark.rest if mark and mark.rest else own.get(at, ""))
            if name and name != self.section:
                self._enter(own[at])

    def _begins_item(self, own: dict[int, str], layout: Layout, number: str | None) -> bool:
        """Whether a row begins an item: by a number that is not the one above said again."""
        if layout.at(Column.NUMBER):
            return number is not None and self.item != f"{self.section_number} {number}"
        return any(at in own for at in layout.at(Column.TASK))

    def _is_rest(self, own: dict[int, str], row: Row, layout: Layout, last: Entry) -> bool:
        """Whether a row is the rest of the one above, broken off at the end of a page."""
        if any(at in own for at in layout.at(Column.NUMBER, Column.SECTION)):
            return False
        texts = layout.at(Column.MEASURE) or layout.at(Column.TASK)
        units = layout.at(*UNITS)
        own_texts = [own[at] for at in texts if at in own]
        own_units = [own[at] for at in units if at in own]
        if not own_texts:
            return bool(own)
        if any(row[at].is_continued for at in units):
            return False
        before = last.text(Column.MEASURE) or last.text(Column.TASK)
        is_broken = not re.search(r"[。；;！!？?]$", before)
        if layout.at(Column.MEASURE) and any(at in own for at in layout.at(Column.TASK)):
            return False
        has_number = bool(layout.at(Column.NUMBER))
        if not own_units:
            return has_number and (is_broken or not units)
        return is_broken and has_number and bool(re.search(r"[、，,]$", last.text(*UNITS)))


def _inherits(at: int, row: Row, layout: Layout, is_blank_above: bool) -> bool:
    """A merged cell is that of the row above; a blank one is, within one item."""
    column = layout.columns[at]
    if row[at].is_continued:
        return True
    if column is Column.SECTION or (column is Column.TASK and layout.at(Column.MEASURE)):
        return True
    return is_blank_above and column is not Column.MEASURE


def _is_own(cell: Cell, at: int, last: Entry | None) -> bool:
    """Whether a cell says something of its own, not what a merged one above it says."""
    return not (cell.is_continued and last is not None and plain(cell.text) == last.cells.get(at))


def _is_task_table(layout: Layout) -> bool:
    has_units = bool(layout.at(*UNITS))
    return bool(layout.at(Column.TASK)) and (has_units or bool(layout.at(Column.NUMBER)))
