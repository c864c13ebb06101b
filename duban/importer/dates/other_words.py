"""Date phrases without a calendar date: “十四五”期间, 印发之日起30日内, 用三年时间, 汛期前."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from duban.importer.dates import rhythms
from duban.importer.dates.phrase import Meaning, Setting, stated_day, year_end
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
YEARS = re.compile(
    r"[用经通过利]{1,2}(?P<count>[一二两三四五六七八九十]|(?<![\d.])\d{1,2})年"
    r"(?:左右|上下)?的?(?:时间|努力)"
)
COUNT = (
    rf"(?P<count>半|{NUMBER})个?(?P<unit>工作日|日|天|周|星期|月|年)(?:时间)?"
    r"(?:之内|以内|内|前)?"
)
"""A count of days, weeks, months or years, as ``counted`` reads it."""
RELATIVE = re.compile(
    r"(?:[自从在于][^,。;、]{0,10}?|(?:本|该)?(?:通知|方案|文件|意见|办法|要点|计划|清单|措施|细则|规定)"
    r"(?:正式)?)?(?P<act>印发|发布|下发|公布|发文|发放|出台|印制|实施|施行|收到[^,。;]{0,8}?)"
    rf"(?:之日)?(?:起|后)的?{COUNT}"
)
SEASON = re.compile(
    r"(?:(?:20\d\d|今|明|当|每)年|\d{1,2}月)?度?[“\"]?(?:主?汛期?|春节|元宵节?|清明|五一|端午|"
    r"七一|中秋|国庆|元旦|两节|双节|两会|雨季|台风季|入冬|[供采取][暖热](?:季|期)?|开学|[寒暑]假|"
    r"春耕|秋收|封冻期?|换届|高考|中高考)[”\"]?[^,。;、前]{0,4}?前(?!期|后|[一-龥]{0,4}(?:检查|"
    r"排查|准备|巡查|动员|培训|教育|演练)|、?汛?[中后])"
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


def years(match: re.Match[str], setting: Setting) -> Meaning | None:
    """「用三年左右时间」: the plan's period, or else the years from that of issue on."""
    if setting.period:
        return Meaning(({"rule": "period-end"},), is_lasting=True)
    words = f"“{match[0]}”从何时算起没有写清"
    if setting.issued_on is None:
        return Meaning((), code="relative-date", doubt=words, is_lasting=True)
    last = setting.issued_on.year + small(match["count"]) - 1
    try:
        dues = (year_end(last),)
    except ValueError:
        return None
    proposal = f"按{last}年底计"
    return Meaning(dues, code="relative-date", doubt=words, proposal=proposal, is_lasting=True)


def relative(match: re.Match[str], setting: Setting) -> Meaning | None:
    """「印发之日起30日内」: counted from the day of issue; what starts another day is asked for."""
    if match["act"].startswith("收到") or match["act"] in ("实施", "施行"):
        return Meaning((), code="relative-date", doubt="起算日文件没有写，算不出期限")
    return counted(match, setting)


def counted(match: re.Match[str], setting: Setting) -> Meaning | None:
    """A match of ``COUNT`` counted from the day of issue: always a proposal with a question."""
    unit, count = match["unit"], number(match["count"])
    if match["count"] == "半":
        unit, count = {"月": ("日", number("15")), "年": ("月", number("6"))}.get(unit, ("", None))
    if count is None or count != count.to_integral_value() or not 0 < count <= _LONGEST:
        return None
    if setting.issued_on is None:
        return Meaning((), code="relative-date", doubt="看不出印发日期，算不出期限")
    try:
        due = stated_day(_later(setting, setting.issued_on, int(count), unit))
    except (ValueError, OverflowError):
        return None
    words = "期限从印发日期推算"
    if unit == "工作日":
        words = "期限从印发日期按工作日推算"
        if setting.workdays.is_provisional(date.fromisoformat(str(due["on"]))):
            words += "，当年没有放假安排可查，只扣了周末"
    return Meaning((due,), code="relative-date", doubt=words, proposal=f"{due['on']}")


def season(_: re.Match[str], __: Setting) -> Meaning:
    """「汛期前」, 「2025年春节前」: no day that can be reckoned; it is asked for."""
    return Meaning((), code="date-unknown", doubt="只写了节日或时节，没有写哪一日")


READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (FIVE_YEAR, five_year),
    (PERIOD, period),
    (YEARS, years),
    (RELATIVE, relative),
    (SEASON, season),
    (rhythms.QUARTERLY, rhythms.quarterly),
    (rhythms.HALF_YEARLY, rhythms.half_yearly),
    (rhythms.MONTHLY, rhythms.monthly),
    (rhythms.UNRULED, rhythms.unruled),
    (rhythms.BY_YEAR, rhythms.by_year),
)


def _later(setting: Setting, day: date, count: int, unit: str) -> date:
    if unit == "工作日":
        return setting.workdays.shift(day, count)
    if unit in ("日", "天", "周", "星期"):
        return day + timedelta(days=count * (7 if unit in ("周", "星期") else 1))
    months = day.month - 1 + count * (12 if unit == "年" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
