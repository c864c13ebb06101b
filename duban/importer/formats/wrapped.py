"""Plain text whose paragraphs are broken into lines of one width, put together again."""

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from duban.importer.formats.marks import ENDED, FIRST_TOKEN, NUMBERED, UNENDED, begins_anew, is_open

NARROWEST = 40
"""The least width of broken text; a Chinese character counts 2, a Latin letter 1."""
RAGGED = 6
"""How much narrower a full line may be, as a word or a closing mark may not be parted."""
FEWEST = 5
SHARE = 0.6
"""The part of the full lines that end within a sentence in a text that is broken."""
PAGE_MARK = re.compile(
    r"\s*(?:[-—–－―·•~]+\s*\d{1,3}\s*[-—–－―·•~]+"
    r"|第\s*\d{1,3}\s*页(?:[\s/／,，]*共\s*\d{1,3}\s*页)?)\s*"
)
INDENTED = re.compile(r"\u3000| {2}|\t")


class Width(NamedTuple):
    """The width at which a text is broken, by characters or by how wide they are."""

    measure: Callable[[str], int]
    widest: int


def wrapped_at(lines: Sequence[str]) -> Width | None:
    """Return the width at which the lines of a text are broken; None if its paragraphs are whole.

    Broken lines are all nearly of one width, nothing is wider, and most end within a sentence.
    """
    for measure, ragged, narrowest in ((_count, 0, NARROWEST // 2), (_width, RAGGED, NARROWEST)):
        widest = max(map(measure, lines), default=0)
        pairs = zip(lines, [*lines[1:], ""], strict=True)
        full = [(line, below) for line, below in pairs if measure(line) >= widest - ragged]
        within = sum(not ENDED.search(line) and not NUMBERED.match(below) for line, below in full)
        is_table = any("\t" in line or "|" in line for line, _ in full)
        is_broken = len(full) >= FEWEST and within >= SHARE * len(full)
        if widest >= narrowest and is_broken and not is_table:
            return Width(measure, widest)
    return None


def without_page_marks(lines: Sequence[str]) -> tuple[dict[int, str], set[int]]:
    """Return lines by their number, from 1, without marks of pages and the blanks about them.

    Beside them are the numbers of those that a page begins with.
    """
    kept: dict[int, str] = {}
    tops: set[int] = set()
    is_cut = False
    for number, line in enumerate(lines, 1):
        if PAGE_MARK.fullmatch(line):
            is_cut = True
            while kept and not next(reversed(kept.values())).strip():
                kept.popitem()
        elif line.strip() or not is_cut:
            kept[number] = line
            tops |= {number} if is_cut else set()
            is_cut = False
    return kept, tops


def paragraph_end(
    lines: Sequence[str], begin: int, width: Width | None, tops: Collection[int]
) -> int:
    """Return where the paragraph that begins with a line ends, in a text broken at a width.

    In any text a list of names goes on with the first line of a page; ``tops`` has those, from 0.
    """
    end = begin + 1
    while end < len(lines) and _can_follow(lines, begin, end):
        is_cut = end in tops and (UNENDED.search(lines[end - 1]) or is_open(lines, begin, end))
        if not is_cut and not (width and _is_full(lines[end - 1], lines[end], width)):
            break
        end += 1
    return end


def _count(text: str) -> int:
    return len(text.rstrip())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "FWA" else 1 for c in text.rstrip())


def _can_follow(lines: Sequence[str], begin: int, at: int) -> bool:
    line = lines[at]
    is_apart = not line.strip() or "\t" in line or INDENTED.match(line)
    return not is_apart and not begins_anew(lines, at, begin)


def _is_full(before: str, line: str, width: Width) -> bool:
    token = FIRST_TOKEN.match(line)
    return width.measure(before) + width.measure(token[0] if token else "") > width.widest
