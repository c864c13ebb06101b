"""The mailbox that answers come to, read over IMAP: one mail at a time, moved when it is done.

A mail is known by its UID. UIDs hold within one connection's INBOX, and across connections only
while UIDVALIDITY stays; nothing here keeps them longer than the connection, so a server that
numbers anew costs a second reading and no mail.
"""

import re
import ssl
from collections.abc import Iterator
from datetime import datetime
from imaplib import IMAP4
from types import TracebackType
from typing import NamedTuple, Self

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxStartTls, MailBoxUnencrypted

from duban.settings import MailServer, Tls

DONE = "Duban/Done"
"""Where a mail goes that the system has dealt with."""

OFFICE = "Duban/Office"
"""Where a mail goes that a person has to look at."""

LARGEST = 60_000_000
"""Bytes of a mail that are fetched, if nothing else is said."""

_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_ARRIVED = re.compile(rb'INTERNALDATE "([^"]{20,30})"')
_NAMESPACE = re.compile(rb'\(\("([^"]*)" "([^"])"')
_FAILURES = (ImapToolsError, IMAP4.error, OSError, ValueError)


class MailboxError(Exception):
    """The mailbox cannot be reached, or did not do what it was asked."""


class Waiting(NamedTuple):
    """A mail in INBOX: its bytes, when it arrived there (aware), and its size on the server.

    Of a mail that ``is_cut`` only the header was fetched: ``raw`` is shorter than ``size``.
    """

    uid: str
    raw: bytes
    arrived_at: datetime
    size: int
    is_cut: bool = False


class Mailbox:
    """An account's INBOX for the time of a ``with`` block.

    ``ca_file`` names the authorities that the server's certificate may be from, the system's where
    it is None. ``seconds`` is how long the server may keep silent. Of a mail of more bytes than
    ``largest`` only the header is fetched. Every method raises MailboxError when the server or the
    network fails.
    """

    def __init__(
        self,
        host: str,
        port: int,
        tls: Tls,
        user: str,
        password: str,
        ca_file: str | None = None,
        largest: int = LARGEST,
    ) -> None:
        self.seconds = 60.0
        self.largest = largest
        self._server = MailServer(host, port, user, tls)
        self._password = password
        self._ca_file = ca_file
        self._box: BaseMailBox | None = None
        self._folders: dict[str, str] = {}

    def __enter__(self) -> Self:
        place = f"{self._server.host}:{self._server.port}"
        try:
            box = self._connected()
        except _FAILURES as error:
            raise MailboxError(f"{place} cannot be reached: {_words(error)}") from error
        try:
            box.login(self._server.user or "", self._password)
        except _FAILURES as error:
            box.client.shutdown()
            raise MailboxError(
                f"{place} does not let {self._server.user} in: {_words(error)}"
            ) from error
        try:
            _, answer = box.client.capability()
        except _FAILURES as error:
            raise MailboxError(f"{place} broke off: {_words(error)}") from error
        # Servers name MOVE only to who is logged in, and imaplib asks before.
        box.client.capabilities = tuple(answer[0].decode("ascii").upper().split())
        self._box = box
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        box, self._box = self._box, None
        if box is None:
            return
        try:
            box.logout()
        except _FAILURES:
            # Each mail was moved when it was done, so a line that breaks now costs nothing.
            box.client.shutdown()

    def waiting(self) -> Iterator[Waiting]:
        """Each mail in INBOX, oldest UID first, fetched when it is its turn.

        The list is made once, at the beginning; a mail that vanishes meanwhile is passed over.
        Reading marks nothing as read.
        """
        uids = self._uids()
        for uid in uids:
            try:
                mail = self._mail(uid)
            except _FAILURES as error:
                raise MailboxError(f"mail {uid} cannot be read: {_words(error)}") from error
            if mail is not None:
                yield mail

    def _uids(self) -> list[str]:
        try:
            return sorted(self._open.uids("ALL", charset=None), key=int)
        except _FAILURES as error:
            raise MailboxError(f"the mails cannot be listed: {_words(error)}") from error

    def done(self, uid: str, folder: str) -> None:
        """Moves a mail to a folder, which is made when it is missing.

        By MOVE, or where the server has none by COPY and then deletion: a line that breaks between
        leaves the mail twice, never nowhere. A mail that is gone already is no error.
        """
        try:
            self._open.move(uid, self._made(folder))
        except _FAILURES as error:
            raise MailboxError(
                f"mail {uid} cannot be moved to {folder}: {_words(error)}"
            ) from error

    @property
    def _open(self) -> BaseMailBox:
        if self._box is None:
            raise MailboxError("the mailbox is not open")
        return self._box

    def _connected(self) -> BaseMailBox:
        host, port, _, tls = self._server
        if tls == "none":
            return MailBoxUnencrypted(host, port, timeout=self.seconds)
        context = ssl.create_default_context(cafile=self._ca_file)
        if tls == "starttls":
            return MailBoxStartTls(host, port, timeout=self.seconds, ssl_context=context)
        return MailBox(host, port, timeout=self.seconds, ssl_context=context)

    def _mail(self, uid: str) -> Waiting | None:
        stated, _ = self._fetched(uid, "RFC822.SIZE INTERNALDATE")
        size, arrived = _SIZE.search(stated), _ARRIVED.search(stated)
        if not size or not arrived:
            return None
        at = datetime.strptime(arrived[1].decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z")
        is_cut = int(size[1]) > self.largest
        _, raw = self._fetched(uid, "BODY.PEEK[HEADER]" if is_cut else "BODY.PEEK[]")
        return None if raw is None else Waiting(uid, raw, at, int(size[1]), is_cut)

    def _fetched(self, uid: str, parts: str) -> tuple[bytes, bytes | None]:
        """What the server says of a mail, and the literal that it sends with it."""
        status, answer = self._open.client.uid("FETCH", uid, f"({parts})")
        if status != "OK":
            raise MailboxError(f"the server answered {status}: {answer!r}"[:300])
        stated = b" ".join(line for line in answer if isinstance(line, bytes))
        return stated, next((line[1] for line in answer if isinstance(line, tuple)), None)

    def _made(self, folder: str) -> str:
        """The folder's name on this server: servers part and begin names in ways of their own."""
        if folder not in self._folders:
            prefix, mark = self._namespace()
            name = prefix + folder.replace("/", mark)
            if not self._open.folder.exists(name):
                self._open.folder.create(name)
            self._folders[folder] = name
        return self._folders[folder]

    def _namespace(self) -> tuple[str, str]:
        """What the names of the user's own folders begin with, and what parts their levels."""
        client = self._open.client
        answer = client.namespace()[1] if "NAMESPACE" in client.capabilities else [None]
        found = _NAMESPACE.match(answer[0] or b"")
        if found:
            return found[1].decode("ascii"), found[2].decode("ascii")
        return "", next((each.delim for each in self._open.folder.list("", "INBOX")), "/")


def _words(error: BaseException) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
