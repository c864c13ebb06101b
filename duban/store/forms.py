"""The numbers of forms: each is good for one post."""

from datetime import datetime

from duban.store.database import Connection
from duban.store.tables import POSTED, insert


def forget_numbers(connection: Connection, until: datetime) -> int:
    """Forget the numbers used up before an instant; how many: their forms are good no more."""
    return connection.execute(POSTED.delete().where(POSTED.c.at < until)).rowcount


def use_number(connection: Connection, number: str, at: datetime) -> bool:
    """Use a form's number up, in the transaction of what it does; False if it was used before."""
    values = {"number": number, "at": at}
    statement = insert(connection, POSTED).values(values).on_conflict_do_nothing()
    used = connection.execute(statement.returning(POSTED.c.number))  # no rowcount on PostgreSQL
    return used.first() is not None
