"""Notices as a mail shows them: records of the ledger made into items."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from duban.service.workplace import Workplace
from duban.store import mapping
from duban.store.database import Record
from models.notice import Reason
from models.obligation import ItemKind, Role
from models.policy import NoticeKind
from models.roster import Post
from notifications.digest import Dated, Item, PlanHead
from notifications.digest import Row as PlanRow

OFFICES = (Post.COORDINATING_OFFICE, Post.INSPECTION_OFFICE)

Share = Mapping[tuple[str, str], list[Record]]
"""All that a unit has in a plan, by plan and unit."""

_ROLES = {role.value: role for role in Role}

_NO_DATE_NOW = (Reason.SUSPENDED, Reason.REASSIGNED, Reason.WITHDRAWN)


class Remark(NamedTuple):
    """What the entry behind a decision or a request says.

    ``heir`` is the unit that an item was re-routed to, ``answered`` the Message-ID of the last mail
    that came in about the item.
    """

    text: str
    heir: str = ""
    answered: str | None = None


def entry_of(row: Record) -> int | None:
    """The number of the entry that a decision or a request is about, as its step has it."""
    found = row.step.split("-")[1:2]
    is_told = row.notice_kind in (NoticeKind.DECISION.value, NoticeKind.REQUEST.value)
    return int(found[0]) if is_told and found and found[0].isdecimal() else None


def is_for_information(row: Record) -> bool:
    """Whether the reader watches over it: an office, or a lead told of another's report."""
    return Post(row.recipient_role) in OFFICES or row.notice_kind == NoticeKind.INNER_DATE.value


def item(workplace: Workplace, row: Record, shares: Share, remark: Remark, on: date) -> Item:
    """One notice with its obligation as it stands now; days are counted from ``on``.

    The date shown is the one in force: the inner date while a result is returned.
    """
    calendar, reason = workplace.calendar, Reason(row.reason)
    share = shares.get((row.plan_id, row.unit), [])
    is_gone = reason is Reason.WITHDRAWN
    is_assigned = row.kind == ItemKind.ASSIGNMENT.value and not is_gone
    due_on = None if reason in _NO_DATE_NOW else mapping.standing(row).chased_for
    return Item(
        obligation=row.id,
        kind=NoticeKind(row.notice_kind),
        reason=reason,
        step=row.step,
        unit=workplace.unit_now(row.plan_id, row.unit, on),
        title=row.title,
        to=row.addressee,
        due_on=due_on,
        days_left=(due_on - on).days if due_on else None,
        working_days_left=calendar.count(on, due_on) if due_on else None,
        text=row.text,
        rows=() if is_gone else tuple(_rows(workplace, row, share)),
        dated=tuple(_dated(workplace, share)) if is_assigned else (),
        plan=head(workplace, row, on),
        provisional=due_on is not None and calendar.is_provisional(due_on),
        for_information=is_for_information(row),
        calendar_sequence=row.revision,
        last_workday=calendar.on_or_before(due_on) if due_on else None,
        stated_on=_stated_on(row, due_on),
        remark=remark.text,
        until=_until(row, reason),
        heir=remark.heir,
    )


def _stated_on(row: Record, due_on: date | None) -> date | None:
    """The date that stands behind the one in force; None where they are one."""
    if due_on is None:
        return None
    behind: date | None = row.due_on if due_on != row.due_on else row.stated_due_on
    return behind if behind != due_on else None


def _until(row: Record, reason: Reason) -> date | None:
    if reason is Reason.EXTENSION_REQUESTED:
        asked: date | None = row.asked_due_on
        return asked
    resumes: date | None = row.resumes_on if reason is Reason.SUSPENDED else None
    return resumes


def _rows(workplace: Workplace, row: Record, share: list[Record]) -> Iterable[PlanRow]:
    """The rows of the document that an item covers, with the unit's part in each."""
    parts: Mapping[str, Record] = {
        mapping.numbers(item.duties)[0]: item for item in share if item.kind == ItemKind.DUTY.value
    }
    titles = workplace.duty_titles(row.plan_id)
    for number in mapping.numbers(row.duties):
        part = parts.get(number)
        if part is not None:
            yield PlanRow(number, part.title, _ROLES[part.role])
        elif number in titles:
            yield PlanRow(number, titles[number], Role.RESPONSIBLE)


def _dated(workplace: Workplace, share: list[Record]) -> Iterable[Dated]:
    for item in sorted((item for item in share if item.due_on), key=lambda item: item.due_on):
        yield Dated(
            title=item.title,
            due_on=item.due_on,
            to=item.addressee,
            obligation=item.id,
            calendar_sequence=item.revision,
            last_workday=workplace.calendar.on_or_before(item.due_on),
        )


def head(workplace: Workplace, row: Record, on: date) -> PlanHead:
    """The plan of a record, and whom to call about it on that day.

    Raises:
        UnknownPlan: it is not there, or not sound, at the moment.
    """
    office = workplace.plan(row.plan_id).reach.office(on)
    return PlanHead(
        id=row.plan_id,
        title=row.plan_title,
        document_number=row.document_number,
        issued_on=row.issued_on,
        coordinator=row.coordinator,
        coordinator_phone=office.phone,
        coordinator_address=office.address,
    )
