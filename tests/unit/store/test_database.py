"""Connections and transactions on both databases."""

import threading
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import IntegrityError

from duban.service.workplace import Workplace
from duban.store import runs
from duban.store.database import open_database, reading, writing
from duban.store.tables import NOTICE, RUN
from tests.unit.store.applied import DAY

NOW = datetime(2024, 1, 2, 1, tzinfo=UTC)


def _count(workplace: Workplace) -> int:
    with reading(workplace.engine) as connection:
        return len(connection.execute(RUN.select()).all())


def test_an_error_rolls_the_whole_transaction_back(workplace: Workplace) -> None:
    def fail() -> None:
        with writing(workplace.engine) as connection:
            runs.begin(connection, "daily", DAY, NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert _count(workplace) == 0


def test_an_instant_comes_back_aware_and_the_same(workplace: Workplace) -> None:
    shanghai = datetime(2024, 1, 2, 9, tzinfo=timezone(timedelta(hours=8)))
    with writing(workplace.engine) as connection:
        runs.begin(connection, "daily", DAY, shanghai)
    with reading(workplace.engine) as connection:
        row = connection.execute(RUN.select()).one()
    assert row.started_at == shanghai
    assert row.started_at.tzinfo is not None
    assert row.as_of == DAY


def test_a_row_that_points_at_nothing_is_refused(workplace: Workplace) -> None:
    notice = {
        "obligation_id": "no such thing",
        "revision": 1,
        "step": "assignment",
        "recipient": "",
        "role": "",
        "kind": "",
        "reason": "",
        "on": date(2024, 1, 2),
        "outbox_id": None,
    }
    with pytest.raises(IntegrityError), writing(workplace.engine) as connection:
        connection.execute(NOTICE.insert(), [notice])


def test_a_plain_postgresql_url_gets_its_driver() -> None:
    engine = open_database("postgresql://somebody@nowhere.example/ledger")
    assert engine.url.drivername == "postgresql+psycopg"


def test_transactions_of_one_turn_come_one_after_the_other(workplace: Workplace) -> None:
    order: list[str] = []

    def second() -> None:
        with writing(workplace.engine, turn="plan"):
            order.append("second")

    other = threading.Thread(target=second)
    with writing(workplace.engine, turn="plan"):
        other.start()
        other.join(timeout=0.2)
        order.append("first")
    other.join()
    assert order == ["first", "second"]
