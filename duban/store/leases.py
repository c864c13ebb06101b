"""Who is at work: leases in the database, freed at once when their process is gone.

On the machine of the holder the process itself is asked whether it lives (by number and start
time, so that a number given again does not deceive); elsewhere only the time decides.
"""

import os
import secrets
import socket
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from duban.store.tables import LEASE, insert

TERM = timedelta(seconds=60)
"""How long a lease is good without being renewed."""


class Holder(NamedTuple):
    """One process that holds leases; ``token`` is unique to it."""

    token: str
    host: str
    process: int
    started: str


def this_process() -> Holder:
    """The holder that stands for the running process, with a token of its own."""
    process = os.getpid()
    return Holder(secrets.token_hex(8), socket.gethostname(), process, _start_of(process) or "")


def take(connection: Connection, name: str, holder: Holder, now: datetime) -> Holder | None:
    """Take a lease, or take it over from a holder that is gone.

    Returns:
        None if it is ours now, else the living holder that has it.
    """
    values = {
        "name": name,
        "holder": holder.token,
        "host": holder.host,
        "process": holder.process,
        "started": holder.started,
        "expires_at": now + TERM,
    }
    # One statement makes the row or locks the one that is there: two who look first, find nothing
    # and then insert would both have it.
    statement = insert(connection, LEASE).values(values)
    found = statement.on_conflict_do_update(index_elements=["name"], set_={"name": name})
    row = connection.execute(found.returning(LEASE)).one()
    rival = _holder(row)
    if rival.token != holder.token and is_alive(rival, row.expires_at, now):
        return rival
    connection.execute(LEASE.update().where(LEASE.c.name == name).values(values))
    return None


def renew(connection: Connection, name: str, holder: Holder, now: datetime) -> bool:
    """Prolong a lease; False if it is no longer ours."""
    mine = LEASE.update().where(LEASE.c.name == name, LEASE.c.holder == holder.token)
    return connection.execute(mine.values(expires_at=now + TERM)).rowcount == 1


def give_back(connection: Connection, name: str, holder: Holder) -> None:
    """End a holder's lease."""
    connection.execute(LEASE.delete().where(LEASE.c.name == name, LEASE.c.holder == holder.token))


def roll_call(connection: Connection, now: datetime) -> set[str]:
    """The tokens of all holders that are still at work; the leases of the others are removed."""
    for name, holder in dead(connection, now).items():
        give_back(connection, name, holder)
    return set(connection.execute(select(LEASE.c.holder)).scalars())


def dead(connection: Connection, now: datetime) -> dict[str, Holder]:
    """The holders that are gone, by the name of the lease they left behind."""
    rows = connection.execute(select(LEASE))
    return {
        row.name: _holder(row) for row in rows if not is_alive(_holder(row), row.expires_at, now)
    }


def _holder(row: Row[Any]) -> Holder:
    return Holder(row.holder, row.host, row.process, row.started)


def is_alive(holder: Holder, expires_at: datetime, now: datetime) -> bool:
    """Whether a holder is still at work: its process on this host, else its unexpired lease."""
    if holder.host == socket.gethostname():
        started = _start_of(holder.process)
        return started is not None and started == holder.started
    return expires_at > now


def _start_of(process: int) -> str | None:
    """When a process started, as the system tells it; None if there is no such process.

    Where there is no /proc the number alone decides and every start reads as "?".
    """
    if not Path("/proc/self/stat").exists():
        return _start_without_proc(process)
    try:
        text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()
    return None if fields[0] == "Z" else fields[19]


def _start_without_proc(process: int) -> str | None:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        return "?"
    return "?"
