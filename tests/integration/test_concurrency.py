"""Several processes at one ledger: readers hold up nobody, writers lose nothing."""

from datetime import date

import pytest

from duban.store import ledger_records, runs
from duban.store.database import reading, writing
from models.obligation import Stage
from tests import builders
from tests.integration.offices import PLAN, many
from tests.integration.site import Site

UNITS = 200


def _runs(site: Site) -> object:
    with reading(site.workplace.engine) as connection:
        return runs.last(connection, "daily")


def _note_run(site: Site) -> None:
    at = builders.instant(date(2024, 1, 2))
    with writing(site.workplace.engine) as connection:
        number = runs.begin(connection, "daily", date(2024, 1, 2), at)
        runs.finish(connection, number, {}, at)


def test_a_reader_holds_up_no_writer_and_sees_one_state_throughout(site: Site) -> None:
    with reading(site.workplace.engine) as connection:
        assert runs.last(connection, "daily") is None
        _note_run(site)
        assert runs.last(connection, "daily") is None
    assert _runs(site) is not None


def test_a_writer_holds_up_no_reader(site: Site) -> None:
    at = builders.instant(date(2024, 1, 2))
    with writing(site.workplace.engine) as connection:
        number = runs.begin(connection, "daily", date(2024, 1, 2), at)
        runs.finish(connection, number, {}, at)
        assert _runs(site) is None
    assert _runs(site) is not None


def test_four_processes_lose_no_update(site: Site) -> None:
    site.on("01-02").apply()
    key, each = f"{PLAN}/summary/甲局", 25
    processes = [site.workers.start("count", site.url, key=key, times=each) for _ in range(4)]
    assert [site.workers.wait(process) for process in processes] == [0] * 4
    assert builders.items(site.workplace)[key].revision == 1 + 4 * each


def test_four_processes_lose_no_entry(site: Site) -> None:
    site.on("01-02").apply()
    key, each = f"{PLAN}/summary/甲局", 25
    processes = [site.workers.start("report", site.url, key=key, times=each) for _ in range(4)]
    assert [site.workers.wait(process) for process in processes] == [0] * 4
    with reading(site.workplace.engine) as connection:
        kinds = [row.kind for row in ledger_records.entries(connection, key)]
    assert kinds == ["assigned"] + ["reported"] * 4 * each


@pytest.mark.parametrize("job", ["plan", "apply"])
def test_entries_while_others_work_at_the_same_items(site: Site, job: str) -> None:
    """Acknowledgements in the order opposite to the planner's, which would lock them crosswise."""
    site.edit(many(UNITS))
    site.on("09-13").apply()
    details = {"as_of": "2024-09-18", "port": site.sink.port, "units": UNITS}
    new = {"each": 2, "words": ["报告"]} if job == "apply" else {}
    processes = [
        site.workers.start("acknowledge", site.url, **details),
        site.workers.start(job, site.url, **details, **new),
        site.workers.start("deliver", site.url, **details),
        site.workers.start("plan", site.url, **details),
    ]
    codes = [site.workers.wait(process) for process in processes]
    assert (codes[0], codes[2]) == (0, 0)
    assert sorted(codes[1::2]) == ([0, 3] if 3 in codes else [0, 0])
    stages = {row.stage for row in builders.items(site.workplace).values() if not row.due_on}
    assert stages <= {Stage.ACKNOWLEDGED, Stage.ASSIGNED}
    for day in ("09-19", "09-20"):
        site.on(day).run()
    assert site.sink.repeated() == 0
