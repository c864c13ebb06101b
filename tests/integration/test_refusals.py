"""A server that refuses, stalls, hangs up or is gone: what becomes of the mail, and who is told."""

import socket
from datetime import timedelta
from itertools import accumulate

import pytest

from duban.service.sending.deliver import Delivered
from duban.store.database import reading
from duban.store.mail_records import deliveries
from duban.store.outcomes import BACKOFF
from tests import builders
from tests.integration.sink import Behaviour, Sink
from tests.integration.site import Day, Site

FIRST = builders.address("乙局", "liaison")
SECOND = builders.address("甲局", "liaison")
OFFICE = "office@coordination.example"


@pytest.fixture
def day(site: Site) -> Day:
    """Two assignments wait, to FIRST and to SECOND, in this order."""
    site.on("01-02").apply()
    return site.on("01-02")


def _outcomes(day: Day, recipient: str) -> list[tuple[str, str]]:
    with reading(day.site.workplace.engine) as connection:
        rows = deliveries(connection, day.site.mail_to(recipient).id)
    return [(row.outcome, row.reply) for row in rows]


def test_a_temporary_refusal_is_tried_again_after_ever_longer_waits(day: Day) -> None:
    day.site.sink.behaviours[FIRST] = Behaviour("rcpt", "451 4.3.0 come back later")
    summary = day.run()
    assert (summary.messages_sent, summary.messages_failed) == (1, 0)
    assert summary.undone == ["1 mails were put off and will be tried again"]
    waits = [int(wait.total_seconds() / 60) for wait in BACKOFF]
    assert waits == sorted(waits)
    for attempts, minutes in enumerate(accumulate(waits), start=1):
        mail = day.site.mail_to(FIRST)
        assert (mail.state, mail.attempts) == ("pending", attempts)
        assert mail.next_attempt_at == day.moment.at + timedelta(minutes=minutes)
        assert day.later(minutes - 1).deliver() == Delivered()
        day.later(minutes).deliver()
    mail = day.site.mail_to(FIRST)
    assert (mail.state, mail.attempts) == ("failed", 8)
    assert mail.reply == "given up after 8 attempts: 451 4.3.0 come back later"
    assert _outcomes(day, FIRST) == [("temporary", "451 4.3.0 come back later")] * 8
    assert day.site.defects() == []


def test_the_office_is_told_what_was_given_up(day: Day) -> None:
    day.site.sink.behaviours[FIRST] = Behaviour("rcpt", "451 4.3.0 come back later")
    day.run()
    for minutes in accumulate(int(wait.total_seconds() / 60) for wait in BACKOFF):
        day.later(minutes).deliver()
    [told] = day.site.sink.of(OFFICE)
    assert "乙局" in told.text


def test_an_unknown_mailbox_fails_with_the_servers_words_and_the_office_is_told(day: Day) -> None:
    day.site.sink.behaviours[FIRST] = Behaviour("rcpt", "550 5.1.1 no such mailbox")
    summary = day.run()
    assert (summary.messages_sent, summary.messages_failed) == (2, 1)
    assert summary.undone == ["1 mails were refused for good: `duban outbox list`"]
    mail = day.site.mail_to(FIRST)
    assert (mail.state, mail.reply) == ("failed", "550 5.1.1 no such mailbox")
    assert _outcomes(day, FIRST) == [("permanent", "550 5.1.1 no such mailbox")]
    assert day.site.defects() == [FIRST]
    [told] = day.site.sink.of(OFFICE)
    assert "乙局" in told.text
    assert day.run().messages_sent == 0


def test_the_defect_is_closed_when_the_mailbox_takes_mail_again(day: Day) -> None:
    day.site.sink.behaviours[FIRST] = Behaviour("rcpt", "550 5.1.1 no such mailbox")
    day.run()
    day.site.sink.behaviours.clear()
    day.site.on("01-05").run()
    assert len(day.site.sink.of(FIRST)) == 1
    assert day.site.defects() == []


def test_refused_content_fails_and_is_no_defect_of_the_address(day: Day) -> None:
    day.site.sink.behaviours[FIRST] = Behaviour("data", "554 5.7.1 looks like spam")
    summary = day.run()
    assert summary.messages_failed == 1
    assert day.site.mail_to(FIRST).reply == "554 5.7.1 looks like spam"
    assert day.site.defects() == []
    assert len(day.site.sink.of(OFFICE)) == 1


def test_an_office_that_cannot_be_reached_itself_is_not_told_so_for_ever(day: Day) -> None:
    day.site.sink.behaviours[FIRST] = Behaviour("rcpt", "550 5.1.1 no such mailbox")
    day.site.sink.behaviours[OFFICE] = Behaviour("rcpt", "550 5.1.1 not here either")
    assert day.run().messages_failed == 2
    assert sorted(day.site.defects()) == sorted([FIRST, OFFICE])
    assert day.site.states() == {"failed": 2, "sent": 1}


@pytest.mark.parametrize("does", ["hang up", "stall"])
def test_a_mail_of_unknown_fate_goes_again_under_the_same_message_id(day: Day, does: str) -> None:
    day.site.sink.behaviours[FIRST] = Behaviour("dot", does=does, times=1)  # type: ignore[arg-type]
    summary = day.run()
    assert summary.undone == ["1 mails were put off and will be tried again"]
    assert (summary.messages_sent, len(day.site.sink.of(SECOND))) == (1, 1)
    assert day.site.mail_to(FIRST).state == "uncertain"
    assert day.later(5).deliver().sent == 1
    first, again = day.site.sink.of(FIRST)
    assert first.message_id == again.message_id
    assert day.site.sink.repeated() == 1


def test_an_uncertain_mail_takes_no_new_notices(day: Day) -> None:
    day.site.sink.behaviours[FIRST] = Behaviour("dot", does="hang up", times=1)
    day.run()
    day.site.on("01-05").plan()
    assert [row.state for row in day.site.mails() if row.recipient == FIRST] == [
        "uncertain",
        "pending",
    ]
    day.site.on("01-05").deliver()
    assert len(day.site.sink.of(FIRST)) == 3
    assert day.site.sink.repeated() == 1


def test_a_connection_lost_before_the_dot_repeats_nothing(day: Day) -> None:
    day.site.sink.behaviours[FIRST] = Behaviour("content", does="hang up", times=1)
    day.run()
    day.later(5).deliver()
    assert [len(day.site.sink.of(to)) for to in (FIRST, SECOND)] == [1, 1]
    assert day.site.states() == {"sent": 2}


@pytest.mark.parametrize("does", ["hang up", "stall"])
def test_trouble_before_the_mail_costs_it_no_attempt(day: Day, does: str) -> None:
    day.site.sink.behaviours[FIRST] = Behaviour("rcpt", does=does, times=1)  # type: ignore[arg-type]
    summary = day.run()
    assert (summary.messages_sent, summary.undone) == (2, [])
    assert day.site.mail_to(FIRST).attempts == 1


def test_a_server_that_never_answers_is_left_alone_after_three_tries(day: Day) -> None:
    for recipient in (FIRST, SECOND):
        day.site.sink.behaviours[recipient] = Behaviour("rcpt", does="stall")
    [undone] = day.run().undone
    assert undone.startswith("2 mails wait; the server: RCPT: ")
    assert undone.endswith("timed out")
    assert day.site.states() == {"pending": 2}


def test_days_without_a_server_lose_nothing_and_end_in_one_mail(day: Day) -> None:
    site = day.site
    with socket.create_server(("127.0.0.1", 0)) as free:
        nowhere = Sink(port=free.getsockname()[1])
    there, site.sink = site.sink, nowhere
    for date in ("01-02", "09-18", "09-30"):
        [undone] = site.on(date).run().undone
        assert "refused" in undone
    site.channels.clear()
    site.sink = there
    assert site.on("10-08").run().undone == []
    assert len(site.sink.of(SECOND)) == 1
    [mail] = site.sink.of(SECOND)
    assert "工作总结" in mail.text
    assert site.states() == {"sent": 4}
    assert site.lost() == []
