"""The numbers that Word counts by itself, such as ``一、`` and ``（一）``, as the page has them."""

import re
from collections.abc import Callable
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]

NAMESPACES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
W = f"{{{NAMESPACES['w']}}}"
PLACEHOLDER = re.compile(r"%(\d)")
LEVELS = 9
LONGEST_NUMBER = 100_000
TEN_THOUSAND = 10_000
DIGITS = "○一二三四五六七八九"
ZEROS = re.compile("零+")
LATIN = 26
CIRCLES = 20
STEMS = "甲乙丙丁戊己庚辛壬癸"
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


class Level(NamedTuple):
    """How one level of a list is numbered; ``text`` has ``%1`` where the number of level 1 goes."""

    number_format: str
    text: str
    start: int
    is_decimal: bool
    ends_with_space: bool


class Numbering:
    """Counts the paragraphs of a document in its order."""

    def __init__(self, numbering: etree._Element, styles: etree._Element) -> None:
        self._abstract = {_value(a, "abstractNumId"): a for a in numbering.iter(f"{W}abstractNum")}
        self._lists = {_value(num, "numId"): num for num in numbering.iter(f"{W}num")}
        self._styles = {_value(style, "styleId"): style for style in styles.iter(f"{W}style")}
        self._default = next(
            (key for key, s in self._styles.items() if _is_default_paragraph(s)), ""
        )
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, paragraph: etree._Element) -> str:
        """Return the number that a paragraph shows, empty if none; it counts as shown."""
        number, at = self._list_of(paragraph)
        if number not in self._lists or not 0 <= at < LEVELS:
            return ""
        shared, levels = self._levels(number)
        if at not in levels or levels[at].number_format in {"bullet", "none"}:
            return ""
        counts = self._counts.setdefault(shared, [None] * LEVELS)
        self._advance(counts, number, at, levels)
        label = PLACEHOLDER.sub(
            lambda m: _shown(counts, levels, int(m[1]) - 1, at), levels[at].text
        )
        return label + (" " if label[-1:].isdigit() and levels[at].ends_with_space else "")

    def _advance(
        self, counts: list[int | None], number: str, at: int, levels: dict[int, Level]
    ) -> None:
        before = counts[at]
        counts[at] = levels[at].start if before is None else before + 1
        override = self._override(number, at)
        if override is not None and (number, at) not in self._begun:
            counts[at] = override
        self._begun.add((number, at))
        for above in range(at):
            if counts[above] is None:
                counts[above] = levels[above].start if above in levels else 1
        counts[at + 1 :] = [None] * (LEVELS - at - 1)

    def _list_of(self, paragraph: etree._Element) -> tuple[str, int]:
        """Return the list of a paragraph and its level in it, its own or that of its style."""
        properties = paragraph.find("w:pPr/w:numPr", NAMESPACES)
        style: str = _child(paragraph.find(f"{W}pPr"), "pStyle") or self._default
        number = _child(properties, "numId")
        level = _child(properties, "ilvl")
        seen: set[str] = set()
        while not number and style in self._styles and style not in seen:
            seen.add(style)
            own = self._styles[style].find("w:pPr/w:numPr", NAMESPACES)
            number = _child(own, "numId")
            level = level or _child(own, "ilvl") or self._level_of_style(number, style)
            style = _child(self._styles[style], "basedOn")
        return number, _whole(level, 0)

    def _level_of_style(self, number: str, style: str) -> str:
        if number not in self._lists:
            return ""
        abstract = self._abstract.get(_child(self._lists[number], "abstractNumId"))
        levels = () if abstract is None else abstract.iter(f"{W}lvl")
        return next((_value(lv, "ilvl") for lv in levels if _child(lv, "pStyle") == style), "")

    def _levels(self, number: str) -> tuple[str, dict[int, Level]]:
        shared = _child(self._lists[number], "abstractNumId")
        abstract = self._abstract.get(shared)
        link = _child(abstract, "numStyleLink")
        if link in self._styles:
            target = _child(self._styles[link].find("w:pPr/w:numPr", NAMESPACES), "numId")
            if target in self._lists:
                shared = _child(self._lists[target], "abstractNumId")
                abstract = self._abstract.get(shared)
        own = [] if abstract is None else list(abstract.iterchildren(f"{W}lvl"))
        overridden = list(self._lists[number].iterfind("w:lvlOverride/w:lvl", NAMESPACES))
        return shared, {_whole(_value(lv, "ilvl"), 0): _level(lv) for lv in [*own, *overridden]}

    def _override(self, number: str, at: int) -> int | None:
        for override in self._lists[number].iterchildren(f"{W}lvlOverride"):
            if _whole(_value(override, "ilvl"), -1) == at:
                start = _child(override, "startOverride")
                return _whole(start, 1) if start else None
        return None


def chinese(number: int) -> str:
    """Return a number below 10,000 in Chinese characters, others plain: 一, 十, 十一, 一百零二."""
    if not 0 < number < TEN_THOUSAND:
        return str(number)
    written = ""
    for place, unit in zip(f"{number:04}", "千百十 ", strict=True):
        written += "零" if place == "0" else DIGITS[int(place)] + unit.strip()
    return ZEROS.sub("零", written).strip("零").removeprefix("一" if number // 10 == 1 else "")


def roman(number: int) -> str:
    """Return a number in small Roman letters."""
    written = ""
    for value, letters in ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def letters(number: int) -> str:
    """Return a number as Word writes it in letters: a … z, aa, bb."""
    if number < 1:
        return str(number)
    times, at = divmod(number - 1, LATIN)
    return chr(ord("a") + at) * min(times + 1, 9)


def circled(number: int) -> str:
    """Return a number in a circle; from 21 on plain, as no character exists in every font."""
    return chr(0x2460 + number - 1) if 1 <= number <= CIRCLES else str(number)


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(
        {ord("0") + digit: 0xFF10 + digit for digit in range(10)}
    ),
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "ideographDigital": lambda number: "".join(DIGITS[int(d)] for d in str(number)),
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographTraditional": lambda number: STEMS[(number - 1) % len(STEMS)],
    "upperLetter": lambda number: letters(number).upper(),
    "lowerLetter": letters,
    "upperRoman": lambda number: roman(number).upper(),
    "lowerRoman": roman,
}


def _shown(counts: list[int | None], levels: dict[int, Level], wanted: int, at: int) -> str:
    number = counts[wanted] if 0 <= wanted < LEVELS else None
    if number is None or wanted not in levels:
        return ""
    number_format = levels[wanted].number_format
    if levels[at].is_decimal and wanted != at:
        number_format = "decimal"
    return FORMATS.get(number_format, str)(number)


def _level(level: etree._Element) -> Level:
    return Level(
        _child(level, "numFmt") or "decimal",
        _child(level, "lvlText"),
        _whole(_child(level, "start"), 1),
        level.find(f"{W}isLgl") is not None,
        _child(level, "suff") != "nothing",
    )


def _child(element: etree._Element | None, name: str) -> str:
    child = element.find(f"{W}{name}") if element is not None else None
    return "" if child is None else _value(child, "val")


def _value(element: etree._Element, name: str) -> str:
    return str(element.get(f"{W}{name}", ""))


def _whole(text: str, default: int) -> int:
    return min(int(text), LONGEST_NUMBER) if text.isascii() and text.isdigit() else default


def _is_default_paragraph(style: etree._Element) -> bool:
    return _value(style, "type") == "paragraph" and _value(style, "default") in {"1", "true"}
