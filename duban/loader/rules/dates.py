"""Dates of a plan: they exist, lie in its period, and come in an order that can work."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from duban.loader.findings import leads_back, problem, quoted
from duban.loader.read import OfficeFiles, PlanFiles
from duban.planner.due_dates import Occurrence, due_dates, proposed_dates
from models.due import ByYear, YearlyDay
from models.matrix import ObligationSpec
from models.problem import Problem

_LEAP_YEAR = 2000


def problems(office: OfficeFiles) -> Iterator[Problem]:
    """What is wrong with the dates of each plan."""
    for plan in office.plans:
        yield from _issued(plan)
        yield from _month_days(plan)
        yield from _outside(plan)
        yield from _never(plan)
        yield from _undecided(plan)
        yield from _order(plan)


def dates_of(plan: PlanFiles, spec: ObligationSpec) -> list[Occurrence]:
    """The due dates of an obligation; none where the document or the office gives none."""
    return due_dates(spec.due, plan.matrix.value) if spec.due else []


def _issued(plan: PlanFiles) -> Iterator[Problem]:
    matrix = plan.matrix.value
    if matrix.issued_on and matrix.issued_on > matrix.period.last:
        message = f"issued on {matrix.issued_on}, after its last day {matrix.period.last}"
        yield problem("D108", plan.matrix.mark("issued_on"), message, "correct one of the two")


def _month_days(plan: PlanFiles) -> Iterator[Problem]:
    for index, spec in enumerate(plan.matrix.value.obligations):
        match spec.due:
            case YearlyDay(month_day=written):
                path: tuple[str, ...] = ("due", "month_day")
            case ByYear(decided=decision) if decision:
                written, path = decision.month_day, ("due", "decided", "month_day")
            case _:
                continue
        month, day = (int(part) for part in written.split("-"))
        if day > monthrange(_LEAP_YEAR, month)[1]:
            mark = plan.matrix.mark("obligations", index, *path)
            hint = "look at a calendar, or ask who wrote the document"
            yield problem("D101", mark, f"the day {quoted(written)} is in no year", hint)


def _outside(plan: PlanFiles) -> Iterator[Problem]:
    period = plan.matrix.value.period
    hint = f"the plan runs from {period.first} to {period.last}; is the date, or the period, right?"
    for index, spec in enumerate(plan.matrix.value.obligations):
        for _, day in dates_of(plan, spec):
            if day not in period:
                mark = plan.matrix.mark("obligations", index, "due")
                yield problem("D103", mark, f"{quoted(spec.key)} falls due on {day}", hint)
    for index, duty in enumerate(plan.matrix.value.duties):
        for number, target in enumerate(duty.targets):
            if target.by and target.by not in period:
                mark = plan.matrix.mark("duties", index, "targets", number, "by")
                message = f"a target of row {duty.number} is set for {target.by}"
                yield problem("D103", mark, message, hint)


def _never(plan: PlanFiles) -> Iterator[Problem]:
    matrix = plan.matrix.value
    for index, spec in enumerate(matrix.obligations):
        if spec.due and not due_dates(spec.due, matrix) and not proposed_dates(spec.due, matrix):
            mark = plan.matrix.mark("obligations", index, "due")
            message = f"{quoted(spec.key)} recurs, but has no date within the plan"
            hint = f"its dates would have to lie from {matrix.starts_on} to {matrix.period.last}"
            yield problem("D106", mark, message, hint)


def _undecided(plan: PlanFiles) -> Iterator[Problem]:
    for index, spec in enumerate(plan.matrix.value.obligations):
        proposed = proposed_dates(spec.due, plan.matrix.value) if spec.due else []
        if proposed:
            days = ", ".join(str(day) for _, day in proposed)
            mark = plan.matrix.mark("obligations", index, "due")
            message = f"{quoted(spec.key)} is due every year, on a day that nobody has fixed"
            hint = f"proposed: {days}; write decided with month_day and because"
            yield problem("D107", mark, message, hint)


def _order(plan: PlanFiles) -> Iterator[Problem]:
    specs = {spec.key: spec for spec in plan.matrix.value.obligations}
    feeds = {key: spec.feeds for key, spec in specs.items()}
    for index, spec in enumerate(plan.matrix.value.obligations):
        fed = specs.get(spec.feeds or "")
        if fed is None or leads_back(spec.key, feeds):
            continue
        for own, needed in _pairs(dates_of(plan, spec), dates_of(plan, fed)):
            mark = plan.matrix.mark("obligations", index, "due")
            if own > needed:
                message = f"{quoted(spec.key)} is due on {own}, after {quoted(fed.key)} on {needed}"
                yield problem("D104", mark, message, "it cannot be used there; ask for it earlier")
                break
            if own == needed:
                message = f"{quoted(spec.key)} is due on {own}, the same day as {quoted(fed.key)}"
                yield problem("D105", mark, message, "leave time to put the reports together")
                break


def _pairs(own: list[Occurrence], fed: list[Occurrence]) -> list[tuple[date, date]]:
    """Days to compare: year by year where both recur, else the last of each."""
    if not own or not fed:
        return []
    by_year = dict(fed)
    if all(year is not None for year, _ in (*own, *fed)):
        return [(day, by_year[year]) for year, day in own if year in by_year]
    return [(max(day for _, day in own), max(day for _, day in fed))]
