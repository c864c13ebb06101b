"""The file of the robots: what it may say, and that no mistake in it is answered with its keys."""

from pathlib import Path

import pytest

from duban.loader.nudge_file import is_private, read_robots
from models.robot import NO_ROBOTS, Pace
from tests.builders import sentences

GOOD = """
robots:
  - name: 市残联工作群
    url: wecombot://SECRET/
  - name: 钉钉群
    url: dingtalk://SECRET/
    per_minute: 5
  - name: 飞书群
    url: feishu://SECRET/
    server: https://chat.example
  - name: 短信
    url: smseagle://SECRET@gateway.example/13000000000
"""


def _file(folder: Path, content: str | bytes) -> Path:
    path = folder / "nudges.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_without_a_file_there_are_no_robots() -> None:
    assert read_robots(None) == NO_ROBOTS


def test_each_robot_has_the_pace_of_its_service_or_its_own(tmp_path: Path) -> None:
    found = read_robots(_file(tmp_path, GOOD)).by_name
    assert {name: robot.pace for name, robot in found.items()} == {
        "市残联工作群": Pace(20, 20),
        "钉钉群": Pace(5, 20),
        "飞书群": Pace(100, 5),
        "短信": Pace(10, 10),
    }
    assert found["飞书群"].server == "https://chat.example"
    assert "@" not in found["短信"].recipient
    assert "SECRET" not in repr(found)


ROBOT = "robots: [{name: a, url: 'wecombot://SECRET/'"
BAD = sentences(
    [
        ("not YAML", "robots: [\n- {url: SECRET", "it is not YAML at line 2"),
        ("not text", b"\xff\xfe\x00", "it is not UTF-8 text"),
        ("a character that YAML has not", "robots: \x00 SECRET", "it is not YAML"),
        ("nothing", "", "the file: "),
        ("a list", "[SECRET]", "the file: "),
        ("no address", "robots: [{name: a}]", "robots.0.url: Field required"),
        ("no service", "robots: [{name: a, url: SECRET}]", "robots.0.url: Value error, it must"),
        ("an unknown key", f"{ROBOT}, key: SECRET}}]", "robots.0.key: Extra inputs"),
        ("no pace", f"{ROBOT}, per_minute: 0}}]", "robots.0.per_minute: "),
        ("a key sent in clear", f"{ROBOT}, server: 'http://SECRET'}}]", "it must look like https"),
        ("a server with a path", f"{ROBOT}, server: 'https://h/SECRET'}}]", "it must look like"),
        ("a name in two lines", f'{ROBOT}}}, {{name: "a\\nb", url: "b://"}}]', "robots.1.name: "),
        ("a name twice", f"{ROBOT}}}, {{name: a, url: 'b://'}}]", "two robots have the name a"),
    ]
)


@pytest.mark.parametrize(("content", "said"), BAD)
def test_a_mistake_is_told_without_what_the_file_holds(
    tmp_path: Path, content: str | bytes, said: str
) -> None:
    found = read_robots(_file(tmp_path, content))
    assert found.by_name == {}
    assert said in found.trouble
    assert found.trouble.startswith("DUBAN_NUDGES_FILE: ")
    assert "SECRET" not in found.trouble


def test_a_file_that_is_not_there_is_trouble_and_not_an_error(tmp_path: Path) -> None:
    trouble = read_robots(tmp_path / "nowhere.yaml").trouble
    assert trouble.endswith("cannot be used: No such file or directory")


def test_a_file_that_others_can_read_is_not_private(tmp_path: Path) -> None:
    path = _file(tmp_path, GOOD)
    path.chmod(0o600)
    assert is_private(path)
    path.chmod(0o640)
    assert not is_private(path)
