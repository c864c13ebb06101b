"""The ledger: changes carried in, entries appended."""

from collections.abc import Iterable
from datetime import date

from duban.planner.changes import changes
from duban.planner.obligations import obligations
from duban.service.workplace import Workplace
from duban.store import ledger, ledger_records
from duban.store.database import reading, writing
from models.matrix import ObligationSpec
from models.obligation import Stage
from tests import builders
from tests.unit.store.applied import DAY

SUMMARY = "plan-2024/summary/甲局"
LATER = date(2024, 3, 1)
WHEN = ledger.Occasion(LATER, builders.instant(LATER), "另一人")


def _becomes(workplace: Workplace, reports: Iterable[ObligationSpec]) -> None:
    wanted = obligations(builders.plan(builders.matrix(obligations=tuple(reports))))
    with writing(workplace.engine) as connection:
        found = changes(wanted, ledger_records.kept(connection, "plan-2024"))
        ledger.write(connection, found, {SUMMARY: LATER}, WHEN)


def _kinds(workplace: Workplace) -> list[str]:
    with reading(workplace.engine) as connection:
        return [row.kind for row in ledger_records.entries(connection, SUMMARY)]


def test_a_new_due_date_is_a_new_revision_armed_on_its_day(applied: Workplace) -> None:
    _becomes(applied, [builders.report(on="2024-12-20")])
    row = builders.items(applied)[SUMMARY]
    assert (row.revision, row.armed_on, row.next_on, row.said_through) == (2, LATER, LATER, None)
    with reading(applied.engine) as connection:
        entry = ledger_records.entries(connection, SUMMARY)[-1]
    assert (entry.kind, entry.by, entry.on) == ("revised", "另一人", LATER)
    assert entry.detail == '{"due_on": ["2024-10-20", "2024-12-20"]}'


def test_a_new_title_keeps_revision_and_ladder(applied: Workplace) -> None:
    before = builders.items(applied)[SUMMARY]
    _becomes(applied, [builders.report(title="终期总结")])
    row = builders.items(applied)[SUMMARY]
    assert row.title == "终期总结"
    assert (row.revision, row.next_on) == (before.revision, before.next_on)
    assert _kinds(applied) == ["assigned", "revised"]


def test_what_is_withdrawn_stays_in_the_ledger_and_can_come_back(applied: Workplace) -> None:
    _becomes(applied, [])
    row = builders.items(applied)[SUMMARY]
    assert (row.stage, row.next_on) == (Stage.WITHDRAWN, None)
    _becomes(applied, [builders.report()])
    assert builders.items(applied)[SUMMARY].stage == Stage.ASSIGNED
    assert _kinds(applied) == ["assigned", "withdrawn", "revised"]


def test_a_plan_keeps_the_day_on_which_it_was_first_applied(applied: Workplace) -> None:
    with writing(applied.engine) as connection:
        ledger.put_plan(connection, builders.matrix(title="新名称"), ("a", "b"), WHEN)
        [row] = ledger_records.plans(connection)
    assert (row.title, row.applied_on, row.applied_by) == ("新名称", DAY, "另一人")
