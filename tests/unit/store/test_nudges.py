"""Nudges in the outbox: one open for each robot, paced by what went before, apart from mails."""

from datetime import timedelta

from duban.service.workplace import Workplace
from duban.store import mail_records, nudges, outbox, outcomes
from duban.store.database import Connection, reading, writing
from duban.store.nudges import ClaimedNudge
from duban.store.outbox import MailState
from tests import builders
from tests.unit.store.applied import DAY

AT = builders.instant(DAY)
ROBOT = "robot:群"
MINUTE = timedelta(minutes=1)


def _queue(workplace: Workplace, *subjects: str, to: str = ROBOT) -> None:
    for subject in subjects:
        with writing(workplace.engine) as connection:
            nudges.queue(connection, [to], subject, DAY)


def _begun(connection: Connection) -> ClaimedNudge:
    found = nudges.claim(connection, "me", ROBOT, DAY, AT)
    assert found
    assert outbox.begin(connection, found.claimed, DAY)
    return found


def test_what_waits_for_one_robot_is_one_nudge_and_each_subject_stands_once(
    workplace: Workplace,
) -> None:
    _queue(workplace, "甲", "乙", "甲乙", "甲", "100%_甲", "100xx甲", "\\")
    _queue(workplace, "丙", to="robot:他群")
    with writing(workplace.engine) as connection:
        assert nudges.waiting(connection) == {ROBOT: 1, "robot:他群": 1}
        assert _begun(connection).subjects == ["甲", "乙", "甲乙", "100%_甲", "100xx甲", "\\"]
        assert nudges.claim(connection, "another", ROBOT, DAY, AT) is None


def test_mails_and_nudges_do_not_take_each_other(applied: Workplace) -> None:
    _queue(applied, "甲")
    with writing(applied.engine) as connection:
        mails = outbox.claim(connection, "me", DAY, AT, 10)
        assert {mail.recipient.partition("@")[0] for mail in mails} == {"liaison"}
        assert nudges.claim(connection, "me", mails[0].recipient, DAY, AT) is None
        assert nudges.waiting(connection) == {ROBOT: 1}
        assert mail_records.counts(connection) == {"pending": len(mails)}
        assert mail_records.counts(connection, outbox.NUDGE) == {"pending": 1}


def test_a_nudge_put_off_takes_in_what_was_queued_meanwhile(workplace: Workplace) -> None:
    _queue(workplace, "甲")
    with writing(workplace.engine) as connection:
        begun = _begun(connection)
    _queue(workplace, "乙")
    with writing(workplace.engine) as connection:
        outcomes.postponed(connection, begun.claimed, "HTTP 429", AT, is_uncertain=False)
        assert nudges.waiting(connection) == {ROBOT: 1}
        assert nudges.claim(connection, "me", ROBOT, DAY, AT + 4 * MINUTE) is None
        again = nudges.claim(connection, "me", ROBOT, DAY, AT + 5 * MINUTE)
        assert again
        assert (again.subjects, again.claimed.attempts) == (["甲", "乙"], 1)


def test_a_nudge_that_may_have_arrived_takes_nothing_more(workplace: Workplace) -> None:
    _queue(workplace, "甲")
    with writing(workplace.engine) as connection:
        outcomes.postponed(connection, _begun(connection).claimed, "?", AT, is_uncertain=True)
    _queue(workplace, "乙")
    with reading(workplace.engine) as connection:
        assert nudges.waiting(connection) == {ROBOT: 2}


def test_what_was_asked_of_a_robot_is_counted_over_a_span(workplace: Workplace) -> None:
    """Accepted, refused and still in somebody's hand: each is one; other robots' are none."""
    _queue(workplace, "他", to="robot:他群")
    for instant, is_taken in ((AT - MINUTE, True), (AT - MINUTE / 2, True), (AT, False)):
        _queue(workplace, "甲")
        with writing(workplace.engine) as connection:
            mine = _begun(connection).claimed
            if is_taken:
                outcomes.sent(connection, mine, "甲", "0 ok", (DAY, instant))
            else:
                outcomes.failed(connection, mine, "93000", instant, is_defect=True)
    with writing(workplace.engine) as connection:
        assert nudges.tried_since(connection, ROBOT, AT, MINUTE) == 2
        assert nudges.tried_since(connection, ROBOT, AT, MINUTE / 60) == 1
    _queue(workplace, "乙")
    with writing(workplace.engine) as connection:
        _begun(connection)
        assert nudges.tried_since(connection, ROBOT, AT, MINUTE) == 3
        assert nudges.tried_since(connection, ROBOT, AT + 2 * MINUTE, MINUTE) == 1
        (failed,) = mail_records.mails(connection, MailState.FAILED)
        assert [row.address for row in mail_records.defects(connection)] == [failed.recipient]
