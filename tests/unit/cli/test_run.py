"""``duban run`` without Prefect: the summary, what is left undone, what is refused."""

import json
import os

import pytest

from duban import clock
from duban.service.lease import holding
from duban.store.database import open_database
from tests.unit.cli.commands import KEY, Office
from tests.unit.notifications.channels.servers import Inbox, serving

DAY = ("--as-of", "2024-10-21", "--no-prefect")
SUMMARY = [
    "as_of", "obligations_open", "due", "notices", "messages_queued", "messages_sent",
    "messages_failed", "skipped", "undone", "nudges_sent", "messages_held",
]  # fmt: skip


def _mail_settings(port: int) -> dict[str, str]:
    return {
        "DUBAN_SMTP_URL": f"smtp://127.0.0.1:{port}",
        "DUBAN_MAIL_FROM": "supervision@office.example",
    }


def test_a_day_is_planned_and_sent(applied: Office) -> None:
    inbox = Inbox()
    with serving(inbox) as port:
        applied.more = _mail_settings(port)
        told = applied.read("run", "daily", *DAY)
        again = applied.read("run", "daily", *DAY)
    assert list(told) == SUMMARY
    assert (told["as_of"], told["obligations_open"], told["due"]) == ("2024-10-21", 648, 93)
    assert (told["messages_queued"], told["messages_sent"], told["messages_failed"]) == (
        139,
        139,
        0,
    )
    assert told["undone"] == []
    assert {"obligation": KEY, "because": "reminder-0: superseded by slip-blue"} in told["skipped"]
    assert len(inbox.messages) == 139
    assert (again["notices"], again["messages_queued"]) == (0, 0)


def test_without_a_mail_server_the_mails_are_left_undone_and_named(applied: Office) -> None:
    done = applied.process("run", "daily", *DAY, "--json")
    assert done.code == 1
    assert "duban: work was left undone: 139 mails wait; the server: no mail server" in done.errors
    assert list(json.loads(done.output)) == SUMMARY


def test_people_read_the_counts_and_the_silences(applied: Office) -> None:
    done = applied.run("run", "daily", *DAY)
    lines = done.output.splitlines()
    assert lines[0] == "2024年10月21日（周一）"
    assert lines[1] == "  台账在办 648 项，今日应提示 93 项，生成通知 93 条"
    silent = next(line for line in lines if "reminder-0" in line)
    assert "46个单位" in silent
    assert "已由 slip-blue 代替" in silent


def test_a_dry_run_shows_the_day_and_writes_nothing(applied: Office) -> None:
    before = applied.read("outbox")
    told = applied.read("run", "daily", "--as-of", "2024-10-21", "--dry-run")
    assert list(told) == [*SUMMARY, "foreseen"]
    assert (told["due"], told["notices"], len(told["foreseen"])) == (93, 93, 93)
    slip = next(entry for entry in told["foreseen"] if entry["obligation"] == KEY)
    assert (slip["kind"], slip["reason"], slip["duties"]) == ("slip-blue", "overdue", ["5", "13"])
    assert applied.read("outbox") == before
    shown = applied.run("run", "daily", "--as-of", "2024-10-21", "--dry-run").output
    assert "2024年10月21日（周一）　将生成通知 93 条（只看，不写入）" in shown
    assert "蓝色督查单  2024-10-20 周日  推动落实《行动方案》终期工作总结" in shown
    assert "reminder-0" in shown


def test_a_dry_run_knows_a_policy_that_was_just_edited(applied: Office) -> None:
    applied.edit("zhongshan-2023", "on: 2023-12-15", "on: 2023-12-15")
    policy = applied.matrices / "policies" / "standard.yaml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text.replace("at: T - 30 days", "at: T - 45 days"), encoding="utf-8")
    told = applied.read("run", "daily", "--as-of", "2024-09-03", "--dry-run")
    assert "reminder-30d" in {entry["step"] for entry in told["foreseen"]}


def test_a_rest_day_says_so(applied: Office) -> None:
    done = applied.run("run", "daily", "--as-of", "2024-10-20", "--dry-run")
    assert "休息日，不发通知" in done.output


def test_deliver_and_weekly_run_too(applied: Office) -> None:
    inbox = Inbox()
    with serving(inbox) as port:
        applied.more = _mail_settings(port)
        delivered = applied.read("run", "deliver", "--as-of", "2024-09-02", "--no-prefect")
        weekly = applied.read("run", "weekly", "--as-of", "2024-09-09", "--no-prefect")
    assert (list(delivered), delivered["messages_sent"]) == (SUMMARY, 138)
    assert (list(weekly), weekly["messages_sent"]) == (SUMMARY, 1)


@pytest.mark.parametrize("flow", ["daily", "deliver", "weekly"])
def test_a_year_without_published_workdays_is_refused(applied: Office, flow: str) -> None:
    done = applied.run("run", flow, "--as-of", "2027-03-01", "--no-prefect")
    assert done.code == 3
    assert "2027 has no published workdays" in done.errors


def test_a_run_beside_another_is_refused(applied: Office) -> None:
    engine = open_database(applied.settings["DUBAN_DATABASE_URL"])
    with holding(engine, "daily", alone=True):
        done = applied.process("run", "daily", *DAY)
    engine.dispose()
    assert done.code == 3
    assert f"daily is already being done by process {os.getpid()}" in done.errors


@pytest.mark.parametrize("arguments", [["sometimes"], ["deliver", "--dry-run"], []])
def test_wrong_usage(office: Office, arguments: list[str]) -> None:
    assert office.run("run", *arguments).code == 2


def test_a_mail_server_without_a_sender_is_a_wrong_setting(applied: Office) -> None:
    applied.more = {"DUBAN_SMTP_URL": "smtp://127.0.0.1:9"}
    done = applied.run("run", "daily", *DAY)
    assert done.code == 1
    assert "DUBAN_MAIL_FROM is not set" in done.errors


def test_a_password_that_would_cross_the_network_in_the_clear_is_refused(applied: Office) -> None:
    applied.more = _mail_settings(9) | {"DUBAN_SMTP_URL": "smtp://duban@mail.example"}
    done = applied.run("run", "daily", *DAY)
    assert done.code == 1
    assert "DUBAN_SMTP_URL: no password is sent to mail.example without TLS" in done.errors


def test_a_database_out_of_reach_is_one_line(office: Office) -> None:
    office.more = {"DUBAN_DATABASE_URL": "postgresql://127.0.0.1:9/none"}
    done = office.process("run", "daily", "--no-prefect")
    assert done.code == 1
    assert done.errors.startswith("duban: DUBAN_DATABASE_URL: the database cannot be used")
    assert len(done.errors.splitlines()) == 1


def test_without_a_day_it_is_today(applied: Office) -> None:
    told = applied.read("run", "daily", "--dry-run")
    assert told["as_of"] == clock.today("Asia/Shanghai").isoformat()
