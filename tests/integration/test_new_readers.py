"""A mail goes to whoever holds the post when it goes, whoever held it when it was queued."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from duban.service.collation import queue_inner_dates
from duban.service.sending.deliver import deliver
from duban.service.sending.mails import retry_mail
from duban.service.workplace import Workplace
from duban.store import outbox
from duban.store.database import open_database, writing
from duban.store.outbox import MailState
from models.entry import EntryKind
from models.office import Office
from models.roster import Roster
from notifications.message import Message, Receipt
from tests import builders
from tests.integration.offices import SENDER
from tests.integration.sink import Behaviour
from tests.integration.site import Site
from tests.unit.service.letters import ASSIGNMENT, Letters

UNITS = ("甲局", "乙局", "丙局")
OLD, NEW = builders.address("甲局", "liaison"), "successor@unit.example"
DAY = date(2024, 10, 14)
OFFICER = builders.address("甲局", "officer_in_charge")
OFFICE, NEW_OFFICE = "office@coordination.example", "new-office@coordination.example"


def _with(site: Site, **posts: Any) -> None:
    """The roster is edited: these are the posts of 甲局 from now on."""
    _edit(site, builders.roster(UNITS, 甲局=posts))


def _edit(site: Site, roster: Roster) -> None:
    plan = builders.plan(site.workplace.plan("plan-2024").matrix, UNITS, contacts=roster)
    site.edit(builders.office(plan))


def _applied(site: Site) -> None:
    """The assignments wait to be sent."""
    site.on("09-13").apply()


def _recipients(site: Site) -> list[str]:
    return [mail.recipient for mail in site.sink.mails]


def test_a_corrected_address_gets_the_mail_and_the_wrong_one_none(site: Site) -> None:
    _applied(site)
    _with(site, liaison=NEW)
    done = site.on("09-13").deliver()
    assert (done.sent, done.cancelled) == (2, 1)
    assert NEW in _recipients(site)
    assert OLD not in _recipients(site)
    assert site.mail_to(OLD).state == MailState.CANCELLED.value
    assert "甲局" in site.sink.of(NEW)[0].text


def test_who_left_on_a_day_gets_nothing_after_it(site: Site) -> None:
    _with(
        site,
        liaison=[
            {"address": OLD, "until": "2024-09-13"},
            {"address": NEW, "since": "2024-09-14"},
        ],
    )
    _applied(site)
    site.sink.behaviours[OLD] = Behaviour("rcpt", "451 4.3.0 come back later", times=1)
    assert site.on("09-13").deliver().postponed == 1
    site.on("09-14").deliver()
    assert (len(site.sink.of(OLD)), len(site.sink.of(NEW))) == (0, 1)


def test_a_mail_whose_acceptance_is_unknown_is_not_sent_to_a_leaver_again(site: Site) -> None:
    _applied(site)
    site.sink.behaviours[OLD] = Behaviour("dot", does="hang up", times=1)
    site.on("09-13").deliver()
    assert site.states() == {"sent": 1, "uncertain": 1}
    _with(site, liaison=NEW)
    site.on("09-14").later(60).deliver()
    assert (len(site.sink.of(OLD)), len(site.sink.of(NEW))) == (1, 1)
    first = site.mail_to(OLD)
    assert first.state == MailState.CANCELLED.value
    assert first.reply == "may have arrived; nothing left to say"
    assert json.loads(first.items) == ["plan-2024/assignment/甲局"]


def test_an_answer_to_a_copy_that_may_have_arrived_stays_good(tmp_path: Path) -> None:
    def at(**posts: Any) -> Letters:
        contacts = builders.roster(UNITS, 甲局=posts)
        content = builders.office(builders.plan(builders.matrix(), UNITS, contacts=contacts))
        return Letters(Workplace(content, open_database(url), tmp_path / "evidence"))

    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with builders.ledger_at(url, builders.office(builders.plan(builders.matrix(), UNITS))):
        before = at(liaison=OLD)
    when = before.moment(DAY)
    with writing(before.workplace.engine) as connection:
        mails = outbox.claim(connection, "me", DAY, when.at, 10)
        mail = next(mail for mail in mails if mail.recipient == OLD)
        outbox.begin(connection, mail, DAY, [ASSIGNMENT])
        outbox.release(connection, [mail._replace(is_uncertain=True)])
    reply = before.reply(mail.key, "签收", OLD)
    after = at(liaison=NEW, head=OLD)
    deliver(after.workplace, _Taken(), SENDER, when)
    assert after.intake(reply).acted == 1
    assert after.stage(ASSIGNMENT) == "acknowledged"


class _Taken:
    """A server that takes everything."""

    def send(self, message: Message) -> Receipt:
        """Taken."""
        return Receipt(f"250 {message.message_id}")


def test_a_retried_mail_goes_itself_to_the_corrected_address(site: Site) -> None:
    _applied(site)
    site.sink.behaviours[OLD] = Behaviour("rcpt", "550 5.1.1 no such user")
    site.on("09-13").deliver()
    failed = site.mail_to(OLD)
    _with(site, liaison=NEW)
    retry_mail(site.workplace, failed.id, site.on("09-14").day)
    assert site.on("09-14").deliver().cancelled == 0
    again = site.mail_to(NEW)
    assert (again.id, again.key, again.state) == (failed.id, failed.key, MailState.SENT.value)


@pytest.mark.parametrize(
    ("posts", "reader"),
    builders.sentences(
        [
            ("the corrected address", {"liaison": NEW}, NEW),
            (
                "the successor in the post",
                {
                    "liaison": [
                        {"address": OLD, "until": "2024-10-09"},
                        {"address": NEW, "since": "2024-10-10"},
                    ]
                },
                NEW,
            ),
            (
                "the next post of the lead",
                {"liaison": [{"address": OLD, "until": "2024-10-09"}], "head": NEW},
                NEW,
            ),
            ("the office, once the lead has nobody", {}, OFFICE),
        ]
    ),
)
def test_what_a_lead_is_told_of_others_follows_the_lead(
    open_site: Callable[[Office], Site], posts: dict[str, Any], reader: str
) -> None:
    # One person is the liaison of both leads at first.
    duties = (
        builders.duty("1", ("甲局", "乙局"), lead=("甲局",)),
        builders.duty("2", ("丙局",), lead=("丙局",)),
    )
    content = builders.matrix(duties=duties, obligations=(builders.report(who=UNITS, to="某办"),))

    def office(posts: dict[str, Any]) -> Office:
        contacts = builders.roster(UNITS, 甲局=posts, 丙局={"liaison": OLD})
        return builders.office(builders.plan(content, UNITS, contacts=contacts))

    site = open_site(office({"liaison": OLD}))
    site.on("01-02").apply()
    site.on("01-02").deliver()
    queue_inner_dates(site.workplace, site.on("10-09").day)
    site.edit(office(posts))
    known = len(site.sink.mails)
    site.on("10-10").deliver()
    told = {mail.recipient: mail.text for mail in site.sink.mails[known:]}
    assert "责任单位：乙局" in told[reader]
    assert "甲局联络员" in told[reader] or reader == OFFICE or "head" in posts
    assert OLD not in told


def test_a_decision_that_reaches_the_office_says_that_the_unit_has_nobody(site: Site) -> None:
    _applied(site)
    site.on("09-13").deliver()
    site.on("09-18").unit("甲局").completes()
    site.on("09-18").unit("甲局").says(EntryKind.RETURNED, "summary")
    _with(site)
    site.on("09-18").deliver()
    [mail] = site.sink.of(OFFICE)
    assert "名册中没有可以送达的联系人，本次“退办通知”未能发出" in mail.text
    assert "审核意见：“理由”" in mail.text


def test_only_what_belongs_to_the_post_that_changed_hands_moves(site: Site) -> None:
    both = builders.roster(UNITS, 甲局={"liaison": OLD}, 乙局={"liaison": OLD})
    _edit(site, both)
    _applied(site)
    _edit(site, builders.roster(UNITS, 甲局={"liaison": NEW}, 乙局={"liaison": OLD}))
    site.on("09-13").deliver()
    assert "乙局联络员" in site.sink.of(OLD)[0].text
    assert "甲局" not in site.sink.of(OLD)[0].text
    assert "甲局联络员" in site.sink.of(NEW)[0].text


def test_two_readers_who_are_one_by_now_get_it_once(site: Site) -> None:
    _applied(site)
    site.on("09-13").deliver()
    site.on("10-15").unit("甲局").says(EntryKind.ACKNOWLEDGED, "assignment")
    site.on("10-22").plan()  # a slip to liaison and officer
    _with(site, liaison=NEW, officer_in_charge=NEW, head=NEW)
    site.on("10-22").deliver()
    [mail] = site.sink.of(NEW)
    assert mail.text.count("\n1. ") == 1
    assert OFFICER not in _recipients(site)


@pytest.mark.parametrize(
    ("posts", "reader"),
    builders.sentences(
        [
            ("the next post of the unit", {"officer_in_charge": OFFICER}, OFFICER),
            ("the coordinating office, where the unit has nobody", {}, OFFICE),
        ]
    ),
)
def test_of_a_post_that_nobody_holds_hears(site: Site, posts: dict[str, str], reader: str) -> None:
    _applied(site)
    gone = {"liaison": [{"address": OLD, "until": "2024-09-12"}]}
    _with(site, **gone, **posts)
    site.on("09-13").deliver()
    assert OLD not in _recipients(site)
    assert len(site.sink.of(reader)) == 1


def test_what_an_office_is_told_goes_to_its_new_address(
    open_site: Callable[[Office], Site],
) -> None:
    site = open_site(builders.office(builders.plan(builders.matrix(), UNITS)))
    _applied(site)
    site.on("09-13").deliver()
    site.on("09-18").unit("甲局").says(EntryKind.DECLINED, "assignment")
    content = builders.roster(UNITS).model_dump(mode="json")
    content["coordinating_office"]["contact"] = NEW_OFFICE
    _edit(site, Roster.model_validate(content))
    site.on("09-18").deliver()
    assert (len(site.sink.of(OFFICE)), len(site.sink.of(NEW_OFFICE))) == (0, 1)


def test_nothing_moves_twice(site: Site) -> None:
    _applied(site)
    _with(site, liaison=NEW)
    site.on("09-13").deliver()
    again = site.on("09-13").deliver()
    assert (again.sent, again.cancelled) == (0, 0)
    assert site.lost() == []
