"""What became of each mail, as its sender records it; and the defects that refusals open."""

from datetime import date, datetime, timedelta

from sqlalchemy import and_, bindparam, select

from duban.store.database import Connection
from duban.store.outbox import Claimed, MailState, release, update_claimed
from duban.store.tables import DEFECT, DELIVERY, OUTBOX, insert

BACKOFF = tuple(timedelta(minutes=m) for m in (5, 15, 60, 240, 720, 1440, 1440))
"""Waits between attempts after a temporary refusal; after the last the mail is given up."""

# Each mail costs this statement, so it is built once.
_SENT = (
    OUTBOX.update()
    .where(OUTBOX.c.id == bindparam("mail"))
    .values(
        state=MailState.SENT.value,
        claimed_by=None,
        attempts=OUTBOX.c.attempts + 1,
        sent_on=bindparam("day"),
        sent_at=bindparam("instant"),
        subject=bindparam("heading"),
        reply=bindparam("answer"),
    )
)


def sent(
    connection: Connection, mail: Claimed, subject: str, reply: str, when: tuple[date, datetime]
) -> None:
    """Record that the server has accepted a mail; ``when`` is the day and the instant."""
    as_of, moment = when
    values = {
        "mail": mail.id,
        "day": mail.on if mail.is_uncertain else as_of,
        "instant": moment,
        "heading": subject,
        "answer": reply,
    }
    connection.execute(_SENT, values)


def postponed(
    connection: Connection, mail: Claimed, reply: str, moment: datetime, *, is_uncertain: bool
) -> MailState:
    """Record a temporary failure: another attempt later, or, after the last, failed."""
    _note_attempt(connection, mail, "temporary", reply, moment)
    if mail.attempts >= len(BACKOFF):
        given_up = f"given up after {mail.attempts + 1} attempts: {reply}"
        _fail(connection, mail, given_up)
        return MailState.FAILED
    tried = {
        "attempts": mail.attempts + 1,
        "next_attempt_at": moment + BACKOFF[mail.attempts],
        "reply": reply,
    }
    connection.execute(update_claimed(mail).values(tried))
    found = mail._replace(is_uncertain=mail.is_uncertain or is_uncertain)
    release(connection, [found])
    return MailState.UNCERTAIN if found.is_uncertain else MailState.PENDING


def failed(
    connection: Connection, mail: Claimed, reply: str, moment: datetime, *, is_defect: bool
) -> None:
    """Record a refusal for good; ``is_defect`` opens a defect of the address for the office."""
    _note_attempt(connection, mail, "permanent", reply, moment)
    _fail(connection, mail, reply)
    if not is_defect:
        return
    defect = {"address": mail.recipient, "because": reply, "opened_at": moment, "closed_at": None}
    connection.execute(insert(connection, DEFECT).on_conflict_do_nothing(), [defect])


def cancelled(connection: Connection, mail: Claimed, because: str) -> None:
    """Record that nothing was left to say when the mail was about to go."""
    values = {"state": MailState.CANCELLED.value, "claimed_by": None, "reply": because}
    connection.execute(update_claimed(mail).values(values))


def _fail(connection: Connection, mail: Claimed, reply: str) -> None:
    values = {
        "state": MailState.FAILED.value,
        "claimed_by": None,
        "attempts": mail.attempts + 1,
        "reply": reply,
    }
    connection.execute(update_claimed(mail).values(values))


def _note_attempt(
    connection: Connection, mail: Claimed, outcome: str, reply: str, moment: datetime
) -> None:
    row = {"outbox_id": mail.id, "at": moment, "outcome": outcome, "reply": reply}
    connection.execute(DELIVERY.insert(), [row])


def revive(connection: Connection, mail: int, recipient: str, as_of: date) -> bool:
    """Let a failed mail go to this address; the defect of the one that failed is forgotten.

    Returns:
        False if there is no such mail, or it has not failed.
    """
    row = connection.execute(select(OUTBOX).where(OUTBOX.c.id == mail)).one_or_none()
    if row is None or row.state != MailState.FAILED.value:
        return False
    # Uncertain, not pending: another mail may be open for this recipient by now.
    values = {
        "state": MailState.UNCERTAIN.value,
        "recipient": recipient,
        "on": as_of,
        "attempts": 0,
        "next_attempt_at": None,
    }
    connection.execute(OUTBOX.update().where(OUTBOX.c.id == mail).values(values))
    close = DEFECT.delete().where(DEFECT.c.address == row.recipient, DEFECT.c.closed_at.is_(None))
    connection.execute(close)
    return True


def close_defects(connection: Connection, moment: datetime) -> None:
    """Close the defect of each address that has taken a mail since."""
    later = and_(OUTBOX.c.recipient == DEFECT.c.address, OUTBOX.c.sent_at > DEFECT.c.opened_at)
    is_mended = select(OUTBOX.c.id).where(later, OUTBOX.c.state == MailState.SENT.value).exists()
    query = DEFECT.update().where(DEFECT.c.closed_at.is_(None), is_mended)
    connection.execute(query.values(closed_at=moment))
