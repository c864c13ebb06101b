"""What a cell such as 完成时限 says: dates, that there is no end, or what no rule reads."""

import re
from typing import NamedTuple

from duban.importer.dates.other_words import COUNT, counted
from duban.importer.dates.phrase import DatePhrase, Recurrence, Setting, stated_day
from duban.importer.dates.phrases import date_phrases
from duban.importer.plain import even

_MONTH = re.compile(
    r"(?<![\d.])(20\d\d)\s?([./-])\s?(1[0-2]|0?[1-9])(?:(?!\2)-(1[0-2]|0?[1-9]))?"
    r"(?!\d|\s?[./]\s?\d|\2\d|月|年)"
)
_YEARS = re.compile(r"(?<![\d.])(20\d\d)(?=\s?(?:[-至到、,;]\s?20\d\d|$))(?![./-]\d{1,2}(?!\d))")
_THIS_YEAR = re.compile(r"^(?:(?:今|本|当)年度?|年)内?(?![底末\d])")
_NO_END = re.compile(
    r"全年|长期|持续|常年|常态|长效|日常|经常性|滚动|不断|始终|一贯|逐步|随时|全程|动态"
)
_EMPTY = re.compile(r"[\s\-/\\无.…*]*")
_PIECE = re.compile(r"[^,;。、\n]+")
_TIMELY = re.compile(
    r"[前后](?!期|述|端|台|续)|[日周月年季期时](?:内|底|末|起|间)|立即|即时|即日|尽快|及时|适时"
)
_COUNT = re.compile(COUNT)


class TimeCell(NamedTuple):
    """What a cell says of time: its date phrases, its words for no end, the words nobody can read.

    Phrases may name a rhythm only where none names a date.
    """

    phrases: tuple[DatePhrase, ...]
    standing: str
    unread: tuple[str, ...]


def read_cell(text: str, setting: Setting) -> TimeCell:
    """Every word of a cell that speaks of time, in one of three ways; nothing is left out."""
    plain = _spelt_out(even(text.replace("\n", "；")).strip())
    phrases = _phrases(plain, setting)
    read = {at for phrase in phrases for at in range(phrase.begin, phrase.end)}
    standing: list[str] = []
    unread: list[str] = []
    for piece in _PIECE.finditer(plain):
        words = piece[0].strip(" ()")
        if _EMPTY.fullmatch(words) or not read.isdisjoint(range(*piece.span())):
            continue
        if count := _count(words, piece, setting):
            phrases = (*phrases, count)
        elif _NO_END.search(words):
            standing.append(words)
        else:
            unread.append(words)
    if phrases:
        unread = [words for words in unread if _TIMELY.search(words)]
    return TimeCell(_chosen(phrases), "、".join(standing), tuple(unread))


def read_aside(text: str, setting: Setting) -> TimeCell:
    """The dates of words that may as well speak of other things: what stands beside the units.

    The day of issue is none: it is the date below the signature.
    """
    issued = setting.issued_on and (stated_day(setting.issued_on),)
    found = (phrase for phrase in _phrases(even(text), setting) if phrase.dues != issued)
    return TimeCell(_chosen(tuple(found)), "", ())


def _chosen(phrases: tuple[DatePhrase, ...]) -> tuple[DatePhrase, ...]:
    dated = tuple(phrase for phrase in phrases if phrase.recurrence is Recurrence.DATED)
    return dated or phrases


def _spelt_out(plain: str) -> str:
    """2025.6 -> 2025年6月, 2025.3-9 -> 2025年9月, 2025 -> 2025年."""
    plain = _MONTH.sub(lambda match: f"{match[1]}年{match[4] or match[3]}月", plain)
    return _YEARS.sub(r"\1年", plain)


def _phrases(plain: str, setting: Setting) -> tuple[DatePhrase, ...]:
    """The date phrases but for those that only say how long it goes on: 年内持续推进."""
    endless = {
        at for piece in _PIECE.finditer(plain) if _goes_on(piece[0]) for at in range(*piece.span())
    }
    found = date_phrases(plain, setting)
    return tuple(phrase for phrase in found if endless.isdisjoint(range(phrase.begin, phrase.end)))


def _goes_on(words: str) -> bool:
    return "全年" in words or bool(_NO_END.search(words) and _THIS_YEAR.search(words))


def _count(words: str, piece: re.Match[str], setting: Setting) -> DatePhrase | None:
    """三个月内: counted from the day of issue, though the cell does not say so."""
    found = _COUNT.search(words)
    meant = counted(found, setting) if found and words.endswith(("内", "时间")) else None
    return DatePhrase(words, piece.start(), piece.end(), *meant) if meant else None
