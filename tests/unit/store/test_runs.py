"""The record of runs."""

from datetime import timedelta

from duban.service.workplace import Workplace
from duban.store import runs
from duban.store.database import writing
from tests import builders
from tests.unit.store.applied import DAY

AT = builders.instant(DAY)


def test_the_last_run_is_the_finished_one_of_the_latest_day(workplace: Workplace) -> None:
    later = DAY + timedelta(days=1)
    with writing(workplace.engine) as connection:
        assert runs.last(connection, "daily") is None
        first = runs.begin(connection, "daily", later, AT)
        second = runs.begin(connection, "daily", DAY, AT)
        runs.begin(connection, "daily", later + timedelta(days=1), AT)
        other = runs.begin(connection, "deliver", later + timedelta(days=1), AT)
        for run in (first, second, other):
            runs.finish(connection, run, {"sent": run}, AT)
        last = runs.last(connection, "daily")
    assert last is not None
    assert (last.id, last.as_of, last.counts) == (first, later, f'{{"sent": {first}}}')
