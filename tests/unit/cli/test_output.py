"""How commands print."""

import json
from datetime import date
from decimal import Decimal

import pytest
from rich.cells import cell_len

from duban.cli.output import print_json, print_table


def test_json_keeps_chinese_and_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"单位": "市残联", "n": [Decimal("15"), Decimal("1.5")], "on": date(2024, 10, 20)})
    output = capsys.readouterr().out
    assert "市残联" in output
    assert json.loads(output) == {"单位": "市残联", "n": [15, 1.5], "on": "2024-10-20"}


def test_columns_line_up_with_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("单位", "days"), [("市残联", 1), ("a", 22), ("各镇街（23）", None)])
    lines = capsys.readouterr().out.splitlines()
    width = cell_len("各镇街（23）") + 2
    assert cell_len(lines[0].removesuffix("days")) == width
    assert cell_len(lines[1].removesuffix("1")) == width
    assert lines[3] == "各镇街（23）"


def test_a_line_break_cannot_break_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("a",), [("x\ny",)])
    assert capsys.readouterr().out == "a\nx y\n"


def test_a_table_without_rows(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("a", "b"), [])
    assert capsys.readouterr().out == "a  b\n"
