"""``duban ledger``: the shape of the contract, filters, and a table that lines up."""

import sqlite3

import pytest

from tests.unit.cli.commands import KEY, Office

DAY = ("--as-of", "2024-10-21")
KEYS = [
    "obligation", "plan", "kind", "title", "unit", "role", "due_on", "stage", "light",
    "days_left", "working_days_left", "last_entry", "duties", "inner_due_on",
]  # fmt: skip


def _width(text: str) -> int:
    return sum(1 + (ord(character) > 0x2E7F) for character in text)


def test_the_keys_are_those_of_the_contract(applied: Office) -> None:
    rows = applied.read("ledger", *DAY)
    assert len(rows) == 648
    assert all(list(row) == KEYS for row in rows)
    row = next(row for row in rows if row["obligation"] == KEY)
    assert row | {"last_entry": None} == {
        "obligation": KEY,
        "plan": "zhongshan-2023",
        "kind": "report",
        "title": "推动落实《行动方案》终期工作总结",
        "unit": "市教育体育局",
        "role": "responsible",
        "due_on": "2024-10-20",
        "stage": "assigned",
        "light": "red",
        "days_left": -1,
        "working_days_left": -1,
        "last_entry": None,
        "duties": ["5", "13"],
        "inner_due_on": None,
    }
    assert row["last_entry"] == {
        "kind": "assigned", "on": "2024-09-02", "by": "李四", "text": "",
    }  # fmt: skip


def test_a_plan_a_unit_a_light_and_a_kind_narrow_it_down(applied: Office) -> None:
    rows = applied.read(
        "ledger",
        "zhongshan-2023",
        "--unit",
        "市教育体育局",
        "--light",
        "red",
        "--kind",
        "report",
        *DAY,
    )
    keys = [row["obligation"] for row in rows]
    assert keys == ["zhongshan-2023/midterm-summary/市教育体育局", KEY]
    assert {row["kind"] for row in applied.read("ledger", "--kind", "duty", *DAY)} == {"duty"}


def test_a_unit_may_be_called_by_any_of_its_names(applied: Office) -> None:
    by_alias = applied.read("ledger", "--unit", "中山市教育和体育局", *DAY)
    assert by_alias == applied.read("ledger", "--unit", "市教育体育局", *DAY)
    assert len(by_alias) == 7


def test_a_unit_of_the_registry_that_owes_nothing_gives_nothing(applied: Office) -> None:
    assert applied.read("ledger", "--unit", "区税务局", *DAY) == []
    assert "没有符合条件的事项。" in applied.run("ledger", "--unit", "区税务局", *DAY).output


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["zhongshan"], 'did you mean "zhongshan-2023"'),
        (["--unit", "市教育体局"], 'did you mean "市教育体育局"'),
    ],
)
def test_what_is_unknown_is_wrong_usage(applied: Office, arguments: list[str], hint: str) -> None:
    done = applied.process("ledger", *arguments)
    assert done.code == 2
    assert hint in done.errors


def test_an_unknown_light_or_kind_is_wrong_usage(applied: Office) -> None:
    assert applied.run("ledger", "--light", "purple").code == 2
    assert applied.run("ledger", "--kind", "letter").code == 2


@pytest.mark.parametrize("columns", ["80", "100", "120"])
def test_the_table_lines_up_and_fits(applied: Office, columns: str) -> None:
    done = applied.run("ledger", *DAY)
    lines = [line for line in done.output.splitlines() if line.startswith("  ")]
    heading, *rows = lines[:-1]
    at = _width(heading[: heading.index("灯")])
    for row in rows:
        left = next(row[:n] for n in range(len(row) + 1) if _width(row[:n]) >= at)
        assert _width(left) == at
        assert row[len(left)] in "绿黄红灰"
    assert max(map(_width, lines)) <= 100


def test_people_read_units_once_in_document_order_and_standing_rows_counted(
    applied: Office,
) -> None:
    output = applied.run("ledger", *DAY).output
    assert output.startswith("台账　2024年10月21日（周一）\n")
    lines = output.splitlines()
    assert lines[4].split() == [
        "市委组织部",
        "—",
        "—",
        "黄",
        "已交办",
        "任务分工（签收）",
        "09-02",
        "交办",
    ]
    assert lines[6].split()[:5] == ["2024-10-20", "周日", "逾期1", "红", "已交办"]
    assert "另有 47 个单位的常年事项 409 项，用 --kind duty 列出" in output
    assert lines[-1].startswith("共 648 项：绿 0，黄 ")


def test_the_standing_rows_are_listed_on_request(applied: Office) -> None:
    output = applied.run("ledger", "--kind", "duty", "--unit", "市教育体育局", *DAY).output
    assert "5 实施残疾人高校毕业生就业帮扶行动" in output
    assert "另有" not in output


def test_ids_are_listed_whole(applied: Office) -> None:
    output = applied.run("ledger", "--unit", "市教育体育局", "--ids", *DAY).output
    assert f"  2024-10-20 周日  红  已交办  {KEY}\n" in output


def test_a_plan_that_left_the_matrices_is_still_in_the_ledger(applied: Office) -> None:
    applied.edit("zhongshan-2023", "on: 2024-10-20", "on: 2024-10-31")
    for name in ("plan.yaml", "roster.yaml", "document.txt"):
        (applied.matrices / "zhongshan-2023" / name).unlink()
    (applied.matrices / "zhongshan-2023").rmdir()
    assert {row["light"] for row in applied.read("ledger", "zhongshan-2023")} == {"grey"}
    assert "（已不在 matrices 中）" in applied.run("ledger").output


def test_an_empty_ledger_is_no_error(office: Office) -> None:
    assert office.read("ledger") == []
    with sqlite3.connect(office.database) as connection:
        assert connection.execute("SELECT count(*) FROM obligation").fetchone() == (0,)
    connection.close()
