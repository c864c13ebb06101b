"""Mail servers on loopback that behave badly in one way each, and certificates for them."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Inbox:
    """An aiosmtpd handler that keeps what it takes and refuses what it is told to.

    ``answers`` are replies by command, each used once; ``RCPT`` and ``DATA`` are known.
    """

    def __init__(self, **answers: Sequence[str]) -> None:
        self.answers = {command: list(replies) for command, replies in answers.items()}
        self.messages: list[bytes] = []
        self.greetings: list[str | None] = []
        self.peers: set[object] = set()

    def _answer(self, command: str) -> str | None:
        replies = self.answers.get(command)
        return replies.pop(0) if replies else None

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        refusal = self._answer("RCPT")
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        refusal = self._answer("DATA")
        if refusal:
            return refusal
        assert isinstance(envelope.content, bytes)
        self.messages.append(envelope.content)
        self.greetings.append(session.host_name)
        self.peers.add(session.peer)
        return "250 2.0.0 taken as 4711"

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusal = self._answer("MAIL")
        if refusal:
            return refusal
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"


def authenticated(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, credentials: object
) -> AuthResult:
    """Let one user with one password in."""
    assert isinstance(credentials, LoginPassword)
    good = credentials == LoginPassword(b"duban", b"correct horse")
    return AuthResult(success=good, handled=False)


@contextmanager
def serving(inbox: Inbox, **options: object) -> Iterator[int]:
    """A real server on a free port of 127.0.0.1; gives the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **options)  # type: ignore[arg-type]
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


class Wire:
    """One accepted connection, read and answered line by line."""

    def __init__(self, peer: socket.socket) -> None:
        self.peer = peer
        self.lines = peer.makefile("rb")

    def say(self, reply: str) -> None:
        self.peer.sendall(reply.encode() + b"\r\n")

    def until(self, start: bytes) -> None:
        """Answer 250 to each line until one begins so."""
        while not self.lines.readline().upper().startswith(start):
            self.say("250 OK")

    def greeted_and_addressed(self) -> None:
        """Everything up to and including the answer to DATA."""
        self.say("220 ready")
        self.until(b"DATA")
        self.say("354 go on")

    def content(self) -> None:
        """Read the mail to its final dot."""
        while self.lines.readline() != b".\r\n":
            pass

    def close(self) -> None:
        self.lines.close()
        self.peer.close()


@contextmanager
def scripted(*scripts: Callable[[Wire], None]) -> Iterator[int]:
    """A server that plays one script for each connection, then hangs up; gives the port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def play() -> None:
        for script in scripts:
            wire = Wire(listener.accept()[0])
            try:
                script(wire)
            except OSError:
                pass
            finally:
                wire.close()

    thread = threading.Thread(target=play, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        thread.join(timeout=10)
        listener.close()


class Authority(NamedTuple):
    """A certificate authority's file, and a server's context with a certificate from it."""

    ca_file: str
    context: ssl.SSLContext


def authority(folder: Path) -> Authority:
    """A new authority and a certificate for 127.0.0.1, good for an hour."""
    now = datetime.now(UTC)
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    names = [
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in ("authority", "mail")
    ]
    certificates = [
        x509.CertificateBuilder()
        .subject_name(names[own])
        .issuer_name(names[0])
        .public_key(keys[own].public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.BasicConstraints(ca=own == 0, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(keys[0], hashes.SHA256())
        for own in range(2)
    ]
    pem = serialization.Encoding.PEM
    files = [folder / "authority.pem", folder / "mail.pem", folder / "mail.key"]
    files[0].write_bytes(certificates[0].public_bytes(pem))
    files[1].write_bytes(certificates[1].public_bytes(pem))
    files[2].write_bytes(
        keys[1].private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files[1], files[2])
    return Authority(str(files[0]), context)
