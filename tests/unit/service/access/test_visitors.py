"""Who a link lets in: as of which day, until when, for which units."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from duban.feedback.tokens import LINK_DAYS, Tokens
from duban.service.access.revocations import revoke
from duban.service.access.visitors import Denial, Visitor, admit
from duban.service.apply import apply
from duban.service.workplace import Workplace
from duban.store.database import writing
from duban.store.tables import OUTBOX
from models.roster import Post, Roster
from tests.builders import (
    address,
    edited,
    instant,
    ledger_at,
    occasion,
    office,
    plan,
    roster,
    sentences,
)

MADE = date(2024, 1, 2)
TOKENS = Tokens(("a-key-that-signs-the-links-of-these-tests",))
LIAISON = address("甲局", "liaison")


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    with ledger_at(f"sqlite:///{tmp_path / 'duban.db'}", office(plan())) as found:
        apply(found, found.office.plans.values(), occasion(MADE.isoformat()))
        yield found


def _key(workplace: Workplace, sent_at: datetime | None = None) -> str:
    with writing(workplace.engine) as connection:
        mine = OUTBOX.c.recipient == LIAISON
        connection.execute(OUTBOX.update().where(mine).values(sent_at=sent_at))
        return str(connection.execute(OUTBOX.select().where(mine)).one().key)


def _admit(workplace: Workplace, token: str, day: date = MADE) -> Visitor | Denial:
    return admit(workplace, TOKENS, token, instant(day), day)


def test_a_contact_answers_for_the_units_of_his_posts(workplace: Workplace) -> None:
    found = _admit(workplace, TOKENS.link(_key(workplace), MADE))
    assert isinstance(found, Visitor)
    assert found.seats == {("plan-2024", "甲局"): Post.LIAISON}
    assert found.answers_for("plan-2024", "甲局")
    assert not found.answers_for("plan-2024", "乙局")
    assert found.named(workplace, "plan-2024", "甲局") == f"甲局联络员（{LIAISON}）"


def test_a_link_of_no_mail_or_of_another_key_is_forged(workplace: Workplace) -> None:
    other = Tokens(("another-key-that-nobody-here-has-ever-had",))
    key = _key(workplace)
    for token in (TOKENS.link("0" * 16, MADE), other.link(key, MADE), "", "x"):
        assert _admit(workplace, token) is Denial.FORGED
    assert admit(workplace, None, TOKENS.link(key, MADE), instant(MADE), MADE) is Denial.FORGED


def test_a_link_is_good_for_its_days(workplace: Workplace) -> None:
    token = TOKENS.link(_key(workplace), MADE)
    last = MADE + timedelta(days=LINK_DAYS)
    assert isinstance(_admit(workplace, token, last), Visitor)
    assert _admit(workplace, token, last + timedelta(days=1)) is Denial.EXPIRED


NOON = datetime(2024, 1, 2, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
REVOCATIONS: list[tuple[str, datetime | None, date, datetime, bool]] = [
    ("sent before", NOON - HOUR, MADE, NOON, True),
    ("sent after, on the same day", NOON + HOUR, MADE, NOON, False),
    ("nobody knows when, made that day", None, MADE, NOON, True),
    ("nobody knows when, made later", None, MADE + timedelta(days=1), NOON, False),
]


@pytest.mark.parametrize(("sent_at", "made_on", "void_until", "is_void"), sentences(REVOCATIONS))
def test_a_revocation_strikes_what_was_made_before(
    workplace: Workplace,
    sent_at: datetime | None,
    made_on: date,
    void_until: datetime,
    is_void: bool,
) -> None:
    token = TOKENS.link(_key(workplace, sent_at), made_on)
    revoke(workplace, LIAISON, "已调离", "李四", void_until)
    found = _admit(workplace, token, MADE + timedelta(days=2))
    assert (found is Denial.REVOKED) == is_void


def test_a_substitute_comes_in_for_as_long_as_he_stands_in(workplace: Workplace) -> None:
    days = {"since": "2024-01-04", "until": "2024-01-05"}
    away = {"for": {"unit": "甲局", "post": "liaison"}, "by": {"unit": "乙局", "post": "liaison"}}
    contacts = roster(("甲局", "乙局", "丙局")).model_dump(by_alias=True)
    content = Roster.model_validate(contacts | {"substitutes": ({**away, **days},)})
    there = edited(workplace, office(plan(contacts=content)))
    token = TOKENS.link(_key(workplace), MADE)
    found = [_admit(there, token, date(2024, 1, day)) for day in (3, 4, 5, 6)]
    assert [isinstance(one, Visitor) for one in found] == [True, False, False, True]
    assert found[1] is Denial.NOT_IN_OFFICE


def test_a_link_is_void_once_its_mail_was_sent_anew(workplace: Workplace) -> None:
    """A mail that failed goes out again on a later day, perhaps to another reader."""
    again = MADE + timedelta(days=3)
    key = _key(workplace, instant(again))
    with writing(workplace.engine) as connection:
        connection.execute(OUTBOX.update().where(OUTBOX.c.key == key).values(on=again))
    assert _admit(workplace, TOKENS.link(key, MADE), again) is Denial.REVOKED
    assert isinstance(_admit(workplace, TOKENS.link(key, again), again), Visitor)


def test_sending_a_mail_again_revives_no_link_that_was_struck(workplace: Workplace) -> None:
    key = _key(workplace, NOON + timedelta(days=3))
    revoke(workplace, LIAISON, "误发", "李四", NOON + timedelta(days=1))
    assert _admit(workplace, TOKENS.link(key, MADE), MADE + timedelta(days=3)) is Denial.REVOKED
