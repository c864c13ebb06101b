"""What is said about one item on one day: the table first, then what holds for any run days."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.planner.reminders import Outcome, due_now, is_silent, next_on, plan_day
from models.notice import Reason, Recipient
from models.obligation import ItemKind, Stage, Standing
from models.roster import Post
from tests.builders import address, assignment, calendar, ladders, reach, sentences, standing

DUE_ON = date(2024, 10, 20)  # a Sunday; its last workday is Friday the 18th
APPLIED_ON = date(2024, 1, 2)
LADDERS = ladders()
REACH = reach(["甲局", "乙局"])


def _said(days_before: int | None) -> date | None:
    return None if days_before is None else DUE_ON - timedelta(days=days_before)


def _look(item: Standing, as_of: date) -> Outcome:
    return due_now(item, REACH, LADDERS, as_of)


def _step(outcome: Outcome) -> str | None:
    return outcome.notice.step if outcome.notice else None


# sentence, days to the due date, stage, days before it through which all was said, notice
ASSIGNED, REPORTED, RETURNED = Stage.ASSIGNED, Stage.REPORTED, Stage.RETURNED
TABLE: list[tuple[str, int, Stage, int | None, str | None]] = [
    ("long before the first rung all is quiet", 60, ASSIGNED, None, None),
    ("on the eve of the first reminder too", 33, ASSIGNED, None, None),
    ("30 days before T the first reminder goes", 32, ASSIGNED, None, "reminder-30d"),
    ("it is not said again on the next day", 31, ASSIGNED, 32, None),
    ("the machine was off for a day: it goes a day late", 31, ASSIGNED, 33, "reminder-30d"),
    ("10 working days before T", 20, ASSIGNED, 32, "reminder-10w"),
    ("off for weeks: of two missed reminders the later one", 19, ASSIGNED, None, "reminder-10w"),
    ("3 working days before T", 5, ASSIGNED, 20, "reminder-3w"),
    ("the last day but one", 3, ASSIGNED, 5, "reminder-1w"),
    ("T itself, the Friday before the stated Sunday", 2, ASSIGNED, 3, "reminder-0"),
    ("the Saturday says nothing that Friday said", 1, ASSIGNED, 2, None),
    ("the stated Sunday is not yet overdue", 0, ASSIGNED, 2, None),
    ("Monday is: the blue slip", -1, ASSIGNED, 2, "slip-blue"),
    ("two days later it is still the blue slip's turn to work", -3, ASSIGNED, -1, None),
    ("three workdays after blue: orange", -4, ASSIGNED, -1, "slip-orange"),
    ("five workdays after orange: red", -11, ASSIGNED, -4, "slip-red"),
    ("five more: the first chase", -18, ASSIGNED, -11, "chase-1"),
    ("the eighth and last chase", -67, ASSIGNED, -60, "chase-8"),
    ("after the last chase nothing is left", -100, ASSIGNED, -67, None),
    ("applied late: only what holds now", -12, ASSIGNED, None, "slip-red"),
    ("applied years late: the last chase alone", -500, ASSIGNED, None, "chase-8"),
    ("progress reported is not an answer: reminders go on", 5, REPORTED, 20, "reminder-3w"),
    ("nor does it stop a slip", -1, REPORTED, 2, "slip-blue"),
    ("returned speaks again, with the rung that holds now", -4, RETURNED, 5, "slip-orange"),
    ("returned on a day without a rung: the latest missed one", -3, RETURNED, 5, "slip-blue"),
    ("completed is silent", -1, Stage.COMPLETED, 2, None),
    ("accepted is silent", -1, Stage.ACCEPTED, 2, None),
    ("closed out is silent", -1, Stage.CLOSED_OUT, 2, None),
    ("withdrawn is silent", -1, Stage.WITHDRAWN, 2, None),
    ("acknowledged is not answered: still owed", 5, Stage.ACKNOWLEDGED, 20, "reminder-3w"),
]


@pytest.mark.parametrize(("days", "stage", "said_through", "step"), sentences(TABLE))
def test_what_a_dated_obligation_is_told(
    days: int, stage: Stage, said_through: int | None, step: str | None
) -> None:
    item = standing(DUE_ON, stage=stage, said_through=_said(said_through))
    assert _step(_look(item, DUE_ON - timedelta(days=days))) == step


# sentence, workdays since application, stage, workdays through which all was said, notice
ASSIGNMENTS: list[tuple[str, int, Stage, int | None, str | None]] = [
    ("on the day of application it is assigned", 0, ASSIGNED, None, "assignment"),
    ("two workdays without 签收 pass in silence", 2, ASSIGNED, 0, None),
    ("the third brings the first chase", 3, ASSIGNED, 0, "acknowledge-chase-1"),
    ("the fifth brings the second", 5, ASSIGNED, 3, "acknowledge-chase-2"),
    ("there is no third", 20, ASSIGNED, 5, None),
    ("applied, then the machine was off: only the chase", 4, ASSIGNED, None, "acknowledge-chase-1"),
    ("签收 silences it", 3, Stage.ACKNOWLEDGED, 0, None),
]


@pytest.mark.parametrize(("days", "stage", "said_through", "step"), sentences(ASSIGNMENTS))
def test_what_an_assignment_is_told(
    days: int, stage: Stage, said_through: int | None, step: str | None
) -> None:
    through = None if said_through is None else calendar().shift(APPLIED_ON, said_through)
    item = assignment(stage=stage, armed_on=APPLIED_ON, said_through=through)
    assert _step(_look(item, calendar().shift(APPLIED_ON, days))) == step


LIAISON, OFFICER, HEAD = Post.LIAISON, Post.OFFICER_IN_CHARGE, Post.HEAD
OFFICE, INSPECTION = Post.COORDINATING_OFFICE, Post.INSPECTION_OFFICE
RECIPIENTS = [
    ("the first two reminders are the liaison's", -32, [LIAISON], Reason.DUE_SOON),
    ("also at T - 10 working days", -20, [LIAISON], Reason.DUE_SOON),
    ("from T - 3 the officer in charge reads along", -5, [LIAISON, OFFICER], Reason.DUE_SOON),
    ("on T the reason is that it is due today", -2, [LIAISON, OFFICER], Reason.DUE_TODAY),
    ("blue: liaison and officer", 1, [LIAISON, OFFICER], Reason.OVERDUE),
    ("orange adds the coordinating office", 4, [LIAISON, OFFICER, OFFICE], Reason.STEP_REACHED),
    (
        "red adds the head and the inspection office",
        11,
        [LIAISON, OFFICER, HEAD, OFFICE, INSPECTION],
        Reason.STEP_REACHED,
    ),
    (
        "chases go where the red slip went",
        18,
        [LIAISON, OFFICER, HEAD, OFFICE, INSPECTION],
        Reason.OVERDUE,
    ),
]


@pytest.mark.parametrize(("after", "posts", "reason"), sentences(RECIPIENTS))
def test_who_is_told_and_why(after: int, posts: list[Post], reason: Reason) -> None:
    notice = _look(standing(DUE_ON), DUE_ON + timedelta(days=after)).notice
    assert notice is not None
    assert [to.role for to in notice.recipients] == posts
    assert notice.reason is reason


def test_the_second_chase_for_an_acknowledgement_also_goes_to_the_officer() -> None:
    days = [calendar().shift(APPLIED_ON, count) for count in (0, 3, 5)]
    notices = [_look(assignment(armed_on=APPLIED_ON), day).notice for day in days]
    assert [[to.role for to in notice.recipients] for notice in notices if notice] == [
        [LIAISON],
        [LIAISON],
        [LIAISON, OFFICER],
    ]


def test_a_revised_assignment_says_that_it_is_revised() -> None:
    notice = _look(assignment(armed_on=APPLIED_ON, revision=2), APPLIED_ON).notice
    assert notice is not None
    assert (notice.reason, notice.revision) == (Reason.REVISED, 2)


def _with(**contacts: Any) -> Outcome:
    return due_now(standing(DUE_ON), reach(["甲局"], 甲局=contacts), LADDERS, date(2024, 10, 21))


def test_one_person_in_two_posts_is_told_once() -> None:
    notice = _with(liaison="one@unit.example", officer_in_charge="one@unit.example").notice
    assert notice is not None
    assert notice.recipients == (Recipient(LIAISON, "one@unit.example"),)


def test_a_vacant_post_is_passed_over_and_the_others_are_told() -> None:
    notice = _with(officer_in_charge="officer@unit.example").notice
    assert notice is not None
    assert notice.recipients == (Recipient(OFFICER, "officer@unit.example"),)
    assert notice.reason is Reason.OVERDUE


def test_a_rung_that_reaches_nobody_is_told_to_the_office_and_recorded() -> None:
    outcome = _with(head="head@unit.example")  # a blue slip goes to liaison and officer
    assert outcome.notice is not None
    assert [to.role for to in outcome.notice.recipients] == [OFFICE]
    assert outcome.notice.reason is Reason.UNREACHABLE
    assert outcome.silences[-1].because == "unit unreachable, office told"


def test_a_contact_counts_only_in_its_time() -> None:
    gone = {"address": "old@unit.example", "until": "2024-10-20"}
    present = {"address": "new@unit.example", "since": "2024-10-21"}
    notice = _with(liaison=gone, officer_in_charge=present).notice
    assert notice is not None
    assert [to.address for to in notice.recipients] == ["new@unit.example"]


def test_missed_rungs_are_recorded_as_superseded_by_the_one_that_speaks() -> None:
    outcome = _look(standing(DUE_ON, said_through=date(2024, 10, 15)), date(2024, 10, 24))
    assert _step(outcome) == "slip-orange"
    assert [(silence.step, silence.on, silence.because) for silence in outcome.silences] == [
        ("reminder-1w", date(2024, 10, 17), "superseded by slip-orange"),
        ("reminder-0", date(2024, 10, 18), "superseded by slip-orange"),
        ("slip-blue", date(2024, 10, 21), "superseded by slip-orange"),
    ]
    assert outcome.next_on == date(2024, 10, 31)


def test_planning_a_day_looks_at_each_item_with_its_own_plan() -> None:
    other = ladders(last_day=date(2025, 12, 31))
    items = [standing(DUE_ON), standing(DUE_ON, id="b/summary/乙局", plan="b", unit="乙局")]
    outcomes = plan_day(
        items,
        {"plan-2024": REACH, "b": REACH},
        {"plan-2024": LADDERS, "b": other},
        date(2024, 10, 21),
    )
    assert [outcome.item for outcome in outcomes] == items
    assert [o.notice.recipients[0].address for o in outcomes if o.notice] == [
        address("甲局", "liaison"),
        address("乙局", "liaison"),
    ]


class Heard(NamedTuple):
    """All that a sequence of runs has said and left unsaid, and the item as it stands after."""

    said: list[str]
    superseded: list[str]
    item: Standing


def _run(item: Standing, days: Iterable[date], *, looks_every_day: bool = False) -> Heard:
    """Run on these days as the service does: only what is due is looked at."""
    said: list[str] = []
    superseded: list[str] = []
    for day in days:
        due = next_on(item, LADDERS)
        if not looks_every_day and (due is None or due > day):
            continue
        outcome = _look(item, day)
        said += [outcome.notice.step] if outcome.notice else []
        superseded += [silence.step for silence in outcome.silences]
        item = item._replace(said_through=day)
    return Heard(said, superseded, item)


kinds = st.sampled_from([ItemKind.REPORT, ItemKind.ASSIGNMENT, ItemKind.EVALUATION])
items = st.builds(
    lambda kind, armed, after: standing(
        None if kind is ItemKind.ASSIGNMENT else armed + timedelta(days=after),
        kind=kind,
        armed_on=armed,
    ),
    kinds,
    st.dates(date(2023, 1, 1), date(2024, 12, 31)),
    st.integers(-100, 400),
)
run_days = st.lists(st.dates(date(2023, 1, 1), date(2026, 6, 30)), min_size=1, max_size=25).map(
    sorted
)


def _steps_until(item: Standing, day: date) -> list[str]:
    steps = LADDERS.steps(item.kind, item.armed_on, item.due_on)
    return [step.name for step in steps if step.on <= day]


@given(items, run_days)
def test_planning_twice_adds_nothing(item: Standing, days: list[date]) -> None:
    once = _run(item, days)
    assert _run(item, [day for day in days for _ in range(2)]) == once
    assert _run(once.item, [days[-1]]).said == []


@given(items, run_days)
def test_every_rung_is_said_or_superseded_exactly_once_by_its_day(
    item: Standing, days: list[date]
) -> None:
    heard = _run(item, days)
    assert sorted(heard.said + heard.superseded) == sorted(_steps_until(item, days[-1]))


@given(items, run_days)
def test_the_last_rung_due_is_always_said_and_they_are_said_in_order(
    item: Standing, days: list[date]
) -> None:
    due = _steps_until(item, days[-1])
    said = _run(item, days).said
    assert said[-1:] == due[-1:]
    assert said == [step for step in due if step in said]


@given(items, run_days)
def test_looking_only_at_what_is_due_loses_nothing(item: Standing, days: list[date]) -> None:
    seldom, often = _run(item, days), _run(item, days, looks_every_day=True)
    assert seldom[:2] == often[:2]


@given(items, run_days)
def test_a_run_on_every_day_supersedes_nothing_after_the_first(
    item: Standing, days: list[date]
) -> None:
    span = [days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)]
    first = _run(item, span[:1])
    rest = _run(first.item, span[1:])
    assert rest.superseded == []


@given(items, run_days, st.sampled_from(Stage))
def test_a_silent_stage_says_nothing_and_is_never_looked_at(
    item: Standing, days: list[date], stage: Stage
) -> None:
    item = item._replace(stage=stage)
    if is_silent(item.kind, stage):
        assert next_on(item, LADDERS) is None
        assert [_look(item, day)[1:] for day in days] == [(None, (), None)] * len(days)


@given(items, run_days, st.integers(-200, 200))
def test_a_new_due_date_arms_the_whole_ladder_again(
    item: Standing, days: list[date], later: int
) -> None:
    said = _run(item, days).item
    due_on = item.due_on and item.due_on + timedelta(days=later)
    anew = said._replace(due_on=due_on, revision=2, armed_on=days[-1], said_through=None)
    fresh = standing(due_on, kind=item.kind, armed_on=days[-1])
    assert _run(anew, days)[:2] == _run(fresh, days)[:2]


@given(items, run_days, st.integers(1, 90), st.integers(1, 90))
def test_what_is_said_does_not_depend_on_when_the_last_run_was(
    item: Standing, days: list[date], some: int, other: int
) -> None:
    reached = [s for s in LADDERS.steps(item.kind, item.armed_on, item.due_on) if s.on <= days[-1]]
    if reached:
        ran = [reached[-1].on - timedelta(days=ago) for ago in (some, other)]
        first, second = (_look(item._replace(said_through=day), days[-1]) for day in ran)
        assert first.notice == second.notice
        assert _step(first) == reached[-1].name


@given(items, run_days)
def test_next_on_is_the_first_day_on_which_something_happens(
    item: Standing, days: list[date]
) -> None:
    item = _run(item, days).item
    due = next_on(item, LADDERS)
    for day in (days[-1] + timedelta(days=n) for n in range(1, 40)):
        outcome = _look(item, day)
        happens = outcome.notice is not None or bool(outcome.silences)
        assert happens == (due is not None and due <= day)


SILENT = [
    ("an acknowledged assignment", ItemKind.ASSIGNMENT, Stage.ACKNOWLEDGED, True),
    ("an assignment that waits for 签收", ItemKind.ASSIGNMENT, Stage.ASSIGNED, False),
    ("an acknowledged report is still owed", ItemKind.REPORT, Stage.ACKNOWLEDGED, False),
    ("a report in progress", ItemKind.REPORT, Stage.REPORTED, False),
    ("a returned report", ItemKind.REPORT, Stage.RETURNED, False),
    ("a completed report", ItemKind.REPORT, Stage.COMPLETED, True),
    ("a withdrawn row", ItemKind.DUTY, Stage.WITHDRAWN, True),
]


@pytest.mark.parametrize(("kind", "stage", "expected"), sentences(SILENT))
def test_what_is_silent(kind: ItemKind, stage: Stage, expected: bool) -> None:
    assert is_silent(kind, stage) is expected
