"""The opening of a document: the lines before its body, where its head stands."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from duban.importer.metadata import metadata
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
DATE_LINE = re.compile(rf"^\s*\(?{DAY}\)?\s*$")
SIGNED = re.compile(rf"^(?P<who>[^,。:;、]{{4,40}}?)\s+{DAY}$")
LETTERHEAD = re.compile(r"^(?P<issuer>[一-龥]{4,40}?)文件$")
_CALL = re.compile(
    r"^((?:\S+关于|关于)[^\n。；;：:]+的(?:通知|意见|实施意见|决定|函))(?=各[^\n。]{2,200}[：:]$)"
)
"""A title to which the line of the addressees is joined."""
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
    """The lines before the body begins, all lines outside tables, and what a site says above."""

    lines: list[Line]
    every: list[Line]
    said: Mapping[str, str]


def _lines(document: Document, left_out: AbstractSet[int]) -> Iterator[Line]:
    """Paragraph by paragraph, each line of its own; tables hold nothing of the head."""
    for block in document.blocks:
        if isinstance(block, Table):
            continue
        text = _CALL.sub(r"\1\n", block.text)
        for offset, written in enumerate(text.split("\n")):
            if written.strip() and block.place.line + offset not in left_out:
                place = block.place._replace(line=block.place.line + offset)
                yield Line(even(written).strip(), written.strip(), place)


def opening_of(document: Document) -> Opening:
    """The lines of a document outside tables, and those before 一、, 为…, 根据…."""
    above = metadata(document)
    every = list(_lines(document, above.lines))
    last = next((i for i, line in enumerate(every) if _BODY.match(line.text)), min(len(every), 40))
    return Opening(every[: min(max(last, 1), 60)], every, above.fields)


def tight(text: str) -> str:
    """The text without blanks, but for those between Latin letters."""
    return re.sub(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])", "", text.replace("\u3000", " "))
