"""The office's accounts, their signed-in browsers, and links declared void."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from duban.store.database import Connection, Record
from duban.store.tables import ACCOUNT, OUTBOX, REVOCATION, SESSION, insert


def account(connection: Connection, name: str) -> Record | None:
    """The account of that name."""
    return connection.execute(select(ACCOUNT).where(ACCOUNT.c.name == name)).one_or_none()


def accounts(connection: Connection) -> list[Record]:
    """Every account, by name."""
    return list(connection.execute(select(ACCOUNT).order_by(ACCOUNT.c.name)))


def add(connection: Connection, name: str, role: str, password: str, at: datetime) -> bool:
    """Make an account; False where the name is taken."""
    values = {
        "name": name,
        "role": role,
        "password": password,
        "created_at": at,
        "disabled_at": None,
        "failures": 0,
        "locked_until": None,
    }
    statement = insert(connection, ACCOUNT).values(values).on_conflict_do_nothing()
    return connection.execute(statement.returning(ACCOUNT.c.name)).first() is not None


def change(connection: Connection, name: str, **values: Any) -> bool:
    """Set columns of an account; False where there is none of that name."""
    statement = ACCOUNT.update().where(ACCOUNT.c.name == name).values(**values)
    return connection.execute(statement).rowcount == 1


def count_failure(connection: Connection, name: str) -> int:
    """One more wrong password in a row; how many that makes."""
    more = ACCOUNT.update().where(ACCOUNT.c.name == name).values(failures=ACCOUNT.c.failures + 1)
    return int(connection.execute(more.returning(ACCOUNT.c.failures)).scalar_one())


def open_session(
    connection: Connection, token: str, name: str, at: datetime, expires_at: datetime
) -> None:
    """Keep a signed-in browser by the hash of its cookie; those that have expired go."""
    connection.execute(SESSION.delete().where(SESSION.c.expires_at <= at))
    values = {"token": token, "account": name, "created_at": at, "expires_at": expires_at}
    connection.execute(SESSION.insert().values(values))


def signed_in(connection: Connection, token: str, at: datetime) -> Record | None:
    """The account behind a session that is good now; None otherwise, or if it is disabled."""
    query = (
        select(ACCOUNT)
        .join(SESSION, SESSION.c.account == ACCOUNT.c.name)
        .where(SESSION.c.token == token, SESSION.c.expires_at > at, ACCOUNT.c.disabled_at.is_(None))
    )
    return connection.execute(query).one_or_none()


def close_session(connection: Connection, token: str) -> None:
    """Sign one browser out."""
    connection.execute(SESSION.delete().where(SESSION.c.token == token))


def close_sessions(connection: Connection, name: str, besides: str | None = None) -> None:
    """Sign every browser of an account out, but for one."""
    others = SESSION.c.token != besides if besides else SESSION.c.token.is_not(None)
    connection.execute(SESSION.delete().where(SESSION.c.account == name, others))


def revoke(connection: Connection, address: str, at: datetime, by: str, because: str) -> None:
    """Declare void every link of a contact that was made up to this instant."""
    values = {"address": address, "made_until": at, "by": by, "because": because}
    connection.execute(REVOCATION.insert().values(values))


def written_to(connection: Connection, address: str) -> list[str]:
    """How mails spell this address (given in lower case); empty where none was ever queued."""
    query = select(OUTBOX.c.recipient).where(func.lower(OUTBOX.c.recipient) == address).distinct()
    return list(connection.execute(query).scalars())


def revocations(connection: Connection, limit: int, offset: int = 0) -> list[Record]:
    """What was declared void, the newest first."""
    query = select(REVOCATION).order_by(REVOCATION.c.id.desc()).limit(limit).offset(offset)
    return list(connection.execute(query))


def count_revocations(connection: Connection) -> int:
    """How many times links were declared void."""
    return int(connection.execute(select(func.count()).select_from(REVOCATION)).scalar_one())
