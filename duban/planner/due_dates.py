"""From a named rule to days, and to the sentence that defends them."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from models.due import (
    ByYear,
    DueRule,
    FiveYearPlanEnd,
    MonthEnd,
    NthWeekday,
    PeriodEnd,
    StatedDay,
    YearEnd,
    YearlyDay,
)
from models.matrix import Matrix

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PROPOSED_MONTH_DAY = "12-31"

Occurrence = tuple[int | None, date]
"""The year of a recurring obligation (None where it occurs once), and its due date."""


def due_dates(rule: DueRule, matrix: Matrix) -> list[Occurrence]:
    """The dates a rule gives within a plan; empty while an office's decision is missing.

    A recurring rule gives one date for each year whose date lies from the issue date to the last
    day of the plan. A rule that names its year gives that date even outside the plan; the check
    points it out.
    """
    if isinstance(rule, ByYear) and rule.decided is None:
        return []
    once = _once(rule, matrix)
    return [(None, once)] if once else _each_year(_yearly(rule), matrix)


def _once(rule: DueRule, matrix: Matrix) -> date | None:
    """The one date of a rule that does not recur."""
    match rule:
        case StatedDay():
            return rule.on
        case YearEnd(year=int(year)):
            return date(year, 12, 31)
        case MonthEnd(year=int(year)):
            return _month_end(year, rule.month)
        case PeriodEnd():
            return matrix.period.last
        case FiveYearPlanEnd():
            return date(2025 + 5 * (rule.number - 14), 12, 31)
    return None


def proposed_dates(rule: DueRule, matrix: Matrix) -> list[Occurrence]:
    """The dates that are only proposed: 「按年度」 without a decision proposes 31 December."""
    if isinstance(rule, ByYear) and rule.decided is None:
        return _each_year(lambda year: _on(year, PROPOSED_MONTH_DAY), matrix)
    return []


def _yearly(rule: DueRule) -> Callable[[int], date]:
    match rule:
        case YearlyDay():
            return lambda year: _on(year, rule.month_day)
        case ByYear(decided=decision) if decision:
            return lambda year: _on(year, decision.month_day)
        case YearEnd():
            return lambda year: date(year, 12, 31)
        case MonthEnd():
            return lambda year: _month_end(year, rule.month)
        case NthWeekday():
            return lambda year: _nth_weekday(year, rule)
        case _:
            raise AssertionError(f"{rule.rule} does not recur")


def _each_year(in_year: Callable[[int], date], matrix: Matrix) -> list[Occurrence]:
    first, last = matrix.starts_on, matrix.period.last
    dated = ((year, in_year(year)) for year in range(first.year, last.year + 1))
    return [(year, day) for year, day in dated if first <= day <= last]


def _on(year: int, month_day: str) -> date:
    """The day in that year; 02-29 falls on the 28th where there is no 29th."""
    month, day = (int(part) for part in month_day.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _nth_weekday(year: int, rule: NthWeekday) -> date:
    first = date(year, rule.month, 1)
    ahead = (WEEKDAYS.index(rule.weekday) - first.weekday()) % 7
    return first + timedelta(days=ahead + 7 * (rule.nth - 1))


RULE_TEXTS = {
    "stated-day": "文件写明日期；“前”含当日。",
    "yearly-day": "文件写明每年的月日；“前”含当日，计划期内每年一次。",
    "year-end": "“年底”“到某年底”“在某年”均按当年12月31日计。",
    "month-end": "“某月底前”按当月最后一日计，含当日。",
    "period-end": "“在方案实施期间”按方案实施期最后一日计。",
    "five-year-plan-end": "“某某五”期间按该五年规划最后一日计；“十四五”为2025年12月31日。",
    "nth-weekday": "按当月第几个星期几计；全国助残日为每年5月第三个星期日。",
    "by-year": "文件只写“按年度”，未写日期；建议12月31日，经办公室决定后才作为期限。",
}
"""What each rule says, in the words with which an office answers a unit that objects."""
