"""Numbers of a clause that set a target, with their unit and how they are held against."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from duban.importer.numerals import number
from duban.importer.quantities.filters import is_idiom, is_population, is_rate
from duban.importer.quantities.measures import (
    ACT,
    AFTER,
    ALL,
    BOUND,
    BUILT,
    CLEARED,
    FEWER,
    MULTIPLE,
    QUANTITY,
    RHYTHM,
    TIME,
)
from models.matrix import Comparison

_HUNDRED = Decimal(100)
_ONE_UNITS = ("家", "所", "座", "处", "名", "支")
_BUILT_UNITS = ("个", "家", "所", "座", "处", "名")
_CHINESE_SMALL = re.compile(r"[一二两三四五六七八九]|十[一二三四五六七八九]?")


class Sized(NamedTuple):
    """A number that sets a target: span, value (with ``high`` a range), unit, comparison."""

    begin: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str
    cmp: Comparison


def sized(text: str, begin: int, end: int) -> list[Sized]:
    """The target-setting numbers of a clause of a legible text, in order."""
    clause = text[begin:end]
    found = [size for match in QUANTITY.finditer(clause) if (size := _sized(clause, match))]
    found += _without_number(clause, found)
    return [
        size._replace(begin=size.begin + begin, end=size.end + begin)
        for size in sorted(found, key=lambda size: size.begin)
    ]


def _sized(clause: str, match: re.Match[str]) -> Sized | None:
    before, after = clause[: match.start()], clause[match.end() :]
    if match["share"]:
        return _share(clause, match)
    low, high = number(_with_power(match)), number(match["high"]) if match["high"] else None
    if low is None or (match["high"] and (high is None or high <= low)):
        return None
    bound = BOUND.search(before)
    least = AFTER.match(after)
    if is_idiom(clause, match, bool(bound or least)) or is_population(clause, match):
        return None
    if is_rate(clause, match) or not _sets_target(match, before, after, bool(bound or least)):
        return None
    unit, factor = (match["unit"], 1) if match["unit"] != "成" else ("%", 10)
    if unit == "百分点":
        unit = "个百分点"
    return Sized(
        match.start(),
        match.end() + (least.end() if least else 0),
        low * factor,
        high * factor if high is not None else None,
        unit,
        _comparison(match, before, after),
    )


def _with_power(match: re.Match[str]) -> str:
    """The low end of a range; 「1-2万人」 lends it the power of the high end."""
    low, high = match["low"], match["high"] or ""
    power = re.search(r"[万亿]+$", high)
    return low + power[0] if power and low[-1] not in "万亿" else low


def _share(clause: str, match: re.Match[str]) -> Sized | None:
    words = match["share"]
    if re.match(r"[”\"]?(?:服务)?(?:要求|目标|制度|标准)", clause[match.end() :]):
        return None
    value, unit = _fraction(words)
    if value is None or is_population(clause, match):
        return None
    before, after = clause[: match.start()], clause[match.end() :]
    least = AFTER.match(after)
    return Sized(
        match.start(),
        match.end() + (least.end() if least else 0),
        value,
        None,
        unit,
        _comparison(match, before, after, value == _HUNDRED),
    )


def _fraction(words: str) -> tuple[Decimal | None, str]:
    if words == "百分百":
        return _HUNDRED, "%"
    for lead, unit in (("百分之", "%"), ("千分之", "‰")):
        if words.startswith(lead):
            return number(words.removeprefix(lead)), unit
    below, above = words.split("分之") if "分之" in words else words.split("/")[::-1]
    divisor, part = number(below), number(above)
    if not divisor or part is None or part > divisor:
        return None, "%"
    share = _HUNDRED * part / divisor
    return share.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize() + 0, "%"


def _comparison(
    match: re.Match[str], before: str, after: str, is_whole: bool = False
) -> Comparison:
    bound, tail = BOUND.search(before), AFTER.match(after)
    if tail:
        if tail["about"]:
            return Comparison.ABOUT
        return Comparison.AT_LEAST if tail["least"] else Comparison.AT_MOST
    if is_whole or (match["unit"] == "%" and match["low"] == "100"):
        return Comparison.EXACTLY
    if FEWER.search(before) or (bound and bound["most"]):
        return Comparison.AT_MOST
    return Comparison.ABOUT if bound and bound["about"] else Comparison.AT_LEAST


def _sets_target(match: re.Match[str], before: str, after: str, is_bounded: bool) -> bool:
    """Whether this number is a target at all: small Chinese ones only after a verb or a bound."""
    unit, rhythm = match["unit"], RHYTHM.search(before)
    if TIME.fullmatch(unit):
        return is_bounded and not before.endswith("近")
    if unit == "批" and match["low"] in "一1":
        return bool(rhythm)
    if is_bounded or match["high"] or not _CHINESE_SMALL.fullmatch(match["low"]):
        return True
    if rhythm and (unit == "个" or not before[rhythm.end() :].strip("□")):
        return True
    return _small_is_meant(match, before, after)


def _small_is_meant(match: re.Match[str], before: str, after: str) -> bool:
    """Whether a small Chinese number counts what is done or built: 组织一次, 建成两家."""
    unit, is_one = match["unit"], match["low"] == "一"
    if unit in ("次", "场", "期", "轮", "场次"):
        return ACT.search(before) is not None
    if not is_one and not after and unit in _BUILT_UNITS:
        return True
    wanted = unit in (_ONE_UNITS if is_one else _BUILT_UNITS)
    return wanted and BUILT.search(before) is not None and not after.startswith("中心")


def _without_number(clause: str, found: list[Sized]) -> list[Sized]:
    sizes = []
    for match in MULTIPLE.finditer(clause):
        times = {"一": 2, "两": 4, "二": 4, "三": 8}.get(match["count"] or "一", 2)
        sizes.append(_plain(match, Decimal(times), "倍", Comparison.AT_LEAST))
    if not found:
        for match in CLEARED.finditer(clause):
            unit = "人" if match["noun"] == "人员" else "户"
            sizes.append(_plain(match, Decimal(0), unit, Comparison.EXACTLY))
        sizes += [
            _plain(match, _HUNDRED, "%", Comparison.EXACTLY) for match in ALL.finditer(clause)
        ]
    return sizes


def _plain(match: re.Match[str], value: Decimal, unit: str, cmp: Comparison) -> Sized:
    return Sized(match.start(), match.end(), value, None, unit, cmp)
