"""Mails as they come: whose they are, what they are, what they say, what comes with them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.feedback.grammar import read
from duban.feedback.incoming import IncomingKind, parse
from duban.feedback.quoting import answer_in
from tests.unit.feedback.mails.builders import (
    OURS,
    SENT,
    TO,
    attached,
    joined,
    mail,
    marked,
    part,
    plain,
    with_files,
)
from tests.unit.feedback.mails.enclosures import ENCLOSURES
from tests.unit.feedback.mails.machines import MACHINES, Machine, failed, report
from tests.unit.feedback.mails.replies import GMAIL, OUTLOOK, REPLIES, Reply

ON = datetime(2024, 10, 18, tzinfo=UTC).date()


@pytest.mark.parametrize("reply", [*REPLIES, *ENCLOSURES], ids=lambda reply: reply.name)
def test_replies(reply: Reply) -> None:
    found = parse(reply.raw)
    assert (found.kind, found.because) == (IncomingKind.REPLY, "")
    assert found.text == reply.text
    assert tuple(file.file_name for file in found.attachments) == reply.files
    assert (found.sender, found.sender_name) == ("li@unit.example", "李示例")


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_machines(machine: Machine) -> None:
    found = parse(machine.raw)
    assert found.kind is machine.kind
    assert bool(found.because) is (machine.kind in {IncomingKind.AUTOMATIC, IncomingKind.ECHO})
    assert bool(found.bounced) is (machine.kind is IncomingKind.BOUNCE)
    assert bool(found.text) is (machine.kind is IncomingKind.REPLY)


def test_the_header_of_a_reply() -> None:
    found = parse(plain("签收", "Authentication-Results: mx.zhongshan.example; dkim=pass"))
    assert found.message_id == "<reply-1@unit.example>"
    assert found.recipients == (TO,)
    assert found.subject == "回复：【督办提醒】终期工作总结"
    assert found.sent_at == datetime(2024, 10, 18, 1, 30, tzinfo=UTC)
    assert found.references == (SENT, "<root@zhongshan.example>")
    assert found.authentication == ("mx.zhongshan.example; dkim=pass",)


SENDERS = {
    "From: a@unit.example": "a@unit.example",
    "From: A <A@Unit.Example>": "a@unit.example",
    'From: "boss@office.example" <a@unit.example>': "a@unit.example",
    "From: boss@office.example <a@unit.example>": "a@unit.example",
    "From: =?utf-8?B?PGJvc3NAb2ZmaWNlLmV4YW1wbGU+?= <a@unit.example>": "a@unit.example",
    "From: a@unit.example (boss@office.example)": "a@unit.example",
    "From: a@unit.example, b@unit.example": "",
    "From: a@unit.example\r\nFrom: b@unit.example": "",
    "From: nobody": "",
    "From:": "",
}


@pytest.mark.parametrize(("line", "sender"), SENDERS.items())
def test_a_sender_is_one_address_or_none(line: str, sender: str) -> None:
    assert parse(plain("签收", line)).sender == sender


def test_bounces_name_whom_they_are_about_and_which_mail() -> None:
    blocks = (
        failed("gone@unit.example", "5.1.1"),
        failed("full@unit.example", "4.2.2", "smtp; 452 full", "delayed"),
        failed("fine@unit.example", "2.0.0", action="delivered"),
    )
    gone, full = parse(mail(report(*blocks))).bounced
    assert gone == ("gone@unit.example", "5.1.1", "550 no such user", True, SENT)
    assert full == ("full@unit.example", "4.2.2", "452 full", False, SENT)


BOUNCES = {
    "Postfix": ("gone@unit.example", "5.1.1", True, SENT),
    "Postfix, header only": ("gone@unit.example", "5.1.1", True, SENT),
    "a report without the original": ("a@unit.example", "4.4.7", False, None),
    "Exchange": ("gone@unit.example", "5.1.10", True, SENT),
    "Coremail, in Chinese and without a report": ("", "5.1.1", True, None),
    "qmail": ("", "", False, SENT),
    "Exim": ("gone@unit.example", "", False, None),
}


@pytest.mark.parametrize(("name", "expected"), BOUNCES.items())
def test_bounces(name: str, expected: tuple[str, str, bool, str | None]) -> None:
    raw = next(machine.raw for machine in MACHINES if machine.name == name)
    (found,) = parse(raw).bounced
    assert (found.recipient, found.status, found.is_permanent, found.message_id) == expected


def test_files_come_with_their_bytes() -> None:
    content = bytes(range(256)) * 100
    (file,) = parse(with_files("x", attached(content, "image/jpeg", "attachment"))).attachments
    assert (file.content, file.media_type) == (content, "image/jpeg")


HOSTILE = {
    "a thousand parts": mail(joined("mixed", *[part("x")] * 1500)),
    "parts in parts": mail(
        b"".join(
            f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n'.encode()
            for n in range(400)
        )
    ),
    "mails in mails": mail(b"Content-Type: message/rfc822\r\n\r\n" * 3000),
    "boundaries without end": mail(
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + b"--x\r\n\r\n" * 100_000
    ),
    "a parameter's number without end": mail(
        b"Content-Type: text/plain; a*" + b"9" * 5000 + b"=x\r\n\r\nx"
    ),
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_cannot_be_read_comes_back_with_its_header(raw: bytes) -> None:
    found = parse(raw)
    assert (found.sender, found.message_id) == ("li@unit.example", "<reply-1@unit.example>")
    assert found.because
    assert not found.text


@given(st.binary(max_size=600))
def test_no_bytes_raise(raw: bytes) -> None:
    assert parse(raw).kind in IncomingKind


_NAMES = ("From", "To", "Subject", "Date", "Content-Type", "Content-Disposition", "References",
          "Content-Transfer-Encoding", "Received", "Message-ID", "Return-Path")  # fmt: skip
_VALUES = st.one_of(
    st.text(max_size=60), st.binary(max_size=60).map(lambda value: value.decode("latin-1")),
    st.sampled_from(["multipart/mixed; boundary=x", "message/delivery-status", "text/html",
                     "multipart/report; report-type=delivery-status; boundary=x", "base64",
                     "message/rfc822",
                     "attachment; filename*0*=gb2312''%ff; filename*1=x", "=?gb2312?B?////?=",
                     "text/plain; charset=punycode", "text/plain; charset*=x'y'z; format=flowed",
                     "=?utf-8?Q?=E6=?= =?utf-8?Q?=88=91?=", "quoted-printable", "x-uuencode"]),
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(_NAMES), _VALUES), max_size=8), st.binary(max_size=200))
def test_no_headers_raise(headers: list[tuple[str, str]], body: bytes) -> None:
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    raw = head.encode("utf-8", "surrogatepass") + b"\r\n--x\r\n" + body + b"\r\n--x--\r\n"
    found = parse(raw)
    assert found.kind in IncomingKind
    for file in found.attachments:
        assert file.file_name
        assert not {"/", "\\", "\0", "\n"} & set(file.file_name)


@pytest.mark.parametrize(
    "answer", ["签收", "1、3 已办结；2 申请延期至2024-11-01，因为x", "3 进展：a\n\nb"]
)
@pytest.mark.parametrize("times", [0, 1, 2, 5])
def test_a_reply_quoted_again_and_again_reads_the_same(answer: str, times: int) -> None:
    text = answer
    for turn in range(times):
        quoted = marked(OURS if not turn else text)
        text = f"{answer}\n\n{GMAIL}{quoted}" if turn % 2 else f"{answer}\n\n{OUTLOOK}{text}"
    assert read(parse(plain(text)).text, ON, 3) == read(answer, ON, 3)


BROKEN = (10, 19, 31, 38)


@pytest.mark.parametrize("width", BROKEN)
def test_our_own_words_broken_at_any_width_are_no_answer(width: int) -> None:
    """Not marked as quoted, and broken into lines by the mail program."""
    lines = [
        line[at : at + width] for line in OURS.splitlines() for at in range(0, len(line), width)
    ]
    head = "发件人: 督办专班 <duban@zhongshan.example>\n发送时间: 2024年10月18日 9:00\n\n"
    answer = answer_in("好的\n\n" + head + "\n".join(lines))
    assert read(answer, ON, 9).statements == ()
