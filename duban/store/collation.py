"""What a report is collated from: its copies for each unit, what was written, what was told.

Three queries, whatever the number of units and rows.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from duban.store import mapping
from duban.store.database import Connection, Record
from duban.store.tables import ENTRY, NOTICE, OBLIGATION, add_new
from models.answer import Figure, Passage
from models.collation import InnerStep, Reporter, Told, Written
from models.entry import EntryKind, Via
from models.notice import Silence
from models.obligation import ItemKind, Stage

_WRITINGS = (EntryKind.REPORTED.value, EntryKind.COMPLETED.value, EntryKind.RETURNED.value)
_GONE = (Stage.WITHDRAWN.value, Stage.REASSIGNED.value)


def reporters(connection: Connection, plan: str, key: str) -> list[Reporter]:
    """Every unit's copy of a report, ``KEY`` or ``KEY/YEAR``, in the order of their assignment.

    Copies that are withdrawn or another unit's by now are left out.
    """
    first = select(func.min(ENTRY.c.id)).where(ENTRY.c.obligation_id == OBLIGATION.c.id)
    query = (
        select(OBLIGATION)
        .where(
            OBLIGATION.c.plan_id == plan,
            OBLIGATION.c.id.startswith(f"{plan}/{key}/", autoescape=True),
            OBLIGATION.c.stage.not_in(_GONE),
        )
        .order_by(first.scalar_subquery(), OBLIGATION.c.id)
    )
    return [_reporter(row) for row in connection.execute(query)]


def in_force(connection: Connection, plan: str, key: str) -> date | None:
    """The latest date in force of what reports feed; None where the ledger has no date for it."""
    return max((one.due_on for one in reporters(connection, plan, key) if one.due_on), default=None)


def _reporter(row: Record) -> Reporter:
    return Reporter(
        obligation=row.id,
        unit=row.unit,
        stage=Stage(row.stage),
        revision=row.revision,
        armed_on=row.armed_on,
        due_on=row.due_on,
        duties=mapping.numbers(row.duties),
    )


def written(connection: Connection, plan: str, key: str, first: date, as_of: date) -> list[Written]:
    """What units wrote on a report up to a day, and on the plan's rows in its span, in order.

    Returns of the office are among them, and what a unit wrote on a row that is another's by now.
    Days are those that the entries count for.
    """
    is_row = OBLIGATION.c.kind == ItemKind.DUTY.value
    query = (
        select(ENTRY, OBLIGATION.c.unit, OBLIGATION.c.kind.label("item"), OBLIGATION.c.duties)
        .join(OBLIGATION, OBLIGATION.c.id == ENTRY.c.obligation_id)
        .where(
            OBLIGATION.c.plan_id == plan,
            OBLIGATION.c.stage != Stage.WITHDRAWN.value,
            ENTRY.c.kind.in_(_WRITINGS),
            ENTRY.c.on <= as_of,
            or_(
                OBLIGATION.c.id.startswith(f"{plan}/{key}/", autoescape=True),
                is_row & (ENTRY.c.on >= first),
            ),
        )
        .order_by(ENTRY.c.id)
    )
    return [_written(row) for row in connection.execute(query)]


def _written(row: Record) -> Written:
    detail: dict[str, Any] = json.loads(row.detail) if row.detail else {}
    is_row = row.item == ItemKind.DUTY.value
    return Written(
        id=row.id,
        obligation=row.obligation_id,
        unit=row.unit,
        duty=mapping.numbers(row.duties)[0] if is_row else None,
        kind=EntryKind(row.kind),
        on=row.on,
        via=Via(row.via),
        text=row.text,
        is_nil=bool(detail.get("nil")),
        passages=tuple(_passage(one) for one in detail.get("passages", ())),
    )


def _passage(one: dict[str, Any]) -> Passage:
    figures = (Figure(str(f["metric"]), str(f["value"])) for f in one.get("figures", ()))
    return Passage(str(one["number"]), str(one.get("text", "")), tuple(figures))


def told(connection: Connection, plans: Iterable[str]) -> dict[str, list[Told]]:
    """For each plan the inner steps that have been dealt with, said or silent."""
    query = (
        select(
            OBLIGATION.c.plan_id,
            NOTICE.c.obligation_id,
            NOTICE.c.step,
            NOTICE.c.revision,
            NOTICE.c.on,
        )
        .join(OBLIGATION, OBLIGATION.c.id == NOTICE.c.obligation_id)
        .where(NOTICE.c.step.in_([step.value for step in InnerStep]))
        .where(OBLIGATION.c.plan_id.in_(list(plans)))
        .distinct()
    )
    found: dict[str, list[Told]] = {}
    for row in connection.execute(query):
        one = Told(row.obligation_id, row.step, row.revision, row.on)
        found.setdefault(row.plan_id, []).append(one)
    return found


def put_silences(connection: Connection, silences: Iterable[Silence]) -> None:
    """Write down the inner steps about which nothing was to be said, and why."""
    add_new(connection, NOTICE, [mapping.silence_values(silence) for silence in silences])
