"""From a plan to what each single unit owes: its assignment, its rows, its dated obligations."""

from collections.abc import Iterator
from datetime import date

from duban.planner.due_dates import due_dates, proposed_dates
from models.matrix import Duty, ObligationSpec
from models.obligation import ItemKind, Obligation, Role
from models.office import Plan


def obligations(plan: Plan) -> list[Obligation]:
    """Everything the plan makes a unit of its own reach answer for, in document order.

    First each unit's assignment, then each row per unit and role, then the dated obligations,
    one per unit and year. External owers are left out: they are shown, never kept or chased.
    """
    duties = list(_duties(plan))
    rows_of: dict[str, tuple[str, ...]] = {}
    for item in duties:
        rows_of[item.unit] = rows_of.get(item.unit, ()) + item.duties
    dated = list(_dated(plan, rows_of))
    units = dict.fromkeys(item.unit for item in (*duties, *dated))
    return [*(_assignment(plan, unit, rows_of.get(unit, ())) for unit in units), *duties, *dated]


def owers(plan: Plan, spec: ObligationSpec) -> list[str]:
    """The units that owe an obligation: groups expanded, ``besides`` taken out."""
    excluded = set(plan.members(spec.besides))
    return [unit for unit in plan.members(spec.who) if unit not in excluded]


def _assignment(plan: Plan, unit: str, rows: tuple[str, ...]) -> Obligation:
    return Obligation(
        id=f"{plan.id}/assignment/{unit}",
        plan=plan.id,
        unit=unit,
        kind=ItemKind.ASSIGNMENT,
        role=Role.RESPONSIBLE,
        title=plan.matrix.title,
        due_on=None,
        rule=None,
        to=plan.matrix.coordinator,
        duties=rows,
        text="",
    )


def _duties(plan: Plan) -> Iterator[Obligation]:
    for duty in plan.matrix.duties:
        leads = set(plan.members(duty.lead))
        for unit in plan.members(duty.units + plan.matrix.implicit_units(duty.number)):
            yield _duty(plan, duty, unit, Role.LEAD if unit in leads else Role.RESPONSIBLE)


def _duty(plan: Plan, duty: Duty, unit: str, role: Role) -> Obligation:
    return Obligation(
        id=f"{plan.id}/duty/{duty.number}/{unit}",
        plan=plan.id,
        unit=unit,
        kind=ItemKind.DUTY,
        role=role,
        title=duty.title,
        due_on=None,
        rule=None,
        to=None,
        duties=(duty.number,),
        text=duty.source.text,
    )


def _dated(plan: Plan, rows_of: dict[str, tuple[str, ...]]) -> Iterator[Obligation]:
    for spec in plan.matrix.obligations:
        if spec.external:
            continue
        for unit in owers(plan, spec):
            rows = spec.duties or rows_of.get(unit, ())
            for key, due_on in occurrences(plan, spec):
                yield Obligation(
                    id=f"{plan.id}/{key}/{unit}",
                    plan=plan.id,
                    unit=unit,
                    kind=ItemKind(spec.kind.value),
                    role=Role.RESPONSIBLE,
                    title=spec.title,
                    due_on=due_on,
                    rule=spec.due.rule if spec.due else None,
                    to=spec.to,
                    duties=rows,
                    text=spec.source.text,
                )


def occurrences(plan: Plan, spec: ObligationSpec) -> list[tuple[str, date | None]]:
    """``KEY`` or ``KEY/YEAR`` of each occurrence, with its due date or None while it has none."""
    if spec.due is None:
        return [(spec.key, None)]
    dated: list[tuple[int | None, date | None]] = [*due_dates(spec.due, plan.matrix)]
    undecided = [(year, None) for year, _ in proposed_dates(spec.due, plan.matrix)]
    return [
        (spec.key if year is None else f"{spec.key}/{year}", due_on)
        for year, due_on in dated + undecided
    ]
