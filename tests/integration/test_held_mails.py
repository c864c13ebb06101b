"""Mails that wait for the next week, with a real server: released, merged, sent in the end."""

from collections.abc import Callable
from datetime import date

import pytest

from duban.service.sending.deliver import Delivered
from duban.store import mail_records, outbox, planning
from duban.store.database import reading, writing
from duban.store.tables import HELD
from models.notice import Notice, Reason, Recipient
from models.office import Office
from models.policy import NoticeKind
from models.roster import Post
from tests import builders
from tests.integration.site import Site

LIAISON = builders.address("甲局", "liaison")
THURSDAY, NEXT = date(2024, 9, 19), date(2024, 9, 23)


def _remind(site: Site, step: str, on: date, kind: NoticeKind = NoticeKind.REMINDER) -> None:
    notice = Notice(
        on=on,
        kind=kind,
        reason=Reason.DUE_SOON,
        obligation="plan-2024/summary/甲局",
        revision=1,
        unit="甲局",
        step=step,
        due_on=None,
        recipients=(Recipient(Post.LIAISON, LIAISON),),
    )
    with writing(site.workplace.engine) as connection:
        planning.queue(connection, [notice], on)


@pytest.fixture
def site(open_site: Callable[[Office], Site]) -> Site:
    """Applied and acknowledged; 甲局's liaison may get one mail a week."""
    terms = builders.standard().terms.model_copy(update={"mails_per_week": 1})
    policy = builders.standard().model_copy(update={"terms": terms})
    found = open_site(builders.office(builders.plan(policy=policy)))
    day = found.on("09-02")
    day.apply()
    day.unit("甲局").acknowledges()
    return found


def _deliver(site: Site, on: date) -> Delivered:
    return site.on(f"{on:%m-%d}").deliver()


def _held(site: Site) -> list[tuple[str, date, date]]:
    with reading(site.workplace.engine) as connection:
        rows = connection.execute(HELD.select().order_by(HELD.c.id))
        return [(row.recipient, row.on, row.until) for row in rows]


def _count(site: Site, on: date) -> int:
    with reading(site.workplace.engine) as connection:
        return mail_records.count_held(connection, on)


def test_the_second_reminder_of_a_week_waits_for_the_next_and_takes_on_more(site: Site) -> None:
    _remind(site, "one", date(2024, 9, 17))
    assert _deliver(site, date(2024, 9, 18)).sent >= 1
    _remind(site, "two", date(2024, 9, 18))
    delivered = _deliver(site, THURSDAY)
    assert (delivered.sent, delivered.held) == (0, 1)
    assert _held(site) == [(LIAISON, THURSDAY, NEXT)]
    row = site.mail_to(LIAISON)
    assert (row.state, row.on, row.claimed_by) == ("pending", NEXT, None)
    assert row.reply == "held until 2024-09-23: its reader has had 1 mails this week"
    assert (_count(site, THURSDAY), _count(site, NEXT)) == (1, 0)
    _remind(site, "three", date(2024, 9, 20))
    assert _deliver(site, date(2024, 9, 20)).held == 1
    assert len(_held(site)) == 1
    assert _deliver(site, NEXT).sent == 1
    assert site.mail_to(LIAISON).state == "sent"


def test_a_slip_takes_the_held_mail_along(site: Site) -> None:
    _remind(site, "one", date(2024, 9, 17))
    _deliver(site, date(2024, 9, 18))
    _remind(site, "two", date(2024, 9, 18))
    _deliver(site, THURSDAY)
    _remind(site, "slip", date(2024, 9, 20), NoticeKind.SLIP_BLUE)
    assert _deliver(site, date(2024, 9, 20)).sent == 1
    assert _count(site, date(2024, 9, 20)) == 0


def test_what_was_opened_meanwhile_joins_and_is_looked_at_again(site: Site) -> None:
    _remind(site, "one", THURSDAY)
    with writing(site.workplace.engine) as connection:
        at = builders.instant(THURSDAY)
        mails = outbox.claim(connection, "me", THURSDAY, at, 10)
        mail = next(mail for mail in mails if mail.recipient == LIAISON)
    _remind(site, "slip", THURSDAY, NoticeKind.SLIP_BLUE)
    with writing(site.workplace.engine) as connection:
        assert not outbox.hold(connection, mail, THURSDAY, NEXT, "")
    row = next(row for row in site.mails() if row.id == mail.id)
    assert (row.state, row.on, row.claimed_by) == ("pending", THURSDAY, None)
    assert _held(site) == []
