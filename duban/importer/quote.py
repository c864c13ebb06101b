"""Where the words of a draft stand in the document's lines, character for character."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_LONGEST = 400
_REACH = 60
_SHORTEST = 6


class Quote(NamedTuple):
    """A line, counted from 1, and words that stand on it exactly."""

    line: int
    text: str


def quote(lines: Sequence[str], text: str, near: int) -> Quote:
    """The words on the line ``near`` or one of the next; white space may differ.

    Words that a line end parts are quoted as far as the first line has them; where they are not
    found, the whole line ``near`` is the quote.
    """
    pattern = _pattern(text)
    first = max(near, 1)
    for number in range(first, min(len(lines), first + _REACH) + 1):
        if pattern and (found := pattern.search(lines[number - 1])):
            return Quote(number, found[0])
    return _beginning(lines, text, first) or _whole(lines, first)


def _pattern(text: str) -> re.Pattern[str] | None:
    characters = [re.escape(char) for char in text if not char.isspace()][:_LONGEST]
    return re.compile(r"\s*".join(characters)) if characters else None


def _beginning(lines: Sequence[str], text: str, first: int) -> Quote | None:
    """The longest beginning of the words that ends a line, for words that go on in the next."""
    plain = "".join(text.split())
    for number in range(first, min(len(lines), first + _REACH) + 1):
        line = lines[number - 1].rstrip()
        for size in range(min(len(plain), len(line), _LONGEST), _SHORTEST - 1, -1):
            if line.endswith(plain[:size]):
                return Quote(number, plain[:size])
    return None


def _whole(lines: Sequence[str], number: int) -> Quote:
    """The line itself, or the next that is not blank."""
    for at in range(number, len(lines) + 1):
        if lines[at - 1].strip():
            return Quote(at, lines[at - 1].strip()[:_LONGEST])
    return Quote(1, next((line.strip() for line in lines if line.strip()), "—")[:_LONGEST])
