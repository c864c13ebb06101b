"""How a policy writes its days, and what it may not write."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from models.policy import LADDER_KINDS, NoticeKind, PlainDuration, PlainMoment, Policy, Terms
from models.roster import Post
from tests.builders import sentences, shipped, standard

MOMENT: TypeAdapter[Any] = TypeAdapter(PlainMoment)
DURATION: TypeAdapter[Any] = TypeAdapter(PlainDuration)

MOMENTS = [
    ("an anchor alone", "T", ("T", 0, 0, "days")),
    ("calendar days before", "T - 30 days", ("T", -1, 30, "days")),
    ("working days after", "slip-blue + 3 working days", ("slip-blue", 1, 3, "working days")),
    ("one day is singular", "due + 1 working day", ("due", 1, 1, "working days")),
]


@pytest.mark.parametrize(("written", "parts"), sentences(MOMENTS))
def test_a_moment(written: str, parts: tuple[str, int, int, str]) -> None:
    moment = MOMENT.validate_python(written)
    assert (moment.anchor, moment.sign, moment.offset.count, moment.offset.unit) == parts


NO_MOMENTS = [
    ("without a unit", "T - 30"),
    ("without spaces", "T-30 days"),
    ("weeks are not counted", "T - 2 weeks"),
    ("a date is no moment", "2024-10-20 - "),
    ("a full-width minus", "T － 30 days"),
    ("nothing at all", ""),
    ("five digits", "T - 10000 days"),
    ("more than a thousand", "T - 1001 days"),
    ("two steps", "T - 1 day - 1 day"),
]


@pytest.mark.parametrize("written", sentences(NO_MOMENTS))
def test_what_is_no_moment_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        MOMENT.validate_python(written)


@pytest.mark.parametrize("written", ["10", "10 workdays", "-3 days", "ten days", "1.5 days"])
def test_what_is_no_duration_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(ValidationError, match="such as '30 days' or '10 working days'"):
        DURATION.validate_python(written)


RUNG = {"name": "only", "kind": "reminder", "at": "T", "to": ["liaison"]}
NO_POLICIES = [
    ("a rung that tells nobody", {"due": [RUNG | {"to": []}]}),
    ("an unknown post", {"due": [RUNG | {"to": ["deputy"]}]}),
    ("an unknown kind", {"due": [RUNG | {"kind": "slip-purple"}]}),
    ("a rung that repeats no times", {"due": [RUNG | {"repeat": {"every": "1 day", "times": 0}}]}),
    ("a name with a capital", {"due": [RUNG | {"name": "Only"}]}),
    ("25 o'clock", {"notices_at": "25:00"}),
    ("an unknown key", {"weekend": []}),
]


@pytest.mark.parametrize("fields", sentences(NO_POLICIES))
def test_what_is_no_policy_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        standard(**fields)


def _posts(policy: Policy, kind: NoticeKind) -> list[set[Post]]:
    return [set(rung.to) for rung in (*policy.assignment, *policy.due) if rung.kind is kind]


def test_the_standard_policy_chases_a_returned_result_too() -> None:
    policy = shipped().policies["standard"]
    own = {Post.LIAISON, Post.OFFICER_IN_CHARGE}
    orange = own | {Post.COORDINATING_OFFICE}
    red = orange | {Post.HEAD, Post.INSPECTION_OFFICE}
    assert [(rung.kind, set(rung.to)) for rung in policy.returned] == [
        (NoticeKind.REMINDER, {Post.LIAISON}),
        (NoticeKind.REMINDER, own),
        (NoticeKind.SLIP_BLUE, own),
        (NoticeKind.SLIP_ORANGE, orange),
        (NoticeKind.SLIP_RED, red),
        (NoticeKind.CHASE, red),
    ]
    names = [rung.name for rung in (*policy.assignment, *policy.due, *policy.returned)]
    assert len(names) == len(set(names))


def test_the_standard_policy_s_terms_are_those_of_the_model_with_a_cap_on_mails() -> None:
    policy = shipped().policies["standard"]
    assert policy.terms == Terms(mails_per_week=4)


def test_the_standard_policy_says_what_was_settled() -> None:
    policy = shipped().policies["standard"]
    own = {Post.LIAISON, Post.OFFICER_IN_CHARGE}
    orange = own | {Post.COORDINATING_OFFICE}
    red = orange | {Post.HEAD, Post.INSPECTION_OFFICE}
    assert policy.notices_at == "09:00"
    assert {kind: _posts(policy, kind) for kind in LADDER_KINDS} == {
        NoticeKind.ASSIGNMENT: [{Post.LIAISON}],
        NoticeKind.ACKNOWLEDGE_CHASE: [{Post.LIAISON}, own],
        NoticeKind.REMINDER: [{Post.LIAISON}, {Post.LIAISON}, own, own, own],
        NoticeKind.SLIP_BLUE: [own],
        NoticeKind.SLIP_ORANGE: [orange],
        NoticeKind.SLIP_RED: [red],
        NoticeKind.CHASE: [red],
    }
    assert policy.standing == ()
