"""Pydantic's errors at the right line and column, in words."""

from datetime import date

import pytest
from pydantic import BaseModel

from duban.loader.nodes import parse
from duban.loader.schema import Loaded, read
from models.matrix import Matrix
from models.policy import Policy
from models.roster import Roster

PLAN = """\
id: p
title: 方案
issuer: 某办
period: {first: 2024-01-01, last: 2024-12-31}
status: draft
jurisdiction: 某市
coordinator: 某办
duties:
  - number: "1"
    title: 事项
    section: 表
    units: [市残联]
    source: {place: 表, line: 1, text: 市残联}
    targets:
      - {text: t, metric: m, value: [10, 20], unit: 人, cmp: between}
obligations:
  - key: report
    kind: report
    title: 报告
    due: {rule: month-end, month: 10}
    source: {place: 文, line: 1, text: 十月底前}
"""


def _read(model: type[BaseModel], text: str) -> tuple[Loaded[BaseModel] | None, list[str]]:
    root, problems = parse(text, "f")
    assert root is not None
    assert problems == []
    loaded, problems = read(model, root, "f")
    return loaded, [str(problem) for problem in sorted(problems)]


def test_a_sound_file() -> None:
    loaded, problems = _read(Matrix, PLAN)
    assert problems == []
    assert loaded is not None
    assert isinstance(loaded.value, Matrix)
    assert loaded.value.period.last == date(2024, 12, 31)
    assert loaded.mark("duties", 0, "units", 0)[1:] == (12, 13)
    assert loaded.key_mark("duties", 0, "units")[1:] == (12, 5)
    assert loaded.mark("duties", 0, "lead", 3)[1:] == (9, 5)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("issuer: 某办\n", "", 'f:1:1: error S102 "issuer" is missing'),
        ("issuer: 某办", "issuer:", 'f:3:1: error S103 "issuer" is empty'),
        ("issuer: 某办", "issuer: [a]", 'f:3:9: error S103 "issuer" must be text, not a list'),
        ("issuer: 某办", "issuer: {a: b}", 'f:3:9: error S103 "issuer" must be text, not a map'),
        ("status: draft", "statsu: draft", 'f:5:1: error S101 unknown key "statsu" (did you'),
        (
            "units: [市残联]",
            "units: [市残联, ~]",
            'f:12:18: error S103 entry 2 of "units" is empty',
        ),
        ("line: 1, text: 市", "line: 一, text: 市", 'f:13:30: error S103 "line" must be a whole'),
        ("value: [10, 20]", "value: [10, x]", 'f:15:42: error S103 entry 2 of "value" must'),
        ("value: [10, 20]", "value: [10]", 'f:15:37: error S103 "value" needs two numbers'),
        ("value: [10, 20]", "value: 多", 'f:15:37: error S103 "value" must be a number, or'),
        ("value: [10, 20]", "value: NaN", 'f:15:37: error S103 "value" must be a number, or'),
        ("rule: month-end", "rule: month-and", 'f:20:17: error S104 "rule" is "month-and" (did'),
        ("rule: month-end, ", "", 'f:20:10: error S102 "due" does not say which rule'),
        ("month: 10", "month: 13", 'f:20:35: error S106 "month" is "13" (it must be at most 12)'),
        ("month: 10", "moth: 10", 'f:20:28: error S101 unknown key "moth" (did you mean "month"'),
        ("kind: report", "kind: [report]", 'f:18:11: error S104 "kind" is a list'),
        ('number: "1"', "number: 一", 'f:9:13: error S105 "number" is "一" (it must be a row'),
    ],
)
def test_one_error_at_its_place(old: str, new: str, said: str) -> None:
    assert PLAN.count(old) == 1
    _, problems = _read(Matrix, PLAN.replace(old, new))
    assert any(problem.startswith(said) for problem in problems)


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ("cmp: between", "cmp: roughly", (1, 0, 1)),
        ("units: [市残联]", "units: 市残联", (1, 1, 1)),
        ("section: 表", "sektion: 表", (0, 0, 1)),
        ("kind: report", "kind: raport", (1, 1, 0)),
        ("month: 10", "month: 13", (1, 1, 0)),
    ],
)
def test_the_rest_of_a_flawed_file_is_still_read(
    old: str, new: str, left: tuple[int, int, int]
) -> None:
    loaded, problems = _read(Matrix, PLAN.replace(old, new))
    assert problems
    assert loaded is not None
    matrix = loaded.value
    assert isinstance(matrix, Matrix)
    targets = sum(len(duty.targets) for duty in matrix.duties)
    assert (len(matrix.duties), targets, len(matrix.obligations)) == left
    assert loaded.named("duties", "number") == {"1"}
    assert loaded.named("obligations", "key") == {"report"}


def test_what_was_refused_is_known() -> None:
    loaded, _ = _read(Matrix, PLAN.replace("units: [市残联]", "units: 市残联"))
    assert loaded is not None
    assert loaded.is_refused("duties", 0, "units")
    assert not loaded.is_refused("duties", 0, "targets")
    assert not loaded.is_refused("duties", 7, "units")


def test_nothing_is_left_of_a_file_without_its_frame() -> None:
    loaded, problems = _read(Matrix, "- 1\n")
    assert loaded is None
    assert problems == [
        'f:1:1: error S103 the file must be a mapping ("key: value" lines), not a list'
    ]


def test_short_forms_are_told_by_their_form() -> None:
    _, problems = _read(
        Policy,
        "id: p\ntitle: t\nnotices_at: 9\namber: 10\nassignment: []\n"
        "due:\n- {name: a, kind: reminder, at: T minus 3, to: [liaison]}\n",
    )
    assert [problem.split(" ", 3)[2] for problem in problems] == ["S105"] * 3
    assert "is not a moment such as" in problems[2]


def test_an_address_may_stand_alone() -> None:
    office = "{unit: a, contact: a@b.example}"
    text = f"plan: p\ncoordinating_office: {office}\ninspection_office: {office}\ncontacts: []\n"
    loaded, problems = _read(Roster, text)
    assert problems == []
    assert loaded is not None
