"""Tables without upright rules on the pages of a PDF, told by the gutters between columns."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from duban.importer.formats.grid import Slot, check_size
from duban.importer.formats.marks import NUMBERED, UNENDED, begins_anew
from duban.importer.formats.pdf_lines import (
    GUTTER,
    Line,
    cell_text,
)
from duban.importer.formats.pdf_tables import ORDINAL, Piece

FEWEST_COLUMNS = 3
FEWEST_ROWS = 2
PADDING = 1.5
"""The blank in points by which rows stand further apart than the lines of a cell."""

Band = Sequence[Line]
"""The parts of one line."""


class Span(NamedTuple):
    """The left and right edge of what a column has."""

    left: float
    right: float


class Columned(NamedTuple):
    """A table without upright rules, and which lines of its page, from 0, are in it.

    ``apart`` is the blank in points above which rows are parted, if they are parted by blanks.
    """

    piece: Piece
    columns: list[Span]
    begin: int
    end: int
    apart: float | None


def columned(lines: Sequence[Line], number: int, before: Columned | None = None) -> list[Columned]:
    """Return the tables without upright rules on a page; ``before`` is one that goes on there."""
    bands = [line.parts for line in lines]
    found: list[Columned] = []
    at = 0
    while at < len(bands):
        above = before if before and at == 0 and _fits(bands[0], before.columns) else None
        end = _end(bands, at, above)
        if end > at:
            found.append(_columned(bands[at:end], at, number, above))
            end = found[-1].end
        at = max(end, at + 1)
    return found


def _columned(bands: Sequence[Band], begin: int, number: int, above: Columned | None) -> Columned:
    columns = _united(bands, above)
    apart = above.apart if above and above.apart else _apart(bands, columns)
    rows = list(_rows(bands, columns, apart))
    while len(rows) > FEWEST_ROWS and _is_running(rows[-1]):
        rows.pop()
    kept = bands[: sum(map(len, rows))]
    columns = _united(kept, above)
    edges = tuple(column.left for column in columns)
    box = (edges[0], _top(kept[0]), columns[-1].right, max(map(_bottom, kept)))
    check_size(len(rows), len(columns))
    slots = [_slots(row, columns) for row in rows]
    piece = Piece(slots, [number] * len(rows), edges, box)
    return Columned(piece, columns, begin, begin + len(kept), apart)


def _united(bands: Sequence[Band], above: Columned | None) -> list[Span]:
    columns = list(above.columns) if above else []
    for band in bands:
        columns = _with(columns, band) if not columns or _fits(band, columns) else columns
    return columns if above else _named(bands[0], columns)


def _is_running(row: Sequence[Band]) -> bool:
    """Tell whether the last row is none, but text below the table that fits in a column."""
    return all(len(band) == 1 for band in row) and not NUMBERED.match(row[0][0].text)


def _end(bands: Sequence[Band], begin: int, above: Columned | None) -> int:
    """Return where a table that begins with a band ends; there if none does."""
    columns = list(above.columns) if above else []
    if not above and len(bands[begin]) < FEWEST_COLUMNS:
        return begin
    end = begin
    for at in range(begin, len(bands)):
        if not columns or _fits(bands[at], columns):
            columns = _with(columns, bands[at])
            end = at + 1
        elif at + 1 == len(bands) or not _goes_on(bands[at], bands[at + 1], columns):
            break
    inside = bands[begin:end]
    wide = sum(len(band) >= FEWEST_COLUMNS for band in inside)
    is_rest = above is not None and all(b[0].x0 > above.columns[0].right for b in inside)
    is_table = wide >= FEWEST_ROWS or (above is not None and wide > 0) or is_rest
    return end if is_table and len(columns) >= FEWEST_COLUMNS else begin


def _fits(band: Band, columns: Sequence[Span]) -> bool:
    """Tell whether every part of a band stands in one column, or beside them all."""
    return bool(columns) and all(
        sum(part.x0 < column.right + 1 and part.x1 > column.left - 1 for column in columns) <= 1
        and columns[0].left - part.size * 2 < part.x0
        for part in band
    )


def _goes_on(band: Band, below: Band, columns: Sequence[Span]) -> bool:
    """Tell whether a heading across columns is one of the table: more of it stands below."""
    return len(band) < FEWEST_COLUMNS <= len(below) and _fits(below, columns)


def _with(columns: Sequence[Span], band: Band) -> list[Span]:
    spans = sorted([*columns, *(Span(part.x0, part.x1) for part in band)])
    united = spans[:1]
    for span in spans[1:]:
        if span.left < united[-1].right + 1:
            united[-1] = Span(united[-1].left, max(united[-1].right, span.right))
        else:
            united.append(span)
    return united


def _named(header: Band, columns: Sequence[Span]) -> list[Span]:
    """Return columns of which those that the header has no name for belong to one before."""
    named: list[Span] = []
    is_open = False
    for column in columns:
        has_name = any(p.x0 < column.right and p.x1 > column.left for p in header)
        if is_open:
            named[-1] = Span(named[-1].left, column.right)
        else:
            named.append(column)
        is_open = not has_name
    return named


def _column_at(part: Line, columns: Sequence[Span]) -> int:
    return max((at for at, one in enumerate(columns) if part.x0 > one.left - 1), default=0)


def _apart(bands: Sequence[Band], columns: Sequence[Span]) -> float | None:
    within = sorted(_line_gaps(bands, columns)) or [0.0]
    apart = within[len(within) // 4] + PADDING
    return apart if any(gap > apart for gap in _gaps(bands)) else None


def _gaps(bands: Sequence[Band]) -> list[float]:
    return [_top(lower) - _bottom(upper) for upper, lower in pairwise(bands)]


def _rows(
    bands: Sequence[Band], columns: Sequence[Span], apart: float | None
) -> Iterator[list[Band]]:
    """Yield the lines of each row: rows stand apart, or are told by where cells begin anew."""
    is_new = [gap > apart for gap in _gaps(bands)] if apart else _begun_anew(bands, columns)
    row = [bands[0]]
    for begins, band in zip(is_new, bands[1:], strict=True):
        if begins:
            yield row
            row = []
        row.append(band)
    yield row


def _line_gaps(bands: Sequence[Band], columns: Sequence[Span]) -> Iterator[float]:
    """Yield the blanks between lines below one another in a column."""
    last: dict[int, Line] = {}
    for part in (part for band in bands for part in band):
        column = _column_at(part, columns)
        if column in last and part.top > last[column].top + 1:
            yield max(part.top - last[column].bottom, 0.0)
        last[column] = part


def _begun_anew(bands: Sequence[Band], columns: Sequence[Span]) -> Iterator[bool]:
    """Yield for each band but the first whether one of its parts does not go on from above."""
    for upper, lower in pairwise(bands):
        above = {_column_at(part, columns): part for part in upper}
        yield any(
            not _continues(above.get(column := _column_at(part, columns)), part, column, columns)
            for part in lower
        )


def _continues(above: Line | None, part: Line, column: int, columns: Sequence[Span]) -> bool:
    if above is None or (column == 0 and ORDINAL.fullmatch(part.text)):
        return False
    if begins_anew([above.text, part.text], 1, 0):
        return False
    is_full = above.x1 + part.first_width + GUTTER > columns[column].right
    return is_full or bool(UNENDED.search(above.text))


def _slots(row: Sequence[Band], columns: Sequence[Span]) -> list[Slot]:
    cells: list[list[Line]] = [[] for _ in columns]
    for band in row:
        for column, parts in groupby(band, key=lambda part: _column_at(part, columns)):
            first, *others = parts
            text = " ".join(part.text for part in (first, *others))
            last = others[-1] if others else first
            cells[column].append(first._replace(text=text, x1=last.x1))
    return [Slot(cell_text(cell, *column)) for cell, column in zip(cells, columns, strict=True)]


def _top(band: Band) -> float:
    return min(part.top for part in band)


def _bottom(band: Band) -> float:
    return max(part.bottom for part in band)
