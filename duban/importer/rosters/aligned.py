"""The tables of a document; of one that has none, its lines parted by commas, tabs or blanks."""

import csv
import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import east_asian_width

from models.document import Cell, Document, Place, Table

_FEWEST = 2
_COLUMNS = re.compile(r"\t| {2,}|\u3000+")
_PARTS = re.compile(r"\S+(?: \S+)*")
_MAIL_HEADING = re.compile(r"邮|[Mm]ail")


class Aligned(NamedTuple):
    """Tables, and the places of the lines whose cells cannot be told apart."""

    tables: tuple[Table, ...]
    unclear: tuple[Place, ...]


def tables_of(document: Document) -> Aligned:
    """The document's tables, else one made of its lines; short lines are filled with blanks.

    Where blanks part the columns, a short line's cells belong to the headings above them.
    """
    tables = tuple(block for block in document.blocks if isinstance(block, Table))
    return Aligned(tables, ()) if tables else _of_lines(document)


def _of_lines(document: Document) -> Aligned:
    written = [(number, line) for number, line in enumerate(document.lines, 1) if line.strip()]
    first, heading = max(written, key=lambda each: len(_parts(each[1])), default=(0, ""))
    width = len(_parts(heading))
    if width < _FEWEST:
        return Aligned((), ())
    rows = [
        (number, _placed(line, heading, width) if number > first else _in_order(line, width))
        for number, line in written
    ]
    cells = tuple(
        tuple(
            Cell(text, Place(number, table=1, row=at, column=column))
            for column, text in enumerate(parts, 1)
        )
        for at, (number, parts) in enumerate(rows, 1)
        if parts
    )
    unclear = tuple(Place(number, table=1) for number, parts in rows if not parts)
    return Aligned((Table(cells, Place(written[0][0], table=1)),), unclear)


def _placed(line: str, heading: str, width: int) -> list[str]:
    """The cells of a line, as many as its heading has; [] where a short one fits no headings."""
    parts, in_order = _parts(line), _in_order(line, width)
    is_by_blanks = not re.search("[,，\t]", line + heading)
    if len(parts) in (1, width) or not is_by_blanks:
        return in_order
    columns = _starts(heading)
    under = [
        next((at for at, begin in enumerate(columns) if abs(begin - start) <= 1), None)
        for start in _starts(line)
    ]
    if None not in under:
        cells = dict(zip(under, parts, strict=True))
        return [cells.get(at, "") for at in range(width)]
    return in_order if _has_mail_below(in_order, _parts(heading)) else []


def _in_order(line: str, width: int) -> list[str]:
    parts = _parts(line)
    return [*parts, *[""] * (width - len(parts))]


def _has_mail_below(cells: Sequence[str], headings: Sequence[str]) -> bool:
    """Whether the address stands below 邮箱, so that no cell before it is missing."""
    pairs = zip(cells, headings, strict=True)
    return any("@" in cell and _MAIL_HEADING.search(heading) for cell, heading in pairs)


def _starts(line: str) -> list[int]:
    """Where the parts of a line begin on the screen, a Chinese character being two wide."""
    even = line.replace("\u3000", "  ")
    return [_wide(even[: match.start()]) for match in _PARTS.finditer(even)]


def _wide(text: str) -> int:
    return sum(1 + (east_asian_width(character) in "WF") for character in text)


def _parts(line: str) -> list[str]:
    """The cells of a line: as in a CSV file where it has a comma, else parted by wide blanks."""
    even = line.replace("，", ",").strip("\ufeff\r ")
    if "," in even:
        return [part.strip() for part in next(csv.reader([even]), [])]
    return [part.strip() for part in _COLUMNS.split(line.strip())]
