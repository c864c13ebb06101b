"""The date phrases of a text, in order, each with the due rules it stands for."""

import re
from datetime import date

from duban.importer.dates.calendar_words import (
    CALENDAR,
    ISO,
    Year,
    meaning,
    shares_year,
    year_of,
)
from duban.importer.dates.named_days import named_days
from duban.importer.dates.other_words import READERS
from duban.importer.dates.phrase import DatePhrase, Meaning, Setting, stated_day
from duban.importer.plain import even, without_titles

_NO_SETTING = Setting()
_STOP = re.compile(r"[。;!?]")
_NO_DATE_AFTER = re.compile(
    r"工作(?:要点|计划|总结)|度?(?:计划|预算|报告)|以来|以后|(?:之日)?起|开始"
)
_SEASON_AFTER = re.compile(
    r"[“”]?(?:春节|元宵|清明|端午|中秋|国庆|五一|元旦|汛期|入冬|供暖|开学|"
    r"[寒暑]假)[^,。]{0,4}?前"
)


def date_phrases(text: str, setting: Setting = _NO_SETTING) -> tuple[DatePhrase, ...]:
    """The date phrases of a text; titles in 《》 and document numbers are not read.

    Spans lead into ``text`` as it was given. A date without a year takes that of the phrase
    before it, of the sentence (每年…), or of the day of issue, in this order.
    """
    plain = without_titles(even(text))
    found = [*_others(plain, text, setting), *_iso(plain, text), *_named(plain, text)]
    taken = [(phrase.begin, phrase.end) for phrase in found]
    found += _calendar(plain, text, setting, taken)
    return tuple(_apart(found))


def due_rules(text: str, setting: Setting = _NO_SETTING) -> tuple[DatePhrase, ...]:
    """The date phrases of a cell such as 完成时限; a date in it makes its rhythms superfluous."""
    phrases = date_phrases(text, setting)
    dated = tuple(phrase for phrase in phrases if phrase.dues and phrase.recurrence == "dated")
    return dated or phrases


def _phrase(text: str, begin: int, end: int, meant: Meaning) -> DatePhrase:
    return DatePhrase(text[begin:end], begin, end, *meant)


def _others(plain: str, text: str, setting: Setting) -> list[DatePhrase]:
    found = []
    for pattern, reader in READERS:
        for match in pattern.finditer(plain):
            meant = reader(match, setting)
            if meant:
                found.append(_phrase(text, match.start(), match.end(), meant))
    return _apart(found)


def _iso(plain: str, text: str) -> list[DatePhrase]:
    found = []
    for match in ISO.finditer(plain):
        try:
            due = stated_day(date(int(match[1]), int(match[3]), int(match[4])))
        except ValueError:
            continue
        found.append(_phrase(text, match.start(), match.end(), Meaning((due,))))
    return found


def _named(plain: str, text: str) -> list[DatePhrase]:
    return [
        _phrase(text, begin, end, Meaning((day.due,)))
        for begin, end, day in named_days(plain)
        if day.due
    ]


def _calendar(
    plain: str, text: str, setting: Setting, taken: list[tuple[int, int]]
) -> list[DatePhrase]:
    found: list[DatePhrase] = []
    last: tuple[re.Match[str], Year] | None = None
    for match in CALENDAR.finditer(plain):
        if any(match.start() < end and begin < match.end() for begin, end in taken):
            continue
        begin = max((stop.end() for stop in _STOP.finditer(plain, 0, match.start())), default=0)
        shared = (
            last[1] if last and shares_year(last[0], plain[last[0].end() : match.start()]) else None
        )
        when = year_of(match, plain[begin : match.start()], shared, setting)
        meant = meaning(match, when, setting)
        if meant and _SEASON_AFTER.match(plain, match.end()):
            meant = Meaning((), code="date-unknown", doubt="只写了节日或时节，没有写哪一日")
        if meant and not _is_no_date(plain, match):
            found.append(_phrase(text, match.start(), match.end(), meant))
            last = match, when
    return found


def _is_no_date(plain: str, match: re.Match[str]) -> bool:
    """Whether the year begins something (自2023年起), names it (2024年工作要点), or is compared."""
    compared = plain[: match.start()].endswith(("较", "比", "相比", "同比"))
    return compared or _NO_DATE_AFTER.match(plain, match.end()) is not None


def _apart(found: list[DatePhrase]) -> list[DatePhrase]:
    """The phrases in order, of overlapping ones the first and longest."""
    kept: list[DatePhrase] = []
    for phrase in sorted(found, key=lambda phrase: (phrase.begin, -phrase.end)):
        if not kept or phrase.begin >= kept[-1].end:
            kept.append(phrase)
    return kept
