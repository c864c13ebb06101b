"""A real IMAP server in a process of its own, and letters put in as a delivering server does."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from imap_tools import MailBoxUnencrypted

from duban.demo.mail_server import LOOPBACK
from duban.demo.stage import ACCOUNT, PASSWORD, REPLIES

_PATIENCE = 30.0


class Letterbox:
    """The account's INBOX, and a copy of each letter on disk: ``replies/<date>/*.eml``."""

    def __init__(self, port: int, password: str) -> None:
        self.port = port
        self._password = password
        self._line: MailBoxUnencrypted | None = None
        self.count = 0
        self.waiting = 0

    def put(self, letter: bytes, at: datetime, name: str) -> None:
        """A letter arrives at an instant (aware)."""
        self._opened.append(letter, "INBOX", dt=at)
        self.count += 1
        self.waiting += 1
        folder = Path(REPLIES, at.date().isoformat())
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.count:03}-{name}.eml").write_bytes(letter)

    def left(self) -> int:
        """How many letters are still in the INBOX."""
        self._opened.folder.set("INBOX")
        return len(self._opened.uids("ALL", charset=None))

    def close(self) -> None:
        """Hang up."""
        if self._line:
            self._line.logout()

    @property
    def _opened(self) -> MailBoxUnencrypted:
        if self._line is None:
            self._line = MailBoxUnencrypted(LOOPBACK, self.port)
            # A letter is sent in two pieces, and the second would wait for the first one's receipt.
            self._line.client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._line.login(ACCOUNT, self._password)
        return self._line


@contextmanager
def letterbox() -> Iterator[Letterbox]:
    """The server for the length of the block; its password is the generated one."""
    password = Path(PASSWORD).read_text(encoding="ascii").strip()
    port = _free_port()
    program = [sys.executable, "-m", "duban.demo.imap_server"]
    account = ["--demo-user", ACCOUNT, "--demo-password", password]
    command = [*program, "--host", LOOPBACK, "--port", str(port), "--no-tls", "quick", *account]
    with Path("imap.log").open("wb") as log:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    box = Letterbox(port, password)
    try:
        _wait_for(port, child)
        yield box
        box.close()
    finally:
        child.kill()
        child.wait()


def _free_port() -> int:
    with closing(socket.create_server((LOOPBACK, 0))) as free:
        return int(free.getsockname()[1])


def _wait_for(port: int, child: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            socket.create_connection((LOOPBACK, port), timeout=5).close()
            return
        except OSError as error:
            if child.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the IMAP server did not start; see imap.log") from error
            time.sleep(0.05)
