"""Passwords: scrypt, a salt each, and the same work for nobody's."""

import pytest

from duban.service.access import passwords

WORDS = "一句只有本人知道的很长的话"


def test_a_password_is_kept_with_its_parameters_and_never_itself() -> None:
    kept = passwords.hashed(WORDS)
    name, n, r, p, salt, key = kept.split("$")
    assert (name, n, r, p) == ("scrypt", "32768", "8", "1")
    assert len(salt) > 20
    assert len(key) > 40
    assert WORDS not in kept
    assert passwords.is_right(WORDS, kept)
    assert not passwords.is_right(f"{WORDS}。", kept)


def test_the_same_password_is_kept_differently_each_time() -> None:
    assert passwords.hashed(WORDS) != passwords.hashed(WORDS)


def test_what_was_kept_with_other_parameters_still_counts() -> None:
    kept = "scrypt$16$8$1$c2FsdHNhbHRzYWx0c2FsdA==$"
    salt, cost = b"saltsaltsaltsalt", passwords._Cost(16, 8, 1)
    key = passwords.b64encode(passwords._key(WORDS, salt, cost)).decode()
    assert passwords.is_right(WORDS, kept + key)


@pytest.mark.parametrize("typed", ["", "\0", "\ud800", "a" * 5000])
def test_nothing_is_the_password_of_nobody(typed: str) -> None:
    assert not passwords.is_right(typed, None)
