"""Units as a list of contacts names them, looked up in the registry."""

import re
from difflib import get_close_matches
from typing import NamedTuple

from models.units import Jurisdiction

_LONGEST = 60
_SHORTEST_PREFIX = 3
_NEAR = 0.6
_BRACKETS = str.maketrans("()", "（）")
_BETWEEN = ("", "委", "政府", "人民政府")


class Resolved(NamedTuple):
    """A unit by the registry's name, or None and which may be meant; ``rest`` follows the name."""

    unit: str | None
    near: tuple[str, ...] = ()
    rest: str = ""


def resolved(text: str, place: Jurisdiction | None) -> Resolved:
    """The unit that a cell names; without a registry what it says, as it says it."""
    plain = re.sub(r"\s", "", text).translate(_BRACKETS)
    if place is None:
        return Resolved(plain[:_LONGEST] or None)
    if unit := _exact(plain, place) or _completed(plain, place):
        return Resolved(unit)
    known = sorted(_names(place), key=len, reverse=True)
    for name in known:
        if len(name) >= _SHORTEST_PREFIX and plain.startswith(name):
            return Resolved(place.unit(name), rest=plain[len(name) :])
    return Resolved(None, _near(plain, place))


def _exact(name: str, place: Jurisdiction) -> str | None:
    level = place.name[-1:]
    shorter = level + name.removeprefix(place.name) if name.startswith(place.name) else name
    return place.unit(name) or place.unit(shorter)


def _completed(name: str, place: Jurisdiction) -> str | None:
    """The unit of that name with the prefix of its place; None unless there is exactly one."""
    level = place.name[-1:]
    found = {place.unit(f"{level}{between}{name}") for between in _BETWEEN} - {None}
    return found.pop() if len(found) == 1 else None


def _near(name: str, place: Jurisdiction) -> tuple[str, ...]:
    """Up to three units that may be meant: 人社局 stands, in order, in 市人力资源社会保障局."""
    name = name[:_LONGEST]
    if not name:
        return ()
    letters = [known for known in _names(place) if _stands_in(name, known)]
    alike = get_close_matches(name, _names(place), n=3, cutoff=_NEAR)
    units = (place.unit(known) for known in (*letters, *alike))
    return tuple(dict.fromkeys(unit for unit in units if unit))[:3]


def _names(place: Jurisdiction) -> list[str]:
    return [known for known in place.names if place.unit(known)]


def _stands_in(short: str, long: str) -> bool:
    letters = iter(long)
    return len(short) > 1 and all(letter in letters for letter in short)
