"""What a report is collated from, as both databases give it."""

from datetime import date

from duban.service.workplace import Workplace
from duban.store import collation, ledger
from duban.store.database import reading, writing
from models.answer import Figure, Passage
from models.collation import Told
from models.entry import EntryKind, Via
from models.notice import Silence
from models.obligation import Stage
from tests import builders
from tests.unit.store.applied import DAY

SUMMARY = "plan-2024/summary/甲局"
FAR = date(2024, 12, 31)


def _append(workplace: Workplace, key: str, day: str, **detail: object) -> int:
    entry = (key, EntryKind.REPORTED, "文字", detail)
    with writing(workplace.engine) as connection:
        return ledger.append_one(connection, entry, builders.occasion(day), Via.PAGE, None)


def test_a_reports_copies_come_with_their_rows(applied: Workplace) -> None:
    with reading(applied.engine) as connection:
        [one] = collation.reporters(connection, "plan-2024", "summary")
        assert collation.reporters(connection, "plan-2024", "summ") == []
        assert collation.reporters(connection, "plan_2024", "summary") == []
    assert one == (SUMMARY, "甲局", Stage.ASSIGNED, 1, DAY, date(2024, 10, 20), ("1",))


def test_entries_of_the_report_count_always_those_on_rows_in_its_span(applied: Workplace) -> None:
    figures = [{"metric": "人数", "value": 3}]
    first = _append(applied, SUMMARY, "2024-01-03", passages=[
        {"number": "1", "text": "甲一", "figures": figures},
    ])  # fmt: skip
    _append(applied, "plan-2024/duty/1/乙局", "2024-05-31")
    on_row = _append(applied, "plan-2024/duty/1/乙局", "2024-06-03", nil=True)
    _append(applied, SUMMARY, "2024-10-16")
    with reading(applied.engine) as connection:
        found = collation.written(
            connection, "plan-2024", "summary", date(2024, 6, 1), date(2024, 10, 15)
        )
    assert [(one.id, one.duty, one.is_nil, one.via) for one in found] == [
        (first, None, False, Via.PAGE), (on_row, "1", True, Via.PAGE),
    ]  # fmt: skip
    assert found[0].passages == (Passage("1", "甲一", (Figure("人数", "3"),)),)


def test_other_entries_and_other_reports_are_left_alone(applied: Workplace) -> None:
    with writing(applied.engine) as connection:
        said = [(SUMMARY, EntryKind.REVISED, "", {"title": ["a", "b"]})]
        ledger.append(connection, said, builders.occasion("2024-06-03"))
    with reading(applied.engine) as connection:
        assert collation.written(connection, "plan-2024", "summary", DAY, FAR) == []
        assert collation.written(connection, "plan-2024", "other", DAY, FAR) == []


def test_what_was_dealt_with_is_remembered_by_plan(applied: Workplace) -> None:
    silence = Silence(SUMMARY, 1, "inner-office", DAY, "reported")
    for _ in range(2):
        with writing(applied.engine) as connection:
            collation.put_silences(connection, [silence])
    with reading(applied.engine) as connection:
        assert collation.told(connection, ["plan-2024", "other"]) == {
            "plan-2024": [Told(SUMMARY, "inner-office", 1, DAY)]
        }
        assert collation.told(connection, ["other"]) == {}
