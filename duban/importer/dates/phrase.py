"""What a date phrase was understood as, and on what ground a date without a year stands."""

from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from models.strict import FIRST_YEAR, LAST_YEAR
from models.workdays import WEEKENDS_ONLY, WorkCalendar

DECEMBER = 12

Due = dict[str, object]
"""A due rule in the plan file's shape: plain values, dates as ``YYYY-MM-DD``."""


class Setting(NamedTuple):
    """What a document says of itself: the day of issue and the first and last day of its plan.

    ``workdays`` is the calendar by which its working days are counted; ``number_year`` the year in
    its number, where the day of issue is not known.
    """

    issued_on: date | None = None
    period: tuple[date, date] | None = None
    workdays: WorkCalendar = WEEKENDS_ONLY
    number_year: int | None = None

    @property
    def only_year(self) -> int | None:
        """The year of a plan of one year."""
        first, last = self.period or (date.min, date.max)
        return first.year if first.year == last.year else None


class Recurrence(StrEnum):
    """Whether a phrase names days, or a rhythm without a day (每年)."""

    DATED = "dated"
    RHYTHM = "rhythm"


class DatePhrase(NamedTuple):
    """A date phrase: its words, its span, the due rules it stands for, and what it leaves open.

    ``dues`` holds several rules for 每季度末 and the like, none where no date can be said.
    ``code`` and ``doubt`` (Chinese) say why a look is needed, ``proposal`` what is proposed.
    ``is_lasting``: the phrase speaks of a stretch of time that ends on that day (期间, 到2025年).
    """

    text: str
    begin: int
    end: int
    dues: tuple[Due, ...]
    recurrence: Recurrence = Recurrence.DATED
    code: str = ""
    doubt: str = ""
    proposal: str = ""
    is_lasting: bool = False


class Meaning(NamedTuple):
    """What a phrase means, before its words are attached to it."""

    dues: tuple[Due, ...]
    recurrence: Recurrence = Recurrence.DATED
    code: str = ""
    doubt: str = ""
    proposal: str = ""
    is_lasting: bool = False


def stated_day(day: date) -> Due:
    """The rule of one day; raises ValueError for a year that no plan speaks of."""
    plausible(day.year)
    return {"rule": "stated-day", "on": day.isoformat()}


def yearly_day(month: int, day: int) -> Due:
    """The rule of the same day of every year; raises ValueError where there is none."""
    return {"rule": "yearly-day", "month_day": f"{date(2024, month, day):%m-%d}"}


def month_end(month: int, year: int | None = None) -> Due:
    """The rule of a month's last day; raises ValueError where there is no such month or year."""
    date(year or 2024, month, 1)
    due: Due = {"rule": "month-end", "month": month}
    return due if year is None else due | {"year": plausible(year)}


def year_end(year: int | None = None) -> Due:
    """The rule of 31 December; raises ValueError for a year that no plan speaks of."""
    due: Due = {"rule": "year-end"}
    return due if year is None else due | {"year": plausible(year)}


def plausible(year: int) -> int:
    """The year, if a plan can speak of it; raises ValueError otherwise."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(year)
    return year


def last_day(due: Due, setting: Setting) -> date | None:
    """The day on which a rule that does not recur falls; None for one that recurs."""
    match due:
        case {"rule": "stated-day", "on": str(day)}:
            return date.fromisoformat(day)
        case {"rule": "year-end", "year": int(year)}:
            return date(year, 12, 31)
        case {"rule": "month-end", "year": int(year), "month": int(month)}:
            return date(year, month, monthrange(year, month)[1])
        case {"rule": "five-year-plan-end", "number": int(number)}:
            return date(2025 + 5 * (number - 14), 12, 31)
        case {"rule": "period-end"}:
            return setting.period[1] if setting.period else None
    return None
