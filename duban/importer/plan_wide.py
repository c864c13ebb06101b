"""Units that one sentence adds to many rows: 以下各项任务均需各镇街负责，不再单独列出."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from duban.importer.units.context import Context, Rule, RuleKind
from models.document import Place
from models.draft import Doubt, Row

_SHOWN = 20
_BELOW = re.compile(r"以下|下列|下述")

Entry = tuple[tuple[str, ...], tuple[str, ...], Place, str]


class Added(NamedTuple):
    """Units, the numbers of the rows they are added to, place and words of the sentence."""

    entries: tuple[Entry, ...]
    doubts: tuple[Doubt, ...]


def implicit(rows: Sequence[Row], context: Context) -> Added:
    """What the document's sentences add to its rows; how far they reach is asked.

    以下 reaches from the next row to the end of the section that the sentence stands in; a
    sentence before or behind all rows reaches every one. A row that names the unit is left out.
    """
    entries: list[Entry] = []
    doubts: list[Doubt] = []
    for rule in context.rules:
        if rule.kind is not RuleKind.EVERY_ROW:
            continue
        numbers = tuple(
            row.number for row in _reached(rows, rule) if not {*rule.units} <= _names(row)
        )
        if numbers:
            entries.append((rule.units, numbers, rule.place, rule.text))
            doubts.append(_asked(rule, numbers))
    return Added(tuple(entries), tuple(doubts))


def _names(row: Row) -> set[str]:
    return {unit.name for unit in row.line.units} if row.line else set()


def _reached(rows: Sequence[Row], rule: Rule) -> list[Row]:
    at = max(
        (index for index, row in enumerate(rows) if row.place.line <= rule.place.line), default=-1
    )
    line = rows[at].line if at >= 0 else None
    inside = line is not None and rule.text in line.text
    if not inside or not _BELOW.search(rule.text):
        return list(rows)
    return [row for row in rows[at + 1 :] if row.section == rows[at].section]


def _asked(rule: Rule, numbers: tuple[str, ...]) -> Doubt:
    return Doubt(
        "plan-wide-units",
        f"“{rule.text[:60]}”及于哪些任务？",
        f"及于{'、'.join(numbers[:_SHOWN])}{' 等' if len(numbers) > _SHOWN else ''}。",
        rule.place,
        "implicit",
    )
