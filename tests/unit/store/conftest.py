"""A ledger on each database, and one plan applied to it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from duban.service.apply import apply
from duban.service.workplace import Workplace
from duban.store.ledger import Occasion
from tests import builders

DAY = date(2024, 1, 2)


@pytest.fixture(params=["sqlite", "postgresql"])
def workplace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workplace]:
    """The builders' plan beside an empty ledger."""
    url = f"sqlite:///{tmp_path / 'folder' / 'ledger.db'}"
    if request.param == "postgresql":
        url = builders.new_database(request.getfixturevalue("postgres_url"))
    with builders.ledger_at(url, builders.office(builders.plan())) as found:
        yield found


@pytest.fixture
def applied(workplace: Workplace) -> Workplace:
    """The same on 2024-01-02: two assignments wait in the outbox."""
    plans = workplace.office.plans.values()
    apply(workplace, plans, Occasion(DAY, builders.instant(DAY), "某人"))
    return workplace
