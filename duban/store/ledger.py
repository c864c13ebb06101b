"""The ledger, as it is written: obligations as applied, and the entries that tell what happened.

What it holds is read with ``duban.store.ledger_records``.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case

from duban.planner.changes import Change, ChangeKind
from duban.store import mapping
from duban.store.database import Connection
from duban.store.tables import ENTRY, OBLIGATION, PLAN, insert
from models.entry import EntryKind, Via
from models.life import Settled
from models.matrix import Matrix
from models.obligation import Obligation, Stage


class Occasion(NamedTuple):
    """When something happened and who did it: the day it counts for, the instant, the person."""

    on: date
    at: datetime
    by: str


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
) -> None:
    """Put new obligations in, assigned on the day."""
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


def widen(connection: Connection, item: Obligation) -> None:
    """Let an assignment name the rows that have come to its unit."""
    values = {"duties": mapping.obligation_values(item)["duties"]}
    connection.execute(OBLIGATION.update().where(OBLIGATION.c.id == item.id).values(values))


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
