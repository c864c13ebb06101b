"""What was asked of units, counted by the database: each thing once, however many heard of it."""

from datetime import date

from duban.service.daily import plan_daily
from duban.service.workplace import Workplace
from duban.store import burden
from duban.store.database import reading, writing
from duban.store.tables import HELD, NOTICE, OUTBOX
from tests import builders

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
T_3, ORANGE = date(2024, 10, 15), date(2024, 10, 24)
KEY = ("甲局", "plan-2024")


def test_a_rung_counts_once_for_the_unit_and_the_offices_do_not_count(applied: Workplace) -> None:
    plan_daily(applied, T_3)
    plan_daily(applied, ORANGE)
    with reading(applied.engine) as connection:
        said = burden.said(connection, FIRST, LAST)
        october = burden.said(connection, T_3, T_3)
    assert said[KEY] == {
        "assignment": 1,
        "acknowledge-chase": 1,
        "reminder": 1,
        "slip-orange": 1,
    }
    assert october[KEY] == {"acknowledge-chase": 1, "reminder": 1}


def test_only_what_falls_due_in_the_period_is_a_report(applied: Workplace) -> None:
    with reading(applied.engine) as connection:
        assert burden.reports(connection, FIRST, LAST) == {KEY: 1}
        assert burden.reports(connection, FIRST, date(2024, 10, 19)) == {}


def test_a_mail_counts_when_it_has_gone_and_once_for_each_unit(applied: Workplace) -> None:
    plan_daily(applied, T_3)
    with writing(applied.engine) as connection:
        assert burden.mails(connection, FIRST, LAST, ["plan-2024"]) == {}
        connection.execute(OUTBOX.update().values(state="sent", sent_on=T_3))
        assert burden.mails(connection, FIRST, LAST, ["plan-2024"]) == {"甲局": 2, "乙局": 2}
        assert burden.mails(connection, FIRST, LAST, ["another"]) == {}
        assert burden.mails(connection, FIRST, date(2024, 10, 14), ["plan-2024"]) == {}


def test_a_mail_held_back_on_two_days_is_one(applied: Workplace) -> None:
    liaison = builders.address("甲局", "liaison")
    with writing(applied.engine) as connection:
        (mail,) = connection.execute(
            NOTICE.select().where(NOTICE.c.recipient == liaison).limit(1)
        ).all()
        rows = [
            {"outbox_id": mail.outbox_id, "recipient": liaison, "on": day, "until": LAST}
            for day in (date(2024, 1, 3), date(2024, 1, 4))
        ]
        connection.execute(HELD.insert(), rows)
        assert burden.held(connection, FIRST, LAST, ["plan-2024"]) == {"甲局": 1}
        assert burden.held(connection, date(2024, 2, 1), LAST, ["plan-2024"]) == {}
