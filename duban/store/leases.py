"""Who is at work: leases in the database, freed at once when their process is gone.

On the machine of the holder the process itself is asked whether it lives (by number and start
time, so that a number given again does not deceive); elsewhere only the time decides.
"""

import os
import secrets
import socket
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, select

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
    query = select(LEASE).where(LEASE.c.name == name).with_for_update()
    row = connection.execute(query).one_or_none()
    if row is not None:
        rival = Holder(row.holder, row.host, row.process, row.started)
        if rival.token != holder.token and is_alive(rival, row.expires_at, now):
            return rival
    values = {
        "name": name,
        "holder": holder.token,
        "host": holder.host,
        "process": holder.process,
        "started": holder.started,
        "expires_at": now + TERM,
    }
    statement = insert(connection, LEASE).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))
    return None


def renew(connection: Connection, name: str, holder: Holder, now: datetime) -> bool:
    """Prolong a lease; False if it is no longer ours."""
    mine = LEASE.update().where(LEASE.c.name == name, LEASE.c.holder == holder.token)
    return connection.execute(mine.values(expires_at=now + TERM)).rowcount == 1


def give_back(connection: Connection, name: str, holder: Holder) -> None:
    """End a lease of ours."""
    connection.execute(LEASE.delete().where(LEASE.c.name == name, LEASE.c.holder == holder.token))


def living(connection: Connection, now: datetime) -> set[str]:
    """The tokens of all holders that are still at work."""
    return {
        row.holder
        for row in connection.execute(select(LEASE))
        if is_alive(Holder(row.holder, row.host, row.process, row.started), row.expires_at, now)
    }


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
