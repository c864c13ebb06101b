"""A policy edited while a plan runs: what was said stays said, the rest follows the new one."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from duban.service.apply import apply
from duban.service.daily import plan_daily
from duban.service.workplace import Workplace
from tests.builders import (
    Said,
    edited,
    ledger_at,
    ledger_url,
    matrix,
    occasion,
    office,
    plan,
    report,
    said,
    standard,
)

SUMMARY = "plan-2024/summary/甲局"


@pytest.fixture(params=["sqlite", "postgresql"])
def workplace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workplace]:
    """A report of 甲局, due on Sunday 2024-10-20, applied on 2024-01-02."""
    with ledger_at(ledger_url(request, tmp_path), office(plan())) as found:
        _apply(found, "2024-01-02")
        yield found


def _apply(workplace: Workplace, day: str) -> None:
    apply(workplace, workplace.office.plans.values(), occasion(day))


def _run(workplace: Workplace, day: str) -> list[Said]:
    before = len(said(workplace))
    plan_daily(workplace, date.fromisoformat(day))
    return said(workplace)[before:]


def _with_policy(workplace: Workplace, days: str, **fields: Any) -> Workplace:
    """The same plan after the first reminder was moved to so many days before T."""
    rungs = standard().model_dump()["due"]
    rungs[0]["at"] = f"T - {days} days"
    return edited(workplace, office(plan(matrix(**fields), policy=standard(due=rungs))))


def test_an_edited_policy_repeats_nothing_that_was_said(workplace: Workplace) -> None:
    _run(workplace, "2024-09-18")  # reminder-30d
    for days in ("25", "60", "10"):
        changed = _with_policy(workplace, days)
        for day in ("2024-09-19", "2024-09-23", "2024-09-24", "2024-09-29"):
            assert [row for row in _run(changed, day) if row.obligation == SUMMARY] == []


def test_an_edited_policy_holds_for_what_is_to_come(workplace: Workplace) -> None:
    early = _with_policy(workplace, "90")
    (row,) = [row for row in _run(early, "2024-07-19") if row.obligation == SUMMARY]
    assert (row.step, str(row.on)) == ("reminder-30d", "2024-07-19")


def test_a_policy_edited_together_with_the_plan_holds_for_unchanged_items_too(
    workplace: Workplace,
) -> None:
    early = _with_policy(workplace, "90", obligations=(report(), report("second")))
    _apply(early, "2024-03-01")
    told = {row.obligation for row in _run(early, "2024-07-19") if row.step == "reminder-30d"}
    assert told == {SUMMARY, "plan-2024/second/甲局"}


def test_standing_duties_follow_the_plans_last_day(workplace: Workplace) -> None:
    rung = {"name": "last-call", "kind": "reminder", "at": "T - 10 working days", "to": ["liaison"]}
    policy = standard(standing=[rung])
    shortened = matrix(period={"first": "2024-01-01", "last": "2024-11-29"})
    _run(edited(workplace, office(plan(policy=policy))), "2024-01-03")
    changed = edited(workplace, office(plan(shortened, policy=policy)))
    _apply(changed, "2024-01-04")
    assert "last-call" in {row.step for row in _run(changed, "2024-11-15")}
