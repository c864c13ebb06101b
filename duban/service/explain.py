"""Why one obligation's date is that date, and what was, will be or will not be said about it."""

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from duban.errors import UnknownObligation
from duban.planner.changes import Kept, changes
from duban.planner.due_dates import proposed_dates
from duban.planner.obligations import obligations
from duban.planner.preview import standing_of
from duban.service.board import BoardRow, board_rows
from duban.service.step_stories import StepStory, step_stories, told_of
from duban.service.workplace import Workplace
from duban.store import ledger_records, mapping
from duban.store.database import Record, reading
from models.due import ByYear, Decision
from models.matrix import Source
from models.obligation import ItemKind, Obligation, Stage, Standing
from models.office import Plan

_SHOWN = 5


class Origin(NamedTuple):
    """Where the document says it, what the office has decided, and what is only proposed."""

    source: Source | None = None
    note: str | None = None
    decision: Decision | None = None
    proposal: date | None = None


class Explanation(NamedTuple):
    """Everything that is known of one obligation on a day; ``row`` is None before it is applied.

    The obligation has the date in force; ``stated_on`` is the document's, where that is another,
    and ``inner_due_on`` the day by which a returned result is to come again.
    ``armed_on`` is the day on which its present revision was applied. ``awaits`` holds the fields
    in which the matrix differs from the ledger by now. ``earlier`` are the notices of due dates
    that were revised since, or of rungs that the policy no longer has.
    """

    obligation: Obligation
    as_of: date
    armed_on: date
    row: BoardRow | None
    revision: int
    origin: Origin
    last_workday: date | None
    stated_on: date | None
    inner_due_on: date | None
    awaits: dict[str, tuple[str, str]]
    steps: tuple[StepStory, ...]
    earlier: tuple[Record, ...]
    entries: tuple[Record, ...]


class _Found(NamedTuple):
    """What the ledger holds of one obligation; nothing where it was not applied."""

    kept: Record | None
    row: BoardRow | None
    said: list[Record]
    entries: list[Record]


def explain(workplace: Workplace, key: str, as_of: date) -> Explanation:
    """Tell the story of one obligation as it stands in the ledger, or else as the matrix has it.

    Not yet applied, it is told as if applied on the plan's first day.

    Raises:
        UnknownObligation: neither has one of that id; the hint says which there are.
    """
    name = key.partition("/")[0]
    plan = workplace.office.plans.get(name)
    wanted = {item.id: item for item in obligations(plan)} if plan else {}
    found = _found(workplace, key, as_of)
    if found.kept is None and key not in wanted:
        raise _unknown(plan, key, wanted)
    stated = mapping.obligation(found.kept) if found.kept else wanted[key]
    item = stated._replace(due_on=found.kept.due_on) if found.kept else stated
    standing = _standing(plan, item, found)
    ladders = workplace.ladders.get(name)
    steps = step_stories(standing, ladders, found.said, as_of) if ladders else []
    shown = {told for story in steps for told in story.told}
    return Explanation(
        obligation=item,
        as_of=as_of,
        armed_on=standing.armed_on,
        row=found.row,
        revision=standing.revision,
        origin=_origin(plan, item),
        last_workday=workplace.calendar.on_or_before(item.due_on) if item.due_on else None,
        stated_on=stated.due_on if stated.due_on != item.due_on else None,
        inner_due_on=found.row.inner_due_on if found.row else None,
        awaits=_awaits(wanted, stated, found.kept),
        steps=tuple(steps),
        earlier=tuple(row for row in found.said if row.recipient and told_of(row) not in shown),
        entries=tuple(found.entries),
    )


def _found(workplace: Workplace, key: str, as_of: date) -> _Found:
    plan, unit = key.partition("/")[0], key.rpartition("/")[2]
    with reading(workplace.engine) as connection:
        kept = [row for row in ledger_records.board(connection, plan, unit) if row.id == key]
        rows = [
            row
            for row in board_rows(connection, workplace, as_of, plan, unit)
            if row.obligation == key
        ]
        return _Found(
            kept[0] if kept else None,
            rows[0] if rows else None,
            ledger_records.notices(connection, key),
            ledger_records.entries(connection, key),
        )


def _standing(plan: Plan | None, item: Obligation, found: _Found) -> Standing:
    """As the ledger has it, with the stage that an acknowledged assignment gives it."""
    if found.kept and found.row:
        return mapping.standing(found.kept)._replace(stage=found.row.stage)
    assert plan is not None
    return standing_of(item, plan.matrix.starts_on)


def _awaits(
    wanted: Mapping[str, Obligation], item: Obligation, kept: Record | None
) -> dict[str, tuple[str, str]]:
    if kept is None or item.id not in wanted:
        return {}
    entry = Kept(item, Stage(kept.stage), kept.revision)
    found = changes([wanted[item.id]], {item.id: entry})
    return found[0].fields if found else {}


def _origin(plan: Plan | None, item: Obligation) -> Origin:
    """What the matrix says of where an item comes from; nothing where it has it no more."""
    part = item.id.split("/")[1:-1]
    if plan is None or item.kind is ItemKind.ASSIGNMENT:
        return Origin()
    if item.kind is ItemKind.DUTY:
        duty = next((duty for duty in plan.matrix.duties if duty.number == part[1]), None)
        return Origin(duty.source, duty.note) if duty else Origin()
    spec = next((spec for spec in plan.matrix.obligations if spec.key == part[0]), None)
    if spec is None:
        return Origin()
    decision = spec.due.decided if isinstance(spec.due, ByYear) else None
    proposed = dict(proposed_dates(spec.due, plan.matrix)) if spec.due else {}
    year = int(part[1]) if len(part) > 1 else None
    return Origin(spec.source, spec.note, decision, proposed.get(year))


def _unknown(plan: Plan | None, key: str, wanted: Mapping[str, Obligation]) -> UnknownObligation:
    """The refusal of an id; one that lacks its unit, or is outside the plan's reach, is told so."""
    message = f'there is no obligation "{key}"'
    if plan is None:
        return UnknownObligation(message, "an id is PLAN/KEY[/YEAR]/UNIT; see `duban ledger --ids`")
    specs = {spec.key: spec for spec in plan.matrix.obligations}
    spec = specs.get("".join(key.split("/")[1:2]))
    if spec and spec.external:
        return UnknownObligation(message, "its owers are outside the plan's reach: never chased")
    units = [
        item.id.rpartition("/")[2] for item in wanted.values() if item.id.startswith(f"{key}/")
    ]
    if units:
        more = " …" if len(units) > _SHOWN else ""
        return UnknownObligation(message, f"add a unit: {', '.join(units[:_SHOWN])}{more}")
    # Whole ids, however long: they are to be copied.
    near = " or ".join(get_close_matches(key, wanted, 2))
    return UnknownObligation(
        message, f"did you mean {near}?" if near else "see `duban ledger --ids`"
    )
