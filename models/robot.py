"""Robots: where a nudge goes besides the mail, the group chats (企业微信 …) and SMS gateways."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, NamedTuple
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, field_validator

from models.strict import Strict, Text

PREFIX = "robot:"
"""Begins the outbox recipient of a nudge, so that it is never the address of a mail."""

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class Pace(NamedTuple):
    """How many messages a robot may be sent within a minute and within a second."""

    per_minute: int
    per_second: int


PACES = {
    "wecombot": Pace(20, 20),
    "dingtalk": Pace(20, 20),
    "feishu": Pace(100, 5),
}
"""What the services allow one robot: more is refused, at 钉钉 for ten minutes."""

SLOW = Pace(10, 10)
"""For all other services."""


def _server(place: str) -> str:
    parts = urlsplit(place)
    is_secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    has_more = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    if not is_secure or not parts.hostname or not place.isascii() or has_more:
        raise ValueError("it must look like https://host")
    return place.rstrip("/")


class Robot(Strict):
    """One robot: ``url`` as Apprise writes it, a secret; ``server`` where it is not the public one.

    The government editions of 企业微信 and 钉钉 are served from hosts of their own.
    """

    name: Annotated[Text, Field(max_length=60, pattern=r"^[^\r\n:]+$")]
    url: SecretStr
    server: Annotated[str, AfterValidator(_server)] | None = None
    per_minute: Annotated[int, Field(ge=1, le=1000)] | None = None
    per_second: Annotated[int, Field(ge=1, le=100)] | None = None

    @field_validator("url")
    @classmethod
    def _has_scheme(cls, url: SecretStr) -> SecretStr:
        if "://" not in url.get_secret_value():
            raise ValueError("it must look like wecombot://KEY/")
        return url

    @property
    def recipient(self) -> str:
        """What the outbox calls it."""
        return f"{PREFIX}{self.name}"

    @property
    def pace(self) -> Pace:
        """What it may be sent: its own limits, else its service's."""
        known = PACES.get(self.url.get_secret_value().partition("://")[0].lower(), SLOW)
        return Pace(self.per_minute or known.per_minute, self.per_second or known.per_second)


class Robots(NamedTuple):
    """The robots by name; ``trouble`` says why there are none although a file is set."""

    by_name: Mapping[str, Robot] = MappingProxyType({})
    trouble: str = ""


NO_ROBOTS = Robots()
"""Where no file is set: nothing is queued, nothing leaves."""
