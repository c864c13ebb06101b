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
from duban.importer.dates.named_days import NamedDay, named_days
from duban.importer.dates.other_words import READERS
from duban.importer.dates.phrase import DatePhrase, Meaning, Setting, stated_day
from duban.importer.plain import even, without_titles

_NO_SETTING = Setting()
_STOP = re.compile(r"[。;!?]")
_NO_DATE_AFTER = re.compile(
    r"工作(?:要点|计划|总结)|度?(?:计划|预算|报告)|以来|以后|(?:之日)?起|开始"
)
_ATTRIBUTE = re.compile(
    r"(?:已经?)?(?:到期|建成|登记|注册|成立|投入使用|参保|出生|毕业|取得|发放|立项|竣工)?的"
)
"""After a date with 前: what was so by then, 6月前到期的政策, and not what is to be done."""
_HELD = re.compile(r"(?:(?:[申举承主协筹创]|合)办(?:好|了)?|办好|参加)$")
"""Before a bare year: the year is in the name of what is held, 举办2024年消费节."""
_BEGINS_AT = re.compile(r"\s?(?:之日)?起")
_UNTIL = re.compile(r"\s?(?:[-至到]|直至)\s?")


def date_phrases(text: str, setting: Setting = _NO_SETTING) -> tuple[DatePhrase, ...]:
    """The date phrases of a text; titles in 《》 and document numbers are not read.

    Spans lead into ``text`` as it was given. A date without a year takes that of the phrase
    before it, of the sentence (每年…), or of the day of issue, in this order.
    """
    plain = without_titles(even(text))
    found = [*_others(plain, text, setting), *_iso(plain, text), *_named(plain, text)]
    taken = [(phrase.begin, phrase.end) for phrase in found]
    found += _calendar(plain, text, setting, taken)
    return tuple(_without_beginnings(_apart(found), plain, text))


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
    return [_phrase(text, begin, end, _of_day(day)) for begin, end, day in named_days(plain)]


def _of_day(day: NamedDay) -> Meaning:
    if day.due:
        return Meaning((day.due,))
    return Meaning((), code="day-unknown", doubt=f"“{day.words}”没有写哪一日")


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
        meant = meaning(match, when)
        is_date = meant is not None and not _is_no_date(plain, match)
        if meant and is_date:
            found.append(_phrase(text, match.start(), match.end(), meant))
        if is_date or _BEGINS_AT.match(plain, match.end()):
            last = match, when
    return found


def _is_no_date(plain: str, match: re.Match[str]) -> bool:
    """Whether the year begins something (自2023年起), names it (2024年工作要点), or is compared."""
    is_name = re.fullmatch(r"\d{4}年度?", match[0]) and _HELD.search(plain[: match.start()])
    compared = plain[: match.start()].endswith(("较", "比", "相比", "同比"))
    is_past = match["before"] and _ATTRIBUTE.match(plain, match.end())
    return (
        compared or bool(is_past or is_name) or _NO_DATE_AFTER.match(plain, match.end()) is not None
    )


def _apart(found: list[DatePhrase]) -> list[DatePhrase]:
    """The phrases in order, of overlapping ones the first and longest."""
    kept: list[DatePhrase] = []
    for phrase in sorted(found, key=lambda phrase: (phrase.begin, -phrase.end)):
        if not kept or phrase.begin >= kept[-1].end:
            kept.append(phrase)
    return kept


def _without_beginnings(found: list[DatePhrase], plain: str, text: str) -> list[DatePhrase]:
    """The phrases, a span as one with the due rule of its end: 5月20日至6月10日."""
    kept: list[DatePhrase] = []
    for phrase in found:
        begin = phrase.begin
        if kept and kept[-1].dues and _UNTIL.fullmatch(plain, kept[-1].end, begin):
            begin = kept.pop().begin
        kept.append(phrase._replace(text=text[begin : phrase.end], begin=begin))
    return kept
