"""转办: what another unit takes over, what stays behind, and that applying again respects it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from duban.errors import StageConflict, UnknownObligation, UnknownUnit, WrongUsage
from duban.service.apply import apply
from duban.service.daily import plan_daily
from duban.service.entries import Saying, enter
from duban.service.reassign import Route, reassign
from duban.service.workplace import Workplace
from duban.store import ledger_records, origins
from duban.store.database import reading
from models.entry import EntryKind
from models.obligation import Stage
from tests.builders import (
    address,
    duty,
    edited,
    items,
    ledger_at,
    ledger_url,
    matrix,
    occasion,
    office,
    plan,
    report,
    said,
    state,
)

SUMMARY, TAKEN = "plan-2024/summary/甲局", "plan-2024/summary/乙局"
ASSIGNMENT = "plan-2024/assignment/甲局"
TO_B = Route("乙局", "职责已调整")


@pytest.fixture(params=["sqlite", "postgresql"])
def workplace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workplace]:
    """A plan of two units and one report of 甲局, applied on 2024-01-02."""
    with ledger_at(ledger_url(request, tmp_path), office(plan())) as found:
        apply(found, found.office.plans.values(), occasion("2024-01-02"))
        yield found


def _entries(workplace: Workplace, key: str) -> list[tuple[str, str]]:
    with reading(workplace.engine) as connection:
        return [(row.kind, row.text) for row in ledger_records.entries(connection, key)]


def _origins(workplace: Workplace) -> dict[str, tuple[str, ...]]:
    with reading(workplace.engine) as connection:
        return origins.of_plan(connection, "plan-2024")


def test_the_new_unit_owes_it_and_the_old_one_keeps_the_history(workplace: Workplace) -> None:
    enter(workplace, SUMMARY, Saying(EntryKind.REPORTED, "初稿"), occasion("2024-02-01"))
    reassign(workplace, SUMMARY, TO_B, occasion("2024-03-01", "承办人"))
    found = items(workplace)
    assert (found[SUMMARY].stage, found[SUMMARY].next_on) == (Stage.REASSIGNED, None)
    assert (found[TAKEN].stage, found[TAKEN].due_on) == (Stage.ASSIGNED, date(2024, 10, 20))
    assert _origins(workplace)[TAKEN] == (SUMMARY,)
    assert _entries(workplace, SUMMARY)[-2:] == [("reported", "初稿"), ("reassigned", "职责已调整")]
    assert _entries(workplace, TAKEN) == [("assigned", "由甲局转来")]


def test_both_hear_of_it_and_the_new_unit_is_reminded(workplace: Workplace) -> None:
    moved = reassign(workplace, SUMMARY, TO_B, occasion("2024-03-01"))
    plan_daily(workplace, date(2024, 3, 1))
    told = {(row.step, row.recipient) for row in said(workplace)}
    assert (f"decision-{moved[0].entry}", address("甲局", "liaison")) in told
    assert [row.obligation for row in said(workplace) if row.revision == 2] == [
        "plan-2024/assignment/乙局"
    ]
    plan_daily(workplace, date(2024, 10, 15))
    reminded = [row.obligation for row in said(workplace) if row.step == "reminder-3w"]
    assert set(reminded) == {TAKEN}


def test_a_unit_is_not_reprimanded_for_what_was_late_before_it_came(workplace: Workplace) -> None:
    reassign(workplace, SUMMARY, TO_B, occasion("2024-12-02"))
    plan_daily(workplace, date(2024, 12, 2))
    assert [row.step for row in said(workplace) if row.obligation == TAKEN] == []
    assert _entries(workplace, "plan-2024/assignment/乙局")[-1] == (
        "revised",
        "由甲局转来1项：工作总结",
    )


def test_applying_again_leaves_it_where_it_went(workplace: Workplace) -> None:
    reassign(workplace, SUMMARY, TO_B, occasion("2024-03-01"))
    before = state(workplace)
    apply(workplace, workplace.office.plans.values(), occasion("2024-03-04"))
    assert state(workplace) == before


def test_a_new_date_in_the_matrix_reaches_the_unit_that_has_it_now(workplace: Workplace) -> None:
    reassign(workplace, SUMMARY, TO_B, occasion("2024-03-01"))
    later = edited(workplace, office(plan(matrix(obligations=(report(on="2024-11-08"),)))))
    apply(later, later.office.plans.values(), occasion("2024-03-04"))
    found = items(later)
    assert found[TAKEN].due_on == date(2024, 11, 8)
    assert found[SUMMARY].stage == Stage.REASSIGNED


def test_what_the_matrix_drops_is_withdrawn_from_the_new_unit(workplace: Workplace) -> None:
    reassign(workplace, SUMMARY, TO_B, occasion("2024-03-01"))
    without = edited(workplace, office(plan(matrix(obligations=()))))
    apply(without, without.office.plans.values(), occasion("2024-03-04"))
    assert items(without)[TAKEN].stage == Stage.WITHDRAWN


def test_the_matrix_may_come_to_say_the_same(workplace: Workplace) -> None:
    reassign(workplace, SUMMARY, TO_B, occasion("2024-03-01"))
    agreed = edited(workplace, office(plan(matrix(obligations=(report(who=("乙局",)),)))))
    apply(agreed, agreed.office.plans.values(), occasion("2024-03-04"))
    found = items(agreed)
    assert (found[TAKEN].stage, found[SUMMARY].stage) == (Stage.ASSIGNED, Stage.REASSIGNED)


def test_an_extended_date_goes_along_and_survives_an_apply(workplace: Workplace) -> None:
    until = date(2024, 11, 1)
    asking = Saying(EntryKind.EXTENSION_REQUESTED, "数据未齐", until)
    enter(workplace, SUMMARY, asking, occasion("2024-10-08"))
    enter(workplace, SUMMARY, Saying(EntryKind.EXTENSION_GRANTED), occasion("2024-10-09"))
    reassign(workplace, SUMMARY, TO_B, occasion("2024-10-10"))
    apply(workplace, workplace.office.plans.values(), occasion("2024-10-11"))
    assert items(workplace)[TAKEN].due_on == until


def test_it_may_go_on_and_come_back(workplace: Workplace) -> None:
    reassign(workplace, SUMMARY, TO_B, occasion("2024-03-01"))
    reassign(workplace, TAKEN, Route("甲局", "退回原单位"), occasion("2024-03-05"))
    found = items(workplace)
    assert (found[SUMMARY].stage, found[TAKEN].stage) == (Stage.ASSIGNED, Stage.REASSIGNED)
    before = state(workplace)
    apply(workplace, workplace.office.plans.values(), occasion("2024-03-06"))
    assert state(workplace) == before


def test_what_has_come_back_is_compared_with_the_matrix_at_home_only(workplace: Workplace) -> None:
    reassign(workplace, SUMMARY, TO_B, occasion("2024-03-01"))
    reassign(workplace, TAKEN, Route("甲局", "退回原单位"), occasion("2024-03-05"))
    later = edited(workplace, office(plan(matrix(obligations=(report(on="2024-11-08"),)))))
    before = _entries(later, "plan-2024/assignment/乙局")
    [applied] = apply(later, later.office.plans.values(), occasion("2024-03-06"))
    assert applied.changed == 1
    assert items(later)[SUMMARY].due_on == date(2024, 11, 8)
    assert items(later)[TAKEN].due_on == date(2024, 10, 20)
    assert _entries(later, "plan-2024/assignment/乙局") == before


def test_what_changed_while_it_was_away_comes_back_with_it(workplace: Workplace) -> None:
    reassign(workplace, SUMMARY, TO_B, occasion("2024-03-01"))
    new = office(plan(matrix(obligations=(report(on="2024-10-30", title="年度总结"),))))
    later = edited(workplace, new)
    apply(later, new.plans.values(), occasion("2024-03-04"))
    until = date(2024, 11, 8)
    asking = Saying(EntryKind.EXTENSION_REQUESTED, "数据未齐", until)
    enter(later, TAKEN, asking, occasion("2024-10-08"))
    enter(later, TAKEN, Saying(EntryKind.EXTENSION_GRANTED), occasion("2024-10-09"))
    reassign(later, TAKEN, Route("甲局", "退回原单位"), occasion("2024-10-10"))
    before = state(later)
    assert (items(later)[SUMMARY].title, items(later)[SUMMARY].due_on) == ("年度总结", until)
    apply(later, new.plans.values(), occasion("2024-10-11"))
    assert state(later) == before


def test_with_its_assignment_a_unit_hands_over_all_that_is_open(workplace: Workplace) -> None:
    moved = reassign(workplace, ASSIGNMENT, TO_B, occasion("2024-03-01"))
    assert {entered.obligation for entered in moved} == {
        ASSIGNMENT,
        SUMMARY,
        "plan-2024/duty/1/甲局",
    }
    found = items(workplace)
    assert all(found[key].stage == Stage.REASSIGNED for key in (ASSIGNMENT, SUMMARY))
    assert found[TAKEN].stage == Stage.ASSIGNED
    assert ("assigned", "甲局的同一事项并入") in _entries(workplace, "plan-2024/duty/1/乙局")


def test_a_unit_new_to_the_plan_is_given_an_assignment(tmp_path: Path) -> None:
    three = office(plan(matrix(duties=(duty(units=("甲局",)),)), units=("甲局", "丙局")))
    with ledger_at(f"sqlite:///{tmp_path}/ledger.db", three) as found:
        apply(found, found.office.plans.values(), occasion("2024-01-02"))
        reassign(found, SUMMARY, Route("丙局", "职责已调整"), occasion("2024-03-01"))
        plan_daily(found, date(2024, 3, 1))
        told = [row for row in said(found) if row.recipient == address("丙局", "liaison")]
        assert [(row.obligation, row.reason) for row in told] == [
            ("plan-2024/assignment/丙局", "first-assigned")
        ]
        before = state(found)
        apply(found, found.office.plans.values(), occasion("2024-03-04"))
        assert state(found) == before


def test_a_unit_that_has_passed_all_of_it_on_is_asked_for_no_receipt(workplace: Workplace) -> None:
    reassign(workplace, SUMMARY, Route("丙局", "职责已调整"), occasion("2024-03-01"))
    moved = reassign(workplace, "plan-2024/summary/丙局", TO_B, occasion("2024-03-04"))
    assert [entered.obligation for entered in moved] == [
        "plan-2024/summary/丙局",
        "plan-2024/assignment/丙局",
    ]
    found = items(workplace)
    assert found["plan-2024/assignment/丙局"].stage == Stage.REASSIGNED
    assert found[ASSIGNMENT].stage == Stage.ASSIGNED
    before = state(workplace)
    apply(workplace, workplace.office.plans.values(), occasion("2024-03-05"))
    assert state(workplace) == before


def test_what_cannot_be_rerouted_is_refused_and_nothing_is_written(workplace: Workplace) -> None:
    when = occasion("2024-03-01")
    before = state(workplace)
    with pytest.raises(UnknownUnit, match="没有的局"):
        reassign(workplace, SUMMARY, Route("没有的局", "误"), when)
    with pytest.raises(WrongUsage, match="already"):
        reassign(workplace, SUMMARY, Route("甲局", "误"), when)
    with pytest.raises(UnknownObligation):
        reassign(workplace, "plan-2024/nothing/甲局", TO_B, when)
    with pytest.raises(StageConflict, match="reason"):
        reassign(workplace, SUMMARY, Route("乙局", " "), when)
    assert state(workplace) == before
