"""One day's planning: what is due, what is said about it, written in chunks."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple, cast

from duban.planner.reminders import Outcome, next_on, plan_day
from duban.service.lease import holding
from duban.service.suspensions import resume_due
from duban.service.workplace import Workplace
from duban.store import mapping, planning
from duban.store.database import Connection, Record, reading, writing
from models.notice import Notice, Silence

CHUNK = 2000
"""Items planned in one transaction: memory stays bounded, a kill loses at most one chunk."""


class Said(NamedTuple):
    """What a piece of planning came to: items looked at, notices queued, and what stays silent."""

    due: int
    notices: int
    silences: tuple[Silence, ...]
    failures: tuple[tuple[str, str], ...]

    def __add__(self, other: object) -> "Said":
        """Two pieces together."""
        if not isinstance(other, Said):
            return NotImplemented
        return Said(
            self.due + other.due,
            self.notices + other.notices,
            self.silences + other.silences,
            self.failures + other.failures,
        )


NOTHING = Said(0, 0, (), ())


def plan_daily(
    workplace: Workplace, as_of: date, progress: Callable[[int], None] = lambda _done: None
) -> Said:
    """Queue everything that should have been said by this day and has not been.

    Safe to repeat and to kill: each chunk is one transaction, and what was said is never said
    again. On a rest day nothing is queued; the next workday says the latest of it. ``progress``
    is told how many items are done.

    Raises:
        UnknownYear: the day's year has no published workdays.
        AlreadyRunning: another living process is planning.
    """
    workplace.require_published_year(as_of)
    with holding(workplace.engine, "daily", alone=True):
        refresh(workplace)
        resume_due(workplace, as_of)
        if not workplace.calendar.is_workday(as_of):
            return NOTHING
        said, after = NOTHING, None
        while True:
            with writing(workplace.engine, turn=planning.TURN) as connection:
                items = planning.due(connection, workplace.office.plans, as_of, CHUNK, after)
                if not items:
                    return said
                said += _say(connection, workplace, items, as_of)
            after = items[-1]
            progress(said.due)


def foresee(workplace: Workplace, as_of: date) -> tuple[list[Notice], Said]:
    """What a run on this day would queue; nothing is written.

    Raises:
        UnknownYear: the day's year has no published workdays.
    """
    workplace.require_published_year(as_of)
    if not workplace.calendar.is_workday(as_of):
        return [], NOTHING
    with reading(workplace.engine) as connection:
        changed = _plans_with_new_rules(connection, workplace)
        others = [plan for plan in workplace.office.plans if plan not in changed]
        items = list(_all_due(connection, others, as_of, is_locked=False))
        for plan in changed:
            rows = planning.open_items(connection, plan, is_locked=False)
            items += [row for row in rows if (_next_look(workplace, row) or date.max) <= as_of]
    outcomes, failures = _outcomes(workplace, items, as_of)
    notices = [outcome.notice for outcome in outcomes if outcome.notice]
    return notices, _said(items, outcomes, len(notices), failures)


def say(connection: Connection, workplace: Workplace, plans: Iterable[str], as_of: date) -> Said:
    """Queue, inside a transaction of the caller, what holds now about these plans.

    Nothing on a rest day or on a day without a published calendar.
    """
    calendar = workplace.calendar
    if calendar.is_provisional(as_of) or not calendar.is_workday(as_of):
        return NOTHING
    items = list(_all_due(connection, plans, as_of, is_locked=True))
    return _say(connection, workplace, items, as_of)


def refresh(workplace: Workplace) -> list[str]:
    """Recompute ``next_on`` of each plan whose calendar or policy differs from the last time.

    What has been said already stays said: only days after it are looked at. Returns the plans.
    An item that cannot be planned is left for the next run to look at and to name.
    """
    with reading(workplace.engine) as connection:
        changed = _plans_with_new_rules(connection, workplace)
    for plan in changed:
        with writing(workplace.engine, turn=planning.TURN) as connection:
            items = planning.open_items(connection, plan)
            dates = {item.id: _next_look(workplace, item) for item in items}
            planning.rearm(connection, plan, dates, workplace.rules_mark(plan))
    return changed


def _plans_with_new_rules(connection: Connection, workplace: Workplace) -> list[str]:
    return [
        plan
        for plan, mark in planning.rules(connection).items()
        if plan in workplace.office.plans and mark != workplace.rules_mark(plan)
    ]


def _next_look(workplace: Workplace, row: Record) -> date | None:
    try:
        return next_on(mapping.standing(row), workplace.ladders[row.plan_id])
    except Exception:  # a poison item must not stop the whole day's run
        return cast(date, row.armed_on)


def _all_due(
    connection: Connection, plans: Iterable[str], as_of: date, *, is_locked: bool
) -> Iterator[Record]:
    after, wanted = None, list(plans)
    while items := planning.due(connection, wanted, as_of, CHUNK, after, is_locked=is_locked):
        yield from items
        after = items[-1]


def _say(connection: Connection, workplace: Workplace, items: list[Record], as_of: date) -> Said:
    outcomes, failures = _outcomes(workplace, items, as_of)
    notices = planning.record(connection, outcomes, as_of)
    return _said(items, outcomes, notices, failures)


def _said(
    items: list[Record],
    outcomes: list[Outcome],
    notices: int,
    failures: list[tuple[str, str]],
) -> Said:
    silences = tuple(silence for outcome in outcomes for silence in outcome.silences)
    return Said(len(items), notices, silences, tuple(failures))


def _outcomes(
    workplace: Workplace, items: list[Record], as_of: date
) -> tuple[list[Outcome], list[tuple[str, str]]]:
    """The planner's word on each item; one that it cannot plan is named, and the rest goes on."""
    rosters, ladders = workplace.rosters, workplace.ladders
    try:
        return plan_day(map(mapping.standing, items), rosters, ladders, as_of), []
    except Exception:  # a poison item must not stop the whole day's run
        outcomes: list[Outcome] = []
        failures: list[tuple[str, str]] = []
        for item in items:
            try:
                outcomes += plan_day([mapping.standing(item)], rosters, ladders, as_of)
            except Exception as error:
                failures.append((item.id, f"{type(error).__name__}: {error}"))
        return outcomes, failures
