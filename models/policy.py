"""What is said when, and to whom: the ladders of an escalation policy."""

import re
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from models.roster import Post
from models.strict import Identifier, Strict, Text


class NoticeKind(StrEnum):
    """The kinds of notices, from the first word to the last.

    A ``decision`` tells a unit what the office has decided, a ``request`` the office what a unit
    asks of it; neither belongs to a ladder. ``inner-date`` is of the collation of a report.
    """

    ASSIGNMENT = "assignment"
    ACKNOWLEDGE_CHASE = "acknowledge-chase"
    REMINDER = "reminder"
    SLIP_BLUE = "slip-blue"
    SLIP_ORANGE = "slip-orange"
    SLIP_RED = "slip-red"
    CHASE = "chase"
    DECISION = "decision"
    REQUEST = "request"
    INNER_DATE = "inner-date"


LADDER_KINDS = frozenset(NoticeKind) - {
    NoticeKind.DECISION,
    NoticeKind.REQUEST,
    NoticeKind.INNER_DATE,
}
"""The kinds that a rung of a policy may have."""


class Duration(Strict):
    """A typed length of time: ``30 days`` is not ``30 working days``."""

    count: Annotated[int, Field(ge=0, le=1000)]
    unit: Literal["days", "working days"]


class Moment(Strict):
    """A day relative to an anchor: ``T - 30 days``, ``due + 1 working day``, ``apply``.

    Anchors: ``apply`` (the day the plan was applied), ``due`` (the stated date), ``T`` (the last
    workday on or before it), or the name of an earlier rung of the same ladder.
    """

    anchor: Text
    sign: Literal[-1, 0, 1] = 0
    offset: Duration = Duration(count=0, unit="days")


_LENGTH = r"(?P<count>[0-9]{1,4}) (?P<unit>(working )?day)s?"
_MOMENT = re.compile(rf"(?P<anchor>[A-Za-z0-9-]*[A-Za-z0-9])( (?P<sign>[+-]) {_LENGTH})?")


def _duration(value: object) -> object:
    if not isinstance(value, str):
        return value
    found = re.fullmatch(_LENGTH, value)
    if not found:
        raise ValueError(f"{value!r} is not a duration such as '30 days' or '10 working days'")
    return {"count": found["count"], "unit": found["unit"] + "s"}


def _moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    found = _MOMENT.fullmatch(value)
    if not found:
        raise ValueError(
            f"{value!r} is not a moment such as 'T - 30 days', 'due + 1 working day' or 'apply'"
        )
    if not found["sign"]:
        return {"anchor": found["anchor"]}
    sign = 1 if found["sign"] == "+" else -1
    length = {"count": found["count"], "unit": found["unit"] + "s"}
    return {"anchor": found["anchor"], "sign": sign, "offset": length}


PlainDuration = Annotated[Duration, BeforeValidator(_duration)]
PlainMoment = Annotated[Moment, BeforeValidator(_moment)]


class Repeat(Strict):
    """A rung that comes back: every so often after its own day, ``times`` times in all."""

    every: PlainDuration
    times: Annotated[int, Field(ge=1, le=100)]


class Rung(Strict):
    """One step of a ladder: what is said, on which day, to which posts."""

    name: Identifier
    kind: NoticeKind
    at: PlainMoment
    to: tuple[Post, ...] = Field(min_length=1)
    repeat: Repeat | None = None


class Extensions(Strict):
    """How often a due date may be put off, and by how many days at most each time."""

    times: Annotated[int, Field(ge=0, le=10)] = 1
    at_most: PlainDuration = Duration(count=30, unit="days")


class Terms(Strict):
    """What units and the office may do within which bounds (办理规则).

    ``decline_within`` is counted from the assignment; ``rework`` is the time a unit has after a
    return that names no date. ``close_out_by_another``: who accepted a result may not close it out.
    ``co_units_before``, ``leads_before`` and ``office_before`` are the inner dates of a collated
    report, counted back from its date. ``mails_per_week`` caps the mails to one reader that only
    remind; slips, decisions and assignments are never held back. ``rank_units`` sorts
    units by what they have left undone; off, they stand in the document's order.
    """

    decline_within: PlainDuration = Duration(count=5, unit="working days")
    extensions: Extensions = Extensions()
    rework: PlainDuration = Duration(count=5, unit="working days")
    close_out_by_another: bool = True
    co_units_before: PlainDuration = Duration(count=8, unit="working days")
    leads_before: PlainDuration = Duration(count=5, unit="working days")
    office_before: PlainDuration = Duration(count=2, unit="working days")
    mails_per_week: Annotated[int, Field(ge=1, le=7)] | None = None
    rank_units: bool = False


class Policy(Strict):
    """``matrices/policies/<id>.yaml``: the ladders, the terms, the hour at which notices go.

    ``assignment`` runs from the day of application until the unit acknowledges; ``due`` runs
    around a due date until the obligation is answered; ``returned`` around the inner date of a
    result that was sent back; ``standing`` would chase rows without a date and is empty in the
    standard policy. ``amber`` is how long before T a light turns amber.
    """

    id: Identifier
    title: Text
    notices_at: Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    amber: PlainDuration
    assignment: tuple[Rung, ...]
    due: tuple[Rung, ...]
    returned: tuple[Rung, ...] = ()
    standing: tuple[Rung, ...] = ()
    terms: Terms = Terms()
