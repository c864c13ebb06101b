"""暂缓: silence until its end, the remaining term kept, however late the run that ends it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from duban.service.apply import apply
from duban.service.daily import plan_daily
from duban.service.entries import Saying, enter
from duban.service.reassign import Route, reassign
from duban.service.workplace import Workplace
from duban.store import ledger_records
from duban.store.database import reading
from models.entry import EntryKind
from models.obligation import Stage
from tests.builders import (
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

SUMMARY = "plan-2024/summary/甲局"
UNTIL = date(2024, 10, 28)


@pytest.fixture(params=["sqlite", "postgresql"])
def workplace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workplace]:
    """The report of 甲局, due on 2024-10-20, suspended from 10-08 until 10-28."""
    with ledger_at(ledger_url(request, tmp_path), office(plan())) as found:
        apply(found, found.office.plans.values(), occasion("2024-01-02"))
        plan_daily(found, date(2024, 9, 30))
        suspending = Saying(EntryKind.SUSPENDED, "上级政策未定", UNTIL)
        enter(found, SUMMARY, suspending, occasion("2024-10-08"))
        yield found


def _heard(workplace: Workplace, day: str) -> list[str]:
    before = len(said(workplace))
    plan_daily(workplace, date.fromisoformat(day))
    heard = [row for row in said(workplace)[before:] if row.obligation == SUMMARY and row.recipient]
    return list(dict.fromkeys(row.step.partition("-")[0] for row in heard))


def test_nothing_is_said_while_it_rests(workplace: Workplace) -> None:
    assert _heard(workplace, "2024-10-21") == []
    assert items(workplace)[SUMMARY].stage == Stage.SUSPENDED


@pytest.mark.parametrize("day", ["2024-10-28", "2024-10-31"])
def test_its_end_gives_back_the_term_that_was_left(workplace: Workplace, day: str) -> None:
    heard = _heard(workplace, day)
    item = items(workplace)[SUMMARY]
    assert (item.stage, item.due_on) == (Stage.ASSIGNED, date(2024, 11, 9))
    assert (item.stated_due_on, item.resumes_on) == (date(2024, 10, 20), None)
    with reading(workplace.engine) as connection:
        last = ledger_records.entries(connection, SUMMARY)[-1]
    assert (last.kind, last.on, last.by, last.via) == ("resumed", UNTIL, "督办系统", "system")
    assert heard[0] == "decision"


def test_a_second_run_changes_nothing_more(workplace: Workplace) -> None:
    plan_daily(workplace, UNTIL)
    before = state(workplace)
    plan_daily(workplace, UNTIL)
    assert state(workplace) == before


def test_the_office_may_end_it_sooner(workplace: Workplace) -> None:
    enter(workplace, SUMMARY, Saying(EntryKind.RESUMED), occasion("2024-10-14"))
    assert items(workplace)[SUMMARY].due_on == date(2024, 10, 26)
    assert _heard(workplace, "2024-10-28") == ["slip"]


def test_a_new_date_in_the_matrix_does_not_wake_it(workplace: Workplace) -> None:
    new = office(plan(matrix(obligations=(report(on="2024-11-08"),))))
    later = edited(workplace, new)
    apply(later, new.plans.values(), occasion("2024-10-14"))
    assert _heard(later, "2024-10-25") == []
    assert items(later)[SUMMARY].stage == Stage.SUSPENDED
    assert _heard(later, "2024-10-28")[0] == "decision"
    assert items(later)[SUMMARY].due_on == date(2024, 11, 22)  # 25 days left, as on 10-14


def test_a_request_that_waits_is_put_off_with_the_date_that_it_puts_off(
    workplace: Workplace,
) -> None:
    enter(workplace, SUMMARY, Saying(EntryKind.RESUMED), occasion("2024-10-09"))
    asking = Saying(EntryKind.EXTENSION_REQUESTED, "数据未齐", date(2024, 11, 4))
    enter(workplace, SUMMARY, asking, occasion("2024-10-09"))
    enter(workplace, SUMMARY, Saying(EntryKind.SUSPENDED, "再等", UNTIL), occasion("2024-10-09"))
    enter(workplace, SUMMARY, Saying(EntryKind.RESUMED), occasion("2024-10-19"))
    enter(workplace, SUMMARY, Saying(EntryKind.EXTENSION_GRANTED), occasion("2024-10-19"))
    assert items(workplace)[SUMMARY].due_on == date(2024, 11, 14)


def test_another_unit_gets_it_with_the_term_that_was_left(workplace: Workplace) -> None:
    reassign(workplace, SUMMARY, Route("乙局", "职责已调整"), occasion("2024-10-21"))
    assert items(workplace)["plan-2024/summary/乙局"].due_on == date(2024, 11, 2)


def test_what_was_dropped_while_it_rested_comes_back_as_new(workplace: Workplace) -> None:
    without = edited(workplace, office(plan(matrix(obligations=()))))
    apply(without, without.office.plans.values(), occasion("2024-10-14"))
    apply(workplace, workplace.office.plans.values(), occasion("2024-10-15"))
    item = items(workplace)[SUMMARY]
    assert (item.stage, item.suspended_on, item.resumes_on) == (Stage.ASSIGNED, None, None)
