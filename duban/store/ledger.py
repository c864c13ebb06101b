"""The ledger: obligations as applied, the entries that tell what happened, and the board's view."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, func, select

from duban.planner.changes import Change, ChangeKind, Kept
from duban.store import mapping
from duban.store.database import Connection, Record
from duban.store.tables import ENTRY, NOTICE, OBLIGATION, OUTBOX, PLAN, insert
from models.entry import EntryKind
from models.matrix import Matrix
from models.obligation import ItemKind, Obligation, Stage


class Occasion(NamedTuple):
    """When something happened and who did it: the day it counts for, the instant, the person."""

    on: date
    at: datetime
    by: str


def kept(connection: Connection, plan: str) -> dict[str, Kept]:
    """Everything the ledger has ever held of a plan, withdrawn items included, by id."""
    rows = connection.execute(select(OBLIGATION).where(OBLIGATION.c.plan_id == plan))
    return {row.id: Kept(mapping.obligation(row), Stage(row.stage), row.revision) for row in rows}


_KEPT = ("id", "applied_on", "rules")


def put_plan(
    connection: Connection, matrix: Matrix, marks: tuple[str, str], when: Occasion
) -> None:
    """Record a plan as applied; ``marks`` are the fingerprints of its content and of its rules.

    The day of the first application is kept, and so is the fingerprint of the rules: only a run
    that recomputes every date of the plan may renew it.
    """
    values = {
        "id": matrix.id,
        "title": matrix.title,
        "document_number": matrix.document_number,
        "issued_on": matrix.starts_on,
        "last_day": matrix.period.last,
        "coordinator": matrix.coordinator,
        "applied_on": when.on,
        "applied_at": when.at,
        "applied_by": when.by,
        "fingerprint": marks[0],
        "rules": marks[1],
    }
    latest = {key: value for key, value in values.items() if key not in _KEPT}
    statement = insert(connection, PLAN).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=latest))


def write(
    connection: Connection,
    changes: Iterable[Change],
    next_on: Mapping[str, date | None],
    when: Occasion,
) -> None:
    """Carry changes into the ledger, each with its entry; history is never rewritten."""
    found = list(changes)
    added = [change for change in found if change.kind is ChangeKind.ADD]
    _insert(connection, [change.obligation for change in added], next_on, when)
    for change in found:
        if change.kind is ChangeKind.CHANGE:
            _revise(connection, change, next_on, when)
    withdrawn = [c.obligation.id for c in found if c.kind is ChangeKind.WITHDRAW]
    if withdrawn:
        query = OBLIGATION.update().where(OBLIGATION.c.id == bindparam("item"))
        values = query.values(stage=Stage.WITHDRAWN.value, next_on=None)
        connection.execute(values, [{"item": key} for key in withdrawn])
    kinds = {
        ChangeKind.ADD: EntryKind.ASSIGNED,
        ChangeKind.CHANGE: EntryKind.REVISED,
        ChangeKind.WITHDRAW: EntryKind.WITHDRAWN,
    }
    append(
        connection,
        [(change.obligation.id, kinds[change.kind], "", change.fields) for change in found],
        when,
    )


def _insert(
    connection: Connection,
    items: list[Obligation],
    next_on: Mapping[str, date | None],
    when: Occasion,
) -> None:
    rows = [
        mapping.obligation_values(item)
        | {
            "id": item.id,
            "stage": Stage.ASSIGNED.value,
            "revision": 1,
            "armed_on": when.on,
            "said_through": None,
            "next_on": next_on[item.id],
        }
        for item in items
    ]
    if rows:
        connection.execute(OBLIGATION.insert(), rows)


def _revise(
    connection: Connection, change: Change, next_on: Mapping[str, date | None], when: Occasion
) -> None:
    values: dict[str, Any] = mapping.obligation_values(change.obligation)
    if change.is_due_date_new:
        values |= {
            "revision": OBLIGATION.c.revision + 1,
            "armed_on": when.on,
            "said_through": None,
            "next_on": next_on[change.obligation.id],
        }
    if "stage" in change.fields:
        values["stage"] = Stage.ASSIGNED.value
    query = OBLIGATION.update().where(OBLIGATION.c.id == change.obligation.id)
    connection.execute(query.values(values))


def ask_again(
    connection: Connection,
    assignments: Mapping[str, str],
    next_on: Mapping[str, date | None],
    when: Occasion,
) -> None:
    """Re-open assignments whose content changed, so that they are acknowledged anew."""
    for key, summary in assignments.items():
        query = OBLIGATION.update().where(OBLIGATION.c.id == key)
        connection.execute(
            query.values(
                stage=Stage.ASSIGNED.value,
                revision=OBLIGATION.c.revision + 1,
                armed_on=when.on,
                said_through=None,
                next_on=next_on[key],
            )
        )
        append(connection, [(key, EntryKind.REVISED, summary, {})], when)


def move(connection: Connection, key: str, stage: Stage, next_on: date | None) -> None:
    """Set the stage that an entry leads to and when to look at the item next."""
    query = OBLIGATION.update().where(OBLIGATION.c.id == key)
    connection.execute(query.values(stage=stage.value, next_on=next_on))


def append(
    connection: Connection,
    entries: Iterable[tuple[str, EntryKind, str, Mapping[str, Any]]],
    when: Occasion,
) -> None:
    """Append entries: obligation, kind, words, detail."""
    rows = [
        {
            "obligation_id": key,
            "kind": kind.value,
            "on": when.on,
            "at": when.at,
            "by": when.by,
            "text": text,
            "detail": json.dumps(detail, ensure_ascii=False) if detail else None,
        }
        for key, kind, text, detail in entries
    ]
    if rows:
        connection.execute(ENTRY.insert(), rows)


def board(connection: Connection, plan: str | None = None, unit: str | None = None) -> list[Record]:
    """Items with their unit's assignment and their last entry, by plan, unit, due date.

    Columns besides the obligation's: ``assignment_stage``, ``assignment_armed_on``,
    ``last_kind``, ``last_on``, ``last_by``, ``last_text``.
    """
    mine = OBLIGATION.alias("assignment")
    last = (
        select(ENTRY.c.obligation_id, func.max(ENTRY.c.id).label("id"))
        .group_by(ENTRY.c.obligation_id)
        .subquery()
    )
    query = (
        select(
            OBLIGATION,
            mine.c.stage.label("assignment_stage"),
            mine.c.armed_on.label("assignment_armed_on"),
            ENTRY.c.kind.label("last_kind"),
            ENTRY.c.on.label("last_on"),
            ENTRY.c.by.label("last_by"),
            ENTRY.c.text.label("last_text"),
        )
        .outerjoin(
            mine,
            and_(
                mine.c.plan_id == OBLIGATION.c.plan_id,
                mine.c.unit == OBLIGATION.c.unit,
                mine.c.kind == ItemKind.ASSIGNMENT.value,
            ),
        )
        .outerjoin(last, last.c.obligation_id == OBLIGATION.c.id)
        .outerjoin(ENTRY, ENTRY.c.id == last.c.id)
        .order_by(OBLIGATION.c.plan_id, OBLIGATION.c.unit, OBLIGATION.c.due_on, OBLIGATION.c.id)
    )
    if plan:
        query = query.where(OBLIGATION.c.plan_id == plan)
    if unit:
        query = query.where(OBLIGATION.c.unit == unit)
    return list(connection.execute(query))


def entries(connection: Connection, key: str) -> list[Record]:
    """What happened to one obligation, in order."""
    query = select(ENTRY).where(ENTRY.c.obligation_id == key).order_by(ENTRY.c.id)
    return list(connection.execute(query))


def notices(connection: Connection, key: str) -> list[Record]:
    """What was said or deliberately not said about one obligation, with its mail's fate."""
    query = (
        select(NOTICE, OUTBOX.c.state, OUTBOX.c.sent_at, OUTBOX.c.sent_on, OUTBOX.c.reply)
        .outerjoin(OUTBOX, OUTBOX.c.id == NOTICE.c.outbox_id)
        .where(NOTICE.c.obligation_id == key)
        .order_by(NOTICE.c.id)
    )
    return list(connection.execute(query))


def plans(connection: Connection) -> list[Record]:
    """The plans as applied."""
    return list(connection.execute(select(PLAN).order_by(PLAN.c.id)))
