"""The outbox: who may send which mail when, and what becomes of it."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from duban.service.workplace import Workplace
from duban.store import mail_records, outbox, planning
from duban.store.database import Connection, reading, writing
from duban.store.outbox import BACKOFF, Claimed, MailState
from duban.store.tables import NOTICE, OUTBOX
from models.notice import Notice, Reason, Recipient
from models.policy import NoticeKind
from models.roster import Post
from tests import builders
from tests.unit.store.conftest import DAY

AT = builders.instant(DAY)
NEXT = DAY + timedelta(days=1)
LIAISON = builders.address("甲局", "liaison")


def _claim(workplace: Workplace, holder: str = "me", **others: Any) -> list[Claimed]:
    given: dict[str, Any] = {"as_of": DAY, "moment": AT, "limit": 10} | others
    with writing(workplace.engine) as connection:
        return outbox.claim(connection, holder, **given)


def _say(connection: Connection, step: str = "another") -> None:
    notice = Notice(
        on=DAY,
        kind=NoticeKind.REMINDER,
        reason=Reason.DUE_SOON,
        obligation="plan-2024/summary/甲局",
        revision=1,
        unit="甲局",
        step=step,
        due_on=None,
        recipients=(Recipient(Post.LIAISON, LIAISON),),
    )
    planning.queue(connection, [notice], DAY)


def _rows(workplace: Workplace) -> list[Any]:
    with reading(workplace.engine) as connection:
        rows = mail_records.mails(connection)[::-1]
    return [row for row in rows if row.recipient == LIAISON]


def _steps(workplace: Workplace, mail: int) -> set[str]:
    with reading(workplace.engine) as connection:
        rows = connection.execute(NOTICE.select().where(NOTICE.c.outbox_id == mail))
        return {row.step for row in rows}


@pytest.fixture
def mail(applied: Workplace) -> Claimed:
    """The mail to 甲局's liaison, claimed; a newer one has been opened since."""
    claimed = _claim(applied)
    with writing(applied.engine) as connection:
        _say(connection)
    return next(mail for mail in claimed if mail.recipient == LIAISON)


def test_what_is_claimed_is_no_other_senders(applied: Workplace) -> None:
    assert len(_claim(applied, limit=1)) == 1
    assert len(_claim(applied, "another")) == 1
    assert _claim(applied, "third") == []


def test_a_mail_waits_for_its_day(applied: Workplace) -> None:
    assert _claim(applied, as_of=DAY - timedelta(days=1)) == []


def test_a_recipient_whose_mail_is_on_its_way_gets_no_second(
    applied: Workplace, mail: Claimed
) -> None:
    assert [row.state for row in _rows(applied)] == ["pending", "pending"]
    assert _claim(applied, "another") == []
    with writing(applied.engine) as connection:
        outbox.sent(connection, mail, "subject", "250 OK", (DAY, AT))
    assert _claim(applied, "another") == []
    assert [found.recipient for found in _claim(applied, "another", as_of=NEXT)] == [LIAISON]


def test_a_mail_given_back_takes_what_was_opened_since(applied: Workplace, mail: Claimed) -> None:
    with writing(applied.engine) as connection:
        assert outbox.begin(connection, mail, DAY)
        outbox.release(connection, [mail])
    first, second = _rows(applied)
    assert (first.state, first.claimed_by, first.key) == ("pending", None, mail.key)
    assert (second.state, second.reply) == ("cancelled", f"merged into {mail.id}")
    assert _steps(applied, first.id) == {"assignment", "another"}


def test_a_mail_given_back_while_another_is_being_opened_takes_that_too(
    applied: Workplace,
) -> None:
    mail = next(mail for mail in _claim(applied) if mail.recipient == LIAISON)

    def give_back() -> None:
        with writing(applied.engine) as connection:
            outbox.release(connection, [mail])

    sender = threading.Thread(target=give_back)
    with writing(applied.engine) as connection:
        _say(connection)
        sender.start()
        sender.join(timeout=0.2)
    sender.join()
    assert [row.state for row in _rows(applied)] == ["pending", "cancelled"]
    assert _steps(applied, mail.id) == {"assignment", "another"}


def test_a_temporary_failure_keeps_attempts_and_wait_through_a_merger(
    applied: Workplace, mail: Claimed
) -> None:
    with writing(applied.engine) as connection:
        state = outbox.postponed(connection, mail, "451", AT, is_uncertain=False)
    assert state is MailState.PENDING
    [first, _] = _rows(applied)
    assert (first.attempts, first.next_attempt_at) == (1, AT + BACKOFF[0])
    later = {"moment": AT + BACKOFF[0] - timedelta(seconds=1)}
    assert LIAISON not in [found.recipient for found in _claim(applied, "another", **later)]
    assert [found.id for found in _claim(applied, "another", moment=AT + BACKOFF[0])] == [mail.id]


def test_a_lost_claim_begins_nothing_and_changes_nothing(applied: Workplace, mail: Claimed) -> None:
    with writing(applied.engine) as connection:
        assert outbox.recover(connection, ["me"]) == 2
    [other] = [found for found in _claim(applied, "another") if found.recipient == LIAISON]
    with writing(applied.engine) as connection:
        assert not outbox.begin(connection, mail, DAY)
        outbox.failed(connection, mail, "550", AT, is_defect=False)
        outbox.cancelled(connection, mail, "nothing")
    assert _rows(applied)[0].claimed_by == "another"
    with writing(applied.engine) as connection:
        assert outbox.begin(connection, other, DAY)


def test_only_what_was_begun_is_uncertain_after_a_death(applied: Workplace) -> None:
    first, second = _claim(applied)
    with writing(applied.engine) as connection:
        assert outbox.begin(connection, first, DAY)
    with writing(applied.engine) as connection:
        assert outbox.claimants(connection) == ["me"]
        assert outbox.recover(connection, []) == 0
        assert outbox.recover(connection, ["me"]) == 2
        assert mail_records.counts(connection) == {"uncertain": 1, "pending": 1}
    again = _claim(applied, "another", as_of=NEXT)
    assert [(found.id, found.is_uncertain) for found in again] == [
        (first.id, True),
        (second.id, False),
    ]


def test_an_uncertain_mail_counts_for_the_day_on_which_it_was_begun(applied: Workplace) -> None:
    first = _claim(applied, as_of=NEXT)[0]
    with writing(applied.engine) as connection:
        outbox.begin(connection, first, NEXT)
        outbox.recover(connection, ["me"])
    again = _claim(applied, as_of=NEXT + timedelta(days=1))[0]
    with writing(applied.engine) as connection:
        outbox.begin(connection, again, again.on + timedelta(days=1))
        outbox.sent(connection, again, "subject", "250", (NEXT + timedelta(days=1), AT))
        row = connection.execute(OUTBOX.select().where(OUTBOX.c.id == first.id)).one()
    assert (row.state, row.sent_on) == ("sent", NEXT)


def test_a_failed_mail_can_be_tried_again(applied: Workplace, mail: Claimed) -> None:
    with writing(applied.engine) as connection:
        assert not outbox.revive(connection, mail.id, mail.recipient, NEXT)
        outbox.failed(connection, mail, "550 no", AT, is_defect=True)
        outbox.failed(connection, mail, "550 no", AT, is_defect=True)
        assert [row.because for row in mail_records.defects(connection)] == ["550 no"]
        assert [row.reply for row in mail_records.deliveries(connection, mail.id)] == ["550 no"] * 2
    with writing(applied.engine) as connection:
        assert outbox.revive(connection, mail.id, mail.recipient, NEXT)
        assert mail_records.defects(connection) == []
    assert mail.id in [found.id for found in _claim(applied, "another", as_of=NEXT)]


def test_a_defect_is_closed_by_a_later_mail_only(applied: Workplace, mail: Claimed) -> None:
    with writing(applied.engine) as connection:
        outbox.failed(connection, mail, "550 no", AT, is_defect=True)
        outbox.close_defects(connection, AT)
        assert len(mail_records.defects(connection)) == 1
        [newer] = outbox.claim(connection, "me", DAY, AT, 10)
        outbox.sent(connection, newer, "subject", "250", (DAY, AT + timedelta(hours=1)))
        outbox.close_defects(connection, AT)
        assert mail_records.defects(connection) == []


def test_a_mail_lists_its_notices_and_their_units_share(applied: Workplace, mail: Claimed) -> None:
    with reading(applied.engine) as connection:
        [row] = mail_records.contents(connection, [mail.id])
        share = mail_records.shares(connection, [(row.plan_id, row.unit)])
        assert mail_records.shares(connection, []) == []
    assert (row.id, row.step, row.plan_title) == (
        "plan-2024/assignment/甲局",
        "assignment",
        "某方案",
    )
    assert [item.id.split("/", 1)[1] for item in share] == [
        "assignment/甲局",
        "duty/1/甲局",
        "summary/甲局",
    ]


def test_a_lost_claim_is_left_to_its_new_holder(applied: Workplace, mail: Claimed) -> None:
    with writing(applied.engine) as connection:
        outbox.recover(connection, [mail.holder])
    again = _claim(applied, "another")
    with writing(applied.engine) as connection:
        _say(connection, "said meanwhile")
        outbox.release(connection, [mail])
    assert mail.id in [found.id for found in again]
    assert "said meanwhile" not in _steps(applied, mail.id)
