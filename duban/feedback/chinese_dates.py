"""Dates as people write them in an answer: 2024-11-01, 2024年11月1日, 11/1, 十一月一日."""

import re
from datetime import date

from duban.chinese_numbers import chinese_number

_MONTH_OR_DAY = r"\d{1,2}|[一二三四五六七八九十廿卅]{1,3}"
_DATE = re.compile(
    rf"(?<![\d.\-/年])(?:(?P<named>今年|本年|明年)|(?P<year>\d{{4}}|[〇零○一二三四五六七八九]{{4}})\s?年)?\s?"
    rf"(?P<month>{_MONTH_OR_DAY})\s?月\s?(?P<day>{_MONTH_OR_DAY})\s?[日号]"
    r"|(?<![\d.\-/])(?P<iso_year>\d{4})(?P<mark>[-./])(?P<iso_month>\d{1,2})(?P=mark)(?P<iso_day>\d{1,2})(?![\d])"
    r"|(?<![\d./])(?P<short_month>\d{1,2})/(?P<short_day>\d{1,2})(?![\d/%])"
)
_VAGUE = re.compile(r"\s?(?:左右|前后|上下|或|[-~—至、,]\s?\d)")
_TARGET = re.compile(r"[至到为]\s*$")


def stated_date(text: str, on: date) -> tuple[date | None, str]:
    """The one date in a text, or None and why, in Chinese.

    Of several the one after 至 or 到 counts. Without a year it is the next such day on or after
    ``on``. Width is folded already.
    """
    found = list(_DATE.finditer(text))
    aimed = [match for match in found if _TARGET.search(text[: match.start()])] or found
    if not aimed:
        return None, "没有写明延期到哪一天"
    if any(_VAGUE.match(text, match.end()) for match in aimed):
        return None, "延期日期写得不确定"
    days = {_day(match, on) for match in aimed}
    if len(days) > 1:
        return None, "写了不止一个延期日期"
    day = days.pop()
    return day, "" if day else "延期日期不存在或者看不明白"


def _day(match: re.Match[str], on: date) -> date | None:
    year = match["year"] or match["iso_year"]
    month = match["month"] or match["iso_month"] or match["short_month"]
    day = match["day"] or match["iso_day"] or match["short_day"]
    try:
        if year:
            return date(_number(year), _number(month), _number(day))
        if match["named"]:
            return date(on.year + (match["named"] == "明年"), _number(month), _number(day))
        return _next(_number(month), _number(day), on)
    except ValueError:
        return None


def _next(month: int, day: int, on: date) -> date:
    this = date(on.year, month, day)
    return this if this >= on else date(on.year + 1, month, day)


def _number(text: str) -> int:
    return int(text) if text.isdigit() and text.isascii() else int(chinese_number(text))
