"""Counting afterwards, from the database file and the mails on disk alone."""

import sqlite3
from collections import Counter
from contextlib import closing
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import NamedTuple

from duban.demo.stage import DOMAIN
from notifications.mime import message_id_for

_IN_MAILS = """
SELECT outbox.state, count(*) FROM notice JOIN outbox ON outbox.id = notice.outbox_id
GROUP BY outbox.state
"""
_WITHOUT_MAIL = """
SELECT count(*) FROM notice LEFT JOIN outbox ON outbox.id = notice.outbox_id
WHERE notice.recipient <> '' AND outbox.id IS NULL
"""
_TWICE = """
SELECT count(*) FROM (SELECT 1 FROM notice WHERE recipient <> ''
GROUP BY obligation_id, revision, step, recipient HAVING count(*) > 1)
"""

_DELIVERED = """
SELECT key FROM outbox WHERE channel = 'mail' AND (state = 'sent'
OR id IN (SELECT outbox_id FROM delivery WHERE outcome = 'bounced'))
"""
"""Those that the server took; some came back later."""


class Counts(NamedTuple):
    """What was queued and what became of it.

    ``repeated`` are the Message-IDs that arrived more than once, ``crowded`` the recipients with
    two different mails on one day. ``notices`` counts rungs and recipients by the fate of their
    mail.
    """

    mails: int
    repeated: list[str]
    crowded: list[str]
    unknown: list[str]
    missing: list[str]
    said_twice: int
    without_mail: int
    notices: dict[str, int]

    @property
    def waiting(self) -> int:
        """Notices in mails that may still go."""
        return self.notices.get("pending", 0) + self.notices.get("uncertain", 0)

    @property
    def lost(self) -> int:
        """Notices in no mail, and mails that were sent and never arrived."""
        return self.without_mail + len(self.missing)

    def faults(self, kills: int) -> list[str]:
        """What must not be, in words; each kill excuses one mail that arrived twice."""
        found = {
            "mails arrived more than once": max(0, len(self.repeated) - kills),
            "recipients got two mails on one day": len(self.crowded),
            "mails arrived that the outbox does not know": len(self.unknown),
            "notices were said twice": self.said_twice,
            "notices were lost": self.lost,
        }
        return [f"{number} {what}" for what, number in found.items() if number]


def audit(database: Path, mails: Path) -> Counts:
    """Count what the database says was sent against the mails that arrived."""
    arrived = Counter(_message_ids(mails))
    with closing(sqlite3.connect(database)) as connection:
        keys = connection.execute(_DELIVERED)
        sent = {message_id_for(str(row[0]), DOMAIN) for row in keys}
        by_state = dict(connection.execute(_IN_MAILS).fetchall())
        without_mail = int(connection.execute(_WITHOUT_MAIL).fetchone()[0])
        twice = int(connection.execute(_TWICE).fetchone()[0])
    here = {message_id for message_id, _, _ in arrived}
    days = Counter((day, address) for _, day, address in arrived)
    return Counts(
        mails=sum(arrived.values()),
        repeated=sorted(item[0] for item, count in arrived.items() if count > 1),
        crowded=sorted(f"{day} {address}" for (day, address), count in days.items() if count > 1),
        unknown=sorted(here - sent),
        missing=sorted(sent - here),
        said_twice=twice,
        without_mail=without_mail,
        notices={str(state): int(count) for state, count in by_state.items()},
    )


def _message_ids(mails: Path) -> list[tuple[str, str, str]]:
    parser = BytesHeaderParser()
    found = []
    for path in sorted(mails.glob("*/*.eml")):
        with path.open("rb") as file:
            header = parser.parse(file)
        found.append((str(header["Message-ID"]), path.parent.name, str(header["To"])))
    return found
