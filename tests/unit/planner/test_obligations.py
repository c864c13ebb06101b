"""Who owes what: groups, scopes, roles, and the counts that the real documents lead to."""

from collections import Counter
from typing import Any

import pytest

from duban.planner.obligations import obligations, occurrences, owers
from models.matrix import ObligationSpec
from models.obligation import ItemKind, Obligation, Role
from models.office import Plan
from models.units import Group
from tests.builders import duty, implicit, matrix, plan, report, sentences, shipped

TOWNS = Group(name="各镇街", members=("甲镇", "乙镇"))
EVERY = Group(name="各有关部门", every_unit_in_rows=True)
UNITS = ("甲局", "乙局", "丙局", "甲镇", "乙镇")


def _plan(**fields: Any) -> Plan:
    return plan(matrix(**fields), units=UNITS, groups=(TOWNS, EVERY))


def _ids(items: list[Obligation], *kinds: ItemKind) -> list[str]:
    return [item.id for item in items if not kinds or item.kind in kinds]


def test_a_plan_gives_assignments_then_rows_then_what_is_dated() -> None:
    assert _ids(obligations(_plan())) == [
        "plan-2024/assignment/甲局",
        "plan-2024/assignment/乙局",
        "plan-2024/duty/1/甲局",
        "plan-2024/duty/1/乙局",
        "plan-2024/summary/甲局",
    ]


def test_a_group_in_a_row_is_each_of_its_members() -> None:
    found = obligations(_plan(duties=(duty(units=("甲局", "各镇街")),), obligations=()))
    assert [item.unit for item in found if item.kind is ItemKind.DUTY] == ["甲局", "甲镇", "乙镇"]


def test_a_unit_named_beside_its_group_owes_the_row_once() -> None:
    found = obligations(_plan(duties=(duty(units=("乙镇", "各镇街")),), obligations=()))
    assert [item.unit for item in found if item.kind is ItemKind.DUTY] == ["乙镇", "甲镇"]


def test_a_declared_lead_leads_and_the_others_are_responsible() -> None:
    found = obligations(_plan(duties=(duty(lead=("乙局",)),)))
    roles = {item.unit: item.role for item in found if item.kind is ItemKind.DUTY}
    assert roles == {"甲局": Role.RESPONSIBLE, "乙局": Role.LEAD}


def test_the_first_listed_unit_is_no_lead_until_it_is_confirmed() -> None:
    found = obligations(_plan())
    assert {item.role for item in found} == {Role.RESPONSIBLE}


def test_a_plan_wide_sentence_adds_its_units_to_the_rows_it_reaches_and_to_no_other() -> None:
    rows = (duty("1"), duty("2"), duty("3"))
    found = obligations(_plan(duties=rows, implicit=(implicit(["各镇街"], ["2"]),), obligations=()))
    assert [item.duties for item in found if item.id == "plan-2024/assignment/甲镇"] == [("2",)]
    assert "plan-2024/duty/2/乙镇" in _ids(found)
    assert "plan-2024/duty/3/乙镇" not in _ids(found)


def test_an_assignment_lists_all_rows_of_its_unit_in_order() -> None:
    rows = (duty("1"), duty("2", units=("乙局",)), duty("3", units=("丙局", "甲局")))
    listed = {
        item.unit: item.duties
        for item in obligations(_plan(duties=rows))
        if item.kind is ItemKind.ASSIGNMENT
    }
    assert listed == {"甲局": ("1", "3"), "乙局": ("1", "2"), "丙局": ("3",)}


def test_a_unit_that_is_in_no_row_but_owes_a_report_is_assigned_it() -> None:
    found = obligations(_plan(obligations=(report(who=("丙局",)),)))
    (mine,) = (item for item in found if item.id == "plan-2024/assignment/丙局")
    assert mine.duties == ()


def test_a_report_covers_the_rows_of_its_unit_unless_it_names_its_own() -> None:
    rows = (duty("1"), duty("2"))
    specs = (report("all"), report("some", duties=("2",)))
    found = obligations(_plan(duties=rows, obligations=specs))
    covered = {item.id: item.duties for item in found if item.kind is ItemKind.REPORT}
    assert covered == {"plan-2024/all/甲局": ("1", "2"), "plan-2024/some/甲局": ("2",)}


def test_external_owers_are_neither_kept_nor_assigned() -> None:
    spec = report("published", who=("企业",), external=True)
    assert _ids(obligations(_plan(obligations=(spec,)))) == _ids(obligations(_plan(obligations=())))


OWERS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("a unit", {"who": ("甲局",)}, ["甲局"]),
    ("a group", {"who": ("各镇街",)}, ["甲镇", "乙镇"]),
    (
        "an open group: the units that rows name, not the members of groups",
        {"who": ("各有关部门",)},
        ["甲局"],
    ),
    ("an open group and a group", {"who": ("各有关部门", "各镇街")}, ["甲局", "甲镇", "乙镇"]),
    (
        "who receives is taken out",
        {"who": ("各有关部门", "各镇街"), "besides": ("甲局",)},
        ["甲镇", "乙镇"],
    ),
    (
        "a whole group can be taken out",
        {"who": ("甲局", "各镇街"), "besides": ("各镇街",)},
        ["甲局"],
    ),
    ("nobody, while the document leaves it open", {"who": ()}, []),
]


@pytest.mark.parametrize(("fields", "units"), sentences(OWERS))
def test_who_owes(fields: dict[str, Any], units: list[str]) -> None:
    subject = _plan(duties=(duty(units=("甲局", "各镇街")),))
    assert owers(subject, report(**fields)) == units


def _dated(rule: dict[str, Any] | None) -> ObligationSpec:
    return report(on=None, due=rule)


OCCURRENCES = [
    ("what has no date occurs once, undated", None, [("summary", None)]),
    (
        "what has one date bears no year",
        {"rule": "stated-day", "on": "2024-10-20"},
        [("summary", "2024-10-20")],
    ),
    (
        "what recurs bears its year",
        {"rule": "year-end"},
        [("summary/2024", "2024-12-31"), ("summary/2025", "2025-12-31")],
    ),
    (
        "what waits for a decision bears its year and has no date",
        {"rule": "by-year"},
        [("summary/2024", None), ("summary/2025", None)],
    ),
    (
        "what never falls within the plan does not occur",
        {"rule": "yearly-day", "month_day": "01-01"},
        [("summary/2025", "2025-01-01")],
    ),
]


@pytest.mark.parametrize(("rule", "expected"), sentences(OCCURRENCES))
def test_occurrences(rule: dict[str, Any] | None, expected: list[tuple[str, str | None]]) -> None:
    subject = _plan(period={"first": "2024-01-01", "last": "2025-12-31"})
    found = occurrences(subject, _dated(rule))
    assert [(key, day and str(day)) for key, day in found] == expected


def _owed(plan_id: str, key: str) -> list[Obligation]:
    found = obligations(shipped().plans[plan_id])
    return [item for item in found if item.id.startswith(f"{plan_id}/{key}/")]


REAL = [
    ("中山: 24 units, less 市残联, and 23 towns", "zhongshan-2023", "midterm-summary", 46),
    ("中山: the same for the final summary", "zhongshan-2023", "final-summary", 46),
    ("中山: 24 units and 23 towns are assigned", "zhongshan-2023", "assignment", 47),
    ("渝北: every town evaluates each year", "yubei-2023", "annual-evaluation/2023", 22),
    ("海东: one committee per county reports", "haidong-2023", "county-report/2024", 6),
    ("海东: six counties evaluate, in 2023", "haidong-2023", "county-evaluation/2023", 6),
    ("四川: 29 units in rows, less the one that receives", "sichuan-2022", "unit-report/2022", 28),
    ("四川: the committee itself reports upward", "sichuan-2022", "upward-report/2024", 1),
    ("四川: 21 cities and prefectures", "sichuan-2022", "local-evaluation/2023", 21),
    ("宁晋: four units mark the day", "ningjin-2022", "disabled-persons-day/2022", 4),
    ("宁晋: the first row names its three towns itself", "ningjin-2022", "duty/2.1", 7),
    ("宁晋: the second row has them by 不再单独列出", "ningjin-2022", "duty/2.2", 8),
    ("宁晋: to the last task of part two", "ningjin-2022", "duty/2.10", 7),
    ("宁晋: the safeguards are not reached", "ningjin-2022", "duty/3.1", 4),
]  # fmt: skip


@pytest.mark.parametrize(("plan_id", "key", "count"), sentences(REAL))
def test_how_many_units_owe_it_in_the_real_plans(plan_id: str, key: str, count: int) -> None:
    assert len(_owed(plan_id, key)) == count


@pytest.mark.parametrize("key", ["midterm-summary", "final-summary"])
def test_zhongshan_units_owe_each_summary_once_with_all_their_rows(key: str) -> None:
    units = Counter(item.unit for item in _owed("zhongshan-2023", key))
    assert set(units.values()) == {1}
    assert "市残联" not in units
    covered = {item.unit: item.duties for item in _owed("zhongshan-2023", key)}
    assert covered["市教育体育局"] == ("5", "13")
    assert covered["神湾镇"] == tuple(str(number) for number in range(1, 16))


def test_all_23_towns_of_zhongshan_owe_every_row() -> None:
    towns = shipped().plans["zhongshan-2023"].members(("各镇街",))
    assert len(towns) == 23
    for number in range(1, 16):
        assert set(towns) <= {item.unit for item in _owed("zhongshan-2023", f"duty/{number}")}


def test_ningjins_towns_stand_in_tasks_one_to_ten_and_in_no_safeguard() -> None:
    rows = {item.unit: item.duties for item in _owed("ningjin-2022", "assignment")}
    tasks = tuple(f"2.{number}" for number in range(1, 11))
    for town in shipped().plans["ningjin-2022"].members(("各乡镇（街道、区）政府",)):
        assert rows[town] == tasks


@pytest.mark.parametrize("plan_id", sorted(shipped().plans))
def test_every_id_is_unique_and_tells_plan_and_unit(plan_id: str) -> None:
    found = obligations(shipped().plans[plan_id])
    assert len({item.id for item in found}) == len(found)
    assert all(item.id.startswith(f"{plan_id}/") for item in found)
    assert all(item.id.endswith(f"/{item.unit}") for item in found)


@pytest.mark.parametrize("plan_id", sorted(shipped().plans))
def test_every_unit_that_owes_anything_has_one_assignment(plan_id: str) -> None:
    found = obligations(shipped().plans[plan_id])
    assigned = [item.unit for item in found if item.kind is ItemKind.ASSIGNMENT]
    assert sorted(assigned) == sorted({item.unit for item in found})


@pytest.mark.parametrize("plan_id", sorted(shipped().plans))
def test_nobody_outside_the_plans_reach_owes_anything(plan_id: str) -> None:
    content = shipped().plans[plan_id]
    external = {
        unit
        for spec in content.matrix.obligations
        if spec.external
        for unit in content.members(spec.who)
    }
    assert not external & {item.unit for item in obligations(content)}
