"""Reports that a mail could not be delivered: RFC 3464, and those that follow no standard."""

import re
from collections.abc import Iterator
from email.parser import BytesHeaderParser
from itertools import islice
from typing import NamedTuple

from duban.feedback.headers import (
    Part,
    addresses,
    message_ids,
    raw_value,
    sender_of,
    text_of,
    text_value,
)
from duban.feedback.parts import children_of, content_of, text_content

_MOST_RECIPIENTS = 200
_ROBOTS = re.compile(
    r"(?:mailer-?daemon|mail-?daemon|postmaster|mta|mdaemon|bounce[sd]?)(?:[+@._-]|$)"
)
_SUBJECT = re.compile(
    r"退信|退回|无法投递|无法送达|投递失败|发送失败|未送达|未能送达|undeliver|delivery "
    r"(?:status|failure|has failed)|mail delivery (?:failed|system|subsystem)"
    r"|returned (?:mail|to sender)|failure notice|could not be delivered|bounce",
    re.IGNORECASE,
)
_STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_TEXT_MESSAGE_ID = re.compile(
    r"^[>\s]*Message-ID:\s*(<[^<>\s]{1,300}>)", re.IGNORECASE | re.MULTILINE
)
_REPORTS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_ORIGINALS = frozenset(
    {"message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers"}
)


class Bounced(NamedTuple):
    """One recipient that a mail did not reach; empty where the report does not say which.

    ``status`` is the code of RFC 3463 or empty; ``message_id`` is that of the mail sent.
    """

    recipient: str
    status: str
    diagnostic: str
    is_permanent: bool
    message_id: str | None


def is_bounce(mail: Part, leaves: list[Part]) -> bool:
    """Whether a mail is a report of failed delivery: by its form, or by its robot and subject."""
    if any(leaf.get_content_type() in _REPORTS for leaf in leaves):
        return True
    if _is_report(mail):
        return True
    if raw_value(mail, "X-Failed-Recipients"):
        return True
    is_from_robot = bool(_ROBOTS.match(sender_of(mail).address)) or _has_no_return_path(mail)
    return is_from_robot and bool(_SUBJECT.search(text_value(mail, "Subject")))


def _is_report(mail: Part) -> bool:
    kind = str(mail.get_param("report-type", "") or "").lower()
    return mail.get_content_type() == "multipart/report" and kind == "delivery-status"


def _has_no_return_path(mail: Part) -> bool:
    return raw_value(mail, "Return-Path") == "<>"


def is_good_news(leaves: list[Part]) -> bool:
    """Whether a report tells of nothing but deliveries that succeeded."""
    actions = [raw_value(block, "Action").lower() for block in _blocks(leaves)]
    stated = [action for action in actions if action]
    return bool(stated) and not set(stated) - {"delivered", "relayed", "expanded"}


def bounced_of(mail: Part, leaves: list[Part]) -> tuple[Bounced, ...]:
    """Whom the mail did not reach; one entry without an address where that is not said."""
    original = _original_id(leaves)
    failures = (block for block in _blocks(leaves) if _is_failure(block))
    told = [_from_block(block, original) for block in islice(failures, _MOST_RECIPIENTS)]
    if told:
        return tuple(dict.fromkeys(told))
    text = "\n".join(text_content(leaf) for leaf in leaves if leaf.get_content_maintype() == "text")
    found = _TEXT_MESSAGE_ID.search(text)
    status = _STATUS.search(text)
    code = status[0] if status else ""
    spoken = Bounced("", code, "", code.startswith("5"), original or (found[1] if found else None))
    failed = addresses(mail, "X-Failed-Recipients")[:_MOST_RECIPIENTS]
    return tuple(spoken._replace(recipient=address) for address in failed) or (spoken,)


def _blocks(leaves: list[Part]) -> Iterator[Part]:
    """The groups of fields of all delivery reports: one for the mail, one for each recipient."""
    for leaf in leaves:
        if leaf.get_content_type() not in _REPORTS:
            continue
        blocks = children_of(leaf)
        if any(raw_value(block, "Action") or raw_value(block, "Status") for block in blocks):
            yield from blocks
            continue
        # Some servers encode the report, which the standard forbids and the parser does not undo.
        content = b"\n\n".join(content_of(block) for block in blocks) or content_of(leaf)
        for group in re.split(rb"\r?\n\r?\n", content):
            yield BytesHeaderParser().parsebytes(group)


def _is_failure(block: Part) -> bool:
    recipient = raw_value(block, "Final-Recipient") or raw_value(block, "Original-Recipient")
    return bool(recipient) and raw_value(block, "Action").lower() not in {
        "delivered",
        "relayed",
        "expanded",
    }


def _from_block(block: Part, original: str | None) -> Bounced:
    said = addresses(block, "Original-Recipient") or addresses(block, "Final-Recipient")
    status = _STATUS.search(raw_value(block, "Status"))
    diagnostic = text_of(raw_value(block, "Diagnostic-Code").partition(";")[2])[:500]
    return Bounced(
        _without_type(said[0]) if said else "",
        status[0] if status else "",
        diagnostic,
        bool(status) and status[1] == "5" if status else False,
        original,
    )


def _without_type(address: str) -> str:
    return address.removeprefix("rfc822;").removeprefix("utf-8;")


def _original_id(leaves: list[Part]) -> str | None:
    """The Message-ID of the mail that the report returns, whole or only its header."""
    for leaf in leaves:
        if leaf.get_content_type() not in _ORIGINALS:
            continue
        attached = children_of(leaf) or [BytesHeaderParser().parsebytes(content_of(leaf))]
        found = message_ids(attached[0], "Message-ID")
        if found:
            return found[0]
    return None
