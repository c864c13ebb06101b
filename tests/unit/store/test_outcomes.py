"""What became of a mail: tried again, failed, and the defects of addresses."""

from datetime import timedelta

from duban.service.workplace import Workplace
from duban.store import mail_records, outbox, outcomes
from duban.store.database import writing
from duban.store.outbox import Claimed, MailState
from duban.store.outcomes import BACKOFF
from tests.unit.store.applied import AT, DAY, LIAISON, NEXT, claim, rows


def test_a_temporary_failure_keeps_attempts_and_wait_through_a_merger(
    applied: Workplace, mail: Claimed
) -> None:
    with writing(applied.engine) as connection:
        state = outcomes.postponed(connection, mail, "451", AT, is_uncertain=False)
    assert state is MailState.PENDING
    [first, _] = rows(applied)
    assert (first.attempts, first.next_attempt_at) == (1, AT + BACKOFF[0])
    later = {"moment": AT + BACKOFF[0] - timedelta(seconds=1)}
    assert LIAISON not in [found.recipient for found in claim(applied, "another", **later)]
    assert [found.id for found in claim(applied, "another", moment=AT + BACKOFF[0])] == [mail.id]


def test_a_failed_mail_can_be_tried_again(applied: Workplace, mail: Claimed) -> None:
    with writing(applied.engine) as connection:
        assert not outcomes.revive(connection, mail.id, mail.recipient, NEXT)
        outcomes.failed(connection, mail, "550 no", AT, is_defect=True)
        outcomes.failed(connection, mail, "550 no", AT, is_defect=True)
        assert [row.because for row in mail_records.defects(connection)] == ["550 no"]
        assert [row.reply for row in mail_records.deliveries(connection, mail.id)] == ["550 no"] * 2
    with writing(applied.engine) as connection:
        assert outcomes.revive(connection, mail.id, mail.recipient, NEXT)
        assert mail_records.defects(connection) == []
    assert mail.id in [found.id for found in claim(applied, "another", as_of=NEXT)]


def test_a_defect_is_closed_by_a_later_mail_only(applied: Workplace, mail: Claimed) -> None:
    with writing(applied.engine) as connection:
        outcomes.failed(connection, mail, "550 no", AT, is_defect=True)
        outcomes.close_defects(connection, AT)
        assert len(mail_records.defects(connection)) == 1
        [newer] = outbox.claim(connection, "me", DAY, AT, 10)
        outcomes.sent(connection, newer, "subject", "250", (DAY, AT + timedelta(hours=1)))
        outcomes.close_defects(connection, AT)
        assert mail_records.defects(connection) == []
