"""The ledger as people read it (台账): every item with stage, light and days left."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from duban.planner.ladder import Ladders
from duban.planner.lights import light
from duban.planner.obligations import obligations
from duban.service.workplace import Workplace
from duban.store import ledger_records, mapping
from duban.store.database import Connection, Record, reading
from models.obligation import ItemKind, Stage, StatusLight
from models.office import Plan
from notifications.wording import remaining


class BoardRow(NamedTuple):
    """One line of the ledger, with the keys of the public contract.

    ``due_on`` is the date in force, ``inner_due_on`` the one by which a returned result is to come
    again; days left are counted to the one that the unit is chased for. ``answering`` is the unit
    that answers by now, ``shown_unit`` how a person reads the two.
    """

    obligation: str
    plan: str
    kind: str
    title: str
    unit: str
    role: str
    due_on: date | None
    inner_due_on: date | None
    stage: Stage
    light: StatusLight
    days_left: int | None
    working_days_left: int | None
    provisional: bool
    last_entry: dict[str, Any] | None
    duties: tuple[str, ...]
    answering: str
    shown_unit: str

    @property
    def left(self) -> str:
        """还剩3个工作日 and the like; empty where it is not the unit's turn or there is no date."""
        return "" if self.stage.is_silent else remaining(self)


def board(
    workplace: Workplace,
    as_of: date,
    plan: str | None = None,
    unit: str | None = None,
    lights: Iterable[StatusLight] = (),
) -> list[BoardRow]:
    """The ledger as of a day, optionally of one plan, one unit, some lights.

    Days left are counted from that day and negative when past; an item that is over has none.
    """
    wanted = set(lights)
    with reading(workplace.engine) as connection:
        rows = board_rows(connection, workplace, as_of, plan, unit)
    return [row for row in rows if not wanted or row.light in wanted]


def board_rows(
    connection: Connection,
    workplace: Workplace,
    as_of: date,
    plan: str | None = None,
    unit: str | None = None,
) -> list[BoardRow]:
    """The same inside a transaction of the caller."""
    records = ledger_records.board(connection, plan, unit)
    return [board_row(workplace, record, as_of) for record in records]


def board_row(workplace: Workplace, record: Record, as_of: date) -> BoardRow:
    """The line of one record of ``duban.store.ledger_records.board``."""
    calendar, ladders = workplace.calendar, workplace.ladders.get(record.plan_id)
    stage = _stage(record)
    chased_for = mapping.standing(record).chased_for if not stage.is_over else None
    return BoardRow(
        obligation=record.id,
        plan=record.plan_id,
        kind=record.kind,
        title=record.title,
        unit=record.unit,
        role=record.role,
        due_on=record.due_on,
        inner_due_on=record.inner_due_on if stage is Stage.RETURNED else None,
        stage=stage,
        light=_light(ladders, record, stage, as_of),
        days_left=(chased_for - as_of).days if chased_for else None,
        working_days_left=calendar.count(as_of, chased_for) if chased_for else None,
        provisional=bool(record.due_on) and calendar.is_provisional(record.due_on),
        last_entry=_last_entry(record),
        duties=mapping.numbers(record.duties),
        answering=workplace.answering(record.plan_id, record.unit, as_of),
        shown_unit=workplace.unit_now(record.plan_id, record.unit, as_of),
    )


def in_document_order(rows: Iterable[BoardRow], plan: Plan | None) -> list[BoardRow]:
    """Units as the document names them; of each its assignment, then by date, then the rows.

    Where the policy ranks units, those with the most overdue come first.
    """
    found = list(rows)
    place = {item.id: number for number, item in enumerate(obligations(plan) if plan else [])}
    units: dict[str, int] = {}
    for row in found:
        at = place.get(row.obligation, len(place))
        units[row.unit] = min(at, units.get(row.unit, at))
    is_ranked = plan is not None and plan.policy.terms.rank_units
    undone = Counter(row.unit for row in found if is_ranked and row.light is StatusLight.RED)
    return sorted(
        found,
        key=lambda row: (
            -undone[row.unit],
            units[row.unit],
            row.kind != ItemKind.ASSIGNMENT.value,
            row.due_on or date.max,
            place.get(row.obligation, len(place)),
        ),
    )


def _stage(record: Record) -> Stage:
    """签收 of the assignment stands for all its items, so an assigned item takes its stage."""
    stage = Stage(record.stage)
    if stage is Stage.ASSIGNED and record.assignment_stage == Stage.ACKNOWLEDGED.value:
        return Stage.ACKNOWLEDGED
    return stage


def _light(ladders: Ladders | None, record: Record, stage: Stage, as_of: date) -> StatusLight:
    if ladders is None:  # a plan that is in the ledger, but no longer among the matrices
        return StatusLight.GREY
    chased_for = mapping.standing(record).chased_for
    return light(stage, chased_for, record.assignment_armed_on, ladders, as_of)


def _last_entry(record: Record) -> dict[str, Any] | None:
    if record.last_kind is None:
        return None
    return {
        "kind": record.last_kind,
        "on": record.last_on,
        "by": record.last_by,
        "text": record.last_text,
    }
