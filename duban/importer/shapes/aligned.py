"""Tables in plain text whose columns are parted by blanks or pipes."""

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

from duban.importer.shapes.cells import rows_of_cells
from duban.importer.shapes.headings import UNITS, Column, column_of
from duban.importer.shapes.layout import layout_of
from duban.importer.shapes.numbering import plain_number
from duban.importer.shapes.sentences import join
from models.document import Cell, Paragraph, Table

_PIPE = re.compile(r"[|｜│]")
_OUTER_PIPE = re.compile(r"^[|｜│]|[|｜│]$")
_GAP = re.compile(r"[ \xa0]{2,}|[\u3000\t][ \u3000\t]*")
_FEWEST = 3


class _Part(NamedTuple):
    """A piece of a line and the column of the screen on which it begins."""

    text: str
    begin: int


def aligned_at(run: Sequence[Paragraph], lines: Sequence[str]) -> tuple[Table, int] | None:
    """The table that begins with a run's first paragraph, and how many paragraphs it takes."""
    if piped := _piped(run, lines):
        return piped
    header = _parts(_line(run[0], lines))
    if len(header) == 1:
        return _parted_by_one(run)
    known = [part for part in header if column_of(part.text)]
    if len(header) < _FEWEST or len(known) * 5 < len(header) * 4:
        return None
    layout = layout_of([part.text for part in header])
    if not layout.at(*UNITS):
        return None
    starts = [part.begin for part in header]
    rows = [[run[0]._replace(text=part.text) for part in header]]
    numbers = layout.at(Column.NUMBER)
    taken = 1
    for paragraph in run[1:]:
        parts = _parts(_line(paragraph, lines))
        if not _belongs(parts, starts):
            break
        cells = [paragraph._replace(text=text) for text in _laid(parts, starts)]
        if _begins(cells, numbers) or len(rows) == 1:
            rows.append(cells)
        else:
            rows[-1] = [_joined(*pair) for pair in zip(rows[-1], cells, strict=True)]
        taken += 1
    return (as_table(rows), taken) if len(rows) > 1 else None


def _piped(run: Sequence[Paragraph], lines: Sequence[str]) -> tuple[Table, int] | None:
    """A table whose cells signs part, so that a blank one shows; a line of dashes is no row."""
    rows: list[list[Paragraph]] = []
    taken = 0
    is_boxed = bool(_PIPE.match(_line(run[0], lines).strip()))
    for paragraph in run:
        line = _line(paragraph, lines)
        texts = _PIPE.split(_OUTER_PIPE.sub("", line.strip()) if is_boxed else line)
        if len(texts) < _FEWEST or (rows and len(texts) != len(rows[0])):
            break
        taken += 1
        if re.search(r"[\w\u4e00-\u9fff]", line):
            rows.append([paragraph._replace(text=text.strip()) for text in texts])
    is_headed = len(rows) > 1 and layout_of([cell.text for cell in rows[0]]).at(*UNITS)
    return (as_table(rows), taken) if is_headed else None


def _parted_by_one(run: Sequence[Paragraph]) -> tuple[Table, int] | None:
    """A table whose cells one blank parts; what a row lacks shows by what its cells say."""
    headings = run[0].text.split()
    if len(headings) < _FEWEST or not all(column_of(text) for text in headings):
        return None
    layout = layout_of(headings)
    if layout.columns[0] is not Column.NUMBER or not layout.at(*UNITS):
        return None
    rows = [[run[0]._replace(text=text) for text in headings]]
    for paragraph in run[1:]:
        number, *cells = (paragraph._replace(text=text) for text in paragraph.text.split())
        if plain_number(number.text) is None or not cells:
            break
        rows += rows_of_cells(layout, number, cells)
    taken = len({cell.place.line for row in rows for cell in row})
    return (as_table(rows), taken) if len(rows) > 1 else None


def _joined(before: Paragraph, after: Paragraph) -> Paragraph:
    if not before.text or not after.text:
        return before if before.text else after
    return before._replace(text=join(before.text, after.text))


def _line(paragraph: Paragraph, lines: Sequence[str]) -> str:
    number = paragraph.place.line
    return lines[number - 1] if 0 < number <= len(lines) else paragraph.text


def _parts(line: str) -> list[_Part]:
    parts: list[_Part] = []
    at = 0
    for gap in [*_GAP.finditer(line), None]:
        end = gap.start() if gap else len(line)
        if text := line[at:end].strip():
            before = line[:at] + line[at:end][: len(line[at:end]) - len(line[at:end].lstrip())]
            parts.append(_Part(text, sum(map(_width, before))))
        at = gap.end() if gap else end
    return parts


def _width(char: str) -> int:
    return 8 if char == "\t" else 2 if east_asian_width(char) in "WF" else 1


def _belongs(parts: Sequence[_Part], starts: Sequence[int]) -> bool:
    """Whether a line is of the table: it has several parts, or one that begins under a column."""
    if len(parts) > 1:
        return True
    return bool(parts) and parts[0].begin > 0 and any(abs(parts[0].begin - s) <= 1 for s in starts)


def _laid(parts: Sequence[_Part], starts: Sequence[int]) -> list[str]:
    """The parts in their columns: in order where none is missing, else by where they begin."""
    if len(parts) == len(starts):
        return [part.text for part in parts]
    cells = [""] * len(starts)
    for part in parts:
        at = min(range(len(starts)), key=lambda column: abs(starts[column] - part.begin))
        cells[at] = join(cells[at], part.text) if cells[at] else part.text
    return cells


def _begins(cells: Sequence[Paragraph], numbers: Sequence[int]) -> bool:
    return bool(cells[numbers[0]].text) if numbers else all(cell.text for cell in cells[:2])


def as_table(rows: Sequence[Sequence[Paragraph]]) -> Table:
    """A grid of texts as a table; each cell stands where its text stood."""
    cells = tuple(
        tuple(
            Cell(cell.text.strip(), cell.place._replace(row=at, column=column))
            for column, cell in enumerate(row, 1)
        )
        for at, row in enumerate(rows, 1)
    )
    return Table(cells, rows[0][0].place)
