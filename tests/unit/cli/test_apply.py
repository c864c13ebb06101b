"""``duban apply``: all or nothing, once, and never what must not be applied."""

import json
import sqlite3

import pytest

from tests.unit.cli.commands import Office


def _counts(office: Office) -> dict[str, int]:
    with sqlite3.connect(office.database) as connection:
        counts = {
            table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
            for table in ("plan", "obligation", "entry", "notice", "outbox")
        }
    connection.close()
    return counts


def test_without_names_all_issued_plans_are_applied(office: Office) -> None:
    told = office.read("apply", "--as-of", "2024-09-02", "--by", "李四")
    assert [part["plan"] for part in told["applied"]] == [
        "haidong-2023", "sichuan-2022", "yubei-2023", "zhongshan-2023",
    ]  # fmt: skip
    assert set(told["applied"][0]) == {
        "plan", "added", "changed", "withdrawn", "notices", "provisional", "renumbered",
    }  # fmt: skip
    assert told["applied"][3]["added"] == 648
    assert told["skipped"] == [{"plan": "ningjin-2022", "because": "draft"}]


def test_a_draft_among_them_is_named(office: Office) -> None:
    assert "ningjin-2022　征求意见稿，未录入" in office.run("apply").output


def test_applied_twice_it_changes_nothing(applied: Office) -> None:
    before, rows = _counts(applied), applied.read("ledger", "--as-of", "2024-09-03")
    done = applied.run("apply", "zhongshan-2023", "--as-of", "2024-09-03")
    assert done.output == "zhongshan-2023　没有变化\n"
    assert _counts(applied) == before
    assert applied.read("ledger", "--as-of", "2024-09-03") == rows


def test_a_draft_that_is_named_is_refused(office: Office) -> None:
    done = office.process("apply", "ningjin-2022")
    assert done.code == 3
    assert done.errors.startswith("duban: ningjin-2022 is a draft (征求意见稿)")
    assert len(done.errors.splitlines()) == 1
    assert office.run("apply", "ningjin-2022", "--dry-run").code == 3


def test_a_saved_plan_is_applied(office: Office) -> None:
    path = str(office.folder / "plan.json")
    office.run("plan", "haidong-2023", "--out", path)
    told = office.read("apply", "--file", path, "--as-of", "2024-09-02")
    assert [part["plan"] for part in told["applied"]] == ["haidong-2023"]


@pytest.mark.parametrize("dry_run", [["--dry-run"], []])
def test_a_saved_plan_is_stale_when_the_matrix_has_changed(
    applied: Office, dry_run: list[str]
) -> None:
    path = str(applied.folder / "plan.json")
    applied.run("plan", "zhongshan-2023", "--out", path)
    applied.postpone()
    done = applied.run("apply", "--file", path, *dry_run)
    assert done.code == 3
    assert "the matrix of zhongshan-2023 has changed since" in done.errors


def test_a_saved_plan_is_stale_when_the_ledger_has_changed(applied: Office) -> None:
    path = str(applied.folder / "plan.json")
    applied.postpone()
    applied.run("plan", "zhongshan-2023", "--out", path)
    assert applied.run("apply", "zhongshan-2023").code == 0
    done = applied.run("apply", "--file", path)
    assert done.code == 3
    assert "the ledger of zhongshan-2023 has changed since" in done.errors


def test_a_saved_plan_is_stale_when_its_plan_is_gone(office: Office) -> None:
    path = office.folder / "plan.json"
    office.run("plan", "haidong-2023", "--out", str(path))
    text = path.read_text(encoding="utf-8").replace('"haidong-2023"', '"haidong-2022"', 1)
    path.write_text(text, encoding="utf-8")
    assert office.run("apply", "--file", str(path)).code == 3


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": "other", "plans": []}', "\0"])
def test_a_file_that_is_no_saved_plan(office: Office, content: str) -> None:
    path = office.folder / "plan.json"
    path.write_text(content, encoding="utf-8")
    done = office.run("apply", "--file", str(path))
    assert done.code == 2
    assert "is no saved plan" in done.errors


def test_a_missing_file_and_too_many_words_are_wrong_usage(office: Office) -> None:
    assert office.run("apply", "--file", str(office.folder / "none")).code == 2
    assert office.run("apply", "haidong-2023", "--file", "plan.json").code == 2


def test_files_with_errors_stop_it_and_are_named(office: Office) -> None:
    office.edit(
        "zhongshan-2023", "市国资委, 市人力资源社会保障局", "市国资局, 市人力资源社会保障局"
    )
    done = office.process("apply", "haidong-2023")
    assert done.code == 1
    assert 'error U101 unknown unit "市国资局"' in done.errors
    assert not office.database.exists()


def test_a_dry_run_writes_nothing(applied: Office) -> None:
    applied.postpone()
    before = _counts(applied)
    done = applied.run("apply", "zhongshan-2023", "--dry-run")
    assert "变更 46 项" in done.output
    assert _counts(applied) == before
    assert applied.read("apply", "zhongshan-2023", "--dry-run")[0]["plan"] == "zhongshan-2023"


def test_who_and_when_are_kept(applied: Office) -> None:
    entry = applied.read("explain", "zhongshan-2023/assignment/小榄镇")["entries"][0]
    assert (entry["kind"], entry["on"], entry["by"]) == ("assigned", "2024-09-02", "李四")


def test_dates_in_a_year_without_workdays_are_warned_about(office: Office) -> None:
    office.edit("zhongshan-2023", "on: 2024-10-20", "on: 2024-10-31")
    (office.matrices / "workdays" / "2025.yaml").unlink()
    (office.matrices / "workdays" / "2026.yaml").unlink()
    done = office.process("apply", "yubei-2023", "--as-of", "2024-09-02")
    assert done.code == 0
    assert "duban: warning: yubei-2023: 2025-05-18, 2025-12-03, 2025-12-31" in done.errors


def test_a_day_in_a_year_without_workdays_sends_nothing_and_says_so(office: Office) -> None:
    done = office.process("apply", "haidong-2023", "--as-of", "2027-03-01", "--json")
    assert done.code == 0
    assert "2027 has no published workdays" in done.errors
    assert json.loads(done.output)["applied"][0]["notices"] == 0


@pytest.mark.parametrize("day", ["1990-01-01", "2500-01-01", "9999-12-31", "0001-01-01"])
def test_a_day_of_another_century_is_refused(office: Office, day: str) -> None:
    assert office.run("apply", "haidong-2023", "--as-of", day).code == 3


@pytest.mark.parametrize("day", ["20240902", "2024-02-30", "today", "2024-W36-1", ""])
def test_what_is_no_day_is_wrong_usage(office: Office, day: str) -> None:
    assert office.run("apply", "haidong-2023", "--as-of", day).code == 2
