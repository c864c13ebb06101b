"""The ledger: obligations as applied, the entries that tell what happened, and the board's view."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, case, func, select

from duban.planner.changes import Change, ChangeKind, Kept
from duban.store import mapping
from duban.store.database import Connection, Record
from duban.store.tables import ENTRY, NOTICE, OBLIGATION, OUTBOX, PLAN, insert
from models.entry import EntryKind, Via
from models.life import Settled
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
    return {
        row.id: Kept(mapping.obligation(row), Stage(row.stage), row.revision, row.origin)
        for row in rows
    }


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
    add(connection, [change.obligation for change in added], next_on, when)
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


def add(
    connection: Connection,
    items: list[Obligation],
    next_on: Mapping[str, date | None],
    when: Occasion,
    origin: str | None = None,
) -> None:
    """Put new obligations in, assigned on the day; ``origin`` is what they were re-routed from."""
    rows = [
        mapping.obligation_values(item)
        | {
            "id": item.id,
            "stage": Stage.ASSIGNED.value,
            "revision": 1,
            "armed_on": when.on,
            "said_through": None,
            "next_on": next_on[item.id],
            "due_on": item.due_on,
            "extensions": 0,
            "origin": origin,
        }
        for item in items
    ]
    if rows:
        connection.execute(OBLIGATION.insert(), rows)


_NOTHING_PENDING = {
    "inner_due_on": None,
    "asked_due_on": None,
    "extensions": 0,
    "stage_before": None,
    "suspended_on": None,
    "resumes_on": None,
    "accepted_by": None,
}
"""What an obligation that is owed again has not kept of its former life."""


def _revise(
    connection: Connection, change: Change, next_on: Mapping[str, date | None], when: Occasion
) -> None:
    values: dict[str, Any] = mapping.obligation_values(change.obligation)
    if change.is_due_date_new:
        # What is suspended goes on resting, and keeps the term that the new date leaves it.
        rests = OBLIGATION.c.stage == Stage.SUSPENDED.value
        day = next_on[change.obligation.id]
        values |= {
            "revision": OBLIGATION.c.revision + 1,
            "armed_on": when.on,
            "said_through": None,
            "next_on": case((rests, OBLIGATION.c.resumes_on), else_=day),
            "due_on": change.obligation.due_on,
            "inner_due_on": None,
            "asked_due_on": None,
            "suspended_on": case((rests, when.on)),
        }
    if "stage" in change.fields:
        values |= {**_NOTHING_PENDING, "stage": Stage.ASSIGNED.value}
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


def settle(
    connection: Connection,
    key: str,
    settled: Settled,
    next_on: date | None,
    on: date,
) -> None:
    """Write down what an act came to, and when to look at the item next.

    A new date to be chased for is a new revision, whose rungs up to this day count as said: the
    decision itself is told.
    """
    values = mapping.situation_values(settled.situation) | {"next_on": next_on}
    if settled.is_rearmed:
        values |= {"revision": OBLIGATION.c.revision + 1, "said_through": on}
    connection.execute(OBLIGATION.update().where(OBLIGATION.c.id == key).values(values))


def hand_over(connection: Connection, key: str, due_on: date | None, on: date) -> None:
    """Give what another unit owed its date in force; rungs up to this day were the other's."""
    values = {"due_on": due_on, "said_through": on}
    connection.execute(OBLIGATION.update().where(OBLIGATION.c.id == key).values(values))


def revive(connection: Connection, item: Obligation, next_on: date | None, on: date) -> None:
    """Let an obligation that was another unit's, or withdrawn, be owed again from a day on."""
    values = mapping.obligation_values(item) | {
        **_NOTHING_PENDING,
        "stage": Stage.ASSIGNED.value,
        "revision": OBLIGATION.c.revision + 1,
        "armed_on": on,
        "said_through": None,
        "next_on": next_on,
    }
    connection.execute(OBLIGATION.update().where(OBLIGATION.c.id == item.id).values(values))


def append(
    connection: Connection,
    entries: Iterable[tuple[str, EntryKind, str, Mapping[str, Any]]],
    when: Occasion,
) -> None:
    """Append entries: obligation, kind, words, detail."""
    rows = [_entry(*entry, when) for entry in entries]
    if rows:
        connection.execute(ENTRY.insert(), rows)


def append_one(
    connection: Connection,
    entry: tuple[str, EntryKind, str, Mapping[str, Any]],
    when: Occasion,
    via: Via,
    received: int | None,
) -> int:
    """Append one entry with the way it came in; its number."""
    row = _entry(*entry, when) | {"via": via.value, "received_id": received}
    return int(connection.execute(ENTRY.insert().returning(ENTRY.c.id), [row]).scalar_one())


def _entry(
    key: str, kind: EntryKind, text: str, detail: Mapping[str, Any], when: Occasion
) -> dict[str, Any]:
    return {
        "obligation_id": key,
        "kind": kind.value,
        "on": when.on,
        "at": when.at,
        "by": when.by,
        "text": text,
        "detail": json.dumps(detail, ensure_ascii=False, default=str) if detail else None,
    }


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
