"""Characters on a page become lines, and lines become paragraphs again."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from duban.importer.formats.marks import FIRST_TOKEN, UNENDED, begins_anew
from duban.importer.formats.radicals import meant

Character = dict[str, Any]
"""A character as pdfplumber describes it: text, x0, x1, top, bottom, size, in points."""

PAGE_NUMBER = re.compile(
    r"[-—–－―·•~\s]*(?:第\s*|[Pp]age\s*)?\d{1,3}(?:\s*页)?(?:[\s/／,，]*(?:共|of)?\s*\d{1,3}\s*页?)?[-—–－―·•~\s]*"
)
DIGITS = re.compile(r"\d+")
LATIN = re.compile(r"[!-~]")
MARGIN = 0.12
"""The part of a page, above and below, where running heads and page numbers stand."""
SAME_SIZE = 1.5
APART = 1.4
"""How many times the usual distance of lines parts paragraphs."""
SET_RIGHT = 0.3
"""The part of the column's width from which a line is indented for being set right or centred."""
GUTTER = 3.0
"""The least blank in points, and in parts of the size of letters, between two columns."""
GUTTER_SIZE = 0.25
HANGING = 1.0
CLOSING = re.compile(r"[、，。；：！？）〕】》”’,;:)]")
LONG = 12
"""The characters from which a line that nearly reaches its cell's edge was hardly ended there."""
FEWEST_LINES = 3
MOSTLY = 0.9
"""The part of the lines at a distance that are full where the distance is within paragraphs."""
SMALLER = 0.8
"""The part of the usual size below which what stands in the margin is no running text."""
NOTE = re.compile(r"注|备注|说明|[*※①-⑳]")


class Line(NamedTuple):
    """A line of text and where it stands on its page, in points from the top left.

    ``parts`` are what gaps part it into, if any do.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    parts: tuple["Line", ...] = ()

    @property
    def first_width(self) -> float:
        """The width of what cannot be parted from the beginning of the line."""
        token = FIRST_TOKEN.match(self.text)
        written = token[0] if token else ""
        return sum(self.size * (0.55 if LATIN.match(c) else 1) for c in written)


class Column(NamedTuple):
    """The left and right edge of running text, and how far its lines are apart."""

    left: float
    right: float
    leading: float


def lines_of(characters: Iterable[Character]) -> list[Line]:
    """Return the lines that characters stand on, from top to bottom."""
    return [line for row in _rows(characters) if (line := _line(row)).text]


def parted_lines_of(characters: Iterable[Character]) -> list[Line]:
    """Return the lines that characters stand on, from top to bottom, with their parts."""
    rows = [(row, _parts(row)) for row in _rows(characters)]
    lines = [_line(row)._replace(parts=tuple(map(_line, parts))) for row, parts in rows]
    return [line for line in lines if line.text]


def _rows(characters: Iterable[Character]) -> list[list[Character]]:
    rows: list[list[Character]] = []
    for one in sorted(characters, key=_middle):
        if rows and _middle(one) - _middle(rows[-1][0]) < max(one["size"] * 0.4, 2):
            rows[-1].append(one)
        else:
            rows.append([one])
    return [sorted(row, key=itemgetter("x0")) for row in rows]


def _middle(character: Character) -> float:
    return float(character["top"] + character["bottom"]) / 2


def _parts(row: list[Character]) -> list[list[Character]]:
    parts: list[list[Character]] = []
    blanks: list[Character] = []
    last: Character | None = None
    for one in row:
        if one["text"].isspace():
            blanks.append(one)
            continue
        if last and one["x0"] - last["x1"] <= _gutter(last):
            parts[-1] += [*blanks, one]
        else:
            parts.append([one])
        blanks, last = [], one
    return parts


def _gutter(last: Character) -> float:
    """Return the least blank between columns; a mark at the end of a cell may hang over."""
    return HANGING if CLOSING.match(last["text"]) else max(GUTTER, last["size"] * GUTTER_SIZE)


def _line(row: list[Character]) -> Line:
    text, end, last = "", None, None
    for one in row:
        # Bold is often made by drawing a character twice.
        if last and one["text"] == last["text"] and abs(one["x0"] - last["x0"]) < 1:
            continue
        if end is not None and _is_gap(text, one, end) and not one["text"].isspace():
            text += " "
        text, end, last = text + one["text"], one["x1"], one
    marks = [one for one in row if not one["text"].isspace()] or row
    return Line(
        meant(text.strip()),
        marks[0]["x0"],
        marks[-1]["x1"],
        min(one["top"] for one in row),
        max(one["bottom"] for one in row),
        Counter(round(one["size"], 1) for one in marks).most_common(1)[0][0],
    )


def _is_gap(text: str, one: Character, end: float) -> bool:
    is_latin = LATIN.match(text[-1:]) and LATIN.match(one["text"])
    return bool(one["x0"] - end > one["size"] * (0.2 if is_latin else 0.8))


def joined(first: str, second: str) -> str:
    """Return two parts of a wrapped text as one."""
    is_latin = LATIN.match(first[-1:]) and second[:1].isascii() and second[:1].isalnum()
    return f"{first} {second}" if is_latin and first[-1:].isalpha() else first + second


def cell_text(lines: Sequence[Line], left: float, right: float) -> str:
    """Return the text of a cell between two edges; only breaks that were meant remain."""
    if not lines:
        return ""
    padding = max(min(min(line.x0 for line in lines) - left, 8.0), 0.0)
    text = lines[0].text
    texts = [line.text for line in lines]
    begin = 0
    for at, (before, line) in enumerate(pairwise(lines), 1):
        slack = 2 + (before.size * 1.5 if len(before.text) > LONG else 0)
        is_full = before.x1 - before.x0 + line.first_width + slack > right - left - 2 * padding
        is_new = begins_anew(texts, at, begin)
        if (is_full and not is_new) or UNENDED.search(before.text):
            text = joined(text, line.text)
        else:
            text, begin = f"{text}\n{line.text}", at
    return text


def without_running_heads(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> list[list[Line]]:
    """Return the lines of each page without page numbers and what most pages repeat."""
    marks = [
        [line for line in page if _is_marginal(line, height)]
        for page, height in zip(pages, heights, strict=True)
    ]
    seen = Counter(DIGITS.sub("0", line.text) for page in marks for line in page)
    often = max(2, len(pages) / 2)
    usual = _usual_size(pages)

    def is_running(line: Line, height: float) -> bool:
        return _is_marginal(line, height) and bool(
            PAGE_NUMBER.fullmatch(line.text)
            or seen[DIGITS.sub("0", line.text)] >= often
            or (line.size < usual * SMALLER and not NOTE.match(line.text))
        )

    return [
        [line for line in page if not is_running(line, height)]
        for page, height in zip(pages, heights, strict=True)
    ]


def _usual_size(pages: Sequence[Sequence[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _is_marginal(line: Line, height: float) -> bool:
    return line.bottom < height * MARGIN or line.top > height * (1 - MARGIN)


def column_of(lines: Sequence[Line]) -> Column:
    """Return the edges of the running text that lines stand in."""
    starts = Counter(round(line.x0) for line in lines)
    common = [x for x, times in starts.items() if times > 1] or list(starts)
    right = _right_edge(lines)
    return Column(min(common, default=0), right, _leading(lines, right))


def _leading(lines: Sequence[Line], right: float) -> float:
    """Return how far most lines are apart, or, where that parts paragraphs, the lines of one."""
    below = [(a, b, round(b.top - a.top)) for a, b in pairwise(lines) if b.top > a.top]
    apart = Counter(distance for _, _, distance in below)
    full = Counter(distance for a, b, distance in below if _is_full(a, b, right))
    usual = max(apart, key=lambda one: apart[one], default=0)
    within = {one: n for one, n in full.items() if n > 1 and n >= apart[one] * MOSTLY}
    if full[usual] * 2 > apart[usual] or not within:
        return usual
    return min(usual, max(within, key=lambda one: within[one]))


def _right_edge(lines: Sequence[Line]) -> float:
    """Return where most long lines end; a few may reach beyond."""
    furthest = max((line.x1 for line in lines), default=0.0)
    ends = Counter(round(line.x1) for line in lines if line.x1 > furthest / 2)
    edge, times = ends.most_common(1)[0] if ends else (furthest, 0)
    return edge if times >= max(FEWEST_LINES, sum(ends.values()) * 0.3) else furthest


def _is_full(before: Line, line: Line, right: float) -> bool:
    return right - before.x1 <= line.first_width + before.size * 1.2


def begins_paragraph(before: Line, line: Line, column: Column) -> bool:
    """Tell whether a line stands where a new paragraph begins after the one before it."""
    return bool(
        abs(before.size - line.size) > SAME_SIZE
        or not _is_full(before, line, column.right)
        or line.top - before.top > column.leading * APART
        or before.x0 - column.left > (column.right - column.left) * SET_RIGHT
        or line.x0 - column.left > line.size * 1.2
    )


def parts(
    items: Sequence[tuple[int, Line]], columns: Sequence[Column]
) -> Iterator[tuple[int, str]]:
    """Yield paragraphs of consecutive lines, each with the page on which it begins, from 0."""
    texts = [line.text for _, line in items]
    begin = 0
    for at, (page, line) in enumerate(items[1:], 1):
        is_apart = begins_paragraph(items[at - 1][1], line, columns[page])
        if is_apart or begins_anew(texts, at, begin):
            yield items[begin][0], reduce(joined, texts[begin:at])
            begin = at
    if items:
        yield items[begin][0], reduce(joined, texts[begin:])
