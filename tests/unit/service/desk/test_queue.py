"""What waits for the office, in groups, page by page."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from duban.service.apply import apply
from duban.service.desk.queue import PAGE, Group, overview, waiting
from duban.service.entries import Saying, enter
from duban.service.workplace import Workplace
from models.entry import EntryKind
from tests import builders
from tests.builders import ledger_at, ledger_url, occasion, office, plan

DAY = date(2024, 1, 3)
UNITS = [f"第{number:03}局" for number in range(PAGE + 2)]


@pytest.fixture(params=["sqlite", "postgresql"])
def workplace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workplace]:
    """52 units that have each handed in their row."""
    content = builders.matrix(duties=(builders.duty(units=UNITS),), obligations=())
    with ledger_at(ledger_url(request, tmp_path), office(plan(content, UNITS))) as found:
        apply(found, found.office.plans.values(), occasion("2024-01-02"))
        yield found


def test_groups_have_totals_first_rows_and_pages(workplace: Workplace) -> None:
    for unit in reversed(UNITS):
        key = f"plan-2024/duty/1/{unit}"
        enter(workplace, key, Saying(EntryKind.COMPLETED), occasion("2024-01-03", unit))
    found = {part.group: part for part in overview(workplace, DAY, 3)}
    assert list(found) == list(Group)
    done = found[Group.COMPLETED]
    assert (done.total, len(done.rows), done.pages) == (PAGE + 2, 3, 2)
    assert [row.unit for row in done.rows] == UNITS[:-4:-1]
    for page, count in ((1, PAGE), (2, 2), (99, 2), (-1, PAGE)):
        assert len(waiting(workplace, Group.COMPLETED, DAY, page).rows) == count
    assert waiting(workplace, Group.DEFECTS, DAY, 1).pages == 1


def test_units_without_a_liaison_wait_until_the_roster_has_one(workplace: Workplace) -> None:
    content = workplace.office.plans["plan-2024"].matrix
    bare = office(plan(content, UNITS, contacts=builders.roster(UNITS[1:])))
    found = waiting(builders.edited(workplace, bare), Group.UNREACHABLE, DAY, 1)
    assert [row.unit for row in found.rows] == UNITS[:1]
    assert waiting(workplace, Group.UNREACHABLE, DAY, 1).total == 0
