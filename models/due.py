"""The named rules by which a phrase of a document becomes a due date.

Each rule is one small record; ``duban.planner.due_dates`` turns it into days. A rule without a
year recurs: it gives one date for each year of the plan.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from models.strict import FIRST_YEAR, LAST_YEAR, Day, Strict, Text

MonthDay = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
"""A day of any year, written ``MM-DD``."""

Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Month = Annotated[int, Field(ge=1, le=12)]


class StatedDay(Strict):
    """「2024年10月20日前」: the day itself is included (001 中山)."""

    rule: Literal["stated-day"]
    on: Day


class YearlyDay(Strict):
    """「每年11月10日前」, 国际残疾人日 (12-03): the same day of every year (003 宁晋)."""

    rule: Literal["yearly-day"]
    month_day: MonthDay


class YearEnd(Strict):
    """「每年年底」, 「到2024年底」, 「在2023年」: 31 December (002 海东, 003 宁晋, 004 四川)."""

    rule: Literal["year-end"]
    year: Year | None = None


class MonthEnd(Strict):
    """「2024年10月底前」: the last day of the month (002 海东)."""

    rule: Literal["month-end"]
    year: Year | None = None
    month: Month


class PeriodEnd(Strict):
    """「在方案实施期间」: the last day of the plan (004 四川)."""

    rule: Literal["period-end"]


class FiveYearPlanEnd(Strict):
    """「“十四五”期间」: the last day of that five-year plan; the 14th ends on 2025-12-31."""

    rule: Literal["five-year-plan-end"]
    number: Annotated[int, Field(ge=10, le=28)]


class NthWeekday(Strict):
    """全国助残日: the third Sunday of May of every year, by the law on disabled persons."""

    rule: Literal["nth-weekday"]
    month: Month
    nth: Annotated[int, Field(ge=1, le=4)]
    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Decision(Strict):
    """The day that the office has fixed where the document gives none, and on what grounds."""

    month_day: MonthDay
    because: Text


class ByYear(Strict):
    """「按年度」: the document gives no day; 31 December is proposed, a decision makes it due."""

    rule: Literal["by-year"]
    decided: Decision | None = None


DueRule = Annotated[
    StatedDay | YearlyDay | YearEnd | MonthEnd | PeriodEnd | FiveYearPlanEnd | NthWeekday | ByYear,
    Field(discriminator="rule"),
]
