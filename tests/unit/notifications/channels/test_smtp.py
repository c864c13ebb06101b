"""The SMTP channel against real servers on loopback: good, refusing, stalling, dropping, forged."""

import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from notifications.channels.smtp import SmtpChannel, Tls
from notifications.message import DeliveryError, Message, Stage
from tests.unit.notifications.channels.servers import (
    Authority,
    Inbox,
    Wire,
    authenticated,
    authority,
    scripted,
    serving,
)
from tests.unit.notifications.samples import message, samples

MAIL = message(samples()["reminder"])


def _plain(port: int, timeout: float = 5.0) -> SmtpChannel:
    return SmtpChannel("127.0.0.1", port, Tls.NONE, timeout=timeout, greet_as="duban.example")


def _failure(channel: SmtpChannel, mail: Message = MAIL) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        channel.send(mail)
    return caught.value


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("authority"))


def test_a_message_arrives_unchanged_and_the_servers_words_come_back() -> None:
    inbox = Inbox()
    with serving(inbox) as port, _plain(port) as channel:
        assert channel.send(MAIL).reply == "250 2.0.0 taken as 4711"
    assert inbox.messages == [MAIL.data]


def test_leading_dots_and_a_missing_line_end_are_mended() -> None:
    inbox = Inbox()
    odd = MAIL._replace(data=b".a\r\n..b\r\n.\r\nc")
    with serving(inbox) as port, _plain(port) as channel:
        channel.send(odd)
        channel.send(MAIL)
    assert inbox.messages == [odd.data + b"\r\n", MAIL.data]


def test_many_messages_go_over_one_connection_and_the_machine_is_not_named() -> None:
    inbox = Inbox()
    with serving(inbox) as port, _plain(port) as channel:
        for _ in range(5):
            channel.send(MAIL)
    assert len(inbox.messages) == 5
    assert len(inbox.peers) == 1
    assert set(inbox.greetings) == {"duban.example"}
    assert socket.gethostname() not in inbox.greetings


@pytest.mark.parametrize(
    ("answers", "permanent", "stage"),
    [
        ({"RCPT": ["451 4.3.0 try later"]}, False, Stage.RECIPIENT),
        ({"RCPT": ["550 5.1.1 no such user"]}, True, Stage.RECIPIENT),
        ({"DATA": ["451 4.3.0 queue is full"]}, False, Stage.CONTENT),
        ({"DATA": ["554 5.7.1 content refused"]}, True, Stage.CONTENT),
        ({"MAIL": ["451 4.3.0 not now"]}, False, Stage.SENDER),
        ({"MAIL": ["550 5.7.1 sender refused"]}, False, Stage.SENDER),
    ],
)
def test_a_refusal_is_told_in_the_servers_words_and_the_connection_stays(
    answers: dict[str, list[str]], permanent: bool, stage: Stage
) -> None:
    inbox = Inbox(**answers)
    words = next(iter(answers.values()))[0]
    with serving(inbox) as port, _plain(port) as channel:
        failure = _failure(channel)
        channel.send(MAIL)
    assert (failure.reply, failure.permanent, failure.stage) == (words, permanent, stage)
    assert not failure.accepted_maybe
    assert len(inbox.messages) == 1


def _drops_before_the_dot(wire: Wire) -> None:
    wire.greeted_and_addressed()
    wire.lines.readline()


def _drops_after_the_dot(wire: Wire) -> None:
    wire.greeted_and_addressed()
    wire.content()


def _stalls_after_the_dot(wire: Wire) -> None:
    _drops_after_the_dot(wire)
    time.sleep(1)


def _mumbles_after_the_dot(wire: Wire) -> None:
    _drops_after_the_dot(wire)
    wire.say("what?")


def _stalls_at_once(wire: Wire) -> None:
    time.sleep(1)


def _stalls_at_the_recipient(wire: Wire) -> None:
    wire.say("220 ready")
    wire.until(b"RCPT")
    time.sleep(1)


def _hangs_up_at_once(wire: Wire) -> None:
    return


def _turns_away(wire: Wire) -> None:
    wire.say("554 5.3.2 no service")
    wire.lines.readline()


def _closes_with_421(wire: Wire) -> None:
    wire.say("220 ready")
    wire.until(b"RCPT")
    wire.say("421 4.3.2 shutting down")


@pytest.mark.parametrize(
    ("script", "accepted_maybe"),
    [
        (_drops_before_the_dot, False),
        (_drops_after_the_dot, True),
        (_stalls_after_the_dot, True),
        (_mumbles_after_the_dot, True),
        (_stalls_at_once, False),
        (_stalls_at_the_recipient, False),
        (_hangs_up_at_once, False),
        (_turns_away, False),
        (_closes_with_421, False),
    ],
)
def test_trouble_on_the_line_is_temporary_and_says_whether_the_mail_may_be_in(
    script: Callable[[Wire], None], accepted_maybe: bool
) -> None:
    # Larger than the socket buffers, so that a server which stops reading is noticed.
    large = MAIL._replace(data=MAIL.data + b"x" * 76 + b"\r\n" * 8_000_000)
    mail = large if script is _drops_before_the_dot else MAIL
    with scripted(script) as port, _plain(port, timeout=0.3) as channel:
        failure = _failure(channel, mail)
    assert not failure.permanent
    assert failure.accepted_maybe is accepted_maybe
    assert failure.reply


def test_a_refused_connection_is_temporary() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    failure = _failure(_plain(port))
    assert (failure.permanent, failure.stage) == (False, Stage.CONNECTION)


def _takes_one_then_hangs_up(wire: Wire) -> None:
    _drops_after_the_dot(wire)
    wire.say("250 one")


def _takes_one_then_says_421(wire: Wire) -> None:
    _takes_one_then_hangs_up(wire)
    wire.lines.readline()
    wire.say("421 4.7.0 enough for one connection")


def _takes_one(wire: Wire) -> None:
    _drops_after_the_dot(wire)
    wire.say("250 two")
    wire.lines.readline()


@pytest.mark.parametrize("first", [_takes_one_then_hangs_up, _takes_one_then_says_421])
def test_a_connection_lost_between_messages_is_made_anew(first: Callable[[Wire], None]) -> None:
    with scripted(first, _takes_one) as port, _plain(port) as channel:
        assert channel.send(MAIL).reply == "250 one"
        assert channel.send(MAIL).reply == "250 two"


def test_after_a_lost_message_the_next_one_gets_a_new_connection() -> None:
    with scripted(_drops_after_the_dot, _takes_one) as port, _plain(port) as channel:
        assert _failure(channel).accepted_maybe
        assert channel.send(MAIL).reply == "250 two"


def test_a_server_without_starttls_gets_nothing() -> None:
    inbox = Inbox()
    with serving(inbox) as port, SmtpChannel("127.0.0.1", port, Tls.STARTTLS) as channel:
        failure = _failure(channel)
    assert failure.stage is Stage.CONNECTION
    assert not failure.permanent
    assert inbox.messages == []


def test_starttls_with_an_unknown_certificate_is_refused(trusted: Authority) -> None:
    inbox = Inbox()
    with (
        serving(inbox, tls_context=trusted.context) as port,
        SmtpChannel("127.0.0.1", port) as channel,
    ):
        failure = _failure(channel)
    assert "certificate verify failed" in failure.reply
    assert not failure.permanent
    assert inbox.messages == []


def test_starttls_with_the_right_authority_is_accepted(trusted: Authority) -> None:
    inbox = Inbox()
    with (
        serving(inbox, tls_context=trusted.context, require_starttls=True) as port,
        SmtpChannel("127.0.0.1", port, ca_file=trusted.ca_file) as channel,
    ):
        channel.send(MAIL)
        channel.send(MAIL)
    assert inbox.messages == [MAIL.data] * 2


def test_a_certificate_for_another_name_is_refused(trusted: Authority) -> None:
    with (
        serving(Inbox(), tls_context=trusted.context) as port,
        SmtpChannel("localhost", port, ca_file=trusted.ca_file) as channel,
    ):
        assert "certificate" in _failure(channel).reply


def test_tls_from_the_first_byte(trusted: Authority) -> None:
    inbox = Inbox()
    with (
        serving(inbox, ssl_context=trusted.context) as port,
        SmtpChannel("127.0.0.1", port, Tls.TLS, ca_file=trusted.ca_file) as channel,
    ):
        channel.send(MAIL)
    assert inbox.messages == [MAIL.data]


def test_a_missing_authority_file_is_a_failure_with_its_reason(tmp_path: Path) -> None:
    inbox = Inbox()
    with serving(inbox) as port:
        channel = SmtpChannel("127.0.0.1", port, Tls.TLS, ca_file=str(tmp_path / "none.pem"))
        assert "No such file" in _failure(channel).reply


@pytest.mark.parametrize(("password", "passes"), [("correct horse", True), ("wrong", False)])
def test_a_wrong_password_condemns_no_message(password: str, passes: bool) -> None:
    inbox = Inbox()
    with serving(inbox, authenticator=authenticated, auth_require_tls=False) as port:
        channel = SmtpChannel("127.0.0.1", port, Tls.NONE, username="duban", password=password)
        with channel:
            if passes:
                channel.send(MAIL)
            else:
                failure = _failure(channel)
                assert failure.reply.startswith("535")
                assert failure.stage is Stage.CONNECTION
                assert not failure.permanent
    assert len(inbox.messages) == int(passes)


def test_a_password_never_crosses_the_network_in_the_clear() -> None:
    with pytest.raises(ValueError, match="without TLS"):
        SmtpChannel("mail.zhongshan.example", 25, Tls.NONE, username="duban", password="x")


def test_a_password_is_in_no_representation_and_no_error() -> None:
    assert "hunter" not in repr(SmtpChannel("localhost", 25, username="duban", password="hunter"))
    with pytest.raises(ValueError, match="must be ASCII") as caught:
        SmtpChannel("localhost", 25, username="duban", password="密码hunter")
    assert "hunter" not in str(caught.value)


@pytest.mark.parametrize("recipient", ["联络员@x.example", "a@x.example>\r\nDATA\r\n", ""])
def test_an_address_that_smtp_cannot_carry_is_permanent_and_harms_no_other(recipient: str) -> None:
    inbox = Inbox()
    with serving(inbox) as port, _plain(port) as channel:
        channel.send(MAIL)
        failure = _failure(channel, MAIL._replace(recipient=recipient))
        channel.send(MAIL)
    assert failure.permanent
    assert failure.stage is Stage.RECIPIENT
    assert len(inbox.messages) == 2


def test_the_servers_words_are_one_line_of_sane_length() -> None:
    inbox = Inbox(RCPT=["550-first\r\n550 " + "no\x1b[31m \u202e" * 90])
    with serving(inbox) as port, _plain(port) as channel:
        reply = _failure(channel).reply
    assert len(reply) <= 500
    assert reply.isprintable()
