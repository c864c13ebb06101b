"""A paper before it is written in a format: paragraphs by their part in it, and tables."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

_UNSOUND = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"  # controls that XML or a reader would choke on
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"  # they hide or turn text round
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # half a character, or none
)


class Part(StrEnum):
    """What a paragraph is in a paper of the office (公文)."""

    TITLE = "title"
    RECEIVER = "receiver"
    TEXT = "text"
    CHAPTER = "chapter"
    SECTION = "section"
    SUBSECTION = "subsection"
    SIGNATURE = "signature"
    REMARK = "remark"


HEADINGS = {Part.CHAPTER: 1, Part.SECTION: 2, Part.SUBSECTION: 3}
"""The parts that are headings, and their level."""


class Paragraph(NamedTuple):
    """One paragraph; its text is one line of plain text."""

    part: Part
    text: str


class Table(NamedTuple):
    """A table; every row has as many cells as there are headings, each one line of plain text.

    ``widths`` are those of the columns, in proportion.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


Block = Paragraph | Table


def lines(text: str) -> Iterator[str]:
    """The lines of what somebody wrote, without blank ones and without what no paper can hold."""
    for line in text.splitlines():
        sound = _UNSOUND.sub("", line.replace("\t", " ")).strip()
        if sound:
            yield sound


def line(text: str) -> str:
    """The same as one line."""
    return " ".join(lines(text))
