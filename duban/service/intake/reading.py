"""One mail that came in, considered: what it is, what it says, what is to become of it."""

import json
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from duban.feedback.grammar import read
from duban.feedback.incoming import Incoming, IncomingKind, parse
from duban.feedback.mailbox import OFFICE, Waiting
from duban.service.intake.bounces import Returned, judge_bounce, returned_of
from duban.service.intake.checks import Checks
from duban.service.intake.mail import Known, MailRoom, known_of
from duban.service.intake.rules import Verdict, judge
from duban.service.workplace import Moment, Workplace
from duban.store import received
from duban.store.database import Connection
from duban.store.received import ReceivedState, storable
from models.answer import Reading

_LONGEST_TEXT = 100_000
_MANY = 99
"""Where the mail is not known every number may be one of its items: for the office to see."""

_TOO_LARGE = "邮件太大（{}兆），只读了信头；原信在邮箱的 " + OFFICE + " 文件夹"


class Considered(NamedTuple):
    """A mail with what is known of it, what it is understood to say, and the verdict."""

    incoming: Incoming
    verdict: Verdict
    known: Known = Known(Checks())
    reading: Reading = Reading(())
    returned: tuple[Returned, ...] = ()

    @property
    def mail(self) -> int | None:
        """The mail of ours that it is about."""
        if self.known.mail:
            return int(self.known.mail.id)
        return next((int(one.mail.id) for one in self.returned if one.mail), None)


def day_of(waiting: Waiting, moment: Moment) -> date:
    """The day that an answer counts for: the one on which it arrived, not when it is read."""
    return min(waiting.arrived_at.astimezone(moment.at.tzinfo).date(), moment.as_of)


def consider(
    connection: Connection, workplace: Workplace, room: MailRoom, waiting: Waiting, on: date
) -> Considered:
    """What is to become of a mail that arrived on a day; nothing is written."""
    incoming = _without_refuse(parse(waiting.raw))
    if waiting.is_cut:
        because = _TOO_LARGE.format(round(waiting.size / 1_000_000))
        return Considered(incoming, Verdict(ReceivedState.OFFICE, because))
    if incoming.kind in (IncomingKind.AUTOMATIC, IncomingKind.ECHO):
        return Considered(incoming, Verdict(ReceivedState.IGNORED, incoming.because))
    if twin := received.twin(connection, incoming.message_id, incoming.sender, _kept(incoming)):
        because = f"与第{twin}号来信是同一封邮件，不重复登记"
        return Considered(incoming, Verdict(ReceivedState.IGNORED, because))
    if incoming.kind is IncomingKind.BOUNCE:
        returned = returned_of(connection, workplace, room, incoming)
        return Considered(incoming, judge_bounce(returned), returned=returned)
    known = known_of(connection, workplace, room, incoming, on)
    understood = read(incoming.text, on, len(known.items) if known.items else _MANY)
    verdict = judge(known.checks, known.items, understood, known.trouble or incoming.because)
    return Considered(incoming, verdict, known, understood)


def row_of(found: Considered) -> dict[str, object]:
    """A considered mail as the store keeps it."""
    incoming, is_reply = found.incoming, found.incoming.kind is IncomingKind.REPLY
    return {
        "message_id": storable(incoming.message_id) or None,
        "sender": storable(incoming.sender),
        "subject": storable(incoming.subject),
        "text": _kept(incoming),
        "kind": incoming.kind.value,
        "state": found.verdict.state.value,
        "because": storable(found.verdict.because),
        "reading": _json(reading_as_json(found.reading)) if is_reply else None,
        "checks": _json(found.known.checks.as_json()) if is_reply else None,
        "outbox_id": found.mail,
        "settled_by": None,
        "settled_at": None,
        "settled_text": None,
    }


def _without_refuse(incoming: Incoming) -> Incoming:
    """The mail without characters that no database takes."""
    return incoming._replace(
        message_id=storable(incoming.message_id),
        sender=storable(incoming.sender),
        subject=storable(incoming.subject),
        text=storable(incoming.text),
        full_text=storable(incoming.full_text),
        bounced=tuple(
            one._replace(recipient=storable(one.recipient), diagnostic=storable(one.diagnostic))
            for one in incoming.bounced
        ),
    )


def _kept(incoming: Incoming) -> str:
    return storable(incoming.text or incoming.full_text)[:_LONGEST_TEXT]


def _json(value: object) -> str:
    return storable(json.dumps(value, ensure_ascii=False))


def reading_as_json(reading: Reading) -> Mapping[str, object]:
    """What was understood, for programs and for whoever settles the mail."""
    return {
        "statements": [
            {
                "items": list(statement.items),
                "for_all": statement.for_all,
                "kind": statement.kind.value,
                "text": statement.text,
                "until": statement.until.isoformat() if statement.until else None,
                "is_nil": statement.is_nil,
            }
            for statement in reading.statements
        ],
        "unclear": list(reading.unclear),
        "because": reading.because,
    }
