"""Characters on a page become lines, and lines become paragraphs again."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from duban.importer.formats.radicals import meant

Character = dict[str, Any]
"""A character as pdfplumber describes it: text, x0, x1, top, bottom, size, in points."""

FIRST_TOKEN = re.compile(
    r"(?:[（(〔【《“‘]+.?[A-Za-z0-9.,%-]*|[A-Za-z0-9.,%-]+|.)[、，。；：！？）〕】》”’％)]*"
)
NUMBERED = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,3}[.．、](?!\d)"
    r"|第[一二三四五六七八九十\d]+[条章节]|附件"
)
ENDED = re.compile(r"[。；：！？:;）)】〕]\s*$")
PAGE_NUMBER = re.compile(
    r"[-—–－―·•~\s]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:[\s/／,，]*共?\s*\d{1,3}\s*页?)?[-—–－―·•~\s]*"
)
UNENDED = re.compile(r"[、，,（(〔【《“]$")
DIGITS = re.compile(r"\d+")
LATIN = re.compile(r"[!-~]")
MARGIN = 0.12
"""The part of a page, above and below, where running heads and page numbers stand."""
SAME_SIZE = 1.5
LONG = 12
"""The characters from which a line that nearly reaches its cell's edge was hardly ended there."""
FEWEST_PAGES = 3


class Line(NamedTuple):
    """A line of text and where it stands on its page, in points from the top left."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def first_width(self) -> float:
        """The width of what cannot be parted from the beginning of the line."""
        token = FIRST_TOKEN.match(self.text)
        written = token[0] if token else ""
        return sum(self.size * (0.55 if LATIN.match(c) else 1) for c in written)


class Column(NamedTuple):
    """The left and right edge of running text."""

    left: float
    right: float


def lines_of(characters: Iterable[Character]) -> list[Line]:
    """Return the lines that characters stand on, from top to bottom."""
    lines: list[list[Character]] = []
    for one in sorted(characters, key=_middle):
        if lines and _middle(one) - _middle(lines[-1][0]) < max(one["size"] * 0.4, 2):
            lines[-1].append(one)
        else:
            lines.append([one])
    return [line for row in lines if (line := _line(row)).text]


def _middle(character: Character) -> float:
    return float(character["top"] + character["bottom"]) / 2


def _line(row: list[Character]) -> Line:
    row.sort(key=itemgetter("x0"))
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
    for before, line in pairwise(lines):
        slack = 2 + (before.size * 1.5 if len(before.text) > LONG else 0)
        is_full = before.x1 - before.x0 + line.first_width + slack > right - left - 2 * padding
        is_new = NUMBERED.match(line.text) and ENDED.search(before.text)
        goes_on = (is_full and not is_new) or UNENDED.search(before.text)
        text = joined(text, line.text) if goes_on else f"{text}\n{line.text}"
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
    often = max(FEWEST_PAGES, len(pages) / 2)
    return [
        [
            line
            for line in page
            if not (
                _is_marginal(line, height)
                and (PAGE_NUMBER.fullmatch(line.text) or seen[DIGITS.sub("0", line.text)] >= often)
            )
        ]
        for page, height in zip(pages, heights, strict=True)
    ]


def _is_marginal(line: Line, height: float) -> bool:
    return line.bottom < height * MARGIN or line.top > height * (1 - MARGIN)


def column_of(lines: Sequence[Line]) -> Column:
    """Return the edges of the running text that lines stand in."""
    starts = Counter(round(line.x0) for line in lines)
    common = [x for x, times in starts.items() if times > 1] or list(starts)
    return Column(min(common, default=0), max((line.x1 for line in lines), default=0))


def begins_paragraph(before: Line, line: Line, column: Column) -> bool:
    """Tell whether a line begins a new paragraph after the one before it."""
    return bool(
        abs(before.size - line.size) > SAME_SIZE
        or column.right - before.x1 > line.first_width + before.size * 1.2
        or line.x0 - column.left > line.size * 1.2
        or (NUMBERED.match(line.text) and ENDED.search(before.text))
    )


def parts(
    items: Sequence[tuple[int, Line]], columns: Sequence[Column]
) -> Iterator[tuple[int, str]]:
    """Yield paragraphs of consecutive lines, each with the page on which it begins, from 0."""
    number = 0
    numbered: list[tuple[int, int, Line]] = []
    for at, (page, line) in enumerate(items):
        if at and begins_paragraph(items[at - 1][1], line, columns[page]):
            number += 1
        numbered.append((number, page, line))
    for _, group in groupby(numbered, key=itemgetter(0)):
        lines = list(group)
        text = lines[0][2].text
        for _, _, line in lines[1:]:
            text = joined(text, line.text)
        yield lines[0][1], text
