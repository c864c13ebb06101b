"""Several senders, stalled senders, dead senders: no mail is sent twice, none is left behind."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from duban import clock
from duban.errors import AlreadyRunning
from duban.store.database import writing
from duban.store.outbox import begin, claim
from duban.store.tables import LEASE
from models.office import Office
from tests import builders
from tests.integration.offices import many
from tests.integration.site import Day, Site

UNITS = 200


@pytest.fixture
def crowd(open_site: Callable[[Office], Site]) -> Day:
    """An office of many units on the day of their assignment, nothing sent yet."""
    site = open_site(many(UNITS))
    site.on("09-13").apply()
    return site.on("09-13")


def _start(day: Day, job: str = "deliver") -> int:
    site = day.site
    details = {"as_of": str(day.day), "port": site.sink.port, "units": UNITS}
    return site.workers.start(job, site.url, **details)


def _wait_for_mails(day: Day, count: int) -> None:
    deadline = time.monotonic() + 20
    while len(day.site.sink.mails) < count:
        assert time.monotonic() < deadline
        time.sleep(0.005)


@contextmanager
def _stopped(process: int) -> Iterator[None]:
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


@contextmanager
def _stalled_sender(day: Day) -> Iterator[int]:
    """A sender that is stopped while it waits for the server's answer to its fifth mail."""
    processes: list[int] = []
    is_stopped = Event()

    def stop(count: int) -> None:
        if count == 5:
            os.kill(processes[0], signal.SIGSTOP)
            is_stopped.set()

    day.site.sink.on_mail = stop
    processes.append(_start(day))
    assert is_stopped.wait(20)
    try:
        yield processes[0]
    finally:
        os.kill(processes[0], signal.SIGCONT)
        assert day.site.workers.wait(processes[0]) == 0


def _claimed_elsewhere(day: Day, seconds: float) -> int:
    """A sender on another machine has begun the first mail; its lease expires so much later."""
    with writing(day.site.workplace.engine) as connection:
        lease = {
            "name": "deliver/far",
            "holder": "far",
            "host": "far-away.example",
            "process": os.getpid(),
            "started": "1",
            "expires_at": clock.now() + timedelta(seconds=seconds),
        }
        connection.execute(LEASE.insert(), [lease])
        mails = claim(connection, "far", day.day, day.moment.at, 10)
        assert begin(connection, mails[0], day.day)
        return len(mails)


@pytest.mark.parametrize("senders", [2, 3])
def test_senders_at_once_send_each_mail_once(crowd: Day, senders: int) -> None:
    processes = [_start(crowd) for _ in range(senders)]
    assert [crowd.site.workers.wait(process) for process in processes] == [0] * senders
    assert len(crowd.site.sink.peers) > 1
    assert (len(crowd.site.sink.mails), crowd.site.sink.repeated()) == (UNITS, 0)
    assert crowd.site.states() == {"sent": UNITS}
    assert crowd.site.lost() == []


def test_senders_and_a_planner_at_once_lose_and_repeat_nothing(crowd: Day) -> None:
    day = crowd.site.on("09-18")
    processes = [_start(day), _start(day, "daily"), _start(day)]
    assert [crowd.site.workers.wait(process) for process in processes] == [0, 0, 0]
    crowd.site.on("09-19").run()
    assert crowd.site.sink.repeated() == 0
    assert crowd.site.lost() == []


def test_a_stalled_sender_on_this_machine_keeps_its_mails(crowd: Day) -> None:
    with _stalled_sender(crowd):
        held = [row.id for row in crowd.site.mails() if row.claimed_by]
        with writing(crowd.site.workplace.engine) as connection:
            connection.execute(LEASE.update().values(expires_at=clock.now() - timedelta(hours=1)))
        assert crowd.deliver().recovered == 0
        assert [row.id for row in crowd.site.mails() if row.claimed_by] == held
        assert 0 < len(held) <= 50
    assert (len(crowd.site.sink.mails), crowd.site.sink.repeated()) == (UNITS, 0)


def test_a_dead_sender_is_relieved_at_once(crowd: Day) -> None:
    process = _start(crowd)
    _wait_for_mails(crowd, 5)
    crowd.site.workers.kill(process)
    delivered = crowd.deliver()
    assert delivered.recovered > 0
    assert crowd.site.states() == {"sent": UNITS}
    assert crowd.site.sink.repeated() <= 1
    with writing(crowd.site.workplace.engine) as connection:
        assert connection.execute(LEASE.select()).all() == []


def test_a_sender_elsewhere_is_left_alone_until_its_lease_has_run_out(crowd: Day) -> None:
    held = _claimed_elsewhere(crowd, seconds=30)
    assert crowd.deliver().recovered == 0
    assert len(crowd.site.sink.mails) == UNITS - held
    with writing(crowd.site.workplace.engine) as connection:
        connection.execute(LEASE.update().values(expires_at=clock.now() - timedelta(seconds=1)))
    assert crowd.deliver().recovered == held
    assert crowd.site.states() == {"sent": UNITS}
    assert crowd.site.sink.repeated() == 0


def test_a_sender_that_was_taken_for_dead_does_not_send_what_it_no_longer_holds(
    crowd: Day,
) -> None:
    with _stalled_sender(crowd):
        with writing(crowd.site.workplace.engine) as connection:
            elsewhere = {"host": "far-away.example", "expires_at": clock.now()}
            connection.execute(LEASE.update().values(elsewhere))
        assert crowd.deliver().recovered > 1
        assert crowd.site.states() == {"sent": UNITS}
    assert crowd.site.sink.repeated() == 1  # the one it was just handing over
    assert len(crowd.site.sink.counts) == UNITS


def test_a_second_planner_is_told_and_a_third_takes_over_from_a_dead_one(
    crowd: Day, tmp_path: Path
) -> None:
    sign = tmp_path / "holds"
    process = crowd.site.workers.start("hold", crowd.site.url, name="daily", sign=str(sign))
    while not sign.exists():
        time.sleep(0.01)
    later = crowd.site.on("09-18")
    with pytest.raises(AlreadyRunning, match=f"process {process} "):
        later.plan()
    with _stopped(process), pytest.raises(AlreadyRunning):
        later.plan()
    crowd.site.workers.kill(process)
    assert later.plan().notices == UNITS


def test_of_planners_that_start_together_one_plans_and_the_others_are_refused(crowd: Day) -> None:
    later = crowd.site.on("09-18")
    processes = [_start(later, "plan") for _ in range(3)]
    codes = [crowd.site.workers.wait(process) for process in processes]
    assert set(codes) <= {0, 3}
    assert 0 in codes
    spoken = builders.said(crowd.site.workplace, lambda row: row.step == "reminder-30d")
    assert len(spoken) == UNITS
