"""kill -9 at any instant of an intake, run again: no answer lost, none counted twice."""

import hashlib
import json
import os
import random
import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

import pytest

from duban.store.database import reading
from duban.store.tables import ENTRY, EVIDENCE, RECEIVED
from models.office import Office
from notifications.mime import message_id_for
from tests.integration import dovecot
from tests.integration.dovecot import Dovecot
from tests.integration.offices import PLAN, SENDER, many
from tests.integration.site import Site
from tests.integration.tap import Side, Tap, tapping

UNITS = 24
APPLIED, SENT, READ = "2024-09-13", "2024-09-18", "2024-09-19"
KILLS, KILLS_AT_A_POINT = 12, 3


class Post(NamedTuple):
    """An office that waits for answers, its mailbox, and the tap on the line to it."""

    site: Site
    server: Dovecot
    tap: Tap
    evidence: Path
    mails: dict[str, bytes]

    def start(self) -> int:
        """A reader of the mailbox, in a process of its own."""
        job = {
            "as_of": READ, "units": UNITS, "each": 1, "port": self.tap.port,
            "user": self.server.user, "password": self.server.password,
            "evidence": str(self.evidence),
        }  # fmt: skip
        return self.site.workers.start("intake", self.site.url, **job)

    def assert_each_answer_counts_once(self) -> None:
        done = Counter(self.server.held("Duban/Done"))
        assert done == Counter(self.mails.values())
        assert (self.server.held(), self.server.held("Duban/Office")) == ([], [])
        hashes = {hashlib.sha256(raw).hexdigest() for raw in self.mails.values()}
        with reading(self.site.workplace.engine) as connection:
            rows = connection.execute(RECEIVED.select()).all()
            entries = connection.execute(ENTRY.select().where(ENTRY.c.via == "mail")).all()
            pieces = connection.execute(EVIDENCE.select()).all()
        assert Counter(row.content for row in rows) == Counter(hashes)
        assert {row.state for row in rows} == {"acted"}
        said = Counter((row.obligation_id, row.kind) for row in entries)
        assert said == Counter((f"{PLAN}/summary-0/{unit}", "reported") for unit in self.mails)
        assert Counter(row.obligation_id for row in pieces) == Counter(
            f"{PLAN}/summary-0/{unit}" for unit in self.mails
        )
        assert all((self.evidence / name[:2] / name[2:]).is_file() for name in hashes)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    with dovecot.start(tmp_path_factory.mktemp("dovecot")) as running:
        yield running


@pytest.fixture
def post(
    open_site: Callable[[Office], Site],
    server: Dovecot,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Iterator[Post]:
    site = open_site(many(UNITS, 1))
    site.on(APPLIED).apply()
    site.on(APPLIED).run()
    site.on(SENT).run()
    name = re.sub(r"[^a-z]", "", request.node.name)
    own = Dovecot(**{**vars(server), "user": name})
    mails = dict(_answers(site))
    with own.opened() as box:
        for raw in mails.values():
            box.append(raw, "INBOX")
    with tapping(server.port) as tap:
        yield Post(site, own, tap, tmp_path / "evidence", mails)


def _answers(site: Site) -> Iterator[tuple[str, bytes]]:
    """Each unit's answer to its reminder: progress, which may be told any number of times."""
    for row in site.mails():
        (key,) = json.loads(row.items)
        if "/summary-0/" not in key:
            continue
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = row.recipient, "answers@city.example", "回复"
        mail["Message-ID"] = f"<{row.key}@unit.example>"
        mail["In-Reply-To"] = message_id_for(row.key, SENDER.domain)
        mail.set_content("进展：已办到一半")
        paper = b"%PDF-1.4\n" + row.key.encode()
        mail.add_attachment(paper, "application", "pdf", filename="进展.pdf")
        yield key.rpartition("/")[2], mail.as_bytes().replace(b"\n", b"\r\n")


def test_killed_at_random_instants(post: Post) -> None:
    seed = int(os.environ.get("DUBAN_TEST_SEED", "0")) or random.randrange(10**6)
    chance = random.Random(seed)
    killed = 0
    for _ in range(KILLS):
        process = post.start()
        time.sleep(chance.uniform(0.01, 0.3))
        killed += post.site.workers.kill(process) == -signal.SIGKILL
    assert post.site.workers.wait(post.start()) == 0, seed
    print(f"seed {seed}: {killed} kills")
    post.assert_each_answer_counts_once()


POINTS = [
    ("before a mail is read", "command", rb"UID FETCH \d+ \(BODY"),
    ("with the mail on its way to us", "answer", rb"FETCH .*BODY\[\]"),
    ("entered, and not yet put away", "command", rb"UID (MOVE|COPY)"),
    ("put away, and we not told", "answer", rb"(COPYUID|Move completed)"),
]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("side", "seen"), [pytest.param(*row[1:], id=row[0]) for row in POINTS])
def test_killed_at_each_point(post: Post, side: Side, seen: bytes) -> None:
    """The reader dies three times at the same point of three mails."""
    process, strikes = 0, 0

    def strike(where: Side, piece: bytes) -> None:
        nonlocal strikes
        if where == side and re.search(seen, piece) and strikes < KILLS_AT_A_POINT:
            strikes += 1
            os.kill(process, signal.SIGKILL)

    post.tap.on_bytes = strike
    codes = []
    while 0 not in codes:
        process = post.start()
        codes.append(post.site.workers.wait(process))
    assert codes == [-signal.SIGKILL] * KILLS_AT_A_POINT + [0]
    post.assert_each_answer_counts_once()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_killed_between_the_store_and_the_ledger(post: Post) -> None:
    """The raw mail is there and nothing else: what is stored twice is stored once."""
    process = post.start()
    while not any(post.evidence.glob("??/*")):
        time.sleep(0.001)
    post.site.workers.kill(process)
    assert post.site.workers.wait(post.start()) == 0
    post.assert_each_answer_counts_once()
