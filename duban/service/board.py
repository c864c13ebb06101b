"""The ledger as people read it (台账): every item with stage, light and days left."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from duban.planner.ladder import Ladders
from duban.planner.lights import light
from duban.service.workplace import Workplace
from duban.store import ledger, mapping
from duban.store.database import Connection, Record, reading
from models.obligation import Stage, StatusLight


class BoardRow(NamedTuple):
    """One line of the ledger, with the keys of the public contract."""

    obligation: str
    plan: str
    kind: str
    title: str
    unit: str
    role: str
    due_on: date | None
    stage: Stage
    light: StatusLight
    days_left: int | None
    working_days_left: int | None
    provisional: bool
    last_entry: dict[str, Any] | None
    duties: tuple[str, ...]


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
    records = ledger.board(connection, plan, unit)
    return [_row(workplace, record, as_of) for record in records]


def _row(workplace: Workplace, record: Record, as_of: date) -> BoardRow:
    calendar, ladders = workplace.calendar, workplace.ladders.get(record.plan_id)
    stage = _stage(record)
    counts = record.due_on is not None and not stage.is_over
    return BoardRow(
        obligation=record.id,
        plan=record.plan_id,
        kind=record.kind,
        title=record.title,
        unit=record.unit,
        role=record.role,
        due_on=record.due_on,
        stage=stage,
        light=_light(ladders, record, stage, as_of),
        days_left=(record.due_on - as_of).days if counts else None,
        working_days_left=calendar.count(as_of, record.due_on) if counts else None,
        provisional=bool(record.due_on) and calendar.is_provisional(record.due_on),
        last_entry=_last_entry(record),
        duties=mapping.numbers(record.duties),
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
    return light(stage, record.due_on, record.assignment_armed_on, ladders, as_of)


def _last_entry(record: Record) -> dict[str, Any] | None:
    if record.last_kind is None:
        return None
    return {
        "kind": record.last_kind,
        "on": record.last_on,
        "by": record.last_by,
        "text": record.last_text,
    }
