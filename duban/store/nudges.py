"""Nudges in the outbox: queued with the mail they speak of, paced by what the outbox remembers.

What becomes of one is recorded as for a mail, by ``duban.store.outcomes``.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, case, func, literal, or_, select, text

from duban.store.database import Connection
from duban.store.outbox import NUDGE, WAITING, Claimed, claimed, fresh, may_go, take
from duban.store.tables import DELIVERY, OUTBOX, insert

_MINE = OUTBOX.c.channel == NUDGE


class ClaimedNudge(NamedTuple):
    """A nudge that this sender alone may send, and the subjects it is made of."""

    claimed: Claimed
    subjects: list[str]


def queue(connection: Connection, recipients: Iterable[str], subject: str, on: date) -> None:
    """Add a subject, one line, to the open nudge of each recipient, made where there is none."""
    rows = [
        fresh(NUDGE, recipient, on) | {"words": subject} for recipient in sorted(set(recipients))
    ]
    if not rows:
        return
    statement = insert(connection, OUTBOX)
    known, new = OUTBOX.c.words, statement.excluded.words
    line = literal("\n")
    has_it = (line + known + line).contains("\n" + subject + "\n", autoescape=True)
    statement = statement.on_conflict_do_update(
        index_elements=[OUTBOX.c.recipient],
        index_where=text("state = 'pending' AND claimed_by IS NULL"),
        set_={
            "on": statement.excluded["on"],
            "words": case((has_it, known), else_=known + line + new),
        },
    )
    connection.execute(statement, rows)


def waiting(connection: Connection) -> dict[str, int]:
    """How many nudges wait, by recipient."""
    query = select(OUTBOX.c.recipient, func.count()).where(_MINE, OUTBOX.c.state.in_(WAITING))
    return {row[0]: row[1] for row in connection.execute(query.group_by(OUTBOX.c.recipient))}


def claim(
    connection: Connection, holder: str, recipient: str, as_of: date, moment: datetime
) -> ClaimedNudge | None:
    """Take a recipient's oldest nudge that may go now; None where there is none."""
    ready = (
        select(OUTBOX.c.id)
        .where(_MINE, OUTBOX.c.recipient == recipient, may_go(as_of, moment))
        .order_by(OUTBOX.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .cte()  # PostgreSQL may run a plain subquery again for each row, past its limit
    )
    rows = take(connection, ready, holder)
    return ClaimedNudge(claimed(rows[0]), rows[0].words.split("\n")) if rows else None


def tried_since(connection: Connection, recipient: str, moment: datetime, span: timedelta) -> int:
    """How often a recipient's service was asked in the span up to a moment, refusals included.

    What another sender has in hand counts as well.
    """
    begin = moment - span
    mine = (_MINE, OUTBOX.c.recipient == recipient)
    went = and_(
        OUTBOX.c.sent_on >= begin.date() - timedelta(days=1),  # for the index
        OUTBOX.c.sent_at > begin,
        OUTBOX.c.sent_at <= moment,
    )
    messages = select(func.count()).where(*mine, or_(went, OUTBOX.c.claimed_by.is_not(None)))
    refusals = (
        select(func.count())
        .join_from(DELIVERY, OUTBOX, DELIVERY.c.outbox_id == OUTBOX.c.id)
        .where(*mine, DELIVERY.c.at > begin, DELIVERY.c.at <= moment)
    )
    counts = select(messages.scalar_subquery() + refusals.scalar_subquery())
    return int(connection.execute(counts).scalar_one())
