"""Which days are workdays in China, 调休 included, and counting with them.

A year comes from the State Council's yearly notice (国务院办公厅关于…年部分节假日安排的通知).
A year without data is counted by weekends only and called provisional; nothing is run on it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import Annotated

from pydantic import Field

from models.strict import FIRST_YEAR, LAST_YEAR, Day, Strict, Text

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


class WorkYear(Strict):
    """``matrices/workdays/<year>.yaml``: what the notice of one year says."""

    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
    notice: Text
    rest_days: tuple[Day, ...]
    make_up_days: tuple[Day, ...] = ()


class LocalDays(Strict):
    """``matrices/workdays/local.yaml``: days that differ in this place, laid over the notices."""

    because: Text
    rest_days: tuple[Day, ...] = ()
    make_up_days: tuple[Day, ...] = ()


class WorkCalendar:
    """Workdays of the known years; weekends only, and provisional, in any other year."""

    def __init__(self, years: Iterable[WorkYear], local: LocalDays | None = None) -> None:
        """Lay the local days over the notices."""
        known = sorted(years, key=lambda item: item.year)
        self.years = frozenset(item.year for item in known)
        self._rest = {day for item in known for day in item.rest_days}
        self._work = {day for item in known for day in item.make_up_days}
        if local:
            self._rest = (self._rest - set(local.make_up_days)) | set(local.rest_days)
            self._work = (self._work - set(local.rest_days)) | set(local.make_up_days)

    @cached_property
    def _workdays(self) -> list[date]:
        """Every workday from a year before the first plan to years after the last."""
        first, last = date(FIRST_YEAR - 1, 1, 1), date(LAST_YEAR + 5, 12, 31)
        days = map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
        return [day for day in days if self._works(day)]

    def _works(self, day: date) -> bool:
        if day in self._work:
            return True
        return day not in self._rest and day.weekday() < _SATURDAY

    @property
    def content(self) -> list[tuple[str, ...]]:
        """What this calendar knows, for comparison: its years, rest days and make-up days."""
        return [
            ("years", *(str(year) for year in sorted(self.years))),
            ("rest", *(day.isoformat() for day in sorted(self._rest))),
            ("work", *(day.isoformat() for day in sorted(self._work))),
        ]

    def is_workday(self, day: date) -> bool:
        """Whether the office works on this day."""
        return self._works(day)

    def is_provisional(self, day: date) -> bool:
        """Whether the day's year has no published calendar yet."""
        return day.year not in self.years

    def on_or_before(self, day: date) -> date:
        """The day itself if it is a workday, else the last workday before it."""
        while not self._works(day):
            day -= _ONE_DAY
        return day

    def on_or_after(self, day: date) -> date:
        """The day itself if it is a workday, else the first workday after it."""
        while not self._works(day):
            day += _ONE_DAY
        return day

    def shift(self, day: date, working_days: int) -> date:
        """Count working days from a day, which itself is not counted; 0 gives the day back.

        Raises:
            ValueError: the result lies outside the years this calendar can speak of.
        """
        if working_days == 0:
            return day
        if working_days > 0:
            index = bisect_right(self._workdays, day) + working_days - 1
        else:
            index = bisect_left(self._workdays, day) + working_days
        if not 0 <= index < len(self._workdays):
            raise ValueError(f"{working_days} working days from {day} is outside the calendar")
        return self._workdays[index]

    def count(self, after: date, until: date) -> int:
        """Working days after the first day up to and including the second; negative if reversed."""
        if until < after:
            return -self.count(until, after)
        return bisect_right(self._workdays, until) - bisect_right(self._workdays, after)


WEEKENDS_ONLY = WorkCalendar(())
"""The calendar where no year's notice is known."""
