"""What a unit's page shows: every open item of the posts that a contact answers for."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from duban.service.access.visitors import Visitor
from duban.service.asked import Asked, asked_in, share_of
from duban.service.board import BoardRow, board_row
from duban.service.entries import possible
from duban.service.unit_page.history import Said, history, latest_passages
from duban.service.workplace import Workplace
from duban.store import evidence, ledger_records, mapping
from duban.store.database import Connection, Record, reading
from models.answer import Passage
from models.entry import BY_UNIT, EntryKind
from models.obligation import ItemKind, Stage
from models.office import Plan


class Item(NamedTuple):
    """One open item: its ledger line, its plan, and what its unit may do about it now.

    ``unit`` is shown with its successor where it has one. ``seen`` is its last entry.
    """

    row: Record
    line: BoardRow
    plan: Plan
    unit: str
    possible: tuple[EntryKind, ...]

    @property
    def chased_for(self) -> date | None:
        """The date to keep: the inner one while a result is returned."""
        return self.line.inner_due_on or self.line.due_on

    @property
    def waits(self) -> bool:
        """Whether it is the office's turn."""
        return self.line.stage.is_silent


class Sheet(NamedTuple):
    """All open items of a visitor, parted by whose turn it is; the most urgent first.

    ``receipts`` are the acknowledgements already made, by the number of their entry.
    """

    to_acknowledge: list[Item]
    to_do: list[Item]
    waiting: list[Item]
    acknowledged: list[Item]
    seen: dict[str, int]
    said: dict[str, list[Said]]


class Detail(NamedTuple):
    """One item with its history, its evidence, and the rows that its answer speaks of."""

    item: Item
    seen: int
    history: list[Said]
    evidence: list[Record]
    asked: list[Asked]
    share: list[Asked]
    dated: list[Record]
    before: tuple[Passage, ...]

    @property
    def reason(self) -> Said | None:
        """What the office said when it sent the result back; None if it has not."""
        if self.item.line.stage is not Stage.RETURNED:
            return None
        return next((e for e in reversed(self.history) if e.kind is EntryKind.RETURNED), None)


def sheet(workplace: Workplace, visitor: Visitor) -> Sheet:
    """Every open item of the units that a visitor answers for."""
    with reading(workplace.engine) as connection:
        items = sorted(_items(connection, workplace, visitor), key=_urgency)
        assignments = [item for item in items if item.row.kind == ItemKind.ASSIGNMENT.value]
        others = [item for item in items if item.row.kind != ItemKind.ASSIGNMENT.value]
        told = [item for item in items if item in assignments or _is_returned(item)]
        entries = {item.row.id: ledger_records.entries(connection, item.row.id) for item in told}
    acknowledge = EntryKind.ACKNOWLEDGED
    return Sheet(
        to_acknowledge=[item for item in assignments if acknowledge in item.possible],
        to_do=[item for item in others if not item.waits],
        waiting=[item for item in items if item.waits],
        acknowledged=[
            item for item in assignments if acknowledge not in item.possible and not item.waits
        ],
        seen={key: found[-1].id for key, found in entries.items() if found},
        said={key: history(found) for key, found in entries.items()},
    )


def detail(workplace: Workplace, visitor: Visitor, key: str) -> Detail | None:
    """One item of a visitor's; None where there is none of that id, or it is not his."""
    with reading(workplace.engine) as connection:
        found = [item for item in _items(connection, workplace, visitor, key) if item.row.id == key]
        if not found:
            return None
        item = found[0]
        share = ledger_records.board(connection, item.row.plan_id, item.row.unit)
        entries = ledger_records.entries(connection, key)
        past = history(entries)
        is_assignment = item.row.kind == ItemKind.ASSIGNMENT.value
        mine = share_of(item.plan, share, mapping.numbers(item.row.duties))
        return Detail(
            item=item,
            seen=entries[-1].id if entries else 0,
            history=past,
            evidence=evidence.of_obligations(connection, [key]),
            asked=asked_in(item.plan, item.row, share),
            share=share_of(item.plan, share) if is_assignment else mine,
            dated=[row for row in share if row.due_on and is_assignment and _is_open(row)],
            before=latest_passages(past),
        )


def _items(
    connection: Connection, workplace: Workplace, visitor: Visitor, key: str = ""
) -> Iterable[Item]:
    for plan, unit in visitor.seats:
        if key and not key.startswith(f"{plan}/"):
            continue
        for row in ledger_records.board(connection, plan, unit):
            if not _is_open(row):
                continue
            yield Item(
                row,
                board_row(workplace, row, visitor.on),
                workplace.plan(plan),
                workplace.unit_now(plan, unit, visitor.on),
                tuple(kind for kind in possible(workplace, row, visitor.on) if kind in BY_UNIT),
            )


def _is_open(row: Record) -> bool:
    return not Stage(row.stage).is_over


def _is_returned(item: Item) -> bool:
    return item.line.stage is Stage.RETURNED


def _urgency(item: Item) -> tuple[date, bool, str, str]:
    return (
        item.chased_for or date.max,
        not _is_returned(item),
        item.row.plan_id,
        item.row.id if item.row.kind != ItemKind.DUTY.value else f"{_place(item):04}",
    )


def _place(item: Item) -> int:
    """Where a row stands in its plan."""
    numbers = [duty.number for duty in item.plan.matrix.duties]
    mine = mapping.numbers(item.row.duties)
    return numbers.index(mine[0]) if mine and mine[0] in numbers else len(numbers)
