"""Counting the answers afterwards, from the database file and what lies on disk."""

import hashlib
import sqlite3
from collections import Counter
from contextlib import closing
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import NamedTuple

from models.entry import BY_UNIT

_WAYS = f"""
SELECT via, count(*) FROM entry
WHERE kind IN ({", ".join(f"'{kind.value}'" for kind in BY_UNIT)}) GROUP BY via
"""
_WAITING = """
SELECT id, sender, because FROM received WHERE state IN ('office', 'partly') ORDER BY id
"""
_TWICE = """
SELECT count(*) FROM (SELECT 1 FROM entry WHERE received_id IS NOT NULL
GROUP BY received_id, obligation_id, kind HAVING count(*) > 1)
"""
_SILENT = """
SELECT count(*) FROM received WHERE state = 'acted'
AND id NOT IN (SELECT received_id FROM entry WHERE received_id IS NOT NULL)
"""


class Waiting(NamedTuple):
    """A letter that somebody of the office must look at: its number, from whom, and why."""

    number: int
    sender: str
    because: str


class AnswerCounts(NamedTuple):
    """What came in and what became of it.

    ``ways`` counts what units said by the way it came in, ``states`` the letters by what became of
    them. ``lost`` letters arrived and are not on record, ``repeated`` ones are on record twice,
    ``said_twice`` are entries that one letter made twice, ``idle`` letters that count as acted upon
    and made no entry. ``evidence`` counts the files kept, ``spoilt`` those that are not what they
    were.
    """

    letters: int
    ways: dict[str, int]
    states: dict[str, int]
    waiting: list[Waiting]
    lost: int
    repeated: int
    said_twice: int
    idle: int
    evidence: int
    spoilt: int

    def faults(self) -> list[str]:
        """What must not be, in words."""
        found = {
            "answers by mail were lost": self.lost,
            "answers by mail are on record twice": self.repeated,
            "entries were made twice from one mail": self.said_twice,
            "mails count as acted upon without an entry": self.idle,
            "pieces of evidence are missing or changed": self.spoilt,
        }
        return [f"{number} {what}" for what, number in found.items() if number]


def audit_answers(database: Path, letters: Path, evidence: Path) -> AnswerCounts:
    """Hold the letters that were put into the mailbox against the ledger's record of them."""
    arrived = set(_message_ids(letters))
    with closing(sqlite3.connect(database)) as connection:
        known = Counter(row[0] for row in connection.execute("SELECT message_id FROM received"))
        ways = dict(connection.execute(_WAYS).fetchall())
        states = connection.execute("SELECT state, count(*) FROM received GROUP BY state")
        by_state = dict(states.fetchall())
        waiting = [Waiting(*row) for row in connection.execute(_WAITING)]
        said_twice = int(connection.execute(_TWICE).fetchone()[0])
        idle = int(connection.execute(_SILENT).fetchone()[0])
        contents = {row[0] for row in connection.execute("SELECT content FROM document")}
        contents |= {row[0] for row in connection.execute("SELECT content FROM received")}
    return AnswerCounts(
        letters=len(arrived),
        ways=ways,
        states=by_state,
        waiting=waiting,
        lost=len(arrived - set(known)),
        repeated=sum(count - 1 for count in known.values()),
        said_twice=said_twice,
        idle=idle,
        evidence=len(contents),
        spoilt=len(contents - set(_intact(evidence))),
    )


def _message_ids(letters: Path) -> list[str]:
    parser = BytesHeaderParser()
    found = []
    for path in sorted(letters.glob("*/*.eml")):
        with path.open("rb") as file:
            found.append(str(parser.parse(file)["Message-ID"]).strip())
    return found


def _intact(evidence: Path) -> list[str]:
    """The hashes of the files whose names are their hashes."""
    return [
        found
        for path in evidence.rglob("*")
        if path.is_file()
        and (found := hashlib.sha256(path.read_bytes()).hexdigest()).endswith(path.name)
    ]
