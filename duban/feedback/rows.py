"""The parts of a report that name a row of the plan: 任务3：, 序号2.10：, 第3行：."""

import re

from duban.feedback.phrases import folded, opening_of
from models.answer import Passage

_NUMBER = r"(?P<{0}>[A-Za-z]?\d{{1,3}}(?:\.\d{{1,3}}){{0,3}})"
_ROW = re.compile(
    rf"\s*(?:(?:任务|序号)\s?{_NUMBER.format('number')}|第\s?{_NUMBER.format('line')}\s?行)\s?:\s*"
)


def opens_with_row(text: str) -> int:
    """Where the words begin after a row's marker at the start of a folded text; 0 without one."""
    found = _ROW.match(text)
    return found.end() if found else 0


def passages_in(text: str) -> tuple[Passage, ...]:
    """The passages of a report, each up to the next row's marker; what stands before is in none."""
    passages: list[Passage] = []
    for line in text.split("\n"):
        plain = folded(line)
        found = _ROW.match(plain) or (None if passages else _after_opening(plain))
        if found:
            number = found["number"] or found["line"]
            passages.append(Passage(number.upper(), line[found.end() :].strip()))
        elif passages:
            last = passages[-1]
            passages[-1] = last._replace(text=f"{last.text}\n{line}".strip())
    return tuple(passages)


def _after_opening(plain: str) -> re.Match[str] | None:
    """The marker of a row that stands in one line with 进展：."""
    opening = opening_of(plain)
    return _ROW.match(plain, opening.ends) if opening else None
