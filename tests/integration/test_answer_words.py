"""What a mail tells its reader to write is what the reading of answers understands."""

from datetime import date
from email import message_from_bytes, policy

import pytest

from duban.feedback import dividers, grammar, incoming
from models.entry import EntryKind
from notifications.wording import SENTINEL
from tests import builders
from tests.unit.notifications.sample_decisions import several
from tests.unit.notifications.samples import message

ON = date(2024, 10, 15)

_WORDS = [
    ("签收", [EntryKind.ACKNOWLEDGED]),
    ("进展：具体情况", [EntryKind.REPORTED]),
    ("无进展", [EntryKind.REPORTED]),
    ("已办结", [EntryKind.COMPLETED]),
    ("申请延期至2024年11月1日，原因：具体原因", [EntryKind.EXTENSION_REQUESTED]),
    ("退回：具体原因", [EntryKind.DECLINED]),
    ("全部签收", [EntryKind.ACKNOWLEDGED]),
    ("1 已办结；2 进展：具体情况", [EntryKind.COMPLETED, EntryKind.REPORTED]),
    ("1、3 已办结；2 进展：具体情况", [EntryKind.COMPLETED, EntryKind.REPORTED]),
    ("1 已办结；2 签收", [EntryKind.COMPLETED, EntryKind.ACKNOWLEDGED]),
    ("1 签收；2 退回：具体原因", [EntryKind.ACKNOWLEDGED, EntryKind.DECLINED]),
]


@pytest.mark.parametrize(("words", "kinds"), _WORDS)
def test_the_words_that_a_mail_names_are_understood(words: str, kinds: list[EntryKind]) -> None:
    count = 3 if words[0].isdigit() or words.startswith("全部") else 1
    reading = grammar.read(words, ON, count)
    assert [statement.kind for statement in reading.statements] == kinds
    assert (reading.unclear, reading.because) == ((), "")
    assert all(statement.items or statement.for_all for statement in reading.statements)


def test_both_sides_have_the_same_line_to_write_above() -> None:
    assert dividers.SENTINEL == SENTINEL


def _reply(subtype: str, body: str) -> str:
    head = (
        "From: liaison@unit.example\r\nTo: duban@office.example\r\nSubject: Re\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: text/{subtype}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return incoming.parse((head + body).encode()).text


def _body(subtype: str) -> str:
    mail = message_from_bytes(message(several()).data, policy=policy.default)
    content = mail.get_body((subtype,)).get_content()  # type: ignore[attr-defined]
    return str(content).replace("\r\n", "\n")


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())


@pytest.mark.parametrize(
    ("subtype", "body"),
    builders.sentences(
        [
            ("above the line, the mail below it", "plain", f"1 已办结\n\n{_body('plain')}"),
            ("above a quotation", "plain", f"1 已办结\n\n{_quoted(_body('plain'))}"),
            ("above the page", "html", f"<div>1 已办结</div>{_body('html')}"),
            (
                "under the heading of an item",
                "plain",
                _quoted(_body("plain")).replace("> 2. 【", "已办结\n> 2. 【", 1),
            ),
        ]
    ),
)
def test_an_answer_is_told_from_our_own_mail(subtype: str, body: str) -> None:
    assert _reply(subtype, body) == "1 已办结"


def test_our_own_mail_come_back_is_no_answer() -> None:
    assert incoming.parse(message(several()).data).kind is incoming.IncomingKind.ECHO
