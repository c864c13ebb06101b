"""What came to a unit from several others: its origins, and what a new matrix takes away again."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from duban.service.apply import apply
from duban.service.daily import plan_daily
from duban.service.reassign import Route, reassign
from duban.service.sending.compose import compose
from duban.service.workplace import Workplace
from duban.store import origins, outbox, outcomes
from duban.store.database import reading, writing
from models.matrix import ObligationSpec
from models.notice import Reason
from models.obligation import Stage
from models.office import Office
from notifications.digest import Digest
from notifications.render import render
from tests import builders

UNITS = ("甲局", "乙局", "丙局")
A, B, C = (f"plan-2024/summary/{unit}" for unit in UNITS)
RECEIPT = "plan-2024/assignment/丙局"


def _office(*units: str) -> Office:
    """甲局 and 乙局 have one row; those named owe a report; 丙局 has no part of its own."""
    reports: tuple[ObligationSpec, ...] = (builders.report(who=units),) if units else ()
    return builders.office(builders.plan(builders.matrix(obligations=reports), UNITS))


@pytest.fixture(params=["sqlite", "postgresql"])
def workplace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workplace]:
    """The reports of 甲局 and 乙局 have both gone to 丙局, and all mails are out."""
    url = builders.ledger_url(request, tmp_path)
    with builders.ledger_at(url, _office("甲局", "乙局")) as found:
        apply(found, found.office.plans.values(), builders.occasion("2024-01-02"))
        for key in (A, B):
            reassign(found, key, Route("丙局", "归口办理"), builders.occasion("2024-03-01"))
        plan_daily(found, date(2024, 3, 1))
        _mails(found, "2024-03-01")
        yield found


def _mails(workplace: Workplace, day: str) -> dict[str, Digest]:
    """What goes out on that day, by reader."""
    on = date.fromisoformat(day)
    at = builders.instant(on)
    with writing(workplace.engine) as connection:
        mails = outbox.claim(connection, "me", on, at, 100)
        found = compose(connection, workplace, mails, on)
        for mail in mails:
            outcomes.sent(connection, mail, "", "250", (on, at))
        return {mail.recipient: told for mail in mails if (told := found[mail.id])}


def _applied(workplace: Workplace, day: str, *units: str) -> Workplace:
    later = builders.edited(workplace, _office(*units))
    apply(later, later.office.plans.values(), builders.occasion(day))
    return later


def _origins(workplace: Workplace) -> dict[str, tuple[str, ...]]:
    with reading(workplace.engine) as connection:
        return origins.of_plan(connection, "plan-2024")


def test_all_that_came_together_is_kept_in_order(workplace: Workplace) -> None:
    assert _origins(workplace) == {C: (A, B)}


def test_applying_again_changes_nothing(workplace: Workplace) -> None:
    before = builders.state(workplace)
    _applied(workplace, "2024-03-04", "甲局", "乙局")
    assert builders.state(workplace) == before


@pytest.mark.parametrize("left", ["甲局", "乙局"])
def test_it_stays_while_the_matrix_asks_for_it_under_one_of_the_names(
    workplace: Workplace, left: str
) -> None:
    later = _applied(workplace, "2024-03-04", left)
    found = builders.items(later)
    assert found[C].stage == Stage.ASSIGNED
    assert found[RECEIPT].stage == Stage.ASSIGNED


def test_when_the_matrix_asks_for_none_of_it_nothing_hangs(workplace: Workplace) -> None:
    later = _applied(workplace, "2024-03-04")
    found = builders.items(later)
    assert {found[key].stage for key in (C, RECEIPT)} == {Stage.WITHDRAWN}
    assert {found[key].next_on for key in (C, RECEIPT)} == {None}


def test_a_unit_that_has_nothing_left_is_told_so_once(workplace: Workplace) -> None:
    later = _applied(workplace, "2024-03-04")
    liaison = builders.address("丙局", "liaison")
    digest = _mails(later, "2024-03-04")[liaison]
    [item] = digest.items
    assert (item.reason, item.due_on, item.rows) == (Reason.WITHDRAWN, None, ())
    rendered = render(digest)
    assert "【撤销通知】" in rendered.subject
    assert "贵单位不再承担" in rendered.text
    again = _applied(later, "2024-03-05")
    plan_daily(again, date(2024, 3, 5))
    assert liaison not in _mails(again, "2024-03-05")


def test_who_was_never_told_of_it_is_not_told_that_it_is_gone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with builders.ledger_at(url, _office("甲局")) as found:
        apply(found, found.office.plans.values(), builders.occasion("2024-01-02"))
        reassign(found, A, Route("丙局", "归口办理"), builders.occasion("2024-03-01"))
        later = _applied(found, "2024-03-01")
        assert builders.address("丙局", "liaison") not in _mails(later, "2024-03-01")


def test_what_is_owed_again_after_it_was_withdrawn_is_told_anew(workplace: Workplace) -> None:
    later = _applied(workplace, "2024-03-04")
    _mails(later, "2024-03-04")
    back = _applied(later, "2024-03-06", "甲局", "乙局")
    assert builders.items(back)[C].stage == Stage.ASSIGNED
    digest = _mails(back, "2024-03-06")[builders.address("丙局", "liaison")]
    assert Reason.WITHDRAWN not in {item.reason for item in digest.items}


def _rows(*units: str, holder: str = "乙局") -> Office:
    """Each of these units has a part in the one row; all three owe a report if they have one.

    The liaison of 丙局 is that of ``holder``.
    """
    content = builders.matrix(
        duties=(builders.duty(units=units),), obligations=(builders.report(who=units),)
    )
    contacts = builders.roster(UNITS, 丙局={"liaison": builders.address(holder, "liaison")})
    return builders.office(builders.plan(content, UNITS, contacts=contacts))


def _brought(workplace: Workplace, day: str, office: Office) -> Workplace:
    later = builders.edited(workplace, office)
    apply(later, office.plans.values(), builders.occasion(day))
    return later


def test_an_heir_that_loses_its_own_row_stays_in_charge_of_what_came_to_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with builders.ledger_at(url, _rows(*UNITS, holder="丙局")) as found:
        _brought(found, "2024-01-02", _rows(*UNITS, holder="丙局"))
        reassign(found, A, Route("丙局", "归口办理"), builders.occasion("2024-03-01"))
        plan_daily(found, date(2024, 3, 1))
        _mails(found, "2024-03-01")
        later = _brought(found, "2024-03-04", _rows("甲局", "乙局", holder="丙局"))
        now = builders.items(later)
        assert now["plan-2024/duty/1/丙局"].stage == Stage.WITHDRAWN
        assert (now[C].stage, now[RECEIPT].stage) == (Stage.ASSIGNED, Stage.ASSIGNED)
        plan_daily(later, date(2024, 3, 4))
        [item] = _mails(later, "2024-03-04")[builders.address("丙局", "liaison")].items
        assert item.reason is Reason.REVISED
        before = builders.state(later)
        _brought(later, "2024-03-05", _rows("甲局", "乙局", holder="丙局"))
        assert builders.state(later) == before


def test_an_heir_that_passes_all_of_it_on_after_losing_its_own_is_asked_no_more(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with builders.ledger_at(url, _rows(*UNITS)) as found:
        _brought(found, "2024-01-02", _rows(*UNITS))
        reassign(found, A, Route("丙局", "归口办理"), builders.occasion("2024-03-01"))
        later = _brought(found, "2024-03-04", _rows("甲局", "乙局"))
        reassign(later, C, Route("乙局", "归口办理"), builders.occasion("2024-03-05"))
        assert builders.items(later)[RECEIPT].stage == Stage.REASSIGNED


@pytest.mark.parametrize(
    ("holder", "told"),
    builders.sentences(
        [
            ("one person for both names is assigned the new one only", "乙局", {"乙局": False}),
            ("two persons hear each of their own", "丙局", {"乙局": True, "丙局": False}),
        ]
    ),
)
def test_of_a_unit_that_the_matrix_names_anew(
    tmp_path: Path, holder: str, told: dict[str, bool]
) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with builders.ledger_at(url, _rows("甲局", "乙局", holder=holder)) as found:
        _brought(found, "2024-01-02", _rows("甲局", "乙局", holder=holder))
        _mails(found, "2024-01-02")
        later = _brought(found, "2024-03-04", _rows("甲局", "丙局", holder=holder))
        mails = _mails(later, "2024-03-04")
        assert {
            unit: Reason.WITHDRAWN in {item.reason for item in mails[to].items}
            for unit in told
            if (to := builders.address(unit, "liaison"))
        } == told


def test_a_mail_that_only_takes_back_asks_for_no_answer(workplace: Workplace) -> None:
    later = _applied(workplace, "2024-03-04")
    digest = _mails(later, "2024-03-04")[builders.address("丙局", "liaison")]
    assert (digest.numbered, digest.how_to_answer, digest.page) == ((), (), None)
    assert digest.items[0].dated == ()
    assert "签收" not in render(digest).text
