"""Who the mails are from, and the ways back that the settings open."""

from datetime import date
from pathlib import Path

import pytest

from duban.errors import InvalidSettings
from duban.feedback.tokens import LINK_DAYS, Tokens
from duban.service.opening import sender_of
from duban.settings import Settings

KEY, READER = "0123456789abcdef", "liaison@unit.example"
ITEMS = ("plan-2024/summary/甲局",)
ON = date(2024, 10, 15)


def _settings(folder: Path, **given: object) -> Settings:
    secret = folder / "secret"
    secret.write_text("k" * 32 + "\n" + "o" * 32, encoding="utf-8")
    full = {
        "mail_from": "duban@office.example",
        "secret_file": secret,
        "imap_url": "imaps://duban@mail.example",
        "base_url": "https://duban.example/",
    }
    return Settings.model_validate(full | given)


@pytest.fixture
def tokens() -> Tokens:
    return Tokens(("k" * 32,))


def test_answers_and_bounces_come_to_an_address_that_names_the_mail(
    tmp_path: Path, tokens: Tokens
) -> None:
    sender = sender_of(_settings(tmp_path))
    assert sender.reply_to is not None
    assert sender.reply_to is sender.bounces_to
    address = sender.reply_to(KEY, READER, ITEMS)
    assert address == f"duban+{tokens.tag(KEY, READER, ITEMS)}@office.example"
    assert len(address.partition("@")[0]) <= 64


def test_a_mailbox_of_its_own_is_where_answers_come_to(tmp_path: Path) -> None:
    sender = sender_of(_settings(tmp_path, mailbox="answers@mail.example"))
    assert sender.reply_to is not None
    address = sender.reply_to(KEY, READER, ITEMS)
    assert address.startswith("answers+")
    assert address.endswith("@mail.example")
    assert sender.address == "duban@office.example"


def test_without_tags_answers_come_to_the_mailbox_and_bounces_to_the_sender(tmp_path: Path) -> None:
    sender = sender_of(_settings(tmp_path, mailbox="answers@mail.example", reply_tags=False))
    assert sender.reply_to is not None
    assert sender.reply_to(KEY, READER, ITEMS) == "answers@mail.example"
    assert sender.bounces_to is None


def test_a_page_is_linked_to_for_as_long_as_its_link_is_good(
    tmp_path: Path, tokens: Tokens
) -> None:
    sender = sender_of(_settings(tmp_path))
    assert sender.page is not None
    link = sender.page(KEY, ON)
    start = "https://duban.example/u/"
    assert link.url.startswith(start)
    assert tokens.read_link(link.url.removeprefix(start)) == (KEY, ON)
    assert (link.good_until - ON).days == LINK_DAYS


@pytest.mark.parametrize(
    ("missing", "ways"),
    [
        ("secret_file", (False, False, False)),
        ("imap_url", (False, False, True)),
        ("base_url", (True, True, False)),
    ],
)
def test_a_way_that_is_not_set_up_does_not_exist(
    tmp_path: Path, missing: str, ways: tuple[bool, bool, bool]
) -> None:
    sender = sender_of(_settings(tmp_path, **{missing: None}))
    assert tuple(map(bool, (sender.reply_to, sender.bounces_to, sender.page))) == ways


def test_a_mailbox_with_no_room_for_a_tag_is_named(tmp_path: Path) -> None:
    settings = _settings(tmp_path, mailbox=f"{'a' * 24}@mail.example")
    with pytest.raises(InvalidSettings, match="no room for a tag: 24 characters"):
        sender_of(settings)
    assert sender_of(settings.model_copy(update={"reply_tags": False})).reply_to is not None
