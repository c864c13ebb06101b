"""Who is at work: living and dead processes here, leases that run out elsewhere."""

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest

from duban.service.workplace import Workplace
from duban.store import leases
from duban.store.database import reading, writing
from duban.store.leases import Holder
from duban.store.tables import LEASE

NOW = datetime(2024, 1, 2, 1, tzinfo=UTC)
HERE = leases.this_process()
ELSEWHERE = Holder("far", "far-away.example", 4711, "1")


def _dead() -> Holder:
    """A process of this machine that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pass
    return HERE._replace(token="dead", process=process.pid)


def _take(workplace: Workplace, holder: Holder, now: datetime = NOW) -> Holder | None:
    with writing(workplace.engine) as connection:
        return leases.take(connection, "daily", holder, now)


def test_a_lease_is_taken_once(workplace: Workplace) -> None:
    assert _take(workplace, HERE) is None
    assert _take(workplace, HERE) is None
    rival = leases.this_process()
    assert _take(workplace, rival) == HERE
    with writing(workplace.engine) as connection:
        leases.give_back(connection, "daily", HERE)
    assert _take(workplace, rival) is None


def test_of_two_who_take_it_in_the_same_instant_one_has_it(workplace: Workplace) -> None:
    rival, found = leases.this_process(), []

    def second() -> None:
        found.append(_take(workplace, rival))

    other = threading.Thread(target=second)
    with writing(workplace.engine) as connection:
        assert leases.take(connection, "daily", HERE, NOW) is None
        other.start()
        other.join(timeout=0.2)
    other.join()
    assert found == [HERE]


def test_a_dead_process_is_relieved_at_once(workplace: Workplace) -> None:
    assert _take(workplace, _dead()) is None
    assert _take(workplace, HERE) is None


def test_a_number_that_was_given_again_deceives_nobody(workplace: Workplace) -> None:
    assert _take(workplace, HERE._replace(token="before", started="1")) is None
    assert _take(workplace, HERE) is None


@pytest.mark.parametrize(("seconds", "is_taken"), [(59, False), (61, True)])
def test_elsewhere_a_lease_is_good_for_sixty_seconds(
    workplace: Workplace, seconds: int, is_taken: bool
) -> None:
    assert _take(workplace, ELSEWHERE) is None
    rival = _take(workplace, HERE, NOW + timedelta(seconds=seconds))
    assert rival == (None if is_taken else ELSEWHERE)


def test_renewing_prolongs_what_is_still_ours(workplace: Workplace) -> None:
    later = NOW + timedelta(seconds=50)
    assert _take(workplace, ELSEWHERE) is None
    with writing(workplace.engine) as connection:
        assert leases.renew(connection, "daily", ELSEWHERE, later)
        assert not leases.renew(connection, "daily", HERE, later)
    assert _take(workplace, HERE, later + timedelta(seconds=50)) == ELSEWHERE


def test_the_roll_call_names_the_living_and_clears_the_others_away(workplace: Workplace) -> None:
    holders = {"a": HERE, "b": _dead(), "c": ELSEWHERE}
    with writing(workplace.engine) as connection:
        for name, holder in holders.items():
            leases.take(connection, name, holder, NOW)
    with reading(workplace.engine) as connection:
        assert set(leases.dead(connection, NOW)) == {"b"}
    with writing(workplace.engine) as connection:
        assert leases.roll_call(connection, NOW) == {HERE.token, "far"}
        assert leases.roll_call(connection, NOW + leases.TERM) == {HERE.token}
        assert len(connection.execute(LEASE.select()).all()) == 1


def test_this_process_is_known_by_number_and_start(workplace: Workplace) -> None:
    assert HERE.process == os.getpid()
    assert HERE.started
    assert leases.this_process().token != HERE.token
