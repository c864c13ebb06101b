"""Mails that came in: each once, what became of it, and what waits for the office."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import DataError, IntegrityError

from duban.store.database import Connection, Record
from duban.store.outbox import MailState
from duban.store.tables import DEFECT, DELIVERY, NOTICE, OBLIGATION, OUTBOX, RECEIVED, insert


class ReceivedState(StrEnum):
    """What became of a mail that came in; ``partly`` is acted upon in part, the office sees it."""

    ACTED = "acted"
    PARTLY = "partly"
    OFFICE = "office"
    SETTLED = "settled"
    IGNORED = "ignored"


WAITING = (ReceivedState.PARTLY.value, ReceivedState.OFFICE.value)
"""The states of a mail that somebody of the office must look at."""

Unstorable = (DataError, IntegrityError)
"""What the database says of a row that it will never take; any other trouble may pass."""

_CHUNK = 1000


def storable(text: str) -> str:
    """The text without what no database takes: NUL and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def of_content(connection: Connection, content: str) -> Record | None:
    """The mail of this content, if it has come in before."""
    query = select(RECEIVED).where(RECEIVED.c.content == content)
    return connection.execute(query).one_or_none()


def twin(connection: Connection, message_id: str, sender: str, text: str) -> int | None:
    """The number of the same message delivered before by another way: other bytes, same words."""
    query = (
        select(RECEIVED.c.id)
        .where(RECEIVED.c.message_id == message_id)
        .where(RECEIVED.c.sender == sender, RECEIVED.c.text == text)
        .order_by(RECEIVED.c.id)
        .limit(1)
    )
    return connection.execute(query).scalar()


def add(connection: Connection, values: Mapping[str, Any]) -> int:
    """Put a mail on record; gives its number. Its content must be new."""
    return int(connection.execute(RECEIVED.insert().returning(RECEIVED.c.id), values).scalar_one())


def conclude(connection: Connection, number: int, state: ReceivedState, because: str) -> None:
    """Write down what became of a mail in the end, and why."""
    query = RECEIVED.update().where(RECEIVED.c.id == number)
    connection.execute(query.values(state=state.value, because=because))


def get(connection: Connection, number: int) -> Record | None:
    """One mail by its number; None if there is none."""
    return connection.execute(select(RECEIVED).where(RECEIVED.c.id == number)).one_or_none()


def waiting(connection: Connection, limit: int = 500) -> list[Record]:
    """The mails that wait for the office, oldest first."""
    query = select(RECEIVED).where(RECEIVED.c.state.in_(WAITING)).order_by(RECEIVED.c.id)
    return list(connection.execute(query.limit(limit)))


def counts(connection: Connection) -> dict[str, int]:
    """How many mails stand in each state."""
    query = select(RECEIVED.c.state, func.count()).group_by(RECEIVED.c.state)
    return {row[0]: row[1] for row in connection.execute(query)}


def settle(connection: Connection, number: int, by: str, at: datetime, text: str) -> bool:
    """Note that the office has dealt with a mail, and how; False if it does not wait."""
    values = {
        "state": ReceivedState.SETTLED.value,
        "settled_by": by,
        "settled_at": at,
        "settled_text": text,
    }
    mine = RECEIVED.update().where(RECEIVED.c.id == number, RECEIVED.c.state.in_(WAITING))
    return connection.execute(mine.values(values)).rowcount == 1


def mail_of_key(connection: Connection, key: str) -> Record | None:
    """The mail of ours that has this key."""
    return connection.execute(select(OUTBOX).where(OUTBOX.c.key == key)).one_or_none()


def mail_where(connection: Connection, is_meant: Callable[[str], bool]) -> Record | None:
    """The newest mail of ours whose key is the one meant.

    A Message-ID follows from the key and not the other way round, so the keys are tried; those
    referred to are nearly always among the newest.
    """
    last: int | None = None
    while True:
        query = select(OUTBOX.c.id, OUTBOX.c.key).order_by(OUTBOX.c.id.desc()).limit(_CHUNK)
        rows = connection.execute(query if last is None else query.where(OUTBOX.c.id < last)).all()
        for row in rows:
            if is_meant(row.key):
                return mail_of_key(connection, row.key)
        if len(rows) < _CHUNK:
            return None
        last = rows[-1].id


def items(connection: Connection, keys: Iterable[str]) -> dict[str, Record]:
    """These obligations as they stand now, by id."""
    query = select(OBLIGATION).where(OBLIGATION.c.id.in_(list(keys)))
    return {row.id: row for row in connection.execute(query)}


def roles(connection: Connection, mail: int) -> dict[str, set[str]]:
    """For each obligation that a mail speaks of, the posts for which its reader was told."""
    query = select(NOTICE.c.obligation_id, NOTICE.c.role).where(NOTICE.c.outbox_id == mail)
    found: dict[str, set[str]] = {}
    for row in connection.execute(query):
        found.setdefault(row.obligation_id, set()).add(row.role)
    return found


def came_back(connection: Connection, mail: Record, words: str, at: datetime) -> None:
    """Note that a mail which had been accepted came back for good, and open its address's defect.

    The mail counts as failed, so that it can be sent again; a later mail that is accepted does not
    count for this one.
    """
    connection.execute(
        DELIVERY.insert(), {"outbox_id": mail.id, "at": at, "outcome": "bounced", "reply": words}
    )
    sent = OUTBOX.update().where(OUTBOX.c.id == mail.id, OUTBOX.c.state == MailState.SENT.value)
    connection.execute(sent.values(state=MailState.FAILED.value, reply=words))
    defect = {"address": mail.recipient, "because": words, "opened_at": at, "closed_at": None}
    connection.execute(insert(connection, DEFECT).on_conflict_do_nothing(), [defect])
