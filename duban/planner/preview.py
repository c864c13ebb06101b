"""A year of notices before anything is sent: what would go out if nobody answered."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from duban.planner.ladder import Ladders
from duban.planner.obligations import obligations
from duban.planner.reminders import due_now
from models.notice import Notice
from models.obligation import Obligation, Stage, Standing
from models.office import Plan


class Foreseen(NamedTuple):
    """A notice to come, its rows, and whether its day lies in a year without a calendar."""

    notice: Notice
    duties: tuple[str, ...]
    is_provisional: bool


def standing_of(item: Obligation, applied_on: date) -> Standing:
    """An obligation as it stands on the day it is first applied."""
    return Standing(
        id=item.id,
        plan=item.plan,
        unit=item.unit,
        kind=item.kind,
        stage=Stage.ASSIGNED,
        due_on=item.due_on,
        revision=1,
        armed_on=applied_on,
        said_through=None,
    )


def preview(
    plan: Plan, ladders: Ladders, first: date, last: date, applied_on: date | None = None
) -> list[Foreseen]:
    """Every notice from one day to another, both included, in order of day.

    Assumes application on the issue date (a draft: the first day of its period) unless told
    otherwise, that nobody answers, and that a run takes place on every workday: each notice is
    the one that :func:`due_now` would give on its day.
    """
    applied = applied_on or plan.matrix.starts_on
    found = [
        Foreseen(notice, item.duties, ladders.calendar.is_provisional(notice.on))
        for item in obligations(plan)
        for notice in _notices(standing_of(item, applied), plan, ladders, last)
        if notice.on >= first
    ]
    return sorted(found, key=lambda entry: entry.notice.on)


def _notices(item: Standing, plan: Plan, ladders: Ladders, last: date) -> Iterator[Notice]:
    day: date | None = ladders.calendar.on_or_after(item.armed_on)
    while day is not None and day <= last:
        outcome = due_now(item, plan.reach, ladders, day)
        if outcome.notice:
            yield outcome.notice
        item = item._replace(said_through=day)
        day = outcome.next_on
