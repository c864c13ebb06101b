"""The outbox: which mails wait, and who is sending them.

pending → uncertain → sent, or failed (refused for good, or given up), or cancelled (nothing left
to say). A mail is uncertain from the moment its handing over begins until the outcome is recorded
(``duban.store.outcomes``), so what is uncertain and nobody's claim may or may not have been
accepted.
"""

import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import CTE, ColumnElement, Update, and_, bindparam, or_, select
from sqlalchemy.exc import IntegrityError

from duban.store.database import Connection, Record
from duban.store.tables import HELD, NOTICE, OUTBOX, ROUND_UP


class MailState(StrEnum):
    """Where a mail stands."""

    PENDING = "pending"
    UNCERTAIN = "uncertain"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


MAIL, NUDGE = "mail", "nudge"
"""The channels: a mail, and the nudge that follows it (``duban.store.nudges``)."""

WAITING = (MailState.PENDING.value, MailState.UNCERTAIN.value)
"""The states of a mail that is still to go."""

_OPEN = and_(OUTBOX.c.state == MailState.PENDING.value, OUTBOX.c.claimed_by.is_(None))


class Claimed(NamedTuple):
    """A mail that this sender alone may send; ``is_uncertain`` is how it was found.

    ``items`` are the obligations that a copy of it has numbered which may have arrived.
    """

    id: int
    key: str
    recipient: str
    on: date
    attempts: int
    is_uncertain: bool
    holder: str
    items: tuple[str, ...] = ()


def fresh(channel: str, recipient: str, on: date) -> dict[str, object]:
    """The row of a mail or nudge that is to go, not before a day."""
    return {
        "key": secrets.token_hex(8),
        "channel": channel,
        "recipient": recipient,
        "state": MailState.PENDING.value,
        "on": on,
        "attempts": 0,
    }


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
        and_(rivals.c.state.in_(WAITING), rivals.c.claimed_by.is_not(None)),
        and_(rivals.c.state.in_(WAITING), rivals.c.id < OUTBOX.c.id),
    )
    has_rival = select(rivals.c.id).where(rivals.c.recipient == OUTBOX.c.recipient, is_rival)
    ready = (
        select(OUTBOX.c.id)
        .where(OUTBOX.c.channel == MAIL, may_go(as_of, moment), ~has_rival.exists())
        .order_by(OUTBOX.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=OUTBOX)
        .cte()  # PostgreSQL may run a plain subquery again for each row, past its limit
    )
    return sorted(map(claimed, take(connection, ready, holder)))


def take(connection: Connection, ready: CTE, holder: str) -> list[Record]:
    """Claim for a sender the rows that a query has found ready, but for those it lost meanwhile."""
    taken = (
        OUTBOX.update()
        .where(OUTBOX.c.id.in_(select(ready.c.id)), OUTBOX.c.claimed_by.is_(None))
        .values(claimed_by=holder)
        .returning(OUTBOX)
    )
    return list(connection.execute(taken))


def claimed(row: Record) -> Claimed:
    """A claimed row as its sender has it."""
    is_uncertain = row.state == MailState.UNCERTAIN.value
    items = tuple(json.loads(row.items)) if is_uncertain and row.items else ()
    return Claimed(
        row.id, row.key, row.recipient, row.on, row.attempts, is_uncertain, row.claimed_by, items
    )


# Each mail costs this statement, so it is built once.
_BEGIN = (
    OUTBOX.update()
    .where(OUTBOX.c.id == bindparam("mail"), OUTBOX.c.claimed_by == bindparam("mine"))
    .values(state=MailState.UNCERTAIN.value, on=bindparam("day"), items=bindparam("numbered"))
)


def begin(connection: Connection, mail: Claimed, as_of: date, items: Sequence[str] = ()) -> bool:
    """Note that a mail is about to be handed over: whoever dies now leaves it uncertain.

    ``items`` are the obligations that it numbers, number 1 first: an answer names them so.

    Returns:
        False if the claim is lost: this sender was taken for dead, and another has the mail.
    """
    # An uncertain mail keeps the day on which it may have arrived.
    day = mail.on if mail.is_uncertain else as_of
    values = {
        "mail": mail.id,
        "mine": mail.holder,
        "day": day,
        "numbered": json.dumps(items, ensure_ascii=False),
    }
    begun = connection.execute(_BEGIN, values)
    return begun.rowcount == 1


def update_claimed(mail: Claimed) -> Update:
    """The update of a claimed mail, which finds nothing once the claim is lost."""
    return OUTBOX.update().where(OUTBOX.c.id == mail.id, OUTBOX.c.claimed_by == mail.holder)


def may_go(as_of: date, moment: datetime) -> ColumnElement[bool]:
    """What waits, is nobody's, and has its day and its next attempt behind it."""
    return and_(
        OUTBOX.c.state.in_(WAITING),
        OUTBOX.c.claimed_by.is_(None),
        OUTBOX.c.on <= as_of,
        or_(OUTBOX.c.next_attempt_at.is_(None), OUTBOX.c.next_attempt_at <= moment),
    )


def recover(connection: Connection, holders: Iterable[str]) -> int:
    """Free the mails of senders that are gone; the one that was on its way stays uncertain."""
    gone = list(holders)
    if not gone:
        return 0
    # A row that is locked is in somebody's hands after all; the next run will see.
    query = select(OUTBOX).where(OUTBOX.c.claimed_by.in_(gone)).with_for_update(skip_locked=True)
    mails = [claimed(row) for row in connection.execute(query)]
    release(connection, mails)
    return len(mails)


def claimants(connection: Connection) -> list[str]:
    """Everybody who holds a claim."""
    query = select(OUTBOX.c.claimed_by).where(OUTBOX.c.claimed_by.is_not(None)).distinct()
    return list(connection.execute(query).scalars())


def release(connection: Connection, mails: Iterable[Claimed]) -> None:
    """Give back mails that were not tried, or surely not accepted.

    A mail that was opened for the same recipient meanwhile is merged into the one given back, so
    that there stays one, with its attempts and its back-off.
    """
    # In one order whoever writes, or two writers on PostgreSQL could wait for each other.
    for mail in sorted(mails, key=lambda mail: mail.recipient):
        if mail.is_uncertain:
            connection.execute(update_claimed(mail).values(claimed_by=None))
            continue
        while not _is_free(connection, mail):
            _merge_open(connection, mail)


def hold(connection: Connection, mail: Claimed, as_of: date, until: date, because: str) -> bool:
    """Give a mail back and let it wait, open for more, until a later day; that is on record.

    Returns:
        False if another mail has been opened for its reader: the two are one, and it may go.
    """
    values = {"state": MailState.PENDING.value, "claimed_by": None, "on": until, "reply": because}
    try:
        with connection.begin_nested():
            connection.execute(update_claimed(mail).values(values))
    except IntegrityError:
        release(connection, [mail])
        return False
    is_same = and_(HELD.c.outbox_id == mail.id, HELD.c.until == until)
    if connection.execute(select(HELD.c.id).where(is_same)).first() is None:
        row = {"outbox_id": mail.id, "recipient": mail.recipient, "on": as_of, "until": until}
        connection.execute(HELD.insert(), [row])
    return True


def _is_free(connection: Connection, mail: Claimed) -> bool:
    """False if another mail has been opened for the recipient; nothing is changed then.

    A claim that was lost is left to whoever has it now.
    """
    freed = update_claimed(mail).values(claimed_by=None, state=MailState.PENDING.value)
    try:
        with connection.begin_nested():
            connection.execute(freed)
    except IntegrityError:
        return False
    return True


def _merge_open(connection: Connection, mail: Claimed) -> None:
    of_recipient = select(OUTBOX).where(OUTBOX.c.recipient == mail.recipient, _OPEN)
    found = connection.execute(of_recipient.with_for_update()).one_or_none()
    if found is None:  # a sender has taken it in the same instant
        return
    rival = found.id
    if found.channel == NUDGE:
        joined = OUTBOX.c.words + "\n" + found.words
        connection.execute(OUTBOX.update().where(OUTBOX.c.id == mail.id).values(words=joined))
    merged = {"state": MailState.CANCELLED.value, "reply": f"merged into {mail.id}"}
    connection.execute(OUTBOX.update().where(OUTBOX.c.id == rival).values(merged))
    for table in (NOTICE, ROUND_UP):
        moved = table.update().where(table.c.outbox_id == rival)
        connection.execute(moved.values(outbox_id=mail.id))
