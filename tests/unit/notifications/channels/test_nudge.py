"""Nudges against a server that answers as the services do: taken, refused, busy, broken, silent."""

import base64
import hashlib
import hmac
import logging
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.channels.nudge import LINES, TEXT_BYTES, Nudger, text_of
from notifications.message import DeliveryError
from tests.builders import sentences
from tests.unit.notifications.channels.robot_sink import Answer, RobotSink, robot_sink, says

WECOM, DINGTALK, FEISHU = "wecombot://SECRETKEY/", "dingtalk://SECRETKEY/", "feishu://SECRETKEY/"
CHATS = (WECOM, DINGTALK, FEISHU)
# Apprise loads all its plugins, and one of them a module that Python 3.13 no longer has.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch) -> Iterator[RobotSink]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with robot_sink() as found:
        yield found


def _failure(nudger: Nudger) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        nudger.send("【督办提醒】工作总结")
    assert "SECRETKEY" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return caught.value


FORMS = sentences(
    [
        (
            "企业微信 takes its key in the query and a text message",
            WECOM,
            "/cgi-bin/webhook/send?key=SECRETKEY",
            {"msgtype": "text", "text": {"content": "督办"}},
        ),
        (
            "钉钉 takes its token in the query; nobody is called by name",
            DINGTALK,
            "/robot/send?access_token=SECRETKEY",
            {
                "msgtype": "text",
                "text": {"content": "督办"},
                "at": {"atMobiles": [], "isAtAll": False},
            },
        ),
        (
            "飞书 takes its token in the path",
            FEISHU,
            "/open-apis/bot/v2/hook/SECRETKEY",
            {"msg_type": "text", "content": {"text": "督办"}},
        ),
    ]
)


@pytest.mark.parametrize(("url", "target", "content"), FORMS)
def test_each_group_chat_is_spoken_to_in_its_own_form(
    sink: RobotSink, url: str, target: str, content: object
) -> None:
    assert Nudger(url, sink.url).send("督办").reply == "0 ok"
    assert sink.requests == [(target, content)]


def test_a_signed_robot_of_dingtalk_gets_a_signature_that_it_can_verify(sink: RobotSink) -> None:
    Nudger("dingtalk://SECsecret@SECRETKEY/", sink.url).send("督办")
    query = parse_qs(urlsplit(sink.requests[0].target).query)
    (stamp,), (sign,) = query["timestamp"], query["sign"]
    digest = hmac.digest(b"SECsecret", f"{stamp}\nSECsecret".encode(), hashlib.sha256)
    assert sign == base64.b64encode(digest).decode()


ANSWERS = sentences(
    [
        (
            "a robot of 企业微信 that is gone",
            says(errcode=93000, errmsg="bad url"),
            "93000 bad url",
            1,
            0,
        ),
        ("a word that 钉钉 wants and misses", says(errcode=310000, errmsg="词"), "310000 词", 1, 0),
        ("a token that 飞书 does not know", says(code=19001, msg="invalid"), "19001 invalid", 1, 0),
        ("content that 飞书 refuses", says(code=9499, msg="Bad Request"), "9499 Bad Request", 1, 0),
        ("too many in a minute, 企业微信", says(errcode=45009, errmsg="freq"), "45009 freq", 0, 0),
        ("too many in a minute, 钉钉", says(errcode=130101, errmsg="fast"), "130101 fast", 0, 0),
        ("too many in a minute, 飞书", says(code=11232, msg="limited"), "11232 limited", 0, 0),
        ("a busy service", says(errcode=-1), "-1", 0, 0),
        ("too many, told by the status", says(429), "HTTP 429", 0, 0),
        ("a service that is down", says(502), "HTTP 502", 0, 0),
        ("a place that is not there", says(404), "HTTP 404", 1, 0),
        ("a redirect, which is not followed", Answer(302, location="/else"), "HTTP 302", 0, 0),
        ("a page of some gateway", Answer(200, b"<html>"), "an answer that is", 0, 1),
        ("JSON that is no answer", Answer(200, b"[0]"), "an answer that is", 0, 1),
        ("a code that is no number", says(errcode="0"), "an answer that is", 0, 1),
        ("bytes that are no text", Answer(200, b"\xff\xfe{"), "an answer that is", 0, 1),
        ("a line that goes dead", Answer(breaks=True), "no answer: ", 0, 1),
        ("silence", Answer(hangs=True), "no answer: TimeoutError", 0, 1),
    ]
)


@pytest.mark.parametrize(("answer", "reply", "is_permanent", "maybe"), ANSWERS)
def test_what_is_not_taken_is_told_as_what_it_is(
    sink: RobotSink, answer: Answer, reply: str, is_permanent: int, maybe: int
) -> None:
    """All of these, the statuses apart, are a success to Apprise alone."""
    sink.answers.append(answer)
    error = _failure(Nudger(WECOM, sink.url, timeout=0.3))
    assert error.reply.startswith(reply)
    assert (error.permanent, error.accepted_maybe) == (bool(is_permanent), bool(maybe))
    assert len(sink.requests) == 1


@pytest.mark.parametrize("url", CHATS)
def test_a_service_that_cannot_be_reached_has_surely_not_taken_it(
    sink: RobotSink, url: str
) -> None:
    nudger = Nudger(url, sink.url)
    sink.close()
    error = _failure(nudger)
    assert (error.reply, error.accepted_maybe) == ("no connection: ConnectionRefusedError", False)


SMS = sentences(
    [
        ("taken", Answer(200, b'{"result": {"message_id": "1", "status": "ok"}}'), None, False),
        ("a wrong token", says(401), "HTTP 401", True),
        ("a gateway that is down", says(503), "HTTP 503", False),
        ("refused within a success", Answer(200, b'{"result": {"status": "error"}}'), "not acc", 0),
        ("a line that goes dead", Answer(breaks=True), "not accepted", False),
    ]
)


@pytest.mark.parametrize(("answer", "reply", "is_permanent"), SMS)
def test_an_sms_gateway_is_served_by_apprise_alone(
    sink: RobotSink, answer: Answer, reply: str | None, is_permanent: bool
) -> None:
    sink.answers.append(answer)
    nudger = Nudger(f"smseagle://SECRETKEY@{sink.place}/13000000000")
    if reply is None:
        assert nudger.send("督办").reply
        assert sink.requests[0].content["params"]["message"] == "督办"
        return
    error = _failure(nudger)
    assert error.reply.startswith(reply)
    assert error.permanent == is_permanent


UNUSABLE = sentences(
    [
        ("no service of that name", "nonsense://SECRETKEY/", None),
        ("a key that cannot be one", "wecombot://SECRET KEY!/", None),
        ("two receivers", "smseagle://SECRETKEY@127.0.0.1/13000000000/13000000001", None),
        ("a server for what has its own", "json://SECRETKEY/", "https://host"),
    ]
)


@pytest.mark.parametrize(("url", "server"), UNUSABLE)
def test_an_address_that_cannot_be_used_is_refused_and_not_repeated(
    url: str, server: str | None, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ValueError, match=r"url|server") as caught:
        Nudger(url, server)
    assert "SECRET" not in f"{caught.value}{capfd.readouterr()}"


@pytest.mark.parametrize("url", [*CHATS, "smseagle"])
def test_no_log_holds_a_key_even_where_everything_is_logged(
    sink: RobotSink, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    is_sms = url == "smseagle"
    sink.answers.append(says(401))
    address = f"smseagle://SECRETKEY@{sink.place}/13000000000" if is_sms else url
    _failure(Nudger(address, None if is_sms else sink.url))
    assert "SECRETKEY" not in caplog.text


def test_a_few_subjects_are_said_whole_and_each_once() -> None:
    assert text_of(["甲", "乙", "甲"]) == "甲\n乙"


def test_many_subjects_are_counted() -> None:
    lines = text_of([f"第{number}件" for number in range(50)]).split("\n")
    assert (len(lines), lines[-1]) == (LINES + 1, "等50件")


@given(st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=60))
def test_a_text_is_never_more_than_a_robot_takes(subjects: list[str]) -> None:
    said = text_of(subjects)
    assert len(said.split("\n")) <= LINES + 1
    assert len(said.encode()) <= TEXT_BYTES
