"""Tables on the pages of a PDF, found by their rules and put together across pages."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pdfplumber.page import Page

from duban.importer.formats.grid import Slot, check_size
from duban.importer.formats.marks import NUMBERED
from duban.importer.formats.pdf_lines import Character, cell_text, joined, lines_of

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the top left of a page."""

TOLERANCE = 3.0
SAME_COLUMN = 6.0
LEAST_RULE = 6.0
"""The length from which a rule is one, and not the end of a thick one."""
HEADER_ROWS = 3
ORDINAL = re.compile(r"[（(]?[\dA-Za-z一二三四五六七八九十]{1,4}(?:[.\-]\d{1,3})?[）).、．]?")
TERMINAL = re.compile(r"[。；：;:！？]\s*$")
WHITE = re.compile(r"\s+")


class Piece(NamedTuple):
    """A table, or the part of one that stands on one page."""

    rows: list[list[Slot]]
    pages: list[int]
    edges: tuple[float, ...]
    box: Box


def pieces_of(page: Page, characters: Sequence[Character], number: int) -> list[Piece]:
    """Return the tables of a page from top to bottom."""
    found = page.find_tables({"explicit_horizontal_lines": _open_ends(page)})
    made = (_piece(table.cells, characters, number) for table in found)
    return sorted((piece for piece in made if piece is not None), key=lambda one: one.box[1])


def is_inside(character: Character, box: Box) -> bool:
    """Tell whether the middle of a character lies in a box."""
    x, y = (character["x0"] + character["x1"]) / 2, (character["top"] + character["bottom"]) / 2
    return bool(box[0] <= x < box[2] and box[1] <= y < box[3])


def can_follow(first: Piece, second: Piece) -> bool:
    """Tell whether a piece has the columns of the one on the page before."""
    return len(first.edges) == len(second.edges) and all(
        abs(a - b) < SAME_COLUMN for a, b in zip(first.edges, second.edges, strict=True)
    )


def stitched(first: Piece, second: Piece) -> Piece:
    """Return two pieces as one: without the repeated header, the cut row in one part."""
    rows = [list(row) for row in first.rows]
    more = [list(row) for row in second.rows[_repeated(first.rows, second.rows) :]]
    if more:
        spans = [_spans(rows, more, column) for column in range(len(more[0]))]
        if _is_cut(rows, more[0], _own(rows, more, spans)):
            cut = more.pop(0)
            for column, slot in enumerate(cut):
                _append(rows, column, slot.text)
                _carry(rows, more, column, slot.text)
        elif not more[0][0].text.strip():
            _continue(rows, more, spans)
    pages = first.pages + second.pages[len(second.pages) - len(more) :]
    return Piece(rows + more, pages, first.edges, second.box)


def _open_ends(page: Page) -> list[float]:
    """Return where rules go down to, or begin at, without one across: rows cut by the page."""
    long = [edge for edge in page.edges if max(edge["width"], edge["height"]) > LEAST_RULE]
    upright = [edge for edge in long if edge["orientation"] == "v"]
    open_ends: list[float] = []
    for end, extreme in (("bottom", max), ("top", min)):
        if not upright:
            continue
        y = extreme(edge[end] for edge in upright)
        xs = [edge["x0"] for edge in upright if abs(edge[end] - y) < TOLERANCE]
        across = [
            (edge["x0"], edge["x1"])
            for edge in long
            if edge["orientation"] == "h" and abs(edge["top"] - y) < TOLERANCE
        ]
        if max(xs) - min(xs) - _covered(across, min(xs), max(xs)) > LEAST_RULE:
            open_ends.append(y)
    return open_ends


def _covered(across: Iterable[tuple[float, float]], left: float, right: float) -> float:
    """Return how much of the way from left to right rules cover."""
    covered, reached = 0.0, left
    for begin, end in sorted(across):
        covered += max(min(end, right) - max(begin, reached), 0)
        reached = max(reached, end)
    return covered


def _piece(cells: Sequence[Box], characters: Sequence[Character], number: int) -> Piece | None:
    """Return the grid of cells; None for what is only a frame or an underline."""
    xs = _clustered([x for cell in cells for x in (cell[0], cell[2])])
    ys = _clustered([y for cell in cells for y in (cell[1], cell[3])])
    if len(xs) < 3:  # noqa: PLR2004  # one column
        return None
    check_size(len(ys) - 1, len(xs) - 1)
    grid = [[Slot("")] * (len(xs) - 1) for _ in ys[1:]]
    for box in cells:
        inside = [one for one in characters if is_inside(one, box)]
        text = cell_text(lines_of(inside), box[0], box[2])
        rows, columns = _range(ys, box[1], box[3]), _range(xs, box[0], box[2])
        for at in rows:
            for column in columns:
                is_first = at == rows.start and column == columns.start
                grid[at][column] = Slot(text, is_continued=not is_first)
    kept = [row for row in grid if any(s.text and not s.is_continued for s in row)]
    if not kept:
        return None
    return Piece(kept, [number] * len(kept), tuple(xs), (xs[0], ys[0], xs[-1], ys[-1]))


def _clustered(values: Iterable[float]) -> list[float]:
    clustered: list[float] = []
    for value in sorted(values):
        if not clustered or value - clustered[-1] > TOLERANCE:
            clustered.append(value)
    return clustered


def _range(edges: Sequence[float], begin: float, end: float) -> range:
    first = min(range(len(edges)), key=lambda at: abs(edges[at] - begin))
    last = min(range(len(edges)), key=lambda at: abs(edges[at] - end))
    return range(first, max(last, first + 1))


def _repeated(rows: Sequence[Sequence[Slot]], more: Sequence[Sequence[Slot]]) -> int:
    """Return how many rows at the top of a page repeat the header."""
    same = 0
    for before, after in zip(rows[:HEADER_ROWS], more, strict=False):
        if [WHITE.sub("", s.text) for s in before] != [WHITE.sub("", s.text) for s in after]:
            break
        same += 1
    return same


def _spans(rows: list[list[Slot]], more: list[list[Slot]], column: int) -> bool:
    """Tell whether a cell at the end of a page is merged with those above or below it."""
    above = len(rows) > 1 and _goes_on(rows[-2][column], rows[-1][column])
    below = len(more) > 1 and _goes_on(more[0][column], more[1][column])
    return above or below


def _goes_on(upper: Slot, lower: Slot) -> bool:
    return lower.is_continued and lower.text == upper.text


def _own(rows: list[list[Slot]], more: list[list[Slot]], spans: list[bool]) -> list[int]:
    """Return the columns whose cell belongs to the first row of a page alone, if it is a row."""
    merging = {
        column
        for part in (rows, more)
        for upper, lower in pairwise(part)
        for column in range(len(upper))
        if _goes_on(upper[column], lower[column])
    }
    begin = 0
    while begin in merging and not more[0][begin].text.strip():
        begin += 1
    return [column for column in range(max(begin, 1), len(spans)) if not spans[column]]


def _is_cut(rows: list[list[Slot]], first: list[Slot], own: list[int]) -> bool:
    """Tell whether the first row of a page is the rest of the last row of the page before."""
    if any(first[column].text and _is_of_numbers(rows, column) for column in own):
        return False
    last = rows[-1]
    if not own:
        return not first[0].text.strip()
    longest = max(own, key=lambda column: sum(len(row[column].text) for row in rows[1:]))
    has_blank = any(not first[column].text.strip() and last[column].text.strip() for column in own)
    is_unended = bool(last[longest].text) and not TERMINAL.search(last[longest].text)
    if not first[0].text.strip():
        return has_blank or is_unended or _goes_on_below(rows, first)
    return not _is_of_numbers(rows, 0) and has_blank and is_unended


def _goes_on_below(rows: list[list[Slot]], first: list[Slot]) -> bool:
    """Tell whether each row has a number of its own, but not this one, which names no part."""
    is_numbered = all(row[0].text.strip() and not row[0].is_continued for row in rows[1:])
    name = first[1].text.strip()
    return is_numbered and _is_of_numbers(rows, 0) and bool(name) and not NUMBERED.match(name)


def _is_of_numbers(rows: list[list[Slot]], column: int) -> bool:
    texts = [text for row in rows[1:] if (text := row[column].text.strip())]
    return bool(texts) and all(map(ORDINAL.fullmatch, texts))


def _append(rows: list[list[Slot]], column: int, text: str) -> None:
    """Append to the last cell of a column, in every row that it is merged over."""
    if not text.strip():
        return
    at, old = len(rows) - 1, rows[-1][column].text
    whole = joined(old, text)
    while True:
        slot = rows[at][column]
        rows[at][column] = Slot(whole, slot.is_continued)
        if not slot.is_continued or not at or rows[at - 1][column].text != old:
            return
        at -= 1


def _carry(rows: list[list[Slot]], more: list[list[Slot]], column: int, own: str) -> None:
    """Let the rows below, which a merged cell covers, repeat the text of the whole cell."""
    for row in more:
        if not row[column].is_continued or row[column].text != own:
            return
        row[column] = Slot(rows[-1][column].text, is_continued=True)


def _continue(rows: list[list[Slot]], more: list[list[Slot]], spans: list[bool]) -> None:
    """Let a new row at the top of a page go on with the merged cells that the page has cut."""
    is_leading = True
    for column, slot in enumerate(more[0]):
        is_leading = is_leading and (not slot.text.strip() or spans[column])
        if not (is_leading or (spans[column] and not slot.text.strip())):
            continue
        _append(rows, column, slot.text)
        more[0][column] = Slot(rows[-1][column].text, is_continued=True)
        _carry(rows, more[1:], column, slot.text)
