"""What should have been said about an item by a day and has not been: the heart of a run.

Level-triggered: the answer depends on the state alone, not on when the last run was. Of several
rungs that were missed only the latest speaks; the others are recorded as superseded.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from duban.planner.ladder import Ladders, Step
from models.notice import Notice, Reason, Recipient, Silence
from models.obligation import ItemKind, Stage, Standing
from models.reach import Reach
from models.roster import Post


class Outcome(NamedTuple):
    """The planner's answer for one item: what is said, what stays silent, when to look again."""

    item: Standing
    notice: Notice | None
    silences: tuple[Silence, ...]
    next_on: date | None


def is_silent(kind: ItemKind, stage: Stage) -> bool:
    """Whether an item in this stage says nothing: answered, over, or an acknowledged assignment."""
    return stage.is_silent or (kind is ItemKind.ASSIGNMENT and stage is Stage.ACKNOWLEDGED)


def due_now(item: Standing, reach: Reach, ladders: Ladders, as_of: date) -> Outcome:
    """What is to be said about one item on a day, given what was dealt with before."""
    if is_silent(item.kind, item.stage):
        return Outcome(item, None, (), _wakes_on(item))
    steps = ladders.steps_of(item)
    ahead = next((step.on for step in steps if step.on > as_of), None)
    missed = [step for step in steps if is_unsaid(step, item) and step.on <= as_of]
    if not missed:
        return Outcome(item, None, (), ahead)
    *superseded, latest = missed
    silences = tuple(_silence(item, step, f"superseded by {latest.name}") for step in superseded)
    notice = notice_of(item, latest, reach, as_of)
    if not notice.recipients:
        silences += (_silence(item, latest, "nobody to tell"),)
        return Outcome(item, None, silences, ahead)
    if notice.reason is Reason.UNREACHABLE:
        silences += (_silence(item, latest, "unit unreachable, office told"),)
    return Outcome(item, notice, silences, ahead)


def next_on(item: Standing, ladders: Ladders) -> date | None:
    """The next day on which a run would have anything to do for this item; may lie in the past."""
    if is_silent(item.kind, item.stage):
        return _wakes_on(item)
    steps = ladders.steps_of(item)
    return next((step.on for step in steps if is_unsaid(step, item)), None)


def plan_day(
    items: Iterable[Standing],
    rosters: Mapping[str, Reach],
    ladders: Mapping[str, Ladders],
    as_of: date,
) -> list[Outcome]:
    """The outcomes for many items on one day, rosters and ladders by plan.

    Same inputs, same outcomes.
    """
    return [due_now(item, rosters[item.plan], ladders[item.plan], as_of) for item in items]


def _wakes_on(item: Standing) -> date | None:
    """A silent item is looked at again only when its suspension ends."""
    return item.resumes_on if item.stage is Stage.SUSPENDED else None


def notice_of(item: Standing, step: Step, reach: Reach, on: date) -> Notice:
    """The notice of one step with everybody it reaches on that day, each address once.

    Where the step reaches nobody the coordinating office is told instead, with the reason
    ``unreachable``.
    """
    recipients = _reach(item.unit, step.to, reach, on)
    reason = step.reason
    if not recipients:
        recipients = _reach(item.unit, (Post.COORDINATING_OFFICE,), reach, on)
        reason = Reason.UNREACHABLE
    elif reason is Reason.FIRST_ASSIGNED and item.revision > 1:
        reason = Reason.REVISED
    return Notice(
        on=on,
        kind=step.kind,
        reason=reason,
        obligation=item.id,
        revision=item.revision,
        unit=item.unit,
        step=step.name,
        due_on=item.chased_for,
        recipients=recipients,
    )


def is_unsaid(step: Step, item: Standing) -> bool:
    """Whether a step has not been dealt with by any run yet."""
    return item.said_through is None or step.on > item.said_through


def _reach(unit: str, posts: Iterable[Post], reach: Reach, on: date) -> tuple[Recipient, ...]:
    reached: dict[str, Recipient] = {}
    for post in posts:
        contact = reach.contact(unit, post, on)
        if contact:
            reached.setdefault(contact.address, Recipient(post, contact.address))
    return tuple(reached.values())


def _silence(item: Standing, step: Step, because: str) -> Silence:
    return Silence(item.id, item.revision, step.name, step.on, because)
