"""Single answers about the outbox for those who look after it; sending has its own module."""

from datetime import date

from sqlalchemy import func, select

from duban.store.database import Connection, Record
from duban.store.outbox import MailState
from duban.store.tables import OUTBOX

_WAITING = (MailState.PENDING.value, MailState.UNCERTAIN.value)


def mail(connection: Connection, number: int) -> Record | None:
    """One mail by its number; None if there is none."""
    return connection.execute(select(OUTBOX).where(OUTBOX.c.id == number)).one_or_none()


def oldest_waiting(connection: Connection) -> date | None:
    """The day of the oldest mail that still waits; None if none does."""
    query = select(func.min(OUTBOX.c.on)).where(OUTBOX.c.state.in_(_WAITING))
    return connection.execute(query).scalar()
