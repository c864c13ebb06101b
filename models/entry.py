"""What happened: the entries of the append-only ledger, and how they came in."""

from enum import StrEnum


class EntryKind(StrEnum):
    """Past participles: what was done to an obligation, by the system, a unit or the office."""

    ASSIGNED = "assigned"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    ACKNOWLEDGED = "acknowledged"
    REPORTED = "reported"
    COMPLETED = "completed"
    DECLINED = "declined"
    EXTENSION_REQUESTED = "extension-requested"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CLOSED_OUT = "closed-out"
    DECLINE_REFUSED = "decline-refused"
    EXTENSION_GRANTED = "extension-granted"
    EXTENSION_REFUSED = "extension-refused"
    REASSIGNED = "reassigned"
    SUSPENDED = "suspended"
    RESUMED = "resumed"


BY_UNIT = (
    EntryKind.ACKNOWLEDGED,
    EntryKind.REPORTED,
    EntryKind.COMPLETED,
    EntryKind.DECLINED,
    EntryKind.EXTENSION_REQUESTED,
)
"""What a unit says, by mail, on its page, or through the office."""

BY_OFFICE = (
    EntryKind.RETURNED,
    EntryKind.ACCEPTED,
    EntryKind.CLOSED_OUT,
    EntryKind.DECLINE_REFUSED,
    EntryKind.EXTENSION_GRANTED,
    EntryKind.EXTENSION_REFUSED,
    EntryKind.REASSIGNED,
    EntryKind.SUSPENDED,
    EntryKind.RESUMED,
)
"""What the coordinating office decides."""

DECISIONS = frozenset(BY_OFFICE) - {EntryKind.ACCEPTED, EntryKind.CLOSED_OUT}
"""Decisions that a unit must be told of at once; the others ask nothing of it."""


class Via(StrEnum):
    """The way an entry came in."""

    COMMAND = "command"
    MAIL = "mail"
    PAGE = "page"
    OFFICE_PAGE = "office-page"
    SYSTEM = "system"
