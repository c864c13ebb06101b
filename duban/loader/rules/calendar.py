"""Work calendars: each year's days are its own, and the plans' years are there."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import PurePath

from duban.loader.findings import problem
from duban.loader.read import OfficeFiles, PlanFiles
from duban.loader.rules.dates import dates_of
from duban.loader.schema import Loaded
from models.problem import Problem, SourceMark
from models.workdays import LocalDays, WorkYear

_SATURDAY = 5
_BEFORE = timedelta(days=45)
_AFTER = timedelta(days=75)
"""The first reminder and the last chase of the standard policy lie within these of a due date."""


def problems(office: OfficeFiles) -> Iterator[Problem]:
    """What is wrong with the calendars, and which year the plans miss."""
    for loaded in office.years:
        yield from _year(loaded)
        yield from _days(loaded, (loaded.value.rest_days, loaded.value.make_up_days))
    if local := office.local:
        yield from _days(local, (local.value.rest_days, local.value.make_up_days))
    known = {PurePath(path).stem for path in office.found.years}
    for plan in office.plans:
        for year in sorted(_needed(plan)):
            if str(year) not in known:
                message = f"notices of this plan fall in {year}, which has no workdays yet"
                hint = f"make workdays/{year}.yaml from the notice; until then days are provisional"
                yield problem("C101", _last_day(plan), message, hint)


def _year(loaded: Loaded[WorkYear]) -> Iterator[Problem]:
    """A year's notice may reach a week into its neighbours: New Year's Day 2023 began in 2022."""
    stem, year = PurePath(loaded.name).stem, loaded.value.year
    if stem != str(year):
        message = f"this is the calendar of {year}"
        hint = f'its file is "{stem}.yaml"; give both the same year'
        yield problem("C105", loaded.mark("year"), message, hint)
    days = (("rest_days", loaded.value.rest_days), ("make_up_days", loaded.value.make_up_days))
    for key, listed in days:
        for index, day in enumerate(listed):
            if not date(year - 1, 12, 24) <= day <= date(year + 1, 1, 7):
                mark = loaded.mark(key, index)
                hint = f"it belongs into workdays/{day.year}.yaml"
                yield problem("C104", mark, f"{day} is not in {year}", hint)


def _days(
    loaded: Loaded[WorkYear] | Loaded[LocalDays], listed: tuple[tuple[date, ...], ...]
) -> Iterator[Problem]:
    seen: dict[date, int] = {}
    for key, days in zip(("rest_days", "make_up_days"), listed, strict=True):
        for index, day in enumerate(days):
            mark = loaded.mark(key, index)
            if day in seen:
                message = f"{day} was given on line {seen[day]} already"
                yield problem("C103", mark, message, "a day is a rest day, or a workday, once")
            seen.setdefault(day, mark.line)
            if key == "make_up_days" and day.weekday() < _SATURDAY and _is_published(loaded):
                message = f"{day} is a {day:%A} and would be a workday anyway"
                yield problem("C102", mark, message, "make-up days are Saturdays and Sundays")


def _is_published(loaded: Loaded[WorkYear] | Loaded[LocalDays]) -> bool:
    """A local file may take a holiday back, so a weekday is in order there."""
    return isinstance(loaded.value, WorkYear)


def _needed(plan: PlanFiles) -> set[int]:
    matrix = plan.matrix.value
    days = [
        day for spec in matrix.obligations if not spec.external for _, day in dates_of(plan, spec)
    ]
    around = {moment.year for day in days for moment in (day - _BEFORE, day + _AFTER)}
    first = matrix.starts_on.year
    return {year for year in around if year >= first} | {first}


def _last_day(plan: PlanFiles) -> SourceMark:
    return plan.matrix.mark("period", "last")
