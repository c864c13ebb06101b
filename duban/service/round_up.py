"""The week of a plan, read from its ledger just before it is sent."""

from collections.abc import Iterable
from datetime import date

from duban.service.board import BoardRow, board_rows, in_document_order
from duban.service.workplace import Workplace
from duban.store import mail_records
from duban.store.database import Connection
from models.obligation import ItemKind, Stage, StatusLight
from notifications.digest import Matter, PlanHead, RoundUp

_UNDATED = (ItemKind.ASSIGNMENT.value, ItemKind.DUTY.value)
_COMING = 10
"""Working days ahead that a round-up looks."""


def has_open(connection: Connection, workplace: Workplace, plan: str, on: date) -> bool:
    """Whether a plan has a dated obligation that is not over, or an unacknowledged assignment."""
    rows = board_rows(connection, workplace, on, plan)
    return any(not row.stage.is_over if row.due_on else _is_unacknowledged(row) for row in rows)


def round_up(connection: Connection, workplace: Workplace, head: PlanHead, on: date) -> RoundUp:
    """The round-up of one plan as of a day."""
    found = board_rows(connection, workplace, on, head.id)
    rows = in_document_order(found, workplace.office.plans.get(head.id))
    dated = [row for row in rows if row.kind not in _UNDATED and row.due_on]
    waiting = [row for row in rows if row.stage is Stage.COMPLETED]
    coming = [row for row in dated if _is_coming(row)]
    addresses = workplace.rosters[head.id].addresses
    return RoundUp(
        plan=head,
        open=sum(not row.stage.is_over for row in dated),
        amber=sum(row.light is StatusLight.AMBER for row in dated),
        closed=sum(row.stage is Stage.CLOSED_OUT for row in dated),
        overdue=_matters(row for row in dated if row.light is StatusLight.RED),
        coming=_matters(coming),
        waiting=_matters(waiting),
        unacknowledged=tuple(row.shown_unit for row in rows if _is_unacknowledged(row)),
        unreachable=tuple(
            (row.address, row.because)
            for row in mail_records.defects(connection)
            if row.address in addresses
        ),
    )


def _is_unacknowledged(row: BoardRow) -> bool:
    return row.kind == ItemKind.ASSIGNMENT.value and row.stage is Stage.ASSIGNED


def _is_coming(row: BoardRow) -> bool:
    left = row.working_days_left
    return not row.stage.is_silent and left is not None and 0 <= left <= _COMING


def _matters(rows: Iterable[BoardRow]) -> tuple[Matter, ...]:
    units: dict[tuple[str, date | None], list[str]] = {}
    for row in rows:
        units.setdefault((row.title, row.due_on), []).append(row.shown_unit)
    ordered = sorted(units.items(), key=lambda entry: (entry[0][1] or date.max, entry[0][0]))
    return tuple(Matter(title, due_on, tuple(names)) for (title, due_on), names in ordered)
