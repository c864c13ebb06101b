"""Which entry of one list is which of another, after numbers and words have changed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_SAME_NAME = 0.6
_OTHER_NAME = 0.75


class Entry(NamedTuple):
    """An entry of a list: its number or key, and its words."""

    name: str
    words: str


def matched(old: Sequence[Entry], new: Sequence[Entry]) -> dict[int, int]:
    """Indices of the old entries with those of the new ones they became.

    In this order: same number and words; same words; same number and similar words; similar words
    alone; the same number alone.
    """
    found: dict[int, int] = {}
    taken: set[int] = set()

    def take(pairs: Iterable[tuple[int, int]]) -> None:
        for mine, its in pairs:
            if mine not in found and its not in taken:
                found[mine] = its
                taken.add(its)

    def free() -> list[tuple[int, int]]:
        mine = [at for at in range(len(old)) if at not in found]
        its = [at for at in range(len(new)) if at not in taken]
        return [(one, other) for one in mine for other in its]

    take(_equal(old, new, by_words_alone=False))
    take(_equal(old, new, by_words_alone=True))
    same = [pair for pair in free() if old[pair[0]].name == new[pair[1]].name]
    take(_ranked(old, new, same, _SAME_NAME))
    take(_ranked(old, new, free(), _OTHER_NAME))
    take(pair for pair in free() if old[pair[0]].name == new[pair[1]].name)
    return dict(sorted(found.items()))


def _equal(
    old: Sequence[Entry], new: Sequence[Entry], *, by_words_alone: bool
) -> list[tuple[int, int]]:
    """Entries that are equal; by words alone only where these stand once on either side."""
    if not by_words_alone:
        where = {entry: at for at, entry in enumerate(new)}
        return [(at, where[entry]) for at, entry in enumerate(old) if entry in where]
    counts = [Counter(entry.words for entry in entries) for entries in (old, new)]
    words = {entry.words: at for at, entry in enumerate(new)}
    return [
        (at, words[entry.words])
        for at, entry in enumerate(old)
        if counts[0][entry.words] == 1 == counts[1][entry.words]
    ]


def _ranked(
    old: Sequence[Entry], new: Sequence[Entry], pairs: Iterable[tuple[int, int]], least: float
) -> list[tuple[int, int]]:
    """The pairs that are similar enough, the most similar first."""
    scored = (
        (_likeness(old[one].words, new[other].words, least), one, other) for one, other in pairs
    )
    return [(one, other) for score, one, other in sorted(scored, key=_order) if score >= least]


def _order(scored: tuple[float, int, int]) -> tuple[float, int]:
    return -scored[0], abs(scored[1] - scored[2])


def _likeness(one: str, other: str, least: float) -> float:
    """0 to 1; 0 as soon as it is clear that they are less alike than that."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()
