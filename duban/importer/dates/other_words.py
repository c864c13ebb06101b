"""Date phrases without a calendar date: “十四五”期间, 印发之日起30日内, 每季度末, 长期."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from duban.importer.dates.phrase import (
    DECEMBER,
    Due,
    Meaning,
    Recurrence,
    Setting,
    month_end,
    stated_day,
    year_end,
    yearly_day,
)
from duban.importer.numerals import NUMBER, number, small

_PLANS = range(10, 29)
_LONGEST = 3660
Reader = Callable[[re.Match[str], Setting], Meaning | None]

FIVE_YEAR = re.compile(
    r"[“\"'‘「]?(?<![二三四五六七八九])(二?十[一二三四五六七八九]?|1\d)五[”\"'’」]?(?:规划)?"
    r"(?:期间|时期|期末|末期|期内|末(?:年)?)(?:前|内)?"
)
PERIOD = re.compile(
    r"(?:本?(?:实施)?(?:方案|行动|计划|规划|三年行动|攻坚|任务)(?:实施|执行|行动)?|实施)"
    r"(?:期间|期内|期满(?:前)?|期末(?:前)?|周期内)"
)
RELATIVE = re.compile(
    r"(?:自|从|在)?[^,。;、]{0,10}?(?P<act>印发|发布|下发|公布|实施|施行|"
    r"收到[^,。;]{0,8}?)(?:之日)?(?:起|后)的?"
    rf"(?P<count>{NUMBER})(?:个)?(?P<unit>工作日|日|天|周|月|年)(?:之内|以内|内|前)?"
)
QUARTERLY = re.compile(
    r"(?:每|按|各)个?季度?(?:(?P<end>末|底|终)(?:月)?|(?P<after>结束后|后|次月|首月|"
    r"第一个月)|(?:的?最后一个月))?"
    r"(?:(?P<day>3[01]|[12]\d|0?[1-9])个?[日天](?:内|前|以前|之前)?|前)?"
)
HALF_YEARLY = re.compile(r"每半年(?P<end>末|底)?前?")
MONTHLY = re.compile(
    r"(?:每个?月|按月|逐月)(?:(?:底|末|初)|(?:3[01]|[12]\d|0?[1-9])[日号])?前?|每周|每旬|"
    r"每两年|每两个?月"
)
BY_YEAR = re.compile(r"按年度?(?!度?[一-龥]{0,4}计划)|分年度|逐年度")
STANDING = re.compile(
    r"长期(?:坚持|推进|开展|任务)?|持续(?:推进|开展|实施|进行|坚持)?|常年(?:坚持|开展)?|"
    r"常态化(?:推进|开展)?|全年推进"
)


def five_year(match: re.Match[str], _: Setting) -> Meaning | None:
    """「“十四五”期间」: the plan's last day."""
    plan = small(match[1])
    if plan not in _PLANS:
        return None
    return Meaning(({"rule": "five-year-plan-end", "number": plan},), is_lasting=True)


def period(_: re.Match[str], __: Setting) -> Meaning:
    """「在方案实施期间」: the plan's last day."""
    return Meaning(({"rule": "period-end"},), is_lasting=True)


def relative(match: re.Match[str], setting: Setting) -> Meaning | None:
    """「印发之日起30日内」: counted from the day of issue; working days are asked for."""
    count = number(match["count"])
    if count is None or count != count.to_integral_value() or not 0 < count <= _LONGEST:
        return None
    if match["act"].startswith("收到") or match["act"] in ("实施", "施行"):
        return Meaning((), code="relative-date", doubt="起算日文件没有写，算不出期限")
    if setting.issued_on is None:
        return Meaning((), code="relative-date", doubt="看不出印发日期，算不出期限")
    try:
        day = _later(setting.issued_on, int(count), match["unit"])
        due = stated_day(day)
    except (ValueError, OverflowError):
        return None
    if match["unit"] == "工作日":
        words = f"从印发日起{count}个工作日，须查工作日历"
        return Meaning((), code="relative-workdays", doubt=words)
    return Meaning(
        (due,), code="relative-date", doubt="期限从印发日期推算", proposal=f"{due['on']}"
    )


def quarterly(match: re.Match[str], _: Setting) -> Meaning:
    """「每季度末」: four rules; without a day only a rhythm."""
    months = (4, 7, 10, 1) if match["after"] in ("结束后", "后", "次月") else (3, 6, 9, 12)
    if match["after"] in ("首月", "第一个月"):
        months = (1, 4, 7, 10)
    if match["day"]:
        return Meaning(tuple(yearly_day(month, min(int(match["day"]), 30)) for month in months))
    if match["end"]:
        return Meaning(tuple(_ends(months)))
    words = "“每季度”没有写哪一日"
    return Meaning((), Recurrence.RHYTHM, "rhythm-without-day", words, "每季度末")


def half_yearly(match: re.Match[str], _: Setting) -> Meaning:
    """「每半年」: two rules where the end is named; otherwise a rhythm."""
    if match["end"]:
        return Meaning(tuple(_ends((6, 12))))
    words = "“每半年”没有写哪一日"
    return Meaning((), Recurrence.RHYTHM, "rhythm-without-day", words, "6月底、12月底")


def monthly(match: re.Match[str], _: Setting) -> Meaning:
    """「每月」, 「每周」: the plan file has no such rule; it is asked for."""
    words = f"“{match[0]}”没有对应的期限规则，须由办公室定"
    return Meaning((), Recurrence.RHYTHM, "rhythm-without-rule", words, "每季度末集中报一次")


def by_year(_: re.Match[str], __: Setting) -> Meaning:
    """「按年度」: a rhythm whose day the office has to decide."""
    return Meaning(({"rule": "by-year"},), Recurrence.RHYTHM)


def standing(_: re.Match[str], __: Setting) -> Meaning:
    """「长期」, 「持续推进」: no date at all."""
    return Meaning((), Recurrence.STANDING)


READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (FIVE_YEAR, five_year),
    (PERIOD, period),
    (RELATIVE, relative),
    (QUARTERLY, quarterly),
    (HALF_YEARLY, half_yearly),
    (MONTHLY, monthly),
    (BY_YEAR, by_year),
    (STANDING, standing),
)


def _ends(months: tuple[int, ...]) -> list[Due]:
    return [year_end() if month == DECEMBER else month_end(month) for month in months]


def _later(day: date, count: int, unit: str) -> date:
    if unit in ("日", "天", "工作日", "周"):
        return day + timedelta(days=count * (7 if unit == "周" else 1))
    months = day.month - 1 + count * (12 if unit == "年" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
