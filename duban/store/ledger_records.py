"""What the ledger holds, for those who read it: plans, items, their entries and notices.

All that changes it is in ``duban.store.ledger``.
"""

from sqlalchemy import and_, func, select

from duban.planner.changes import Kept
from duban.store import mapping, origins
from duban.store.database import Connection, Record
from duban.store.tables import ENTRY, NOTICE, OBLIGATION, OUTBOX, PLAN
from models.obligation import ItemKind, Stage


def plans(connection: Connection) -> list[Record]:
    """The plans as applied."""
    return list(connection.execute(select(PLAN).order_by(PLAN.c.id)))


def kept(connection: Connection, plan: str) -> dict[str, Kept]:
    """Everything the ledger has ever held of a plan, withdrawn items included, by id."""
    rows = connection.execute(select(OBLIGATION).where(OBLIGATION.c.plan_id == plan))
    found = origins.of_plan(connection, plan)
    return {
        row.id: Kept(mapping.obligation(row), Stage(row.stage), row.revision, found.get(row.id, ()))
        for row in rows
    }


def board(connection: Connection, plan: str | None = None, unit: str | None = None) -> list[Record]:
    """Items with their unit's assignment and their last entry, by plan, unit, due date.

    Columns besides the obligation's: ``assignment_stage``, ``assignment_armed_on``,
    ``last_kind``, ``last_on``, ``last_by``, ``last_text``.
    """
    mine = OBLIGATION.alias("assignment")
    last = select(func.max(ENTRY.c.id)).where(ENTRY.c.obligation_id == OBLIGATION.c.id)
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
        .outerjoin(ENTRY, ENTRY.c.id == last.correlate(OBLIGATION).scalar_subquery())
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
