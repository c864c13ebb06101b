"""What the doctor says of the robots, and who pays for Apprise."""

import subprocess
import sys
from pathlib import Path

import pytest

from duban.service.doctor.findings import State
from duban.service.sending.nudges import nudge_findings
from duban.settings import Settings
from tests import builders

# Apprise loads all its plugins, and one of them a module that Python 3.13 no longer has.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

GOOD = "robots: [{name: 工作群, url: 'wecombot://SECRETKEY/'}]"


def _findings(folder: Path, content: str, mode: int = 0o600) -> list[tuple[State, str]]:
    path = folder / "nudges.yaml"
    path.write_text(content, encoding="utf-8")
    path.chmod(mode)
    settings = Settings(_env_file=None, nudges_file=path, matrices=folder / "matrices")
    contact = {"liaison": {"address": "a@b.example", "nudge": ["工作群", "旧群"]}}
    roster = builders.roster(["甲局", "乙局", "丙局"], 甲局=contact)
    found = list(nudge_findings(settings, builders.office(builders.plan(contacts=roster))))
    assert "SECRETKEY" not in str(found)
    assert all(item.remedy for item in found if item.state is not State.OK)
    return [(item.state, item.message) for item in found]


UNNAMED = (State.WARNING, "plan-2024: its roster names robot 旧群, which the file does not")
WELL = (State.OK, "1 robots are set")


def test_robots_that_are_well_and_a_name_that_no_robot_has(tmp_path: Path) -> None:
    assert _findings(tmp_path, GOOD) == [UNNAMED, WELL]


def test_a_file_that_others_can_read_is_a_warning(tmp_path: Path) -> None:
    said = (State.WARNING, f"others can read {tmp_path / 'nudges.yaml'}")
    assert _findings(tmp_path, GOOD, 0o644) == [said, UNNAMED, WELL]


def test_a_file_among_the_matrices_is_a_warning(tmp_path: Path) -> None:
    folder = tmp_path / "matrices"
    folder.mkdir()
    settings = Settings(_env_file=None, nudges_file=folder / "a.yaml", matrices=folder)
    (folder / "a.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "a.yaml").chmod(0o600)
    found = [item.message for item in nudge_findings(settings, None)]
    assert found == [f"{folder / 'a.yaml'} lies among the matrices", WELL[1]]


def test_an_address_that_apprise_cannot_read_is_a_failure(tmp_path: Path) -> None:
    found = _findings(tmp_path, "robots: [{name: 工作群, url: 'nonsense://SECRETKEY/'}]")
    said = "robot 工作群 cannot be used: Apprise cannot read its url"
    assert found == [(State.FAILURE, said), UNNAMED, WELL]


def test_a_broken_file_is_a_failure(tmp_path: Path) -> None:
    ((state, message),) = _findings(tmp_path, "robots: SECRETKEY")
    assert state is State.FAILURE
    assert message.startswith("DUBAN_NUDGES_FILE: ")


def test_no_file_is_well() -> None:
    (found,) = nudge_findings(Settings(_env_file=None), None)
    assert found.state is State.OK


def test_what_is_only_looked_at_does_not_pay_for_apprise() -> None:
    names = ("apply", "check", "explain", "ledger", "outbox", "plan", "preview", "show")
    modules = ", ".join(["duban.cli", *(f"duban.cli.{name}" for name in names)])
    program = f"import sys, {modules}; sys.exit('apprise' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
