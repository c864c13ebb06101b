"""The Chinese words and signs of the page."""

import re
from datetime import date
from decimal import Decimal

from models.draft import How, Part, Quantity
from models.matrix import Comparison, ObligationKind

HOW = {
    How.WRITTEN: "原文",
    How.PREFIX_INHERITED: "承前省略",
    How.SHARED_NOUN: "并列共用",
    How.GROUP: "合称",
    How.DUAL_NAME: "两块牌子",
    How.ALIAS: "别名",
    How.THROUGH_HEAD: "写的是负责人",
    How.CORRECTED: "疑误",
    How.IMPLICIT: "全文规定",
}
"""How a unit's name was read."""

SIGNS = {Part.LEAD: "牵", Part.RESPONSIBLE: "责", Part.SUPPORTING: "配"}
"""The sign before a unit."""

PARTS = {Part.LEAD: "牵头", Part.RESPONSIBLE: "责任", Part.SUPPORTING: "配合"}
"""A unit's part, in full."""

KINDS: dict[str, str] = {
    ObligationKind.REPORT: "报送",
    ObligationKind.EVALUATION: "评估",
    ObligationKind.MEETING: "会议",
    ObligationKind.PUBLICITY: "宣传",
    ObligationKind.DISCLOSURE: "公开",
    ObligationKind.DELIVERABLE: "制定成果",
}
"""The six kinds of dated obligations."""

_COMPARISONS = {
    Comparison.AT_LEAST: "不少于",
    Comparison.AT_MOST: "不超过",
    Comparison.EXACTLY: "",
    Comparison.ABOUT: "约",
    Comparison.BETWEEN: "",
}
_WEEKDAYS = {
    "monday": "一",
    "tuesday": "二",
    "wednesday": "三",
    "thursday": "四",
    "friday": "五",
    "saturday": "六",
    "sunday": "日",
}


_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_NOISE = re.compile(
    r"[（(]?(?:按(?:照)?职责(?:分工)?|分别|共同|各自)?(?:牵头|负责|配合|参加|参与|会同|落实)*"
    r"(?:[，,]?下同)?[）)]?"
)


def spoken(text: str) -> str:
    """The text with its dates as people say them."""
    return _ISO.sub(lambda found: f"{found[1]}年{int(found[2])}月{int(found[3])}日", text)


def is_noise(text: str) -> bool:
    """Whether the words of a responsibility line say no more than the parts of its units do."""
    return _NOISE.fullmatch("".join(text.split())) is not None


def day(value: date | None) -> str:
    """``2024年10月20日``; 未写 where there is none."""
    return f"{value.year}年{value.month}月{value.day}日" if value else "未写"


def quantity(value: Quantity) -> str:
    """A quantity as it was understood, such as ``每单位不少于 1 名，至 2025年12月31日``."""
    number = value.value
    amount = "至".join(map(_plain, number)) if isinstance(number, tuple) else _plain(number)
    per = f"每{value.per}" if value.per else ""
    by = f"，至 {day(value.by)}" if value.by else ""
    return f"{per}{_COMPARISONS[value.cmp]} {amount} {value.unit}{by}".strip()


def due(rule: dict[str, object] | None) -> str:
    """A due rule in words; of one that is not known here its values as they are."""
    if rule is None:
        return "没有定出日期，不定就不催办"
    year, month = rule.get("year"), rule.get("month")
    spoken = {
        "stated-day": f"{_iso(rule.get('on'))}前",
        "yearly-day": f"每年 {_month_day(rule.get('month_day'))}前",
        "year-end": f"{year}年12月31日前" if year else "每年12月31日前",
        "month-end": f"{f'{year}年' if year else '每年'}{month}月底前",
        "period-end": "方案期满前",
        "five-year-plan-end": f"第{rule.get('number')}个五年规划期末前",
        "nth-weekday": f"每年{month}月第{rule.get('nth')}个星期"
        f"{_WEEKDAYS.get(str(rule.get('weekday')), '？')}",
        "by-year": "按年度，哪一天由办公室定",
    }
    plain = "，".join(f"{key} {value}" for key, value in rule.items())
    return spoken.get(str(rule.get("rule")), plain)


def _iso(value: object) -> str:
    if isinstance(value, date):
        return day(value)
    try:
        return day(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def _month_day(value: object) -> str:
    month, _, day_of_month = str(value).partition("-")
    if month.isdecimal() and day_of_month.isdecimal():
        return f"{int(month)}月{int(day_of_month)}日"
    return str(value)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
