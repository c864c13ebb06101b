"""Numbers as Chinese documents write them: 500, 1.5万, 三万, 二〇二四, 10,000; in even text."""

import re
from decimal import Decimal

from duban.chinese_numbers import chinese_number

_DIGIT = "零一二两三四五六七八九"
NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,12}(?:\.\d{1,6})?)(?:\s?[十百千万亿]{1,2}(?![分])){0,1}"
    rf"|[{_DIGIT}十百千万亿]{{1,12}}(?:点[{_DIGIT}]{{1,6}}[万亿]?)?"
)
"""A regular expression for a number; what it finds goes to ``number``."""

_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_WESTERN = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?([十百千万亿]*)")


def number(text: str) -> Decimal | None:
    """The value of a number in even text, or None where it is none."""
    western = _WESTERN.fullmatch(text)
    if western:
        return _scaled(Decimal(western[1].replace(",", "")), western[2])
    if re.fullmatch(r"[百千万亿]+", text):
        text = "一" + text
    try:
        return _scaled(chinese_number(text), "")
    except ValueError:
        return None


def year(text: str) -> int:
    """The year of four digits, western or Chinese; raises ValueError for anything else."""
    digits = "".join(str("零一二三四五六七八九".find(c)) if c in _DIGIT else c for c in text)
    if not re.fullmatch(r"\d{4}", digits):
        raise ValueError(text)
    return int(digits)


def small(text: str) -> int:
    """A number of a month or day; raises ValueError where it is none."""
    value = number(text)
    if value is None or value != value.to_integral_value():
        raise ValueError(text)
    return int(value)


def _scaled(value: Decimal, powers: str) -> Decimal:
    for power in powers:
        value *= _POWERS[power]
    return value.normalize() if value != value.to_integral_value() else value.quantize(Decimal(1))
