"""What happened to an item, as its unit reads it."""

import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from duban.service.words import ENTRIES
from duban.store.database import Record
from models.answer import Figure, Passage
from models.entry import BY_UNIT, DECISIONS, EntryKind, Via
from notifications.words import WAYS

_SHOWN = (*BY_UNIT, *DECISIONS, EntryKind.ASSIGNED, EntryKind.REVISED, EntryKind.ACCEPTED)
_CLERK = re.compile(r"，[^，（）]*代为登记）$")
_WITH_WORDS = frozenset(BY_UNIT) | DECISIONS


class Said(NamedTuple):
    """One entry as its unit reads it; the clerk who made a decision is not named."""

    id: int
    on: date
    at: datetime
    kind: EntryKind
    word: str
    way: str
    by: str
    text: str
    until: str
    is_nil: bool
    passages: tuple[Passage, ...]


def history(entries: Iterable[Record]) -> list[Said]:
    """The entries that a unit is shown, in order."""
    return [said(entry) for entry in entries if EntryKind(entry.kind) in _SHOWN]


def said(entry: Record) -> Said:
    """An entry as its unit reads it."""
    kind = EntryKind(entry.kind)
    kept = json.loads(entry.detail) if entry.detail else {}
    is_answer = kind in BY_UNIT
    return Said(
        id=entry.id,
        on=entry.on,
        at=entry.at,
        kind=kind,
        word=ENTRIES[kind],
        way=WAYS[Via(entry.via)] if is_answer else "",
        by=_CLERK.sub("，督办专班代为登记）", entry.by) if is_answer else "",
        text=entry.text if kind in _WITH_WORDS else "",
        until=str(kept.get("until", "")) if kind in _WITH_WORDS else "",
        is_nil=bool(kept.get("nil")) if is_answer else False,
        passages=_passages(kept.get("passages", ())) if is_answer else (),
    )


def _passages(kept: Iterable[dict[str, object]]) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            str(part["number"]),
            str(part.get("text", "")),
            tuple(
                Figure(str(figure["metric"]), str(figure["value"]))
                for figure in _listed(part.get("figures"))
            ),
        )
        for part in kept
    )


def _listed(value: object) -> list[dict[str, object]]:
    return value if isinstance(value, list) else []


def latest_passages(past: list[Said]) -> tuple[Passage, ...]:
    """What the unit last wrote row by row, to go on from."""
    return next((entry.passages for entry in reversed(past) if entry.passages), ())
