"""Collating reports: the inner dates that have come are told, and summaries are put together."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from duban.errors import DraftPlan, UnknownObligation
from duban.planner import collation as chains
from duban.planner.collation import Report
from duban.planner.inner_dates import say
from duban.planner.summary import assemble, since
from duban.service.daily import Said
from duban.service.workplace import Workplace
from duban.store import collation, ledger_records, planning
from duban.store.database import Connection, reading, writing
from models.collation import Chain, InnerStep, Reporter, Summary, Told
from models.matrix import Status
from models.notice import Notice, Silence
from models.office import Plan

_STAYS = timedelta(days=60)
"""So long after its outer date a report that is not complete stays on the list."""


class Inner(NamedTuple):
    """One report whose inner dates are looked at, and what is to be said about it."""

    way: Chain
    reporters: list[Reporter]
    notices: list[Notice]
    silences: list[Silence]


class Open(NamedTuple):
    """One report under way on a day: its chain and its summary as it stands."""

    way: Chain
    summary: Summary


def queue_inner_dates(workplace: Workplace, as_of: date) -> Said:
    """Queue what the inner dates that have come by this day say; nothing on a rest day.

    One transaction, safe to repeat and to kill: each unit is asked about once for each inner date.
    """
    if not workplace.calendar.is_workday(as_of):
        return Said(0, 0, (), ())
    with writing(workplace.engine, turn=planning.TURN) as connection:
        found = list(_inner(connection, workplace, as_of))
        notices = [notice for one in found for notice in one.notices]
        silences = [silence for one in found for silence in one.silences]
        planning.queue(connection, notices, as_of)
        collation.put_silences(connection, silences)
    return Said(len(notices) + len(silences), len(notices), tuple(silences), ())


def foresee_inner_dates(workplace: Workplace, as_of: date) -> list[Inner]:
    """What a run on this day would queue; nothing is written."""
    if not workplace.calendar.is_workday(as_of):
        return []
    with reading(workplace.engine) as connection:
        return list(_inner(connection, workplace, as_of))


def _inner(connection: Connection, workplace: Workplace, as_of: date) -> Iterator[Inner]:
    plans = _applied(connection, workplace)
    told = collation.told(connection, [plan.id for plan in plans])
    for plan in plans:
        for report, way in _ways(connection, workplace, plan):
            if way.steps[0].by <= as_of:
                yield _one(connection, workplace, plan, report, way, told.get(plan.id, []), as_of)


def _one(
    connection: Connection,
    workplace: Workplace,
    plan: Plan,
    report: Report,
    way: Chain,
    told: list[Told],
    as_of: date,
) -> Inner:
    def counted_back(day: date) -> Mapping[InnerStep, date]:
        return chains.counted_back(plan, day, workplace.calendar)

    reporters = collation.reporters(connection, plan.id, report.key)
    written = collation.written(connection, plan.id, report.key, since(plan, report), as_of)
    notices, silences = say(plan.reach, way, reporters, written, told, as_of, counted_back)
    return Inner(way, reporters, notices, silences)


def _applied(connection: Connection, workplace: Workplace) -> list[Plan]:
    known = {row.id for row in ledger_records.plans(connection)}
    return [plan for plan in workplace.office.plans.values() if plan.id in known]


def _ways(
    connection: Connection, workplace: Workplace, plan: Plan
) -> Iterator[tuple[Report, Chain]]:
    for report in chains.reports(plan):
        fed = chains.fed_key(plan, report)
        outer_on = collation.in_force(connection, plan.id, fed) if fed else None
        if way := chains.chain(plan, report, workplace.calendar, outer_on):
            yield report, way


def open_reports(workplace: Workplace, as_of: date) -> list[Open]:
    """The reports that are being collated on a day, from their first inner date on.

    One to which everybody has written leaves with its outer date, any other sixty days later.
    """
    found: list[Open] = []
    with reading(workplace.engine) as connection:
        for plan in _applied(connection, workplace):
            for report, way in _ways(connection, workplace, plan):
                if way.steps[0].by <= as_of <= way.outer_on + _STAYS:
                    summary = _summary(connection, plan, report, as_of)
                    if summary.owed and (summary.missing or as_of <= way.outer_on):
                        found.append(Open(way, summary))
    return found


def not_reported(opened: list[Open]) -> list[dict[str, str]]:
    """The units that have not reported, as lines of a table, with whom they are late for."""
    return [
        {
            "方案": one.way.plan,
            "报告": one.summary.title,
            "单位": missing.unit,
            "期限": str(one.way.due_on),
            "先报": "、".join(step.to for step in one.way.steps if missing.unit in step.who),
        }
        for one in opened
        for missing in one.summary.missing
    ]


def summary_of(workplace: Workplace, name: str, as_of: date) -> Summary:
    """The summary of one report, ``PLAN/KEY`` or ``PLAN/KEY/YEAR``, as of a day.

    Raises:
        UnknownPlan: there is no such plan.
        UnknownObligation: it has no such report, or the ledger does not hold it.
        DraftPlan: nothing was asked for yet.
    """
    plan_id, _, key = name.partition("/")
    plan = workplace.plan(plan_id)
    if plan.matrix.status is Status.DRAFT:
        raise DraftPlan(f"{plan_id} is a draft", "only an issued plan has reports to collate")
    found = {report.key: report for report in chains.reports(plan)}
    if key not in found:
        known = ", ".join(f"{plan_id}/{one}" for one in found) or "none"
        raise UnknownObligation(f'there is no report "{name}"', f"the plan's reports: {known}")
    with reading(workplace.engine) as connection:
        summary = _summary(connection, plan, found[key], as_of)
    if not summary.owed:
        raise UnknownObligation(
            f'the ledger has no units that owe "{name}"', f"`duban apply {plan_id}` puts them in"
        )
    return summary


def _summary(connection: Connection, plan: Plan, report: Report, as_of: date) -> Summary:
    reporters = collation.reporters(connection, plan.id, report.key)
    written = collation.written(connection, plan.id, report.key, since(plan, report), as_of)
    return assemble(plan, report, reporters, written, as_of)
