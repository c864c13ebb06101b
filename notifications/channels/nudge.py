"""Nudges: one line or a few to a robot of a group chat, or to an SMS gateway, through Apprise.

Apprise knows the addresses of some hundred services and sends to them. Of the three group chats
it tells only the HTTP status, and they answer a wrong key with 200 and a code in the content; so
for these Apprise reads the address and builds the place, and the message is posted here, where
the answer can be read.
"""

import http.client
import json
import logging
import re
import urllib.error
import urllib.request
from typing import Any, NamedTuple, NoReturn
from urllib.parse import urlsplit, urlunsplit

from apprise import Apprise, AppriseAsset, LogCapture, NotifyBase, PersistentStoreMode
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wecombot import NotifyWeComBot

from notifications.message import DeliveryError, Receipt, Stage
from notifications.wording import clean

LINES = 20
"""So many subjects are spelt out; further ones are only counted."""

TEXT_BYTES = 2048
"""What 企业微信 takes, the least of the three."""

_TIMEOUT = 10.0
_REPLY = 300
_MOST_READ = 65536
_OK, _BAD_REQUEST, _SERVER_ERROR = 200, 400, 500
_PASSING_STATUS = {408, 425, 429}

PASSING_CODES = frozenset(
    {
        -1,  # 企业微信, 钉钉: the system is busy
        45009,  # 企业微信: too many messages
        45033,  # 企业微信: too many at one time
        130101,  # 钉钉: too many messages
        410100,  # 钉钉: too many messages
        11232,  # 飞书: too many messages
        99991400,  # 飞书: too many messages
    }
)
"""Codes that pass by themselves; every other that is not 0 stays until somebody mends the robot."""

# At DEBUG, and when they complain, these write addresses, and an address holds the robot's key.
_LOG = logging.getLogger("apprise")
_LOG.setLevel(logging.WARNING)
_LOG.propagate = False
logging.getLogger("urllib3.connectionpool").setLevel(logging.CRITICAL)

_ASSET = AppriseAsset(storage_mode=PersistentStoreMode.MEMORY)


_Chat = NotifyWeComBot | NotifyDingTalk | NotifyFeishu


class _Call(NamedTuple):
    """What is posted to a group chat."""

    place: str
    content: dict[str, Any]


class Nudger:
    """A sender to one robot. ``server`` replaces the scheme and host of the public service.

    Raises:
        ValueError: Apprise cannot read the address, or it names more than one receiver; the
            message does not repeat it.
    """

    def __init__(self, url: str, server: str | None = None, timeout: float = _TIMEOUT) -> None:
        self._robot = _opened(url)
        if server and not isinstance(self._robot, _Chat):
            raise ValueError("a server can be set for 企业微信, 钉钉 and 飞书 only")
        self._server = server
        self._timeout = timeout

    def send(self, text: str) -> Receipt:
        """Hand one text over.

        Raises:
            DeliveryError: it was refused, or the service could not be used; no part of the
                address is in it.
        """
        if isinstance(self._robot, _Chat):
            return _judged(_posted(_call(self._robot, text, self._server), self._timeout))
        return _notified(self._robot, text)


def text_of(subjects: list[str]) -> str:
    """Subjects as a nudge says them: each once, one a line, the last line how many there are.

    No more than ``LINES`` of them and ``TEXT_BYTES`` in UTF-8.
    """
    lines = list(dict.fromkeys(clean(subject) for subject in subjects))
    whole = "\n".join(lines)
    if len(lines) <= LINES and len(whole.encode()) <= TEXT_BYTES:
        return whole
    rest = f"等{len(lines)}件"
    kept = lines[:LINES]
    while len(kept) > 1 and len("\n".join([*kept, rest]).encode()) > TEXT_BYTES:
        kept.pop()
    return "\n".join([*kept, rest])


def _opened(url: str) -> NotifyBase:
    robot = Apprise.instantiate(url, asset=_ASSET)
    if robot is None:
        raise ValueError("Apprise cannot read its url")
    if len(robot) != 1:
        raise ValueError("its url must name one receiver, or no record of it would be true")
    # Its own pause, up to several seconds of sleep, is not needed: the outbox keeps the pace.
    robot.request_rate_per_sec = 0
    return robot


def _call(robot: _Chat, text: str, server: str | None) -> _Call:
    """Where and what to post, in the form of the robot's service."""
    content: dict[str, Any] = {"msgtype": "text", "text": {"content": text}}
    if isinstance(robot, NotifyWeComBot):
        return _Call(_at(server, robot.api_url), content)
    place = _at(server, robot.notify_url.format(token=robot.token))
    if isinstance(robot, NotifyFeishu):
        return _Call(place.rstrip("/"), {"msg_type": "text", "content": {"text": text}})
    if robot.secret:
        # Quoted already; Apprise itself quotes it twice, which the service refuses.
        stamp, sign = robot.get_signature()  # type: ignore[no-untyped-call]
        place = f"{place}&timestamp={stamp}&sign={sign}"
    return _Call(place, content | {"at": {"atMobiles": robot.targets, "isAtAll": False}})


def _at(server: str | None, place: str) -> str:
    if server is None:
        return place
    host = urlsplit(server)
    return urlunsplit(urlsplit(place)._replace(scheme=host.scheme, netloc=host.netloc))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The key goes to nobody but the service itself."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        """Follow nothing: the redirect itself is the answer."""


_OPENER = urllib.request.build_opener(_NoRedirect)


def _posted(call: _Call, timeout: float) -> tuple[int, bytes]:
    """The status and the content of the answer.

    Raises:
        DeliveryError: there was none; once the message was out it may have arrived.
    """
    request = urllib.request.Request(
        call.place,
        json.dumps(call.content, ensure_ascii=False).encode(),
        {"Content-Type": "application/json; charset=utf-8"},
    )
    try:
        with _OPENER.open(request, timeout=timeout) as answer:
            return answer.status, answer.read(_MOST_READ)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, b""
    except urllib.error.URLError as error:
        _unheard(error.reason, accepted_maybe=False)
    except (OSError, http.client.HTTPException) as error:
        _unheard(error, accepted_maybe=True)


def _unheard(error: object, *, accepted_maybe: bool) -> NoReturn:
    # Its kind alone: what an error says may hold the address.
    said = "no answer" if accepted_maybe else "no connection"
    raise DeliveryError(
        f"{said}: {type(error).__name__}", stage=Stage.CONNECTION, accepted_maybe=accepted_maybe
    ) from None


def _judged(answer: tuple[int, bytes]) -> Receipt:
    """What a group chat's answer comes to."""
    status, content = answer
    if status != _OK:
        _refused_with(status)
    told = _parsed(content)
    code = told.get("errcode", told.get("code", told.get("StatusCode")))
    if not isinstance(code, int):
        raise DeliveryError(
            "an answer that is not the service's", stage=Stage.CONTENT, accepted_maybe=True
        )
    said = clean(f"{code} {told.get('errmsg') or told.get('msg') or ''}")[:_REPLY]
    if code == 0:
        return Receipt(said)
    raise DeliveryError(said, stage=Stage.RECIPIENT, permanent=code not in PASSING_CODES)


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        told = json.loads(content)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _refused_with(status: int) -> NoReturn:
    is_ours = _BAD_REQUEST <= status < _SERVER_ERROR and status not in _PASSING_STATUS
    raise DeliveryError(f"HTTP {status}", stage=Stage.RECIPIENT, permanent=is_ours)


def _notified(robot: NotifyBase, text: str) -> Receipt:
    """Send through Apprise, which says yes or no, and in its log why."""
    with LogCapture(level=logging.WARNING) as log:  # type: ignore[no-untyped-call]
        is_sent = robot.notify(body=text[: robot.body_maxlen])
    if is_sent:
        return Receipt("accepted by the service, as Apprise says")
    status = re.search(r"error=(\d{3})\b", log.getvalue())
    if status is None or int(status[1]) == _OK:
        raise DeliveryError("not accepted, as Apprise says", stage=Stage.CONTENT)
    _refused_with(int(status[1]))
