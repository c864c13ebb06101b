"""What happens between planning and sending is seen: nothing false goes out, nothing empty."""

import pytest

from models.entry import EntryKind
from tests import builders
from tests.integration.offices import few
from tests.integration.site import Site

LIAISON = builders.address("甲局", "liaison")
OTHER = builders.address("乙局", "liaison")


@pytest.fixture
def reminded(site: Site) -> Site:
    """Everything is assigned and acknowledged; on 09-18 a reminder is queued for 甲局."""
    return _reminded(site)


def _reminded(site: Site) -> Site:
    site.on("01-02").apply()
    site.on("01-02").run()
    for unit in ("甲局", "乙局"):
        site.on("01-02").unit(unit).acknowledges()
    site.sink.mails.clear()
    site.on("09-18").plan()
    assert site.mail_to(LIAISON).state == "pending"
    return site


@pytest.mark.parametrize(
    "entries",
    builders.sentences(
        [
            ("completed", [EntryKind.COMPLETED]),
            ("accepted", [EntryKind.COMPLETED, EntryKind.ACCEPTED]),
            ("closed out", [EntryKind.COMPLETED, EntryKind.ACCEPTED, EntryKind.CLOSED_OUT]),
        ]
    ),
)
def test_an_answer_between_planning_and_sending_cancels_the_mail(
    reminded: Site, entries: list[EntryKind]
) -> None:
    for entry in entries:
        reminded.on("09-18").unit("甲局").says(entry, "summary")
    assert reminded.on("09-18").deliver().cancelled == 1
    assert reminded.sink.mails == []
    mail = reminded.mail_to(LIAISON)
    assert (mail.state, mail.reply) == ("cancelled", "nothing left to say")
    assert reminded.on("10-21").run().messages_sent == 0


def test_a_report_of_progress_silences_nothing(reminded: Site) -> None:
    reminded.on("09-18").unit("甲局").says(EntryKind.REPORTED, "summary")
    assert reminded.on("09-18").deliver().sent == 1


def test_what_was_returned_speaks_again(reminded: Site) -> None:
    reminded.on("09-18").unit("甲局").completes()
    reminded.on("09-18").deliver()
    reminded.on("10-15").unit("甲局").says(EntryKind.RETURNED, "summary")
    reminded.on("10-15").run()
    [mail] = reminded.sink.of(LIAISON)
    assert "退办" in mail.text
    assert "理由" in mail.text
    reminded.on("10-21").run()
    assert len(reminded.sink.of(LIAISON)) == 2


def test_only_what_was_answered_is_left_out(site: Site) -> None:
    reports = (builders.report(title="总结甲"), builders.report("second", title="总结乙"))
    site.edit(few(obligations=reports))
    _reminded(site)
    site.on("09-18").unit("甲局").completes()
    site.on("09-18").deliver()
    [mail] = site.sink.of(LIAISON)
    assert "总结乙" in mail.text
    assert "总结甲" not in mail.text


def test_a_new_due_date_drops_the_notice_of_the_old_one(reminded: Site) -> None:
    reminded.edit(few(obligations=(builders.report(on="2024-12-20"),)))
    reminded.on("09-18").apply()
    reminded.on("09-18").deliver()
    [mail] = reminded.sink.of(LIAISON)
    assert "督办提醒" not in mail.text
    assert "12月20日" in mail.text
    assert "10月20日" not in mail.text


def test_a_new_due_date_is_reminded_of_from_the_start(reminded: Site) -> None:
    reminded.on("09-18").deliver()
    reminded.edit(few(obligations=(builders.report(on="2024-12-20"),)))
    reminded.on("09-19").apply()
    reminded.on("11-20").run()
    rows = builders.said(reminded.workplace, lambda row: row.step == "reminder-30d")
    assert [(row.revision, row.recipient) for row in rows] == [(1, LIAISON), (2, LIAISON)]


def test_a_withdrawn_obligation_is_not_spoken_of(reminded: Site) -> None:
    reminded.edit(few(obligations=()))
    reminded.on("09-18").apply()
    reminded.on("09-18").deliver()
    assert all("工作总结" not in mail.text for mail in reminded.sink.mails)


def test_an_acknowledgement_drops_the_chase_for_it(site: Site) -> None:
    site.on("01-02").apply()
    site.on("01-02").run()
    site.sink.mails.clear()
    site.on("01-05").plan()
    site.on("01-05").unit("甲局").acknowledges()
    site.on("01-05").deliver()
    assert [mail.recipient for mail in site.sink.mails] == [OTHER]
    assert site.mail_to(LIAISON).state == "cancelled"
    site.on("01-09").run()
    assert site.sink.of(LIAISON) == []


def test_an_assignment_is_not_lost_to_its_own_chase(site: Site) -> None:
    site.on("01-02").apply()
    site.on("01-05").run()  # nothing went before: assignment and chase are one mail
    [mail] = site.sink.of(LIAISON)
    assert "第1项" in mail.text
    assert "签收" in mail.text
