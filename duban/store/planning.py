"""What a run reads and writes: the rows that are due, and what the planner said about them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select, text, tuple_

from duban.planner.reminders import Outcome
from duban.store import mapping
from duban.store.outbox import MAIL, fresh
from duban.store.tables import NOTICE, OBLIGATION, OUTBOX, PLAN, ROUND_UP, add_new, insert
from models.notice import Notice
from models.obligation import Stage

TURN = "plan"
"""Planners write one after the other: they lock many rows each, and could do so crosswise."""


def _standings(*conditions: Any) -> Select[Any]:
    return select(
        OBLIGATION.c.id,
        OBLIGATION.c.plan_id,
        OBLIGATION.c.unit,
        OBLIGATION.c.kind,
        OBLIGATION.c.stage,
        OBLIGATION.c.due_on,
        OBLIGATION.c.revision,
        OBLIGATION.c.armed_on,
        OBLIGATION.c.said_through,
        OBLIGATION.c.next_on,
        OBLIGATION.c.inner_due_on,
        OBLIGATION.c.resumes_on,
    ).where(*conditions)


def due(
    connection: Connection,
    plans: Iterable[str],
    as_of: date,
    limit: int,
    after: Row[Any] | None = None,
    *,
    is_locked: bool = True,
) -> list[Row[Any]]:
    """Items of these plans about which something is to be said by this day, from ``after`` on.

    Reads the index on ``next_on`` alone: what is open but not due costs nothing. They stay locked
    for this transaction unless ``is_locked`` is false.
    """
    place = tuple_(OBLIGATION.c.next_on, OBLIGATION.c.id)
    # An expression, for by the bare column SQLite would read every open row of the plans.
    plan = OBLIGATION.c.plan_id.concat("")
    query = _standings(OBLIGATION.c.next_on <= as_of, plan.in_(list(plans)))
    if after is not None:
        query = query.where(place > (after.next_on, after.id))
    query = query.order_by(OBLIGATION.c.next_on, OBLIGATION.c.id).limit(limit)
    return list(connection.execute(_locked(query) if is_locked else query))


def _locked(query: Select[Any]) -> Select[Any]:
    """The rows held against change; rows that only point at them (entries, notices) may come."""
    return query.with_for_update(key_share=True)


def count_due(connection: Connection, as_of: date) -> int:
    """How many items have something to be said about them by this day."""
    query = select(func.count()).select_from(OBLIGATION).where(OBLIGATION.c.next_on <= as_of)
    return int(connection.execute(query).scalar_one())


def next_day(connection: Connection) -> date | None:
    """The first day on which there is something to say; None if there is nothing more to say."""
    day: date | None = connection.execute(select(func.min(OBLIGATION.c.next_on))).scalar_one()
    return day


def count_open(connection: Connection) -> int:
    """How many items are not over."""
    over = [stage.value for stage in Stage if stage.is_over]
    query = select(func.count()).select_from(OBLIGATION).where(OBLIGATION.c.stage.not_in(over))
    return int(connection.execute(query).scalar_one())


def record(connection: Connection, outcomes: Iterable[Outcome], as_of: date) -> int:
    """Write down what is said and what stays silent, and when to look again.

    Returns:
        The number of notices queued. One that was queued before is not queued again: the unique
        key (obligation, revision, step, recipient) says no.
    """
    said = list(outcomes)
    notices = [outcome.notice for outcome in said if outcome.notice]
    queue(connection, notices, as_of)
    add_new(
        connection,
        NOTICE,
        [mapping.silence_values(silence) for outcome in said for silence in outcome.silences],
    )
    _look_again(connection, said, as_of)
    return len(notices)


def queue(connection: Connection, notices: Iterable[Notice], on: date) -> None:
    """Put notices into the open mail of each of their recipients."""
    found = list(notices)
    # In one order whoever writes, or two writers on PostgreSQL could wait for each other.
    addresses = sorted({to.address for notice in found for to in notice.recipients})
    outboxes = open_mails(connection, addresses, on)
    rows = [row for notice in found for row in mapping.notice_values(notice, outboxes)]
    add_new(connection, NOTICE, rows)


def queue_round_up(connection: Connection, plan: str, week: date, recipient: str, on: date) -> bool:
    """Put a week's round-up into its office's open mail; False if it is in one already."""
    mine = (ROUND_UP.c.plan_id == plan, ROUND_UP.c.week == week)
    query = select(ROUND_UP.c.id).where(*mine, ROUND_UP.c.recipient == recipient)
    if connection.execute(query).first():
        return False
    outbox = open_mails(connection, [recipient], on)[recipient]
    row = {"plan_id": plan, "week": week, "recipient": recipient, "outbox_id": outbox}
    add_new(connection, ROUND_UP, [row])
    return True


def open_mails(connection: Connection, addresses: list[str], on: date) -> dict[str, int]:
    """The pending mail of each address, made where there is none."""
    if not addresses:
        return {}
    statement = insert(connection, OUTBOX)
    statement = statement.on_conflict_do_update(
        index_elements=[OUTBOX.c.recipient],
        index_where=text("state = 'pending' AND claimed_by IS NULL"),
        set_={"on": statement.excluded["on"]},
    )
    rows = [fresh(MAIL, address, on) for address in addresses]
    found = connection.execute(statement.returning(OUTBOX.c.recipient, OUTBOX.c.id), rows)
    return {row.recipient: row.id for row in found}


def _look_again(connection: Connection, outcomes: list[Outcome], as_of: date) -> None:
    """One statement for each day to look again on: most items of a day share it."""
    items: dict[date | None, list[str]] = {}
    for outcome in outcomes:
        items.setdefault(outcome.next_on, []).append(outcome.item.id)
    for day, keys in items.items():
        query = OBLIGATION.update().where(OBLIGATION.c.id.in_(keys))
        connection.execute(query.values(said_through=as_of, next_on=day))


def rules(connection: Connection) -> dict[str, str]:
    """For each applied plan the fingerprint of calendar and policy its dates were computed with."""
    return {row.id: row.rules for row in connection.execute(select(PLAN.c.id, PLAN.c.rules))}


def rearm(connection: Connection, plan: str, dates: Mapping[str, date | None], mark: str) -> None:
    """Store newly computed ``next_on`` dates of a plan, and the fingerprint they belong to."""
    update = OBLIGATION.update().where(OBLIGATION.c.id == bindparam("item"))
    rows = [{"item": key, "next": day} for key, day in dates.items()]
    if rows:
        connection.execute(update.values(next_on=bindparam("next")), rows)
    connection.execute(PLAN.update().where(PLAN.c.id == plan).values(rules=mark))


def open_items(connection: Connection, plan: str, *, is_locked: bool = True) -> list[Row[Any]]:
    """Every item of a plan that is not over, for recomputing when rules change; as in ``due``."""
    over = [stage.value for stage in Stage if stage.is_over]
    query = _standings(OBLIGATION.c.plan_id == plan, OBLIGATION.c.stage.not_in(over))
    query = query.order_by(OBLIGATION.c.id)
    return list(connection.execute(_locked(query) if is_locked else query))


def to_resume(connection: Connection, plans: Iterable[str], as_of: date) -> list[Row[Any]]:
    """Suspended items of these plans whose suspension ends by this day, by the day it ends."""
    query = select(OBLIGATION).where(
        OBLIGATION.c.next_on <= as_of,
        OBLIGATION.c.resumes_on <= as_of,
        OBLIGATION.c.stage == Stage.SUSPENDED.value,
        OBLIGATION.c.plan_id.concat("").in_(list(plans)),
    )
    return list(connection.execute(query.order_by(OBLIGATION.c.resumes_on, OBLIGATION.c.id)))


def share(connection: Connection, plan: str, unit: str) -> list[Row[Any]]:
    """Everything of a plan that a unit still owes or has answered for, locked; its assignment too.

    What is over is left out.
    """
    over = [stage.value for stage in Stage if stage.is_over]
    query = select(OBLIGATION).where(
        OBLIGATION.c.plan_id == plan,
        OBLIGATION.c.unit == unit,
        OBLIGATION.c.stage.not_in(over),
    )
    return list(connection.execute(_locked(query.order_by(OBLIGATION.c.id))))


def on_books(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Those of these obligations that are neither closed out nor withdrawn nor another unit's."""
    over = [stage.value for stage in Stage if stage.is_over]
    query = select(OBLIGATION.c.id).where(OBLIGATION.c.id.in_(list(keys)))
    return set(connection.execute(query.where(OBLIGATION.c.stage.not_in(over))).scalars())


def item(connection: Connection, key: str) -> Row[Any] | None:
    """One obligation row by id, locked for this transaction; None if there is none."""
    query = select(OBLIGATION).where(OBLIGATION.c.id == key)
    return connection.execute(_locked(query)).one_or_none()


def assignment_of(connection: Connection, key: str) -> str | None:
    """The id of the assignment that an obligation belongs to; None if there is no such thing."""
    query = select(OBLIGATION.c.plan_id, OBLIGATION.c.unit).where(OBLIGATION.c.id == key)
    row = connection.execute(query).one_or_none()
    return f"{row.plan_id}/assignment/{row.unit}" if row else None
