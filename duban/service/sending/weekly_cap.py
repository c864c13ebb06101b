"""The cap on mails a week: what only reminds waits when its reader has had enough of them.

Slips, chases, assignments, decisions, what is due today and all that offices get never wait; nor
does a reminder whose date would pass meanwhile.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from duban.service.workplace import Workplace
from duban.store import mail_records
from duban.store.database import Connection
from duban.store.outbox import Claimed
from notifications.digest import Digest, Item, Urgency, urgency

_ONLY_REMINDS = (Urgency.REMINDER, Urgency.ACKNOWLEDGE_CHASE)


class Hold(NamedTuple):
    """Until which day a mail waits, and why, for the record."""

    until: date
    because: str


def holds(
    connection: Connection,
    workplace: Workplace,
    digests: Mapping[Claimed, Digest],
    as_of: date,
) -> dict[int, Hold]:
    """Which of these mails are to wait until the first workday of the next week, by number."""
    until = workplace.calendar.on_or_after(_monday(as_of) + timedelta(days=7))
    caps = {
        mail: cap
        for mail, digest in digests.items()
        if (cap := _cap(workplace, digest)) and _may_wait(mail, digest, until)
    }
    if not caps:
        return {}
    readers = {mail.recipient for mail in caps}
    had = mail_records.sent_between(connection, readers, _monday(as_of), as_of)
    return {
        mail.id: Hold(until, f"held until {until}: its reader has had {count} mails this week")
        for mail, cap in caps.items()
        if (count := had.get(mail.recipient, 0)) >= cap
    }


def has_cap(workplace: Workplace) -> bool:
    """Whether any plan caps the mails of a week."""
    plans = workplace.office.plans.values()
    return any(plan.policy.terms.mails_per_week for plan in plans)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _cap(workplace: Workplace, digest: Digest) -> int | None:
    """The strictest cap of the plans in a mail; None where none of them has one."""
    policies = (workplace.plan(head.id).policy for head in digest.plans)
    caps = [policy.terms.mails_per_week for policy in policies if policy.terms.mails_per_week]
    return min(caps, default=None)


def _may_wait(mail: Claimed, digest: Digest, until: date) -> bool:
    if mail.is_uncertain or digest.round_ups:
        return False
    return all(_only_reminds(item, until) for item in digest.items)


def _only_reminds(item: Item, until: date) -> bool:
    if item.for_information or urgency(item) not in _ONLY_REMINDS:
        return False
    return item.last_workday is None or item.last_workday >= until
