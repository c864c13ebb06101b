"""What a mail says, as things stand just before it is sent."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from duban.service.apply import apply
from duban.service.daily import plan_daily
from duban.service.entries import Saying, enter
from duban.service.sending.compose import compose, office_notices
from duban.service.workplace import Workplace
from duban.store import outbox
from duban.store.database import reading, writing
from duban.store.ledger import Occasion
from duban.store.outbox import Claimed
from models.entry import EntryKind
from models.notice import Reason
from models.obligation import Role
from models.office import Office
from models.policy import NoticeKind
from models.workdays import WorkCalendar, WorkYear
from notifications.answering import TO_THE_OFFICE
from notifications.digest import Digest
from tests import builders

APPLIED = date(2024, 1, 2)
LIAISON = builders.address("甲局", "liaison")
OFFICE = "office@coordination.example"
SUMMARY = "plan-2024/summary/甲局"


def _office(**fields: object) -> Office:
    rows = (builders.duty("1", lead=("甲局",)), builders.duty("2", units=("甲局",)))
    reports = (builders.report(to="某办", duties=("1",)),)
    content = builders.matrix(duties=rows, obligations=reports)
    return builders.office(builders.plan(content.model_copy(update=fields)))


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    """Applied on 2024-01-02; the assignment of 甲局 waits."""
    with builders.ledger_at(f"sqlite:///{tmp_path / 'ledger.db'}", _office()) as found:
        apply(found, found.office.plans.values(), _when(APPLIED))
        yield found


def _when(day: date) -> Occasion:
    return Occasion(day, builders.instant(day), "某人")


def _claim(workplace: Workplace, on: date, recipient: str = LIAISON) -> Claimed:
    with writing(workplace.engine) as connection:
        mails = outbox.claim(connection, "me", on, builders.instant(on), 100)
    return next(mail for mail in mails if mail.recipient == recipient)


def _digest(workplace: Workplace, on: date, recipient: str = LIAISON) -> Digest | None:
    mail = _claim(workplace, on, recipient)
    with reading(workplace.engine) as connection:
        return compose(connection, workplace, [mail], on)[mail.id]


def _composed(workplace: Workplace, on: date, recipient: str = LIAISON) -> Digest:
    digest = _digest(workplace, on, recipient)
    assert digest is not None
    return digest


def test_an_assignment_lists_the_units_rows_and_dated_obligations(workplace: Workplace) -> None:
    digest = _composed(workplace, APPLIED)
    [item] = digest.items
    assert (digest.salutation, digest.how_to_answer) == ("甲局联络员", (TO_THE_OFFICE,))
    assert (digest.page, digest.reads_replies) == (None, False)
    assert (item.kind, item.reason) == (NoticeKind.ASSIGNMENT, Reason.FIRST_ASSIGNED)
    assert [(row.number, row.role) for row in item.rows] == [
        ("1", Role.LEAD),
        ("2", Role.RESPONSIBLE),
    ]
    [dated] = item.dated
    assert (dated.obligation, dated.due_on) == (SUMMARY, date(2024, 10, 20))
    assert dated.last_workday == date(2024, 10, 18)


def test_a_reminder_says_what_is_owed_to_whom_until_when(workplace: Workplace) -> None:
    enter(workplace, SUMMARY, Saying(EntryKind.ACKNOWLEDGED), _when(APPLIED))
    on = date(2024, 10, 15)
    plan_daily(workplace, on)
    [item] = _composed(workplace, on).items
    assert (item.title, item.to, item.step) == ("工作总结", "某办", "reminder-3w")
    assert (item.due_on, item.days_left, item.working_days_left) == (date(2024, 10, 20), 5, 3)
    assert [row.number for row in item.rows] == ["1"]
    assert item.dated == ()
    assert (item.plan.title, item.plan.coordinator_address) == ("某方案", OFFICE)


def test_of_several_rungs_in_one_mail_the_latest_speaks(workplace: Workplace) -> None:
    enter(workplace, SUMMARY, Saying(EntryKind.ACKNOWLEDGED), _when(APPLIED))
    for on in (date(2024, 9, 18), date(2024, 9, 30), date(2024, 10, 15)):
        plan_daily(workplace, on)
    [item] = _composed(workplace, date(2024, 10, 15)).items
    assert item.step == "reminder-3w"


def test_an_assignment_wins_over_its_own_chase(workplace: Workplace) -> None:
    plan_daily(workplace, date(2024, 1, 5))
    [item] = _composed(workplace, date(2024, 1, 5)).items
    assert item.kind is NoticeKind.ASSIGNMENT


def test_what_was_answered_meanwhile_leaves_nothing_to_say(workplace: Workplace) -> None:
    enter(workplace, SUMMARY, Saying(EntryKind.ACKNOWLEDGED), _when(APPLIED))
    assert _digest(workplace, APPLIED) is None


def test_an_office_reads_a_slip_for_information(workplace: Workplace) -> None:
    on = date(2024, 10, 24)
    plan_daily(workplace, on)
    digest = _composed(workplace, on, OFFICE)
    [item] = digest.items
    assert item.for_information
    assert (item.unit, item.kind) == ("甲局", NoticeKind.SLIP_ORANGE)
    assert digest.salutation == "某办督办专班"


def test_a_date_beyond_the_published_workdays_is_marked(workplace: Workplace) -> None:
    enter(workplace, SUMMARY, Saying(EntryKind.ACKNOWLEDGED), _when(APPLIED))
    calendar = WorkCalendar([WorkYear(year=2023, notice="某号", rest_days=())])
    office = replace(workplace.office, calendar=calendar)
    plan_daily(workplace, date(2024, 10, 15))
    [item] = _composed(builders.edited(workplace, office), date(2024, 10, 15)).items
    assert item.provisional


def test_the_office_is_told_once_of_each_notice_that_did_not_arrive(workplace: Workplace) -> None:
    mail = _claim(workplace, APPLIED)
    with reading(workplace.engine) as connection:
        [told] = office_notices(connection, workplace, mail, APPLIED)
        to_itself = mail._replace(recipient=OFFICE)
        assert office_notices(connection, workplace, to_itself, APPLIED) == []
    assert (told.reason, told.step, told.unit) == (
        Reason.UNDELIVERED,
        "assignment-undelivered",
        "甲局",
    )
    assert [recipient.address for recipient in told.recipients] == [OFFICE]


def test_nobody_is_told_of_a_plan_that_has_left_the_matrices(workplace: Workplace) -> None:
    mail = _claim(workplace, APPLIED)
    empty = builders.edited(workplace, builders.office())
    with reading(workplace.engine) as connection:
        assert office_notices(connection, empty, mail, APPLIED) == []
