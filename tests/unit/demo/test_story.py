"""The story fits the plans that it is told of."""

from datetime import date
from itertools import pairwise

import pytest

from duban.demo.deed import Deed, Way
from duban.demo.incidents import LETTERS, is_told
from duban.demo.story import Event, story
from duban.planner.obligations import obligations
from models.entry import BY_UNIT, EntryKind
from models.office import Plan
from tests.builders import shipped

PLANS = ("sichuan-2022", "zhongshan-2023", "yubei-2023", "haidong-2023")


def told(plan: Plan) -> list[Event]:
    return story(plan, shipped().calendar, plan.matrix.starts_on)


def deeds(plan: Plan) -> list[Deed]:
    return [event for event in told(plan) if isinstance(event, Deed)]


@pytest.fixture(params=PLANS)
def plan(request: pytest.FixtureRequest) -> Plan:
    return shipped().plans[request.param]


def test_it_is_told_by_day_about_what_there_is_and_the_same_every_time(plan: Plan) -> None:
    events = told(plan)
    assert all(before.on <= after.on for before, after in pairwise(events))
    assert events == told(plan)
    known = {item.id for item in obligations(plan)}
    assert {deed.obligation for deed in deeds(plan)} <= known


def test_who_accepts_does_not_close_out(plan: Plan) -> None:
    accepted = {d.obligation: d.by for d in deeds(plan) if d.entry is EntryKind.ACCEPTED}
    closed = {d.obligation: d.by for d in deeds(plan) if d.entry is EntryKind.CLOSED_OUT}
    assert closed
    assert not [key for key, by in closed.items() if accepted[key] == by]


def test_everything_that_a_unit_or_an_office_can_say_is_said_somewhere() -> None:
    said = {deed.entry for name in PLANS for deed in deeds(shipped().plans[name])}
    left_out = {EntryKind.REPORTED}  # an answer by mail that has rows is one, besides
    assert set(BY_UNIT) - left_out <= said
    assert {
        EntryKind.EXTENSION_GRANTED,
        EntryKind.EXTENSION_REFUSED,
        EntryKind.RETURNED,
        EntryKind.REASSIGNED,
        EntryKind.SUSPENDED,
    } <= said


def test_of_the_mid_term_summary_some_come_by_each_way() -> None:
    midterm = date(2023, 12, 31)
    ways = {
        deed.way
        for deed in deeds(shipped().plans["zhongshan-2023"])
        if "/midterm-summary/" in deed.obligation and deed.on < midterm
    }
    assert ways == set(Way)


def test_what_is_told_apart_is_told_once() -> None:
    for name in PLANS:
        plan = shipped().plans[name]
        apart = {item.id for item in obligations(plan) if is_told(item)}
        counts: dict[str, int] = {}
        for deed in deeds(plan):
            if deed.obligation in apart and deed.entry is EntryKind.ACCEPTED:
                counts[deed.obligation] = counts.get(deed.obligation, 0) + 1
        assert set(counts.values()) <= {1}


def test_the_letters_are_from_people_of_the_roster() -> None:
    roster = shipped().plans["zhongshan-2023"].reach
    assert not [letter.reader for letter in LETTERS if not roster.known(letter.reader)]
