"""Rows of task tables, whatever their columns are called and in whatever order they stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from duban.importer.shapes.found import Found, Shape, Written
from duban.importer.shapes.headings import UNITS, Column, part_of
from duban.importer.shapes.layout import Layout, Row, header_of, is_header
from duban.importer.shapes.numbering import mark_of, plain_number
from duban.importer.shapes.passages import segments
from duban.importer.shapes.sentences import bare, join, sentences, title_and_clauses
from duban.importer.shapes.tableparts import is_note, is_rule, is_section, is_total, plain
from models.document import Cell, Paragraph, Place, Table
from models.draft import Part

TABLE = "任务表"


@dataclass
class Entry:
    """A row of a table while it is gathered: the texts of its cells by column, and its number.

    ``is_new``: the row begins an item of its own; otherwise it is one more of the item above.
    """

    number: str
    is_new: bool
    cells: dict[int, str]
    place: Place
    section: str
    places: dict[int, Place] = field(default_factory=dict)
    section_number: int = 0
    end: int = 0


class Reader:
    """Reads the tables of one annex one after the other; a table without header continues."""

    def __init__(self, caption: str) -> None:
        self.caption = caption
        self.section = caption
        self.section_number = 0
        self.layout: Layout | None = None
        self.entries: list[Entry] = []

    def read(self, table: Table) -> bool:
        """Take in a table; False if it is none of tasks."""
        header = header_of(table.rows)
        is_wide = self.layout is not None and len(table.rows[0]) == len(self.layout.columns)
        if is_wide and self.entries and (header is None or header.begin > 0):
            rows = table.rows
        elif header:
            self.layout = header.layout
            rows = table.rows[header.end :]
        else:
            return False
        layout = self.layout
        if layout is None or not _is_task_table(layout):
            self.layout = None
            return False
        for row in rows:
            self._row(row, layout)
        return True

    def _row(self, row: Row, layout: Layout) -> None:
        if is_rule(row) or is_header(row) or is_total(row) or is_note(row):
            return
        if section := is_section(row, layout):
            mark = mark_of(section)
            self.section = bare(mark.rest if mark else section)
            self.section_number = mark.ordinal if mark else self.section_number + 1
            return
        self._entry(row, layout)

    def _entry(self, row: Row, layout: Layout) -> None:
        last = self.entries[-1] if self.entries else None
        own = {at: plain(cell.text) for at, cell in enumerate(row) if _is_own(cell, at, last)}
        own = {at: text for at, text in own.items() if text}
        if last and self._is_rest(own, row, layout, last):
            for at, text in own.items():
                last.cells[at] = join(last.cells.get(at, ""), text)
            last.end = max(cell.place.line for cell in row)
            return
        number_at = layout.at(Column.NUMBER)
        number = plain_number(own.get(number_at[0], "")) if number_at else None
        is_new = last is None or self._begins_item(own, layout, number)
        cells = dict(own)
        for at in range(len(row)):
            if at not in cells and last and self._inherits(at, row, layout, is_new):
                cells[at] = last.cells.get(at, "")
        self.entries.append(
            Entry(
                number or "",
                is_new,
                cells,
                row[0].place,
                self._section_of(cells, layout),
                {at: cell.place for at, cell in enumerate(row)},
                self.section_number,
                max(cell.place.line for cell in row),
            )
        )

    def _section_of(self, cells: dict[int, str], layout: Layout) -> str:
        at = layout.at(Column.SECTION)
        if at and cells.get(at[0]):
            mark = mark_of(cells[at[0]])
            return bare(mark.rest if mark and mark.rest else cells[at[0]])
        return self.section

    def _begins_item(self, own: dict[int, str], layout: Layout, number: str | None) -> bool:
        if layout.at(Column.NUMBER):
            return number is not None
        return any(at in own for at in layout.at(Column.TASK))

    def _inherits(self, at: int, row: Row, layout: Layout, is_new: bool) -> bool:
        """A merged cell is that of the row above; a blank one is, within one item."""
        column = layout.columns[at]
        if row[at].is_continued:
            return True
        if column is Column.SECTION or (column is Column.TASK and layout.at(Column.MEASURE)):
            return True
        return not is_new and column is not Column.MEASURE

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
        before = "".join(last.cells.get(at, "") for at in texts)
        is_broken = not re.search(r"[。；;！!？?]$", before)
        if layout.at(Column.MEASURE) and any(at in own for at in layout.at(Column.TASK)):
            return False
        has_number = bool(layout.at(Column.NUMBER))
        if not own_units:
            return has_number and (is_broken or not units)
        unit_text = "".join(last.cells.get(at, "") for at in units)
        return is_broken and has_number and bool(re.search(r"[、，,]$", unit_text))

    def rows(self) -> Shape:
        """The rows of all tables read so far."""
        layout = self.layout
        if layout is None:
            return Shape(())
        return Shape(tuple(_numbered(self.entries, layout, self.caption)))


def _is_own(cell: Cell, at: int, last: Entry | None) -> bool:
    """Whether a cell says something of its own, not what a merged one above it says."""
    return not (cell.is_continued and last is not None and plain(cell.text) == last.cells.get(at))


def _is_task_table(layout: Layout) -> bool:
    has_units = bool(layout.at(*UNITS))
    return bool(layout.at(Column.TASK)) and (has_units or bool(layout.at(Column.NUMBER)))


def _numbered(entries: list[Entry], layout: Layout, caption: str) -> Iterator[Found]:
    groups: list[list[Entry]] = []
    for entry in entries:
        if entry.is_new or not groups:
            groups.append([])
        groups[-1].append(entry)
    numbers = _numbers_of(groups)
    has_sub_rows = any(len(group) > 1 for group in groups)
    for number, group in zip(numbers, groups, strict=True):
        for order, entry in enumerate(group, 1):
            own = f"{number}.{order}" if has_sub_rows else number
            named = f"{caption} 序号{number}" + (f" 第{order}条" if has_sub_rows else "")
            yield from _rows_of(entry, layout, own, named)


def _numbers_of(groups: list[list[Entry]]) -> list[str]:
    """Each item's number; one that comes again in another section is told apart by it."""
    own = [group[0].number or str(at) for at, group in enumerate(groups, 1)]
    if len(set(own)) == len(own):
        return own
    by_section = [
        f"{group[0].section_number}.{number}" for group, number in zip(groups, own, strict=True)
    ]
    if len(set(by_section)) == len(own) and all(group[0].section_number for group in groups):
        return by_section
    return [str(at) for at in range(1, len(groups) + 1)]


def _rows_of(entry: Entry, layout: Layout, number: str, named: str) -> Iterator[Found]:
    texts = [entry.cells.get(at, "") for at in layout.at(Column.TASK, Column.MEASURE)]
    task, measure = texts[0], "\n".join(filter(None, texts[1:]))
    lists = tuple(_lists(entry, layout))
    due, funding, figures, note = (
        _joined(entry, layout, column)
        for column in (Column.DUE, Column.FUNDING, Column.FIGURES, Column.NOTE)
    )
    if not layout.at(*UNITS):
        measure, lists, due = _inline(entry, measure or task, due)
        task = "" if not texts[1:] else task
    title, clauses = _title(task, measure)
    heading = next((layout.heading(column) for column in _HEARD if layout.at(column)), "")
    yield Found(
        number=number,
        title=title,
        section=entry.section,
        clauses=clauses,
        lists=lists,
        place=entry.place,
        named=f"{named} {heading}".strip(),
        begin=entry.place.line,
        end=max(entry.end, entry.place.line),
        due=due,
        funding=funding,
        figures=figures,
        note=note,
    )


_HEARD = (Column.RESPONSIBLE, Column.LEAD, Column.SUPPORTING)


def _title(task: str, measure: str) -> tuple[str, tuple[str, ...]]:
    mark = mark_of(task)
    task = mark.rest if mark and mark.rest else task
    if task and measure:
        return bare(task), tuple(sentences(measure))
    return title_and_clauses(task or measure)


def _inline(entry: Entry, text: str, due: str) -> tuple[str, tuple[Written, ...], str]:
    """Lists that stand in the text itself, where the table has no column for units."""
    parts = segments([Paragraph(text, entry.place)])
    lists = tuple(each for part in parts for each in part.lists)
    dues = [part.due for part in parts if part.due]
    return "\n".join(part.text for part in parts), lists, due or "；".join(dues)


def _lists(entry: Entry, layout: Layout) -> Iterator[Written]:
    """The cells that name units; where no column is for leads, the cell itself says who leads."""
    has_leads = bool(layout.at(Column.LEAD))
    for at in sorted(layout.at(*UNITS), key=lambda at: layout.columns[at] is not Column.LEAD):
        column = layout.columns[at]
        text = entry.cells.get(at, "")
        if column is None or not text or re.fullmatch(r"[-—－/\\无\s]+", text):
            continue
        part = part_of(column)
        if part is Part.RESPONSIBLE and not has_leads:
            part = None
        yield Written(text, entry.places.get(at, entry.place), part)


def _joined(entry: Entry, layout: Layout, column: Column) -> str:
    return "；".join(text for at in layout.at(column) if (text := entry.cells.get(at, "").strip()))


def as_annex(rows: Sequence[Found], letter: str) -> list[Found]:
    """The rows under numbers of an annex: A1, A2 …"""
    return [row._replace(number=letter + row.number, is_annex=True) for row in rows]
