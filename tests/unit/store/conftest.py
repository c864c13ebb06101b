"""A ledger on each database, and one plan applied to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from duban.service.apply import apply
from duban.service.workplace import Workplace
from duban.store.database import writing
from duban.store.ledger import Occasion
from duban.store.outbox import Claimed
from tests import builders
from tests.unit.store.applied import DAY, LIAISON, claim, say


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


@pytest.fixture
def mail(applied: Workplace) -> Claimed:
    """The mail to 甲局's liaison, claimed; a newer one has been opened since."""
    claimed = claim(applied)
    with writing(applied.engine) as connection:
        say(connection)
    return next(mail for mail in claimed if mail.recipient == LIAISON)
