"""``duban preview``: the shape of the contract, the worked example, and nothing written."""

import json
import subprocess
import sys

from tests.unit.cli.commands import KEY, ROOT, Office

YEAR = ("--from", "2024-01-01", "--to", "2024-12-31")
KEYS = ["on", "kind", "reason", "unit", "recipients", "obligation", "due_on", "duties", "step"]


def test_the_keys_are_those_of_the_contract_and_the_days_are_in_order(office: Office) -> None:
    found = office.read("preview", "zhongshan-2023", *YEAR)
    assert all(list(entry) == KEYS for entry in found)
    assert set(found[0]["recipients"][0]) == {"role", "address"}
    days = [entry["on"] for entry in found]
    assert days == sorted(days)


def test_the_final_summary_of_zhongshan(office: Office) -> None:
    """中山's final summary, stated for Sunday 2024-10-20: T is Friday 10-18."""
    found = office.read("preview", "zhongshan-2023", *YEAR)
    mine = [(entry["on"], entry["kind"]) for entry in found if entry["obligation"] == KEY]
    assert mine == [
        ("2024-09-18", "reminder"),
        ("2024-09-30", "reminder"),
        ("2024-10-15", "reminder"),
        ("2024-10-17", "reminder"),
        ("2024-10-18", "reminder"),
        ("2024-10-21", "slip-blue"),
        ("2024-10-24", "slip-orange"),
        ("2024-10-31", "slip-red"),
        ("2024-11-07", "chase"),
        ("2024-11-14", "chase"),
        ("2024-11-21", "chase"),
        ("2024-11-28", "chase"),
        ("2024-12-05", "chase"),
        ("2024-12-12", "chase"),
        ("2024-12-19", "chase"),
        ("2024-12-26", "chase"),
    ]
    red = next(e for e in found if e["obligation"] == KEY and e["kind"] == "slip-red")
    assert red["due_on"] == "2024-10-20"
    assert red["duties"] == ["5", "13"]
    assert [recipient["role"] for recipient in red["recipients"]] == [
        "liaison", "officer_in_charge", "head", "coordinating_office", "inspection_office",
    ]  # fmt: skip


def test_the_assignment_goes_on_the_issue_date_or_the_day_that_is_supposed(office: Office) -> None:
    first = office.read("preview", "zhongshan-2023", "--from", "2023-03-07", "--to", "2023-03-07")
    assert len(first) == 47
    assert first[0]["obligation"] == "zhongshan-2023/assignment/市委组织部"
    supposed = office.read("preview", "zhongshan-2023", *YEAR, "--applied-on", "2024-03-02")
    assert supposed[0]["on"] == "2024-03-04"  # 2024-03-02 is a Saturday


def test_people_read_a_table_for_each_day(office: Office) -> None:
    lines = office.run("preview", "zhongshan-2023", *YEAR).output.splitlines()
    at = lines.index("2024年10月21日（周一）　46 条")
    assert lines[at + 1].split() == ["通知", "期限", "事项"]
    assert lines[at + 2].startswith(
        "  蓝色督查单  2024-10-20 周日  推动落实《行动方案》终期工作总结"
    )
    assert lines[at + 3].startswith("      46个单位的联络员、分管领导，名单见2024年1月5日")


def test_a_draft_may_be_previewed_and_is_marked(office: Office) -> None:
    done = office.run("preview", "ningjin-2022", *YEAR)
    assert done.code == 0
    assert "【征求意见稿，不会发出】" in done.output


def test_days_of_a_year_without_workdays_are_marked(office: Office) -> None:
    office.edit("zhongshan-2023", "on: 2024-10-20", "on: 2024-10-31")
    for year in (2024, 2025, 2026):
        (office.matrices / "workdays" / f"{year}.yaml").unlink()
    october = ("--from", "2024-10-31", "--to", "2024-10-31")
    assert (
        "2024年10月31日（周四）暂定　46 条"
        in office.run("preview", "zhongshan-2023", *october).output
    )
    entry = office.read("preview", "zhongshan-2023", *october)[0]
    assert list(entry) == [*KEYS, "provisional"]


def test_it_writes_nothing_and_needs_no_database(office: Office) -> None:
    office.more = {"DUBAN_DATABASE_URL": "postgresql://127.0.0.1:9/none"}
    assert office.run("preview", "haidong-2023", *YEAR).code == 0
    assert list(office.folder.iterdir()) == []


def test_it_leaves_the_heavy_packages_alone(office: Office) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "duban", "preview", "haidong-2023", *YEAR],
        cwd=ROOT,
        env=office.settings | {"PYTHONIOENCODING": "utf-8", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    names = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "duban.planner.preview" in names
    assert not names & {"prefect", "sqlalchemy", "sqlmodel", "alembic"}


def test_wrong_usage(office: Office) -> None:
    assert office.run("preview", "zhongshan-2023").code == 2
    assert (
        office.run("preview", "zhongshan-2023", "--from", "2024-02-01", "--to", "2024-01-01").code
        == 2
    )
    done = office.process("preview", "zhongshan-2032", *YEAR)
    assert done.code == 2
    assert 'did you mean "zhongshan-2023"' in done.errors
    assert office.run("preview", "haidong-2023", *YEAR, "--applied-on", "1990-01-01").code == 3


def test_json_of_a_period_without_notices_is_an_empty_list(office: Office) -> None:
    done = office.run(
        "preview", "haidong-2023", "--from", "2030-01-01", "--to", "2030-12-31", "--json"
    )
    assert json.loads(done.output) == []
