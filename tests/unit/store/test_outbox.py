"""The outbox: who may send which mail when, and what is given back."""

import threading
from datetime import timedelta

from duban.service.workplace import Workplace
from duban.store import mail_records, outbox, outcomes
from duban.store.database import writing
from duban.store.outbox import Claimed
from duban.store.tables import OUTBOX
from tests.unit.store.applied import AT, DAY, LIAISON, NEXT, claim, rows, say, steps


def test_what_is_claimed_is_no_other_senders(applied: Workplace) -> None:
    assert len(claim(applied, limit=1)) == 1
    assert len(claim(applied, "another")) == 1
    assert claim(applied, "third") == []


def test_a_mail_waits_for_its_day(applied: Workplace) -> None:
    assert claim(applied, as_of=DAY - timedelta(days=1)) == []


def test_a_recipient_whose_mail_is_on_its_way_gets_no_second(
    applied: Workplace, mail: Claimed
) -> None:
    assert [row.state for row in rows(applied)] == ["pending", "pending"]
    assert claim(applied, "another") == []
    with writing(applied.engine) as connection:
        outcomes.sent(connection, mail, "subject", "250 OK", (DAY, AT))
    assert claim(applied, "another") == []
    assert [found.recipient for found in claim(applied, "another", as_of=NEXT)] == [LIAISON]


def test_a_mail_given_back_takes_what_was_opened_since(applied: Workplace, mail: Claimed) -> None:
    with writing(applied.engine) as connection:
        assert outbox.begin(connection, mail, DAY)
        outbox.release(connection, [mail])
    first, second = rows(applied)
    assert (first.state, first.claimed_by, first.key) == ("pending", None, mail.key)
    assert (second.state, second.reply) == ("cancelled", f"merged into {mail.id}")
    assert steps(applied, first.id) == {"assignment", "another"}


def test_a_mail_given_back_while_another_is_being_opened_takes_that_too(
    applied: Workplace,
) -> None:
    mail = next(mail for mail in claim(applied) if mail.recipient == LIAISON)

    def give_back() -> None:
        with writing(applied.engine) as connection:
            outbox.release(connection, [mail])

    sender = threading.Thread(target=give_back)
    with writing(applied.engine) as connection:
        say(connection)
        sender.start()
        sender.join(timeout=0.2)
    sender.join()
    assert [row.state for row in rows(applied)] == ["pending", "cancelled"]
    assert steps(applied, mail.id) == {"assignment", "another"}


def test_a_lost_claim_begins_nothing_and_changes_nothing(applied: Workplace, mail: Claimed) -> None:
    with writing(applied.engine) as connection:
        assert outbox.recover(connection, ["me"]) == 2
    [other] = [found for found in claim(applied, "another") if found.recipient == LIAISON]
    with writing(applied.engine) as connection:
        assert not outbox.begin(connection, mail, DAY)
        outcomes.failed(connection, mail, "550", AT, is_defect=False)
        outcomes.cancelled(connection, mail, "nothing")
    assert rows(applied)[0].claimed_by == "another"
    with writing(applied.engine) as connection:
        assert outbox.begin(connection, other, DAY)


def test_only_what_was_begun_is_uncertain_after_a_death(applied: Workplace) -> None:
    first, second = claim(applied)
    with writing(applied.engine) as connection:
        assert outbox.begin(connection, first, DAY)
    with writing(applied.engine) as connection:
        assert outbox.claimants(connection) == ["me"]
        assert outbox.recover(connection, []) == 0
        assert outbox.recover(connection, ["me"]) == 2
        assert mail_records.counts(connection) == {"uncertain": 1, "pending": 1}
    again = claim(applied, "another", as_of=NEXT)
    assert [(found.id, found.is_uncertain) for found in again] == [
        (first.id, True),
        (second.id, False),
    ]


def test_an_uncertain_mail_counts_for_the_day_on_which_it_was_begun(applied: Workplace) -> None:
    first = claim(applied, as_of=NEXT)[0]
    with writing(applied.engine) as connection:
        outbox.begin(connection, first, NEXT)
        outbox.recover(connection, ["me"])
    again = claim(applied, as_of=NEXT + timedelta(days=1))[0]
    with writing(applied.engine) as connection:
        outbox.begin(connection, again, again.on + timedelta(days=1))
        outcomes.sent(connection, again, "subject", "250", (NEXT + timedelta(days=1), AT))
        row = connection.execute(OUTBOX.select().where(OUTBOX.c.id == first.id)).one()
    assert (row.state, row.sent_on) == ("sent", NEXT)


def test_a_lost_claim_is_left_to_its_new_holder(applied: Workplace, mail: Claimed) -> None:
    with writing(applied.engine) as connection:
        outbox.recover(connection, [mail.holder])
    again = claim(applied, "another")
    with writing(applied.engine) as connection:
        say(connection, "said meanwhile")
        outbox.release(connection, [mail])
    assert mail.id in [found.id for found in again]
    assert "said meanwhile" not in steps(applied, mail.id)
