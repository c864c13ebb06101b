"""A body's measures and the rows of its annex: which say the same, where they differ."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from models.draft import Doubt, Row

_SAME = 0.42
_CLOSE = 0.8
"""A second measure is linked too if it is nearly as alike as the first."""
_SHOWN = 8


def linked(rows: Sequence[Row], annex: frozenset[str]) -> tuple[tuple[Row, ...], tuple[Doubt, ...]]:
    """The rows with links between measures and the rows of ``annex``, and what does not meet."""
    measures = [row for row in rows if row.number not in annex]
    listed = [row for row in rows if row.number in annex]
    if not measures or not listed:
        return tuple(rows), ()
    links: dict[str, list[str]] = {row.number: [] for row in rows}
    weight = pair_counts(row.title + "".join(row.clauses) for row in rows)
    for row in listed:
        for number in _alike(row, measures, weight):
            links[row.number].append(number)
            links[number].append(row.number)
    done = tuple(row._replace(links=tuple(links[row.number])) for row in rows)
    return done, (*_differences(done, annex), *_orphans(done, annex))


def likeness(part: str, whole: str, weight: Counter[str] | None = None) -> float:
    """How much of a short text stands in a longer one, from 0 to 1, rare words counting more."""
    pairs, others = _pairs(part), _pairs(whole)
    total = sum(_weight(pair, weight) for pair in pairs)
    shared = sum(_weight(pair, weight) for pair in pairs & others)
    return shared / total if total else 0.0


def pair_counts(texts: Iterable[str]) -> Counter[str]:
    """In how many of the texts each pair of neighbouring characters stands."""
    return Counter(pair for text in texts for pair in _pairs(text))


def _alike(row: Row, measures: Sequence[Row], weight: Counter[str]) -> list[str]:
    scores = {
        measure.number: likeness(row.title, measure.title + "".join(measure.clauses), weight)
        for measure in measures
    }
    best = max(scores.values())
    if best < _SAME:
        return []
    return [number for number, score in scores.items() if score >= max(_SAME, best * _CLOSE)]


def _pairs(text: str) -> set[str]:
    plain = re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]", "", text)
    return {plain[at : at + 2] for at in range(len(plain) - 1)}


def _weight(pair: str, counts: Counter[str] | None) -> float:
    return 1.0 if counts is None else 1.0 / (1.0 + log(1 + counts[pair]))


def _names(row: Row) -> set[str]:
    return {unit.name for unit in row.line.units} if row.line else set()


def _differences(rows: Sequence[Row], annex: frozenset[str]) -> list[Doubt]:
    by_number = {row.number: row for row in rows}
    doubts: list[Doubt] = []
    for row in rows:
        if row.number not in annex or len(row.links) != 1:
            continue
        measure = by_number[row.links[0]]
        if more := sorted(_names(row) ^ _names(measure)):
            doubts.append(
                Doubt(
                    "units-differ",
                    f"正文{measure.number}与附件{row.number}内容相近，单位不一致："
                    f"{'、'.join(more[:_SHOWN])}。",
                    "以附件为准，由办公室确认。",
                    row.place,
                    row.number,
                )
            )
    return doubts


def _orphans(rows: Sequence[Row], annex: frozenset[str]) -> list[Doubt]:
    doubts: list[Doubt] = []
    for is_annex, where, other in ((False, "正文", "附件"), (True, "附件", "正文")):
        alone = [row for row in rows if (row.number in annex) is is_annex and not row.links]
        if alone:
            numbers = "、".join(row.number for row in alone)
            words = f"{where}的{numbers}在{other}中没有对应的事项，如何督办？"
            first = alone[0]
            doubts.append(Doubt("no-counterpart", words, "各自督办。", first.place, first.number))
    return doubts
