"""Holding a lease while working: renewed in the background, given back at the end."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from duban import clock
from duban.errors import AlreadyRunning
from duban.store import leases
from duban.store.database import DatabaseError, Engine, writing

_RENEW_EVERY = leases.TERM.total_seconds() / 3


@contextmanager
def holding(engine: Engine, name: str, *, alone: bool) -> Iterator[leases.Holder]:
    """Hold a lease for the length of the block.

    With ``alone`` the name itself is held and a second holder is refused; otherwise each holder
    has a lease of its own under that name, which only tells others that it lives.

    Raises:
        AlreadyRunning: another living process holds the name.
    """
    holder = leases.this_process()
    own_name = name if alone else f"{name}/{holder.token}"
    with writing(engine) as connection:
        rival = leases.take(connection, own_name, holder, clock.now())
    if rival:
        raise AlreadyRunning(
            f"{name} is already being done by process {rival.process} on {rival.host}",
            "wait for it to end; a dead process is noticed by itself",
        )
    is_over = threading.Event()
    keeper = threading.Thread(
        target=_keep, args=(engine, own_name, holder, is_over), name=f"lease-{name}", daemon=True
    )
    keeper.start()
    try:
        yield holder
    finally:
        is_over.set()
        keeper.join()
        with writing(engine) as connection:
            leases.give_back(connection, own_name, holder)


def _keep(engine: Engine, name: str, holder: leases.Holder, is_over: threading.Event) -> None:
    while not is_over.wait(_RENEW_EVERY):
        # A database that is busy now is asked again long before the lease runs out.
        with suppress(DatabaseError), writing(engine) as connection:
            leases.renew(connection, name, holder, clock.now())
