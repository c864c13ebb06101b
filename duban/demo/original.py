"""A mail of ours as its reader has it before him, with what he needs for an answer."""

import re
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

_LINK = re.compile(r"https?://[^\s<>]+/u/[^\s<>]+")


class Original:
    """One mail in the folder of the mail server, read when it is looked at."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _mail(self) -> EmailMessage:
        with self._path.open("rb") as file:
            return BytesParser(policy=policy.default).parse(file)

    @property
    def message_id(self) -> str:
        """Its Message-ID, angle brackets included."""
        return str(self._mail["Message-ID"])

    @property
    def reply_to(self) -> str:
        """The address that answers go to, with the mail's own tag."""
        return parseaddr(str(self._mail["Reply-To"]))[1]

    @property
    def sender(self) -> str:
        """The name that it came from."""
        return parseaddr(str(self._mail["From"]))[0]

    @property
    def sender_address(self) -> str:
        """The address that it came from."""
        return parseaddr(str(self._mail["From"]))[1]

    @property
    def reader(self) -> str:
        """The address that it was sent to."""
        return parseaddr(str(self._mail["To"]))[1]

    @property
    def reader_name(self) -> str:
        """How its reader is addressed."""
        return parseaddr(str(self._mail["To"]))[0]

    @property
    def subject(self) -> str:
        """Its subject."""
        return str(self._mail["Subject"])

    @property
    def sent_at(self) -> datetime:
        """When it was sent (aware)."""
        return parsedate_to_datetime(str(self._mail["Date"]))

    @cached_property
    def items(self) -> list[str]:
        """The obligations that it numbers, number 1 first."""
        headers = self._mail.get_all("X-Duban-Item", [])
        return [unquote(str(value).partition(" ")[2]) for value in headers]

    @cached_property
    def text(self) -> str:
        """Its plain text."""
        return self._part("plain")

    @cached_property
    def html(self) -> str:
        """Its page."""
        return self._part("html")

    @property
    def link(self) -> str | None:
        """The link to its reader's own page; None where it has none."""
        found = _LINK.search(self.text)
        return found[0] if found else None

    @property
    def quoted(self) -> str:
        """Its text as most mail programs quote it."""
        return "".join(f"> {line}\n" for line in self.text.splitlines())

    def _part(self, subtype: str) -> str:
        part = self._mail.get_body((subtype,))
        return str(part.get_content()).replace("\r\n", "\n") if part else ""
