"""The summary of a report, row by row of the annex, from what the units wrote and nothing else."""

import re
from collections.abc import Container, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from unicodedata import normalize

from duban.planner.collation import Report, of_row, receiver, reports, rows
from duban.planner.contributions import (
    ByRow,
    beyond_rows,
    contribution,
    has_content,
    is_final,
    latest_of,
    on_rows,
)
from duban.planner.inner_dates import is_report, usable
from models.collation import (
    Contribution,
    Measured,
    Missing,
    Reporter,
    RowProgress,
    Summary,
    Written,
)
from models.matrix import Duty, Target
from models.office import Plan

_ONE_DAY = timedelta(days=1)
_PLAIN = re.compile(r"\d+(\.\d+)?")
_RATIOS = frozenset({"%", "‰"})
_ADDED_UP = frozenset({None, "年"})


def since(plan: Plan, report: Report) -> date:
    """The first day of a report's span: after the plan's report before it, else the issue date."""
    dates = [other.due_on for other in reports(plan) if other.due_on]
    before = [day for day in dates if report.due_on and day < report.due_on]
    return max(before) + _ONE_DAY if before else plan.matrix.starts_on


def assemble(
    plan: Plan,
    report: Report,
    reporters: Iterable[Reporter],
    written: Iterable[Written],
    as_of: date,
) -> Summary:
    """The summary as of a day; what was sent back and did not come again is left out."""
    owing = list(reporters)
    answers = usable(written)
    on_report = {one.unit: _on_report(answers, one) for one in owing}
    handed_in = {unit: list(filter(is_report, said)) for unit, said in on_report.items()}
    nil = {unit: said[-1] for unit, said in handed_in.items() if said and said[-1].is_nil}
    duties = rows(plan, report.spec)
    numbers = {duty.number for duty in duties}
    by_row = on_rows(answers, numbers)
    general = [
        beyond_rows(said, numbers)
        for said in (*on_report.values(), *_handed_over(answers, on_report))
    ]
    to, is_stated = receiver(plan, report)
    return Summary(
        plan=plan.id,
        key=report.key,
        heading=_heading(report),
        plan_title=plan.matrix.title,
        document_number=plan.matrix.document_number,
        issued_on=plan.matrix.issued_on,
        title=report.spec.title,
        coordinator=plan.matrix.coordinator,
        to=to,
        is_receiver_stated=is_stated,
        due_on=report.due_on,
        first=since(plan, report),
        as_of=as_of,
        owed=tuple(on_report),
        reported=tuple(unit for unit, said in handed_in.items() if said),
        nil=tuple(contribution(entry, entry.text) for entry in nil.values()),
        bare=tuple(_bare(answers, handed_in)),
        unfinished=tuple(
            unit for unit, said in handed_in.items() if said and not any(map(is_final, said))
        ),
        missing=tuple(
            Missing(
                one.unit,
                one.stage,
                plan.place.answering(one.unit, as_of),
                one.due_on if one.due_on != report.due_on else None,
            )
            for one in owing
            if not handed_in[one.unit]
        ),
        rows=tuple(_row(plan, duty, owing, by_row, set(nil)) for duty in duties),
        general=tuple(filter(None, general)),
        groups=_groups(plan, set(on_report)),
    )


def _bare(answers: list[Written], handed_in: dict[str, list[Written]]) -> Iterator[Contribution]:
    """The completions of the report by units that have written nothing, there or on a row."""
    wrote = {entry.unit for entry in answers if has_content(entry)}
    for unit, said in handed_in.items():
        if said and unit not in wrote:
            yield contribution(said[-1], "")


def _handed_over(answers: list[Written], owing: Container[str]) -> list[list[Written]]:
    """What was written on the report by each unit that has it no more."""
    found: dict[str, list[Written]] = {}
    for entry in answers:
        if entry.duty is None and entry.unit not in owing:
            found.setdefault(entry.unit, []).append(entry)
    return list(found.values())


def _on_report(answers: list[Written], reporter: Reporter) -> list[Written]:
    return [entry for entry in answers if entry.obligation == reporter.obligation]


def _heading(report: Report) -> str:
    """What the report is about, in the middle of 关于…的报告, with its year where it recurs."""
    subject = report.spec.title.removeprefix("报送").removesuffix("报告") or report.spec.title
    year = report.key.partition("/")[2]
    if not year:
        return subject
    return subject.replace("年度", f"{year}年度", 1) if "年度" in subject else f"{year}年{subject}"


def _row(
    plan: Plan, duty: Duty, owing: list[Reporter], by_row: ByRow, nil: set[str]
) -> RowProgress:
    units = of_row(plan, duty)
    covering = [one.unit for one in owing if duty.number in one.duties]
    expected = sorted(covering, key=lambda unit: units.index(unit) if unit in units else len(units))
    wrote = [unit for unit, number in by_row if number == duty.number]
    ordered = dict.fromkeys([*(unit for unit in units if unit in wrote), *wrote])
    latest = [latest_of(by_row[unit, duty.number]) for unit in ordered]
    metrics = {target.metric for target in duty.targets}
    return RowProgress(
        number=duty.number,
        title=duty.title,
        section=duty.section,
        lead=duty.lead,
        units=duty.units,
        expected=tuple(expected),
        contributions=tuple(_without(one, metrics) for one in latest),
        measured=tuple(_measured(target, latest) for target in duty.targets),
        silent=tuple(unit for unit in expected if unit not in ordered and unit not in nil),
    )


def _without(one: Contribution, metrics: set[str]) -> Contribution:
    return one._replace(figures=tuple(f for f in one.figures if f.metric not in metrics))


def _measured(target: Target, said: list[Contribution]) -> Measured:
    values = tuple(
        (one.origin, figure.value)
        for one in said
        for figure in one.figures
        if figure.metric == target.metric and figure.value.strip()
    )
    numbers = [_number(value, target) for _, value in values]
    can_be_added = target.unit not in _RATIOS and target.per in _ADDED_UP
    plain = [number for number in numbers if number is not None]
    is_plain = bool(values) and len(plain) == len(values)
    return Measured(target, values, sum(plain, Decimal()) if is_plain and can_be_added else None)


def _number(value: str, target: Target) -> Decimal | None:
    """A plain number, with or without the target's unit behind it; None for anything else."""
    text = normalize("NFKC", value).strip().removesuffix(target.unit).strip()
    grouped = re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text)
    plain = text.replace(",", "") if grouped else text
    return Decimal(plain) if _PLAIN.fullmatch(plain) else None


def _groups(plan: Plan, owing: set[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The groups of the place by name, with those of their members that owe the report."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for group in plan.place.groups:
        members = [] if group.every_unit_in_rows else plan.members((group.name,))
        if units := tuple(unit for unit in members if unit in owing):
            found.append((group.name, units))
    return tuple(found)
