"""What a unit says in answer, as understood from a mail or taken from a page."""

from datetime import date
from typing import NamedTuple

from models.entry import EntryKind


class Figure(NamedTuple):
    """A number reported for a target of a row: its metric as the matrix has it, and the value."""

    metric: str
    value: str


class Passage(NamedTuple):
    """What is written about one row of the plan; ``number`` is the row's."""

    number: str
    text: str
    figures: tuple[Figure, ...] = ()


class Statement(NamedTuple):
    """One thing said about some items of a mail.

    ``items`` are the numbers that the mail gave them, ``for_all`` stands for all of them; with
    neither the statement names none. ``kind`` is one of ``models.entry.BY_UNIT``. ``until`` is the
    date proposed for an extension. ``is_nil`` is a report that there is nothing to report
    (零报告, 无进展). ``passages`` are the parts of the text that name a row.
    """

    items: tuple[int, ...]
    for_all: bool
    kind: EntryKind
    text: str
    until: date | None = None
    is_nil: bool = False
    passages: tuple[Passage, ...] = ()


class Reading(NamedTuple):
    """What was understood of an answer; ``unclear`` are the lines that were not.

    ``because`` says, in Chinese, why nothing or not everything was understood; empty if all was.
    """

    statements: tuple[Statement, ...]
    unclear: tuple[str, ...] = ()
    because: str = ""
