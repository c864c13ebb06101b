"""Who answers when: made up, but the same every time, and much as such offices behave.

Four in five answer before the date, some on the last day or under a slip; one never does. The
office sends some results back, accepts the rest and closes most of them out.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple
from zlib import crc32

from models.entry import EntryKind
from models.obligation import ItemKind, Obligation
from models.workdays import WorkCalendar

BOUNCING = "liaison@tobacco-monopoly.zhongshan.example"
"""An address that the demonstration's mail server does not know."""

NEVER = "zhongshan-2023/final-summary/神湾镇"
"""What is never answered, so that every rung to the last is seen."""

_ACKNOWLEDGED_AFTER = ((70, 1), (85, 2), (93, 4), (98, 7))
_COMPLETED = ((25, -12), (45, -8), (65, -5), (80, -2), (86, 0), (94, 2), (98, 6), (100, 12))
_SENT_BACK, _ACCEPTED, _CLOSED = 8, 85, 70


class Deed(NamedTuple):
    """Something that somebody says on a day about an obligation."""

    on: date
    obligation: str
    entry: EntryKind
    by: str
    text: str


def deeds(items: Iterable[Obligation], calendar: WorkCalendar, applied_on: date) -> list[Deed]:
    """Everything that is said about these items after they were applied, by day."""
    told = [deed for item in items for deed in _of(item, calendar, applied_on)]
    return sorted(told, key=lambda deed: deed.on)


def _of(item: Obligation, calendar: WorkCalendar, applied_on: date) -> Iterator[Deed]:
    by = f"{item.unit}联络员"
    if item.kind is ItemKind.ASSIGNMENT:
        after = _pick(item.id, _ACKNOWLEDGED_AFTER)
        if after is not None:
            on = calendar.shift(applied_on, after)
            yield Deed(on, item.id, EntryKind.ACKNOWLEDGED, by, "已收悉")
    elif item.due_on is not None and item.id != NEVER:
        yield from _life(item, by, calendar, applied_on)


def _life(item: Obligation, by: str, calendar: WorkCalendar, applied_on: date) -> Iterator[Deed]:
    assert item.due_on is not None
    days = _pick(item.id, _COMPLETED) or 0
    is_event = item.kind is ItemKind.PUBLICITY
    if is_event:  # it takes place on its day, if not before
        days = min(days, 0)
    anchor = calendar.on_or_before(item.due_on) if days <= 0 else item.due_on
    on = max(calendar.shift(anchor, days), calendar.shift(applied_on, 2))
    yield Deed(on, item.id, EntryKind.COMPLETED, by, "已办结，材料随附")
    office = _chance(f"office/{item.id}")
    if office < _SENT_BACK and not is_event:
        on = calendar.shift(on, 2)
        yield Deed(on, item.id, EntryKind.RETURNED, "督办专班", "缺少佐证材料，请补充后重报")
        on = calendar.shift(on, 4)
        yield Deed(on, item.id, EntryKind.COMPLETED, by, "已补充材料")
    if office < _ACCEPTED:
        on = calendar.shift(on, 3)
        yield Deed(on, item.id, EntryKind.ACCEPTED, "督办专班", "材料齐全")
    if office < _CLOSED:
        on = calendar.shift(on, 2)
        yield Deed(on, item.id, EntryKind.CLOSED_OUT, "督办专班", "销号")


def _pick(key: str, table: Iterable[tuple[int, int]]) -> int | None:
    chance = _chance(key)
    return next((value for limit, value in table if chance < limit), None)


def _chance(key: str) -> int:
    return crc32(key.encode()) % 100
