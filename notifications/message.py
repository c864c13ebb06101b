"""What a channel is given, what it gives back, and how it fails."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from notifications.digest import Link

_ADDRESS = re.compile(r"[!#-'*+\-./0-9=?A-Z^_`a-z{|}~]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


AddressOf = Callable[[str, str, Sequence[str]], str]
"""The address for one mail: from its key, its reader's address, the obligations it numbers."""


class Sender(NamedTuple):
    """Who writes: address and display name, the list's identifier, the domain of Message-IDs.

    ``reply_to`` gives the address at which a program reads the answers to a mail, ``bounces_to``
    the one that is told what cannot be delivered (without it ``address`` is), ``page`` the link to
    a reader's page, from a mail's key and the day. None: there is no such way.
    """

    address: str
    name: str
    list_id: str
    domain: str
    reply_to: AddressOf | None = None
    bounces_to: AddressOf | None = None
    page: Callable[[str, date], Link] | None = None


class Message(NamedTuple):
    """One mail as it goes over the wire.

    ``sender`` and ``recipient`` are the envelope's bare addresses; ``data`` is the whole mail in
    ASCII with CRLF line ends.
    """

    message_id: str
    sender: str
    recipient: str
    data: bytes


class Receipt(NamedTuple):
    """The server's own words on taking a message over."""

    reply: str


class Stage(StrEnum):
    """How far a delivery had come when it failed."""

    CONNECTION = "connection"
    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"


class DeliveryError(Exception):
    """A message was not delivered.

    ``permanent``: another try would end the same way. ``accepted_maybe``: the whole message had
    left and no answer came, so the server may have it. ``reply`` holds the server's words, or what
    went wrong where it said none. ``stage`` tells an unknown recipient from refused content.
    """

    def __init__(
        self, reply: str, *, stage: Stage, permanent: bool = False, accepted_maybe: bool = False
    ) -> None:
        super().__init__(reply)
        self.reply = reply
        self.stage = stage
        self.permanent = permanent
        self.accepted_maybe = accepted_maybe


def checked_address(address: str, stage: Stage = Stage.RECIPIENT) -> str:
    """The address itself if plain SMTP can carry it.

    Raises:
        DeliveryError: the address is not ASCII or not an address; permanent if a recipient's.
    """
    if _ADDRESS.fullmatch(address):
        return address
    problem = "is not ASCII" if not address.isascii() else "is not an e-mail address"
    raise DeliveryError(f"{address!r} {problem}", stage=stage, permanent=stage is Stage.RECIPIENT)
