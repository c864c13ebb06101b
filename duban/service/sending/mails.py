"""The outbox as the office looks at it: which mails, what is in them, what became of each."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from duban.errors import Refused, WrongUsage
from duban.service.sending.addressing import address_of
from duban.service.sending.compose import compose
from duban.service.workplace import Workplace
from duban.store import mail_records, outbox, outcomes
from duban.store.database import Connection, Record, reading, writing
from duban.store.outbox import WAITING, Claimed, MailState
from notifications.digest import Digest
from notifications.message import Sender
from notifications.render import render
from notifications.subject import subject


class Mail(NamedTuple):
    """A mail and its subject; where it has not gone yet, the one it would have as things stand.

    Of a nudge: the subjects that it repeats, on one line.
    """

    row: Record
    subject: str | None


class MailStory(NamedTuple):
    """A mail with its failed attempts, its notices and round-ups, and what it would say now.

    ``text`` is None where the mail has gone, or where nothing is left to say.
    """

    mail: Mail
    attempts: list[Record]
    notices: list[Record]
    round_ups: list[Record]
    text: str | None


class Outbox(NamedTuple):
    """Some mails and nudges, newest first, how many stand in each state, and what fails.

    ``held`` mails wait for another week, because their readers have had enough in this one.
    """

    mails: list[Mail]
    counts: dict[str, int]
    nudges: dict[str, int]
    defects: list[Record]
    held: int


def list_mails(workplace: Workplace, state: MailState | None, as_of: date) -> Outbox:
    """The newest mails, of one state or of all."""
    with reading(workplace.engine) as connection:
        rows = mail_records.mails(connection, state)
        digests = _digests(connection, workplace, rows, as_of)
        mails = [_mail(row, digests.get(row.id)) for row in rows]
        counts = mail_records.counts(connection)
        nudges = mail_records.counts(connection, outbox.NUDGE)
        held = mail_records.count_held(connection, as_of)
        return Outbox(mails, counts, nudges, mail_records.defects(connection), held)


def show_mail(
    workplace: Workplace, number: int, as_of: date, sender: Sender | None = None
) -> MailStory:
    """One mail with everything about it; its text as this sender would send it.

    The link to the reader's page is left out: whoever has it answers in the reader's name.

    Raises:
        WrongUsage: there is no mail of that number.
    """
    with reading(workplace.engine) as connection:
        row = _existing(connection, number)
        sender = sender._replace(page=None) if sender else None
        digest = _digests(connection, workplace, [row], as_of, sender).get(number)
        return MailStory(
            _mail(row, digest),
            mail_records.deliveries(connection, number),
            mail_records.contents(connection, [number]),
            mail_records.round_ups(connection, [number]),
            render(digest).text if digest else None,
        )


def retry_mail(workplace: Workplace, number: int, as_of: date) -> None:
    """Let a failed mail go again with the next run, to whoever holds its reader's post by now.

    Raises:
        WrongUsage: there is no mail of that number.
        Refused: it has not failed.
    """
    with writing(workplace.engine) as connection:
        row = _existing(connection, number)
        recipient = address_of(connection, workplace, row, as_of)
        if not outcomes.revive(connection, number, recipient, as_of):
            raise Refused(f"mail {number} is {row.state}", "only a failed mail can be retried")


def _existing(connection: Connection, number: int) -> Record:
    row = mail_records.mail(connection, number)
    if row is None:
        raise WrongUsage(f"there is no mail {number}", "`duban outbox` lists them")
    return row


def _digests(
    connection: Connection,
    workplace: Workplace,
    rows: Iterable[Record],
    as_of: date,
    sender: Sender | None = None,
) -> dict[int, Digest | None]:
    """What the mails that wait would say; nothing of one whose plan has left the matrices."""
    waiting = {row.id: row for row in rows if row.state in WAITING}
    strangers = {
        row.outbox_id
        for row in (
            *mail_records.contents(connection, waiting),
            *mail_records.round_ups(connection, waiting),
        )
        if row.plan_id not in workplace.office.plans
    }
    claimed = [
        Claimed(row.id, row.key, row.recipient, row.on, row.attempts, False, "")
        for row in waiting.values()
        if row.id not in strangers
    ]
    return compose(connection, workplace, claimed, as_of, sender)


def _mail(row: Record, digest: Digest | None) -> Mail:
    if row.channel == outbox.NUDGE:
        return Mail(row, (row.subject or row.words).replace("\n", "；"))
    return Mail(row, row.subject or (subject(digest) if digest else None))
