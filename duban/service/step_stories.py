"""The steps of one obligation's ladder, and what became of each."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from duban.planner.ladder import Ladders, Step
from duban.planner.reminders import is_silent, is_unsaid
from duban.store.database import Record
from models.obligation import ItemKind, Stage, Standing
from models.policy import Moment, NoticeKind, Rung
from models.roster import Post

_UNDELIVERED = "-undelivered"


class Fate(StrEnum):
    """What became of a step: it was said, or why not, or when it will be."""

    SAID = "said"
    SILENT = "silent"
    ANSWERED = "answered"
    PASSED = "passed"
    NOW = "now"
    AHEAD = "ahead"


class Told(NamedTuple):
    """One recipient of a step, and what became of the mail: its number, state and last words."""

    role: Post
    address: str
    on: date
    mail: int | None
    state: str | None
    sent_on: date | None
    reply: str | None


class StepStory(NamedTuple):
    """One step of the ladder: its day, how that was counted, and what became of it.

    ``anchor_on`` is the day that ``at`` counts from, ``counted`` the day this gives before it
    moves off a rest day to ``on``. ``place`` is that in a repetition, from 1; 0 where the
    step does not repeat. ``because`` says why a silent step is silent.
    """

    on: date
    step: str
    kind: NoticeKind
    at: Moment
    anchor_on: date
    counted: date
    place: int
    to: tuple[Post, ...]
    fate: Fate
    because: str
    told: tuple[Told, ...]


def step_stories(
    item: Standing, ladders: Ladders, said: Iterable[Record], as_of: date
) -> list[StepStory]:
    """Every step of the item's present due date, in order of day.

    ``said`` are the notices and silences on record about it.
    """
    on_record: dict[str, list[Record]] = {}
    for row in said:
        if row.revision == item.revision:
            on_record.setdefault(row.step.removesuffix(_UNDELIVERED), []).append(row)
    steps = ladders.steps_of(item)
    fates = _fates(item, steps, on_record, as_of)
    return [
        _story(item, ladders, steps, step, fate, on_record.get(step.name, []))
        for step, fate in zip(steps, fates, strict=True)
    ]


def _fates(
    item: Standing, steps: list[Step], on_record: dict[str, list[Record]], as_of: date
) -> list[tuple[Fate, str]]:
    missed = [step.name for step in steps if is_unsaid(step, item) and step.on <= as_of]
    fates: list[tuple[Fate, str]] = []
    for step in steps:
        rows = on_record.get(step.name, [])
        silent = [row.reason for row in rows if not row.recipient]
        if any(row.recipient for row in rows):
            fates.append((Fate.SAID, "".join(silent)))
        elif silent:
            fates.append((Fate.SILENT, silent[0]))
        elif is_silent(item.kind, item.stage):
            fates.append((Fate.ANSWERED, ""))
        elif step.name in missed[:-1]:
            fates.append((Fate.SILENT, f"superseded by {missed[-1]}"))
        elif step.name in missed:
            fates.append((Fate.NOW, ""))
        else:
            fates.append((Fate.AHEAD if is_unsaid(step, item) else Fate.PASSED, ""))
    return fates


def _story(
    item: Standing,
    ladders: Ladders,
    steps: list[Step],
    step: Step,
    fate: tuple[Fate, str],
    rows: list[Record],
) -> StepStory:
    rung, place = _rung_of(item, ladders, step)
    at = rung.at
    if place > 1 and rung.repeat:
        at = Moment(anchor=f"{rung.name}-{place - 1}", sign=1, offset=rung.repeat.every)
    anchor_on = _anchors(item, ladders, steps)[at.anchor]
    is_in_days = at.offset.unit == "days"
    days = timedelta(days=at.sign * at.offset.count)
    return StepStory(
        on=step.on,
        step=step.name,
        kind=step.kind,
        at=at,
        anchor_on=anchor_on,
        counted=anchor_on + days if is_in_days else step.on,
        place=place if rung.repeat else 0,
        to=step.to,
        fate=fate[0],
        because=fate[1],
        told=tuple(told_of(row) for row in rows if row.recipient),
    )


def _rung_of(item: Standing, ladders: Ladders, step: Step) -> tuple[Rung, int]:
    """The rung that a step comes from, and its place in the rung's repetition, from 1."""
    policy = ladders.policy
    own = {ItemKind.ASSIGNMENT: policy.assignment, ItemKind.DUTY: policy.standing}
    is_returned = item.stage is Stage.RETURNED and item.inner_due_on and policy.returned
    for rung in policy.returned if is_returned else own.get(item.kind, policy.due):
        times = rung.repeat.times if rung.repeat else 0
        names = [f"{rung.name}-{place}" for place in range(1, times + 1)] or [rung.name]
        if step.name in names:
            return rung, names.index(step.name) + 1
    raise AssertionError(f"{step.name} comes from no rung")


def _anchors(item: Standing, ladders: Ladders, steps: list[Step]) -> dict[str, date]:
    """Every day that a rung can be counted from; a repeating rung's name means its first."""
    due_on = item.chased_for or ladders.last_day
    firsts = {step.name.removesuffix("-1"): step.on for step in steps}
    return (
        firsts
        | {step.name: step.on for step in steps}
        | {"apply": item.armed_on, "due": due_on, "T": ladders.calendar.on_or_before(due_on)}
    )


def told_of(row: Record) -> Told:
    """A notice on record as one recipient who was told."""
    return Told(
        role=Post(row.role),
        address=row.recipient,
        on=row.on,
        mail=row.outbox_id,
        state=row.state,
        sent_on=row.sent_on,
        reply=row.reply,
    )
