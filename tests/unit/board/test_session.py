"""What a session is: its form's words, its numbers, and nothing secret shown again."""

import re

from duban.board.session import NUMBER, TOKEN, new_number, typed_in
from duban.board.uploads import Posted


def test_what_is_shown_again_holds_no_password_and_no_token() -> None:
    words = {
        TOKEN: "secret",
        NUMBER: "n",
        "password": "secret",
        "new-password": "secret",
        "act": "add",
        "returned-text": "理由",
    }
    assert typed_in(Posted(words, [])) == {"act": "add", "returned-text": "理由"}


def test_numbers_are_long_and_never_the_same() -> None:
    numbers = {new_number() for _ in range(100)}
    assert len(numbers) == 100
    assert all(re.fullmatch(r"[\w-]{22}", number) for number in numbers)
