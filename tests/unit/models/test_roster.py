"""Who holds a post on a day, and who stands in for him."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.roster import UNIT_POSTS, Contact, Post, Roster
from tests.builders import address, roster, sentences

DAY = date(2024, 10, 21)
TIMES = [
    ("without dates always", None, None, True),
    ("from this day on", "2024-10-21", None, True),
    ("not before it begins", "2024-10-22", None, False),
    ("to this day", None, "2024-10-21", True),
    ("not after it ends", None, "2024-10-20", False),
    ("between the two", "2024-10-01", "2024-10-31", True),
]


@pytest.mark.parametrize(("since", "until", "holds"), sentences(TIMES))
def test_a_contact_is_good_from_day_to_day(
    since: str | None, until: str | None, holds: bool
) -> None:
    contact = Contact.model_validate({"address": "a@b.example", "since": since, "until": until})
    assert contact.holds_on(DAY) is holds


def test_each_unit_has_its_own_posts_and_all_share_the_two_offices() -> None:
    found = roster(["甲局", "乙局"])
    for unit in ("甲局", "乙局"):
        for post in UNIT_POSTS:
            contact = found.contact(unit, post, DAY)
            assert contact is not None
            assert contact.address == address(unit, post.value)
    offices = {
        (unit, post): found.contact(unit, post, DAY)
        for unit in ("甲局", "nobody")
        for post in (Post.COORDINATING_OFFICE, Post.INSPECTION_OFFICE)
    }
    assert len(set(filter(None, offices.values()))) == 2


def test_an_unknown_unit_and_a_vacant_post_have_no_contact() -> None:
    found = roster(["甲局"], 甲局={"liaison": "a@b.example"})
    assert found.contact("丙局", Post.LIAISON, DAY) is None
    assert found.contact("甲局", Post.HEAD, DAY) is None


FORMS: list[tuple[str, Any, list[str]]] = [
    ("just an address", "a@b.example", ["a@b.example"]),
    ("one mapping", {"address": "a@b.example", "name": "某科"}, ["a@b.example"]),
    ("a list of both", ["a@b.example", {"address": "c@b.example"}], ["a@b.example", "c@b.example"]),
    ("nobody", [], []),
    ("nothing at all", None, []),
]


@pytest.mark.parametrize(("written", "held"), sentences(FORMS))
def test_a_post_is_written_as_one_contact_or_as_several(written: Any, held: list[str]) -> None:
    found = roster(["甲局"], 甲局={"liaison": written})
    assert [contact.address for contact in found.contacts[0].liaison] == held


def test_an_office_needs_a_contact() -> None:
    content = roster([]).model_dump() | {"inspection_office": {"unit": "督查室", "contact": []}}
    with pytest.raises(ValidationError, match="at least 1 item"):
        Roster.model_validate(content)


def test_those_who_hold_a_post_follow_each_other() -> None:
    held = [
        {"address": "old@a.example", "until": "2024-10-20"},
        {"address": "new@a.example", "since": "2024-10-22"},
    ]
    found = roster(["甲局"], 甲局={"liaison": held})
    reached = [
        contact.address if (contact := found.contact("甲局", Post.LIAISON, DAY + step)) else None
        for step in (timedelta(-1), timedelta(0), timedelta(1))
    ]
    assert reached == ["old@a.example", None, "new@a.example"]
    assert {"old@a.example", "new@a.example"} <= found.addresses


def _away(absent: object, by: object, since: str = "2024-10-21", until: str = "2024-10-21") -> Any:
    return {"for": absent, "by": by, "since": since, "until": until}


def _post(unit: str, post: str = "liaison") -> dict[str, str]:
    return {"unit": unit, "post": post}


PEOPLE: dict[str, Any] = {
    "甲局": {"liaison": "a@x.example", "head": "a@x.example"},
    "乙局": {"liaison": "b@x.example"},
    "丙局": {"liaison": "c@x.example"},
    "丁局": {"head": "d@x.example"},
}
SUBSTITUTES: list[tuple[str, list[Any], str | None]] = [
    ("nobody is away", [], "a@x.example"),
    ("by address", [_away("a@x.example", "b@x.example")], "b@x.example"),
    ("capital letters do not matter", [_away("A@X.example", "B@x.Example")], "b@x.example"),
    ("by post", [_away(_post("甲局"), _post("乙局"))], "b@x.example"),
    (
        "another post of the unit is not meant",
        [_away(_post("甲局", "head"), "b@x.example")],
        "a@x.example",
    ),
    (
        "it has not begun",
        [_away("a@x.example", "b@x.example", "2024-10-22", "2024-10-30")],
        "a@x.example",
    ),
    (
        "it is over by itself",
        [_away("a@x.example", "b@x.example", "2024-10-01", "2024-10-20")],
        "a@x.example",
    ),
    (
        "whoever stands in is away too",
        [_away("a@x.example", "b@x.example"), _away(_post("乙局"), "c@x.example")],
        "c@x.example",
    ),
    (
        "named by post first, then by address",
        [_away(_post("甲局"), _post("乙局")), _away("b@x.example", _post("丙局"))],
        "c@x.example",
    ),
    (
        "two stand in for each other: the holder answers",
        [_away("a@x.example", "b@x.example"), _away("b@x.example", "a@x.example")],
        "a@x.example",
    ),
    (
        "a circle that he is not in: the holder answers",
        [
            _away("a@x.example", "b@x.example"),
            _away("b@x.example", "c@x.example"),
            _away("c@x.example", "b@x.example"),
        ],
        "a@x.example",
    ),
    ("he stands in for himself", [_away(_post("甲局"), _post("甲局", "head"))], "a@x.example"),
    (
        "nobody is at the other post: he is written to",
        [_away("a@x.example", _post("丁局"))],
        "a@x.example",
    ),
    ("a stranger has no post", [_away("a@x.example", "z@x.example")], "a@x.example"),
]


def _with(substitutes: list[Any]) -> Roster:
    content = roster(PEOPLE, **PEOPLE).model_dump() | {"substitutes": substitutes}
    return Roster.model_validate(content)


@pytest.mark.parametrize(("substitutes", "reached"), sentences(SUBSTITUTES))
def test_who_is_written_to_while_the_liaison_is_away(
    substitutes: list[Any], reached: str | None
) -> None:
    contact = _with(substitutes).contact("甲局", Post.LIAISON, DAY)
    assert (contact.address if contact else None) == reached


def test_a_vacant_post_can_have_a_substitute() -> None:
    contact = _with([_away(_post("丁局"), "b@x.example")]).contact("丁局", Post.LIAISON, DAY)
    assert contact is not None
    assert contact.address == "b@x.example"


def test_an_office_can_have_one_too() -> None:
    found = _with([_away("office@coordination.example", "b@x.example")])
    contact = found.contact("乙局", Post.COORDINATING_OFFICE, DAY)
    assert contact is not None
    assert contact.address == "b@x.example"


def test_the_posts_of_an_address_are_those_it_answers_for_that_day() -> None:
    found = _with([_away("a@x.example", "b@x.example")])
    own = ("乙局", Post.LIAISON)
    his = [("甲局", Post.LIAISON), ("甲局", Post.HEAD)]
    assert found.posts_of("B@x.example", DAY) == [*his, own]
    assert found.posts_of("a@x.example", DAY) == []
    assert found.posts_of("a@x.example", DAY + timedelta(1)) == his
    assert found.posts_of("z@x.example", DAY) == []
    assert [found.known(each) for each in ("A@x.example", "z@x.example")] == [True, False]


def test_a_substitution_has_an_end() -> None:
    with pytest.raises(ValidationError, match="until"):
        _with([{"for": "a@x.example", "by": "b@x.example", "since": "2024-10-21"}])


_SOMEBODY = st.one_of(
    st.sampled_from(["a@x.example", "b@x.example", "c@x.example", "d@x.example", "z@x.example"]),
    st.builds(_post, st.sampled_from([*PEOPLE, "戊局"]), st.sampled_from(list(UNIT_POSTS))),
)
_DAYS = st.sampled_from(["2024-10-20", "2024-10-21", "2024-10-22"])


@given(st.lists(st.builds(_away, _SOMEBODY, _SOMEBODY, _DAYS, _DAYS), max_size=8))
def test_whatever_stands_in_for_what_somebody_of_the_roster_answers(substitutes: list[Any]) -> None:
    found = _with(substitutes)
    for unit, contacts in PEOPLE.items():
        for post in contacts:
            contact = found.contact(unit, Post(post), DAY)
            assert contact is not None
            assert contact.address in found.addresses
            assert (unit, Post(post)) in found.posts_of(contact.address, DAY)
