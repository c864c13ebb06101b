"""What a run reads and writes: what is due, in chunks; each rung once; one open mail."""

import threading
from datetime import date, timedelta

from duban.planner.reminders import notice_of
from duban.service.workplace import Workplace
from duban.store import ledger, mapping, planning
from duban.store.database import reading, writing
from duban.store.tables import OUTBOX
from models.entry import EntryKind
from tests import builders
from tests.unit.store.applied import DAY

SUMMARY = "plan-2024/summary/甲局"
REMINDER = date(2024, 9, 18)


def _due(workplace: Workplace, as_of: date) -> list[str]:
    with writing(workplace.engine) as connection:
        rows = planning.due(connection, ["plan-2024"], as_of, 10)
        return [mapping.standing(row).id for row in rows]


def test_what_is_due_comes_in_chunks_each_item_once(applied: Workplace) -> None:
    everything = _due(applied, REMINDER)
    assert SUMMARY in everything
    found, after = [], None
    with writing(applied.engine) as connection:
        while rows := planning.due(connection, ["plan-2024"], REMINDER, 1, after):
            found += [row.id for row in rows]
            after = rows[-1]
    assert found == everything


def test_nothing_of_another_plan_or_a_later_day_is_due(applied: Workplace) -> None:
    assert _due(applied, DAY) == []
    with writing(applied.engine) as connection:
        assert planning.due(connection, ["other"], REMINDER, 10) == []


def test_rearming_stores_the_days_and_the_rules_they_belong_to(applied: Workplace) -> None:
    with writing(applied.engine) as connection:
        planning.rearm(connection, "plan-2024", {SUMMARY: DAY}, "new rules")
        assert planning.rules(connection) == {"plan-2024": "new rules"}
        assert len(planning.open_items(connection, "plan-2024")) == 5
        assert planning.count_open(connection) == 5
    assert _due(applied, DAY) == [SUMMARY]


def test_a_notice_is_kept_once_and_shares_its_recipients_open_mail(applied: Workplace) -> None:
    before = len(builders.said(applied))
    item = mapping.standing(builders.items(applied)[SUMMARY])
    steps = applied.ladders["plan-2024"].steps(item.kind, DAY, item.due_on)
    roster = applied.rosters["plan-2024"]
    notices = [notice_of(item, step, roster, REMINDER) for step in steps[:2]]
    for _ in range(2):
        with writing(applied.engine) as connection:
            planning.queue(connection, notices, REMINDER)
    assert len(builders.said(applied)) == before + 2
    with reading(applied.engine) as connection:
        mails = connection.execute(OUTBOX.select()).all()
    assert sorted((mail.state, mail.on) for mail in mails) == [
        ("pending", DAY),
        ("pending", REMINDER),
    ]


def test_an_acknowledgement_is_of_the_units_assignment(applied: Workplace) -> None:
    with reading(applied.engine) as connection:
        assert planning.assignment_of(connection, SUMMARY) == "plan-2024/assignment/甲局"
        assert planning.assignment_of(connection, "no such thing") is None


def test_an_item_that_is_held_may_still_be_written_about(applied: Workplace) -> None:
    """A sender that queues a notice about it, on another connection, does not wait."""
    when = ledger.Occasion(DAY, builders.instant(DAY), "某人")

    def write() -> None:
        with writing(applied.engine) as connection:
            ledger.append(connection, [(SUMMARY, EntryKind.REPORTED, "", {})], when)

    writer = threading.Thread(target=write)
    with writing(applied.engine) as connection:
        assert planning.item(connection, SUMMARY)
        writer.start()
        writer.join(timeout=2)
        is_held_up = writer.is_alive()
    writer.join()
    assert is_held_up == (applied.engine.dialect.name == "sqlite")


def test_a_preview_of_a_day_holds_nothing(applied: Workplace) -> None:
    with reading(applied.engine) as connection:
        rows = planning.due(connection, ["plan-2024"], REMINDER, 10, is_locked=False)
        assert rows
        with writing(applied.engine) as other:
            ledger.hand_over(other, SUMMARY, DAY + timedelta(days=1), DAY)
