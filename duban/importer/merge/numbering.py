"""Numbers and keys for entries whose own is now another's."""

from collections.abc import Collection, Iterable, Mapping
from itertools import count
from string import ascii_uppercase

_LETTERS = ascii_uppercase[-3:] + ascii_uppercase[1:-3]
"""From X on; annexes begin with A."""


def free_number(number: str, taken: Collection[str]) -> str:
    """A number that no row has, in which the old one is recognised: 3.9 becomes X3.9."""
    plain = number.lstrip(ascii_uppercase)
    free = (f"{letter}{plain}" for letter in _LETTERS)
    return next((each for each in free if each not in taken), number)


def free_key(key: str, taken: Collection[str]) -> str:
    """The key itself, or with a number behind it where another has it."""
    if key not in taken:
        return key
    return next(each for at in count(2) if (each := f"{key}-{at}") not in taken)


def displaced(left: Iterable[str], numbers: Collection[str]) -> dict[str, str]:
    """The rows left that have a number which is now one of the document's, with a free one."""
    rows = list(left)
    found: dict[str, str] = {}
    for number in rows:
        if number in numbers:
            found[number] = free_number(number, {*numbers, *rows, *found.values()})
    return found


def own_keys(
    kept: Mapping[str, str], keys: Iterable[str], taken: Collection[str]
) -> dict[str, str]:
    """Keys of the document's obligations that are others in the plan, with those.

    ``kept`` are those of obligations that the plan has; a new one whose key is ``taken`` gets one
    of its own.
    """
    found = dict(kept)
    for key in keys:
        if key not in found:
            found[key] = free_key(key, {*taken, *found.values()})
    return {key: other for key, other in found.items() if key != other}
