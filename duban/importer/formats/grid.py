"""Merged cells laid out as a grid."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from duban.importer.formats import limits
from duban.importer.formats.refusal import FormatRefused

NARROWER = "import a copy that holds only the table, without the blank rows and columns around it"


class Slot(NamedTuple):
    """A place in a grid: its text, and whether a merged cell that began elsewhere covers it."""

    text: str
    is_continued: bool = False


class Spanned(NamedTuple):
    """A cell and how many rows and columns it covers; 0 rows means down to the last."""

    text: str
    rows: int = 1
    columns: int = 1


def check_size(rows: int, columns: int) -> None:
    """Refuse a grid that is larger than the limits."""
    facts = (
        (columns > limits.COLUMNS, f"{columns:,} columns, and {limits.COLUMNS} are the limit"),
        (rows > limits.ROWS, f"{rows:,} rows, and {limits.ROWS:,} are the limit"),
        (
            rows * columns > limits.TABLE_CELLS,
            f"{rows * columns:,} cells, and {limits.TABLE_CELLS:,} are the limit",
        ),
    )
    for is_over, fact in facts:
        if is_over:
            raise FormatRefused("table-too-large", f"a table or sheet has {fact}", NARROWER)


def laid_out(rows: Sequence[Iterable[Spanned]]) -> list[list[Slot]]:
    """Return the grid of rows of cells as HTML orders them: each takes the next free columns."""
    slots: list[dict[int, Slot]] = [{} for _ in rows]
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in slots[at]:
                column += 1
            bottom = min(at + cell.rows, len(rows)) if cell.rows else len(rows)
            check_size(len(rows), column + cell.columns)
            _cover(slots, cell.text, range(at, bottom), range(column, column + cell.columns))
            column += cell.columns
    return rectangular(slots)


def _cover(slots: list[dict[int, Slot]], text: str, rows: range, columns: range) -> None:
    for at in rows:
        for column in columns:
            is_first = at == rows.start and column == columns.start
            slots[at].setdefault(column, Slot(text, is_continued=not is_first))


def rectangular(rows: Sequence[dict[int, Slot]]) -> list[list[Slot]]:
    """Return rows of equal width, blank where nothing stands, without those blank throughout."""
    width = max((max(row, default=-1) + 1 for row in rows), default=0)
    check_size(len(rows), width)
    full = [[row.get(column, Slot("")) for column in range(width)] for row in rows]
    return without_blank(full)


def without_blank(rows: list[list[Slot]]) -> list[list[Slot]]:
    """Return the rows that have text of their own, and of them the columns that have any."""
    kept = [row for row in rows if any(slot.text and not slot.is_continued for slot in row)]
    columns = [
        column
        for column in range(len(kept[0]) if kept else 0)
        if any(row[column].text for row in kept)
    ]
    return [[row[column] for column in columns] for row in kept]
