"""The cap on mails a week: what waits, what never does, and what is on record of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from duban.service.sending.weekly_cap import holds
from duban.service.workplace import Workplace
from duban.store.database import reading, writing
from duban.store.outbox import Claimed
from duban.store.tables import OUTBOX
from models.notice import Reason
from models.office import Office
from models.policy import NoticeKind
from notifications.digest import Digest, Item, RoundUp
from tests import builders
from tests.unit.notifications.sample_items import assignment, digest, final_summary

WEEK = date(2024, 9, 16)
THURSDAY, NEXT = date(2024, 9, 19), date(2024, 9, 23)


def _office(cap: int | None) -> Office:
    terms = builders.standard().terms.model_copy(update={"mails_per_week": cap})
    policy = builders.standard().model_copy(update={"terms": terms})
    content = builders.matrix(id="zhongshan-2023")
    return builders.office(builders.plan(content, policy=policy))


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    """A ledger of a plan whose policy allows two mails a week."""
    with builders.ledger_at(f"sqlite:///{tmp_path / 'ledger.db'}", _office(2)) as found:
        yield found


def _had(workplace: Workplace, recipient: str, *days: date) -> None:
    rows = [
        {"key": f"key{number}", "recipient": recipient, "state": "sent", "sent_on": day, "on": day}
        for number, day in enumerate(days)
    ]
    with writing(workplace.engine) as connection:
        for row in rows:
            connection.execute(OUTBOX.insert(), [row | {"attempts": 1, "channel": "mail"}])


def _is_held(workplace: Workplace, found: Digest, **claim: Any) -> bool:
    mail = Claimed(99, found.key, found.address, THURSDAY, 0, False, "me")._replace(**claim)
    with reading(workplace.engine) as connection:
        return bool(holds(connection, workplace, {mail: found}, THURSDAY))


def _reminder(**fields: Any) -> Item:
    return final_summary(NoticeKind.REMINDER, 31, 20)._replace(**fields)


_SLIP = final_summary(NoticeKind.SLIP_BLUE, -1, -1)
_COPY = final_summary(NoticeKind.REMINDER, 31, 20, for_information=True)
_CHASE = assignment(NoticeKind.ACKNOWLEDGE_CHASE, Reason.NO_ACKNOWLEDGEMENT)
_DECISION = final_summary(NoticeKind.DECISION, 31, 20, reason=Reason.RETURNED)


@pytest.mark.parametrize(
    ("items", "is_held"),
    builders.sentences(
        [
            ("a reminder waits", (_reminder(),), True),
            ("a chase for an acknowledgement waits", (_CHASE,), True),
            ("both of them wait", (_reminder(), _CHASE), True),
            ("a slip takes the reminder with it", (_reminder(), _SLIP), False),
            ("a chase after the date goes", (_reminder(days_left=-1),), False),
            ("an assignment goes", (assignment(),), False),
            ("a decision goes", (_DECISION,), False),
            ("what is due today goes", (_reminder(days_left=0),), False),
            ("an office's copy goes", (_COPY,), False),
            (
                "what falls due before the next week goes",
                (_reminder(last_workday=NEXT - timedelta(days=3)),),
                False,
            ),
            ("what falls due on its first day waits", (_reminder(last_workday=NEXT),), True),
        ]
    ),
)
def test_only_what_reminds_waits(
    workplace: Workplace, items: tuple[Item, ...], is_held: bool
) -> None:
    found = digest(THURSDAY, "x", *items)
    _had(workplace, found.address, WEEK, WEEK + timedelta(days=2))
    assert _is_held(workplace, found) is is_held


def test_a_week_begins_on_monday(workplace: Workplace) -> None:
    found = digest(THURSDAY, "x", _reminder())
    _had(workplace, found.address, WEEK - timedelta(days=1), WEEK)
    assert not _is_held(workplace, found)


def test_mails_to_others_do_not_count(workplace: Workplace) -> None:
    found = digest(THURSDAY, "x", _reminder())
    _had(workplace, "head@unit.example", WEEK, WEEK + timedelta(days=1))
    assert not _is_held(workplace, found)


def test_what_may_have_arrived_already_is_not_put_off(workplace: Workplace) -> None:
    found = digest(THURSDAY, "x", _reminder())
    _had(workplace, found.address, WEEK, WEEK + timedelta(days=1))
    assert not _is_held(workplace, found, is_uncertain=True)


def test_a_round_up_is_the_offices_and_goes(workplace: Workplace) -> None:
    week = RoundUp(_reminder().plan, 1, 0, 0, (), (), (), (), ())
    found = digest(THURSDAY, "x", _reminder())._replace(round_ups=(week,))
    _had(workplace, found.address, WEEK, WEEK + timedelta(days=1))
    assert not _is_held(workplace, found)


def test_without_a_cap_nothing_waits(workplace: Workplace) -> None:
    found = digest(THURSDAY, "x", _reminder())
    _had(workplace, found.address, WEEK, WEEK + timedelta(days=1))
    assert not _is_held(builders.edited(workplace, _office(None)), found)


def test_the_week_after_a_holiday_begins_with_its_first_workday(workplace: Workplace) -> None:
    on = date(2024, 9, 26)  # the Monday after it is a workday, the week from 10-01 is free
    found = digest(on, "x", _reminder())
    _had(workplace, found.address, date(2024, 9, 23), date(2024, 9, 24))
    mail = Claimed(99, found.key, found.address, on, 0, False, "me")
    with reading(workplace.engine) as connection:
        [held] = holds(connection, workplace, {mail: found}, on).values()
    assert held.until == date(2024, 9, 30)
