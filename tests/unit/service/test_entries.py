"""What units and the office say: one entry, one stage, at once silent or not, on real databases."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from duban.errors import ChangedMeanwhile, StageConflict, UnknownObligation
from duban.service.apply import apply
from duban.service.daily import plan_daily
from duban.service.entries import Entered, Saying, enter
from duban.service.refusals import VERBS
from duban.service.workplace import Workplace
from duban.store import ledger_records
from duban.store.database import Record, reading
from duban.store.ledger import Occasion
from models.entry import EntryKind
from models.obligation import Stage
from tests.builders import (
    address,
    edited,
    instant,
    items,
    ledger_at,
    ledger_url,
    matrix,
    occasion,
    office,
    plan,
    said,
    sentences,
    spoken,
    state,
)

ASSIGNMENT = "plan-2024/assignment/甲局"
SUMMARY = "plan-2024/summary/甲局"
DUTY = "plan-2024/duty/1/甲局"
ACKNOWLEDGED, REPORTED = EntryKind.ACKNOWLEDGED, EntryKind.REPORTED
COMPLETED, RETURNED = EntryKind.COMPLETED, EntryKind.RETURNED
ACCEPTED, CLOSED_OUT = EntryKind.ACCEPTED, EntryKind.CLOSED_OUT


@pytest.fixture(params=["sqlite", "postgresql"])
def workplace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workplace]:
    """A plan of two units and one report of 甲局, applied on 2024-01-02."""
    with ledger_at(ledger_url(request, tmp_path), office(plan())) as found:
        apply(found, found.office.plans.values(), occasion("2024-01-02"))
        yield found


def _enter(workplace: Workplace, key: str, *kinds: EntryKind, day: str = "2024-01-03") -> Entered:
    """Enter what is said in turn, each by another person and with its reason."""
    return [
        enter(workplace, key, Saying(kind, "理由"), occasion(day, f"经办人{place}"))
        for place, kind in enumerate(kinds)
    ][-1]


def _last(workplace: Workplace, key: str) -> Record:
    with reading(workplace.engine) as connection:
        return ledger_records.entries(connection, key)[-1]


def _steps(workplace: Workplace, day: str) -> list[str]:
    """What a run on this day says about the report."""
    before = len(said(workplace))
    plan_daily(workplace, date.fromisoformat(day))
    heard = said(workplace)[before:]
    return list({row.step: None for row in heard if spoken(row) and row.obligation == SUMMARY})


WAYS: list[tuple[str, list[EntryKind], Stage]] = [
    ("progress", [REPORTED], Stage.REPORTED),
    ("progress again", [REPORTED, REPORTED], Stage.REPORTED),
    ("done at once", [COMPLETED], Stage.COMPLETED),
    ("done and accepted", [REPORTED, COMPLETED, ACCEPTED], Stage.ACCEPTED),
    ("the whole way to 销号", [COMPLETED, ACCEPTED, CLOSED_OUT], Stage.CLOSED_OUT),
    ("returned, reported, still returned", [COMPLETED, RETURNED, REPORTED], Stage.RETURNED),
    ("returned and done again", [COMPLETED, RETURNED, COMPLETED], Stage.COMPLETED),
    ("accepted by mistake, returned", [COMPLETED, ACCEPTED, RETURNED], Stage.RETURNED),
]


@pytest.mark.parametrize(("kinds", "stage"), sentences(WAYS))
@pytest.mark.parametrize("key", [SUMMARY, DUTY])
def test_entries_lead_from_stage_to_stage(
    workplace: Workplace, key: str, kinds: list[EntryKind], stage: Stage
) -> None:
    assert _enter(workplace, key, *kinds).after is stage
    assert items(workplace)[key].stage == stage


def test_an_entry_tells_who_when_and_why(workplace: Workplace) -> None:
    when = Occasion(date(2024, 10, 11), instant(date(2024, 10, 12)), "甲局办公室")
    entered = enter(workplace, SUMMARY, Saying(REPORTED, "完成初稿"), when)
    row = _last(workplace, SUMMARY)
    assert entered == Entered(SUMMARY, Stage.ASSIGNED, Stage.REPORTED, row.id)
    assert (row.kind, row.by, row.text, row.on) == ("reported", "甲局办公室", "完成初稿", when.on)
    assert row.at.replace(tzinfo=None) == when.at.replace(tzinfo=None)


OPEN = "report, complete, decline, request-extension, reassign, suspend"
REFUSED: list[tuple[str, str, list[EntryKind], EntryKind, str]] = [
    ("accepting what is not done", SUMMARY, [], ACCEPTED, OPEN),
    ("returning what was not handed in", SUMMARY, [], RETURNED, OPEN),
    ("closing out before acceptance", SUMMARY, [COMPLETED], CLOSED_OUT, "return, accept"),
    ("done twice", SUMMARY, [COMPLETED], COMPLETED, "return, accept"),
    ("after 销号 all but a return", SUMMARY, [COMPLETED, ACCEPTED, CLOSED_OUT], REPORTED, "return"),
    ("accepting an assignment", ASSIGNMENT, [], ACCEPTED, "acknowledge, decline, reassign"),
    ("acknowledging twice", ASSIGNMENT, [ACKNOWLEDGED], ACKNOWLEDGED, "decline, reassign"),
    ("also by way of a row", DUTY, [ACKNOWLEDGED], ACKNOWLEDGED, "decline, reassign"),
]


@pytest.mark.parametrize(("key", "before", "kind", "legal"), sentences(REFUSED))
def test_what_the_stage_does_not_allow_is_refused_with_what_it_does(
    workplace: Workplace, key: str, before: list[EntryKind], kind: EntryKind, legal: str
) -> None:
    if before:
        _enter(workplace, key, *before)
    untouched = state(workplace)
    with pytest.raises(StageConflict) as refusal:
        _enter(workplace, key, kind)
    assert refusal.value.hint == f"possible now: {legal}"
    assert refusal.value.exit_code == 3
    assert state(workplace) == untouched


@pytest.mark.parametrize("key", ["plan-2024/summary/丙局", "nonsense", ""])
def test_an_obligation_that_is_not_in_the_ledger(workplace: Workplace, key: str) -> None:
    for kind in VERBS:
        with pytest.raises(UnknownObligation, match="duban ledger"):
            _enter(workplace, key, kind)


def test_a_withdrawn_obligation_takes_no_entries(workplace: Workplace) -> None:
    without = edited(workplace, office(plan(matrix(obligations=()))))
    apply(without, without.office.plans.values(), occasion("2024-01-04"))
    with pytest.raises(StageConflict, match="is withdrawn; it cannot be completed now"):
        _enter(without, SUMMARY, COMPLETED)


@pytest.mark.parametrize("key", [ASSIGNMENT, DUTY, SUMMARY])
def test_an_acknowledgement_of_anything_is_one_of_the_whole_assignment(
    workplace: Workplace, key: str
) -> None:
    assert _enter(workplace, key, ACKNOWLEDGED).obligation == ASSIGNMENT
    found = items(workplace)
    assert found[ASSIGNMENT].stage == Stage.ACKNOWLEDGED
    assert found[ASSIGNMENT].next_on is None
    assert found[SUMMARY].stage == Stage.ASSIGNED
    assert _last(workplace, ASSIGNMENT).kind == "acknowledged"


def test_it_does_not_speak_for_another_unit(workplace: Workplace) -> None:
    _enter(workplace, SUMMARY, ACKNOWLEDGED)
    plan_daily(workplace, date(2024, 1, 5))
    chased = [row.obligation for row in said(workplace) if row.step == "acknowledge-chase-1"]
    assert chased == ["plan-2024/assignment/乙局"]


def test_an_answer_silences_in_the_same_transaction(workplace: Workplace) -> None:
    assert _steps(workplace, "2024-10-15") == ["reminder-3w"]
    _enter(workplace, SUMMARY, COMPLETED, day="2024-10-16")
    assert items(workplace)[SUMMARY].next_on is None
    assert _steps(workplace, "2024-10-21") == []


def test_a_return_is_told_at_once_and_chased_by_its_inner_date(workplace: Workplace) -> None:
    _steps(workplace, "2024-10-15")
    _enter(workplace, SUMMARY, COMPLETED, day="2024-10-16")
    _steps(workplace, "2024-10-22")
    returned = _enter(workplace, SUMMARY, RETURNED, day="2024-10-23")
    told = [row for row in said(workplace) if row.step == f"decision-{returned.entry}"]
    assert [(row.reason, row.recipient) for row in told] == [
        ("returned", address("甲局", "liaison"))
    ]
    assert items(workplace)[SUMMARY].inner_due_on == date(2024, 10, 30)
    assert _steps(workplace, "2024-10-24") == []
    assert _steps(workplace, "2024-10-29") == ["rework-reminder-1w"]
    assert _steps(workplace, "2024-10-31") == ["rework-slip-blue"]


def test_a_request_is_told_to_the_office_and_its_grant_to_the_unit(workplace: Workplace) -> None:
    until = date(2024, 11, 1)
    asking = Saying(EntryKind.EXTENSION_REQUESTED, "数据未齐", until)
    asked = enter(workplace, SUMMARY, asking, occasion("2024-10-14", "甲局"))
    granting = Saying(EntryKind.EXTENSION_GRANTED)
    granted = enter(workplace, SUMMARY, granting, occasion("2024-10-15", "某办"))
    told = {row.step: row.recipient for row in said(workplace)}
    assert told[f"request-{asked.entry}"] == "office@coordination.example"
    assert told[f"decision-{granted.entry}"] == address("甲局", "liaison")
    item = items(workplace)[SUMMARY]
    assert (item.due_on, item.stated_due_on) == (until, date(2024, 10, 20))
    assert (item.revision, item.extensions, item.asked_due_on) == (2, 1, None)
    assert _steps(workplace, "2024-10-21") == ["reminder-10w"]


def test_applying_again_leaves_a_granted_date_alone(workplace: Workplace) -> None:
    asking = Saying(EntryKind.EXTENSION_REQUESTED, "数据未齐", date(2024, 11, 1))
    enter(workplace, SUMMARY, asking, occasion("2024-10-14", "甲局"))
    enter(workplace, SUMMARY, Saying(EntryKind.EXTENSION_GRANTED), occasion("2024-10-15", "某办"))
    before = state(workplace)
    apply(workplace, workplace.office.plans.values(), occasion("2024-10-16"))
    assert state(workplace) == before


def test_who_comes_second_is_told_what_changed_and_by_whom(workplace: Workplace) -> None:
    seen = _enter(workplace, SUMMARY, COMPLETED).entry
    accepting = Saying(ACCEPTED, seen=seen)
    enter(workplace, SUMMARY, accepting, occasion("2024-01-04", "审核人甲"))
    sending_back = Saying(RETURNED, "缺附件", seen=seen)
    with pytest.raises(ChangedMeanwhile, match="2024-01-04 accepted by 审核人甲") as refusal:
        enter(workplace, SUMMARY, sending_back, occasion("2024-01-04", "审核人乙"))
    assert "审核人甲登记“认可”" in refusal.value.chinese
    assert items(workplace)[SUMMARY].stage == Stage.ACCEPTED


def test_progress_changes_no_reminder(workplace: Workplace) -> None:
    before = items(workplace)[SUMMARY].next_on
    _enter(workplace, SUMMARY, REPORTED)
    assert items(workplace)[SUMMARY].next_on == before
    assert _steps(workplace, "2024-10-21") == ["slip-blue"]


def test_an_entry_made_while_the_plans_file_is_missing_does_not_silence_it(
    workplace: Workplace,
) -> None:
    _enter(edited(workplace, office()), SUMMARY, REPORTED)
    assert _steps(workplace, "2024-10-21") == ["slip-blue"]


def test_the_date_that_a_decision_comes_to_is_on_record(workplace: Workplace) -> None:
    asking = Saying(EntryKind.EXTENSION_REQUESTED, "数据未齐", date(2024, 11, 1))
    enter(workplace, SUMMARY, asking, occasion("2024-10-08"))
    _enter(workplace, SUMMARY, EntryKind.EXTENSION_GRANTED, day="2024-10-09")
    assert json.loads(_last(workplace, SUMMARY).detail) == {"until": "2024-11-01"}
    _enter(workplace, SUMMARY, COMPLETED, RETURNED, day="2024-10-10")
    assert json.loads(_last(workplace, SUMMARY).detail) == {"until": "2024-10-16"}
