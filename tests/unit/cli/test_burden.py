"""``duban burden``: per unit what was asked and by whom, never ranked."""

import pytest

from tests.unit.cli.commands import Office

PERIOD = ("--from", "2024-01-01", "--to", "2024-12-31")


def test_the_shape_is_that_of_the_reference(applied: Office) -> None:
    rows = applied.read("burden", *PERIOD, "--unit", "市教育体育局")
    assert [row | {"asked": None} for row in rows] == [
        {
            "unit": "市教育体育局",
            "answering": "市教育体育局",
            "jurisdiction": "中山市",
            "mails": 0,
            "held": 0,
            "asked": None,
        }
    ]
    assert rows[0]["asked"] == [
        {
            "plan": "zhongshan-2023",
            "issuer": "中山市人民政府办公室",
            "assignments": 1,
            "reminders": 0,
            "chases": 1,
            "slips": 0,
            "decisions": 0,
            "reports": 1,
            "evidence": 1,
            "figures": 5,
            "mails": 0,
            "held": 0,
        }
    ]


def test_a_table_for_people_in_the_order_of_the_document(applied: Office) -> None:
    output = applied.run("burden", "zhongshan-2023", *PERIOD).output
    units = [line.split()[0] for line in output.splitlines()[2:8]]
    assert units == [row["unit"] for row in applied.read("burden", *PERIOD)][:6]
    assert "zhongshan-2023　中山市人民政府办公室" in output
    assert "共 47 个单位，邮件 0 封，缓发 0 封。按文件中的顺序，不排名。" in output


def test_by_its_successor_s_name_a_merged_unit_is_found_too(applied: Office) -> None:
    units = [row["unit"] for row in applied.read("burden", *PERIOD, "--unit", "市农业农村局")]
    assert sorted(units) == ["市乡村振兴局", "市农业农村局"]
    assert "市农业农村局）" in applied.run("burden", *PERIOD).output


def test_a_time_when_nothing_was_asked(applied: Office) -> None:
    done = applied.run("burden", "--from", "2020-01-01", "--to", "2020-12-31")
    assert "这一时期没有向任何单位提出要求。" in done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["zhongshan-2024"], 'there is no plan "zhongshan-2024"'),
        (["--unit", "市教育局局"], 'no unit is called "市教育局局"'),
        (["--from", "2024-02-01", "--to", "2024-01-01"], "lies before --from"),
    ],
)
def test_wrong_usage(applied: Office, arguments: list[str], said: str) -> None:
    done = applied.run("burden", *arguments)
    assert done.code == 2
    assert said in done.errors
