"""Rows of the entries that tables give: their numbers, titles and lists."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from duban.importer.shapes.found import Found, Written
from duban.importer.shapes.headings import UNITS, Column, part_of
from duban.importer.shapes.layout import Layout
from duban.importer.shapes.numbering import mark_of
from duban.importer.shapes.passages import segments
from duban.importer.shapes.sentences import bare, sentences, title_and_clauses
from models.document import Paragraph, Place
from models.draft import Part


@dataclass
class Entry:
    """A row of a table while it is gathered: the texts of its cells by column, and its number.

    ``is_new``: the row begins an item of its own; otherwise it is one more of the item above.
    ``above`` is what stands above its blank cells of units, and may be meant there too.
    """

    number: str
    is_new: bool
    cells: dict[int, str]
    layout: Layout
    section: str
    section_number: int
    places: tuple[Place, ...]
    end: int = 0
    above: dict[int, str] = field(default_factory=dict)

    def text(self, *columns: Column) -> str:
        """What the cells of some columns say together."""
        return "".join(self.cells.get(at, "") for at in self.layout.at(*columns))


def table_rows(entries: Sequence[Entry], caption: str) -> Iterator[Found]:
    """The rows of an annex of this caption.

    An item of one row has its own number; where any has several, all are numbered 1.1, 1.2 ….
    """
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
            yield _row_of(entry, own, named)


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


def _row_of(entry: Entry, number: str, named: str) -> Found:
    layout = entry.layout
    texts = [entry.cells.get(at, "") for at in layout.at(Column.TASK, Column.MEASURE)]
    task, measure = texts[0], "\n".join(filter(None, texts[1:]))
    lists = tuple(_lists(entry))
    due, funding, figures, note = (
        _joined(entry, column)
        for column in (Column.DUE, Column.FUNDING, Column.FIGURES, Column.NOTE)
    )
    if not layout.at(*UNITS):
        measure, lists, due = _inline(entry, measure or task, due)
        task = "" if not texts[1:] else task
    title, clauses = _title(task, measure)
    heading = next((layout.heading(column) for column in _HEARD if layout.at(column)), "")
    return Found(
        number=number,
        title=title,
        section=entry.section,
        clauses=clauses,
        lists=lists,
        place=entry.places[0],
        named=f"{named} {heading}".strip(),
        begin=entry.places[0].line,
        end=max(entry.end, *(place.line for place in entry.places)),
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
    parts = segments([Paragraph(text, entry.places[0])])
    lists = tuple(each for part in parts for each in part.lists)
    dues = [part.due for part in parts if part.due]
    return "\n".join(part.text for part in parts), lists, due or "；".join(dues)


def _lists(entry: Entry) -> Iterator[Written]:
    """The cells that name units; where no column is for leads, the cell itself says who leads."""
    layout = entry.layout
    has_leads = bool(layout.at(Column.LEAD))
    for at in sorted(layout.at(*UNITS), key=lambda at: layout.columns[at] is not Column.LEAD):
        column = layout.columns[at]
        text = entry.cells.get(at, "")
        if column is None or not text or re.fullmatch(r"[-—－/\\无\s]+", text):
            continue
        part = part_of(column)
        if part is Part.RESPONSIBLE and not has_leads:
            part = None
        yield Written(text, entry.places[at], part)


def _joined(entry: Entry, column: Column) -> str:
    return "；".join(
        text for at in entry.layout.at(column) if (text := entry.cells.get(at, "").strip())
    )
