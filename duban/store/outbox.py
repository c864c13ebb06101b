"""The outbox: which mails wait, who is sending them, and what became of each.

pending → sent, or failed (refused for good, or given up), or cancelled (nothing left to say).
A mail that was being sent when its process died, or whose acceptance is unknown, is uncertain.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from duban.store.database import Connection, Record
from duban.store.tables import DEFECT, DELIVERY, NOTICE, OBLIGATION, OUTBOX, PLAN, insert

BACKOFF = tuple(timedelta(minutes=m) for m in (5, 15, 60, 240, 720, 1440, 1440))
"""Waits between attempts after a temporary refusal; after the last the mail is given up."""


class MailState(StrEnum):
    """Where a mail stands."""

    PENDING = "pending"
    UNCERTAIN = "uncertain"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


_WAITING = (MailState.PENDING.value, MailState.UNCERTAIN.value)


class Claimed(NamedTuple):
    """A mail that this sender alone may send."""

    id: int
    key: str
    recipient: str
    on: date
    attempts: int
    is_uncertain: bool


def claim(
    connection: Connection, holder: str, as_of: date, moment: datetime, limit: int
) -> list[Claimed]:
    """Take up to ``limit`` mails that may go now, oldest first; other senders leave them alone.

    One mail per recipient and day: a recipient who was written to on this day, or whose mail is
    being sent, waits. An uncertain mail counts for the day it was made for.
    """
    rivals = OUTBOX.alias("rival")
    is_rival = or_(
        and_(rivals.c.state == MailState.SENT.value, rivals.c.sent_on == as_of),
        and_(rivals.c.state.in_(_WAITING), rivals.c.claimed_by.is_not(None)),
        and_(rivals.c.state.in_(_WAITING), rivals.c.id < OUTBOX.c.id),
    )
    has_rival = select(rivals.c.id).where(rivals.c.recipient == OUTBOX.c.recipient, is_rival)
    ready = (
        select(OUTBOX.c.id)
        .where(_may_go(as_of, moment), ~has_rival.exists())
        .order_by(OUTBOX.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=OUTBOX)
    )
    taken = (
        OUTBOX.update()
        .where(OUTBOX.c.id.in_(ready), OUTBOX.c.claimed_by.is_(None))
        .values(claimed_by=holder)
        .returning(OUTBOX)
    )
    found = [
        Claimed(
            row.id,
            row.key,
            row.recipient,
            row.on,
            row.attempts,
            row.state == MailState.UNCERTAIN.value,
        )
        for row in connection.execute(taken)
    ]
    return sorted(found)


def _may_go(as_of: date, moment: datetime) -> ColumnElement[bool]:
    return and_(
        OUTBOX.c.state.in_(_WAITING),
        OUTBOX.c.claimed_by.is_(None),
        OUTBOX.c.on <= as_of,
        or_(OUTBOX.c.next_attempt_at.is_(None), OUTBOX.c.next_attempt_at <= moment),
    )


def recover(connection: Connection, holders: Iterable[str]) -> int:
    """Free the mails of senders that are gone; each may have been accepted, so it is uncertain."""
    gone = list(holders)
    if not gone:
        return 0
    query = OUTBOX.update().where(OUTBOX.c.claimed_by.in_(gone))
    values = query.values(claimed_by=None, state=MailState.UNCERTAIN.value)
    return connection.execute(values).rowcount


def claimants(connection: Connection) -> list[str]:
    """Everybody who holds a claim."""
    query = select(OUTBOX.c.claimed_by).where(OUTBOX.c.claimed_by.is_not(None)).distinct()
    return list(connection.execute(query).scalars())


def sent(
    connection: Connection, mail: Claimed, subject: str, reply: str, when: tuple[date, datetime]
) -> None:
    """Record that the server has accepted a mail; ``when`` is the day and the instant."""
    as_of, moment = when
    values = {
        "state": MailState.SENT.value,
        "claimed_by": None,
        "attempts": mail.attempts + 1,
        "sent_on": mail.on if mail.is_uncertain else as_of,
        "sent_at": moment,
        "subject": subject,
        "reply": reply,
    }
    connection.execute(OUTBOX.update().where(OUTBOX.c.id == mail.id).values(values))


def release(connection: Connection, mails: Iterable[Claimed]) -> None:
    """Give back mails that were not tried, or surely not accepted.

    A mail that was opened for the same recipient meanwhile takes over the notices, so that there
    stays one.
    """
    for mail in mails:
        open_mail = connection.execute(
            select(OUTBOX.c.id).where(
                OUTBOX.c.recipient == mail.recipient,
                OUTBOX.c.state == MailState.PENDING.value,
                OUTBOX.c.claimed_by.is_(None),
            )
        ).scalar()
        mine = OUTBOX.update().where(OUTBOX.c.id == mail.id)
        if open_mail is None or mail.is_uncertain:
            connection.execute(mine.values(claimed_by=None))
            continue
        moved = NOTICE.update().where(NOTICE.c.outbox_id == mail.id)
        connection.execute(moved.values(outbox_id=open_mail))
        cancelled = {"state": MailState.CANCELLED.value, "claimed_by": None}
        connection.execute(mine.values(cancelled | {"reply": f"merged into {open_mail}"}))


def postponed(
    connection: Connection, mail: Claimed, reply: str, moment: datetime, *, is_uncertain: bool
) -> MailState:
    """Record a temporary failure: another attempt later, or, after the last, failed."""
    _note_attempt(connection, mail, "temporary", reply, moment)
    mine = OUTBOX.update().where(OUTBOX.c.id == mail.id)
    if mail.attempts >= len(BACKOFF):
        given_up = f"given up after {mail.attempts + 1} attempts: {reply}"
        _fail(connection, mail, given_up)
        return MailState.FAILED
    tried = {
        "attempts": mail.attempts + 1,
        "next_attempt_at": moment + BACKOFF[mail.attempts],
        "reply": reply,
    }
    connection.execute(mine.values(tried))
    if is_uncertain:
        freed = {"claimed_by": None, "state": MailState.UNCERTAIN.value}
        connection.execute(mine.values(freed))
        return MailState.UNCERTAIN
    release(connection, [mail])
    return MailState.PENDING


def failed(
    connection: Connection, mail: Claimed, reply: str, moment: datetime, *, is_defect: bool
) -> None:
    """Record a refusal for good; ``is_defect`` opens a defect of the address for the office."""
    _note_attempt(connection, mail, "permanent", reply, moment)
    _fail(connection, mail, reply)
    if not is_defect:
        return
    defect = {"address": mail.recipient, "because": reply, "opened_at": moment, "closed_at": None}
    connection.execute(insert(connection, DEFECT).on_conflict_do_nothing(), [defect])


def cancelled(connection: Connection, mail: Claimed, because: str) -> None:
    """Record that nothing was left to say when the mail was about to go."""
    values = {"state": MailState.CANCELLED.value, "claimed_by": None, "reply": because}
    connection.execute(OUTBOX.update().where(OUTBOX.c.id == mail.id).values(values))


def _fail(connection: Connection, mail: Claimed, reply: str) -> None:
    values = {
        "state": MailState.FAILED.value,
        "claimed_by": None,
        "attempts": mail.attempts + 1,
        "reply": reply,
    }
    connection.execute(OUTBOX.update().where(OUTBOX.c.id == mail.id).values(values))


def _note_attempt(
    connection: Connection, mail: Claimed, outcome: str, reply: str, moment: datetime
) -> None:
    row = {"outbox_id": mail.id, "at": moment, "outcome": outcome, "reply": reply}
    connection.execute(DELIVERY.insert(), [row])


def contents(connection: Connection, mails: Iterable[int]) -> list[Record]:
    """The notices in these mails with their obligation and plan as they stand now."""
    query = (
        select(
            NOTICE.c.outbox_id,
            NOTICE.c.step,
            NOTICE.c.kind.label("notice_kind"),
            NOTICE.c.reason,
            NOTICE.c.role.label("recipient_role"),
            NOTICE.c.revision.label("notice_revision"),
            OBLIGATION,
            PLAN.c.title.label("plan_title"),
            PLAN.c.document_number,
            PLAN.c.issued_on,
            PLAN.c.coordinator,
        )
        .join(OBLIGATION, OBLIGATION.c.id == NOTICE.c.obligation_id)
        .join(PLAN, PLAN.c.id == OBLIGATION.c.plan_id)
        .where(NOTICE.c.outbox_id.in_(list(mails)))
        .order_by(NOTICE.c.id)
    )
    return list(connection.execute(query))


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
            OBLIGATION.c.stage != "withdrawn",
        )
        .order_by(OBLIGATION.c.id)
    )
    rows = connection.execute(query)
    return [row for row in rows if (row.plan_id, row.unit) in wanted]


def mails(connection: Connection, state: MailState | None = None, limit: int = 500) -> list[Record]:
    """Mails for the office to look at, newest first."""
    query = select(OUTBOX).order_by(OUTBOX.c.id.desc()).limit(limit)
    if state:
        query = query.where(OUTBOX.c.state == state.value)
    return list(connection.execute(query))


def counts(connection: Connection) -> dict[str, int]:
    """How many mails stand in each state."""
    query = select(OUTBOX.c.state, func.count()).group_by(OUTBOX.c.state)
    return {row[0]: row[1] for row in connection.execute(query)}


def deliveries(connection: Connection, mail: int) -> list[Record]:
    """The failed attempts to hand over one mail."""
    query = select(DELIVERY).where(DELIVERY.c.outbox_id == mail).order_by(DELIVERY.c.id)
    return list(connection.execute(query))


def revive(connection: Connection, mail: int, as_of: date) -> bool:
    """Let a failed mail be tried again, as the office wishes; its address's defect is closed."""
    row = connection.execute(select(OUTBOX).where(OUTBOX.c.id == mail)).one_or_none()
    if row is None or row.state != MailState.FAILED.value:
        return False
    # Uncertain, not pending: another mail may be open for this recipient by now.
    values = {"state": MailState.UNCERTAIN.value, "attempts": 0, "next_attempt_at": None}
    connection.execute(OUTBOX.update().where(OUTBOX.c.id == mail).values(values | {"on": as_of}))
    close = DEFECT.delete().where(DEFECT.c.address == row.recipient, DEFECT.c.closed_at.is_(None))
    connection.execute(close)
    return True


def defects(connection: Connection) -> list[Record]:
    """Addresses that do not work and are not mended yet."""
    query = select(DEFECT).where(DEFECT.c.closed_at.is_(None)).order_by(DEFECT.c.opened_at)
    return list(connection.execute(query))
