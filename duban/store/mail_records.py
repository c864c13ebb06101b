"""What the outbox holds, for those who read it: the contents of mails, their fates, the defects.

Sending is in ``duban.store.outbox``, what becomes of a mail in ``duban.store.outcomes``.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import func, select

from duban.store.database import Connection, Record
from duban.store.outbox import MAIL, WAITING, MailState
from duban.store.tables import (
    DEFECT,
    DELIVERY,
    ENTRY,
    HELD,
    NOTICE,
    OBLIGATION,
    OUTBOX,
    PLAN,
    RECEIVED,
    ROUND_UP,
)
from models.obligation import Stage

_PLAN_HEAD = (
    PLAN.c.title.label("plan_title"),
    PLAN.c.document_number,
    PLAN.c.issued_on,
    PLAN.c.coordinator,
)


def contents(connection: Connection, mails: Iterable[int]) -> list[Record]:
    """The notices in these mails with their obligation and plan as they stand now."""
    query = (
        select(
            NOTICE.c.outbox_id,
            NOTICE.c.step,
            NOTICE.c.kind.label("notice_kind"),
            NOTICE.c.reason,
            NOTICE.c.role.label("recipient_role"),
            NOTICE.c.unit.label("recipient_unit"),
            NOTICE.c.revision.label("notice_revision"),
            OBLIGATION,
            *_PLAN_HEAD,
        )
        .join(OBLIGATION, OBLIGATION.c.id == NOTICE.c.obligation_id)
        .join(PLAN, PLAN.c.id == OBLIGATION.c.plan_id)
        .where(NOTICE.c.outbox_id.in_(list(mails)))
        .order_by(NOTICE.c.id)
    )
    return list(connection.execute(query))


def round_ups(connection: Connection, mails: Iterable[int]) -> list[Record]:
    """The weekly round-ups in these mails, each with the head of its plan."""
    query = (
        select(ROUND_UP.c.outbox_id, ROUND_UP.c.plan_id, *_PLAN_HEAD)
        .join(PLAN, PLAN.c.id == ROUND_UP.c.plan_id)
        .where(ROUND_UP.c.outbox_id.in_(list(mails)))
        .order_by(ROUND_UP.c.plan_id)
    )
    return list(connection.execute(query))


def entries(connection: Connection, numbers: Iterable[int]) -> list[Record]:
    """What was said in these entries, and about which obligation."""
    said = (ENTRY.c.id, ENTRY.c.obligation_id, ENTRY.c.text, ENTRY.c.detail)
    return list(connection.execute(select(*said).where(ENTRY.c.id.in_(list(numbers)))))


def last_answers(connection: Connection, obligations: Iterable[str]) -> dict[str, str]:
    """The Message-ID of the last mail that came in about each of these obligations."""
    query = (
        select(ENTRY.c.obligation_id, RECEIVED.c.message_id)
        .join(RECEIVED, RECEIVED.c.id == ENTRY.c.received_id)
        .where(ENTRY.c.obligation_id.in_(list(obligations)), RECEIVED.c.message_id.is_not(None))
        .order_by(ENTRY.c.id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def shares(connection: Connection, pairs: Iterable[tuple[str, str]]) -> list[Record]:
    """Every live item of these (plan, unit) pairs: what an assignment lists, the titles of rows."""
    wanted = set(pairs)
    if not wanted:
        return []
    plans, units = {plan for plan, _ in wanted}, {unit for _, unit in wanted}
    query = (
        select(
            OBLIGATION.c.id,
            OBLIGATION.c.plan_id,
            OBLIGATION.c.unit,
            OBLIGATION.c.kind,
            OBLIGATION.c.role,
            OBLIGATION.c.title,
            OBLIGATION.c.due_on,
            OBLIGATION.c.addressee,
            OBLIGATION.c.duties,
            OBLIGATION.c.revision,
        )
        .where(
            OBLIGATION.c.plan_id.in_(plans),
            OBLIGATION.c.unit.in_(units),
            OBLIGATION.c.stage.not_in([Stage.WITHDRAWN.value, Stage.REASSIGNED.value]),
        )
        .order_by(OBLIGATION.c.id)
    )
    rows = connection.execute(query)
    # Of one plan, as nearly always, the query has found no others.
    return [*rows] if len(plans) == 1 else [r for r in rows if (r.plan_id, r.unit) in wanted]


def mails(connection: Connection, state: MailState | None = None, limit: int = 500) -> list[Record]:
    """Mails for the office to look at, newest first."""
    query = select(OUTBOX).order_by(OUTBOX.c.id.desc()).limit(limit)
    if state:
        query = query.where(OUTBOX.c.state == state.value)
    return list(connection.execute(query))


def gone_out(connection: Connection, on: date, limit: int = 500) -> list[Record]:
    """The mails that went on a day, in order, of those that were made in the weeks before it."""
    query = (
        select(OUTBOX.c.recipient, OUTBOX.c.subject, OUTBOX.c.sent_at, OUTBOX.c.reply)
        .where(
            OUTBOX.c.channel == MAIL,
            OUTBOX.c.state == MailState.SENT.value,
            OUTBOX.c.on.between(on - timedelta(days=14), on),
            OUTBOX.c.sent_on == on,
        )
        .order_by(OUTBOX.c.id)
        .limit(limit)
    )
    return list(connection.execute(query))


def counts(connection: Connection, channel: str = MAIL) -> dict[str, int]:
    """How many mails, or messages of another channel, stand in each state."""
    query = select(OUTBOX.c.state, func.count()).where(OUTBOX.c.channel == channel)
    query = query.group_by(OUTBOX.c.state)
    return {row[0]: row[1] for row in connection.execute(query)}


def count_held(connection: Connection, as_of: date) -> int:
    """How many mails wait for a later day because their readers had enough for now."""
    is_held = select(HELD.c.id).where(HELD.c.outbox_id == OUTBOX.c.id, HELD.c.until == OUTBOX.c.on)
    waits = (OUTBOX.c.state == MailState.PENDING.value, OUTBOX.c.on > as_of)
    query = select(func.count()).where(*waits, is_held.exists())
    return int(connection.execute(query.select_from(OUTBOX)).scalar_one())


def sent_between(
    connection: Connection, recipients: Iterable[str], first: date, last: date
) -> dict[str, int]:
    """How many mails each of these readers got from one day to another, both included."""
    query = (
        select(OUTBOX.c.recipient, func.count())
        .where(
            OUTBOX.c.recipient.in_(list(recipients)),
            OUTBOX.c.sent_on.between(first, last),
            OUTBOX.c.channel == MAIL,
            OUTBOX.c.state == MailState.SENT.value,
        )
        .group_by(OUTBOX.c.recipient)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def deliveries(connection: Connection, mail: int) -> list[Record]:
    """The failed attempts to hand over one mail."""
    query = select(DELIVERY).where(DELIVERY.c.outbox_id == mail).order_by(DELIVERY.c.id)
    return list(connection.execute(query))


def defects(connection: Connection) -> list[Record]:
    """Addresses that do not work and are not mended yet."""
    query = select(DEFECT).where(DEFECT.c.closed_at.is_(None)).order_by(DEFECT.c.opened_at)
    return list(connection.execute(query))


def mail(connection: Connection, number: int) -> Record | None:
    """One mail by its number; None if there is none."""
    return connection.execute(select(OUTBOX).where(OUTBOX.c.id == number)).one_or_none()


def oldest_waiting(connection: Connection) -> date | None:
    """The day of the oldest mail that still waits; None if none does."""
    query = select(func.min(OUTBOX.c.on)).where(
        OUTBOX.c.channel == MAIL, OUTBOX.c.state.in_(WAITING)
    )
    return connection.execute(query).scalar()


def were_told(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Those of these obligations of which a mail has told anybody."""
    query = (
        select(NOTICE.c.obligation_id)
        .join(OUTBOX, OUTBOX.c.id == NOTICE.c.outbox_id)
        .where(NOTICE.c.obligation_id.in_(list(keys)), OUTBOX.c.sent_on.is_not(None))
    )
    return set(connection.execute(query.distinct()).scalars())
