"""Each rule has its file in tests/bad_yaml: one flaw, and the text that must be printed for it.

``<case>.<kind>.yaml`` replaces that file of the sound little office in tests/bad_yaml/office, and
``<case>.txt`` is what must come out; a folder ``<case>/`` is laid over the office, and what its
``remove.txt`` lists is taken away first.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from duban.loader.findings import RULES
from duban.loader.office import check_office
from duban.loader.text import SIZE_LIMIT
from models.problem import Severity

ROOT = Path(__file__).parents[3]
BAD_YAML = ROOT / "tests" / "bad_yaml"
OFFICE = BAD_YAML / "office"
TARGETS = {
    "plan": "example-2024/plan.yaml",
    "roster": "example-2024/roster.yaml",
    "units": "units.yaml",
    "policy": "policies/standard.yaml",
    "workdays": "workdays/2024.yaml",
    "local": "workdays/local.yaml",
}
FILES = sorted(BAD_YAML.glob("*.yaml"))
FOLDERS = sorted(path for path in BAD_YAML.iterdir() if path.is_dir() and path != OFFICE)


def _too_large(office: Path) -> None:
    with (office / "units.yaml").open("a", encoding="utf-8") as file:
        file.write("#" * SIZE_LIMIT)


def _link_outside(office: Path) -> None:
    roster = office / "example-2024" / "roster.yaml"
    roster.unlink()
    elsewhere = office.parent / "elsewhere.yaml"
    shutil.copy(OFFICE / "example-2024" / "roster.yaml", elsewhere)
    roster.symlink_to(elsewhere)


BUILT: dict[str, Callable[[Path], None]] = {
    "link-outside": _link_outside,
    "too-large": _too_large,
}
"""Flaws that no file of the repository can show."""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OFFICE, tmp_path / "office"))


def _printed(office: Path) -> str:
    found, _ = check_office(office)
    lines = []
    for problem in found:
        path = Path(problem.mark.path).relative_to(office).as_posix()
        lines.append(f"{problem._replace(mark=problem.mark._replace(path=path))}\n")
    return "".join(lines)


def test_the_little_office_is_sound(office: Path) -> None:
    assert _printed(office) == ""


@pytest.mark.parametrize("flawed", FILES, ids=lambda path: path.name)
def test_one_flaw_in_one_file(flawed: Path, office: Path) -> None:
    case, kind, _ = flawed.name.split(".")
    (office / TARGETS[kind]).write_bytes(flawed.read_bytes())
    assert _printed(office) == (BAD_YAML / f"{case}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_one_flaw_between_files(folder: Path, office: Path) -> None:
    removed = folder / "remove.txt"
    for name in removed.read_text(encoding="utf-8").split() if removed.exists() else []:
        target = office / name
        shutil.rmtree(target) if target.is_dir() else target.unlink()
    beside = shutil.ignore_patterns("*.txt")
    shutil.copytree(folder, office, dirs_exist_ok=True, ignore=beside)
    assert _printed(office) == (folder / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", BUILT)
def test_one_flaw_that_is_built(case: str, office: Path) -> None:
    BUILT[case](office)
    assert _printed(office) == (BAD_YAML / f"{case}.txt").read_text(encoding="utf-8")


def _expected() -> Iterator[tuple[str, str]]:
    """Code and severity of every line that some case must print."""
    for path in [*BAD_YAML.glob("*.txt"), *BAD_YAML.glob("*/expected.txt")]:
        for line in path.read_text(encoding="utf-8").splitlines():
            found = re.match(r"\S+:\d+:\d+: (error|warning) ([A-Z]\d{3}) ", line)
            assert found, f"{path.name}: {line}"
            yield found[2], found[1]


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert {code for code, _ in _expected()} == set(RULES)


def test_no_expected_text_without_its_case() -> None:
    cases = {path.name.partition(".")[0] for path in FILES} | set(BUILT)
    assert {path.stem for path in BAD_YAML.glob("*.txt")} == cases


def test_severities_are_those_of_the_table() -> None:
    assert all(RULES[code].severity is Severity(severity) for code, severity in _expected())


def test_every_rule_is_in_the_reference_with_its_severity_and_title() -> None:
    reference = (ROOT / "docs" / "reference" / "check-rules.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([A-Z]\d{3}) \| (\w+) \| ([^|]+?) \|", reference, re.MULTILINE)
    assert listed == [(code, str(rule.severity), rule.title) for code, rule in RULES.items()]
