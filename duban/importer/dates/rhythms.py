"""Date phrases that come again within a year: 每季度末, 每月5日前, 每半年, 每周五前."""

import re

from duban.importer.dates.phrase import (
    DECEMBER,
    Due,
    Meaning,
    Recurrence,
    Setting,
    month_end,
    year_end,
    yearly_day,
)

_SHORTEST_MONTH = 28
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
QUARTERLY = re.compile(
    r"(?:每|按|各)个?季度?(?:(?P<end>末|底|终)(?:月)?|(?P<after>结束后|后|次月|首月|"
    r"第一个月)|(?:的?最后一个月))?的?"
    rf"(?:{_DAY}个?[日天](?:内|前|以前|之前)?|(?P<before>前{_DAY.replace('day', 'ahead')}个?"
    r"(?:工作)?[日天]内?)|前)?"
)
HALF_YEARLY = re.compile(
    rf"每半年度?(?:(?P<end>末|底)|(?P<after>结束)?后?{_DAY}个?[日天](?:内|前))?前?"
)
MONTHLY = re.compile(
    rf"(?:(?:每个?月|按月|逐月)(?:次月|下月|结束后)?|次月)(?:(?P<end>月?[底末])|{_DAY}[日号天])"
    r"(?:之前|以前|前|内)?"
)
UNRULED = re.compile(
    r"(?P<monthly>每个?月|按月|逐月)[初前]?|(?P<weekly>每(?:周|星期)[一二三四五六日天]?|每旬)前?|"
    r"(?P<second>每[两2二]个?月)|每[三3]个?月|每[两三23二]年"
)
BY_YEAR = re.compile(r"按年度?(?!度?[一-龥]{0,4}计划)|分年度|逐年度")
_PROPOSED = {"monthly": "每月底", "weekly": "每月底集中报一次", "second": "逢双月底"}


def quarterly(match: re.Match[str], _: Setting) -> Meaning:
    """「每季度末」: four rules; without a day only a rhythm."""
    months = (4, 7, 10, 1) if match["after"] in ("结束后", "后", "次月") else (3, 6, 9, 12)
    if match["after"] in ("首月", "第一个月"):
        months = (1, 4, 7, 10)
    if match["day"]:
        return Meaning(tuple(_on(month, int(match["day"])) for month in months))
    if match["end"] and not match["before"]:
        return Meaning(tuple(map(_end, months)))
    return _without_day(match, "每季度末")


def half_yearly(match: re.Match[str], _: Setting) -> Meaning:
    """「每半年」: two rules where the end is named; otherwise a rhythm."""
    if match["end"]:
        return Meaning((_end(6), _end(12)))
    if match["after"]:
        return Meaning(tuple(_on(month, int(match["day"])) for month in (7, 1)))
    return _without_day(match, "6月底、12月底")


def monthly(match: re.Match[str], _: Setting) -> Meaning:
    """「每月5日前」, 「每月底前」: one rule for each month of the year."""
    months = range(1, DECEMBER + 1)
    if match["end"]:
        return Meaning(tuple(map(_end, months)))
    return Meaning(tuple(_on(month, int(match["day"])) for month in months))


def unruled(match: re.Match[str], _: Setting) -> Meaning:
    """「每周五前」, 「每旬」, 「每月」: no rule of a plan says so; it is asked for."""
    return _without_day(match, _PROPOSED.get(match.lastgroup or "", ""))


def by_year(_: re.Match[str], __: Setting) -> Meaning:
    """「按年度」: a rhythm whose day the office has to decide."""
    return Meaning(({"rule": "by-year"},), Recurrence.RHYTHM)


def _without_day(match: re.Match[str], proposal: str) -> Meaning:
    words = f"“{match[0]}”没有定下哪月哪日"
    return Meaning((), Recurrence.RHYTHM, "rhythm-without-day", words, proposal)


def _end(month: int) -> Due:
    return year_end() if month == DECEMBER else month_end(month)


def _on(month: int, day: int) -> Due:
    """A day of a month of every year; the month's last where there is no such day or may be."""
    return yearly_day(month, day) if day <= _SHORTEST_MONTH else _late(month, day)


def _late(month: int, day: int) -> Due:
    try:
        return yearly_day(month, day) if month != 2 else month_end(2)  # noqa: PLR2004
    except ValueError:
        return month_end(month)
