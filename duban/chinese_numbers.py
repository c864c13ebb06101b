"""Numbers in Chinese characters: 三千五百, 一百二, 一万零五, 二〇二四, 一点五万, 廿三."""

import re
from decimal import Decimal

_VALUES = {character: at for at, character in enumerate("零一二三四五六七八九")}
_VALUES |= {"〇": 0, "○": 0, "两": 2}
_DIGIT = "[一二两三四五六七八九]"
_WORDED = re.compile(f"[{''.join(_VALUES)}]+")
_BELOW_10_000 = re.compile(
    rf"零?(?:({_DIGIT})千)?(?:零?({_DIGIT})百)?(?:零?({_DIGIT}?)十)?(?:零?({_DIGIT}))?"
)
_SHORT = re.compile(rf"(.*([百千万亿]))({_DIGIT})")
_POWERS = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_TENS = {"廿": "二十", "卅": "三十"}


def chinese_number(text: str) -> Decimal:
    """The value of a number in Chinese characters; raises ValueError for anything else."""
    whole, point, fraction = text.partition("点")
    if not point:
        return Decimal(_whole(whole))
    power = fraction[-1:] if fraction[-1:] in ("万", "亿") else ""
    digits = _digits(fraction.removesuffix(power))
    return Decimal(f"{_whole(whole)}.{digits}") * _POWERS.get(power, 1)


def _whole(text: str) -> int:
    """A whole number; of a short one the last digit is of the next lower place: 一百二 is 120."""
    if _WORDED.fullmatch(text):
        return int(_digits(text))
    for sign, tens in _TENS.items():
        text = text.replace(sign, tens)
    if short := _SHORT.fullmatch(text):
        return _whole(short[1]) + _VALUES[short[3]] * _POWERS[short[2]] // 10
    return _parted(text, ("亿", "万"))


def _parted(text: str, powers: tuple[str, ...]) -> int:
    """A number whose parts above and below each power are numbers themselves."""
    if not powers:
        return _below_10_000(text)
    above, power, below = text.rpartition(powers[0])
    lower = _parted(below, powers[1:]) if below or not power else 0
    return _parted(above, powers[1:]) * _POWERS[power] + lower if power else lower


def _below_10_000(text: str) -> int:
    match = _BELOW_10_000.fullmatch(text)
    if match is None or not text.strip("零"):
        raise ValueError(text)
    thousands, hundreds, tens, ones = (_VALUES[one] if one else 0 for one in match.groups())
    return 1000 * thousands + 100 * hundreds + 10 * (tens or match[3] == "") + ones


def _digits(text: str) -> str:
    """The figures of a number written digit by digit."""
    if not _WORDED.fullmatch(text):
        raise ValueError(text)
    return "".join(str(_VALUES[one]) for one in text)
