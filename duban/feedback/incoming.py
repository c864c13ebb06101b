"""A raw mail understood: who wrote it, what for, what it says, and what came with it.

Nothing a mail holds makes this raise. What cannot be read at all (a thousand parts, parts in parts
without end) comes back with its headers and the reason, for a person to look at.
"""

from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.parser import BytesHeaderParser
from enum import StrEnum
from typing import NamedTuple

from duban.feedback.automatic import why_automatic, why_echo
from duban.feedback.bounce import Bounced, bounced_of, is_bounce, is_good_news
from duban.feedback.headers import (
    Part,
    addresses,
    message_ids,
    raw_value,
    raw_values,
    sender_of,
    sent_at_of,
    text_value,
)
from duban.feedback.parts import (
    MOST_PARTS,
    Attachment,
    TooManyPartsError,
    attachments_of,
    body_of,
    own_parts,
)
from duban.feedback.quoting import answer_in

_MOST_BOUNDARIES = 5 * MOST_PARTS
_LONGEST_HEADER = 1_000_000
_RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_UNREADABLE = "邮件结构异常（分段过多或嵌套过深），未能读取"


class IncomingKind(StrEnum):
    """What a received mail is: only a reply can be an answer."""

    REPLY = "reply"
    BOUNCE = "bounce"
    AUTOMATIC = "automatic"
    ECHO = "echo"


class Incoming(NamedTuple):
    """A received mail.

    Addresses are bare and in lower case; ``sender`` is empty where From names none or several.
    ``recipients`` are all addresses that the mail was written or delivered to, tags included.
    ``references`` are the Message-IDs of In-Reply-To and References. ``because`` says, in Chinese,
    why it is automatic or an echo, or that it could not be read. ``text`` is the answer without
    what it quotes, ``full_text`` all text. ``authentication`` are the Authentication-Results
    headers as they stand, the topmost first; only the first ones are the own server's.
    """

    message_id: str
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    subject: str
    sent_at: datetime | None
    references: tuple[str, ...]
    kind: IncomingKind
    because: str
    text: str
    full_text: str
    attachments: tuple[Attachment, ...]
    authentication: tuple[str, ...]
    bounced: tuple[Bounced, ...]


def parse(raw: bytes) -> Incoming:
    """The mail in these bytes; never raises, whatever they are."""
    try:
        mail = _mail(raw)
        leaves = list(own_parts(mail))
        return _understood(mail, leaves)
    except (TooManyPartsError, MessageError, ValueError, LookupError, TypeError, RecursionError):
        # What a hostile mail makes the parser raise must not stop the mails behind it.
        return _headers_only(BytesHeaderParser().parsebytes(_head(raw)))


def unread() -> Incoming:
    """What is left of a mail of which not even the headers can be read."""
    return _headers_only(Part())


def _mail(raw: bytes) -> Part:
    if raw.count(b"\n--") > _MOST_BOUNDARIES:
        raise TooManyPartsError
    return message_from_bytes(raw)


def _head(raw: bytes) -> bytes:
    return raw[:_LONGEST_HEADER].replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n"


def _understood(mail: Part, leaves: list[Part]) -> Incoming:
    kind, because = _kind(mail, leaves)
    full_text = body_of(leaves)
    return _headers_only(mail)._replace(
        kind=kind,
        because=because,
        text=answer_in(full_text) if kind is IncomingKind.REPLY else "",
        full_text=full_text,
        attachments=attachments_of(leaves) if kind is IncomingKind.REPLY else (),
        bounced=bounced_of(mail, leaves) if kind is IncomingKind.BOUNCE else (),
    )


def _kind(mail: Part, leaves: list[Part]) -> tuple[IncomingKind, str]:
    if is_bounce(mail, leaves):
        if is_good_news(leaves):
            return IncomingKind.AUTOMATIC, "是投递成功的回执"
        return IncomingKind.BOUNCE, ""
    if because := why_echo(mail):
        return IncomingKind.ECHO, because
    if because := why_automatic(mail):
        return IncomingKind.AUTOMATIC, because
    return IncomingKind.REPLY, ""


def _headers_only(mail: Part) -> Incoming:
    sender = sender_of(mail)
    return Incoming(
        message_id=next(iter(message_ids(mail, "Message-ID")), raw_value(mail, "Message-ID")),
        sender=sender.address,
        sender_name=sender.name,
        recipients=addresses(mail, *_RECIPIENTS),
        subject=text_value(mail, "Subject"),
        sent_at=sent_at_of(mail),
        references=message_ids(mail, "In-Reply-To", "References"),
        kind=IncomingKind.REPLY,
        because=_UNREADABLE,
        text="",
        full_text="",
        attachments=(),
        authentication=tuple(raw_values(mail, "Authentication-Results")),
        bounced=(),
    )
