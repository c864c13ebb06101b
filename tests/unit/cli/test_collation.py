"""``duban run collation`` without Prefect, and what it would say beforehand."""

from tests.unit.cli.commands import Office

DAY = ("--as-of", "2024-10-12")


def test_a_run_queues_its_notices_once(applied: Office) -> None:
    first = applied.read("run", "collation", *DAY, "--no-prefect", code=1)
    again = applied.read("run", "collation", *DAY, "--no-prefect", code=1)
    assert (first["notices"], again["notices"]) == (46, 0)
    assert first["undone"][0].endswith("no mail server is set (DUBAN_SMTP_URL and DUBAN_MAIL_FROM)")


def test_a_dry_run_shows_steps_and_who_is_missing_and_writes_nothing(applied: Office) -> None:
    before = applied.read("outbox")
    done = applied.run("run", "collation", *DAY, "--dry-run")
    lines = done.output.splitlines()
    assert lines[0] == "2024年10月12日（周六）　将生成汇总提醒 46 条（只看，不写入）"
    assert lines[1] == "  zhongshan-2023/final-summary　告知办公室：牵头（直报）单位未报 46 家"
    assert lines[2] == "未报送 46 家次"
    told = applied.read("run", "collation", *DAY, "--dry-run")
    assert (len(told["foreseen"]), len(told["missing"])) == (46, 46)
    assert told["foreseen"][0]["step"] == "inner-leads"
    assert applied.read("outbox") == before


def test_on_a_rest_day_a_dry_run_says_so(applied: Office) -> None:
    done = applied.run("run", "collation", "--as-of", "2024-10-13", "--dry-run")
    assert "休息日，不发通知" in done.output
