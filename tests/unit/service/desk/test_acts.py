"""Forms of the office: each acts once, whole or not at all, also when two come at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from duban.errors import StageConflict
from duban.service.apply import apply
from duban.service.desk.acts import SettledMail, enter_once, reassign_once, settle_mail
from duban.service.entries import Saying
from duban.service.reassign import Route
from duban.service.workplace import Workplace
from models.entry import EntryKind
from tests.builders import items, ledger_at, ledger_url, occasion, office, plan, state

SUMMARY = "plan-2024/summary/甲局"
WHEN = occasion("2024-01-03")


@pytest.fixture(params=["sqlite", "postgresql"])
def workplace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workplace]:
    with ledger_at(ledger_url(request, tmp_path), office(plan())) as found:
        apply(found, found.office.plans.values(), occasion("2024-01-02"))
        yield found


def test_the_same_form_from_two_places_at_once_acts_once(workplace: Workplace) -> None:
    def post(_: int) -> bool:
        saying = Saying(EntryKind.REPORTED, "进展")
        return enter_once(workplace, "form", SUMMARY, saying, WHEN) is not None

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(post, range(4))) == [False, False, False, True]


def test_a_refused_form_leaves_no_trace_and_may_come_again(workplace: Workplace) -> None:
    before = state(workplace)
    with pytest.raises(StageConflict):
        enter_once(workplace, "form", SUMMARY, Saying(EntryKind.ACCEPTED), WHEN)
    assert state(workplace) == before
    assert enter_once(workplace, "form", SUMMARY, Saying(EntryKind.REPORTED, "话"), WHEN)


def test_re_routing_happens_once(workplace: Workplace) -> None:
    route = Route("丙局", "属其职责")
    assert reassign_once(workplace, "form", SUMMARY, route, WHEN)
    before = state(workplace)
    assert reassign_once(workplace, "form", SUMMARY, route, WHEN) is None
    assert state(workplace) == before
    assert "plan-2024/summary/丙局" in items(workplace)


def test_a_mail_that_is_not_there_does_not_wait(workplace: Workplace) -> None:
    with pytest.raises(SettledMail):
        settle_mail(workplace, "form", 7, "已阅", WHEN)
