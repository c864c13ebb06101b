"""The ledger: changes carried in, entries appended, the board read."""

from collections.abc import Iterable
from datetime import date

from duban.planner.changes import changes
from duban.planner.obligations import obligations
from duban.service.workplace import Workplace
from duban.store import ledger, mapping
from duban.store.database import reading, writing
from models.entry import EntryKind
from models.life import Settled
from models.matrix import ObligationSpec
from models.obligation import Stage
from tests import builders
from tests.unit.store.conftest import DAY

SUMMARY = "plan-2024/summary/甲局"
LATER = date(2024, 3, 1)
WHEN = ledger.Occasion(LATER, builders.instant(LATER), "另一人")


def _becomes(workplace: Workplace, reports: Iterable[ObligationSpec]) -> None:
    wanted = obligations(builders.plan(builders.matrix(obligations=tuple(reports))))
    with writing(workplace.engine) as connection:
        found = changes(wanted, ledger.kept(connection, "plan-2024"))
        ledger.write(connection, found, {SUMMARY: LATER}, WHEN)


def _kinds(workplace: Workplace) -> list[str]:
    with reading(workplace.engine) as connection:
        return [row.kind for row in ledger.entries(connection, SUMMARY)]


def test_a_new_due_date_is_a_new_revision_armed_on_its_day(applied: Workplace) -> None:
    _becomes(applied, [builders.report(on="2024-12-20")])
    row = builders.items(applied)[SUMMARY]
    assert (row.revision, row.armed_on, row.next_on, row.said_through) == (2, LATER, LATER, None)
    with reading(applied.engine) as connection:
        entry = ledger.entries(connection, SUMMARY)[-1]
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


def test_the_board_shows_each_item_with_its_assignment_and_last_entry(applied: Workplace) -> None:
    with writing(applied.engine) as connection:
        situation = mapping.situation(builders.items(applied)[SUMMARY])
        settled = Settled(situation._replace(stage=Stage.REPORTED), is_rearmed=False)
        ledger.settle(connection, SUMMARY, settled, None, DAY)
        ledger.append(connection, [(SUMMARY, EntryKind.REPORTED, "已过半", {})], WHEN)
        rows = {row.id: row for row in ledger.board(connection, "plan-2024", "甲局")}
        assert ledger.board(connection, "other-2024") == []
    row = rows[SUMMARY]
    assert (row.last_kind, row.last_text, row.last_by) == ("reported", "已过半", "另一人")
    assert (row.assignment_stage, row.assignment_armed_on) == ("assigned", DAY)
    assert {row.unit for row in rows.values()} == {"甲局"}


def test_a_plan_keeps_the_day_on_which_it_was_first_applied(applied: Workplace) -> None:
    with writing(applied.engine) as connection:
        ledger.put_plan(connection, builders.matrix(title="新名称"), ("a", "b"), WHEN)
        [row] = ledger.plans(connection)
    assert (row.title, row.applied_on, row.applied_by) == ("新名称", DAY, "另一人")


def test_notices_come_with_the_fate_of_their_mail(applied: Workplace) -> None:
    with reading(applied.engine) as connection:
        [row] = ledger.notices(connection, "plan-2024/assignment/甲局")
    assert (row.step, row.state, row.sent_at) == ("assignment", "pending", None)
