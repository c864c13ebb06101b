"""Whose a mail is, and what it is about: nobody is taken for whom he only looks like."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from duban.store import mail_records
from duban.store.database import reading
from tests import builders
from tests.unit.service.letters import HEAD, LIAISON, REPORT, Letters, bounce


@pytest.fixture
def letters(tmp_path: Path) -> Iterator[Letters]:
    content = builders.office(builders.plan())
    with builders.ledger_at(f"sqlite:///{tmp_path / 'duban.db'}", content) as found:
        yield Letters(found)


def test_a_nul_in_a_header_stops_no_other_mail(letters: Letters) -> None:
    key = letters.sent(REPORT)
    poison = b"From: \x00 <a@b.example>\nTo: \x00\x00\n\n\xff\x00"
    told = letters.intake(poison, letters.reply(key, "进展：在办"))
    assert (told.received, told.acted, told.undone) == (2, 1, [])


SPOOFS = [
    ("an address beside the contact's", f"evil@x.example, <{LIAISON}>"),
    ("a letter that only looks like s", LIAISON.replace("s", "\u017f")),
    ("the contact as a name", f'"{LIAISON}" <evil@x.example>'),
    ("the contact with a tag", LIAISON.replace("@", "+x@")),
]


@pytest.mark.parametrize("sender", builders.sentences(SPOOFS))
def test_a_sender_that_only_looks_like_the_contact_is_not_believed(
    letters: Letters, sender: str
) -> None:
    raw = letters.reply(letters.sent(REPORT), "签收", sender="x@y.example")
    letters.intake(raw.replace(b"x@y.example", sender.encode(), 1))
    assert (letters.entries(), letters.received()[0].state) == ([], "office")


def test_a_bounce_of_where_a_mail_was_passed_on_silences_nobody(letters: Letters) -> None:
    told = letters.intake(bounce("5.1.1", letters.sent(REPORT), "private@elsewhere.example"))
    assert (told.office, told.bounces) == (1, 0)
    with reading(letters.workplace.engine) as connection:
        assert mail_records.defects(connection) == []


def test_a_reader_who_holds_no_post_any_more_is_not_believed(letters: Letters) -> None:
    key = letters.sent(REPORT)
    later = {"甲局": {"liaison": "new@unit.example", "head": HEAD}}
    contacts = builders.roster(("甲局", "乙局"), **later)
    content = builders.office(builders.plan(contacts=contacts))
    letters.workplace = builders.edited(letters.workplace, content)
    told = letters.intake(letters.reply(key, "已办结"))
    assert (told.office, letters.entries(), letters.stage()) == (1, [], "assigned")
