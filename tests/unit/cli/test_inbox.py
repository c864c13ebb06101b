"""``duban inbox`` and ``duban run intake``: what is said, settled and refused."""

import sqlite3
from pathlib import Path

import pytest

from tests.unit.cli.commands import Office

MAIL = [
    "id", "received_at", "sender", "subject", "kind", "state", "because", "mail", "settled_by",
    "settled_at", "settled_text",
]  # fmt: skip
CONTENT = "ab" + "0" * 62


@pytest.fixture
def waiting(applied: Office) -> Office:
    """One mail came in on 2024-09-03 and waits for a person."""
    with sqlite3.connect(applied.database) as connection:
        connection.execute(
            "INSERT INTO received (content, message_id, received_at, sender, subject, text, kind,"
            " state, because, reading, checks) VALUES (?, '<1@a.example>', '2024-09-03 01:00:00',"
            " 'a@b.example', '回复', '请致电\n谢谢', 'reply', 'office', '没有读懂', NULL,"
            ' \'{"token": "absent", "reference": "absent", "contact": "unknown",'
            ' "authentication": "fail", "dmarc": "fail"}\')',
            [CONTENT],
        )
    connection.close()
    applied.more = {"DUBAN_EVIDENCE": str(applied.folder / "evidence")}
    return applied


def test_what_waits_is_listed(waiting: Office) -> None:
    told = waiting.read("inbox")
    assert told["counts"] == {"office": 1}
    assert [list(mail) for mail in told["mails"]] == [MAIL]
    lines = waiting.run("inbox").output.splitlines()
    assert lines[0].split() == ["编号", "状态", "收到", "发件人", "主题", "原因"]
    assert lines[1].split() == [
        "1",
        "待办理",
        "2024-09-03",
        "09:00",
        "a@b.example",
        "回复",
        "没有读懂",
    ]
    assert lines[-1] == "来信共 1 封：待办理 1"


def test_one_is_shown_with_what_was_checked(waiting: Office) -> None:
    told = waiting.read("inbox", "show", "1")
    assert list(told) == [*MAIL, "content", "message_id", "text", "checks", "reading", "entries"]
    output = waiting.run("inbox", "show", "1").output
    assert "来信 1　回信　待办理" in output
    checked = "回信校验码 没有，引用原邮件 没有，发件人 不在名册，邮件服务器认证 未通过，dmarc fail"
    assert checked in output.replace("\n        ", "")
    assert output.endswith("\n  请致电\n  谢谢\n")


def test_one_is_settled_once_with_words_and_name(waiting: Office) -> None:
    settle = ("inbox", "settle", "1", "--text", "已电话联系", "--by", "李四")
    told = waiting.read(*settle)
    assert (told["state"], told["settled_by"], told["settled_text"]) == (
        "settled", "李四", "已电话联系",
    )  # fmt: skip
    assert "李四：已电话联系" in waiting.run("inbox", "show", "1").output
    assert waiting.read("inbox")["mails"] == []
    again = waiting.run(*settle)
    assert again.code == 3
    assert "received mail 1 is settled" in again.errors


def test_the_raw_mail_comes_byte_for_byte(waiting: Office) -> None:
    missing = waiting.run("inbox", "show", "1", "--raw")
    assert (missing.code, "is missing" in missing.errors) == (2, True)
    path = Path(waiting.more["DUBAN_EVIDENCE"]) / CONTENT[:2] / CONTENT[2:]
    path.parent.mkdir(parents=True)
    path.write_bytes("From: a@b.example\r\n\r\n请致电".encode())
    raw = waiting.run("inbox", "show", "1", "--raw")
    assert raw.output.replace("\r\n", "\n") == "From: a@b.example\n\n请致电"


@pytest.mark.parametrize(
    "arguments",
    [["show"], ["list", "1"], ["show", "7"], ["settle", "1"], ["settle", "1", "--text", " "]],
)
def test_wrong_usage(waiting: Office, arguments: list[str]) -> None:
    assert waiting.run("inbox", *arguments).code == 2


def test_without_a_mailbox_the_intake_says_which_setting_is_missing(applied: Office) -> None:
    done = applied.run("run", "intake", "--no-prefect")
    assert done.code == 1
    assert "DUBAN_IMAP_URL is not set" in done.errors
    applied.more = {"DUBAN_IMAP_URL": "imap://127.0.0.1:9"}
    assert "DUBAN_IMAP_URL names no user" in applied.run("run", "intake").errors


def test_a_password_that_would_cross_the_network_in_the_clear_is_refused(applied: Office) -> None:
    applied.more = {"DUBAN_IMAP_URL": "imap://duban@mail.example"}
    done = applied.run("run", "intake", "--no-prefect")
    assert done.code == 1
    assert "DUBAN_IMAP_URL: no password is sent to mail.example without TLS" in done.errors


@pytest.mark.parametrize("how", ["--no-prefect", "--dry-run"])
def test_a_mailbox_out_of_reach_is_named(applied: Office, how: str) -> None:
    applied.more = {
        "DUBAN_IMAP_URL": "imap://duban@127.0.0.1:9",
        "DUBAN_MAIL_FROM": "supervision@office.example",
    }
    done = applied.run("run", "intake", "--as-of", "2024-09-03", how)
    assert done.code == 1
    assert "127.0.0.1:9 cannot be reached" in done.errors
