"""The command ``duban import`` from the shell: what it writes, refuses and says."""

import json
import shutil
from pathlib import Path

import pytest

from duban.cli import main
from duban.loader.office import check_office
from models.problem import Severity
from tests.acceptance.import_cases import FOLDER

YUBEI = Path("matrices/yubei-2023/document.txt").resolve()


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "matrices"
    shutil.copytree("matrices", folder)
    monkeypatch.setenv("DUBAN_MATRICES", str(folder))
    return folder


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr("sys.argv", ["duban", "import", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_json_is_show_and_questions(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, YUBEI, "--json", "--id", "yubei-2023") == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == ["plan", "duties", "obligations", "groups", "questions"]
    assert printed["plan"]["id"] == "yubei-2023"
    assert len(printed["duties"]) == 15
    assert {"line", "code", "message", "suggestion"} <= set(printed["questions"][0])
    assert printed["groups"]["各镇街"]


def test_groups_without_a_registry_have_no_members(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, FOLDER / "district-safety.txt", "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["groups"]["各街道办事处"] == []


def test_a_draft_over_a_shipped_plan_has_no_errors(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = office / "yubei-2023" / "plan.yaml"
    assert run(monkeypatch, YUBEI, "-o", plan, "--force") == 0
    problems, _ = check_office(office)
    assert [str(each) for each in problems if each.severity is Severity.ERROR] == []


def test_units_that_the_registry_lacks_and_the_coordinator_are_all_that_is_wrong(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = office / "xiangyang-2024" / "plan.yaml"
    assert run(monkeypatch, FOLDER / "city-air.txt", "-o", plan) == 0
    assert (plan.parent / "document.txt").exists()
    problems, _ = check_office(office)
    errors = {each.code for each in problems if each.severity is Severity.ERROR}
    assert errors <= {"U101", "U112", "R101", "M107"}
    said = capsys.readouterr().out
    assert "- name: 襄阳市" in said
    assert "- {name: 市生态环境局}" in said


def test_an_existing_plan_is_not_overwritten(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = office / "haidong-2023" / "plan.yaml"
    before = plan.read_bytes()
    run(monkeypatch, Path("matrices/haidong-2023/document.txt").resolve(), "-o", plan)
    assert plan.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", 3), (b"\x00\x01\x02\x03" * 50, 3)],
)
def test_what_cannot_be_read_is_refused(
    office: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
    code: int,
) -> None:
    file = tmp_path / "plan.txt"
    file.write_bytes(content)
    assert run(monkeypatch, file) == code
    assert "duban: " in capsys.readouterr().err


def test_a_missing_file_is_wrong_usage(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "no-such-file.txt") == 2
    assert "is not there" in capsys.readouterr().err
