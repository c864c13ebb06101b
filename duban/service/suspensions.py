"""Suspensions that are over: the obligation is owed again, with the term that was left."""

from datetime import date

from duban import clock
from duban.service.entries import Saying, enter_in
from duban.service.workplace import Workplace
from duban.store import planning
from duban.store.database import reading, writing
from duban.store.ledger import Occasion
from models.entry import EntryKind, Via

_BY = "督办系统"


def resume_due(workplace: Workplace, as_of: date) -> int:
    """Resume what was suspended until this day or an earlier one; how many.

    Each counts for the day on which its suspension ends, however late the run.
    """
    plans = list(workplace.office.plans)
    with reading(workplace.engine) as connection:
        if not planning.to_resume(connection, plans, as_of):
            return 0
    with writing(workplace.engine, turn=planning.TURN) as connection:
        rows = planning.to_resume(connection, plans, as_of)
        for row in rows:
            when = Occasion(row.resumes_on, clock.now(), _BY)
            enter_in(connection, workplace, row.id, Saying(EntryKind.RESUMED, via=Via.SYSTEM), when)
    return len(rows)
