"""The numbers by which an answer names items: 3; 1、3; 1-3; 第2项; (1); ①; 一、; 全部."""

import re
from unicodedata import normalize

from duban.chinese_numbers import chinese_number

_DIGITS = r"(?:\(\s?\d{1,3}\s?\)|\d{1,3}(?!\d)|[①-⑳⑴-⒇⒈-⒛])"
_CHINESE = r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_TO = r"\s?(?:-{1,2}|~|至|到)\s?"
_AND = r"(?:\s?(?:[、,&+]|和|及|与|以及)\s?|\s+)"
_TERM = rf"{_DIGITS}(?:{_TO}(?:第\s?)?{_DIGITS})?"
_LIST = rf"(?:第\s?)?{_TERM}(?:(?:项|条)?{_AND}(?:第\s?)?{_TERM}){{0,60}}"
_CHINESE_LIST = (
    rf"第\s?{_CHINESE}(?:(?:项|条)?(?:{_AND}|{_TO})(?:第\s?)?{_CHINESE}){{0,20}}"
    r"\s?(?:项|条|件)"
)

NUMBERS = (
    rf"(?:(?:事项|编号)\s?)?(?:{_LIST}\s?(?:项|条|件)?|{_CHINESE_LIST}|{_CHINESE}(?=\s?[、.])"
    rf"|\({_CHINESE}\))(?:事项|任务|工作|内容)?\s?[、.,:)。]{{0,2}}\s*"
)
"""An expression for the numbers before the opening words, over folded text."""

ALL = (
    r"(?:以上|上述|所列)?(?:各项)?(?:事项|任务)?(?:全部|所有|全都|均|都)(?:的)?(?:事项|任务|项目|工作|内容)?"
    r"(?:均|都|全部)?"
)
"""An expression for words that mean all items of a mail."""

_ONE_COUNTED = re.compile(r"(?:事项|编号)?\s?\d{1,3}\s?(?:项|条|件)")
_PIECE = re.compile(rf"({_DIGITS}|{_CHINESE})(?:{_TO}(?:第\s?)?({_DIGITS}|{_CHINESE}))?")
_MOST = 999


def numbers_in(written: str) -> tuple[int, ...] | None:
    """The numbers that ``NUMBERS`` found, each once, in their order; None where they make no sense.

    3项 alone is a count and no number, 3-1 no range, and there is no item 0.
    """
    if _ONE_COUNTED.match(written) and "第" not in written:
        return None
    found: dict[int, None] = {}
    for match in _PIECE.finditer(written):
        first = _number(match[1])
        last = _number(match[2]) if match[2] else first
        if not 0 < first <= last <= _MOST:
            return None
        found |= dict.fromkeys(range(first, last + 1))
    return tuple(found) or None


def _number(text: str) -> int:
    plain = normalize("NFKC", text).strip("(). ")
    return int(plain) if plain.isdigit() else int(chinese_number(plain))
