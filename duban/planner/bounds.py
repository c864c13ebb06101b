"""The bounds of what may be done to an obligation: reasons, terms, another pair of eyes."""

from collections.abc import Callable
from datetime import date, timedelta

from models.entry import EntryKind
from models.life import Act, Objection, Situation
from models.policy import Duration, Terms
from models.workdays import WorkCalendar

Objected = tuple[Objection, date | int | str | None]
"""What stands against an act, and the date or number that it fails on."""

_E, _O = EntryKind, Objection

_NEEDS_REASON = frozenset(
    {
        _E.RETURNED,
        _E.DECLINED,
        _E.DECLINE_REFUSED,
        _E.EXTENSION_REQUESTED,
        _E.EXTENSION_REFUSED,
        _E.REASSIGNED,
        _E.SUSPENDED,
    }
)


def objection(
    situation: Situation, what: Act, terms: Terms, calendar: WorkCalendar
) -> Objected | None:
    """What stands against an act that the stage allows; None if nothing does."""
    if what.kind in _NEEDS_REASON and not what.text.strip():
        return _O.NO_REASON, None
    check = _CHECKS.get(what.kind)
    return check(situation, what, terms, calendar) if check else None


def later(day: date, length: Duration, calendar: WorkCalendar) -> date:
    """The day that lies a typed length of time after another."""
    if length.unit == "working days":
        return calendar.shift(day, length.count)
    return day + timedelta(days=length.count)


def _decline(
    situation: Situation, what: Act, terms: Terms, calendar: WorkCalendar
) -> Objected | None:
    """退件: within some working days of the assignment."""
    last = later(situation.armed_on, terms.decline_within, calendar)
    return (_O.TOO_LATE_TO_DECLINE, last) if what.on > last else None


def _request(
    situation: Situation, what: Act, terms: Terms, calendar: WorkCalendar
) -> Objected | None:
    """延期 is asked for before the due date, once at a time, and within bounds."""
    if situation.due_on is None:
        return _O.NO_DUE_DATE, None
    if what.on > situation.due_on:
        return _O.EXPIRED, situation.due_on
    if situation.asked_due_on is not None:
        return _O.ALREADY_REQUESTED, situation.asked_due_on
    if what.until is None:
        return _O.NO_DATE, None
    return _beyond(situation, situation.due_on, what.until, terms, calendar)


def _grant(
    situation: Situation, what: Act, terms: Terms, calendar: WorkCalendar
) -> Objected | None:
    if situation.asked_due_on is None or situation.due_on is None:
        return _O.NOT_REQUESTED, None
    until = what.until or situation.asked_due_on
    if until <= what.on:
        return _O.NOT_AHEAD, what.on
    return _beyond(situation, situation.due_on, until, terms, calendar)


def _beyond(
    situation: Situation, due_on: date, until: date, terms: Terms, calendar: WorkCalendar
) -> Objected | None:
    bounds = terms.extensions
    if situation.extensions >= bounds.times:
        return _O.USED_UP, bounds.times
    if until <= due_on:
        return _O.NOT_LATER, due_on
    last = later(due_on, bounds.at_most, calendar)
    return (_O.TOO_FAR, last) if until > last else None


def _refuse(
    situation: Situation, _what: Act, _terms: Terms, _calendar: WorkCalendar
) -> Objected | None:
    return None if situation.asked_due_on else (_O.NOT_REQUESTED, None)


def _return(
    _situation: Situation, what: Act, _terms: Terms, _calendar: WorkCalendar
) -> Objected | None:
    is_past = what.until is not None and what.until <= what.on
    return (_O.NOT_AHEAD, what.on) if is_past else None


def _suspend(
    situation: Situation, what: Act, terms: Terms, calendar: WorkCalendar
) -> Objected | None:
    if what.until is None:
        return _O.NO_DATE, None
    return _return(situation, what, terms, calendar)


def _close_out(
    situation: Situation, what: Act, terms: Terms, _calendar: WorkCalendar
) -> Objected | None:
    """销号 by another person than the one who accepted."""
    is_same = terms.close_out_by_another and situation.accepted_by == what.by
    return (_O.SAME_PERSON, what.by) if is_same else None


_Check = Callable[[Situation, Act, Terms, WorkCalendar], Objected | None]

_CHECKS: dict[EntryKind, _Check] = {
    _E.DECLINED: _decline,
    _E.EXTENSION_REQUESTED: _request,
    _E.EXTENSION_GRANTED: _grant,
    _E.EXTENSION_REFUSED: _refuse,
    _E.RETURNED: _return,
    _E.SUSPENDED: _suspend,
    _E.CLOSED_OUT: _close_out,
}
