"""What one unit owes, where it stands, and how that is shown."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class ItemKind(StrEnum):
    """Kinds of ledger rows: a unit's share of a plan, of a row, or a dated obligation."""

    ASSIGNMENT = "assignment"
    DUTY = "duty"
    REPORT = "report"
    EVALUATION = "evaluation"
    MEETING = "meeting"
    PUBLICITY = "publicity"
    DISCLOSURE = "disclosure"
    DELIVERABLE = "deliverable"


class Role(StrEnum):
    """A unit's part in what it owes."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"


class StatusLight(StrEnum):
    """亮灯: green on course, amber near or unacknowledged, red overdue, grey closed."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"


class Obligation(NamedTuple):
    """One thing owed by one unit, as the matrix has it.

    ``id`` is ``PLAN/KEY[/YEAR]/UNIT``, ``PLAN/assignment/UNIT`` or ``PLAN/duty/NUMBER/UNIT``.
    ``due_on`` is the stated date (Asia/Shanghai) or None for a standing duty. ``duties`` are the
    numbers of the rows it covers. ``text`` quotes the document.
    """

    id: str
    plan: str
    unit: str
    kind: ItemKind
    role: Role
    title: str
    due_on: date | None
    rule: str | None
    to: str | None
    duties: tuple[str, ...]
    text: str


class Stage(StrEnum):
    """Where an obligation stands; it follows from its entries and is never typed in."""

    ASSIGNED = "assigned"
    ACKNOWLEDGED = "acknowledged"
    REPORTED = "reported"
    COMPLETED = "completed"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CLOSED_OUT = "closed-out"
    DECLINED = "declined"
    SUSPENDED = "suspended"
    REASSIGNED = "reassigned"
    WITHDRAWN = "withdrawn"

    @property
    def is_silent(self) -> bool:
        """Whether nothing is said to the unit: it has answered, or it owes nothing for now."""
        return self in _SILENT

    @property
    def is_over(self) -> bool:
        """Whether the obligation is off the books: closed out, withdrawn or another unit's now."""
        return self in _OVER


_OVER = frozenset({Stage.CLOSED_OUT, Stage.WITHDRAWN, Stage.REASSIGNED})
_SILENT = _OVER | {Stage.COMPLETED, Stage.ACCEPTED, Stage.DECLINED, Stage.SUSPENDED}


class Standing(NamedTuple):
    """What the planner must know of one open ledger row to say what comes next.

    ``revision`` counts due-date revisions from 1. ``armed_on`` is the day on which the present
    revision was applied; ``said_through`` the last day whose rungs have been dealt with (None:
    none yet). ``inner_due_on`` is the day by which a returned result is to come again, and
    ``resumes_on`` the day on which a suspension ends. All dates in Asia/Shanghai.
    """

    id: str
    plan: str
    unit: str
    kind: ItemKind
    stage: Stage
    due_on: date | None
    revision: int
    armed_on: date
    said_through: date | None
    inner_due_on: date | None = None
    resumes_on: date | None = None

    @property
    def chased_for(self) -> date | None:
        """The date that the unit is chased for: the inner one while its result is returned."""
        is_returned = self.stage is Stage.RETURNED and self.inner_due_on is not None
        return self.inner_due_on if is_returned else self.due_on
