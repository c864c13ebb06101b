"""What each unit was asked in a period, and by whom (基层负担): never a ranking."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from duban.planner.obligations import obligations
from duban.service.workplace import Workplace
from duban.store import burden as counts
from duban.store import ledger_records
from duban.store.database import Connection, reading
from models.matrix import Matrix
from models.office import Plan
from models.policy import NoticeKind

_SLIPS = (NoticeKind.SLIP_BLUE, NoticeKind.SLIP_ORANGE, NoticeKind.SLIP_RED)
_CHASES = (NoticeKind.ACKNOWLEDGE_CHASE, NoticeKind.CHASE)


class Asked(NamedTuple):
    """What one plan asked of one unit.

    Each notice counts once, to however many posts. ``reports`` are the dated obligations that fall
    due in the period, ``evidence`` those of them that ask for documents, ``figures`` the targets in
    the unit's rows. ``issuer`` is empty where the plan has left the matrices.
    """

    plan: str
    issuer: str
    assignments: int
    reminders: int
    chases: int
    slips: int
    decisions: int
    reports: int
    evidence: int
    figures: int
    mails: int
    held: int


class Burden(NamedTuple):
    """One unit with everything that was asked of it; a mail about two plans is one mail."""

    unit: str
    shown_unit: str
    answering: str
    jurisdiction: str
    mails: int
    held: int
    asked: tuple[Asked, ...]


def burden(workplace: Workplace, first: date, last: date, only: str | None = None) -> list[Burden]:
    """What was asked of every unit from one day to another, by one plan or by all.

    Plans as `duban plans` has them, units in the order of the document; who was asked nothing is
    left out.
    """
    with reading(workplace.engine) as connection:
        applied = [row.id for row in ledger_records.plans(connection) if only in {None, row.id}]
        asked = _asked(connection, workplace, applied, first, last)
        found: list[Burden] = []
        for place, plans in _by_place(workplace, applied).items():
            mails = counts.mails(connection, first, last, plans)
            held = counts.held(connection, first, last, plans)
            for unit in dict.fromkeys(unit for plan in plans for unit in asked.get(plan, {})):
                of_unit = tuple(asked[plan][unit] for plan in plans if unit in asked[plan])
                found.append(
                    Burden(
                        unit=unit,
                        shown_unit=workplace.unit_now(plans[0], unit, last),
                        answering=workplace.answering(plans[0], unit, last),
                        jurisdiction=place,
                        mails=mails.get(unit, 0),
                        held=held.get(unit, 0),
                        asked=of_unit,
                    )
                )
    return found


def _by_place(workplace: Workplace, applied: list[str]) -> dict[str, list[str]]:
    """Plans by jurisdiction, for a short name is another body elsewhere."""
    plans = workplace.office.plans
    places: dict[str, list[str]] = {}
    for name in [*(name for name in plans if name in applied), *sorted({*applied} - {*plans})]:
        place = plans[name].matrix.jurisdiction if name in plans else ""
        places.setdefault(place or name, []).append(name)
    return places


def _asked(
    connection: Connection, workplace: Workplace, applied: list[str], first: date, last: date
) -> dict[str, dict[str, Asked]]:
    said = counts.said(connection, first, last)
    due = counts.reports(connection, first, last)
    found: dict[str, dict[str, Asked]] = {}
    for name in applied:
        plan = workplace.office.plans.get(name)
        figures = _figures(plan, first, last) if plan else {}
        mails = counts.mails(connection, first, last, [name])
        held = counts.held(connection, first, last, [name])
        in_ledger = sorted(unit for unit, of in {*said, *due} if of == name)
        for unit in dict.fromkeys([*_in_order(plan), *in_ledger]):
            each = Asked(
                name,
                plan.matrix.issuer if plan else "",
                *_notices(said.get((unit, name), {})),
                reports=due.get((unit, name), 0),
                evidence=0 if plan and plan.matrix.minimal_evidence else due.get((unit, name), 0),
                figures=figures.get(unit, 0),
                mails=mails.get(unit, 0),
                held=held.get(unit, 0),
            )
            if any(each[2:]):
                found.setdefault(name, {})[unit] = each
    return found


def _in_order(plan: Plan | None) -> Iterable[str]:
    return dict.fromkeys(item.unit for item in obligations(plan)) if plan else ()


def _notices(kinds: dict[str, int]) -> tuple[int, int, int, int, int]:
    """Assignments, reminders, chases, slips, decisions."""
    return (
        kinds.get(NoticeKind.ASSIGNMENT, 0),
        kinds.get(NoticeKind.REMINDER, 0) + kinds.get(NoticeKind.INNER_DATE, 0),
        sum(kinds.get(kind, 0) for kind in _CHASES),
        sum(kinds.get(kind, 0) for kind in _SLIPS),
        kinds.get(NoticeKind.DECISION, 0),
    )


def _figures(plan: Plan, first: date, last: date) -> dict[str, int]:
    """For each unit the targets of its rows that fall into the period, or into no day of it."""
    found: dict[str, int] = {}
    for duty in plan.matrix.duties:
        number = sum(_is_asked(plan.matrix, target.by, first, last) for target in duty.targets)
        for unit in plan.members(duty.units + plan.matrix.implicit_units(duty.number)):
            found[unit] = found.get(unit, 0) + number
    return found


def _is_asked(matrix: Matrix, by: date | None, first: date, last: date) -> bool:
    if by is not None:
        return first <= by <= last
    return matrix.starts_on <= last and first <= matrix.period.last
