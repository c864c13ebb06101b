"""The opening of a document: the lines before its body, where its head stands."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from duban.importer.plain import even
from models.document import Document, Place, Table

NUMBER = re.compile(
    r"(?:[一-龥]{1,14}\s?[〔\[【(]\s?(?:19|20)\d\d\s?[〕\]】)]\s?第?\s?\d{1,5}\s?号)|"
    r"^\s*第\s?\d{1,5}\s?号\s*$"
)
DAY = (
    r"((?:20\d\d|二[零○][零一二三四五六七八九]{2}))\s?年\s?(\d{1,2}|"
    r"[一二三四五六七八九十]{1,2})\s?月\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?日"
)
DATE_LINE = re.compile(rf"^\s*{DAY}\s*$")
LETTERHEAD = re.compile(r"^(?P<issuer>[一-龥]{4,40}?)文件$")
_BODY = re.compile(
    r"^\s*(?:一、|为(?:深入|进一步|全面|认真|切实|贯彻|了|落实|加快|做好)|根据|第一[章条]|"
    r"《[^》]*》(?:已|\()|按照|现将)"
)


class Line(NamedTuple):
    """A line in even text and as written, without blanks around it, and where it stands."""

    text: str
    written: str
    place: Place


class Opening(NamedTuple):
    """The lines before the body begins, and all lines of the document outside tables."""

    lines: list[Line]
    every: list[Line]


def _lines(document: Document) -> Iterator[Line]:
    """Paragraph by paragraph, each line of its own; tables hold nothing of the head."""
    for block in document.blocks:
        if isinstance(block, Table):
            continue
        for offset, written in enumerate(block.text.split("\n")):
            if written.strip():
                place = block.place._replace(line=block.place.line + offset)
                yield Line(even(written).strip(), written.strip(), place)


def opening_of(document: Document) -> Opening:
    """The lines of a document outside tables, and those before 一、, 为…, 根据…."""
    every = list(_lines(document))
    last = next((i for i, line in enumerate(every) if _BODY.match(line.text)), min(len(every), 40))
    return Opening(every[: min(max(last, 1), 60)], every)


def tight(text: str) -> str:
    """The text without blanks, but for those between Latin letters."""
    return re.sub(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])", "", text.replace("\u3000", " "))
