"""The chain of a report: co-units → leads → office → upper level, by inner dates.

The inner dates are counted back from the day on which the whole is needed. They never change the
stated date of a report, nor its ladder.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from duban.planner.obligations import occurrences, owers
from models.collation import Chain, ChainStep, InnerStep
from models.matrix import Duty, ObligationKind, ObligationSpec
from models.office import Plan
from models.policy import Duration
from models.workdays import WorkCalendar


class Report(NamedTuple):
    """One occurrence of a report: ``KEY`` or ``KEY/YEAR``, and its stated date if it has one."""

    spec: ObligationSpec
    key: str
    due_on: date | None


def reports(plan: Plan) -> list[Report]:
    """Every report that the plan's units owe, in document order, with its occurrences."""
    return [
        Report(spec, key, due_on)
        for spec in plan.matrix.obligations
        if spec.kind is ObligationKind.REPORT and not spec.external
        for key, due_on in occurrences(plan, spec)
    ]


def chain(
    plan: Plan, report: Report, calendar: WorkCalendar, outer_on: date | None = None
) -> Chain | None:
    """The way of a report; None where it has no date, or the office alone owes it.

    Counted back from the date of what the report feeds where that comes first, else from its own
    date. A report to the upper level that falls later only moves the end of the chain.
    ``outer_on`` is the date in force of what it feeds, where that is no longer the stated one.
    """
    units = [unit for unit in owers(plan, report.spec) if unit != plan.matrix.coordinator]
    if report.due_on is None or not units:
        return None
    outer_on = outer_on or _fed_on(plan, report) or report.due_on
    counted_on = min(outer_on, report.due_on)
    return Chain(
        plan=plan.id,
        key=report.key,
        due_on=report.due_on,
        outer_on=outer_on,
        counted_on=counted_on,
        to=receiver(plan, report)[0],
        steps=tuple(_steps(plan, report, units, counted_back(plan, counted_on, calendar))),
    )


def counted_back(plan: Plan, day: date, calendar: WorkCalendar) -> Mapping[InnerStep, date]:
    """The inner dates before a day on which the whole is needed, as the plan's terms have them."""
    terms = plan.policy.terms
    before = {
        InnerStep.CO_UNITS: terms.co_units_before,
        InnerStep.LEADS: terms.leads_before,
        InnerStep.OFFICE: terms.office_before,
    }
    return {step: _before(day, length, calendar) for step, length in before.items()}


def receiver(plan: Plan, report: Report) -> tuple[str, bool]:
    """Whom the office hands the whole to, and whether the document itself says so.

    Where units report to the coordinating office, it is who receives what their report feeds;
    failing that, who issued the plan.
    """
    if report.spec.to and report.spec.to != plan.matrix.coordinator:
        return report.spec.to, True
    fed = _fed(plan, report)
    if fed and fed.to and fed.to != plan.matrix.coordinator:
        return fed.to, True
    return plan.matrix.issuer, False


def _fed(plan: Plan, report: Report) -> ObligationSpec | None:
    specs = (spec for spec in plan.matrix.obligations if spec.key == report.spec.feeds)
    return next(specs, None)


def _fed_on(plan: Plan, report: Report) -> date | None:
    """The stated date of what a report feeds."""
    fed, key = _fed(plan, report), fed_key(plan, report)
    return dict(occurrences(plan, fed))[key] if fed and key else None


def fed_key(plan: Plan, report: Report) -> str | None:
    """What a report feeds, with a date: the occurrence of its own year, or the only one."""
    fed = _fed(plan, report)
    if fed is None:
        return None
    dates = dict(occurrences(plan, fed))
    of_year = f"{fed.key}/{report.key.partition('/')[2]}"
    return next((key for key in (of_year, fed.key) if dates.get(key)), None)


def _steps(
    plan: Plan, report: Report, units: list[str], by: Mapping[InnerStep, date]
) -> Iterable[ChainStep]:
    office = plan.matrix.coordinator
    shared = _shared(plan, report, units)
    leads = [unit for unit in units if unit in shared]
    direct = [unit for unit in units if unit not in shared and _is_direct(plan, report, unit)]
    for lead, (rows, co_units) in shared.items():
        why = f"第{'、'.join(rows)}项由{lead}牵头，配合单位先报牵头单位"
        day = by[InnerStep.CO_UNITS]
        yield ChainStep(InnerStep.CO_UNITS, tuple(co_units), lead, day, why, tuple(rows))
    day = by[InnerStep.LEADS]
    if leads:
        why = "牵头单位汇总后报统筹协调的办公室"
        yield ChainStep(InnerStep.LEADS, tuple(leads), office, day, why)
    if direct:
        why = "所承担的任务没有明确牵头单位，由各单位直接报统筹协调的办公室"
        yield ChainStep(InnerStep.LEADS, tuple(direct), office, day, why)
    day = by[InnerStep.OFFICE]
    why = "办公室汇总各单位所报，形成总稿"
    yield ChainStep(InnerStep.OFFICE, (office,), receiver(plan, report)[0], day, why)


def _shared(
    plan: Plan, report: Report, units: list[str]
) -> dict[str, tuple[list[str], dict[str, None]]]:
    """For each lead the rows that it shares and the units that it shares them with."""
    found: dict[str, tuple[list[str], dict[str, None]]] = {}
    for duty in rows(plan, report.spec):
        leads = plan.members(duty.lead)
        others = [unit for unit in of_row(plan, duty) if unit in units and unit not in leads]
        for lead in leads if others else []:
            numbers, co_units = found.setdefault(lead, ([], {}))
            numbers.append(duty.number)
            co_units.update(dict.fromkeys(others))
    return found


def _is_direct(plan: Plan, report: Report, unit: str) -> bool:
    """Whether a unit reports to the office itself: it leads a row, has one without lead, or none.

    A unit whose every row another leads reports through those leads.
    """
    mine = [duty for duty in rows(plan, report.spec) if unit in of_row(plan, duty)]
    leads = [plan.members(duty.lead) for duty in mine]
    return not mine or any(not names or unit in names for names in leads)


def rows(plan: Plan, spec: ObligationSpec) -> list[Duty]:
    """The rows that a report is about, in the plan's own order."""
    return [duty for duty in plan.matrix.duties if not spec.duties or duty.number in spec.duties]


def of_row(plan: Plan, duty: Duty) -> list[str]:
    """The units of a row, groups expanded, in document order."""
    return plan.members(duty.units + plan.matrix.implicit_units(duty.number))


def _before(day: date, length: Duration, calendar: WorkCalendar) -> date:
    """The workday that lies so long before a date, counted like a rung from the workday on it."""
    last = calendar.on_or_before(day)
    if length.unit == "working days":
        return calendar.shift(last, -length.count)
    return calendar.on_or_before(last - timedelta(days=length.count))
