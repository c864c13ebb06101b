"""What a channel is given, what it gives back, and how it fails."""

import re
from enum import StrEnum
from typing import NamedTuple

_ADDRESS = re.compile(r"[!#-'*+\-./0-9=?A-Z^_`a-z{|}~]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


class Sender(NamedTuple):
    """Who writes: address and display name, the list's identifier, the domain of Message-IDs."""

    address: str
    name: str
    list_id: str
    domain: str


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
