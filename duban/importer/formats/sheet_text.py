"""Sheets saved as text: a table whose cells commas, semicolons or tabs part."""

import csv
import io
from collections import Counter

from duban.importer.formats.assembly import Assembly, check_characters
from duban.importer.formats.grid import Slot, check_size, rectangular
from duban.importer.formats.sheet_blocks import add_sheet
from duban.importer.formats.text import decoded, read_text
from models.document import Document

DELIMITERS = ",;\t"


def read_sheet_text(content: bytes) -> Document:
    """Read a sheet in an encoding of plain text; one without columns is plain text."""
    text = decoded(content)
    check_characters(len(text))
    cells = max((_cells(text, one) for one in DELIMITERS), key=_rows_of_columns)
    if not _rows_of_columns(cells):
        return read_text(content)
    check_size(len(cells), max(map(len, cells)))
    assembly = Assembly("csv")
    rows = [{at: Slot(cell.strip()) for at, cell in enumerate(row)} for row in cells]
    add_sheet(assembly, rectangular(rows))
    return assembly.document()


def _cells(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return []


def _rows_of_columns(cells: list[list[str]]) -> int:
    """Return how many rows have the most common number of cells, if that is not 1."""
    widths = Counter(len(row) for row in cells if any(row))
    width, times = widths.most_common(1)[0] if widths else (1, 0)
    return times if width > 1 else 0
