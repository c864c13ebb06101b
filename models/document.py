"""A government document as it was read from a file: paragraphs and tables, each with its place."""

from typing import NamedTuple


class Place(NamedTuple):
    """Where something stands in a document, as far as its format knows; all counted from 1.

    ``line`` is the line of the document's plain text, ``paragraph`` counts paragraphs outside
    tables, ``page`` those of a PDF; ``table``, ``row`` and ``column`` lead to a cell.
    """

    line: int
    paragraph: int | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None


class Paragraph(NamedTuple):
    """A paragraph of running text, with the number that its list gives it (``一、``, ``（一）``).

    ``level`` is that of a heading, from 1; None where the format does not mark it as one.
    """

    text: str
    place: Place
    level: int | None = None


class Cell(NamedTuple):
    """A cell of a table; line breaks inside it stay.

    ``is_continued``: the cell is part of a merged one, whose text it repeats.
    """

    text: str
    place: Place
    is_continued: bool = False


class Table(NamedTuple):
    """A table as a grid: every row has as many cells as the widest."""

    rows: tuple[tuple[Cell, ...], ...]
    place: Place


Block = Paragraph | Table


class Document(NamedTuple):
    """A document in reading order.

    ``kind`` names the format that it was read from. ``lines`` is its plain text, to which every
    ``Place.line`` leads: a table stands there row by row, cells parted by tabs. ``notes`` say, in
    Chinese, what the reader left out or took for something else than the file's name promised.
    """

    kind: str
    blocks: tuple[Block, ...]
    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()
