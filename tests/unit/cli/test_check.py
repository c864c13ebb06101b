"""``duban check`` as it is typed."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from duban.cli import app

BAD_YAML = Path(__file__).parents[2] / "bad_yaml"
OFFICE = BAD_YAML / "office"
MATRICES = Path(__file__).parents[3] / "matrices"
BAD_PLAN = BAD_YAML / "out-of-range.plan.yaml"


def _run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["check", *arguments])
    return done.exit_code, done.output


def test_a_sound_office() -> None:
    code, output = _run(str(OFFICE))
    assert code == 0
    assert output.startswith("5 files, 0 errors, 0 warnings in 0.")


def test_an_error_gives_exit_code_1() -> None:
    code, output = _run(str(BAD_PLAN))
    assert code == 1
    first, last = output.splitlines()
    assert first.startswith(f'{BAD_PLAN}:27:32: error S106 "line" is "0"')
    assert last.startswith("1 file, 1 error, 0 warnings in ")


@pytest.mark.parametrize("option", [["--format", "json"], ["--json"]])
def test_the_same_as_json(option: list[str]) -> None:
    code, output = _run(str(BAD_PLAN), *option)
    assert code == 1
    assert json.loads(output) == [
        {
            "path": str(BAD_PLAN),
            "line": 27,
            "column": 32,
            "severity": "error",
            "code": "S106",
            "message": '"line" is "0"',
            "hint": "it must be at least 1",
        }
    ]


def test_warnings_count_only_if_strict() -> None:
    assert _run(str(MATRICES))[0] == 0
    assert _run(str(MATRICES), "--strict")[0] == 1
    assert _run(str(OFFICE), "--strict")[0] == 0


def test_json_of_a_sound_office_is_an_empty_list() -> None:
    assert _run(str(OFFICE), "--json") == (0, "[]\n")


def test_of_one_rule_in_one_file_people_read_the_first_twenty(tmp_path: Path) -> None:
    office = Path(shutil.copytree(OFFICE, tmp_path / "office"))
    units = office / "units.yaml"
    rows = "".join(f"      - {{name: 第{number}镇, alias: x}}\n" for number in range(23))
    text = units.read_text(encoding="utf-8")
    units.write_text(text.replace("    units:\n", f"    units:\n{rows}"), encoding="utf-8")
    code, output = _run(str(units))
    lines = output.splitlines()
    assert code == 1
    assert [line for line in lines if " S101 " in line][20:] == [
        f"{units}: error S101 … and 3 more"
    ]
    assert lines[-1].startswith("5 files, 23 errors, 0 warnings in ")
    found = json.loads(_run(str(units), "--json")[1])
    assert len(found) == 23
