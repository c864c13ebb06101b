"""Which rung falls on which workday: typed-out years, odd policies, and what holds for any date."""

from datetime import date, timedelta
from itertools import pairwise

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.obligation import ItemKind
from models.policy import NoticeKind
from tests.builders import LAST_DAY, calendar, ladders, sentences, standard

DUE = (
    *("reminder-30d", "reminder-10w", "reminder-3w", "reminder-1w", "reminder-0"),
    *("slip-blue", "slip-orange", "slip-red"),
    *(f"chase-{count}" for count in range(1, 9)),
)
ORDER_OF_COLOURS = [NoticeKind.SLIP_BLUE, NoticeKind.SLIP_ORANGE, NoticeKind.SLIP_RED]

# Typed from the State Council's notices and a wall calendar, not computed.
TABLE = [
    (
        "2024-10-20 is a Sunday: T is Friday the 18th; 09-29 and 10-12 are made up, 10-01..07 rest",
        date(2024, 10, 20),
        "2024-09-18 2024-09-30 2024-10-15 2024-10-17 2024-10-18 2024-10-21 2024-10-24 2024-10-31",
    ),
    (
        "2023-12-15 is a Friday and its own T",
        date(2023, 12, 15),
        "2023-11-15 2023-12-01 2023-12-12 2023-12-14 2023-12-15 2023-12-18 2023-12-21 2023-12-28",
    ),
    (
        "2023-12-31 is a Sunday before New Year's Day: blue comes on 2 January",
        date(2023, 12, 31),
        "2023-11-29 2023-12-15 2023-12-26 2023-12-28 2023-12-29 2024-01-02 2024-01-05 2024-01-12",
    ),
    (
        "2024-05-19, a Sunday after a made-up Saturday (05-11) and five days of May holiday",
        date(2024, 5, 19),
        "2024-04-17 2024-05-06 2024-05-14 2024-05-16 2024-05-17 2024-05-20 2024-05-23 2024-05-30",
    ),
    (
        "2024-10-31: 30 days before T is 1 October, so the workday before the holiday",
        date(2024, 10, 31),
        "2024-09-30 2024-10-17 2024-10-28 2024-10-30 2024-10-31 2024-11-01 2024-11-06 2024-11-13",
    ),
]


@pytest.mark.parametrize(("due_on", "days"), sentences(TABLE))
def test_the_standard_ladder_as_typed_out(due_on: date, days: str) -> None:
    steps = ladders().steps(ItemKind.REPORT, date(2022, 1, 4), due_on)
    assert [str(step.on) for step in steps[:8]] == days.split()
    assert tuple(step.name for step in steps) == DUE


def test_the_chases_come_every_five_workdays_after_red_and_end_with_the_eighth() -> None:
    steps = ladders().steps(ItemKind.REPORT, date(2024, 1, 2), date(2024, 10, 20))
    days = " ".join(f"{step.on:%m-%d}" for step in steps[8:])
    assert days == "11-07 11-14 11-21 11-28 12-05 12-12 12-19 12-26"


ASSIGNMENTS = [
    ("applied on a Tuesday: at once, on Friday, on Tuesday", date(2023, 3, 7), "03-07 03-10 03-14"),
    ("applied on a Friday: the weekend does not count", date(2022, 8, 12), "08-12 08-17 08-19"),
    (
        "applied on a day of rest: said on the first workday, counted from the day of application",
        date(2022, 1, 1),
        "01-04 01-06 01-10",
    ),
]


@pytest.mark.parametrize(("applied_on", "days"), sentences(ASSIGNMENTS))
def test_an_assignment_counts_from_its_application(applied_on: date, days: str) -> None:
    steps = ladders().steps(ItemKind.ASSIGNMENT, applied_on, None)
    assert [f"{step.on:%m-%d}" for step in steps] == days.split()
    assert [step.name for step in steps] == [
        "assignment",
        "acknowledge-chase-1",
        "acknowledge-chase-2",
    ]


WITHOUT = [
    ("a standing duty is not chased by the standard policy", ItemKind.DUTY),
    ("a report without a date has no ladder", ItemKind.REPORT),
    ("nor has a meeting without one", ItemKind.MEETING),
]


@pytest.mark.parametrize("kind", sentences(WITHOUT))
def test_what_has_no_date_has_no_ladder(kind: ItemKind) -> None:
    assert ladders().steps(kind, date(2024, 1, 2), None) == []


def test_a_policy_may_chase_standing_duties_around_the_plans_last_day() -> None:
    rung = {"name": "look", "kind": "reminder", "at": "T - 5 working days", "to": ["liaison"]}
    policy = standard(standing=[rung | {"name": "start", "at": "apply + 10 days"}, rung])
    steps = ladders(policy).steps(ItemKind.DUTY, date(2024, 1, 2), None)
    assert [(step.name, str(step.on)) for step in steps] == [
        ("start", "2024-01-12"),
        ("look", "2024-12-24"),
    ]
    assert ladders(policy).steps(ItemKind.REPORT, date(2024, 1, 2), None) == []


def test_applied_on_the_plans_last_day_duties_and_reports_keep_their_own_ladders() -> None:
    rung = {"name": "look", "kind": "reminder", "at": "T", "to": ["liaison"]}
    mine = ladders(standard(standing=[rung]))
    assert len(mine.steps(ItemKind.REPORT, LAST_DAY, LAST_DAY)) == len(DUE)
    assert [step.name for step in mine.steps(ItemKind.DUTY, LAST_DAY, None)] == ["look"]


SATURDAY = date(2024, 6, 15)
MOMENTS = [
    ("T is the workday before a stated Saturday", "T", "2024-06-14"),
    ("days before T that end on a Sunday move to the Friday before", "T - 5 days", "2024-06-07"),
    ("days after T that end on a Sunday move to the Monday after", "T + 2 days", "2024-06-17"),
    ("a workday is not moved", "T - 4 days", "2024-06-07"),
    ("the stated day, as a moment of its own, waits for the workday", "due", "2024-06-17"),
    (
        "working days from a rest day begin with the next workday",
        "due + 1 working day",
        "2024-06-17",
    ),
    (
        "working days before a rest day begin with the last workday",
        "due - 1 working day",
        "2024-06-14",
    ),
    ("no working days at all is the anchor's own workday", "due + 0 working days", "2024-06-17"),
]


@pytest.mark.parametrize(("at", "day"), sentences(MOMENTS))
def test_a_moment_means_a_workday(at: str, day: str) -> None:
    rung = {"name": "only", "kind": "reminder", "at": at, "to": ["liaison"]}
    (step,) = ladders(standard(due=[rung])).steps(ItemKind.REPORT, SATURDAY, SATURDAY)
    assert str(step.on) == day


def test_a_rung_may_count_from_an_earlier_one_and_the_ladder_is_told_by_day() -> None:
    rungs = [
        {"name": "late", "kind": "chase", "at": "due + 9 days", "to": ["head"]},
        {"name": "soon", "kind": "reminder", "at": "late - 30 days", "to": ["liaison"]},
    ]
    steps = ladders(standard(due=rungs)).steps(ItemKind.REPORT, SATURDAY, SATURDAY)
    assert [(step.name, str(step.on)) for step in steps] == [
        ("soon", "2024-05-24"),
        ("late", "2024-06-24"),
    ]


due_days = st.dates(date(2022, 3, 1), date(2026, 9, 30))


@given(due_days)
def test_every_rung_is_on_a_workday(due_on: date) -> None:
    steps = ladders().steps(ItemKind.REPORT, due_on, due_on)
    assert all(chinese_calendar.is_workday(step.on) for step in steps)


@given(due_days)
def test_rungs_never_fall_on_the_same_day_nor_out_of_order(due_on: date) -> None:
    steps = ladders().steps(ItemKind.REPORT, due_on, due_on)
    days = [step.on for step in steps]
    assert tuple(step.name for step in steps) == DUE
    assert all(before < after for before, after in pairwise(days))


@given(due_days)
def test_reminders_end_on_the_last_workday_and_slips_begin_after_the_stated_day(
    due_on: date,
) -> None:
    steps = {step.name: step.on for step in ladders().steps(ItemKind.REPORT, due_on, due_on)}
    assert steps["reminder-0"] <= due_on < steps["slip-blue"]
    between = (steps["slip-blue"] - steps["reminder-0"]).days
    rest = [steps["reminder-0"] + timedelta(days=n) for n in range(1, between)]
    assert not any(chinese_calendar.is_workday(day) for day in rest)


@given(due_days)
def test_escalation_adds_readers_and_never_drops_one(due_on: date) -> None:
    steps = ladders().steps(ItemKind.REPORT, due_on, due_on)
    slips = [set(step.to) for step in steps if step.kind in ORDER_OF_COLOURS]
    assert len(slips) == len(ORDER_OF_COLOURS)
    assert slips[0] < slips[1] < slips[2]
    assert all("liaison" in step.to for step in steps)


counts = st.integers(0, 60)
lengths = st.builds(
    "{} {} {}".format, st.sampled_from("+-"), counts, st.sampled_from(["days", "working days"])
)


@given(due_days, st.sampled_from(["T", "due"]), lengths)
def test_no_step_crosses_its_anchor(due_on: date, anchor: str, length: str) -> None:
    rung = {"name": "only", "kind": "chase", "at": f"{anchor} {length}", "to": ["head"]}
    (step,) = ladders(standard(due=[rung])).steps(ItemKind.REPORT, due_on, due_on)
    day = calendar().on_or_before(due_on) if anchor == "T" else due_on
    assert step.on >= day if length[0] == "+" else step.on <= day
    assert chinese_calendar.is_workday(step.on)


@given(due_days, counts.filter(bool))
def test_working_days_are_exactly_as_many_as_the_policy_says(due_on: date, count: int) -> None:
    rung = {"name": "only", "kind": "chase", "at": f"due + {count} working days", "to": ["head"]}
    (step,) = ladders(standard(due=[rung])).steps(ItemKind.REPORT, due_on, due_on)
    passed = [due_on + timedelta(days=n) for n in range(1, (step.on - due_on).days + 1)]
    assert sum(chinese_calendar.is_workday(day) for day in passed) == count


def test_items_of_one_date_share_a_ladder_whenever_they_were_applied() -> None:
    mine = ladders()
    early = mine.steps(ItemKind.REPORT, date(2024, 1, 2), LAST_DAY)
    assert mine.steps(ItemKind.EVALUATION, date(2024, 12, 2), LAST_DAY) is early
