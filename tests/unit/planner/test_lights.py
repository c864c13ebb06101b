"""亮灯: each boundary on both sides, every stage, and that no light brightens by itself."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.planner.lights import amber_from, is_overdue, light
from models.obligation import Stage, StatusLight
from tests.builders import calendar, ladders, sentences, standard

GREEN, AMBER, RED, GREY = StatusLight
ASSIGNED, ACKNOWLEDGED = Stage.ASSIGNED, Stage.ACKNOWLEDGED
DUE_ON = date(2024, 10, 20)  # a Sunday: T is 10-18, ten working days before it 09-30
APPLIED_ON = date(2024, 1, 2)  # a Tuesday: the second chase goes on 01-09

TABLE = [
    ("acknowledged and far away", ACKNOWLEDGED, DUE_ON, "2024-09-29", GREEN),
    ("ten working days before T it turns amber", ACKNOWLEDGED, DUE_ON, "2024-09-30", AMBER),
    ("it stays so on T", ACKNOWLEDGED, DUE_ON, "2024-10-18", AMBER),
    ("and on the stated Sunday", ACKNOWLEDGED, DUE_ON, "2024-10-20", AMBER),
    ("the first workday after it is red", ACKNOWLEDGED, DUE_ON, "2024-10-21", RED),
    ("and red it stays", ACKNOWLEDGED, DUE_ON, "2026-01-05", RED),
    ("not acknowledged, before the second chase", ASSIGNED, DUE_ON, "2024-01-08", GREEN),
    ("amber from the second chase on", ASSIGNED, DUE_ON, "2024-01-09", AMBER),
    ("also without a date", ASSIGNED, None, "2024-01-09", AMBER),
    ("an acknowledged standing duty stays green", ACKNOWLEDGED, None, "2030-01-01", GREEN),
    ("overdue outweighs unacknowledged", ASSIGNED, DUE_ON, "2024-10-21", RED),
    ("progress is no answer", Stage.REPORTED, DUE_ON, "2024-10-21", RED),
    ("progress needs no 签收", Stage.REPORTED, DUE_ON, "2024-09-29", GREEN),
    ("returned and overdue", Stage.RETURNED, DUE_ON, "2024-10-21", RED),
    ("returned in time", Stage.RETURNED, DUE_ON, "2024-09-29", GREEN),
    ("completed is green, however late", Stage.COMPLETED, DUE_ON, "2025-06-01", GREEN),
    ("accepted is green", Stage.ACCEPTED, DUE_ON, "2025-06-01", GREEN),
    ("closed out is grey", Stage.CLOSED_OUT, DUE_ON, "2024-01-02", GREY),
    ("withdrawn is grey", Stage.WITHDRAWN, DUE_ON, "2024-10-21", GREY),
    ("due on a workday: the day itself is amber", ASSIGNED, date(2023, 12, 15), "12-15", AMBER),
    ("the weekend after it is not yet red", ASSIGNED, date(2023, 12, 15), "12-17", AMBER),
    ("the Monday after it is", ASSIGNED, date(2023, 12, 15), "12-18", RED),
]  # fmt: skip


@pytest.mark.parametrize(("stage", "due_on", "as_of", "expected"), sentences(TABLE))
def test_the_light_of_an_item(
    stage: Stage, due_on: date | None, as_of: str, expected: StatusLight
) -> None:
    day = date.fromisoformat(as_of if len(as_of) == 10 else f"2023-{as_of}")
    assert light(stage, due_on, APPLIED_ON, ladders(), day) is expected


def test_a_policy_may_count_amber_in_calendar_days() -> None:
    weeks = ladders(standard(amber="14 days"))
    assert amber_from(DUE_ON, weeks) == date(2024, 10, 4)  # from T, 10-18, not from the Sunday


def test_without_an_assignment_ladder_nothing_is_late_to_be_acknowledged() -> None:
    mute = ladders(standard(assignment=[]))
    assert light(ASSIGNED, None, APPLIED_ON, mute, date(2026, 1, 5)) is GREEN


def test_what_has_no_date_is_never_overdue() -> None:
    assert not is_overdue(None, calendar(), date(2026, 12, 31))


days = st.dates(date(2022, 3, 1), date(2026, 11, 30))


@given(days)
def test_overdue_begins_on_the_first_workday_after_the_stated_day(due_on: date) -> None:
    since = calendar().on_or_after(due_on + timedelta(days=1))
    assert is_overdue(due_on, calendar(), since)
    assert not is_overdue(due_on, calendar(), since - timedelta(days=1))


@given(days)
def test_amber_begins_ten_workdays_before_the_last_workday(due_on: date) -> None:
    first = amber_from(due_on, ladders())
    assert calendar().is_workday(first)
    assert calendar().count(first, due_on) == 10


@given(st.none() | days, st.sampled_from(Stage), days, days)
def test_while_nothing_is_answered_a_light_only_gets_worse(
    due_on: date | None, stage: Stage, one: date, other: date
) -> None:
    order = [GREY, GREEN, AMBER, RED]
    early, late = sorted((one, other))
    lights = [light(stage, due_on, APPLIED_ON, ladders(), day) for day in (early, late)]
    assert order.index(lights[0]) <= order.index(lights[1])
