"""A sound office, and all problems at once of one that is not; nothing else ever comes out."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from duban.errors import InvalidOffice
from duban.loader import nodes, schema, text
from duban.loader.check import KINDS
from duban.loader.office import check_office, load_office
from models.problem import Problem, Severity

ROOT = Path(__file__).parents[3]
OFFICE = ROOT / "tests" / "bad_yaml" / "office"
FILES = {
    path.relative_to(OFFICE).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(OFFICE.rglob("*.yaml"))
}
HOSTILE_BYTES = {
    "ten megabytes": b"x: y\n" * 2_000_000,
    "NUL bytes": b"\0" * 10_000,
    "GB18030": "标题：方案\n".encode("gb18030") * 100,
    "UTF-16": "title: x\n".encode("utf-16"),
    "random": bytes(range(256)) * 100,
    "deep": b"[" * 100_000,
    "one long line": b"title: " + b"x" * 900_000,
    "many keys": b"".join(b"k%d: 1\n" % n for n in range(50_000)),
    "many rows": b"duties:\n" + b"- {}\n" * 20_000,
    "many unknown units": b"id: example-2024\nduties:\n- units: [" + b"ab, " * 100_000 + b"]\n",
}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OFFICE, tmp_path / "office"))


def test_the_office_as_one_value() -> None:
    office = load_office(OFFICE)
    plan = office.plans["example-2024"]
    assert plan.matrix.period.last == date(2024, 12, 31)
    assert plan.members(("各镇", "残联")) == ["东镇", "西镇", "市残联"]
    assert plan.policy is office.policies["standard"]
    assert plan.roster.plan == "example-2024"
    assert not office.calendar.is_workday(date(2024, 5, 1))
    assert office.calendar.is_workday(date(2024, 4, 28))


def test_the_five_plans_have_no_error() -> None:
    office = load_office(ROOT / "matrices")
    assert sorted(office.plans) == [
        "haidong-2023", "ningjin-2022", "sichuan-2022", "yubei-2023", "zhongshan-2023",
    ]  # fmt: skip


def test_local_days_lie_over_the_notice(office: Path) -> None:
    local = "because: 地方节日\nrest_days: [2024-07-01]\nmake_up_days: [2024-05-02]\n"
    (office / "workdays" / "local.yaml").write_text(local, encoding="utf-8")
    calendar = load_office(office).calendar
    assert not calendar.is_workday(date(2024, 7, 1))
    assert calendar.is_workday(date(2024, 5, 2))


def test_all_problems_at_once(office: Path) -> None:
    def spoil(name: str, old: str, new: str) -> None:
        assert old in FILES[name]
        spoilt = (office / name).read_text(encoding="utf-8").replace(old, new, 1)
        (office / name).write_text(spoilt, encoding="utf-8")

    spoil("example-2024/plan.yaml", "coordinator:", "cordinator: x\ncoordinator:")
    spoil("example-2024/plan.yaml", "kind: report", "kind: raport")
    spoil("example-2024/plan.yaml", "[市财政局]\n    source", "[市财正局]\n    source")
    spoil("example-2024/roster.yaml", "liaison@west.example", "west")
    spoil("units.yaml", "members: [东镇, 西镇]", "members: [东镇, 西镇, 北镇]")
    spoil("policies/standard.yaml", "at: due + 1", "at: dew + 1")
    spoil("workdays/2024.yaml", "2024-04-28", "2024-04-31")
    with pytest.raises(InvalidOffice) as raised:
        load_office(office)
    codes = sorted(each.code for each in raised.value.problems)
    assert codes == ["D101", "P102", "S101", "S104", "S105", "U101", "U105"]
    assert "7 errors" in str(raised.value)


def test_a_broken_plan_does_not_hide_another(office: Path) -> None:
    shutil.copytree(office / "example-2024", office / "second-2024")
    (office / "example-2024" / "plan.yaml").write_text("[", encoding="utf-8")
    assert sorted(each.code for each in check_office(office)[0]) == ["M105", "R102", "Y109"]


@pytest.mark.parametrize("content", HOSTILE_BYTES.values(), ids=HOSTILE_BYTES)
@pytest.mark.parametrize("name", ["units.yaml", "example-2024/plan.yaml"])
def test_hostile_files_are_problems_and_nothing_else(
    name: str, content: bytes, office: Path
) -> None:
    (office / name).write_bytes(content)
    found, _ = check_office(office)
    assert any(problem.severity is Severity.ERROR for problem in found)


def _read(content: bytes, model: type[BaseModel]) -> list[Problem]:
    decoded, found = text.decode(content, "f.yaml")
    if decoded is None:
        return found
    root, found = nodes.parse(decoded, "f.yaml")
    return found if root is None else found + schema.read(model, root, "f.yaml")[1]


FRAGMENTS = st.sampled_from([
    "- ", ": ", "? ", "{", "}", "[", "]", ", ", "\n", "\n  ", "\t", "'", '"', "|\n", "#", "&a ",
    "*a", "!!str ", "<<: ", "---\n", "...\n", "%YAML 1.1\n", "~", "duties", "units", "due", "rule",
    "\ufeff", "，", "：", "市残联", "2024-02-30", "\\", "\x00", "\u2028", "𠀀", "-", "9" * 30,
])  # fmt: skip


@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda s: s.encode("utf-8", "surrogatepass")),
    ),
    st.sampled_from(list(KINDS.values())),
)
def test_random_bytes_are_problems(content: bytes, model: type[BaseModel]) -> None:
    assert all(isinstance(problem, Problem) for problem in _read(content, model))


@given(st.lists(FRAGMENTS, max_size=40).map("".join), st.sampled_from(list(KINDS.values())))
def test_random_yaml_is_problems(content: str, model: type[BaseModel]) -> None:
    assert all(isinstance(problem, Problem) for problem in _read(content.encode(), model))


def _replaced(line: int, by: str) -> Callable[[list[str]], list[str]]:
    return lambda lines: [*lines[: line % len(lines)], by, *lines[line % len(lines) + 1 :]]


def _cut(line: int, at: str) -> Callable[[list[str]], list[str]]:
    """Keep of one line what stands before a character: a list loses its bracket, a name its end."""
    return lambda lines: [
        each.partition(at)[0] if index == line % len(lines) else each
        for index, each in enumerate(lines)
    ]


EDITS = st.one_of(
    st.builds(
        _replaced, st.integers(0, 200), st.sampled_from(["", "x: 1", "  - a", "    ~:", "{}"])
    ),
    st.builds(_cut, st.integers(0, 200), st.sampled_from([":", "[", ",", "2", "市"])),
)


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(OFFICE, tmp_path_factory.mktemp("edited") / "office"))


@given(name=st.sampled_from(list(FILES)), edits=st.lists(EDITS, min_size=1, max_size=3))
def test_careless_edits_are_problems(
    edited: Path, name: str, edits: list[Callable[[list[str]], list[str]]]
) -> None:
    lines = FILES[name].splitlines()
    for edit in edits:
        lines = edit(lines)
    try:
        (edited / name).write_text("\n".join(lines), encoding="utf-8")
        found, _ = check_office(edited)
    finally:
        (edited / name).write_text(FILES[name], encoding="utf-8")
    assert found == sorted(found)
    for problem in found:
        assert problem.mark.line >= 1
        assert problem.mark.column >= 1
        assert "\n" not in str(problem)
