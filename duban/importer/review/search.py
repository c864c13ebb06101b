"""Finds words again in the lines of a document, whatever blanks and line breaks stand in them."""

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from models.document import Document

_BLANK = re.compile(r"\s+")


class Stretch(NamedTuple):
    """A stretch of the document's plain text, by offsets; lines are joined by one line break."""

    begin: int
    end: int


class Search:
    """The plain text of a document, made ready to be searched."""

    def __init__(self, document: Document) -> None:
        self.text = "\n".join(document.lines)
        sizes = (len(line) + 1 for line in document.lines)
        self.starts = tuple(accumulate(sizes, initial=0))[:-1]
        self._offsets = [at for at, char in enumerate(self.text) if not char.isspace()]
        self._compact = "".join(self.text[at] for at in self._offsets)

    def start_of(self, line: int) -> int:
        """Where a line begins, from 1; the nearest one where there is none of that number."""
        if not self.starts:
            return 0
        return self.starts[min(max(line, 1), len(self.starts)) - 1]

    def line_of(self, offset: int) -> int:
        """The line, from 1, on which an offset lies."""
        return max(bisect_right(self.starts, offset), 1)

    def find(self, words: str, begin: int = 0, end: int | None = None) -> Stretch | None:
        """The first place of the words in that part of the text, or None; blanks do not count."""
        wanted = _BLANK.sub("", words)
        if not wanted:
            return None
        first = bisect_right(self._offsets, begin - 1)
        last = len(self._offsets) if end is None else bisect_right(self._offsets, end - 1)
        at = self._compact.find(wanted, first, last)
        if at < 0:
            return None
        return Stretch(self._offsets[at], self._offsets[at + len(wanted) - 1] + 1)

    def inside(self, outer: Stretch, words: str, begin: int, end: int) -> Stretch:
        """The characters ``begin`` to ``end`` of words that stand at ``outer``."""
        before = len(_BLANK.sub("", words[:begin]))
        size = len(_BLANK.sub("", words[begin:end]))
        first = bisect_right(self._offsets, outer.begin - 1) + before
        last = min(first + max(size, 1), len(self._offsets)) - 1
        return Stretch(self._offsets[first], self._offsets[last] + 1) if first <= last else outer
