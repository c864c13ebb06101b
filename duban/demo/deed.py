"""One thing that somebody says on a day, and the way by which it reaches the ledger."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from models.answer import Passage
from models.entry import EntryKind

CLERK, REVIEWER, LEADER = "督办专班承办人", "督办专班审核人", "督办专班负责人"
"""Who speaks for the office: whoever accepts does not close out."""


class Way(StrEnum):
    """How it is said: entered by a clerk, as a reply by mail, on the page behind a mail's link."""

    COMMAND = "command"
    MAIL = "mail"
    PAGE = "page"


class Deed(NamedTuple):
    """What is said on a day about an obligation.

    ``until`` is the date that it names, ``to`` the unit of a re-routing. ``upload`` is the name of
    a picture that is handed in with it. ``is_nil`` is a report that there is nothing to report.
    """

    on: date
    obligation: str
    entry: EntryKind
    by: str
    text: str = ""
    way: Way = Way.COMMAND
    until: date | None = None
    passages: tuple[Passage, ...] = ()
    to: str = ""
    upload: str = ""
    is_nil: bool = False

    @property
    def plan(self) -> str:
        """The plan that it is about."""
        return self.obligation.partition("/")[0]

    @property
    def unit(self) -> str:
        """The unit that it is about."""
        return self.obligation.rpartition("/")[2]
