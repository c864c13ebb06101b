"""The pages of the units, served on the loopback interface in a thread, under the demo's clock."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from duban.board.app import create_app
from duban.board.server import server_for
from duban.demo.mail_server import LOOPBACK
from duban.service.workplace import Workplace
from duban.settings import Settings

_PATIENCE = 30.0


@contextmanager
def listening() -> Iterator[socket.socket]:
    """A socket for the pages, so that their address is known before there are any."""
    with socket.create_server((LOOPBACK, 0)) as place:
        yield place


@contextmanager
def pages(
    place: socket.socket, workplace: Workplace, settings: Settings, now: Callable[[], datetime]
) -> Iterator[None]:
    """The whole application at that socket for the length of the block."""
    server = server_for(create_app(workplace, settings, now=now), *place.getsockname())
    thread = threading.Thread(
        target=server.run, kwargs={"sockets": [place]}, name="pages", daemon=True
    )
    thread.start()
    try:
        until = time.monotonic() + _PATIENCE
        while not server.started:
            if not thread.is_alive() or time.monotonic() > until:
                raise RuntimeError("the pages did not start")
            time.sleep(0.02)
        yield
    finally:
        server.should_exit = True
        thread.join()
