"""Which document was handed in for which obligation, when, by whom, about what day."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from duban.store.database import Connection, Record
from duban.store.documents import Stored
from duban.store.tables import DOCUMENT, EVIDENCE, OBLIGATION, RECEIVED, add_new, insert

_COLUMNS = (EVIDENCE, DOCUMENT.c.size, DOCUMENT.c.media_type, OBLIGATION.c.plan_id)


def add_document(connection: Connection, stored: Stored, media_type: str, at: datetime) -> None:
    """Note a stored content; one that is known keeps what was said of it first."""
    row = {**stored._asdict(), "media_type": media_type, "stored_at": at}
    add_new(connection, DOCUMENT, [row])


def add(connection: Connection, values: dict[str, Any]) -> int:
    """Note a document as evidence of an obligation; its number, the same if it was already."""
    query = insert(connection, EVIDENCE).values(values).on_conflict_do_nothing()
    connection.execute(query)
    same = (
        EVIDENCE.c.obligation_id == values["obligation_id"],
        EVIDENCE.c.content == values["content"],
    )
    return int(connection.execute(select(EVIDENCE.c.id).where(*same)).scalar_one())


def one(connection: Connection, number: int) -> Record | None:
    """One piece of evidence, with size, media type and plan."""
    return connection.execute(_evidence().where(EVIDENCE.c.id == number)).one_or_none()


def of_obligations(connection: Connection, keys: Iterable[str]) -> list[Record]:
    """The evidence of some obligations, in the order in which it came."""
    query = _evidence().where(EVIDENCE.c.obligation_id.in_(list(keys)))
    return list(connection.execute(query.order_by(EVIDENCE.c.id)))


def of_plan(connection: Connection, plan: str) -> list[Record]:
    """The evidence of a plan, by obligation."""
    query = _evidence().where(OBLIGATION.c.plan_id == plan)
    return list(connection.execute(query.order_by(EVIDENCE.c.obligation_id, EVIDENCE.c.id)))


def set_pair(connection: Connection, number: int, other: int | None) -> None:
    """Say of which evidence this one is the scan or the original."""
    query = EVIDENCE.update().where(EVIDENCE.c.id == number)
    connection.execute(query.values(pair=other))


def documents(connection: Connection) -> list[Record]:
    """Every noted document: content and size."""
    query = select(DOCUMENT.c.content, DOCUMENT.c.size).order_by(DOCUMENT.c.content)
    return list(connection.execute(query))


def received(connection: Connection) -> list[str]:
    """The contents of the mails that came in, which lie in the same store."""
    return list(connection.execute(select(RECEIVED.c.content)).scalars())


def _evidence() -> Any:
    return (
        select(*_COLUMNS)
        .join(DOCUMENT, DOCUMENT.c.content == EVIDENCE.c.content)
        .join(OBLIGATION, OBLIGATION.c.id == EVIDENCE.c.obligation_id)
    )
