"""What a run reads and writes: the rows that are due, and what the planner said about them."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select, text

from duban.planner.reminders import Outcome
from duban.store import mapping
from duban.store.tables import NOTICE, OBLIGATION, OUTBOX, PLAN, add_new, insert
from models.notice import Notice
from models.obligation import Stage, Standing


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
    ).where(*conditions)


def due(
    connection: Connection, plans: Iterable[str], as_of: date, limit: int, after: str = ""
) -> list[Standing]:
    """Items of these plans about which something is to be said by this day, by id, locked.

    Reads the index on ``next_on`` alone: what is open but not due costs nothing.
    """
    query = (
        _standings(
            OBLIGATION.c.next_on <= as_of,
            OBLIGATION.c.plan_id.in_(list(plans)),
            OBLIGATION.c.id > after,
        )
        .order_by(OBLIGATION.c.id)
        .limit(limit)
        .with_for_update()
    )
    return [mapping.standing(row) for row in connection.execute(query)]


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
    addresses = {to.address: None for notice in found for to in notice.recipients}
    outboxes = _open_mails(connection, list(addresses), on)
    rows = [row for notice in found for row in mapping.notice_values(notice, outboxes)]
    add_new(connection, NOTICE, rows)


def _open_mails(connection: Connection, addresses: list[str], on: date) -> dict[str, int]:
    """The pending mail of each address, made where there is none."""
    if not addresses:
        return {}
    statement = insert(connection, OUTBOX)
    statement = statement.on_conflict_do_update(
        index_elements=[OUTBOX.c.recipient],
        index_where=text("state = 'pending' AND claimed_by IS NULL"),
        set_={"on": statement.excluded["on"]},
    )
    rows = [_mail(address, on) for address in addresses]
    found = connection.execute(statement.returning(OUTBOX.c.recipient, OUTBOX.c.id), rows)
    return {row.recipient: row.id for row in found}


def _mail(address: str, on: date) -> dict[str, Any]:
    return {
        "key": secrets.token_hex(8),
        "recipient": address,
        "state": "pending",
        "on": on,
        "attempts": 0,
        "next_attempt_at": None,
        "claimed_by": None,
        "sent_on": None,
        "sent_at": None,
        "subject": None,
        "reply": None,
    }


_LOOK_AGAIN = (
    OBLIGATION.update()
    .where(OBLIGATION.c.id == bindparam("item"))
    .values(said_through=bindparam("through"), next_on=bindparam("next"))
)


def _look_again(connection: Connection, outcomes: list[Outcome], as_of: date) -> None:
    rows = [
        {"item": outcome.item.id, "through": as_of, "next": outcome.next_on} for outcome in outcomes
    ]
    if rows:
        connection.execute(_LOOK_AGAIN, rows)


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


def open_items(connection: Connection, plan: str) -> list[Standing]:
    """Every item of a plan that is not over, for recomputing when rules change."""
    over = [stage.value for stage in Stage if stage.is_over]
    query = _standings(OBLIGATION.c.plan_id == plan, OBLIGATION.c.stage.not_in(over))
    return [mapping.standing(row) for row in connection.execute(query.with_for_update())]


def item(connection: Connection, key: str) -> Row[Any] | None:
    """One obligation row by id, locked for this transaction; None if there is none."""
    query = select(OBLIGATION).where(OBLIGATION.c.id == key).with_for_update()
    return connection.execute(query).one_or_none()
