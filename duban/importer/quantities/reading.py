"""The quantities of a text: 1-2个, 15%以上, 三万人, 至少1名, 每年10-20名, 到2025年建成1所."""

import re
from datetime import date

from duban.importer.dates.phrase import DatePhrase, Recurrence, Setting, last_day
from duban.importer.dates.phrases import date_phrases
from duban.importer.plain import (
    FILL,
    clauses,
    even,
    sentences,
    without_asides,
    without_marks,
    without_titles,
)
from duban.importer.quantities.bounds import Sized, sized
from duban.importer.quantities.per import Reach, per_of
from duban.importer.quantities.wording import metric_of, statement
from models.draft import Quantity
from models.matrix import Comparison

_NO_SETTING = Setting()
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d\s?年(?:度)?|(?<!\d)\d{1,2}\s?月\s?\d{1,2}\s?日")
"""A year or a day that is no due date, such as that from which something holds."""


def quantities(text: str, setting: Setting = _NO_SETTING) -> tuple[Quantity, ...]:
    """The quantities that a text sets as targets, in order; spans lead into ``text``.

    Filters (编制50人以上的机关), idioms (一人一策), dates, titles and document numbers are none.
    ``by`` comes from the date phrase that governs the clause, ``per`` from 每…; ``setting`` gives
    the plan's end for 实施期间 and the year of 年底前.
    """
    plain = without_asides(without_marks(without_titles(even(text))))
    phrases = date_phrases(text, setting)
    legible = _without_dates(plain, phrases)
    found: list[Quantity] = []
    for begin, end in sentences(legible):
        found += _of_sentence(text, legible, (begin, end), phrases, setting)
    return tuple(found)


def _without_dates(plain: str, phrases: tuple[DatePhrase, ...]) -> str:
    """The text with dates blotted out, so that 2024年 is no span of years; rhythms stay."""
    for phrase in phrases:
        if phrase.recurrence is Recurrence.DATED:
            blot = FILL * (phrase.end - phrase.begin)
            plain = plain[: phrase.begin] + blot + plain[phrase.end :]
    return _DAY.sub(lambda match: FILL * len(match[0]), plain)


def _of_sentence(
    text: str,
    legible: str,
    span: tuple[int, int],
    phrases: tuple[DatePhrase, ...],
    setting: Setting,
) -> list[Quantity]:
    reach = Reach()
    found: list[Quantity] = []
    by: date | None = None
    seen = [phrase for phrase in phrases if span[0] <= phrase.begin < span[1]]
    for begin, end in clauses(legible, *span):
        by = _governing(seen, begin, end, setting) or by
        reach = reach.after(legible[begin:end])
        parts = sized(legible, begin, end)
        for index, size in enumerate(parts):
            left = parts[index - 1].end if index else begin
            right = parts[index + 1].begin if index + 1 < len(parts) else end
            cut = statement(legible, size, (begin, left), (end, right), seen)
            per = per_of(legible, size, begin, reach)
            found.append(_quantity(text, legible, size, cut, by, per))
    return found


def _governing(phrases: list[DatePhrase], begin: int, end: int, setting: Setting) -> date | None:
    """The day by which a clause's target is to be met: that of its last datable phrase."""
    days = [
        day
        for phrase in phrases
        if begin <= phrase.begin < end
        for due in phrase.dues
        if (day := last_day(due, setting))
    ]
    return days[-1] if days else None


def _quantity(
    text: str,
    legible: str,
    size: Sized,
    cut: tuple[int, int],
    by: date | None,
    per: str | None,
) -> Quantity:
    begin, end = cut
    words = text[begin:end]
    begin += len(words) - len(words.lstrip())
    words = words.strip()
    return Quantity(
        text=words,
        metric=metric_of(legible[cut[0] : cut[1]], text[cut[0] : cut[1]], size, cut[0]),
        value=size.value if size.high is None else (size.value, size.high),
        unit=size.unit,
        cmp=size.cmp if size.high is None else Comparison.BETWEEN,
        by=by,
        per=per,
        begin=begin,
        end=begin + len(words),
    )
