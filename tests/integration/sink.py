"""A real SMTP server on loopback that keeps what it takes and misbehaves as it is told."""

import asyncio
import re
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from functools import cached_property
from typing import Any, Literal, NamedTuple

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session, syntax

STALL = 1.5
"""Seconds for which a stalling server says nothing: longer than the senders of these tests wait."""

_MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)\r?$", re.MULTILINE)


@dataclass(frozen=True)
class Mail:
    """One mail as it came over the wire."""

    recipient: str
    data: bytes
    sender: str = ""

    @cached_property
    def message_id(self) -> str:
        found = _MESSAGE_ID.search(self.data)
        assert found is not None
        return found[1].decode()

    @property
    def subject(self) -> str:
        return str(message_from_bytes(self.data, policy=policy.default)["Subject"])

    @property
    def text(self) -> str:
        bodies = (
            part
            for part in message_from_bytes(self.data).walk()
            if part.get_content_type() == "text/plain"
        )
        content = next(bodies).get_payload(decode=True)
        assert isinstance(content, bytes)
        return content.decode()


class Behaviour(NamedTuple):
    """What the server does to a recipient's mails, and when: it says ``reply``, or does a thing.

    ``at``: "rcpt", "content" (DATA is answered, the mail not yet read), "data" (the mail is read
    and not kept), "dot" (the mail is kept, the sender not told). ``does``: "hang up" or "stall".
    """

    at: Literal["rcpt", "content", "data", "dot"]
    reply: str = ""
    does: Literal["", "hang up", "stall"] = ""
    times: int = 10**9


@dataclass
class Sink:
    """What the server took, and how it is to treat whom."""

    mails: list[Mail] = field(default_factory=list)
    behaviours: dict[str, Behaviour] = field(default_factory=dict)
    on_mail: Callable[[int], None] = lambda _count: None
    pause: float = 0.0
    port: int = 0
    peers: set[object] = field(default_factory=set)

    def of(self, recipient: str) -> list[Mail]:
        return [mail for mail in self.mails if mail.recipient == recipient]

    @property
    def counts(self) -> Counter[str]:
        """How often each message arrived, by its Message-ID."""
        return Counter(mail.message_id for mail in self.mails)

    def repeated(self) -> int:
        return len(self.mails) - len(self.counts)

    def told(self, recipient: str, at: str) -> Behaviour | None:
        """The behaviour due to a recipient at this point; one of its times is used up."""
        found = self.behaviours.get(recipient)
        if found is None or found.at != at or not found.times:
            return None
        self.behaviours[recipient] = found._replace(times=found.times - 1)
        return found

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        if found := self.told(address, "rcpt"):
            return await _answer(server, found)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        recipient = envelope.rcpt_tos[0]
        if found := self.told(recipient, "data"):
            return await _answer(server, found)
        assert isinstance(envelope.content, bytes)
        self.mails.append(Mail(recipient, envelope.content, envelope.mail_from or ""))
        self.peers.add(session.peer)
        self.on_mail(len(self.mails))
        if self.pause:
            await asyncio.sleep(self.pause)
        if found := self.told(recipient, "dot"):
            return await _answer(server, found)
        return "250 2.0.0 taken"


async def _answer(server: SMTP, behaviour: Behaviour) -> str:
    if behaviour.does == "stall":
        await asyncio.sleep(STALL)
    elif behaviour.does == "hang up":
        assert isinstance(server.transport, asyncio.WriteTransport)
        server.transport.abort()
        raise asyncio.CancelledError
    return behaviour.reply or "250 2.0.0 at last"


class _Server(SMTP):
    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        sink, envelope = self.event_handler, self.envelope
        assert isinstance(sink, Sink)
        assert envelope is not None
        if envelope.rcpt_tos and (found := sink.told(envelope.rcpt_tos[0], "content")):
            await self.push("354 go on")
            await _answer(self, found)
        await super().smtp_DATA(arg)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, loop=self.loop, **self.SMTP_kwargs)


@contextmanager
def serving(sink: Sink, **options: Any) -> Iterator[Sink]:
    """The server at work on a free port of 127.0.0.1; the options are aiosmtpd's."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        sink.port = free.getsockname()[1]
    controller = _Controller(sink, hostname="127.0.0.1", port=sink.port, **options)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
