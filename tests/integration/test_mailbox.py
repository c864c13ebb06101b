"""The mailbox against a real IMAP server, and against servers that misbehave."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from duban.feedback.mailbox import DONE, OFFICE, Mailbox, MailboxError
from tests.integration import dovecot
from tests.integration.dovecot import Dovecot

NO_MOVE = "imap_capability = IMAP4rev1 UIDPLUS LITERAL+"


def mail(number: int, body: str = "签收") -> bytes:
    return (
        "From: a@unit.example\r\nTo: duban@office.example\r\n"
        f"Message-ID: <{number}@unit.example>\r\n"
        f"Subject: {number}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
    ).encode()


def subjects(mails: list[bytes]) -> list[str]:
    return [each.partition(b"Subject: ")[2].partition(b"\r\n")[0].decode() for each in mails]


def mailbox(server: Dovecot, **changes: object) -> Mailbox:
    values = {
        "host": server.host, "port": server.port, "tls": "none", "user": server.user,
        "password": server.password,
    } | changes  # fmt: skip
    return Mailbox(**values)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    with dovecot.start(tmp_path_factory.mktemp("dovecot"), tls=True) as running:
        yield running


@pytest.fixture
def account(server: Dovecot, request: pytest.FixtureRequest) -> Dovecot:
    """An empty mailbox of the test's own."""
    name = "".join(letter for letter in request.node.name.lower() if letter.isalnum())
    return Dovecot(**{**vars(server), "user": name})


def test_mails_come_in_order_byte_for_byte_and_stay_unread(account: Dovecot) -> None:
    for number in range(3):
        account.append(mail(number))
    with mailbox(account) as box:
        found = list(box.waiting())
    assert [each.raw for each in found] == [mail(number) for number in range(3)]
    assert [each.size for each in found] == [len(mail(number)) for number in range(3)]
    assert all(each.arrived_at.tzinfo and not each.is_cut for each in found)
    with account.opened() as box:
        assert box.uids("UNSEEN", charset=None) == [each.uid for each in found]


def test_a_mail_that_a_server_delivers_names_whom_it_was_delivered_to(account: Dovecot) -> None:
    account.deliver(mail(1), f"{account.user}+abc-def@office.example", "a@unit.example")
    with mailbox(account) as box:
        (found,) = box.waiting()
    assert b"Return-Path: <a@unit.example>" in found.raw
    assert f"Delivered-To: {account.user}+abc-def@office.example".encode() in found.raw


def test_what_is_done_is_moved_and_folders_are_made(account: Dovecot) -> None:
    for number in range(3):
        account.append(mail(number))
    with mailbox(account) as box:
        for waiting in box.waiting():
            box.done(waiting.uid, OFFICE if b"Subject: 1" in waiting.raw else DONE)
    assert account.held() == []
    assert subjects(account.held(DONE)) == ["0", "2"]
    assert subjects(account.held(OFFICE)) == ["1"]


def test_a_mail_moved_twice_or_gone_is_no_error(account: Dovecot) -> None:
    account.append(mail(1))
    with mailbox(account) as box:
        (found,) = box.waiting()
        box.done(found.uid, DONE)
        box.done(found.uid, DONE)
        box.done("4000000", DONE)
    assert len(account.held(DONE)) == 1


def test_a_mail_that_vanishes_while_others_are_read_is_passed_over(account: Dovecot) -> None:
    for number in range(3):
        account.append(mail(number))
    with mailbox(account) as box:
        waiting = box.waiting()
        first = next(waiting)
        with account.opened() as other:
            other.delete(other.uids("SUBJECT 1", charset=None))
        assert subjects([first.raw, *(each.raw for each in waiting)]) == ["0", "2"]


def test_of_a_mail_that_is_too_large_only_the_header_is_fetched(account: Dovecot) -> None:
    account.append(mail(1, "长" * 10_000))
    account.append(mail(2))
    with mailbox(account, largest=10_000) as box:
        large, small = box.waiting()
    assert large.size > len(large.raw)
    assert large.is_cut
    assert subjects([large.raw]) == ["1"]
    assert small.raw == mail(2)


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_tls_with_the_certificate_of_an_authority_of_its_own(account: Dovecot, tls: str) -> None:
    account.append(mail(1))
    port = account.tls_port if tls == "tls" else account.port
    with mailbox(account, port=port, tls=tls, ca_file=str(account.certificate)) as box:
        assert len(list(box.waiting())) == 1


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(account: Dovecot, tls: str) -> None:
    port = account.tls_port if tls == "tls" else account.port
    with (
        pytest.raises(MailboxError, match=r"cannot be reached.*certificate verify failed"),
        mailbox(account, port=port, tls=tls),
    ):
        pass


def test_a_wrong_password_names_the_account_but_not_the_password(tmp_path: Path) -> None:
    with (
        dovecot.start(tmp_path, more="auth_failure_delay = 0") as server,
        pytest.raises(MailboxError, match=r"does not let duban in") as caught,
        mailbox(server, password="a wrong one"),
    ):
        pass
    assert "a wrong one" not in str(caught.value)


def test_a_server_without_move(tmp_path: Path) -> None:
    with dovecot.start(tmp_path, more=NO_MOVE) as server:
        for number in range(2):
            server.append(mail(number))
        with mailbox(server) as box:
            first, _ = box.waiting()
            box.done(first.uid, DONE)
        assert subjects(server.held()) == ["1"]
        assert subjects(server.held(DONE)) == ["0"]


def test_no_server_at_all() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (
        pytest.raises(MailboxError, match=rf"127\.0\.0\.1:{port} cannot be reached"),
        Mailbox("127.0.0.1", port, "none", "duban", "x"),
    ):
        pass


@contextmanager
def silent(*answers: bytes) -> Iterator[int]:
    """A server that gives these answers, one a line that it hears, and then hangs on in silence."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            line, _ = listener.accept()
            with line, line.makefile("rb") as heard:
                for answer in answers:
                    line.sendall(answer)
                    if not heard.readline():
                        break
                over.wait(30)

        worker = threading.Thread(target=serve)
        worker.start()
        try:
            yield listener.getsockname()[1]
        finally:
            over.set()
            worker.join()


@pytest.mark.parametrize("answers", [(), (b"220 mail.example ESMTP\r\n",), (b"* OK \xff\r\n",)])
def test_a_server_that_says_nothing_or_nonsense_ends_in_words(answers: tuple[bytes, ...]) -> None:
    with silent(*answers) as port:
        box = Mailbox("127.0.0.1", port, "none", "duban", "x")
        box.seconds = 0.3
        with pytest.raises(MailboxError, match="cannot be reached"), box:
            pass


def test_a_mailbox_that_is_not_open_says_so() -> None:
    with pytest.raises(MailboxError, match="not open"):
        next(Mailbox("127.0.0.1", 1, "none", "duban", "x").waiting())
