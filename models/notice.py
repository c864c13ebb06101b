"""What is said to whom, and why; and why nothing is said."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from models.policy import NoticeKind
from models.roster import Post


class Reason(StrEnum):
    """Why a notice goes out."""

    FIRST_ASSIGNED = "first-assigned"
    REVISED = "revised"
    NO_ACKNOWLEDGEMENT = "no-acknowledgement"
    DUE_SOON = "due-soon"
    DUE_TODAY = "due-today"
    OVERDUE = "overdue"
    STEP_REACHED = "step-reached"
    UNREACHABLE = "unreachable"
    UNDELIVERED = "undelivered"
    RETURNED = "returned"
    DECLINE_REFUSED = "decline-refused"
    EXTENSION_GRANTED = "extension-granted"
    EXTENSION_REFUSED = "extension-refused"
    REASSIGNED = "reassigned"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    EXTENSION_REQUESTED = "extension-requested"
    INNER_DATE = "inner-date"


class Recipient(NamedTuple):
    """A post and the address it has on the day of the notice.

    ``unit`` is the unit whose post it is, where that is another than the one that owes the item.
    """

    role: Post
    address: str
    unit: str | None = None


class Notice(NamedTuple):
    """One rung said about one obligation, with everybody who is told.

    ``revision`` counts the due-date revisions of the obligation from 1; a new one re-arms the
    ladder. ``step`` is the rung's name, with a counter where the rung repeats (``chase-3``).
    ``on`` is the workday on which it goes.
    """

    on: date
    kind: NoticeKind
    reason: Reason
    obligation: str
    revision: int
    unit: str
    step: str
    due_on: date | None
    recipients: tuple[Recipient, ...]


class Silence(NamedTuple):
    """Why a rung is not said: ``superseded``, ``nobody to tell``, ``acknowledged`` …"""

    obligation: str
    revision: int
    step: str
    on: date
    because: str
