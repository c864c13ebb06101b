"""What can be named on the command line: an office, a plan's folder, a file, a stray file."""

import shutil
from pathlib import Path

import pytest

from duban.loader.check import check, examine

OFFICE = Path(__file__).parents[2] / "bad_yaml" / "office"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office with one error in its plan and one in its policy."""
    folder = Path(shutil.copytree(OFFICE, tmp_path / "office"))
    for name, old, new in (
        ("example-2024/plan.yaml", "lead: [市财政局]", "lead: [市残联]"),
        ("policies/standard.yaml", "id: standard", "id: strict"),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("named", "codes"),
    [
        ([""], ["U108", "P105"]),
        (["example-2024"], ["U108"]),
        (["example-2024/plan.yaml"], ["U108"]),
        (["example-2024/roster.yaml"], []),
        (["policies"], ["P105"]),
        (["policies/standard.yaml", "units.yaml"], ["P105"]),
        (["", "example-2024", "units.yaml"], ["U108", "P105"]),
    ],
)
def test_what_is_named_is_checked_with_the_office_around_it(
    named: list[str], codes: list[str], office: Path
) -> None:
    found = check(office / name for name in named)
    assert [problem.code for problem in found] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("plan: x\ncontacts: []\nfoo: 1\n", ["S102", "S102", "S101"]),
        ("year: 2024\nnotice: x\nrest_days: [2024-02-30]\n", ["D101"]),
        ("a: &a 1\nb: *a\n", ["Y110"]),
        ("foo: 1\n", ["Y104"]),
        ("", ["Y106"]),
    ],
)
def test_a_stray_file_is_told_by_its_keys(text: str, codes: list[str], tmp_path: Path) -> None:
    stray = tmp_path / "deep" / "er" / "stray.yaml"
    stray.parent.mkdir(parents=True)
    stray.write_text(text, encoding="utf-8")
    assert [problem.code for problem in check([stray])] == codes


def test_a_stray_plan_folder(tmp_path: Path) -> None:
    stray = tmp_path / "deep" / "er" / "example-2024"
    shutil.copytree(OFFICE / "example-2024", stray)
    assert examine([stray]) == ([], 2)


def test_what_is_not_there(tmp_path: Path) -> None:
    assert [problem.code for problem in check([tmp_path / "deep" / "er" / "x.yaml"])] == ["Y101"]


def test_paths_are_printed_as_they_were_given(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office.parent)
    found = check([Path("office/example-2024")])
    assert found[0].mark.path == "office/example-2024/plan.yaml"
