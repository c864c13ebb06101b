"""Links declared void: for an address that mails went to, however it is spelt."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from duban.errors import WrongUsage
from duban.service.access.revocations import revoke, revoked
from duban.service.apply import apply
from duban.service.workplace import Workplace
from duban.store.database import reading
from duban.store.links import void_until
from tests.builders import address, instant, ledger_at, ledger_url, occasion, office, plan

NOW = instant(date(2024, 1, 3))
LIAISON = address("甲局", "liaison")


@pytest.fixture(params=["sqlite", "postgresql"])
def workplace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workplace]:
    with ledger_at(ledger_url(request, tmp_path), office(plan())) as found:
        apply(found, found.office.plans.values(), occasion("2024-01-02"))
        yield found


@pytest.mark.parametrize("spelt", [LIAISON, LIAISON.upper(), f"  {LIAISON} "])
def test_links_of_a_known_address_are_void_up_to_now(workplace: Workplace, spelt: str) -> None:
    revoke(workplace, spelt, "已调离", "管理丁", NOW)
    with reading(workplace.engine) as connection:
        assert void_until(connection, LIAISON) == NOW
    rows, total = revoked(workplace, 50, 0)
    assert total == 1
    assert (rows[0].address, rows[0].by, rows[0].because) == (LIAISON, "管理丁", "已调离")


def test_an_address_that_only_a_roster_has_counts_too(workplace: Workplace) -> None:
    revoke(workplace, address("丙局", "head"), "误转", "管理丁", NOW)
    assert revoked(workplace, 50, 0)[1] == 1


def test_an_unknown_address_or_no_reason_is_refused(workplace: Workplace) -> None:
    with pytest.raises(WrongUsage, match="nothing was ever sent"):
        revoke(workplace, "nobody@nowhere.example", "已调离", "管理丁", NOW)
    with pytest.raises(WrongUsage, match="reason"):
        revoke(workplace, LIAISON, " \n", "管理丁", NOW)
    assert revoked(workplace, 50, 0) == ([], 0)
