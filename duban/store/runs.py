"""The record of runs, by which a missed one is noticed."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from duban.store.tables import RUN


def begin(connection: Connection, flow: str, as_of: date, at: datetime) -> int:
    """Note that a run has begun; returns its number."""
    row = {"flow": flow, "as_of": as_of, "started_at": at, "finished_at": None, "counts": None}
    key = connection.execute(RUN.insert().values(row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def finish(connection: Connection, run: int, counts: Mapping[str, Any], at: datetime) -> None:
    """Note that a run has ended, and what came of it."""
    values = {"finished_at": at, "counts": json.dumps(counts, ensure_ascii=False)}
    connection.execute(RUN.update().where(RUN.c.id == run).values(values))


def last(connection: Connection, flow: str) -> Row[Any] | None:
    """The last finished run of a flow, by the day it planned for."""
    query = (
        select(RUN)
        .where(RUN.c.flow == flow, RUN.c.finished_at.is_not(None))
        .order_by(RUN.c.as_of.desc(), RUN.c.id.desc())
        .limit(1)
    )
    return connection.execute(query).one_or_none()


def latest_start(connection: Connection) -> datetime | None:
    """When the newest run began, whatever the flow."""
    return connection.execute(select(RUN.c.started_at).order_by(RUN.c.id.desc())).scalars().first()
