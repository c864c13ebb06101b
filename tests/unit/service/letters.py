"""An office that has written to its units, the answers they send, and the inbox they lie in."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Any

from duban.feedback.mailbox import MailboxError, Waiting
from duban.feedback.tokens import Tokens
from duban.service.apply import apply
from duban.service.intake.mail import MailRoom
from duban.service.intake.run import IntakeSummary, run_intake
from duban.service.sending.deliver import moment_of
from duban.service.workplace import Moment, Workplace
from duban.store.database import Record, reading, writing
from duban.store.tables import ENTRY, EVIDENCE, OUTBOX, RECEIVED
from notifications.mime import message_id_for
from tests import builders

MAILBOX, DOMAIN, SERVER = "answers@office.example", "office.example", "mx.office.example"
TOKENS = Tokens(("a-key-that-nobody-could-ever-guess",))
ROOM = MailRoom(MAILBOX, DOMAIN, TOKENS, SERVER)
LIAISON, HEAD = builders.address("甲局", "liaison"), builders.address("甲局", "head")
OTHER = builders.address("乙局", "liaison")
ASSIGNMENT, REPORT = "plan-2024/assignment/甲局", "plan-2024/summary/甲局"
DAY = date(2024, 10, 15)
PDF = b"%PDF-1.4\nscan"


class Inbox(AbstractContextManager["Inbox"]):
    """A mailbox in memory: what waits, and where what is done was put."""

    def __init__(self, *mails: bytes, arrived: date = date(2030, 1, 1)) -> None:
        at = datetime(arrived.year, arrived.month, arrived.day, 4, tzinfo=UTC)
        self.mails = {
            str(n): Waiting(str(n), raw, at, len(raw)) for n, raw in enumerate(mails, start=1)
        }
        self.folders: dict[str, list[str]] = {}
        self.is_broken = False

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None

    def waiting(self) -> Iterator[Waiting]:
        yield from list(self.mails.values())

    def done(self, uid: str, folder: str) -> None:
        if self.is_broken:
            raise MailboxError("the line broke")
        self.folders.setdefault(folder, []).append(self.mails.pop(uid).uid)


class Letters:
    """The office of 甲局 and 乙局, whose plan was applied on 2024-10-09."""

    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace
        apply(workplace, workplace.office.plans.values(), builders.occasion("2024-10-09"))

    def sent(self, *items: str, to: str = LIAISON) -> str:
        """The mail that waits for this reader has gone, with these numbered items; its key."""
        values = {"items": json.dumps(items), "state": "sent", "sent_on": date(2024, 10, 9)}
        values["sent_at"] = builders.instant(date(2024, 10, 9))
        with writing(self.workplace.engine) as connection:
            mail = OUTBOX.update().where(OUTBOX.c.recipient == to, OUTBOX.c.state == "pending")
            row = connection.execute(mail.values(values).returning(OUTBOX.c.key)).one()
        return str(row.key)

    def reply_to(self, key: str) -> str:
        """The reply address of a mail."""
        with reading(self.workplace.engine) as connection:
            row = connection.execute(OUTBOX.select().where(OUTBOX.c.key == key)).one()
        tag = TOKENS.tag(key, row.recipient, json.loads(row.items))
        return MAILBOX.replace("@", f"+{tag}@")

    def reply(self, key: str, text: str, sender: str = LIAISON, **headers: str) -> bytes:
        """An answer to a mail, with the tag in its address."""
        given = {"To": self.reply_to(key), "Subject": "回复：督办"}
        return letter(text, sender, **(given | headers))

    def intake(
        self, *mails: bytes, on: date = DAY, inbox: Inbox | None = None, limit: int = 10**6
    ) -> IntakeSummary:
        """One run over these mails."""
        found = inbox or Inbox(*mails)
        return run_intake(self.workplace, ROOM, found, self.moment(on), limit)

    def moment(self, on: date = DAY) -> Moment:
        return moment_of(self.workplace, on, "Asia/Shanghai")

    def received(self) -> list[Record]:
        return self._all(RECEIVED)

    def entries(self) -> list[Record]:
        """What came in by mail."""
        return [row for row in self._all(ENTRY) if row.via == "mail"]

    def evidence(self) -> list[Record]:
        return self._all(EVIDENCE)

    def stage(self, key: str = REPORT) -> str:
        return str(builders.items(self.workplace)[key].stage)

    def files(self) -> list[Path]:
        return [path for path in self.workplace.evidence.rglob("*") if path.is_file()]

    def _all(self, table: Any) -> list[Record]:
        with reading(self.workplace.engine) as connection:
            return list(connection.execute(table.select().order_by(table.c.id)))


def letter(
    text: str,
    sender: str = LIAISON,
    papers: tuple[tuple[str, str, bytes], ...] = (),
    **headers: str,
) -> bytes:
    """A mail; ``papers`` are attachments: name, media type, content."""
    mail = EmailMessage()
    mail["From"] = sender
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    if "Message_ID" not in headers:
        mail["Message-ID"] = f"<{abs(hash((text, sender, tuple(headers.items()))))}@unit.example>"
    mail.set_content(text)
    for name, kind, content in papers:
        main, _, sub = kind.partition("/")
        mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()


def quoting(key: str) -> dict[str, str]:
    """The headers of a reply that names our mail by its Message-ID."""
    return {"In_Reply_To": message_id_for(key, DOMAIN)}


def bounce(status: str, key: str | None, recipient: str = LIAISON, to: str = MAILBOX) -> bytes:
    """A server's report on a mail of ours."""
    original = f"Message-ID: {message_id_for(key, DOMAIN)}\n" if key else "Subject: x\n"
    said = f"Final-Recipient: rfc822; {recipient}\nAction: failed\nStatus: {status}\n"
    said += f"Diagnostic-Code: smtp; 550 {status} no such user here\n"
    return (
        f"From: MAILER-DAEMON@relay.example\nTo: {to}\nSubject: Undelivered Mail\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nIt could not be delivered.\n"
        "--b\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; relay.example\n\n{said}\n"
        f"--b\nContent-Type: text/rfc822-headers\n\n{original}\n--b--\n"
    ).encode()
