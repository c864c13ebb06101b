"""Nudges from the settings to the outbox's list: the whole way, with the shipped plan."""

import shutil

import pytest

from tests.unit.cli.commands import MATRICES, Office
from tests.unit.notifications.channels.robot_sink import robot_sink, says
from tests.unit.notifications.channels.servers import Inbox, serving

# Apprise loads all its plugins, and one of them a module that Python 3.13 no longer has.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

DAY = ("--as-of", "2024-09-02")
ROSTER = "    name: 督办专班\n"


def _with_robot(office: Office, server: str) -> None:
    """中山's coordinating office has a robot for its own mails."""
    office.matrices = office.folder / "matrices"
    shutil.copytree(MATRICES, office.matrices)
    path = office.matrices / "zhongshan-2023" / "roster.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(ROSTER) == 1
    path.write_text(text.replace(ROSTER, f"{ROSTER}    nudge: [工作群]\n"), encoding="utf-8")
    file = office.folder / "nudges.yaml"
    robot = f"{{name: 工作群, url: 'wecombot://SECRETKEY/', server: '{server}'}}"
    file.write_text(f"robots: [{robot}]", encoding="utf-8")
    file.chmod(0o600)
    office.more["DUBAN_NUDGES_FILE"] = str(file)


def _deliver(office: Office, code: int) -> dict[str, object]:
    with serving(Inbox()) as port:
        office.more |= {
            "DUBAN_SMTP_URL": f"smtp://127.0.0.1:{port}",
            "DUBAN_MAIL_FROM": "duban@city.example",
        }
        found = office.read("run", "deliver", *DAY, "--no-prefect", code=code)
    assert isinstance(found, dict)
    return found


def test_a_nudge_is_sent_listed_and_shown_without_its_key(applied: Office) -> None:
    with robot_sink() as robot:
        _with_robot(applied, robot.url)
        told = _deliver(applied, 0)
    assert (told["messages_sent"], told["nudges_sent"], told["undone"]) == (
        told["messages_queued"], 1, [],
    )  # fmt: skip
    listed = applied.read("outbox", *DAY)
    assert listed["nudges"] == {"sent": 1}
    (nudge,) = [mail for mail in listed["mails"] if mail["channel"] == "nudge"]
    (mail,) = [mail for mail in listed["mails"] if mail["recipient"].startswith("supervision@")]
    assert (nudge["recipient"], nudge["subject"]) == ("robot:工作群", mail["subject"])
    assert robot.requests[0].content["text"]["content"] == mail["subject"]
    output = applied.run("outbox").output + applied.run("outbox", "show", str(nudge["id"])).output
    assert "群机器人和短信提示 1 条：已发 1" in output
    assert f"提示 {nudge['id']}　已发" in output
    assert "SECRETKEY" not in f"{output}{listed}{told}"


def test_a_wrong_key_is_named_by_the_run_and_can_be_tried_again(applied: Office) -> None:
    with robot_sink() as robot:
        _with_robot(applied, robot.url)
        robot.answers.append(says(errcode=93000, errmsg="invalid webhook url"))
        told = _deliver(applied, 1)
        (nudge,) = applied.read("outbox", "list", "--state", "failed", *DAY)["mails"]
        assert nudge["reason"] == "93000 invalid webhook url"
        assert "不能送达的地址 1 个" in applied.run("outbox").output
        applied.run("outbox", "retry", str(nudge["id"]), *DAY)
        again = _deliver(applied, 0)
    assert told["messages_failed"] == 0
    assert (again["nudges_sent"], len(robot.requests)) == (1, 2)
    assert applied.read("outbox", *DAY)["defects"] == []
