"""The week of a plan as its coordinating office reads it (督办周报)."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from notifications.digest import Matter, RoundUp
from notifications.wording import clean, near_day, shortened

_TITLE = 120
_REPLY = 120
_UNITS = 60
_LINES = 40


class Week(NamedTuple):
    """What the templates print of a round-up: single lines, not yet escaped."""

    title: str
    counts: str
    sections: list[tuple[str, list[str]]]


def week(round_up: RoundUp, on: date) -> Week:
    """A round-up in words; a section without content is left out, a long one cut with a count."""
    overdue = sum(len(matter.units) for matter in round_up.overdue)
    waiting = sum(len(matter.units) for matter in round_up.waiting)
    counts = (
        f"有期限的事项在办{round_up.open}项，其中逾期{overdue}项、临期{round_up.amber}项、"
        f"已报办结待审核{waiting}项；已销号{round_up.closed}项。"
    )
    sections = [
        ("逾期未办结", _matters(round_up.overdue, on)),
        ("已报办结，待审核", _matters(round_up.waiting, on)),
        ("近期到期", _matters(round_up.coming, on)),
        ("尚未签收的单位", [_units(round_up.unacknowledged)] if round_up.unacknowledged else []),
        ("邮箱无法送达", [_address(*pair) for pair in round_up.unreachable]),
    ]
    present = [(heading, list(_bounded(lines))) for heading, lines in sections if lines]
    return Week(shortened(clean(round_up.plan.title), _TITLE), counts, present)


def _matters(matters: Iterable[Matter], on: date) -> list[str]:
    return [
        f"{clean(matter.title)}{_by(matter.due_on, on)}：{_units(matter.units)}"
        for matter in matters
    ]


def _by(due_on: date | None, on: date) -> str:
    return f"（期限{near_day(due_on, on).replace('（', '').replace('）', '')}）" if due_on else ""


def _units(units: tuple[str, ...]) -> str:
    named = "、".join(clean(unit) for unit in units[:_UNITS])
    return f"{named}{'等' if len(units) > _UNITS else ''}（{len(units)}个单位）"


def _address(address: str, because: str) -> str:
    return f"{clean(address)}：{shortened(clean(because), _REPLY)}"


def _bounded(lines: list[str]) -> Iterator[str]:
    yield from lines[:_LINES]
    if len(lines) > _LINES:
        yield f"另有{len(lines) - _LINES}项，见台账"
