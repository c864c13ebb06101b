"""The words of a quantity: the shortest clause that states it, and what is counted."""

import re

from duban.importer.dates.phrase import DatePhrase
from duban.importer.plain import FILL
from duban.importer.quantities.bounds import Sized

_LEAD_IN = re.compile(r"^(?:□|\s|到|在|至|于|自|从|期间|前|底|末|并|力争|[\"“”'])*$")
_WORDS = re.compile(
    r"每(?:年度?|季度?|个?月|半年|周|人|户|家|个?[县市区镇乡村]|个?乡镇|个?街道|个?社区|"
    r"个?单位)|至少|最少|不少于|不低于|不超过|不高于|"
    r"不得少于|不得低于|不得超过|力争|确保|达到|超过|突破|控制在|(?<!规模)以上|以下|以内|左右|约(?!束)|"
    r"到(?=□)|(?<=□)前|实现|要有|要(?!求|素|闻)|应当|(?<![响供对反])应(?![用急对变])|在(?=□)|底前"
)
_VERB_LAST = re.compile(
    r"(?:(?:稳定|保持|维持|控制)在?|(?:提高|提升|增加|扩大|下?降低?|压缩|压减|缩减|减少|缩短)(?:到|至|为)|"
    r"达)$"
)
_WORD = 3
_TRIM = " ,、。;:的及和与“”\"'" + FILL


def statement(
    text: str,
    size: Sized,
    left: tuple[int, int],
    right: tuple[int, int],
    phrases: list[DatePhrase],
) -> tuple[int, int]:
    """The span of the clause that states a quantity, cut at 、 from its neighbours.

    ``left`` and ``right`` hold the clause's end on that side and the neighbour's. A clause before
    it that is nothing but a date belongs to it.
    """
    begin = left[0]
    if left[1] > begin:
        begin = max(text.find("、", left[1], size.begin) + 1, begin)
    end = right[0]
    if right[1] < end:
        cut = text.rfind("、", size.end, right[1])
        end = cut if cut >= 0 else end
    return _with_date(text, begin, phrases) if begin == left[0] else begin, end


def _with_date(text: str, begin: int, phrases: list[DatePhrase]) -> int:
    """Where the date clause right before this clause begins, or the clause's own begin."""
    for phrase in phrases:
        if phrase.end < begin and _LEAD_IN.match(text[phrase.end : begin - 1]):
            start = max(text.rfind(mark, 0, phrase.begin) for mark in ",。;:!?")
            if _LEAD_IN.match(text[start + 1 : phrase.begin]):
                return start + 1
    return begin


def metric_of(legible: str, text: str, size: Sized, offset: int) -> str:
    """What is counted: the words of the clause around the number, without bounds and dates."""
    begin, end = size.begin - offset, size.end - offset
    after = _clean(legible[end:], text[end:])
    before = _clean(legible[:begin], text[:begin])
    before = _VERB_LAST.sub("", before)
    words = after if len(after) > _WORD and not before else before + after
    return (words or text.strip(_TRIM) or text)[:60]


def _clean(legible: str, text: str) -> str:
    kept = "".join(
        mark if own == FILL and not _is_dated(text, index) else own
        for index, (own, mark) in enumerate(zip(legible, text, strict=True))
    )
    words = _WORDS.sub("", kept).strip(_TRIM).replace(FILL, "").removeprefix("内")
    return "“" * (words.count("”") - words.count("“")) + words


def _is_dated(text: str, index: int) -> bool:
    return re.search(r"\d|年|月", text[max(0, index - 6) : index + 7]) is not None
