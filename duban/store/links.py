"""What a link in a mail rests on: the mail that carries it, and links declared void."""

from datetime import datetime

from sqlalchemy import func, select

from duban.store.database import Connection, Record
from duban.store.tables import OUTBOX, REVOCATION


def mail(connection: Connection, key: str) -> Record | None:
    """The mail of that key, whatever has become of it."""
    return connection.execute(select(OUTBOX).where(OUTBOX.c.key == key)).one_or_none()


def void_until(connection: Connection, address: str) -> datetime | None:
    """The instant up to which the links of an address are void; None where none is."""
    same = func.lower(REVOCATION.c.address) == address.lower()
    return connection.execute(select(func.max(REVOCATION.c.made_until)).where(same)).scalar()
