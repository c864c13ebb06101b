"""Matrix to ledger on real databases: once, twice, edited, late, refused, and by two at once."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from duban.errors import DraftPlan, StalePlan
from duban.service.apply import Applied, apply, differences
from duban.service.daily import NOTHING, plan_daily
from duban.service.entries import Saying, enter
from duban.service.workplace import Workplace
from duban.store import ledger_records
from duban.store.database import reading
from models.entry import EntryKind
from models.obligation import Stage
from tests.builders import (
    Said,
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
    spoken,
    state,
)

ASSIGNMENT, SUMMARY = "plan-2024/assignment/甲局", "plan-2024/summary/甲局"
ISSUED = "2024-01-02"
ROOT = Path(__file__).parents[3]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return ledger_url(request, tmp_path)


@pytest.fixture
def workplace(url: str) -> Iterator[Workplace]:
    """A plan of two units and one report of 甲局, due on Sunday 2024-10-20; an empty ledger."""
    with ledger_at(url, office(plan())) as found:
        yield found


def _apply(workplace: Workplace, day: str = ISSUED) -> Applied:
    (applied,) = apply(workplace, workplace.office.plans.values(), occasion(day))
    return applied


def _edit(workplace: Workplace, **fields: Any) -> Workplace:
    return edited(workplace, office(plan(matrix(**fields))))


def _run(workplace: Workplace, day: str) -> list[Said]:
    before = len(said(workplace))
    plan_daily(workplace, date.fromisoformat(day))
    return said(workplace)[before:]


def _entries(workplace: Workplace, key: str) -> list[tuple[str, str, str]]:
    with reading(workplace.engine) as connection:
        return [(row.kind, row.by, row.text) for row in ledger_records.entries(connection, key)]


def _detail(workplace: Workplace, key: str) -> Any:
    with reading(workplace.engine) as connection:
        detail = ledger_records.entries(connection, key)[-1].detail
    return json.loads(detail) if detail else None


def _enter(workplace: Workplace, key: str, *kinds: EntryKind, day: str = "2024-01-03") -> None:
    for kind in kinds:
        enter(workplace, key, Saying(kind), occasion(day, "甲局"))


def test_applying_fills_the_ledger_and_queues_the_assignments(workplace: Workplace) -> None:
    assert _apply(workplace) == Applied(
        "plan-2024", 5, 0, 0, notices=2, provisional=[], renumbered={}
    )
    assert set(items(workplace)) == {
        "plan-2024/assignment/甲局",
        "plan-2024/assignment/乙局",
        "plan-2024/duty/1/甲局",
        "plan-2024/duty/1/乙局",
        SUMMARY,
    }
    told = [(row.obligation, row.step, row.recipient, str(row.on)) for row in said(workplace)]
    assert sorted(told) == sorted(
        (f"plan-2024/assignment/{unit}", "assignment", address(unit, "liaison"), ISSUED)
        for unit in ("甲局", "乙局")
    )
    assert _entries(workplace, SUMMARY) == [("assigned", "督办专班", "")]


def test_applied_twice_it_changes_nothing(workplace: Workplace) -> None:
    _apply(workplace)
    before = state(workplace)
    for day in (ISSUED, "2024-10-21"):  # on the second a slip is due: that is for the run to say
        assert _apply(workplace, day) == Applied("plan-2024", 0, 0, 0, 0, [], {})
    assert state(workplace) == before
    assert differences(workplace, workplace.office.plans.values())[0].changes == []


def test_the_day_of_the_first_application_is_kept(workplace: Workplace) -> None:
    _apply(workplace)
    _apply(_edit(workplace, title="新题"), "2024-03-01")
    with reading(workplace.engine) as connection:
        (row,) = ledger_records.plans(connection)
    assert (row.title, str(row.applied_on)) == ("新题", ISSUED)


def test_a_changed_due_date_is_a_new_revision_with_its_history(workplace: Workplace) -> None:
    _apply(workplace)
    _run(workplace, "2024-10-15")
    changed = _edit(workplace, obligations=(report(on="2024-11-20"),))
    assert _apply(changed, "2024-10-16")[1:4] == (0, 1, 0)
    row = items(workplace)[SUMMARY]
    assert (str(row.due_on), row.revision, str(row.armed_on)) == ("2024-11-20", 2, "2024-10-16")
    assert _detail(workplace, SUMMARY) == {"due_on": ["2024-10-20", "2024-11-20"]}
    assert [kind for kind, *_ in _entries(workplace, SUMMARY)] == ["assigned", "revised"]


def test_a_new_due_date_arms_the_ladder_again_and_ends_the_old_one(workplace: Workplace) -> None:
    _apply(workplace)
    _run(workplace, "2024-10-15")
    changed = _edit(workplace, obligations=(report(on="2024-11-20"),))
    _apply(changed, "2024-10-16")
    days = ("2024-10-17", "2024-10-18", "2024-10-21", "2024-11-06", "2024-11-15")
    heard = [row for day in days for row in _run(changed, day) if row.obligation == SUMMARY]
    assert [(str(row.on), row.revision, row.step) for row in heard if spoken(row)] == [
        ("2024-10-21", 2, "reminder-30d"),
        ("2024-11-06", 2, "reminder-10w"),
        *[("2024-11-15", 2, "reminder-3w")] * 2,
    ]


def test_a_due_date_moved_into_the_past_is_overdue_at_once(workplace: Workplace) -> None:
    _apply(workplace)
    _run(workplace, "2024-10-15")
    _apply(_edit(workplace, obligations=(report(on="2024-10-11"),)), "2024-10-15")
    mine = said(workplace, lambda row: row.obligation == SUMMARY and row.revision == 2)
    assert {row.step for row in mine if spoken(row)} == {"slip-blue"}
    assert len([row for row in mine if not spoken(row)]) == 5


def test_a_changed_title_is_recorded_and_says_nothing_twice(workplace: Workplace) -> None:
    _apply(workplace)
    _run(workplace, "2024-10-15")
    changed = _edit(workplace, obligations=(report(title="总结报告"),))
    assert _apply(changed, "2024-10-16").changed == 1
    row = items(workplace)[SUMMARY]
    assert (row.title, row.revision, str(row.said_through)) == ("总结报告", 1, "2024-10-15")
    assert _detail(workplace, SUMMARY) == {"title": ["工作总结", "总结报告"]}
    assert [row for row in _run(changed, "2024-10-16") if row.obligation == SUMMARY] == []


def test_a_removed_row_is_withdrawn_not_deleted_and_falls_silent(workplace: Workplace) -> None:
    _apply(workplace)
    changed = _edit(workplace, obligations=())
    assert _apply(changed, "2024-02-01").withdrawn == 1
    row = items(workplace)[SUMMARY]
    assert (row.stage, row.next_on) == (Stage.WITHDRAWN, None)
    assert [kind for kind, *_ in _entries(workplace, SUMMARY)] == ["assigned", "withdrawn"]
    assert [row for row in _run(changed, "2024-10-21") if row.obligation == SUMMARY] == []
    assert _apply(changed, "2024-10-22")[1:4] == (0, 0, 0)


def test_a_row_that_comes_back_is_owed_again_from_the_start(workplace: Workplace) -> None:
    _apply(workplace)
    _run(workplace, "2024-10-15")
    _apply(_edit(workplace, obligations=()), "2024-10-16")
    assert _apply(workplace, "2024-10-17").changed == 1
    row = items(workplace)[SUMMARY]
    assert (row.stage, row.revision) == (Stage.ASSIGNED, 2)
    assert _detail(workplace, SUMMARY) == {"stage": ["withdrawn", "assigned"]}
    spoke = {
        (row.revision, row.step) for row in said(workplace, spoken) if row.obligation == SUMMARY
    }
    assert spoke == {(1, "reminder-3w"), (2, "reminder-1w")}


def test_a_whole_unit_that_leaves_and_returns_is_assigned_anew(workplace: Workplace) -> None:
    _apply(workplace)
    _enter(workplace, "plan-2024/assignment/乙局", EntryKind.ACKNOWLEDGED)
    _apply(_edit(workplace, duties=(duty(units=("甲局",)),)), "2024-02-01")
    assert items(workplace)["plan-2024/assignment/乙局"].stage == Stage.WITHDRAWN
    _apply(workplace, "2024-03-01")
    row = items(workplace)["plan-2024/assignment/乙局"]
    assert (row.stage, row.revision) == (Stage.ASSIGNED, 2)
    last = said(workplace, lambda row: row.obligation.endswith("/assignment/乙局"))[-1]
    assert (last.step, last.reason, str(last.on)) == ("assignment", "revised", "2024-03-01")


def test_a_unit_whose_rows_change_is_asked_to_acknowledge_again(workplace: Workplace) -> None:
    _apply(workplace)
    for unit in ("甲局", "乙局"):
        _enter(workplace, f"plan-2024/assignment/{unit}", EntryKind.ACKNOWLEDGED)
    more = _edit(workplace, duties=(duty("1"), duty("2", units=("乙局",))))
    _apply(more, "2024-03-01")
    found = items(workplace)
    assert found["plan-2024/assignment/甲局"].stage == Stage.ACKNOWLEDGED
    again = found["plan-2024/assignment/乙局"]
    assert (again.stage, again.revision, json.loads(again.duties)) == ("assigned", 2, ["1", "2"])
    assert _entries(workplace, again.id)[-1] == ("revised", "督办专班", "新增1项")
    told = [row for row in said(more, spoken) if str(row.on) == "2024-03-01"]
    assert [(row.obligation, row.reason) for row in told] == [(again.id, "revised")]


def test_an_answered_obligation_stays_answered_when_its_date_moves(workplace: Workplace) -> None:
    _apply(workplace)
    _enter(workplace, SUMMARY, EntryKind.COMPLETED)
    changed = _edit(workplace, obligations=(report(on="2024-06-20"),))
    _apply(changed, "2024-06-21")
    assert [row for row in _run(changed, "2024-06-24") if row.obligation == SUMMARY] == []
    assert items(workplace)[SUMMARY].stage == Stage.COMPLETED


def test_a_late_application_says_only_what_holds_now_and_records_the_rest(
    workplace: Workplace,
) -> None:
    assert _apply(workplace, "2024-10-25").notices == 3
    mine = said(workplace, lambda row: row.obligation == SUMMARY)
    assert {row.step for row in mine if spoken(row)} == {"slip-orange"}
    assert [(row.step, row.reason) for row in mine if not spoken(row)] == [
        (step, "superseded by slip-orange")
        for step in (
            *("reminder-30d", "reminder-10w", "reminder-3w", "reminder-1w", "reminder-0"),
            "slip-blue",
        )
    ]
    assert {str(row.on) for row in mine if spoken(row)} == {"2024-10-25"}
    assert _run(workplace, "2024-10-25") == []


def test_applied_on_a_rest_day_nothing_is_queued_and_the_next_workday_says_it(
    workplace: Workplace,
) -> None:
    assert _apply(workplace, "2024-10-26").notices == 0  # a Saturday
    assert said(workplace) == []
    assert plan_daily(workplace, date(2024, 10, 27)) == NOTHING
    monday = {(row.obligation, row.step) for row in _run(workplace, "2024-10-28") if spoken(row)}
    assert monday == {
        ("plan-2024/assignment/甲局", "assignment"),
        ("plan-2024/assignment/乙局", "assignment"),
        (SUMMARY, "slip-orange"),
    }


def test_a_made_up_saturday_is_a_day_for_notices(workplace: Workplace) -> None:
    assert _apply(workplace, "2024-10-12").notices == 3


def test_in_a_year_without_published_workdays_nothing_is_queued(workplace: Workplace) -> None:
    assert _apply(workplace, "2027-03-01").notices == 0
    assert said(workplace) == []


def test_due_dates_in_such_a_year_are_pointed_out(workplace: Workplace) -> None:
    far = _edit(workplace, obligations=(report(on="2027-06-30"), report("near")))
    assert _apply(far).provisional == [date(2027, 6, 30)]


def test_a_draft_is_refused_and_takes_nothing_else_along(workplace: Workplace) -> None:
    draft = plan(matrix(id="draft-2024", status="draft"))
    both = edited(workplace, office(plan(), draft))
    with pytest.raises(DraftPlan, match="draft-2024 is a draft"):
        apply(both, both.office.plans.values(), occasion(ISSUED))
    assert items(workplace) == {}


def test_several_plans_are_applied_together_each_with_its_own_counts(workplace: Workplace) -> None:
    other = plan(matrix(id="other-2024", obligations=()))
    both = edited(workplace, office(plan(), other))
    found = apply(both, both.office.plans.values(), occasion(ISSUED))
    assert [(applied.plan, applied.added) for applied in found] == [
        ("plan-2024", 5),
        ("other-2024", 4),
    ]
    changed = edited(workplace, office(plan(), plan(matrix(id="other-2024", duties=(duty(),)))))
    assert [
        applied.added for applied in apply(changed, changed.office.plans.values(), occasion(ISSUED))
    ] == [0, 1]


def _saved(workplace: Workplace) -> dict[str, tuple[str, str]]:
    found = differences(workplace, workplace.office.plans.values())
    return {item.plan: (item.ledger_mark, item.matrix_mark) for item in found}


def _apply_saved(workplace: Workplace, saved: dict[str, tuple[str, str]]) -> None:
    apply(workplace, workplace.office.plans.values(), occasion("2024-01-05"), saved)


def test_a_saved_plan_is_applied_as_it_was_read(workplace: Workplace) -> None:
    _apply_saved(workplace, _saved(workplace))
    assert len(items(workplace)) == 5


def test_a_saved_plan_is_stale_once_the_ledger_has_moved(workplace: Workplace) -> None:
    _apply(workplace)
    changed = _edit(workplace, obligations=())
    saved = _saved(changed)
    _apply(_edit(workplace, title="新题"), "2024-01-04")
    before = state(workplace)
    with pytest.raises(StalePlan, match="the ledger of plan-2024 has changed"):
        _apply_saved(changed, saved)
    assert state(workplace) == before


def test_a_saved_plan_is_stale_once_the_matrix_has_been_edited(workplace: Workplace) -> None:
    _apply(workplace)
    saved = _saved(_edit(workplace, obligations=()))
    with pytest.raises(StalePlan, match="the matrix of plan-2024 has changed"):
        _apply_saved(_edit(workplace, title="新题"), saved)


def test_a_saved_plan_is_not_stale_because_a_unit_has_answered(workplace: Workplace) -> None:
    _apply(workplace)
    changed = _edit(workplace, title="新题")
    saved = _saved(changed)
    _enter(workplace, SUMMARY, EntryKind.REPORTED)
    _run(workplace, "2024-01-05")
    _apply_saved(changed, saved)
    assert items(workplace)[ASSIGNMENT].title == "新题"


APPLY = """
import sys
from datetime import date
from duban.errors import AlreadyRunning
from duban.service.apply import apply
from duban.service.workplace import Workplace
from duban.store.database import open_database
from duban.store.ledger import Occasion
from tests.builders import instant, office, plan

workplace = Workplace(office(plan()), open_database(sys.argv[1]))
day = date(2024, 1, 2)
print("ready", flush=True)
sys.stdin.readline()
try:
    apply(workplace, workplace.office.plans.values(), Occasion(day, instant(day), "office"))
    print("applied")
except AlreadyRunning:
    print("refused")
"""


def test_two_processes_at_once_leave_what_one_alone_would(workplace: Workplace, url: str) -> None:
    rivals = [
        subprocess.Popen(
            [sys.executable, "-c", APPLY, url],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for rival in rivals:
        assert rival.stdout is not None
        assert rival.stdout.readline() == "ready\n"
    for rival in rivals:
        assert rival.stdin is not None
        rival.stdin.write("go\n")
        rival.stdin.flush()
    told = [rival.communicate(timeout=60)[0].strip() for rival in rivals]
    assert [rival.returncode for rival in rivals] == [0, 0]
    assert "applied" in told
    assert set(told) <= {"applied", "refused"}
    assert [len(_entries(workplace, key)) for key in items(workplace)] == [1] * 5
    assert len(said(workplace)) == 2


def test_a_change_of_the_plans_head_alone_reaches_the_ledger(workplace: Workplace) -> None:
    """Every mail quotes the document's number from there."""
    _apply(workplace)
    _apply(_edit(workplace, document_number="某府办〔2024〕2号"), "2024-01-03")
    with reading(workplace.engine) as connection:
        (head,) = ledger_records.plans(connection)
    assert (head.document_number, head.applied_on.isoformat()) == ("某府办〔2024〕2号", ISSUED)
