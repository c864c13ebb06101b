"""What waits for the coordinating office, in groups, the oldest first."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from duban.service.workplace import Workplace
from duban.store import desk
from duban.store.database import Connection, Record, reading
from models.entry import EntryKind
from models.roster import Post

PAGE = 50
"""So many of a group stand on one page."""


class Group(StrEnum):
    """The kinds of things that wait."""

    COMPLETED = "completed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ASKED = "asked"
    MAILS = "mails"
    DEFECTS = "defects"
    UNREACHABLE = "unreachable"


_SINCE = {
    Group.COMPLETED: EntryKind.COMPLETED,
    Group.ACCEPTED: EntryKind.ACCEPTED,
    Group.DECLINED: EntryKind.DECLINED,
    Group.ASKED: EntryKind.EXTENSION_REQUESTED,
}
"""The entry since which an item waits."""


class Waiting(NamedTuple):
    """One page of a group; ``rows`` are ledger items, mails, defects, or plans with units."""

    group: Group
    rows: list[Record]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages the group has, at least one."""
        return max(1, -(-self.total // PAGE))


def overview(workplace: Workplace, on: date, shown: int) -> list[Waiting]:
    """Every group with its total and its first rows, as of a day."""
    with reading(workplace.engine) as connection:
        return [_page(connection, workplace, group, on, 1, shown) for group in Group]


def waiting(workplace: Workplace, group: Group, on: date, page: int) -> Waiting:
    """One page of one group, as of a day; a page beyond the last is the last."""
    with reading(workplace.engine) as connection:
        last = max(1, -(-_total(connection, workplace, group, on) // PAGE))
        return _page(connection, workplace, group, on, min(max(page, 1), last), PAGE)


def _page(
    connection: Connection, workplace: Workplace, group: Group, on: date, page: int, size: int
) -> Waiting:
    start = (page - 1) * PAGE
    match group:
        case Group.MAILS:
            rows = desk.mails(connection, size, start)
        case Group.DEFECTS:
            rows = desk.defects(connection, size, start)
        case Group.UNREACHABLE:
            rows = _unreachable(connection, workplace, on)[start : start + size]
        case _:
            rows = desk.items(connection, _SINCE[group], size, start)
    return Waiting(group, rows, _total(connection, workplace, group, on), page)


def _total(connection: Connection, workplace: Workplace, group: Group, on: date) -> int:
    match group:
        case Group.MAILS:
            return desk.count_mails(connection)
        case Group.DEFECTS:
            return desk.count_defects(connection)
        case Group.UNREACHABLE:
            return len(_unreachable(connection, workplace, on))
        case _:
            return desk.count_items(connection, _SINCE[group])


def _unreachable(connection: Connection, workplace: Workplace, on: date) -> list[Record]:
    """Units with open items that have no liaison on the day."""
    return [row for row in desk.units(connection) if not _is_reachable(workplace, row, on)]


def _is_reachable(workplace: Workplace, row: Record, on: date) -> bool:
    roster = workplace.rosters.get(row.plan_id)
    return roster is None or roster.contact(row.unit, Post.LIAISON, on) is not None
