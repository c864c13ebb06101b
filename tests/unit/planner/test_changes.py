"""The difference between matrix and ledger: what is added, changed, withdrawn, asked again."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.planner.changes import (
    COMPARED,
    Change,
    ChangeKind,
    Kept,
    changes,
    fingerprint,
    revised_assignments,
)
from models.obligation import ItemKind, Obligation, Role, Stage
from tests.builders import sentences

ADD, CHANGE, WITHDRAW = ChangeKind


def _item(key: str = "summary", unit: str = "甲局", **fields: Any) -> Obligation:
    kind = {"assignment": ItemKind.ASSIGNMENT, "duty": ItemKind.DUTY}.get(key.partition("/")[0])
    item = Obligation(
        id=f"plan-2024/{key}/{unit}",
        plan="plan-2024",
        unit=unit,
        kind=kind or ItemKind.REPORT,
        role=Role.RESPONSIBLE,
        title="工作总结",
        due_on=date(2024, 10, 20),
        rule="stated-day",
        to="某办",
        duties=("1", "2"),
        text="原文",
    )
    return item._replace(**fields)


def _kept(*items: Obligation, stage: Stage = Stage.ASSIGNED) -> dict[str, Kept]:
    return {item.id: Kept(item, stage, 1) for item in items}


def _only(desired: list[Obligation], kept: dict[str, Kept]) -> Change:
    (change,) = changes(desired, kept)
    return change


def test_an_empty_ledger_is_given_everything() -> None:
    wanted = [_item(), _item(unit="乙局")]
    assert [(c.kind, c.obligation, c.is_due_date_new) for c in changes(wanted, {})] == [
        (ADD, wanted[0], True),
        (ADD, wanted[1], True),
    ]


def test_what_the_ledger_holds_as_asked_for_is_no_change() -> None:
    assert changes([_item()], _kept(_item())) == []


FIELDS: list[tuple[str, dict[str, Any], dict[str, tuple[str, str]], bool]] = [
    (
        "a new due date re-arms the ladder",
        {"due_on": date(2024, 11, 20)},
        {"due_on": ("2024-10-20", "2024-11-20")},
        True,
    ),
    ("a due date taken away does too", {"due_on": None}, {"due_on": ("2024-10-20", "")}, True),
    ("a new title does not", {"title": "总结"}, {"title": ("工作总结", "总结")}, False),
    ("nor do other rows", {"duties": ("1",)}, {"duties": ("1、2", "1")}, False),
    ("nor another reader", {"to": None}, {"to": ("某办", "")}, False),
    ("nor the lead", {"role": Role.LEAD}, {"role": ("responsible", "lead")}, False),
    ("nor the quoted words", {"text": "新文"}, {"text": ("原文", "新文")}, False),
    (
        "a rule that gives the same day does not re-arm",
        {"rule": "year-end"},
        {"rule": ("stated-day", "year-end")},
        False,
    ),
]


@pytest.mark.parametrize(("fields", "told", "is_due_date_new"), sentences(FIELDS))
def test_a_changed_field_is_told_before_and_after(
    fields: dict[str, Any], told: dict[str, tuple[str, str]], is_due_date_new: bool
) -> None:
    change = _only([_item(**fields)], _kept(_item()))
    assert (change.kind, change.fields) == (CHANGE, told)
    assert change.is_due_date_new is is_due_date_new
    assert change.obligation == _item(**fields)


def test_every_field_but_identity_is_compared() -> None:
    identity = {"id", "plan", "unit", "kind"}
    assert set(COMPARED) == set(Obligation._fields) - identity


def test_a_row_that_is_gone_is_withdrawn_once() -> None:
    change = _only([], _kept(_item()))
    assert (change.kind, change.obligation, change.is_due_date_new) == (WITHDRAW, _item(), False)
    assert changes([], _kept(_item(), stage=Stage.WITHDRAWN)) == []


def test_a_row_that_is_gone_is_withdrawn_even_when_it_was_closed_out() -> None:
    assert _only([], _kept(_item(), stage=Stage.CLOSED_OUT)).kind is WITHDRAW


def test_a_row_that_comes_back_is_assigned_again_and_its_ladder_is_armed() -> None:
    change = _only([_item()], _kept(_item(), stage=Stage.WITHDRAWN))
    assert (change.kind, change.is_due_date_new) == (CHANGE, True)
    assert change.fields == {"stage": ("withdrawn", "assigned")}


def test_an_answered_obligation_may_still_change_its_title() -> None:
    change = _only([_item(title="总结")], _kept(_item(), stage=Stage.COMPLETED))
    assert (change.kind, change.is_due_date_new) == (CHANGE, False)


ASSIGNED = "plan-2024/assignment/甲局"
HELD = [_item("assignment"), _item("duty/1"), _item()]
AGAIN: list[tuple[str, list[Obligation], Stage, dict[str, str]]] = [
    ("nothing changed, nothing is asked", HELD, Stage.ACKNOWLEDGED, {}),
    ("a row more", [*HELD, _item("duty/2")], Stage.ACKNOWLEDGED, {ASSIGNED: "新增1项"}),
    ("a row less", HELD[::2], Stage.ACKNOWLEDGED, {ASSIGNED: "撤销1项"}),
    (
        "another date",
        [*HELD[:2], _item(due_on=None)],
        Stage.ACKNOWLEDGED,
        {ASSIGNED: "变更1项"},
    ),
    (
        "all of it, each counted",
        [HELD[0], _item("duty/2"), _item(title="总结"), _item("duty/3")],
        Stage.ACKNOWLEDGED,
        {ASSIGNED: "新增2项、变更1项、撤销1项"},
    ),
    ("asked again before it was acknowledged", HELD[::2], Stage.ASSIGNED, {ASSIGNED: "撤销1项"}),
    (
        "the plan's own title is no change of what the unit owes",
        [_item("assignment", title="新题"), *HELD[1:]],
        Stage.ACKNOWLEDGED,
        {},
    ),
    (
        "another unit's row does not concern this one",
        [*HELD, _item("assignment", "乙局"), _item("duty/1", "乙局")],
        Stage.ACKNOWLEDGED,
        {},
    ),
    ("a unit that leaves the plan is asked for nothing", [], Stage.ACKNOWLEDGED, {}),
    ("an assignment that comes back asks by itself", HELD, Stage.WITHDRAWN, {}),
]


@pytest.mark.parametrize(("desired", "stage", "expected"), sentences(AGAIN))
def test_which_assignments_are_asked_again(
    desired: list[Obligation], stage: Stage, expected: dict[str, str]
) -> None:
    kept = _kept(HELD[0], stage=stage) | _kept(*HELD[1:])
    assert revised_assignments(changes(desired, kept), kept) == expected


words = st.text('甲乙丙、"\\ab\n', max_size=4)
rows = st.tuples(words, st.integers(0, 3), st.none() | st.dates())


@given(st.lists(rows, max_size=8), st.randoms())
def test_a_fingerprint_does_not_depend_on_the_order(
    content: list[tuple[object, ...]], random: Any
) -> None:
    shuffled = content.copy()
    random.shuffle(shuffled)
    assert fingerprint(shuffled) == fingerprint(content)


@given(st.lists(rows, max_size=5), st.lists(rows, max_size=5))
def test_fingerprints_differ_when_the_content_does(
    one: list[tuple[object, ...]], other: list[tuple[object, ...]]
) -> None:
    is_same = sorted(map(repr, one)) == sorted(map(repr, other))
    assert (fingerprint(one) == fingerprint(other)) == is_same


obligations = st.builds(
    _item,
    st.sampled_from(["summary", "duty/1", "duty/2", "assignment"]),
    st.sampled_from(["甲局", "乙局"]),
    title=st.sampled_from(["工作总结", "总结"]),
    due_on=st.sampled_from([None, date(2024, 10, 20), date(2024, 12, 31)]),
)
plans = st.lists(obligations, max_size=8, unique_by=lambda item: item.id)


@given(plans, plans)
def test_carrying_out_the_changes_leaves_none(
    before: list[Obligation], after: list[Obligation]
) -> None:
    kept = _kept(*before)
    for change in changes(after, kept):
        stage = Stage.WITHDRAWN if change.kind is WITHDRAW else Stage.ASSIGNED
        kept[change.obligation.id] = Kept(change.obligation, stage, 2)
    assert changes(after, kept) == []
    live = {key for key, entry in kept.items() if entry.stage is not Stage.WITHDRAWN}
    assert live == {item.id for item in after}
