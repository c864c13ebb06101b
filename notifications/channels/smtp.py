"""Mail over SMTP, on one connection that is kept for many messages."""

import smtplib
import socket
import ssl
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from types import TracebackType
from typing import NoReturn

from notifications.message import DeliveryError, Message, Receipt, Stage, checked_address
from notifications.wording import clean

_REPLY = 500
_CLOSING = 421
_START_MAIL_INPUT = 354
_PERMANENT = 500

Answer = tuple[int, bytes]


class Tls(StrEnum):
    """How a connection is secured: not at all, after STARTTLS, or from the first byte."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _words(answer: Answer) -> str:
    code, text = answer
    said = " ".join(text.decode("utf-8", "replace").split())
    return clean(f"{code} {said}")[:_REPLY]


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return _words((error.smtp_code, said if isinstance(said, bytes) else said.encode()))
    return clean(str(error))[:_REPLY] or type(error).__name__


def _good(answer: Answer) -> bool:
    return 200 <= answer[0] < 300  # noqa: PLR2004 - RFC 5321: 2yz is positive completion


def _dotted(data: bytes) -> bytes:
    """The mail as it follows DATA: leading dots doubled, a line with a single dot at the end."""
    lines = data.replace(b"\n.", b"\n..")
    first = b"." if data.startswith(b".") else b""
    last = b"" if data.endswith(b"\r\n") else b"\r\n"
    return b"%b%b%b.\r\n" % (first, lines, last)


class _LostError(Exception):
    """The server closed the connection, or is about to, before it was given a message."""


@dataclass
class SmtpChannel:
    """A sender to one server; use it in a ``with`` block, from one thread.

    The connection is made when the first message goes and made anew when it was lost. The
    server's certificate is verified against the system's authorities, or ``ca_file`` alone where
    one is given. ``greet_as`` is the name given to the server instead of this machine's own.
    ``timeout`` in seconds holds for each answer.

    Raises:
        ValueError: a password would cross the network unencrypted, or is not ASCII.
    """

    host: str
    port: int
    tls: Tls = Tls.STARTTLS
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    timeout: float = 60.0
    greet_as: str = "localhost"
    _connection: smtplib.SMTP | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        self.tls = Tls(self.tls)
        if self.username and self.tls is Tls.NONE and not _is_loopback(self.host):
            raise ValueError(f"no password is sent to {self.host} without TLS")
        if not ((self.username or "") + (self.password or "")).isascii():
            raise ValueError("user name and password for SMTP must be ASCII")

    def __enter__(self) -> "SmtpChannel":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Say good-bye and hang up; quiet where the connection is gone already."""
        connection, self._connection = self._connection, None
        if connection:
            try:
                connection.quit()
            except (smtplib.SMTPException, OSError):
                connection.close()

    def greet(self) -> str:
        """Connect and say hello, nothing more; gives the server's words.

        Raises:
            DeliveryError: the server could not be used.
        """
        try:
            return _words(self._connected().noop())
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise DeliveryError(_reason(error), stage=Stage.CONNECTION) from error

    def send(self, message: Message) -> Receipt:
        """Hand one message over.

        Raises:
            DeliveryError: the message was refused, or the server could not be used. Trouble with
                the connection or with our own address is temporary: it is not the recipient's.
        """
        checked_address(message.recipient)
        checked_address(message.sender, Stage.SENDER)
        kept = self._connection is not None
        try:
            self._address(message)
        except _LostError as lost:
            if not kept:
                raise DeliveryError(str(lost), stage=Stage.CONNECTION) from lost
            # A server may hang up on an idle connection or after so many messages.
            self._address_again(message)
        return self._hand_over(message.data)

    def _address_again(self, message: Message) -> None:
        try:
            self._address(message)
        except _LostError as lost:
            raise DeliveryError(str(lost), stage=Stage.CONNECTION) from lost

    def _address(self, message: Message) -> None:
        """Name sender and recipient; the server has no message yet."""
        connection = self._connected()
        size = [f"size={len(message.data)}"] if connection.has_extn("size") else []
        answer = self._asked("MAIL", f"FROM:<{message.sender}>", *size)
        if not _good(answer):
            # Whatever the code, it is our address that was refused, or we were.
            self._refused(answer, Stage.SENDER, permanent=False)
        answer = self._asked("RCPT", f"TO:<{message.recipient}>")
        if not _good(answer):
            self._refused(answer, Stage.RECIPIENT)
        answer = self._asked("DATA")
        if answer[0] != _START_MAIL_INPUT:
            self._refused(answer, Stage.CONTENT)

    def _asked(self, command: str, *words: str) -> Answer:
        connection = self._connected()
        try:
            answer = connection.docmd(command, " ".join(words))
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise _LostError(f"{command}: {_reason(error)}") from error
        if answer[0] == _CLOSING or answer[0] < 0:
            self._drop()
            raise _LostError(f"{command}: {_words(answer)}")
        return answer

    def _refused(self, answer: Answer, stage: Stage, permanent: bool | None = None) -> NoReturn:
        if self._connection:
            try:
                fresh = _good(self._connection.rset())
            except (smtplib.SMTPException, OSError):
                fresh = False
            if not fresh:
                self._drop()
        lasting = answer[0] >= _PERMANENT if permanent is None else permanent
        raise DeliveryError(_words(answer), stage=stage, permanent=lasting)

    def _hand_over(self, data: bytes) -> Receipt:
        connection = self._connected()
        try:
            # A send that fails has not given its last bytes, the final dot, to the network.
            connection.send(_dotted(data))
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise DeliveryError(_reason(error), stage=Stage.CONTENT) from error
        try:
            answer = connection.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise DeliveryError(_reason(error), stage=Stage.CONTENT, accepted_maybe=True) from error
        if _good(answer):
            return Receipt(_words(answer))
        if not 400 <= answer[0] < 600:  # noqa: PLR2004 - no refusal either, so nobody knows
            self._drop()
            raise DeliveryError(_words(answer), stage=Stage.CONTENT, accepted_maybe=True)
        if answer[0] == _CLOSING:
            self._drop()
        raise DeliveryError(_words(answer), stage=Stage.CONTENT, permanent=answer[0] >= _PERMANENT)

    def _connected(self) -> smtplib.SMTP:
        if self._connection is None:
            try:
                self._connection = self._connect()
            except (smtplib.SMTPException, OSError) as error:
                raise DeliveryError(_reason(error), stage=Stage.CONNECTION) from error
        return self._connection

    def _connect(self) -> smtplib.SMTP:
        if self.tls is Tls.TLS:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, self.greet_as, timeout=self.timeout, context=self._context()
            )
        else:
            connection = smtplib.SMTP(self.host, self.port, self.greet_as, timeout=self.timeout)
        try:
            self._introduce(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.ca_file)

    def _introduce(self, connection: smtplib.SMTP) -> None:
        if self.tls is Tls.STARTTLS:
            connection.ehlo_or_helo_if_needed()
            connection.starttls(context=self._context())
        connection.ehlo_or_helo_if_needed()
        if self.username:
            connection.login(self.username, self.password or "")
        if connection.sock:
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            connection.close()
