"""Robots: what a server may be, and that no key is ever shown."""

import pytest
from pydantic import SecretStr, ValidationError

from models.robot import PREFIX, Pace, Robot
from tests.builders import sentences

SERVERS = sentences(
    [
        ("a host of one's own", "https://chat.example", True),
        ("with a port and a slash", "https://chat.example:8443/", True),
        ("this machine in clear", "http://127.0.0.1:8080", True),
        ("another machine in clear", "http://chat.example", False),
        ("a user", "https://user@chat.example", False),
        ("a path", "https://chat.example/robot", False),
        ("a query", "https://chat.example?key=1", False),
        ("no host", "https://:443", False),
        ("a host that is not ASCII", "https://政务.example", False),
        ("no scheme", "chat.example", False),
    ]
)


@pytest.mark.parametrize(("server", "is_good"), SERVERS)
def test_a_key_goes_to_a_host_and_encrypted(server: str, is_good: bool) -> None:
    given = {"name": "群", "url": "wecombot://KEY/", "server": server}
    if is_good:
        assert Robot.model_validate(given).server == server.rstrip("/")
        return
    with pytest.raises(ValidationError):
        Robot.model_validate(given)


def test_a_robot_shows_its_name_and_not_its_key() -> None:
    robot = Robot(name="群", url=SecretStr("WeComBot://SECRET/"))
    assert (robot.recipient, robot.pace) == (f"{PREFIX}群", Pace(20, 20))
    assert "SECRET" not in f"{robot!r}{robot}{robot.model_dump_json()}"
