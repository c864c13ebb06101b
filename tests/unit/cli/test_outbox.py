"""``duban outbox``: what waits, what failed and why, and another try."""

from tests.unit.cli.commands import Office
from tests.unit.notifications.channels.servers import Inbox, serving

MAIL = [
    "id", "channel", "recipient", "subject", "state", "reason", "on", "attempts", "next_attempt_at",
    "sent_on", "sent_at",
]  # fmt: skip


def _deliver(office: Office, inbox: Inbox, day: str) -> None:
    with serving(inbox) as port:
        office.more = {
            "DUBAN_SMTP_URL": f"smtp://127.0.0.1:{port}",
            "DUBAN_MAIL_FROM": "supervision@office.example",
        }
        office.run("run", "deliver", "--as-of", day, "--no-prefect")


def _mail_to(office: Office, start: str) -> str:
    mails = office.read("outbox")["mails"]
    return str(next(mail["id"] for mail in mails if mail["recipient"].startswith(start)))


def test_what_waits_is_listed_with_the_subject_it_would_have(applied: Office) -> None:
    told = applied.read("outbox", "--as-of", "2024-09-02")
    assert list(told) == ["counts", "held", "nudges", "mails", "defects"]
    assert told["counts"] == {"pending": 138}
    assert all(list(mail) == MAIL for mail in told["mails"])
    mail = next(m for m in told["mails"] if m["recipient"].startswith("liaison@education"))
    assert mail["subject"].startswith("【逾期催办】推动落实《行动方案》中期工作总结")
    output = applied.run("outbox").output
    assert "共 138 封：待发 138" in output
    assert output.split()[:7] == ["编号", "状态", "渠道", "日期", "收件人", "主题", "原因"]


def test_a_refused_address_is_listed_and_shown_and_can_be_tried_again(applied: Office) -> None:
    _deliver(applied, Inbox(RCPT=["550 5.1.1 no such user"]), "2024-09-02")
    (failed,) = applied.read("outbox", "list", "--state", "failed")["mails"]
    assert failed["reason"] == "550 5.1.1 no such user"
    number = str(failed["id"])
    (defect,) = applied.read("outbox")["defects"]
    assert (defect["address"], defect["because"]) == (failed["recipient"], failed["reason"])
    assert "不能送达的地址 1 个" in applied.run("outbox").output
    shown = applied.run("outbox", "show", number).output
    assert "  未成功的投递 1 次\n" in shown
    assert "永久：550 5.1.1 no such user" in shown
    assert "逾期催办" in shown
    assert applied.read("outbox", "retry", number, "--as-of", "2024-09-03")["state"] == "uncertain"
    assert applied.read("outbox")["defects"] == []
    _deliver(applied, Inbox(), "2024-09-03")
    assert applied.read("outbox", "show", number)["state"] == "sent"


def test_one_mail_is_shown_with_its_notices_and_text(applied: Office) -> None:
    number = _mail_to(applied, "liaison@education")
    told = applied.read("outbox", "show", number, "--as-of", "2024-09-02")
    assert list(told) == [*MAIL, "tries", "notices", "round_ups", "text"]
    assert {notice["kind"] for notice in told["notices"]} == {"assignment", "chase"}
    assert set(told["notices"][0]) == {
        "obligation", "kind", "step", "reason", "role", "unit", "title", "due_on",
    }  # fmt: skip
    assert "签收" in told["text"]


def test_a_round_up_is_shown(applied: Office) -> None:
    applied.run("run", "weekly", "--as-of", "2024-09-09", "--no-prefect")
    told = applied.read("outbox", "show", _mail_to(applied, "supervision@"))
    assert told["round_ups"] == ["zhongshan-2023"]
    assert "督办周报：zhongshan-2023" in applied.run("outbox", "show", str(told["id"])).output


def test_only_a_failed_mail_can_be_retried(applied: Office) -> None:
    done = applied.process("outbox", "retry", "1")
    assert done.code == 3
    assert "mail 1 is pending" in done.errors


def test_wrong_usage(applied: Office) -> None:
    assert applied.run("outbox", "show").code == 2
    assert applied.run("outbox", "list", "1").code == 2
    assert applied.run("outbox", "show", "4711").code == 2
    assert applied.run("outbox", "show", "x").code == 2
    assert applied.run("outbox", "list", "--state", "lost").code == 2


def test_mails_of_a_plan_that_left_the_matrices_are_listed_without_subject(
    applied: Office,
) -> None:
    applied.edit("zhongshan-2023", "on: 2024-10-20", "on: 2024-10-31")
    for path in (applied.matrices / "zhongshan-2023").iterdir():
        path.unlink()
    (applied.matrices / "zhongshan-2023").rmdir()
    assert {mail["subject"] for mail in applied.read("outbox")["mails"]} == {None}


def test_an_empty_outbox(office: Office) -> None:
    assert office.run("outbox").output == "共 0 封\n"
