"""An answer cut into pieces: its lines, and the parts of lines that open further statements."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from duban.feedback.phrases import Opening, breaks_off, folded, opening_of
from duban.feedback.rows import opens_with_row
from models.entry import EntryKind

_BREAK = re.compile(r"[;。,](?=\s*\S)")
_OTHER_ITEM = re.compile(
    r"\s*(?:第\s?\d{1,3}\s?[项条件]|\(?\d{1,3}(?:\s?[)、.:](?!\d)|\s(?![\d年月日]))|[①-⑳])"
)
_OTHER_UNDONE = re.compile(r"\s*(?:第\s?)?\d{1,3}\s?项\s?[正未尚还没暂申退不]")

_MOST_READ = 20_000
"""Characters in which openings are looked for; the rest belongs to what stands above."""

TERSE = frozenset({EntryKind.ACKNOWLEDGED, EntryKind.COMPLETED})
"""What is said in a word, with no text of its own to follow."""


class Piece(NamedTuple):
    """A line, or the part of a line that opens a statement, as it was written and folded."""

    written: str
    text: str
    opening: Opening | None
    is_line: bool

    @property
    def is_row(self) -> bool:
        """Whether a row's marker is all that opens it."""
        return self.opening is not None and not self.opening.ends


def pieces(text: str) -> Iterator[Piece]:
    """The lines, cut where a further statement opens within one.

    A line that goes on with the phrase of the one above opens nothing.
    """
    left, above = _MOST_READ, ""
    for line in text.splitlines():
        plain, left = folded(line), left - len(line)
        is_rest, above = breaks_off(above), plain
        if left < 0:
            yield Piece(line, plain, None, True)
            continue
        begins, opening = 0, None if is_rest else _opening(plain)
        for found in _BREAK.finditer(plain):
            is_behind = opening is not None and found.start() >= begins + opening.ends
            following = _opening(plain[found.end() :]) if is_behind else None
            if (following and _opens_within(found[0], opening, following)) or (
                is_behind and not following and _leaves(found, opening)
            ):
                end = found.end()
                yield Piece(line[begins:end], plain[begins:end], opening, begins == 0)
                begins, opening = end, following
        yield Piece(line[begins:], plain[begins:], opening, begins == 0)


def _opening(text: str) -> Opening | None:
    """The opening of a folded line; a row's marker opens a report unless another kind follows."""
    return opening_of(text) or _row_report(text)


def _row_report(text: str) -> Opening | None:
    rest = opens_with_row(text)
    if not rest:
        return None
    said = opening_of(text[rest:])
    if said and said.kind in {EntryKind.DECLINED, EntryKind.EXTENSION_REQUESTED}:
        return None
    return Opening(EntryKind.REPORTED, (), False, False, True, 0, 0)


def _opens_within(mark: str, before: Opening | None, following: Opening) -> bool:
    """Whether what follows a mark within a line is a statement of its own."""
    if before is None:
        return False
    if before.kind in TERSE or before.is_nil:
        return not following.is_bare or mark == ";"
    return mark != "," and not following.is_bare


def _leaves(mark: re.Match[str], before: Opening | None) -> bool:
    """Whether a terse answer ends at a mark, for what follows names an item: 1 已办结；2、同上."""
    if before is None or before.kind not in TERSE:
        return False
    other = _OTHER_UNDONE if mark[0] == "," else _OTHER_ITEM
    return bool(other.match(mark.string, mark.end()))
