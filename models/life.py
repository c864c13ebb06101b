"""What the rules of an obligation's life are about: its situation, and acts upon it."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from models.entry import EntryKind
from models.obligation import ItemKind, Stage


class Situation(NamedTuple):
    """What the rules must know of an item; dates in Asia/Shanghai, meanings as in the ledger.

    ``armed_on`` is the day of the assignment, from which declining is counted.
    """

    kind: ItemKind
    stage: Stage
    armed_on: date
    due_on: date | None = None
    inner_due_on: date | None = None
    asked_due_on: date | None = None
    extensions: int = 0
    stage_before: Stage | None = None
    suspended_on: date | None = None
    resumes_on: date | None = None
    accepted_by: str | None = None

    @property
    def chased_for(self) -> date | None:
        """The date that the unit is chased for: the inner one while its result is returned."""
        is_returned = self.stage is Stage.RETURNED and self.inner_due_on is not None
        return self.inner_due_on if is_returned else self.due_on


class Act(NamedTuple):
    """One thing done: by whom, on which day, with which words.

    ``until`` is the date that the act names: proposed, granted, for the rework, or of resuming.
    """

    kind: EntryKind
    on: date
    by: str
    text: str = ""
    until: date | None = None


class Objection(StrEnum):
    """What stands against an act."""

    STAGE = "stage"
    NO_REASON = "no-reason"
    TOO_LATE_TO_DECLINE = "too-late-to-decline"
    NO_DUE_DATE = "no-due-date"
    EXPIRED = "expired"
    ALREADY_REQUESTED = "already-requested"
    NO_DATE = "no-date"
    USED_UP = "used-up"
    NOT_LATER = "not-later"
    TOO_FAR = "too-far"
    NOT_REQUESTED = "not-requested"
    NOT_AHEAD = "not-ahead"
    SAME_PERSON = "same-person"


class Refusal(NamedTuple):
    """Why an act is not legal, with the date or number that it fails on, and which are legal."""

    objection: Objection
    fact: date | int | str | None
    legal: tuple[EntryKind, ...]


class Settled(NamedTuple):
    """The situation after an act.

    ``is_rearmed``: the date to be chased for is a new one, so the ladder begins anew.
    """

    situation: Situation
    is_rearmed: bool
