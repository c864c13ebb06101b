"""What the units' answers contribute to a summary: on each row, and beyond the rows."""

import re
from collections.abc import Iterable

from models.answer import Figure, Passage
from models.collation import Contribution, Origin, Written
from models.entry import EntryKind, Via

_MARK = re.compile(r"^\s*(第|序号|任务)?\s*[A-Z]?\d{1,3}(\.\d{1,3})?\s*(项|行)?\s*[:：、.．]?\s*$")

_OPENING = re.compile(
    r"^\s*((您好|你好|领导好|尊敬的[^\n：:]{0,20})\s*[，,。：:！!]\s*)?"
    r"([\d、，,.．和及\s]*项?\s*)(已?(办结|办毕|完成)|进展(情况)?)\s*([，,。.；;：:！!]\s*|$)"
)
"""How an answer by mail begins: a greeting, its items' numbers, and the word for what it is."""

ByRow = dict[tuple[str, str], list[Contribution]]
"""What each unit wrote on each row, the newest last."""


def contribution(entry: Written, text: str, figures: tuple[Figure, ...] = ()) -> Contribution:
    """What an entry says in some words and figures, with where it comes from."""
    origin = Origin(entry.unit, entry.on, entry.via, entry.id)
    is_bare = is_final(entry) and not has_content(entry)
    return Contribution(origin, text, figures, entry.is_nil, is_final(entry), is_bare)


def has_content(entry: Written) -> bool:
    """Whether an entry says anything besides its kind; that there is nothing to report counts."""
    return bool(entry.text.strip() or entry.is_nil or entry.passages)


def is_final(entry: Written) -> bool:
    """Whether an entry came with a completion."""
    return entry.kind is EntryKind.COMPLETED


def on_rows(answers: list[Written], numbers: set[str]) -> ByRow:
    """What each unit wrote on each row of the plan; ``numbers`` are its rows."""
    found: ByRow = {}
    for entry in answers:
        for number, one in _of_entry(entry, numbers):
            found.setdefault((entry.unit, number), []).append(one)
    return found


def _of_entry(entry: Written, numbers: set[str]) -> Iterable[tuple[str, Contribution]]:
    """What an entry says about rows: its passages, and its text where it is about one row.

    There, a passage on a row that the plan does not have belongs to that one.
    """
    said: dict[str, list[Passage]] = {}
    if entry.duty and (entry.text.strip() or entry.is_nil or is_final(entry)):
        said[entry.duty] = []
    for passage in entry.passages:
        if number := passage.number if passage.number in numbers else entry.duty:
            said.setdefault(number, []).append(passage)
    for number, mine in said.items():
        whole = entry.text if number == entry.duty else ""
        texts = [whole, *(one.text for one in mine if one.text not in whole)]
        figures = tuple(figure for one in mine for figure in one.figures)
        yield number, contribution(entry, "\n".join(filter(None, texts)), figures)


def latest_of(said: list[Contribution]) -> Contribution:
    """The last that came with a completion, else the last; the others are kept as earlier.

    A bare completion puts nothing in the place of what was written before.
    """
    told = [one for one in said if not one.is_bare] or said[-1:]
    ordered = sorted(told, key=lambda one: (one.is_final, one.origin.entry))
    return ordered[-1]._replace(earlier=tuple(reversed(ordered[:-1])))


def beyond_rows(said: list[Written], numbers: set[str]) -> Contribution | None:
    """What a unit wrote that belongs to no row; the last of it, as for a row."""
    found = []
    for entry in said:
        strays = [one for one in entry.passages if one.number not in numbers]
        figures = tuple(figure for one in strays for figure in one.figures)
        rest = _rest(entry, strays)
        if rest or figures:
            found.append(contribution(entry, rest, figures))
    return latest_of(found) if found else None


def _rest(entry: Written, strays: list[Passage]) -> str:
    """The text of an entry without its passages on rows; empty where there is nothing to report."""
    if entry.is_nil:
        return ""
    rest = _OPENING.sub("", entry.text) if entry.via is Via.MAIL else entry.text
    for passage in sorted(entry.passages, key=_length, reverse=True):
        if passage.text and passage not in strays:
            rest = rest.replace(passage.text, "\n")
    rest = "\n".join([rest, *(one.text for one in strays if one.text not in rest)])
    lines = [line.strip() for line in rest.splitlines() if not _MARK.match(line)]
    return "\n".join(line for line in lines if re.search(r"\w", line))


def _length(passage: Passage) -> int:
    return len(passage.text)
