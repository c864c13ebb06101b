"""What waits for the office: items by what brought them there, mails, addresses that fail."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, func, select

from duban.store.database import Connection, Record
from duban.store.received import WAITING
from duban.store.tables import DEFECT, ENTRY, OBLIGATION, OUTBOX, PLAN, RECEIVED
from models.entry import EntryKind
from models.obligation import Stage

_OVER = tuple(stage.value for stage in Stage if stage.is_over)

_IN_STAGE: Mapping[EntryKind, ColumnElement[bool]] = {
    EntryKind.COMPLETED: OBLIGATION.c.stage == Stage.COMPLETED.value,
    EntryKind.ACCEPTED: OBLIGATION.c.stage == Stage.ACCEPTED.value,
    EntryKind.DECLINED: OBLIGATION.c.stage == Stage.DECLINED.value,
    EntryKind.EXTENSION_REQUESTED: OBLIGATION.c.asked_due_on.is_not(None)
    & OBLIGATION.c.stage.not_in(_OVER),
}
"""The entries after which an item waits for the office, and how one sees that it still does."""


def count_items(connection: Connection, kind: EntryKind) -> int:
    """How many items wait since an entry of this kind."""
    query = select(func.count()).select_from(OBLIGATION).where(_IN_STAGE[kind])
    return int(connection.execute(query).scalar_one())


def items(connection: Connection, kind: EntryKind, limit: int, offset: int) -> list[Record]:
    """Items that wait since an entry of this kind, the longest first.

    Columns besides the obligation's: ``plan_title``, and ``said_on``, ``said_at``, ``said_by``,
    ``said`` of that entry.
    """
    own = ENTRY.alias("own")
    since = (
        select(func.max(own.c.id))
        .where(own.c.obligation_id == OBLIGATION.c.id, own.c.kind == kind.value)
        .scalar_subquery()
    )
    query = (
        select(
            OBLIGATION,
            PLAN.c.title.label("plan_title"),
            ENTRY.c.on.label("said_on"),
            ENTRY.c.at.label("said_at"),
            ENTRY.c.by.label("said_by"),
            ENTRY.c.text.label("said"),
        )
        .join(PLAN, PLAN.c.id == OBLIGATION.c.plan_id)
        .outerjoin(ENTRY, ENTRY.c.id == since)
        .where(_IN_STAGE[kind])
        .order_by(ENTRY.c.id, OBLIGATION.c.id)
    )
    return list(connection.execute(query.limit(limit).offset(offset)))


def units(connection: Connection) -> list[Record]:
    """The plans and units that have items which are not over."""
    query = select(OBLIGATION.c.plan_id, OBLIGATION.c.unit, PLAN.c.title.label("plan_title"))
    found = query.join(PLAN, PLAN.c.id == OBLIGATION.c.plan_id).distinct()
    found = found.where(OBLIGATION.c.stage.not_in(_OVER))
    return list(connection.execute(found.order_by(OBLIGATION.c.plan_id, OBLIGATION.c.unit)))


def count_mails(connection: Connection) -> int:
    """How many received mails wait."""
    query = select(func.count()).select_from(RECEIVED).where(RECEIVED.c.state.in_(WAITING))
    return int(connection.execute(query).scalar_one())


def mails(connection: Connection, limit: int, offset: int) -> list[Record]:
    """Received mails that wait, the oldest first."""
    query = select(RECEIVED).where(RECEIVED.c.state.in_(WAITING)).order_by(RECEIVED.c.id)
    return list(connection.execute(query.limit(limit).offset(offset)))


def mail(connection: Connection, number: int) -> Record | None:
    """A received mail; besides its columns ``numbered`` (its items, JSON) and ``recipient`` of the
    mail that it answers."""
    query = select(RECEIVED, OUTBOX.c["items"].label("numbered"), OUTBOX.c.recipient)
    query = query.outerjoin(OUTBOX, OUTBOX.c.id == RECEIVED.c.outbox_id)
    return connection.execute(query.where(RECEIVED.c.id == number)).one_or_none()


def made_of(connection: Connection, number: int) -> list[Record]:
    """The entries that a received mail has led to."""
    query = select(ENTRY).where(ENTRY.c.received_id == number).order_by(ENTRY.c.id)
    return list(connection.execute(query))


def count_defects(connection: Connection) -> int:
    """How many addresses are known not to work."""
    query = select(func.count()).select_from(DEFECT).where(DEFECT.c.closed_at.is_(None))
    return int(connection.execute(query).scalar_one())


def defects(connection: Connection, limit: int, offset: int) -> list[Record]:
    """Addresses that do not work, the longest known first."""
    query = select(DEFECT).where(DEFECT.c.closed_at.is_(None)).order_by(DEFECT.c.id)
    return list(connection.execute(query.limit(limit).offset(offset)))


def items_of(connection: Connection, keys: list[str], units: list[tuple[str, str]]) -> list[Record]:
    """Items of these ids, and open items of these pairs of plan and unit, by plan and due date."""
    pairs = [(OBLIGATION.c.plan_id == plan) & (OBLIGATION.c.unit == unit) for plan, unit in units]
    wanted: ColumnElement[bool] = OBLIGATION.c.id.in_(keys)
    for pair in pairs:
        wanted |= pair & OBLIGATION.c.stage.not_in(_OVER)
    query = select(OBLIGATION).where(wanted)
    return list(
        connection.execute(
            query.order_by(OBLIGATION.c.plan_id, OBLIGATION.c.due_on, OBLIGATION.c.id)
        )
    )
