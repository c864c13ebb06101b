"""Date phrases that name a year, a month or a day: 2024年10月底前, 每年年底, 当年11月10日前."""

import re
from datetime import date
from typing import NamedTuple

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
from duban.importer.numerals import small, year

_EVERY = r"每一?年度?|每个年度|逐年|各年度?"
_THIS = r"今年|本年度?|当年度?|同年"
_NEXT = r"明年|次年|翌年|下一?年度?"
_NAMED = r"20\d\d|二零[零一二三四五六七八九]{2}"
_MONTH = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_DAY = (
    r"3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|"
    r"[一二三四五六七八九]"
)
_YEAR = (
    rf"(?:(?P<every>{_EVERY})|(?P<this>{_THIS})|(?P<next>{_NEXT})"
    rf"|(?:(?:{_NAMED})\s?年?\s?[-至到]\s?)?(?<!\d)(?P<year>{_NAMED})\s?年度?)"
)
_MONTHLY = (
    rf"(?:(?<!\d)(?:{_MONTH})\s?月?份?\s?[-至到]\s?)?(?<!\d)(?P<month>{_MONTH})\s?月份?"
    rf"(?:\s?(?P<day>{_DAY})\s?[日号]|(?P<month_end>月?底|月?末)|(?P<ten>上旬|中旬|下旬|初))?"
)
_PART = r"(?P<half>[上下]半年)|第?(?P<quarter>[一二三四1234])季度(?:末|底)?"
_VAGUE = r"(?P<vague>年?[初中])(?=\s?(?:前|之前|以前|[,。;、()]|$|完成|启动|开展|召开|印发|下达))"
_REST = rf"(?:{_MONTHLY}|{_PART}|(?P<year_end>年?[底末终]|年内)|{_VAGUE})"
_BARE_REST = (
    _REST.replace("?P<", "?P<bare_")
    .replace("年?[底末终]|年内", "年[底末]|(?<![\\d一二三四五六七八九十两几数半百多])年内")
    .replace("年?[初中]", "年[初中]")
)
CALENDAR = re.compile(
    rf"(?:(?<![\d.第])|(?<=\A\d\.)|(?<=[。;]\d\.))(?:{_YEAR}[的,]?\s?(?:{_REST})?|{_BARE_REST})"
    r"(?P<before>\s?(?:之前|以前|前|(?<!年)内))?"
)
ISO = re.compile(r"(?<![\d.\-/])(20\d\d)([-./])(1[0-2]|0?[1-9])\2(3[01]|[12]\d|0?[1-9])(?![\d])")
_HALF_A_YEAR = 6
_JOINED = re.compile(r"(?:之前|以前|前|底)?(?:[、,和及与]|以及|分别|并){0,3}")
_EVERY_BEFORE = re.compile(_EVERY + r"|按年度|分年度")


class Year(NamedTuple):
    """The year of a phrase: every year, one year, or not known (neither).

    ``is_guessed``: the text does not name it; it follows from the day of issue.
    """

    every: bool = False
    number: int | None = None
    is_guessed: bool = False


def year_of(match: re.Match[str], before: str, last: Year | None, setting: Setting) -> Year:
    """The year of a match of ``CALENDAR``, from its words, its forerunner or the sentence."""
    if match["every"]:
        return Year(every=True)
    if match["year"]:
        return Year(number=year(match["year"]))
    if (match["this"] or "").startswith(("当年", "同年")) and _EVERY_BEFORE.search(before):
        return Year(every=True)
    if match["next"] and _EVERY_BEFORE.search(before):
        return Year(every=True)
    if match["this"] or match["next"]:
        return _named_from(match, last, setting)
    return last or _bare_year(match, before, setting)


def _named_from(match: re.Match[str], last: Year | None, setting: Setting) -> Year:
    """今年 and 明年, from the year that the title names or that of issue; 次年 after a year."""
    if last and last.number and match["next"] and match["next"] != "明年":
        return Year(number=last.number + 1)
    issued, own = setting.issued_on, setting.only_year
    base = own or (issued.year if issued else setting.number_year)
    if base is None:
        return Year()
    is_guessed = base != (issued.year if issued else own)
    return Year(number=base + bool(match["next"]), is_guessed=is_guessed)


def _bare_year(match: re.Match[str], before: str, setting: Setting) -> Year:
    """The year of 6月底前: that of the plan, else of issue; asked in longer plans and if past.

    What lies more than half a year back is meant for the next year.
    """
    if _EVERY_BEFORE.search(before):
        return Year(every=True)
    if setting.only_year:
        return Year(number=setting.only_year)
    issued = setting.issued_on
    if issued is None:
        return Year(number=setting.number_year, is_guessed=True)
    month, day = _part(match, "month"), _part(match, "day")
    stated = (small(month or "12"), small(day or "31"))
    is_past = stated < (issued.month, issued.day)
    is_next = is_past and issued.month - stated[0] > _HALF_A_YEAR
    return Year(number=issued.year + is_next, is_guessed=is_past or setting.period is not None)


def shares_year(match: re.Match[str], gap: str) -> bool:
    """Whether a phrase after this match and gap shares its year: 2024年6月底前…，12月底前….

    After a bare year (到2025年) only a phrase that is joined to it does.
    """
    has_part = any(_part(match, name) for name in ("month", "half", "quarter", "year_end"))
    return (has_part and not re.search("[。!?]", gap)) or _JOINED.fullmatch(gap) is not None


def meaning(match: re.Match[str], when: Year) -> Meaning | None:
    """What a match of ``CALENDAR`` means; None where it is no date, or one that does not exist."""
    if not when.every and when.number is None:
        words = "没有写年份，也看不出文件印发日期"
        return Meaning((), code="date-without-year", doubt=words)
    try:
        found = _dated(match, when)
    except ValueError:
        return Meaning((), code="date-invalid", doubt="日期不存在，请核对原文")
    if found and when.is_guessed and not found.code:
        words = f"按{when.number}年计"
        return found._replace(code="year-assumed", doubt="没有写年份", proposal=words)
    return found


def _part(match: re.Match[str], name: str) -> str | None:
    return match[name] or match[f"bare_{name}"]


def _dated(match: re.Match[str], when: Year) -> Meaning | None:
    month, half, quarter = (_part(match, name) for name in ("month", "half", "quarter"))
    if month:
        return _monthly(match, small(month), when)
    if half:
        return _ending(6 if half[0] == "上" else 12, when)
    if quarter:
        return _ending(3 * ("一二三四".find(quarter) + 1 or int(quarter)), when)
    if _part(match, "year_end"):
        return Meaning((year_end(when.number),))
    if vague := _part(match, "vague"):
        return _vague(vague[-1], when)
    return _bare(match, when)


def _bare(match: re.Match[str], when: Year) -> Meaning | None:
    """A year alone; 本年度 and 次年 without a day name what is meant, not when it is due."""
    if when.every:
        return Meaning(({"rule": "by-year"},), Recurrence.RHYTHM)
    if (match["this"] or match["next"] or "今年") not in ("今年", "明年") and not match["before"]:
        return None
    found = Meaning((year_end(when.number),), is_lasting=True)
    if (match["before"] or "内").strip() == "内":
        return found
    words = f"“{when.number}年前”是否含{when.number}年没有写清"
    return found._replace(
        code="year-before", doubt=words, proposal=f"按{when.number}年底前计", is_lasting=False
    )


def _vague(part: str, when: Year) -> Meaning:
    """年中 is asked about and put to the end of June, 年初 only asked about."""
    words = f"“年{part}”没有写哪一日"
    if part == "初":
        return Meaning((), code="date-unknown", doubt=words)
    return Meaning((month_end(6, when.number),), code="ten-day", doubt=words, proposal="按6月底计")


def _ending(month: int, when: Year) -> Meaning:
    return Meaning((year_end(when.number) if month == DECEMBER else month_end(month, when.number),))


def _monthly(match: re.Match[str], month: int, when: Year) -> Meaning:
    day, ten = _part(match, "day"), _part(match, "ten")
    if day:
        return Meaning((_on(month, small(day), when),))
    if ten and ten != "下旬":
        due = _on(month, 20 if ten == "中旬" else 10, when)
        words = f"“{ten}”没有写哪一日"
        return Meaning((due,), code="ten-day", doubt=words, proposal=f"按{_words(due)}计")
    due = month_end(month, when.number)
    if match["before"] and not _part(match, "month_end") and match["before"].strip() != "内":
        words = f"“{month}月前”是否含{month}月没有写清"
        return Meaning((due,), code="month-before", doubt=words, proposal=f"按{month}月底前计")
    return Meaning((due,))


def _on(month: int, day: int, when: Year) -> Due:
    if when.every or when.number is None:
        return yearly_day(month, day)
    return stated_day(date(when.number, month, day))


def _words(due: Due) -> str:
    return str(due.get("on") or due.get("month_day"))
