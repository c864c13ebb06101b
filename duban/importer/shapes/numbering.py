"""The marks before headings and items: 第一章 一、 （一） 1. （1） ① A."""

import re
from typing import NamedTuple
from unicodedata import normalize

from duban.importer.numerals import number

_CHINESE = "零一二三四五六七八九十百"
_MARKS = (
    re.compile(rf"第([{_CHINESE}\d]{{1,4}})(?:章|部分|篇|编)[、:：\s]*"),
    re.compile(rf"([{_CHINESE}]{{1,4}})\s*[、．.﹒，](?![{_CHINESE}]{{1,3}}[、是])\s*"),
    re.compile(rf"[（(]\s*([{_CHINESE}]{{1,4}})\s*[)）]\s*[、.．]?\s*"),
    re.compile(r"(\d{1,3})\s*(?:[、．.﹒](?!\d)|[、．.﹒](?=20\d\d\s*年)|[)）])\s*"),
    re.compile(r"[（(]\s*(\d{1,3})\s*[)）]\s*"),
    re.compile(r"([①-⑳])\s*"),
    re.compile(r"([A-Ha-h])\s*[．.、)）]\s*(?=[\u4e00-\u9fff“])"),
)
_DECIMAL = re.compile(
    r"(\d{1,2}(?:\.\d{1,2}){1,2})[.、]?\s*(?=[\u4e00-\u9fff“《])(?![个万亿倍元千百家])"
)
_BEFORE_DIGITS = re.compile(
    r"(\d{1,3})[.．、](?=\d+[^\d.．％%\s]*[\u4e00-\u9fff])(?!\d+[余多]?[万亿元倍平公吨])"
)
_ITEM_LEVEL = 3
_ENCLOSED = re.compile(r"[⑴-⒛㈠-㈩]")
_TOO_MANY = 1000
_WIDE = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}


class Mark(NamedTuple):
    """A mark before a text: its level (0 is 第一章, 1 一、 … 6 A.), its ordinal, what follows it.

    ``path`` is given where the mark itself says it all, as 2.1.3 does.
    """

    level: int
    ordinal: int
    label: str
    rest: str
    path: tuple[int, ...] = ()


def mark_of(text: str) -> Mark | None:
    """The mark at the beginning of a paragraph, or None where there is none."""
    text = text.lstrip("#＃ \t\u3000\xa0*").replace("\u3000", " ")
    if _ENCLOSED.match(text):
        text = normalize("NFKC", text[0]) + text[1:]
    even = text.translate(_WIDE)
    if found := _DECIMAL.match(even):
        path = tuple(int(part) for part in found[1].split("."))
        return Mark(1 + len(path), path[-1], found[1], text[found.end() :], path)
    for level, pattern in enumerate(_MARKS):
        found = pattern.match(even)
        ordinal = _ordinal(found[1]) if found else None
        if found and ordinal:
            return Mark(level, ordinal, even[: found.end()].strip(), text[found.end() :])
    return None


def mark_in_series(text: str, before: int) -> Mark | None:
    """The mark 11. before a title that begins with digits, where 10. came before it."""
    even = text.lstrip().translate(_WIDE)
    found = _BEFORE_DIGITS.match(even)
    if found is None or before < 1 or int(found[1]) != before + 1:
        return None
    return Mark(_ITEM_LEVEL, before + 1, found[0], text.lstrip()[found.end() :])


def plain_number(text: str) -> str | None:
    """The number of a table's row, 1 or 1.2, whatever marks and digits it is written with."""
    even = re.sub(r"[\s（()）、.．第项号]+$|^[\s（(第]+", "", text.translate(_WIDE))
    if re.fullmatch(r"\d{1,3}(?:[.\-－—]\d{1,3}){0,2}", even):
        return re.sub(r"[\-－—]", ".", ".".join(str(int(p)) for p in re.split(r"[.\-－—]", even)))
    ordinal = _ordinal(even) if even else None
    return str(ordinal) if ordinal else None


def _ordinal(text: str) -> int | None:
    if re.fullmatch("[①-⑳]", text):
        return ord(text) - ord("①") + 1
    if re.fullmatch("[A-Ha-h]", text):
        return ord(text.lower()) - ord("a") + 1
    if not re.fullmatch(rf"[{_CHINESE}]{{1,4}}|\d{{1,3}}", text):
        return None
    value = number(text)
    return int(value) if value is not None and 0 < value < _TOO_MANY else None
