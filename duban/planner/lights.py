"""亮灯: one light per item, worked out from stage, due date and calendar."""

from datetime import date

from duban.planner.ladder import Ladders
from models.obligation import ItemKind, Stage, StatusLight
from models.workdays import WorkCalendar


def is_overdue(due_on: date | None, calendar: WorkCalendar, as_of: date) -> bool:
    """Whether the first workday after the stated date has come."""
    return due_on is not None and as_of >= calendar.shift(due_on, 1)


def light(
    stage: Stage, due_on: date | None, acknowledge_from: date, ladders: Ladders, as_of: date
) -> StatusLight:
    """The light of an item on a day; ``due_on`` is the date that it is chased for.

    Grey: over, or suspended. Red: overdue and unanswered. Amber: from T minus the policy's
    ``amber`` on, or not acknowledged after the last chase of an assignment applied on
    ``acknowledge_from``. Green otherwise, answered items included.
    """
    if stage.is_over or stage is Stage.SUSPENDED:
        return StatusLight.GREY
    if stage.is_silent and stage is not Stage.DECLINED:  # declined, it is still nobody's
        return StatusLight.GREEN
    if is_overdue(due_on, ladders.calendar, as_of):
        return StatusLight.RED
    if due_on is not None and as_of >= amber_from(due_on, ladders):
        return StatusLight.AMBER
    if stage is Stage.ASSIGNED and _is_past_last_chase(acknowledge_from, ladders, as_of):
        return StatusLight.AMBER
    return StatusLight.GREEN


def amber_from(due_on: date, ladders: Ladders) -> date:
    """The first day on which an unanswered item shows amber: counted back from T."""
    calendar, length = ladders.calendar, ladders.policy.amber
    last_workday = calendar.on_or_before(due_on)
    if length.unit == "working days":
        return calendar.shift(last_workday, -length.count)
    return date.fromordinal(last_workday.toordinal() - length.count)


def _is_past_last_chase(applied_on: date, ladders: Ladders, as_of: date) -> bool:
    steps = ladders.steps(ItemKind.ASSIGNMENT, applied_on, None)
    return bool(steps) and as_of >= steps[-1].on
