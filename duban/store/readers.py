"""Who the waiting mails are for, and notices moved to another reader's mail before they go."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.exc import IntegrityError

from duban.store.database import Connection, Record
from duban.store.outbox import MAIL, WAITING
from duban.store.planning import open_mails
from duban.store.tables import NOTICE, OBLIGATION, OUTBOX, ROUND_UP

_WAITS = (
    OUTBOX.c.channel == MAIL,
    OUTBOX.c.state.in_(WAITING),
    OUTBOX.c.claimed_by.is_(None),
)


class Contents(NamedTuple):
    """The notices and the round-ups of mails, each with whom its mail goes to (``mail_to``)."""

    notices: list[Record]
    round_ups: list[Record]


class Move(NamedTuple):
    """A notice or a round-up in a waiting mail that is for another reader by now.

    ``values`` are the columns that change besides the recipient. ``stays``: its mail goes to that
    reader already.
    """

    number: int
    mail: int
    recipient: str
    values: dict[str, str]
    stays: bool


def waiting(connection: Connection, as_of: date) -> Contents:
    """What is in mails that may go by a day and that nobody is sending."""
    return _contents(connection, *_WAITS, OUTBOX.c.on <= as_of)


def of_mail(connection: Connection, mail: int) -> Contents:
    """What is in one mail."""
    return _contents(connection, OUTBOX.c.id == mail)


def _contents(connection: Connection, *conditions: ColumnElement[bool]) -> Contents:
    mail = OUTBOX.c.recipient.label("mail_to")
    notices = (
        select(
            NOTICE.c.id,
            NOTICE.c.outbox_id,
            NOTICE.c.recipient,
            NOTICE.c.role,
            NOTICE.c.kind,
            NOTICE.c.on,
            NOTICE.c.unit.label("recipient_unit"),
            OBLIGATION.c.plan_id,
            OBLIGATION.c.unit,
            mail,
        )
        .join(OUTBOX, OUTBOX.c.id == NOTICE.c.outbox_id)
        .join(OBLIGATION, OBLIGATION.c.id == NOTICE.c.obligation_id)
        .where(*conditions)
        .order_by(NOTICE.c.id)
    )
    round_ups = (
        select(ROUND_UP, mail)
        .join(OUTBOX, OUTBOX.c.id == ROUND_UP.c.outbox_id)
        .where(*conditions)
        .order_by(ROUND_UP.c.id)
    )
    return Contents(list(connection.execute(notices)), list(connection.execute(round_ups)))


def move_notices(connection: Connection, moves: Iterable[Move], on: date) -> int:
    """Put notices into the open mails of their new readers; how many were moved.

    One that its new reader has already is taken away, and one that somebody began to send is left.
    """
    return _move(connection, NOTICE, moves, on)


def move_round_ups(connection: Connection, moves: Iterable[Move], on: date) -> int:
    """The same with round-ups."""
    return _move(connection, ROUND_UP, moves, on)


def _move(connection: Connection, table: Table, moves: Iterable[Move], on: date) -> int:
    wanted = list(moves)
    mails = sorted({move.mail for move in wanted})
    free = select(OUTBOX.c.id).where(OUTBOX.c.id.in_(mails), *_WAITS).with_for_update()
    is_free = set(connection.execute(free.order_by(OUTBOX.c.id)).scalars()) if mails else set()
    moved = [move for move in wanted if move.mail in is_free]
    readers = {move.recipient for move in moved if not move.stays}
    found = open_mails(connection, sorted(readers), on)
    for move in moved:
        this = table.c.id == move.number
        mail = move.mail if move.stays else found[move.recipient]
        to = {"recipient": move.recipient, "outbox_id": mail}
        try:
            with connection.begin_nested():
                connection.execute(table.update().where(this).values({**move.values, **to}))
        except IntegrityError:
            connection.execute(table.delete().where(this))
    return len(moved)
