"""``duban doctor``: each thing that can be wrong, with its remedy."""

import sqlite3
import tomllib
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from duban import clock
from duban.service.doctor.installation import PINS, satisfies
from duban.service.doctor.ledger import last_due
from tests.builders import shipped
from tests.unit.cli.commands import ROOT, Office
from tests.unit.notifications.channels.servers import Inbox, serving


def _examined(office: Office, code: int) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for finding in office.read("doctor", code=code):
        assert list(finding) == ["check", "state", "message", "remedy"]
        assert (finding["state"] == "ok") == (finding["remedy"] == "")
        found.setdefault(finding["check"], []).append(finding)
    return found


def _today() -> date:
    return clock.today("Asia/Shanghai")


def _write(office: Office, statement: str, *values: object) -> None:
    with sqlite3.connect(office.database) as connection:
        connection.execute(statement, values)
    connection.close()


def test_a_new_installation_only_lacks_a_ledger_and_a_mail_server(office: Office) -> None:
    found = _examined(office, 0)
    assert found["database"][0]["message"] == "there is no ledger yet"
    assert found["mail server"][0]["state"] == "warning"
    assert {item["state"] for item in found["prefect"] + found["files"]} == {"ok"}
    assert list(office.folder.iterdir()) == []


def test_a_missed_run_and_waiting_mails_are_failures(applied: Office) -> None:
    found = _examined(applied, 1)
    run = found["daily run"][0]
    assert run["state"] == "failure"
    assert "did not take place, there has been none" in run["message"]
    assert "138 mails wait, the oldest since 2024-09-02" in found["outbox"][0]["message"]
    done = applied.process("doctor")
    assert done.code == 1
    assert "FAILURE daily run" in done.output
    assert "→ `duban run daily` catches up" in done.output


def test_after_the_run_of_the_day_all_is_well(applied: Office) -> None:
    with serving(Inbox()) as port:
        applied.more = {
            "DUBAN_SMTP_URL": f"smtp://127.0.0.1:{port}",
            "DUBAN_MAIL_FROM": "supervision@office.example",
        }
        workday = str(shipped().calendar.on_or_before(_today()))
        applied.run("run", "daily", "--no-prefect", "--as-of", workday)
        found = _examined(applied, 0)
    assert found["daily run"][0]["state"] == "ok"
    assert found["outbox"][0]["message"] == "no mail waits"
    assert found["mail server"][0]["message"].startswith(f"127.0.0.1:{port} answers: 250")


def test_a_plan_applied_today_has_missed_nothing(office: Office) -> None:
    tomorrow = _today() + timedelta(days=1)
    office.run("apply", "haidong-2023", "--as-of", str(tomorrow))
    assert _examined(office, 0)["daily run"][0]["message"] == "none was due yet"


@pytest.mark.parametrize(
    ("here", "expected"),
    [
        ("2024-10-21T10:00", "2024-10-21"),  # an hour after the hour of notices
        ("2024-10-21T09:59", "2024-10-18"),  # the run may still be going on
        ("2024-10-20T12:00", "2024-10-18"),  # a Sunday
        ("2024-10-12T12:00", "2024-10-12"),  # a Saturday that is worked
        ("2024-10-05T12:00", "2024-09-30"),  # the national holiday
    ],
)
def test_the_run_that_should_be_over(here: str, expected: str) -> None:
    local = datetime.fromisoformat(here).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    assert last_due(shipped(), local) == date.fromisoformat(expected)


def test_a_mail_server_out_of_reach_is_a_failure(office: Office) -> None:
    office.more = {"DUBAN_SMTP_URL": "smtp://127.0.0.1:9", "DUBAN_MAIL_FROM": "a@b.example"}
    assert _examined(office, 1)["mail server"][0]["state"] == "failure"


def test_a_mail_server_without_a_sender_is_a_failure(office: Office) -> None:
    office.more = {"DUBAN_SMTP_URL": "smtp://127.0.0.1:9"}
    assert _examined(office, 1)["mail server"][0]["message"] == "DUBAN_MAIL_FROM is not set"


def test_a_database_out_of_reach_is_a_failure(office: Office) -> None:
    office.more = {"DUBAN_DATABASE_URL": "postgresql://127.0.0.1:9/none"}
    (found,) = _examined(office, 1)["database"]
    assert found["message"].startswith("it cannot be used: ")


def test_what_is_no_database_is_a_failure(office: Office) -> None:
    office.database.write_bytes(b"not a database at all" * 100)
    assert _examined(office, 1)["database"][0]["state"] == "failure"


def test_a_database_of_another_release_is_a_failure(applied: Office) -> None:
    _write(applied, "UPDATE alembic_version SET version_num = '0000'")
    (found,) = _examined(applied, 1)["database"]
    assert found["message"].startswith("its schema is 0000, this release needs ")


def test_files_with_errors_are_a_failure_and_the_rest_is_looked_at(office: Office) -> None:
    office.edit("zhongshan-2023", "[市国资委, 市人力", "[市国资局, 市人力")
    found = _examined(office, 1)
    assert found["files"][0]["message"].endswith(": 1 errors")
    assert "database" in found


def test_a_year_without_workdays(office: Office) -> None:
    office.edit("zhongshan-2023", "on: 2024-10-20", "on: 2024-10-31")
    for path in (office.matrices / "workdays").iterdir():
        if path.stem >= str(_today().year):
            path.unlink()
    this_year, next_year = _examined(office, 1)["calendar"]
    assert this_year["state"] == "failure"
    assert next_year["state"] == ("warning" if _today().month >= 11 else "ok")


def test_a_unit_without_a_liaison_is_a_warning(office: Office) -> None:
    office.edit("zhongshan-2023", "on: 2024-10-20", "on: 2024-10-31")
    path = office.matrices / "zhongshan-2023" / "roster.yaml"
    text = path.read_text(encoding="utf-8")
    line = "    liaison: liaison@organization.zhongshan.example\n"
    assert line in text
    path.write_text(text.replace(line, ""), encoding="utf-8")
    assert _examined(office, 0)["contacts"][0]["message"] == "no liaison: zhongshan-2023 市委组织部"


def test_refused_mails_and_addresses_are_warnings(applied: Office) -> None:
    with serving(Inbox(RCPT=["550 5.1.1 no such user"])) as port:
        applied.more = {
            "DUBAN_SMTP_URL": f"smtp://127.0.0.1:{port}",
            "DUBAN_MAIL_FROM": "supervision@office.example",
        }
        applied.run("run", "deliver", "--as-of", "2024-09-02", "--no-prefect")
    found = _examined(applied, 1)
    assert "1 mails were refused for good" in [item["message"] for item in found["outbox"]]
    assert found["contacts"][1]["message"].startswith("addresses that do not work: ")


def test_a_lease_left_by_a_process_that_is_gone_is_a_warning(applied: Office) -> None:
    past = datetime(2024, 9, 2, tzinfo=UTC).isoformat(" ")
    _write(
        applied,
        "INSERT INTO lease (name, holder, host, process, started, expires_at)"
        " VALUES ('daily', 'x', 'elsewhere', 4711, '1', ?)",
        past,
    )
    (found,) = _examined(applied, 1)["leases"]
    assert found["message"] == "left behind: daily by process 4711 on elsewhere"


def test_a_run_that_began_in_the_future_is_a_failure(applied: Office) -> None:
    ahead = (clock.now() + timedelta(days=2)).isoformat(" ")
    _write(
        applied,
        "INSERT INTO run (flow, as_of, started_at) VALUES ('daily', '2024-09-02', ?)",
        ahead,
    )
    assert _examined(applied, 1)["clock"][1]["state"] == "failure"


@pytest.mark.parametrize(
    ("installed", "pin", "fits"),
    [
        ("3.8.8", "==3.8.8", True),
        ("3.8.9", "==3.8.8", False),
        ("0.150.2", "<0.151", True),
        ("0.151", "<0.151", False),
        ("0.151.0", "<0.151", False),
        ("2.0.99", "<2.1", True),
        ("2.1.0b1", "<2.1", False),
    ],
)
def test_a_version_against_its_pin(installed: str, pin: str, fits: bool) -> None:
    assert satisfies(installed, pin) is fits


def test_the_pins_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {item.name: item.specifier for item in map(Requirement, project["dependencies"])}
    for name, pin in PINS.items():
        assert next(iter(SpecifierSet(pin))) in list(declared[name])
