"""What lies in an office's folder, and what must not."""

import os
import shutil
from pathlib import Path

import pytest

from duban.loader.files import listing
from duban.loader.office import check_office

OFFICE = Path(__file__).parents[2] / "bad_yaml" / "office"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OFFICE, tmp_path / "office"))


def _codes(office: Path) -> list[str]:
    return [problem.code for problem in check_office(office)[0]]


def test_the_files_by_what_they_are(office: Path) -> None:
    found = listing(office)
    assert found.units == office / "units.yaml"
    assert found.plans == [office / "example-2024"]
    assert found.policies == [office / "policies" / "standard.yaml"]
    assert found.years == [office / "workdays" / "2024.yaml"]
    assert found.problems == []
    assert len(found.files) == 5


def test_other_files_are_nobodys_business(office: Path) -> None:
    (office / "README.md").write_text("x", encoding="utf-8")
    (office / "example-2024" / "document.txt").write_bytes(b"\xff")
    (office / ".hidden.yaml").write_text("[", encoding="utf-8")
    (office / "schema").mkdir()
    (office / "schema" / "plan.schema.json").write_text("{", encoding="utf-8")
    assert _codes(office) == []


@pytest.mark.parametrize(
    "name", ["unit.yaml", "units.yml", "policies/strict.yml", "workdays/year.yaml", "x/new.yaml"]
)
def test_yaml_that_nobody_reads(name: str, office: Path) -> None:
    (office / name).parent.mkdir(exist_ok=True)
    (office / name).write_text("a: 1\n", encoding="utf-8")
    assert _codes(office) == ["Y104"]


def test_no_folder_at_all(tmp_path: Path) -> None:
    assert _codes(tmp_path / "nowhere") == ["Y101"]


def test_an_empty_folder(tmp_path: Path) -> None:
    assert _codes(tmp_path) == ["Y102"]


def test_a_file_for_a_folder(office: Path) -> None:
    assert _codes(office / "units.yaml") == ["Y101"]


def test_a_folder_for_a_file(office: Path) -> None:
    (office / "example-2024" / "plan.yaml").unlink()
    (office / "example-2024" / "plan.yaml").mkdir()
    assert _codes(office) == ["Y101"]


def test_a_pipe_is_not_waited_for(office: Path) -> None:
    (office / "example-2024" / "roster.yaml").unlink()
    os.mkfifo(office / "example-2024" / "roster.yaml")
    assert _codes(office) == ["Y101"]


def test_a_roster_without_its_plan(office: Path) -> None:
    (office / "example-2024" / "plan.yaml").unlink()
    assert _codes(office) == ["Y101"]


def test_a_link_inside_the_folder_is_followed(office: Path) -> None:
    plan = office / "example-2024" / "plan.yaml"
    plan.rename(office / "example-2024" / "text")
    plan.symlink_to("text")
    assert _codes(office) == []


@pytest.mark.parametrize("target", ["/etc/passwd", "/", "nowhere", "units.yaml"])
def test_links_to_elsewhere_nowhere_and_themselves(target: str, office: Path) -> None:
    (office / "units.yaml").unlink()
    (office / "units.yaml").symlink_to(target)
    assert _codes(office) == ["Y103"]


def test_a_linked_plan_folder_outside(office: Path, tmp_path: Path) -> None:
    shutil.copytree(office / "example-2024", tmp_path / "elsewhere")
    (office / "other-2024").symlink_to(tmp_path / "elsewhere")
    assert _codes(office) == ["Y103"]
