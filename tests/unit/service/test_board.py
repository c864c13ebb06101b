"""The ledger as people read it: stage, light and days left on the days when they change."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from duban.service.apply import apply
from duban.service.board import BoardRow, board
from duban.service.entries import Saying, enter
from duban.service.workplace import Workplace
from models.entry import EntryKind
from models.obligation import Stage, StatusLight
from tests.builders import (
    duty,
    edited,
    ledger_at,
    ledger_url,
    matrix,
    occasion,
    office,
    plan,
    report,
    sentences,
)

GREEN, AMBER, RED, GREY = StatusLight
ASSIGNMENT, SUMMARY = "plan-2024/assignment/甲局", "plan-2024/summary/甲局"
DUTY, OTHER_DUTY = "plan-2024/duty/1/甲局", "plan-2024/duty/1/乙局"


@pytest.fixture(params=["sqlite", "postgresql"])
def workplace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workplace]:
    """甲局 leads the one row and owes a report by Sunday 2024-10-20; applied on 2024-01-02."""
    content = plan(matrix(duties=(duty(lead=("甲局",)),)))
    with ledger_at(ledger_url(request, tmp_path), office(content)) as found:
        _apply(found)
        yield found


def _apply(workplace: Workplace) -> None:
    apply(workplace, workplace.office.plans.values(), occasion("2024-01-02"))


def _rows(workplace: Workplace, day: str, **wanted: Any) -> dict[str, BoardRow]:
    return {row.obligation: row for row in board(workplace, date.fromisoformat(day), **wanted)}


def _enter(workplace: Workplace, key: str, *kinds: EntryKind) -> None:
    for kind in kinds:
        by = "审核人" if kind is EntryKind.ACCEPTED else "甲局"
        enter(workplace, key, Saying(kind, "已办"), occasion("2024-01-04", by))


def test_a_row_tells_what_is_owed_by_whom_and_what_happened_last(workplace: Workplace) -> None:
    _enter(workplace, SUMMARY, EntryKind.REPORTED)
    rows = _rows(workplace, "2024-10-11")
    assert rows[SUMMARY] == BoardRow(
        obligation=SUMMARY,
        plan="plan-2024",
        kind="report",
        title="工作总结",
        unit="甲局",
        role="responsible",
        due_on=date(2024, 10, 20),
        inner_due_on=None,
        stage=Stage.REPORTED,
        light=AMBER,
        days_left=9,
        working_days_left=6,
        provisional=False,
        last_entry={
            "kind": "reported",
            "on": date(2024, 1, 4),
            "by": "甲局",
            "text": "已办",
        },
        duties=("1",),
        answering="甲局",
        shown_unit="甲局",
    )
    assert (rows[DUTY].kind, rows[DUTY].role, rows[OTHER_DUTY].role) == (
        "duty",
        "lead",
        "responsible",
    )
    assert (rows[ASSIGNMENT].last_entry or {})["kind"] == "assigned"


def test_rows_come_by_plan_unit_and_date(workplace: Workplace) -> None:
    found = board(workplace, date(2024, 1, 2))
    assert [row.unit for row in found] == sorted(row.unit for row in found)
    assert len(found) == 5


# sentence, day, light, days left, working days left
DAYS = [
    ("the eve of it, itself a worked Sunday", "2024-09-29", GREEN, 21, 11),
    ("ten working days before T", "2024-09-30", AMBER, 20, 10),
    ("the eve of the last workday", "2024-10-17", AMBER, 3, 1),
    ("the last workday, two days before the Sunday", "2024-10-18", AMBER, 2, 0),
    ("the stated Sunday", "2024-10-20", AMBER, 0, 0),
    ("the first workday after it", "2024-10-21", RED, -1, -1),
    ("a week later", "2024-10-28", RED, -8, -6),
]


@pytest.mark.parametrize(("day", "light", "left", "working"), sentences(DAYS))
def test_days_left_run_down_and_the_light_follows(
    workplace: Workplace, day: str, light: StatusLight, left: int, working: int
) -> None:
    _enter(workplace, ASSIGNMENT, EntryKind.ACKNOWLEDGED)
    row = _rows(workplace, day)[SUMMARY]
    assert (row.light, row.days_left, row.working_days_left) == (light, left, working)


ACKNOWLEDGING = [
    ("before the second chase nothing is amiss", "2024-01-08", GREEN),
    ("from the second chase on everything of the unit is amber", "2024-01-09", AMBER),
]


@pytest.mark.parametrize(("day", "light"), sentences(ACKNOWLEDGING))
def test_what_is_not_acknowledged_shows_on_every_item_of_the_unit(
    workplace: Workplace, day: str, light: StatusLight
) -> None:
    _enter(workplace, "plan-2024/assignment/乙局", EntryKind.ACKNOWLEDGED)
    rows = _rows(workplace, day)
    assert {rows[key].light for key in (ASSIGNMENT, DUTY, SUMMARY)} == {light}
    assert rows[OTHER_DUTY].light is GREEN


def test_one_acknowledgement_shows_on_every_item_of_the_unit(workplace: Workplace) -> None:
    _enter(workplace, DUTY, EntryKind.ACKNOWLEDGED)
    rows = _rows(workplace, "2024-06-03")
    assert {rows[key].stage for key in (ASSIGNMENT, DUTY, SUMMARY)} == {Stage.ACKNOWLEDGED}
    assert rows[OTHER_DUTY].stage is Stage.ASSIGNED


def test_it_does_not_hide_a_stage_of_the_items_own(workplace: Workplace) -> None:
    _enter(workplace, ASSIGNMENT, EntryKind.ACKNOWLEDGED)
    _enter(workplace, SUMMARY, EntryKind.COMPLETED)
    assert _rows(workplace, "2024-06-03")[SUMMARY].stage is Stage.COMPLETED


def test_what_is_closed_out_is_grey_and_has_no_days_left(workplace: Workplace) -> None:
    _enter(workplace, SUMMARY, EntryKind.COMPLETED, EntryKind.ACCEPTED, EntryKind.CLOSED_OUT)
    row = _rows(workplace, "2024-11-01")[SUMMARY]
    assert (row.light, row.days_left, row.working_days_left) == (GREY, None, None)


def test_what_is_withdrawn_stays_on_the_board_in_grey(workplace: Workplace) -> None:
    without = edited(workplace, office(plan(matrix(obligations=()))))
    _apply(without)
    row = _rows(without, "2024-11-01")[SUMMARY]
    assert (row.stage, row.light, row.days_left) == (Stage.WITHDRAWN, GREY, None)


def test_a_plan_whose_file_is_gone_is_shown_in_grey(workplace: Workplace) -> None:
    rows = _rows(edited(workplace, office()), "2024-11-01")
    assert {row.light for row in rows.values()} == {GREY}


def test_a_date_in_a_year_without_published_workdays_is_provisional(workplace: Workplace) -> None:
    far = edited(workplace, office(plan(matrix(obligations=(report(on="2027-06-30"),)))))
    _apply(far)
    rows = _rows(far, "2024-06-03")
    assert {key for key, row in rows.items() if row.provisional} == {SUMMARY}


FILTERS: list[tuple[str, dict[str, Any], set[str]]] = [
    ("one unit", {"unit": "乙局"}, {"plan-2024/assignment/乙局", OTHER_DUTY}),
    ("one light", {"lights": [RED]}, {SUMMARY}),
    ("one unit and one light", {"unit": "乙局", "lights": [RED]}, set()),
    ("another plan", {"plan": "other"}, set()),
    ("an unknown unit", {"unit": "丙局"}, set()),
]


@pytest.mark.parametrize(("wanted", "keys"), sentences(FILTERS))
def test_the_ledger_can_be_narrowed(
    workplace: Workplace, wanted: dict[str, Any], keys: Iterable[str]
) -> None:
    for unit in ("甲局", "乙局"):
        _enter(workplace, f"plan-2024/assignment/{unit}", EntryKind.ACKNOWLEDGED)
    assert set(_rows(workplace, "2024-10-21", **wanted)) == keys
