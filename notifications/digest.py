"""What one mail is to say: a digest of items for one reader on one workday."""

from datetime import date
from enum import IntEnum
from typing import NamedTuple

from models.notice import Reason
from models.obligation import Role
from models.policy import NoticeKind


class Row(NamedTuple):
    """A row of the plan that an item covers, and the unit's part in it."""

    number: str
    title: str
    role: Role


class Dated(NamedTuple):
    """A dated obligation that comes with an assignment.

    ``obligation`` is its id, so that its calendar entry is the same one as in later reminders;
    ``last_workday`` is the last workday on or before ``due_on``.
    """

    title: str
    due_on: date
    to: str | None
    obligation: str | None = None
    calendar_sequence: int = 1
    last_workday: date | None = None


class PlanHead(NamedTuple):
    """What a reader needs to know of a plan: which document it is and whom to call."""

    id: str
    title: str
    document_number: str | None
    issued_on: date | None
    coordinator: str
    coordinator_phone: str | None
    coordinator_address: str | None


class Item(NamedTuple):
    """One rung said about one obligation, with all that its reader needs to act on it.

    ``obligation`` and ``step`` are the notice's; ``text`` quotes the document. ``due_on`` is the
    stated date (Asia/Shanghai) and ``last_workday`` the last workday on or before it.
    ``days_left`` and ``working_days_left`` are counted from the day of the digest and negative
    when overdue. ``dated`` is for assignments only. ``provisional`` says that the date's year has
    no published workdays. ``for_information`` says that the reader does not owe it himself but
    watches over it. ``calendar_sequence`` is the due-date revision, counted from 1.

    Where another date is in force than the document states, ``due_on`` is the one in force and
    ``stated_on`` the other. ``remark`` holds the words of whoever decided or asks, ``until`` the
    day that is asked for or until which the item is suspended, ``heir`` the unit that has it now.
    """

    obligation: str
    kind: NoticeKind
    reason: Reason
    step: str
    unit: str
    title: str
    to: str | None
    due_on: date | None
    days_left: int | None
    working_days_left: int | None
    text: str
    rows: tuple[Row, ...]
    dated: tuple[Dated, ...]
    plan: PlanHead
    provisional: bool = False
    for_information: bool = False
    calendar_sequence: int = 1
    last_workday: date | None = None
    stated_on: date | None = None
    remark: str = ""
    until: date | None = None
    heir: str = ""


class Matter(NamedTuple):
    """One obligation of a round-up with the units it concerns; ``due_on`` is the stated date."""

    title: str
    due_on: date | None
    units: tuple[str, ...]


class RoundUp(NamedTuple):
    """A week of one plan for its coordinating office.

    ``open``, ``amber`` and ``closed`` count dated obligations. ``overdue``, ``coming`` and
    ``waiting`` (reported as done, to be reviewed) list them; ``unacknowledged`` names units;
    ``unreachable`` pairs addresses with the server's words.
    """

    plan: PlanHead
    open: int
    amber: int
    closed: int
    overdue: tuple[Matter, ...]
    coming: tuple[Matter, ...]
    waiting: tuple[Matter, ...]
    unacknowledged: tuple[str, ...]
    unreachable: tuple[tuple[str, str], ...]


class Link(NamedTuple):
    """The address of a page, and the last day (Asia/Shanghai) on which it leads there."""

    url: str
    good_until: date


class Digest(NamedTuple):
    """Everything that one address is told on one workday.

    ``key`` is the stable id of the outbox row; ``on`` the day (Asia/Shanghai) from which days
    left are counted; ``salutation`` names unit and post; ``how_to_answer`` holds whole sentences,
    only for ways that exist. ``round_ups`` are the week's, for a coordinating office.

    ``numbered`` are the obligations that the reader can answer for, number 1 first. ``page`` leads
    to the reader's own page. ``reads_replies`` says that an answer by mail is read by a program.
    ``replies_to`` is the Message-ID of the reader's mail that this one answers.
    """

    key: str
    on: date
    address: str
    salutation: str
    items: tuple[Item, ...]
    how_to_answer: tuple[str, ...]
    round_ups: tuple[RoundUp, ...] = ()
    numbered: tuple[str, ...] = ()
    page: Link | None = None
    reads_replies: bool = False
    replies_to: str | None = None

    @property
    def plans(self) -> list[PlanHead]:
        """The plans that items and round-ups belong to, each once."""
        heads = {item.plan.id: item.plan for item in self.items}
        heads |= {part.plan.id: part.plan for part in self.round_ups}
        return list(heads.values())

    @property
    def plan(self) -> PlanHead | None:
        """The one plan that everything belongs to; None where there are several."""
        plans = self.plans
        return plans[0] if len(plans) == 1 else None


class Urgency(IntEnum):
    """The order of items in a mail: what is outstanding first, what is only to be known last."""

    SLIP_RED = 1
    SLIP_ORANGE = 2
    SLIP_BLUE = 3
    CHASE = 4
    DUE_TODAY = 5
    DECISION = 6
    REMINDER = 7
    REQUEST = 8
    INNER_DATE = 9
    ACKNOWLEDGE_CHASE = 10
    ASSIGNMENT = 11
    UNREACHABLE = 12
    FOR_INFORMATION = 13


_FOR_ACTION = (NoticeKind.REQUEST, NoticeKind.INNER_DATE)
"""Kinds that ask something of an office itself."""


def urgency(item: Item) -> Urgency:
    """Where an item stands in the order."""
    if item.reason in (Reason.UNREACHABLE, Reason.UNDELIVERED) or _is_stranded(item):
        return Urgency.UNREACHABLE
    if item.for_information and item.kind not in _FOR_ACTION:
        return Urgency.FOR_INFORMATION
    if item.kind is NoticeKind.REMINDER and (item.days_left or 0) < 0:
        return Urgency.CHASE  # a reminder that could only be sent after its date
    if item.kind is NoticeKind.REMINDER and item.days_left == 0:
        return Urgency.DUE_TODAY
    return Urgency[item.kind.name]


def _is_stranded(item: Item) -> bool:
    """Whether a decision has come to an office because its unit has nobody to be told."""
    return item.for_information and item.kind is NoticeKind.DECISION


_KIND_ORDER = {
    kind: place
    for place, kind in enumerate(
        (
            NoticeKind.SLIP_RED,
            NoticeKind.SLIP_ORANGE,
            NoticeKind.SLIP_BLUE,
            NoticeKind.CHASE,
            NoticeKind.DECISION,
            NoticeKind.REMINDER,
            NoticeKind.REQUEST,
            NoticeKind.INNER_DATE,
            NoticeKind.ACKNOWLEDGE_CHASE,
            NoticeKind.ASSIGNMENT,
        )
    )
}


def _place(item: Item) -> tuple[bool, Urgency, int, date, str]:
    return (
        item.for_information,
        urgency(item),
        _KIND_ORDER[item.kind],
        item.due_on or date.max,
        item.plan.id,
    )


def ordered(items: tuple[Item, ...]) -> list[Item]:
    """Items in the order in which they are to be read: most urgent first, then by due date.

    What the reader owes himself comes before what he watches over. Items alike in all that stay
    in the order in which they were given.
    """
    return sorted(items, key=_place)


def gathered(items: tuple[Item, ...]) -> list[list[Item]]:
    """Items in reading order: the decisions on one obligation together, the last of them last.

    So are those for information that differ in their unit only: an office that is told of 46 units
    without a report reads one item with 46 names.
    """
    groups: dict[object, list[Item]] = {}
    for item in ordered(items):
        key: object = item.obligation, item.kind
        is_alike = item.for_information and item.due_on and not item.remark
        if is_alike and item.kind is not NoticeKind.REQUEST:
            key = (item.kind, item.reason, item.plan.id, item.title, item.due_on, item.to)
        groups.setdefault(key, []).append(item)
    return list(groups.values())


def is_answerable(item: Item) -> bool:
    """Whether its reader owes an answer for it: nobody owes what the plan asks no more."""
    return not item.for_information and item.reason is not Reason.WITHDRAWN


def numbering(items: tuple[Item, ...], known: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The obligations that a reader can answer for, in reading order, behind the ``known`` ones.

    ``known`` are those of an earlier copy of the same mail: its numbers stay good.
    """
    answerable = [item.obligation for item in ordered(items) if is_answerable(item)]
    return tuple(dict.fromkeys((*known, *answerable)))
