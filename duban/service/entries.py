"""What a unit or the office says about an obligation: one entry, one stage, one transaction."""

from typing import NamedTuple

from duban.errors import StageConflict, UnknownObligation
from duban.planner.reminders import next_on
from duban.service.workplace import Workplace
from duban.store import ledger, mapping, planning
from duban.store.database import Connection, Record, writing
from duban.store.ledger import Occasion
from models.entry import EntryKind, allowed, next_stage
from models.obligation import ItemKind, Stage

VERBS = {
    EntryKind.ACKNOWLEDGED: "acknowledge",
    EntryKind.REPORTED: "report",
    EntryKind.COMPLETED: "complete",
    EntryKind.RETURNED: "return",
    EntryKind.ACCEPTED: "accept",
    EntryKind.CLOSED_OUT: "close-out",
}
"""The command for each entry that a person makes."""


class Entered(NamedTuple):
    """The obligation an entry was made for, and its stage before and after."""

    obligation: str
    before: Stage
    after: Stage


def enter(workplace: Workplace, key: str, kind: EntryKind, text: str, when: Occasion) -> Entered:
    """Append an entry and move the obligation on; a stage that answers silences it at once.

    An acknowledgement of any obligation is one of its unit's assignment: 签收 stands for all.

    Raises:
        UnknownYear: the day is in a year without published workdays, such as a mistyped one.
        UnknownObligation: there is none of that id.
        StageConflict: the stage does not allow it; the hint says what is legal now.
    """
    workplace.require_published_year(when.on)
    with writing(workplace.engine) as connection:
        if kind is EntryKind.ACKNOWLEDGED:
            key = planning.assignment_of(connection, key) or key
        row = _row(connection, key)
        before = Stage(row.stage)
        after = next_stage(ItemKind(row.kind), before, kind)
        if after is None:
            raise _conflict(row, kind)
        standing = mapping.standing(row)._replace(stage=after)
        ladders = workplace.ladders.get(row.plan_id)
        ledger.move(
            connection, row.id, after, next_on(standing, ladders) if ladders else row.next_on
        )
        ledger.append(connection, [(row.id, kind, text, {})], when)
    return Entered(row.id, before, after)


def _row(connection: Connection, key: str) -> Record:
    row = planning.item(connection, key)
    if row is None:
        raise UnknownObligation(
            f'the ledger has no obligation "{key}"', "`duban ledger` lists them by plan and unit"
        )
    return row


def _conflict(row: Record, kind: EntryKind) -> StageConflict:
    legal = [VERBS[entry] for entry in allowed(ItemKind(row.kind), Stage(row.stage))]
    return StageConflict(
        f"{row.id} is {row.stage}; it cannot be {kind.value} now",
        f"possible now: {', '.join(legal) or 'nothing'}",
    )
