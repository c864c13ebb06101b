"""Every stage with every act: where it leads, and what stands against it."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.planner.lifecycle import act, legal
from models.entry import BY_OFFICE, BY_UNIT, EntryKind
from models.life import Act, Objection, Refusal, Settled, Situation
from models.obligation import ItemKind, Stage
from models.policy import Terms
from tests.builders import calendar, sentences

ASSIGNED_ON = date(2024, 9, 2)
DUE_ON = date(2024, 10, 20)
TODAY = date(2024, 9, 5)
LATER = date(2024, 11, 1)
TERMS = Terms()

# "+" leads to the stage that the act names, "=" leaves the stage as it is, "before" brings back the
# one it came from, "-" is refused. Columns as in ACTS.
ACTS = (
    "acknowledged",
    "reported",
    "completed",
    "declined",
    "extension-requested",
    "returned",
    "accepted",
    "closed-out",
    "decline-refused",
    "extension-granted",
    "extension-refused",
    "reassigned",
    "suspended",
    "resumed",
)
OWED = """
    assigned     - + + + = - - - -      = = + + -
    acknowledged - + + + = - - - -      = = + + -
    reported     - = + - = - - - -      = = + + -
    completed    - - - - - + + - -      - - - - -
    returned     - = + - = - - - -      = = + + -
    accepted     - - - - - + - + -      - - - - -
    closed-out   - - - - - + - - -      - - - - -
    declined     - - - - - - - - before - - + - -
    suspended    - - - - - - - - -      - - + - before
    reassigned   - - - - - - - - -      - - - - -
    withdrawn    - - - - - - - - -      - - - - -
"""
ASSIGNMENT = """
    assigned     + - - + - - - - -      - - + - -
    acknowledged - - - + - - - - -      - - + - -
    declined     - - - - - - - - before - - + - -
"""


def _table(text: str) -> dict[tuple[Stage, EntryKind], str]:
    rows = [line.split() for line in text.strip().splitlines()]
    return {
        (Stage(stage), EntryKind(name)): cell
        for stage, *cells in rows
        for name, cell in zip(ACTS, cells, strict=True)
    }


def _situation(stage: Stage, kind: ItemKind = ItemKind.REPORT, **fields: Any) -> Situation:
    """A situation in which only the stage can stand against an act."""
    given_fields: dict[str, Any] = {
        "kind": kind,
        "stage": stage,
        "armed_on": ASSIGNED_ON,
        "due_on": DUE_ON,
        "asked_due_on": None,
        "stage_before": Stage.ACKNOWLEDGED,
        "suspended_on": ASSIGNED_ON if stage is Stage.SUSPENDED else None,
        "accepted_by": "审核人",
    }
    return Situation(**given_fields | fields)


def _do(
    situation: Situation, kind: EntryKind, on: date = TODAY, **fields: Any
) -> Settled | Refusal:
    given_fields: dict[str, Any] = {"by": "经办人", "text": "理由", "until": LATER}
    return act(situation, Act(kind, on, **given_fields | fields), TERMS, calendar())


def _trial(stage: Stage, kind: ItemKind, name: EntryKind) -> Settled | Refusal:
    decided = (EntryKind.EXTENSION_GRANTED, EntryKind.EXTENSION_REFUSED)
    asked = LATER if name in decided else None
    return _do(_situation(stage, kind, asked_due_on=asked), name)


@pytest.mark.parametrize(("stage", "name"), list(product(Stage, (*BY_UNIT, *BY_OFFICE))))
@pytest.mark.parametrize("kind", [ItemKind.REPORT, ItemKind.DUTY, ItemKind.ASSIGNMENT])
def test_every_stage_with_every_act(stage: Stage, name: EntryKind, kind: ItemKind) -> None:
    table = _table(ASSIGNMENT if kind is ItemKind.ASSIGNMENT else OWED)
    cell = table.get((stage, name), "-")
    outcome = _trial(stage, kind, name)
    if cell == "-":
        assert isinstance(outcome, Refusal)
        assert (outcome.objection, outcome.fact) == (Objection.STAGE, stage)
        assert name not in outcome.legal
    else:
        after = {"=": stage, "before": Stage.ACKNOWLEDGED}.get(cell) or Stage(name.value)
        assert isinstance(outcome, Settled)
        assert outcome.situation.stage is after


def test_the_table_knows_every_act_of_a_person() -> None:
    assert tuple(kind.value for kind in (*BY_UNIT, *BY_OFFICE)) == ACTS
    assert {stage for stage, _ in _table(OWED)} == set(Stage)


E, OB = EntryKind, Objection
BOUNDS: list[tuple[str, dict[str, Any], EntryKind, dict[str, Any], Objection, Any]] = [
    (
        "a return without its reason",
        {"stage": Stage.COMPLETED},
        E.RETURNED,
        {"text": " "},
        OB.NO_REASON,
        None,
    ),
    ("declining without a reason", {}, E.DECLINED, {"text": ""}, OB.NO_REASON, None),
    (
        "declining on the sixth working day",
        {},
        E.DECLINED,
        {"on": date(2024, 9, 10)},
        OB.TOO_LATE_TO_DECLINE,
        date(2024, 9, 9),
    ),
    (
        "an extension of what has no date",
        {"due_on": None},
        E.EXTENSION_REQUESTED,
        {},
        OB.NO_DUE_DATE,
        None,
    ),
    (
        "asked for a day late",
        {},
        E.EXTENSION_REQUESTED,
        {"on": date(2024, 10, 21)},
        OB.EXPIRED,
        DUE_ON,
    ),
    (
        "asked for while one waits",
        {"asked_due_on": LATER},
        E.EXTENSION_REQUESTED,
        {},
        OB.ALREADY_REQUESTED,
        LATER,
    ),
    ("asked for without a date", {}, E.EXTENSION_REQUESTED, {"until": None}, OB.NO_DATE, None),
    ("asked for a second time", {"extensions": 1}, E.EXTENSION_REQUESTED, {}, OB.USED_UP, 1),
    ("asked for the same day", {}, E.EXTENSION_REQUESTED, {"until": DUE_ON}, OB.NOT_LATER, DUE_ON),
    (
        "31 days more",
        {},
        E.EXTENSION_REQUESTED,
        {"until": date(2024, 11, 20)},
        OB.TOO_FAR,
        date(2024, 11, 19),
    ),
    ("granted, but nobody asked", {}, E.EXTENSION_GRANTED, {}, OB.NOT_REQUESTED, None),
    ("refused, but nobody asked", {}, E.EXTENSION_REFUSED, {}, OB.NOT_REQUESTED, None),
    (
        "granted beyond the bound",
        {"asked_due_on": LATER},
        E.EXTENSION_GRANTED,
        {"until": date(2024, 12, 1)},
        OB.TOO_FAR,
        date(2024, 11, 19),
    ),
    (
        "an inner date that is past",
        {"stage": Stage.COMPLETED},
        E.RETURNED,
        {"until": TODAY},
        OB.NOT_AHEAD,
        TODAY,
    ),
    ("suspended without an end", {}, E.SUSPENDED, {"until": None}, OB.NO_DATE, None),
    ("suspended until today", {}, E.SUSPENDED, {"until": TODAY}, OB.NOT_AHEAD, TODAY),
    (
        "closed out by who accepted it",
        {"stage": Stage.ACCEPTED},
        E.CLOSED_OUT,
        {"by": "审核人"},
        OB.SAME_PERSON,
        "审核人",
    ),
]


@pytest.mark.parametrize(("fields", "kind", "said", "objection", "fact"), sentences(BOUNDS))
def test_what_is_beyond_the_terms_is_refused_with_the_fact(
    fields: dict[str, Any], kind: EntryKind, said: dict[str, Any], objection: Objection, fact: Any
) -> None:
    situation = _situation(**{"stage": Stage.ASSIGNED} | fields)
    outcome = _do(situation, kind, **said)
    assert isinstance(outcome, Refusal)
    assert (outcome.objection, outcome.fact) == (objection, fact)
    assert kind not in outcome.legal


def _settled(outcome: Settled | Refusal) -> Settled:
    assert isinstance(outcome, Settled)
    return outcome


def test_the_last_moments_are_still_in_time() -> None:
    assert _settled(_do(_situation(Stage.ASSIGNED), EntryKind.DECLINED, date(2024, 9, 9)))
    asked = _do(_situation(Stage.REPORTED), EntryKind.EXTENSION_REQUESTED, DUE_ON, until=LATER)
    assert _settled(asked).situation.asked_due_on == LATER
    furthest = date(2024, 11, 19)
    assert _settled(_do(_situation(Stage.REPORTED), EntryKind.EXTENSION_REQUESTED, until=furthest))


def test_a_grant_moves_the_date_once_and_arms_the_ladder_anew() -> None:
    asked = _settled(_do(_situation(Stage.REPORTED), EntryKind.EXTENSION_REQUESTED)).situation
    granted = _settled(_do(asked, EntryKind.EXTENSION_GRANTED, until=None))
    assert granted.is_rearmed
    assert granted.situation == asked._replace(due_on=LATER, asked_due_on=None, extensions=1)
    refused = _settled(_do(asked, EntryKind.EXTENSION_REFUSED))
    assert (refused.is_rearmed, refused.situation.due_on) == (False, DUE_ON)


def test_a_date_that_is_past_cannot_be_granted() -> None:
    asked = _situation(Stage.REPORTED, asked_due_on=LATER)
    refusal = _do(asked, EntryKind.EXTENSION_GRANTED, LATER, until=None)
    assert isinstance(refusal, Refusal)
    assert (refusal.objection, refusal.fact) == (Objection.NOT_AHEAD, LATER)


def test_a_date_granted_for_a_returned_result_holds_in_place_of_the_inner_one() -> None:
    asked = _situation(Stage.RETURNED, asked_due_on=LATER, inner_due_on=date(2024, 9, 20))
    granted = _settled(_do(asked, EntryKind.EXTENSION_GRANTED, until=None))
    assert granted.is_rearmed
    assert granted.situation.chased_for == LATER


def test_a_request_made_in_time_may_be_granted_after_the_date() -> None:
    asked = _situation(Stage.REPORTED, asked_due_on=LATER)
    assert _settled(_do(asked, EntryKind.EXTENSION_GRANTED, date(2024, 10, 25), until=None))


def test_a_return_without_a_date_gives_the_time_for_rework() -> None:
    returned = _settled(_do(_situation(Stage.COMPLETED), EntryKind.RETURNED, until=None))
    assert returned.situation.inner_due_on == date(2024, 9, 12)
    assert (returned.is_rearmed, returned.situation.chased_for) == (True, date(2024, 9, 12))
    again = _settled(_do(returned.situation, EntryKind.COMPLETED)).situation
    assert again.chased_for == DUE_ON


def test_a_suspension_keeps_the_remaining_term() -> None:
    paused = _settled(_do(_situation(Stage.REPORTED), EntryKind.SUSPENDED)).situation
    assert (paused.stage_before, paused.resumes_on) == (Stage.REPORTED, LATER)
    on = date(2024, 10, 5)
    resumed = _settled(_do(paused, EntryKind.RESUMED, on))
    assert resumed.is_rearmed
    assert resumed.situation.due_on == DUE_ON + (on - TODAY)
    assert resumed.situation.stage is Stage.REPORTED
    assert resumed.situation.resumes_on is None


def test_another_may_close_out_and_where_the_policy_allows_it_the_same() -> None:
    accepted = _situation(Stage.ACCEPTED)
    assert _settled(_do(accepted, EntryKind.CLOSED_OUT, by="负责人"))
    lenient = Terms(close_out_by_another=False)
    what = Act(EntryKind.CLOSED_OUT, TODAY, "审核人")
    assert _settled(act(accepted, what, lenient, calendar()))


@given(
    st.lists(st.tuples(st.sampled_from((*BY_UNIT, *BY_OFFICE)), st.integers(0, 40)), max_size=12)
)
def test_no_sequence_of_acts_leads_astray(told: list[tuple[EntryKind, int]]) -> None:
    """Legal acts are those tried and settled; the bounds hold whatever the order."""
    situation, on = _situation(Stage.ASSIGNED, stage_before=None, accepted_by=None), ASSIGNED_ON
    for kind, days in told:
        on += timedelta(days=days // 4)
        outcome = _do(situation, kind, on, until=on + timedelta(days=days))
        if isinstance(outcome, Refusal):
            assert kind not in outcome.legal
            continue
        assert kind in legal(situation)
        situation = outcome.situation
        assert situation.extensions <= TERMS.extensions.times
        assert (situation.resumes_on is None) == (situation.stage is not Stage.SUSPENDED)
        if situation.stage.is_over and situation.stage is not Stage.CLOSED_OUT:
            assert legal(situation) == ()
