"""Marks at the ends of lines that tell whether a text was broken there by its width alone."""

import re
from collections.abc import Sequence

from duban.chinese_numbers import chinese_number
from duban.importer.plain import CLOSE, OPEN

FIRST_TOKEN = re.compile(
    r"(?:[（(〔【《“‘]+.?[A-Za-z0-9.,%-]*|[A-Za-z0-9.,%-]+|.)(?:[“”‘’]+.)?[、，。；：！？）〕】》”’％)]*"
    r"(?:(?<=[、，])\d[\d.,%]*)?"
)
NUMBERED = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,3}[.．﹒、](?!\d)"
    r"|第[一二三四五六七八九十\d]+[条章节]|附件"
)
LABELLED = re.compile(r"[\u4e00-\u9fff]{2,12}[:：]")
ENDED = re.compile(rf"[。；：！？:;{re.escape(CLOSE)}]\s*$")
UNENDED = re.compile(rf"[、，,{re.escape(OPEN)}《“]$")
COUNTED = re.compile(
    r"([一二三四五六七八九十]+)、|[（(]([一二三四五六七八九十]+)[）)]|[（(](\d{1,3})[）)]"
    r"|(\d{1,3})[.．﹒、](?!\d)"
)
ASSIGNING = re.compile(
    r"[（(]?(?:(?:责任|牵头|配合|协办|主办|承办|参与|协同|协助|实施|落实)(?:单位|部门|领导)|责任人"
    r"|(?:完成|实施|办结)?(?:时限|期限|时间)(?:要求)?)[:：]"
)
"""A label in front of the units or the time of a task."""
CITING = re.compile(r"[第至和及与或]$")
NEAR = 20
"""The lines above in which a bracket may have been opened."""
OPENING, CLOSING = OPEN + "《“", CLOSE + "》”"


def begins_anew(lines: Sequence[str], at: int, begin: int) -> bool:
    """Tell whether a line with a number or a label begins a paragraph below those above it.

    ``begin`` is where, from 0, the paragraph begins that the line may go on with.
    """
    before, text = lines[at - 1], lines[at]
    is_labelled = bool(LABELLED.match(text))
    if not is_labelled and not NUMBERED.match(text):
        return False
    if ENDED.search(before):
        return True
    if UNENDED.search(before) or CITING.search(before) or is_open(lines, begin, at):
        return False
    if ASSIGNING.match(lines[begin]):
        return not is_labelled or bool(ASSIGNING.match(text))
    return _is_next(lines, at, begin)


def is_open(lines: Sequence[str], begin: int, end: int) -> bool:
    """Tell whether a bracket is still open where the last of a paragraph's lines ends."""
    text = "".join(lines[max(begin, end - NEAR) : end])
    return sum(map(text.count, OPENING)) > sum(map(text.count, CLOSING))


def _is_next(lines: Sequence[str], at: int, begin: int) -> bool:
    """Tell whether a line has the next number of its series, or the first below a heading."""
    kind, number = _counted(lines[at])
    if number == 1:
        is_heading = begin == at - 1 and "。" not in lines[begin]
        return is_heading and _counted(lines[begin])[0] not in {0, kind}
    above = (_counted(lines[one]) for one in range(at - 1, -1, -1))
    same = (one for one in above if one[0] == kind)
    return kind > 0 and next(same, (kind, 0))[1] == number - 1


def _counted(text: str) -> tuple[int, int]:
    """Return how a line is numbered, from 1, and its number; 0 and 0 where it is not."""
    found = COUNTED.match(text)
    if not found or not found.lastindex:
        return 0, 0
    number = found[found.lastindex]
    try:
        return found.lastindex, int(number) if number.isdecimal() else int(chinese_number(number))
    except ValueError:
        return 0, 0
