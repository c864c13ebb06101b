"""Connections and transactions; on SQLite a writer takes the lock before it reads.

SQLite's default transactions lose updates silently when two processes read, then write. So every
writing transaction begins with BEGIN IMMEDIATE, and readers use a plain BEGIN that never blocks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

import sqlalchemy
from sqlalchemy import create_engine, event, func, make_url, select
from sqlalchemy.engine import URL

Engine = sqlalchemy.Engine
"""A database that can be connected to; nothing outside the store needs SQLAlchemy itself."""

Connection = sqlalchemy.Connection
"""An open transaction, handed to the functions of the store."""

Record = sqlalchemy.Row[Any]
"""A row as the store read it, with its columns as attributes."""

DatabaseError = sqlalchemy.exc.SQLAlchemyError
"""What any trouble with the database is, from a wrong address to a full disk."""

_READS_ONLY = "duban_reads_only"


def open_database(url: str) -> Engine:
    """An engine for a SQLite file or a PostgreSQL server; nothing is connected or created yet."""
    parsed = _with_driver(make_url(url))
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": 30}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def is_missing(engine: Engine) -> bool:
    """Whether this is a SQLite file that does not exist; connecting would make an empty one."""
    return engine.dialect.name == "sqlite" and not Path(engine.url.database or "").is_file()


def _with_driver(url: URL) -> URL:
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def _prepare_sqlite(connection: SqliteConnection, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's BEGIN below, not the driver's
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-32768"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reads_only = connection.get_execution_options().get(_READS_ONLY, False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


@contextmanager
def writing(engine: Engine, *, turn: str = "") -> Iterator[Connection]:
    """One transaction that is committed at the end or, on any error, rolled back whole.

    Transactions that name the same ``turn`` come one after the other, as all do on SQLite.
    """
    with engine.begin() as connection:
        if turn and engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(turn))))
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the database that holds up no writer."""
    options: dict[str, Any] = {_READS_ONLY: True}
    if engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    reader = engine.connect().execution_options(**options)
    with reader as connection, connection.begin():
        yield connection
