"""What waits for the office, as each database tells it."""

from datetime import date

import pytest

from duban.service.entries import Saying, enter
from duban.service.workplace import Workplace
from duban.store import desk
from duban.store.database import reading
from models.entry import EntryKind
from tests.builders import occasion

SUMMARY, DUTY = "plan-2024/summary/甲局", "plan-2024/duty/1/甲局"
OTHER = "plan-2024/duty/1/乙局"
E = EntryKind


def _say(workplace: Workplace, key: str, kind: EntryKind, until: date | None = None) -> None:
    enter(workplace, key, Saying(kind, "话", until), occasion("2024-01-03", "甲局联络员"))


def _waiting(workplace: Workplace, kind: EntryKind) -> list[str]:
    with reading(workplace.engine) as connection:
        rows = desk.items(connection, kind, 50, 0)
        assert desk.count_items(connection, kind) == len(rows)
        return [row.id for row in rows]


def test_items_wait_since_the_entry_that_brought_them_there(applied: Workplace) -> None:
    for key in (SUMMARY, OTHER, DUTY):
        _say(applied, key, E.COMPLETED)
    _say(applied, SUMMARY, E.RETURNED)
    _say(applied, SUMMARY, E.COMPLETED)
    assert _waiting(applied, E.COMPLETED) == [OTHER, DUTY, SUMMARY]
    with reading(applied.engine) as connection:
        (row,) = desk.items(connection, E.COMPLETED, 1, 2)
    assert (row.said, row.said_by, row.plan_title) == ("话", "甲局联络员", "某方案")
    _say(applied, DUTY, E.ACCEPTED)
    assert _waiting(applied, E.ACCEPTED) == [DUTY]


def test_requests_wait_until_they_are_decided(applied: Workplace) -> None:
    _say(applied, SUMMARY, E.EXTENSION_REQUESTED, date(2024, 11, 1))
    _say(applied, DUTY, E.DECLINED)
    assert _waiting(applied, E.EXTENSION_REQUESTED) == [SUMMARY]
    assert _waiting(applied, E.DECLINED) == [DUTY]
    _say(applied, SUMMARY, E.EXTENSION_GRANTED)
    _say(applied, DUTY, E.DECLINE_REFUSED)
    assert _waiting(applied, E.EXTENSION_REQUESTED) == []
    assert _waiting(applied, E.DECLINED) == []


@pytest.mark.parametrize("kind", [E.COMPLETED, E.ACCEPTED, E.DECLINED, E.EXTENSION_REQUESTED])
def test_nothing_waits_at_first(applied: Workplace, kind: EntryKind) -> None:
    assert _waiting(applied, kind) == []


def test_units_with_open_items_and_the_items_themselves(applied: Workplace) -> None:
    with reading(applied.engine) as connection:
        assert [row.unit for row in desk.units(connection)] == ["乙局", "甲局"]
        pair = ("plan-2024", "乙局")
        found = [row.id for row in desk.items_of(connection, [SUMMARY, "nonsense"], [pair])]
        assert set(found) == {SUMMARY, OTHER, "plan-2024/assignment/乙局"}
        assert desk.items_of(connection, [], []) == []
