"""转办: what one unit owes becomes another's; the history stays where it was made."""

from collections.abc import Iterable
from typing import NamedTuple

from duban.errors import UnknownObligation, UnknownUnit, WrongUsage
from duban.loader.findings import did_you_mean
from duban.planner.obligations import obligations
from duban.planner.preview import standing_of
from duban.planner.reminders import next_on
from duban.service.entries import Entered, Saying, enter_in
from duban.service.workplace import Workplace
from duban.store import ledger, mapping, origins, planning
from duban.store.database import Connection, Record, writing
from duban.store.ledger import Occasion
from models.entry import EntryKind, Via
from models.obligation import ItemKind, Obligation, Stage


class Route(NamedTuple):
    """To which unit an obligation goes, why, and how the decision came in.

    ``seen`` is the last entry that whoever decides had before him.
    """

    unit: str
    text: str
    via: Via = Via.COMMAND
    seen: int | None = None


def reassign(workplace: Workplace, key: str, route: Route, when: Occasion) -> list[Entered]:
    """Re-route an obligation, or with a unit's assignment everything it owes under the plan.

    The new unit gets its own obligation with the date in force, and is asked for 签收; where it
    owes the same already, the two become one.

    Raises:
        UnknownObligation, UnknownUnit: there is none of that name.
        WrongUsage: it is that unit's already.
        StageConflict: the rules do not allow it now.
    """
    with writing(workplace.engine, turn=planning.TURN) as connection:
        return reassign_in(connection, workplace, key, route, when)


def reassign_in(
    connection: Connection, workplace: Workplace, key: str, route: Route, when: Occasion
) -> list[Entered]:
    """The same inside a transaction of the caller."""
    row = planning.item(connection, key)
    if row is None:
        raise UnknownObligation(
            f'the ledger has no obligation "{key}"', "`duban ledger` lists them by plan and unit"
        )
    unit = _unit(workplace, row, route.unit)
    rows = _all_of(connection, row) if row.kind == ItemKind.ASSIGNMENT.value else [row]
    route = route._replace(unit=unit)
    moved = [_part(connection, workplace, item, route, when) for item in rows]
    unseen = route._replace(seen=None)
    emptied = _emptied(connection, workplace, row)
    moved += [_part(connection, workplace, item, unseen, when) for item in emptied]
    keys = [item.id for item in rows if item.kind != ItemKind.ASSIGNMENT.value]
    owed = [left for key in keys if (left := planning.item(connection, key))]
    _take_over(connection, workplace, owed, unit, when)
    return moved


def _unit(workplace: Workplace, row: Record, name: str) -> str:
    """The registry's name of the unit that is to have it."""
    place = workplace.plan(row.plan_id).place
    unit = place.unit(name)
    if unit is None:
        raise UnknownUnit(
            f'{place.name} has no unit "{name}"',
            did_you_mean(name, place.names) or "see units.yaml",
        )
    if unit == row.unit:
        raise WrongUsage(f"{row.id} is {unit}'s already", "name another unit")
    return unit


def _all_of(connection: Connection, assignment: Record) -> list[Record]:
    """The assignment and what the unit has not answered for yet; what it has done stays its own."""
    found = planning.share(connection, assignment.plan_id, assignment.unit)
    done = (Stage.COMPLETED.value, Stage.ACCEPTED.value)
    return [row for row in found if row.id == assignment.id or row.stage not in done]


def _emptied(connection: Connection, workplace: Workplace, moved: Record) -> list[Record]:
    """The assignment of a unit that had only what came to it, once the last of that has gone."""
    left = planning.share(connection, moved.plan_id, moved.unit)
    if len(left) != 1 or left[0].id == moved.id:
        return []
    return [] if _is_asked(workplace, left[0]) else left


def _is_asked(workplace: Workplace, assignment: Record) -> bool:
    """Whether the matrix itself gives the unit a part, and so says which rows that names."""
    asked = obligations(workplace.plan(assignment.plan_id))
    return any(item.id == assignment.id for item in asked)


def _part(
    connection: Connection, workplace: Workplace, row: Record, route: Route, when: Occasion
) -> Entered:
    """The old unit's side of it."""
    saying = Saying(
        EntryKind.REASSIGNED,
        route.text,
        detail={"to": route.unit},
        via=route.via,
        seen=route.seen,
    )
    return enter_in(connection, workplace, row.id, saying, when)


def _take_over(
    connection: Connection,
    workplace: Workplace,
    rows: Iterable[Record],
    unit: str,
    when: Occasion,
) -> None:
    """The new unit's side of it: its obligations, and its assignment to be acknowledged."""
    taken = list(rows)
    for row in taken:
        heir = mapping.obligation(row)._replace(id=_renamed(row.id, unit), unit=unit)
        _owe(connection, workplace, heir, row, when)
    if taken:
        _ask_for_receipt(connection, workplace, taken, unit, when)


def _owe(
    connection: Connection, workplace: Workplace, heir: Obligation, row: Record, when: Occasion
) -> None:
    existing = planning.item(connection, heir.id)
    standing = standing_of(heir, when.on)._replace(due_on=row.due_on, said_through=when.on)
    day = next_on(standing, workplace.ladders[heir.plan])
    told = f"由{row.unit}转来"
    if existing is None:
        ledger.add(connection, [heir], {heir.id: day}, when)
        ledger.hand_over(connection, heir.id, row.due_on, when.on)
    elif Stage(existing.stage).is_over:
        ledger.revive(connection, heir, day, when.on)
        ledger.hand_over(connection, heir.id, row.due_on, when.on)
    else:
        told = f"{row.unit}的同一事项并入"
    origins.add(connection, heir.id, row.id)
    ledger.append(connection, [(heir.id, EntryKind.ASSIGNED, told, {"from": row.id})], when)


def _ask_for_receipt(
    connection: Connection,
    workplace: Workplace,
    rows: list[Record],
    unit: str,
    when: Occasion,
) -> None:
    """签收 is asked for anew, or for the first time where the unit had no part in the plan."""
    old = rows[0]
    assignment = f"{old.plan_id}/assignment/{unit}"
    existing = planning.item(connection, assignment)
    numbers = tuple(dict.fromkeys(n for row in rows for n in mapping.numbers(row.duties)))
    share = Obligation(
        id=assignment,
        plan=old.plan_id,
        unit=unit,
        kind=ItemKind.ASSIGNMENT,
        role=mapping.obligation(old).role,
        title=workplace.plan(old.plan_id).matrix.title,
        due_on=None,
        rule=None,
        to=workplace.plan(old.plan_id).matrix.coordinator,
        duties=numbers,
        text="",
    )
    day = next_on(standing_of(share, when.on), workplace.ladders[old.plan_id])
    if existing is None:
        ledger.add(connection, [share], {assignment: day}, when)
        ledger.append(connection, [(assignment, EntryKind.ASSIGNED, "", {})], when)
    else:
        if not _is_asked(workplace, existing):
            former = () if Stage(existing.stage).is_over else mapping.numbers(existing.duties)
            rows_now = tuple(dict.fromkeys((*former, *numbers)))
            ledger.widen(connection, share._replace(duties=rows_now))
        titles = "、".join(dict.fromkeys(row.title for row in rows))
        summary = f"由{old.unit}转来{len(rows)}项：{titles}"
        ledger.ask_again(connection, {assignment: summary}, {assignment: day}, when)


def _renamed(key: str, unit: str) -> str:
    return f"{key.rpartition('/')[0]}/{unit}"
