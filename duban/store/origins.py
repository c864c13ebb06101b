"""What re-routed obligations came from: every one of them, in the order in which they came."""

from sqlalchemy import func, select

from duban.store.database import Connection
from duban.store.tables import OBLIGATION, ORIGIN, insert


def of_plan(connection: Connection, plan: str) -> dict[str, tuple[str, ...]]:
    """For each obligation of a plan that was re-routed, all that it came from, in order."""
    query = (
        select(ORIGIN.c.obligation_id, ORIGIN.c.origin_id)
        .join(OBLIGATION, OBLIGATION.c.id == ORIGIN.c.obligation_id)
        .where(OBLIGATION.c.plan_id == plan)
        .order_by(ORIGIN.c.obligation_id, ORIGIN.c.place)
    )
    found: dict[str, tuple[str, ...]] = {}
    for row in connection.execute(query):
        found[row.obligation_id] = (*found.get(row.obligation_id, ()), row.origin_id)
    return found


def add(connection: Connection, key: str, origin: str) -> None:
    """Note that an obligation was re-routed from another one, beside those noted before."""
    place = select(func.count()).where(ORIGIN.c.obligation_id == key).scalar_subquery()
    row = {"obligation_id": key, "origin_id": origin, "place": place}
    statement = insert(connection, ORIGIN).values(row)
    connection.execute(statement.on_conflict_do_nothing())
