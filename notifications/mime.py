"""A rendered digest made into the bytes of a mail: headers, threading, parts.

The parts are ``email.message.Message`` objects whose headers and payloads are put in ready for
the wire: ``EmailMessage`` costs four times as much, folds long Chinese names into wrong ones and
encodes a long In-Reply-To, which breaks threads (python/cpython#79986).
"""

import base64
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from email import policy
from email.generator import BytesGenerator
from email.message import Message as Part
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from urllib.parse import quote

from notifications.calendar_entry import calendar_entries
from notifications.digest import Digest
from notifications.message import AddressOf, Message, Sender, Stage, checked_address
from notifications.render import Rendered
from notifications.wording import clean

_WORD_BYTES = 39
"""Bytes of UTF-8 in an encoded word: 52 characters of base64, within RFC 2047's 75 in all."""

_NAME_BYTES = 42
"""Bytes of a name in one encoded word: 56 characters of base64, with ``From:`` within 76."""

_CONTINUES_FROM, _CONTINUES_UNTIL = 0x80, 0xC0
"""A byte in this range goes on with a character of UTF-8; any other begins one."""

_MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,200}>")
"""What may stand in In-Reply-To: it was written by strangers."""


class _Ready(policy.Compat32):
    """Writes headers as they stand: each was made for the wire by ``_plain`` or ``_encoded``."""

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{name}: {value}\r\n".encode("ascii")


_READY = _Ready(linesep="\r\n", max_line_length=None)


class _Generator(BytesGenerator):
    """Writes a body in one piece; line by line, base64 costs more than all the rest of a mail."""

    def _write_lines(self, lines: str) -> None:
        self._fp.write(lines.replace("\n", "\r\n").encode("ascii"))  # type: ignore[attr-defined]


def _plain(value: str) -> str:
    """A header's value in ASCII without controls.

    Raises:
        ValueError: the value could not stand in a header.
    """
    if value.isascii() and value.isprintable():
        return value
    raise ValueError(f"{value!r} cannot stand in a header as it is")


def _starts(text: bytes) -> list[int]:
    """Where to cut UTF-8 into pieces of at most ``_WORD_BYTES`` without cutting a character."""
    cuts = [0]
    while len(text) - cuts[-1] > _WORD_BYTES:
        cut = cuts[-1] + _WORD_BYTES
        while _CONTINUES_FROM <= text[cut] < _CONTINUES_UNTIL:
            cut -= 1
        cuts.append(cut)
    return [*cuts, len(text)]


def _word(charset: str, text: bytes) -> str:
    return f"=?{charset}?b?{base64.b64encode(text).decode('ascii')}?="


def _encoded(value: str) -> str:
    """The value as encoded words of RFC 2047, one to a line, whatever it holds."""
    text = clean(value).encode()
    return "\r\n ".join(_word("utf-8", text[begin:end]) for begin, end in pairwise(_starts(text)))


def _name(value: str) -> str:
    """A display name as one encoded word if it fits, in GB 18030 if need be.

    Readers that go by Python before 3.13.3 see a space between two words (python/cpython#128110).
    """
    for charset in ("utf-8", "gb18030"):
        text = value.encode(charset)
        if len(text) <= _NAME_BYTES:
            return _word(charset, text)
    return _encoded(value)


@lru_cache(maxsize=1024)
def _mailbox(name: str, address: str) -> str:
    checked = checked_address(address)
    shown = clean(name)
    return f"{_name(shown)}\r\n <{checked}>" if shown else checked


def message_id_for(key: str, domain: str) -> str:
    """The Message-ID of a key, the same on every try; angle brackets included."""
    digest = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:40]
    return f"<{digest}@{_plain(domain)}>"


def thread_root(digest: Digest, domain: str) -> str:
    """The Message-ID that no message has and all of one thread refer to.

    A mail about one obligation belongs to its thread, any other to that of its recipient
    and plan.
    """
    if len({item.obligation for item in digest.items}) == 1:
        return message_id_for(f"thread/{digest.items[0].obligation}", domain)
    plan = digest.plan
    return message_id_for(f"thread/{digest.address}/{plan.id if plan else ''}", domain)


def _leaf(content_type: str, content: bytes, disposition: str = "") -> Part:
    part = Part(_READY)
    part["Content-Type"] = content_type
    part["Content-Transfer-Encoding"] = "base64"
    if disposition:
        part["Content-Disposition"] = disposition
    part.set_payload(base64.encodebytes(content).decode("ascii"))
    return part


def _body(content_type: str, text: str) -> Part:
    lines = text.replace("\n", "\r\n").encode()
    return _leaf(f"{content_type}; charset=utf-8", lines)


def _multipart(subtype: str, boundary: str, parts: Sequence[Part]) -> Part:
    part = Part(_READY)
    part["Content-Type"] = f'multipart/{subtype}; boundary="{boundary}"'
    for child in parts:
        part.attach(child)
    return part


def _content(rendered: Rendered, digest: Digest, seed: str) -> Part:
    # "=_" never occurs in base64, so these boundaries need no search through the parts.
    bodies = [_body("text/plain", rendered.text), _body("text/html", rendered.html)]
    shown = _multipart("alternative", f"=_a{seed}", bodies)
    entries = [
        _leaf(
            "text/calendar; charset=utf-8; method=PUBLISH",
            file,
            f'attachment; filename="{due_on.isoformat()}.ics"',
        )
        for due_on, file in calendar_entries(digest)
    ]
    return _multipart("mixed", f"=_m{seed}", [shown, *entries]) if entries else shown


def _threading(root: str, answered: str | None) -> dict[str, str]:
    """The thread's root, and the reader's own mail where this one answers it."""
    chain = [root]
    if answered and _MESSAGE_ID.fullmatch(answered):
        chain.append(answered)
    return {"In-Reply-To": chain[-1], "References": "\r\n ".join(chain)}


def _headers(digest: Digest, sender: Sender, reply_to: str | None) -> dict[str, str]:
    headers = {
        "From": _mailbox(sender.name, sender.address),
        "To": _mailbox(digest.salutation, digest.address),
    }
    if reply_to:
        return headers | {"Reply-To": f"{_name(clean(sender.name))}\r\n <{reply_to}>"}
    offices = {
        plan.coordinator_address: plan.coordinator
        for plan in digest.plans
        if plan.coordinator_address
    }
    if offices:
        mailboxes = [_mailbox(name, address) for address, name in offices.items()]
        headers["Reply-To"] = ",\r\n ".join(mailboxes)
    return headers


def _address(of: AddressOf | None, digest: Digest) -> str | None:
    if of is None:
        return None
    return checked_address(of(digest.key, digest.address, digest.numbered), Stage.SENDER)


def _numbers(digest: Digest) -> Iterator[tuple[str, str]]:
    """One header for each number that an answer may name, with the obligation that it stands for.

    A server that sends a mail back sends its headers with it.
    """
    for number, obligation in enumerate(digest.numbered, start=1):
        yield "X-Duban-Item", f"{number} {quote(obligation)}"


def build(rendered: Rendered, digest: Digest, sender: Sender, sent_at: datetime) -> Message:
    """The mail of a digest; the same arguments give the same bytes.

    Raises:
        DeliveryError: permanent; an address cannot be written in a mail.
        ValueError: ``sent_at`` is naive, or the domain could not stand in a header.
    """
    if sent_at.tzinfo is None:
        raise ValueError("sent_at has no time zone")
    message_id = message_id_for(digest.key, sender.domain)
    bounces_to = _address(sender.bounces_to, digest)
    reply_to = None
    if digest.reads_replies:
        is_same = sender.reply_to is sender.bounces_to
        reply_to = bounces_to if is_same else _address(sender.reply_to, digest)
    root = _content(rendered, digest, message_id[1:25])
    headers = {
        "MIME-Version": "1.0",
        "Date": format_datetime(sent_at),
        "Message-ID": message_id,
        **_headers(digest, sender, reply_to),
        "Subject": _encoded(rendered.subject),
        **_threading(thread_root(digest, sender.domain), digest.replies_to),
        "List-Id": f"<{_plain(sender.list_id)}>",
        "Auto-Submitted": "auto-generated",
        # Bounces must come back, so DR and NDR are not named. No Precedence: it is what mass
        # mailings carry and some servers lower them for it.
        "X-Auto-Response-Suppress": "OOF, AutoReply, RN, NRN",
        "Content-Language": "zh-CN",
    }
    for name, value in headers.items():
        root[name] = value
    for name, value in _numbers(digest) if reply_to else ():
        root[name] = value
    buffer = BytesIO()
    _Generator(buffer, mangle_from_=False, policy=_READY).flatten(root)
    return Message(message_id, bounces_to or sender.address, digest.address, buffer.getvalue())
