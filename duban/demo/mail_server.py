"""A real SMTP server on the loopback interface that writes every mail it accepts to a folder."""

import asyncio
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

LOOPBACK = "127.0.0.1"


class MailFolder:
    """What the server does with what it is told: mails to ``folder/<date>/<number>-<to>.eml``.

    The date is that of the mail's own header. An address of ``unknown`` is refused for good.
    ``paths`` are the mails of each address, oldest first.
    ``accepted`` is called with the number of mails accepted so far, before the sender is told.
    """

    def __init__(self, folder: Path, unknown: Collection[str]) -> None:
        self.folder = folder
        self.unknown = frozenset(unknown)
        self.count = 0
        self.paths: dict[str, list[Path]] = {}
        self.accepted: Callable[[int], None] = lambda _count: None

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Accept a recipient, or say that nobody of that name is here."""
        if address in self.unknown:
            return "550 5.1.1 mailbox unavailable"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 recipient ok"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Write the mail down, then accept it."""
        content = envelope.content
        mail = content if isinstance(content, bytes) else str(content).encode()
        self.count += 1
        day = parsedate_to_datetime(BytesHeaderParser().parsebytes(mail)["Date"]).date()
        folder = self.folder / day.isoformat()
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.count:04}-{envelope.rcpt_tos[0]}.eml"
        path.write_bytes(mail)
        self.paths.setdefault(envelope.rcpt_tos[0], []).append(path)
        self.accepted(self.count)
        return "250 2.6.0 accepted"


@contextmanager
def mail_server(handler: MailFolder) -> Iterator[int]:
    """The server in a thread of its own for the length of the block; gives its port."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="mail-server", daemon=True)
    thread.start()

    async def listen() -> asyncio.Server:
        protocol = partial(SMTP, handler, hostname="localhost", loop=loop)
        return await loop.create_server(protocol, LOOPBACK, 0)

    server = asyncio.run_coroutine_threadsafe(listen(), loop).result()
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
