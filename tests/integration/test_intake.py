"""Mails through a real SMTP server into real mailboxes, answered there, read back by IMAP.

Each unit's reply is the one that another mail program makes.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.integration import dovecot, replies
from tests.integration.dovecot import Dovecot
from tests.integration.replies import Original
from tests.unit.cli.commands import ROOT, Office

SENT, READ = "2024-09-02", "2024-09-03"
MIDTERM, ASSIGNMENT = "midterm-summary", "assignment"
UNITS = {
    "outlook": "education", "in-line": "civil-affairs", "html": "finance",
    "gb18030": "human-resources", "base64": "commerce", "scan": "market-regulation",
    "phone": "healthcare-security", "merged": "agriculture", "numbers": "womens-federation",
    "away": "health", "bounce": "taxation", "forged": "industry",
}  # fmt: skip


class Relay:
    """A mail server on the way: it takes everything and hands over what a mailbox is kept for."""

    def __init__(self, mailboxes: Dovecot) -> None:
        self.mailboxes = mailboxes
        self.sent: list[tuple[str, str]] = []

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        (recipient,) = envelope.rcpt_tos
        assert isinstance(envelope.content, bytes)
        self.sent.append((recipient, str(envelope.mail_from)))
        if recipient.startswith("liaison@"):
            self.mailboxes.deliver(envelope.content, recipient, str(envelope.mail_from))
        return "250 2.0.0 taken"


@contextmanager
def relaying(relay: Relay) -> Iterator[int]:
    controller = Controller(relay, hostname="127.0.0.1", port=dovecot._free_ports(1)[0])
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


class Loop(NamedTuple):
    """The office after the round: what it printed, and what each unit had been sent."""

    office: Office
    server: Dovecot
    originals: dict[str, Original]
    sent: dict[str, bytes]
    told: dict[str, Any]
    ledger: dict[str, str]

    def stages(self, name: str) -> dict[str, str]:
        """The stages of a unit's assignment and mid-term report."""
        return {key.split("/")[1]: self.ledger[key] for key in self.originals[name].numbers}

    def received(self, name: str) -> dict[str, Any]:
        """What is on record about a unit's reply."""
        number = list(self.sent).index(name) + 1
        found: dict[str, Any] = self.office.read("inbox", "show", str(number))
        assert found["sender"] in (self.originals[name].reader, "mailer-daemon@relay.example")
        return found


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loop]:
    folder = tmp_path_factory.mktemp("loop")
    with dovecot.start(folder) as server:
        office = _office(folder, server)
        assert office.run("apply", "zhongshan-2023", "--as-of", SENT, "--by", "某人").code == 0
        with relaying(relay := Relay(server)) as port:
            office.more["DUBAN_SMTP_URL"] = f"smtp://127.0.0.1:{port}"
            office.read("run", "deliver", "--as-of", SENT, "--no-prefect")
        assert all(sender.startswith("duban+") for _, sender in relay.sent)
        originals = _originals(server)
        sent = _replies(originals)
        for name, raw in sent.items():
            to = "duban@office.example" if name == "forged" else originals[name].reply_to
            server.deliver(raw, to, originals[name].reader)
        told = office.read("run", "intake", "--as-of", READ, "--no-prefect")
        rows = office.read("ledger", "zhongshan-2023", "--as-of", READ)
        ledger = {row["obligation"]: row["stage"] for row in rows}
        yield Loop(office, server, originals, sent, told, ledger)


def _office(folder: Path, server: Dovecot) -> Office:
    office = Office(folder)
    (folder / "key").write_text("k" * 40)
    (folder / "password").write_text(server.password)
    office.more = {
        "DUBAN_IMAP_URL": server.url,
        "DUBAN_IMAP_PASSWORD_FILE": str(folder / "password"),
        "DUBAN_SECRET_FILE": str(folder / "key"),
        "DUBAN_MAIL_FROM": "supervision@office.example",
        "DUBAN_MAILBOX": "duban@office.example",
        "DUBAN_EVIDENCE": str(folder / "evidence"),
    }
    return office


def _originals(server: Dovecot) -> dict[str, Original]:
    """What the units' mail programs show: the mails of their own mailbox."""
    unit = Dovecot(**{**vars(server), "user": "liaison"})
    mails = [message_from_bytes(raw, policy=policy.default) for raw in unit.held()]
    found = [Original(mail) for mail in mails if isinstance(mail, EmailMessage)]
    by_domain = {original.reader.partition("@")[2].split(".")[0]: original for original in found}
    return {name: by_domain[domain] for name, domain in UNITS.items()}


def _replies(of: dict[str, Original]) -> dict[str, bytes]:
    midterm = {name: original.number(MIDTERM) for name, original in of.items()}
    scan, lines = of["scan"], of["in-line"]
    both = sorted((midterm["numbers"], of["numbers"].number(ASSIGNMENT)))
    asked = f"{midterm['numbers']} 申请延期至2024-09-20，原因：数据未齐"
    several = f"{both[0]}、{both[1]} 签收\n{asked}"
    return {
        "outlook": replies.outlook(of["outlook"], f"{midterm['outlook']} 已办结，总结已报市残联。"),
        "in-line": replies.in_line(
            lines, {midterm["in-line"]: "进展：初稿已完成", lines.number(ASSIGNMENT): "签收"}
        ),
        "html": replies.html_only(of["html"], "全部签收"),
        "gb18030": replies.mislabelled(of["gb18030"], f"{midterm['gb18030']} 进展：已走访镕喆家园"),
        "base64": replies.in_base64(of["base64"], "签收"),
        "scan": replies.with_scan(scan, f"{midterm['scan']} 已办结，盖章件见附件"),
        "phone": replies.phone(of["phone"], "收到"),
        "merged": replies.phone(of["merged"], "收到"),
        "numbers": replies.outlook(of["numbers"], several),
        "away": replies.away(of["away"]),
        "bounce": replies.undelivered(of["bounce"]),
        "forged": replies.forged(of["forged"], f"{midterm['forged']} 已办结"),
    }


def test_the_run_says_what_came_of_them(loop: Loop) -> None:
    assert loop.told == {
        "as_of": READ, "received": 12, "acted": 7, "office": 3, "ignored": 1, "bounces": 1,
        "undone": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "assignment", "midterm"),
    [
        ("outlook", "assigned", "completed"),
        ("in-line", "acknowledged", "reported"),
        ("html", "acknowledged", "acknowledged"),
        ("gb18030", "assigned", "reported"),
        ("base64", "acknowledged", "acknowledged"),
        ("scan", "assigned", "completed"),
        ("phone", "acknowledged", "acknowledged"),
        ("numbers", "acknowledged", "acknowledged"),
        ("away", "assigned", "assigned"),
        ("bounce", "assigned", "assigned"),
        ("forged", "assigned", "assigned"),
    ],
)
def test_the_ledger_shows_the_right_stage(
    loop: Loop, name: str, assignment: str, midterm: str
) -> None:
    stages = loop.stages(name)
    assert (stages[ASSIGNMENT], stages[MIDTERM]) == (assignment, midterm)


def test_the_words_survive_whatever_carried_them(loop: Loop) -> None:
    key = next(key for key in loop.originals["gb18030"].numbers if MIDTERM in key)
    story = loop.office.run("explain", key, "--as-of", READ).output
    assert "已走访镕喆家园" in story
    assert "发件人" not in loop.received("outlook")["text"]
    assert loop.received("phone")["text"].strip() == "收到"


def test_the_raw_mail_is_one_command_away(loop: Loop) -> None:
    mail = loop.received("gb18030")
    done = subprocess.run(
        [sys.executable, "-m", "duban", "inbox", "show", str(mail["id"]), "--raw"],
        cwd=ROOT,
        env=loop.office.settings | {"PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=True,
    )
    assert done.stdout in loop.server.held("Duban/Done")
    assert loop.sent["gb18030"] in done.stdout


def test_every_mail_is_put_away_once(loop: Loop) -> None:
    assert loop.server.held() == []
    assert len(loop.server.held("Duban/Done")) == 9
    assert len(loop.server.held("Duban/Office")) == 3


def test_a_scan_is_evidence(loop: Loop) -> None:
    key = next(key for key in loop.originals["scan"].numbers if MIDTERM in key)
    (piece,) = loop.office.read("evidence", "list", key)
    assert piece["file_name"] == "中期总结（盖章）.pdf"


def test_what_needs_a_person_waits_with_what_was_guessed(loop: Loop) -> None:
    told = loop.office.read("inbox")
    waiting = {mail["sender"]: mail for mail in told["mails"]}
    assert set(waiting) == {loop.originals[name].reader for name in ("numbers", "merged", "forged")}
    late = waiting[loop.originals["numbers"].reader]
    assert "期限（2023-12-15）已过" in late["because"]
    assert late["state"] == "partly"
    two = waiting[loop.originals["merged"].reader]  # of two units, with an assignment each
    assert two["because"] == "没有写明是第几项：“签收：收到”（该邮件有4项）", (
        "two units, two assignments"
    )
    forged = loop.received("forged")
    assert forged["because"].startswith("看不出回复的是哪一封邮件")
    assert [said["kind"] for said in forged["reading"]["statements"]] == ["completed"]


def test_a_mail_that_came_back_shows_who_is_unreachable(loop: Loop) -> None:
    told = loop.office.read("outbox", "list", "--state", "failed")
    assert [mail["recipient"] for mail in told["mails"]] == [loop.originals["bounce"].reader]
    assert told["defects"][0]["because"] == "550 5.1.1 User unknown in virtual mailbox table"


def test_read_again_nothing_counts_twice(loop: Loop) -> None:
    for raw in loop.server.held("Duban/Done"):
        loop.server.append(raw)
    told = loop.office.read("run", "intake", "--as-of", READ, "--no-prefect")
    assert (told["received"], loop.server.held()) == (0, [])
    key = next(key for key in loop.originals["gb18030"].numbers if MIDTERM in key)
    story = loop.office.run("explain", key, "--as-of", READ).output
    assert story.count("已走访镕喆家园") == 1


def test_the_doctor_gets_in(loop: Loop) -> None:
    found = {item["check"]: item for item in loop.office.read("doctor", code=1)}
    assert found["mailbox"]["state"] == "ok"
    assert found["inbox"]["message"] == "3 mails that came in wait for a person"
