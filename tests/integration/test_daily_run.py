"""A day's run: once, the latest rung alone, one mail per recipient and workday."""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from duban.errors import UnknownYear
from duban.store.database import writing
from duban.store.forms import use_number
from duban.store.tables import NOTICE, POSTED
from models.notice import Reason
from models.office import Office
from tests import builders
from tests.integration.offices import PLAN, few
from tests.integration.site import Site

LIAISON = builders.address("甲局", "liaison")
OFFICER = builders.address("甲局", "officer_in_charge")
SUMMARY = f"{PLAN}/summary/甲局"


def _steps(site: Site, obligation: str = SUMMARY) -> list[tuple[str, str, str]]:
    rows = builders.said(site.workplace, lambda row: row.obligation == obligation)
    return [(row.step, row.recipient, row.reason) for row in rows]


def test_two_runs_on_one_day_send_one_mail(site: Site) -> None:
    site.on("01-02").apply()
    assert site.on("01-02").run().messages_sent == 2
    before = builders.state(site.workplace)
    again = site.on("01-02").run()
    assert (again.due, again.notices, again.messages_sent) == (0, 0, 0)
    assert builders.state(site.workplace) == before
    other = builders.address("乙局", "liaison")
    assert sorted(mail.recipient for mail in site.sink.mails) == sorted([LIAISON, other])


def test_the_database_itself_refuses_a_rung_said_twice(site: Site) -> None:
    site.on("01-02").apply()
    with writing(site.workplace.engine) as connection:
        row = connection.execute(NOTICE.select()).first()
    assert row is not None
    twin = {key: value for key, value in row._mapping.items() if key != "id"}
    with pytest.raises(IntegrityError), writing(site.workplace.engine) as connection:
        connection.execute(NOTICE.insert(), [twin])
    for other in ({"revision": 2}, {"step": "slip-blue"}, {"recipient": "another@x.example"}):
        with writing(site.workplace.engine) as connection:
            connection.execute(NOTICE.insert(), [twin | other])


def test_after_a_week_off_only_the_latest_rung_speaks_and_the_others_are_on_record(
    site: Site,
) -> None:
    site.on("01-02").apply()
    site.on("01-02").unit("甲局").acknowledges()
    site.on("09-30").run()
    site.sink.mails.clear()
    site.on("10-18").run()  # the machine was off on 10-15 and 10-17
    assert _steps(site)[-4:] == [
        ("reminder-0", LIAISON, Reason.DUE_TODAY),
        ("reminder-0", OFFICER, Reason.DUE_TODAY),
        ("reminder-3w", "", "superseded by reminder-0"),
        ("reminder-1w", "", "superseded by reminder-0"),
    ]
    assert [len(site.sink.of(to)) for to in (LIAISON, OFFICER)] == [1, 1]


def test_what_is_applied_after_the_days_mail_has_gone_waits_for_the_next_workday(
    site: Site,
) -> None:
    site.on("09-27").apply()
    assert site.on("09-27").run().messages_sent == 2
    site.edit(few(obligations=(builders.report(), builders.report("plan-of-work", "2024-12-20"))))
    site.on("09-27").apply()
    assert site.on("09-27").run().messages_sent == 0
    assert [row.state for row in site.mails()] == ["sent", "sent", "pending"]
    site.on("09-28").run()  # a Saturday
    assert len(site.sink.of(LIAISON)) == 1
    site.on("09-29").run()  # a Sunday that is worked
    assert len(site.sink.of(LIAISON)) == 2
    assert site.states() == {"sent": 3}


def test_who_is_liaison_of_two_plans_gets_one_digest(
    open_site: Callable[[Office], Site],
) -> None:
    contacts = {"甲局": {"liaison": "one@shared.example"}}
    first = builders.plan(contacts=builders.roster(("甲局", "乙局"), **contacts))
    second = builders.plan(
        builders.matrix(id="other-2024", title="另一方案"),
        contacts=builders.roster(("甲局", "乙局"), **contacts),
    )
    site = open_site(builders.office(first, second))
    site.on("09-30").apply()
    site.on("09-30").run()
    [mail] = site.sink.of("one@shared.example")
    assert "某方案" in mail.text
    assert "另一方案" in mail.text


def test_thirty_five_items_are_one_mail_of_thirty_in_full_and_five_in_a_line(
    open_site: Callable[[Office], Site],
) -> None:
    reports = tuple(
        builders.report(f"summary-{number}", title=f"编号{number}的总结") for number in range(35)
    )
    site = open_site(few(obligations=reports))
    site.on("01-02").apply()
    site.on("01-02").unit("甲局").acknowledges()
    site.on("09-18").run()
    [mail] = site.sink.of(LIAISON)
    assert "35" in mail.subject
    assert all(f"编号{number}的总结" in mail.text for number in range(35))
    assert mail.text.count("时限：") == 30
    assert "其余5项" in mail.text


@pytest.mark.parametrize("day", ["10-01", "10-05", "10-19"])
def test_nothing_goes_out_on_a_rest_day(site: Site, day: str) -> None:
    site.on("09-30").apply()
    summary = site.on(day).run()
    assert (summary.notices, summary.messages_sent, summary.undone) == (0, 0, [])
    assert site.sink.mails == []
    assert site.states() == {"pending": 2}


def test_a_make_up_day_is_a_workday(site: Site) -> None:
    site.on("09-27").apply()
    site.on("10-12").run()  # a Saturday that is worked
    assert len(site.sink.of(LIAISON)) == 1


@pytest.mark.parametrize("step", ["plan", "deliver", "run"])
def test_a_year_without_published_workdays_is_refused(site: Site, step: str) -> None:
    site.on("09-27").apply()
    with pytest.raises(UnknownYear, match="2031"):
        getattr(site.on("2031-03-03"), step)()
    assert site.sink.mails == []


def test_the_numbers_of_forms_whose_links_are_dead_are_forgotten(site: Site) -> None:
    with writing(site.workplace.engine) as connection:
        for number, day in (("old", "08-01"), ("young", "09-20")):
            use_number(connection, number, site.on(day).moment.at)
    site.on("10-15").run()
    with writing(site.workplace.engine) as connection:
        numbers = connection.execute(POSTED.select()).all()
    assert [row.number for row in numbers] == ["young"]
