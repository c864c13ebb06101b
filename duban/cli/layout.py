"""Fitting Chinese into the width of a terminal."""

import shutil
from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len, set_cell_size

_NARROWEST, _WIDEST, _UNKNOWN = 80, 140, 100
_GAP = 2


def terminal_width() -> int:
    """The columns to fill: the terminal's, within reason; 100 where there is none."""
    columns = shutil.get_terminal_size((_UNKNOWN, 24)).columns
    return min(max(columns, _NARROWEST), _WIDEST)


def shortened(text: str, width: int) -> str:
    """The text, or its beginning and its end round an ellipsis, in at most so many columns.

    The end gets more of the room: it is what tells one title or name from the next.
    """
    if cell_len(text) <= width:
        return text
    head = set_cell_size(text, (width - 1) // 3).rstrip()
    room = width - 1 - cell_len(head)
    tail = ""
    for character in reversed(text):
        room -= cell_len(character)
        if room < 0:
            break
        tail = character + tail
    return f"{head}…{tail}"


def table(
    rows: Iterable[Sequence[str]],
    elastic: Mapping[int, int],
    headings: Sequence[str] | None = None,
    indent: str = "",
) -> list[str]:
    """Aligned lines, one a row, columns shortened until they fit the terminal; 单 counts two.

    ``elastic`` maps the columns that may shrink, the first to shrink first, to the narrowest each
    may get.
    """
    cells = [[" ".join(cell.split()) for cell in row] for row in rows]
    if headings:
        cells.insert(0, list(headings))
    if not cells:
        return []
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    excess = cell_len(indent) + sum(widths) + _GAP * (len(widths) - 1) - terminal_width()
    for column, narrowest in elastic.items():
        cut = max(0, min(excess, widths[column] - narrowest))
        widths[column] -= cut
        excess -= cut
    return [(indent + _aligned(row, widths)).rstrip() for row in cells]


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    parts = (shortened(cell, width) for cell, width in zip(row, widths, strict=True))
    padded = (
        part + " " * (width - cell_len(part)) for part, width in zip(parts, widths, strict=True)
    )
    return (" " * _GAP).join(padded)


def filled(words: Sequence[str], indent: str = "", hanging: str | None = None) -> list[str]:
    """Words joined by 、 into as few lines as fit the terminal, none of them broken."""
    lines: list[str] = []
    line, is_first = indent, True
    for place, word in enumerate(words):
        piece = word + ("、" if place < len(words) - 1 else "")
        if not is_first and cell_len(line + piece) > terminal_width():
            lines.append(line)
            line = indent if hanging is None else hanging
        line, is_first = line + piece, False
    return [*lines, line]


def folded(text: str, indent: str = "", hanging: str | None = None) -> list[str]:
    """Running text broken wherever the terminal ends; later lines begin with ``hanging``."""
    lines: list[str] = []
    line, width = indent, cell_len(indent)
    for character in text:
        width += cell_len(character)
        if width > terminal_width():
            lines.append(line)
            line = indent if hanging is None else hanging
            width = cell_len(line + character)
        line += character
    return [*lines, line]
