"""What the ledger shows: the board, the notices and their mails."""

from datetime import date

from duban.service.workplace import Workplace
from duban.store import ledger, ledger_records, mapping
from duban.store.database import reading, writing
from models.entry import EntryKind
from models.life import Settled
from models.obligation import Stage
from tests import builders
from tests.unit.store.applied import DAY

SUMMARY = "plan-2024/summary/甲局"
LATER = date(2024, 3, 1)
WHEN = ledger.Occasion(LATER, builders.instant(LATER), "另一人")


def test_the_board_shows_each_item_with_its_assignment_and_last_entry(applied: Workplace) -> None:
    with writing(applied.engine) as connection:
        situation = mapping.situation(builders.items(applied)[SUMMARY])
        settled = Settled(situation._replace(stage=Stage.REPORTED), is_rearmed=False)
        ledger.settle(connection, SUMMARY, settled, None, DAY)
        ledger.append(connection, [(SUMMARY, EntryKind.REPORTED, "已过半", {})], WHEN)
        rows = {row.id: row for row in ledger_records.board(connection, "plan-2024", "甲局")}
        assert ledger_records.board(connection, "other-2024") == []
    row = rows[SUMMARY]
    assert (row.last_kind, row.last_text, row.last_by) == ("reported", "已过半", "另一人")
    assert (row.assignment_stage, row.assignment_armed_on) == ("assigned", DAY)
    assert {row.unit for row in rows.values()} == {"甲局"}


def test_notices_come_with_the_fate_of_their_mail(applied: Workplace) -> None:
    with reading(applied.engine) as connection:
        [row] = ledger_records.notices(connection, "plan-2024/assignment/甲局")
    assert (row.step, row.state, row.sent_at) == ("assignment", "pending", None)
