"""The preview of the five real plans, against what runs day by day really put into a ledger."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from duban.planner.preview import preview
from duban.service.apply import apply
from duban.service.daily import plan_daily
from duban.service.workplace import Workplace
from duban.store.ledger import Occasion
from models.matrix import Status
from models.office import Office
from tests.builders import instant, ledger_at, said, shipped, spoken

FIRST, LAST = date(2022, 1, 1), date(2026, 6, 30)
"""From the first day of the oldest plan until after the last chase of the longest."""

Told = tuple[str, str, date, str]
"""Obligation, rung, day, recipient."""


def _all_issued() -> Office:
    """The shipped office, and its draft as if it were issued on the first day of its period."""
    plans = {}
    for key, plan in shipped().plans.items():
        fields = {"status": Status.ISSUED, "issued_on": plan.matrix.starts_on}
        plans[key] = replace(plan, matrix=plan.matrix.model_copy(update=fields))
    return replace(shipped(), plans=plans)


def _foreseen(workplace: Workplace) -> Counter[Told]:
    return Counter(
        (seen.notice.obligation, seen.notice.step, seen.notice.on, to.address)
        for plan in workplace.office.plans.values()
        for seen in preview(plan, workplace.ladders[plan.id], FIRST, LAST)
        for to in seen.notice.recipients
    )


def _queued(workplace: Workplace) -> Counter[Told]:
    return Counter(
        (row.obligation, row.step, row.on, row.recipient) for row in said(workplace, spoken)
    )


def _live(workplace: Workplace, days: list[date]) -> None:
    """Apply each plan on its first day and run on every workday; nobody answers."""
    for day in days:
        starting = [p for p in workplace.office.plans.values() if p.matrix.starts_on == day]
        if starting:
            apply(workplace, starting, Occasion(day, instant(day), "某办"))
        if workplace.calendar.is_workday(day):
            plan_daily(workplace, day)


def test_what_is_foreseen_is_what_comes(tmp_path: Path) -> None:
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    with ledger_at(f"sqlite:///{tmp_path / 'years.db'}", _all_issued()) as workplace:
        _live(workplace, days)
        foreseen, queued = _foreseen(workplace), _queued(workplace)
        assert queued - foreseen == Counter()
        assert foreseen - queued == Counter()
        assert all(spoken(row) for row in said(workplace))  # nothing was missed or superseded
        assert max(told[2] for told in foreseen) < LAST
