"""Calendar entries for due dates: a view of the ledger, never the way a reminder travels."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from models.policy import NoticeKind
from notifications.digest import Digest, Item
from notifications.wording import clean, deed, shortened

MOST_DATES = 6
"""So many due dates of one mail get an entry: an assignment of three years has fewer."""

_ZONE = ZoneInfo("Asia/Shanghai")
_OFFICE_OPENS = time(9)
_TITLE = 80
_UID_LINE = b"\r\nUID:"
_WITH_ENTRY = (
    NoticeKind.REMINDER,
    NoticeKind.ASSIGNMENT,
    NoticeKind.ACKNOWLEDGE_CHASE,
    NoticeKind.DECISION,
)


class Due(NamedTuple):
    """One obligation as a calendar shows it; without its unit, so that units can share it."""

    due_on: date
    title: str
    to: str | None
    plan: str
    sequence: int
    alarm_on: date


class _Owed(NamedTuple):
    due: Due
    obligation: str


def _placeholder(index: int) -> str:
    return f"{index:064x}"


def _dues(item: Item) -> list[_Owed]:
    if item.for_information or item.kind not in _WITH_ENTRY:
        return []
    plan = clean(item.plan.title)
    found = []
    if item.due_on:
        alarm_on = item.last_workday or item.due_on
        due = Due(item.due_on, item.title, item.to, plan, item.calendar_sequence, alarm_on)
        found.append(_Owed(due, item.obligation))
    for dated in item.dated:
        alarm_on = dated.last_workday or dated.due_on
        due = Due(dated.due_on, dated.title, dated.to, plan, dated.calendar_sequence, alarm_on)
        found.append(_Owed(due, dated.obligation or f"{item.obligation}/{dated.title}"))
    return found


def _alarm(due: Due) -> Alarm:
    """At nine on the last workday on or before the date."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{shortened(clean(due.title), _TITLE)} 即将截止")
    alarm.add("trigger", due.alarm_on - due.due_on + timedelta(hours=_OFFICE_OPENS.hour))
    return alarm


def _event(due: Due, uid: str, stamp: datetime) -> Event:
    title = shortened(clean(due.title), _TITLE)
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event.add("sequence", due.sequence)
    event.add("dtstart", due.due_on)
    event.add("dtend", due.due_on + timedelta(days=1))
    event.add("summary", f"截止：{title}" + (f"（报送{clean(due.to)}）" if due.to else ""))
    event.add("description", f"{deed(due.to)}期限。依据：《{due.plan}》")
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(due))
    return event


@lru_cache(maxsize=512)
def _built(dues: tuple[Due, ...], on: date) -> bytes:
    """The calendar of one due date with a numbered placeholder for each UID."""
    calendar = Calendar()
    calendar.add("prodid", "-//duban//notices//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-timezone", _ZONE.key)
    stamp = datetime.combine(on, _OFFICE_OPENS, _ZONE).astimezone(UTC)
    for index, due in enumerate(dues):
        calendar.add_component(_event(due, _placeholder(index), stamp))
    file: bytes = calendar.to_ical()
    return file


def _uid(obligation: str) -> str:
    """64 hex digits, as long as the placeholder, so that no line has to be folded anew."""
    return sha256(obligation.encode("utf-8", "surrogatepass")).hexdigest()


def calendar_entries(digest: Digest) -> list[tuple[date, bytes]]:
    """Due dates still ahead, earliest first, each with an iCalendar file in UTF-8.

    An event lasts the whole stated day. Its UID belongs to the obligation, and so to one unit;
    its SEQUENCE is the due-date revision. What many units share is built once and kept.
    """
    owed = {each.obligation: each for item in digest.items for each in _dues(item)}
    ahead = [each for each in owed.values() if each.due.due_on > digest.on]
    ahead.sort(key=lambda each: (each.due.due_on, each.obligation))
    entries = []
    for due_on, found in groupby(ahead, key=lambda each: each.due.due_on):
        group = list(found)
        file = _built(tuple(each.due for each in group), digest.on)
        for index, each in enumerate(group):
            own = _UID_LINE + _uid(each.obligation).encode()
            file = file.replace(_UID_LINE + _placeholder(index).encode(), own)
        entries.append((due_on, file))
    return entries[:MOST_DATES]
