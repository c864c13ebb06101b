"""Who answers for a unit that has been merged into another."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.reach import Reach
from models.roster import Post, Roster
from models.units import Jurisdiction
from tests.builders import place, roster, sentences

FIRST, SECOND = date(2021, 3, 1), date(2024, 6, 30)
EVE = timedelta(days=-1)
UNITS = ("扶贫办", "乡村振兴局", "农业农村局")
POVERTY, REVIVAL, FARMING = UNITS


def _place() -> Jurisdiction:
    steps = [(POVERTY, REVIVAL, FIRST), (REVIVAL, FARMING, SECOND)]
    successions = [
        {"unit": unit, "successor": successor, "since": since, "basis": "机构改革"}
        for unit, successor, since in steps
    ]
    return Jurisdiction.model_validate(place(UNITS).model_dump() | {"successions": successions})


def _reach(units: tuple[str, ...] = UNITS, **contacts: dict[str, Any]) -> Reach:
    people = {unit: {"liaison": f"l{UNITS.index(unit)}@x.example"} for unit in units}
    return Reach(roster(units, **(people | contacts)), _place())


LINES = [
    ("before the first merger it answers itself", POVERTY, FIRST + EVE, POVERTY, "l0@x.example"),
    ("from its day on the successor", POVERTY, FIRST, REVIVAL, "l1@x.example"),
    ("and after the second the successor's own", POVERTY, SECOND, FARMING, "l2@x.example"),
    ("the middle one until its last day", REVIVAL, SECOND + EVE, REVIVAL, "l1@x.example"),
    ("the last one always itself", FARMING, SECOND, FARMING, "l2@x.example"),
]


@pytest.mark.parametrize(("unit", "day", "answering", "reached"), sentences(LINES))
def test_letters_follow_the_successions(unit: str, day: date, answering: str, reached: str) -> None:
    found = _reach()
    contact = found.contact(unit, Post.LIAISON, day)
    assert found.place.answering(unit, day) == answering
    assert contact is not None
    assert contact.address == reached


def test_a_successor_without_anybody_leaves_letters_where_they_went() -> None:
    contact = _reach((POVERTY, REVIVAL)).contact(POVERTY, Post.LIAISON, SECOND)
    assert contact is not None
    assert contact.address == "l1@x.example"
    assert _reach(()).contact(POVERTY, Post.LIAISON, SECOND) is None


def test_the_old_unit_s_posts_do_not_fill_those_of_its_successor() -> None:
    found = _reach(乡村振兴局={"liaison": "l1@x.example", "head": "h1@x.example"})
    assert found.contact(REVIVAL, Post.HEAD, SECOND + EVE) is not None
    assert found.contact(REVIVAL, Post.HEAD, SECOND) is None


def test_posts_of_the_successor_hold_those_it_took_over() -> None:
    found = _reach()
    assert found.posts_of("l2@x.example", SECOND + EVE) == [(FARMING, Post.LIAISON)]
    assert found.posts_of("L2@x.example", SECOND) == [
        (FARMING, Post.LIAISON),
        (POVERTY, Post.LIAISON),
        (REVIVAL, Post.LIAISON),
    ]
    assert found.posts_of("l1@x.example", SECOND) == []
    assert found.known("l1@x.example")


def test_the_two_offices_have_no_successor() -> None:
    found = _reach()
    contact = found.contact(POVERTY, Post.COORDINATING_OFFICE, SECOND)
    assert contact == found.office(SECOND)
    assert found.coordinating_office.contact == (contact,)
    assert found.inspection_office.unit == "督查室"
    assert found.addresses == found.roster.addresses


def test_an_office_whose_contact_has_ended_is_still_written_to() -> None:
    ended = {"unit": "某办", "contact": {"address": "o@x.example", "until": "2020-01-01"}}
    content = roster(UNITS).model_dump() | {"coordinating_office": ended}
    found = Reach(Roster.model_validate(content), _place())
    assert found.contact("", Post.COORDINATING_OFFICE, FIRST) is None
    assert found.office(FIRST).address == "o@x.example"


def test_a_circle_of_successions_ends() -> None:
    circle = [
        {"unit": unit, "successor": successor, "since": FIRST, "basis": "误"}
        for unit, successor in ((POVERTY, REVIVAL), (REVIVAL, POVERTY))
    ]
    spoilt = Jurisdiction.model_validate(place(UNITS).model_dump() | {"successions": circle})
    assert spoilt.line(POVERTY, SECOND) == [POVERTY, REVIVAL]
