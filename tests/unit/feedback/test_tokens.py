"""Links and reply tags: what was signed is read back, and nothing else is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from duban.feedback.tokens import Tokens

OLD, NEW, FOREIGN = ("old" * 12, "new" * 12, "foreign" * 6)
KEY, ADDRESS, ITEMS = "0123456789abcdef", "Li@unit.example", ("a/summary/市教育局", "b/x/市教育局")
DAY = date(2024, 10, 18)
TOKENS = Tokens((NEW, OLD))


@given(st.text(max_size=40), st.dates())
def test_a_link_is_read_back(key: str, on: date) -> None:
    if not key.isprintable():
        return
    token = TOKENS.link(key, on)
    if len(token) <= 400:
        assert TOKENS.read_link(token) == (key, on)
    assert all(letter.isascii() and (letter.isalnum() or letter in "-_.") for letter in token)


def test_a_key_that_was_replaced_still_verifies_and_a_foreign_one_does_not() -> None:
    old, foreign = Tokens((OLD,)), Tokens((FOREIGN,))
    assert TOKENS.read_link(old.link(KEY, DAY)) == (KEY, DAY)
    assert TOKENS.is_tag_of(old.tag(KEY, ADDRESS, ITEMS), KEY, ADDRESS, ITEMS)
    assert old.read_link(TOKENS.link(KEY, DAY)) is None
    assert TOKENS.read_link(foreign.link(KEY, DAY)) is None
    assert not TOKENS.is_tag_of(foreign.tag(KEY, ADDRESS, ITEMS), KEY, ADDRESS, ITEMS)


@given(st.integers(0), st.characters())
def test_a_link_with_another_letter_is_void(place: int, letter: str) -> None:
    token = TOKENS.link(KEY, DAY)
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]
    if changed != token:
        assert TOKENS.read_link(changed) is None


@given(st.text(max_size=500))
def test_no_text_is_a_link_or_a_tag(text: str) -> None:
    assert TOKENS.read_link(text) is None
    assert not TOKENS.is_tag_of(text, KEY, ADDRESS, ITEMS)


@pytest.mark.parametrize("content", [None, 1, [], ["k"], ["k", "no day"], ["k", 5], {"k": "v"}])
def test_a_link_that_is_signed_but_holds_something_else_is_void(content: object) -> None:
    signer = URLSafeSerializer(
        [NEW], salt="duban.feedback.link", signer_kwargs={"key_derivation": "hmac"}
    )
    assert TOKENS.read_link(str(signer.dumps(content))) is None


def test_a_tag_fits_a_reply_address_and_is_bound_to_all_that_it_signs() -> None:
    tag = TOKENS.tag(KEY, ADDRESS, ITEMS)
    assert len(tag) <= 40
    assert tag == tag.lower()
    assert set(tag) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert TOKENS.key_of(tag) == KEY
    assert TOKENS.is_tag_of(tag, KEY, ADDRESS.lower(), ITEMS)
    assert not TOKENS.is_tag_of(tag, "fedcba9876543210", ADDRESS, ITEMS)
    assert not TOKENS.is_tag_of(tag, KEY, "other@unit.example", ITEMS)
    assert not TOKENS.is_tag_of(tag, KEY, ADDRESS, ITEMS[::-1])
    assert not TOKENS.is_tag_of(tag, KEY, ADDRESS, ITEMS[:1])
    assert not TOKENS.is_tag_of(tag[:-1] + ("a" if tag[-1] != "a" else "b"), KEY, ADDRESS, ITEMS)


def test_what_has_not_the_form_of_a_tag_names_no_key() -> None:
    for text in ("", "x", KEY, f"{KEY}-short", f"{KEY}-" + "A" * 20, f"{KEY}-" + "a" * 20 + "\n"):
        assert TOKENS.key_of(text) is None


@pytest.mark.parametrize("key", ["", "UPPER", "a-b", "a" * 20, "钥"])
def test_a_key_that_no_address_can_bear_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="reply address"):
        TOKENS.tag(key, ADDRESS, ITEMS)


def test_there_must_be_a_key() -> None:
    with pytest.raises(ValueError, match="no key"):
        Tokens(())
