"""The summary of a report, row by row of the annex, from what the units wrote and nothing else."""

import re
from collections.abc import Container, Iterable
from datetime import date, timedelta
from decimal import Decimal
from unicodedata import normalize

from duban.planner.collation import Report, of_row, receiver, reports, rows
from duban.planner.inner_dates import is_report, usable
from models.answer import Figure, Passage
from models.collation import (
    Contribution,
    Measured,
    Missing,
    Origin,
    Reporter,
    RowProgress,
    Summary,
    Written,
)
from models.entry import EntryKind, Via
from models.matrix import Duty, Target
from models.office import Plan

_ONE_DAY = timedelta(days=1)
_PLAIN = re.compile(r"\d+(\.\d+)?")
_RATIOS = frozenset({"%", "‰"})
_ADDED_UP = frozenset({None, "年"})
_MARK = re.compile(r"^\s*(第|序号|任务)?\s*[A-Z]?\d{1,3}(\.\d{1,3})?\s*(项|行)?\s*[:：、.．]?\s*$")
_OPENING = re.compile(
    r"^\s*((您好|你好|领导好|尊敬的[^\n：:]{0,20})\s*[，,。：:！!]\s*)?"
    r"([\d、，,.．和及\s]*项?\s*)(已?(办结|办毕|完成)|进展(情况)?)\s*([，,。.；;：:！!]\s*|$)"
)
"""How an answer by mail begins: a greeting, its items' numbers, and the word for what it is."""

Written_by = dict[tuple[str, str], list[Contribution]]
"""What each unit wrote on each row, the newest last."""


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
    by_row = _by_row(answers, numbers)
    general = [
        _general(said, numbers) for said in (*on_report.values(), *_handed_over(answers, on_report))
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
        nil=tuple(_contribution(entry, entry.text) for entry in nil.values()),
        unfinished=tuple(
            unit for unit, said in handed_in.items() if said and not any(map(_is_final, said))
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


def _handed_over(answers: list[Written], owing: Container[str]) -> list[list[Written]]:
    """What was written on the report by each unit that has it no more."""
    found: dict[str, list[Written]] = {}
    for entry in answers:
        if entry.duty is None and entry.unit not in owing:
            found.setdefault(entry.unit, []).append(entry)
    return list(found.values())


def _on_report(answers: list[Written], reporter: Reporter) -> list[Written]:
    return [entry for entry in answers if entry.obligation == reporter.obligation]


def _is_final(entry: Written) -> bool:
    return entry.kind is EntryKind.COMPLETED


def _heading(report: Report) -> str:
    """What the report is about, in the middle of 关于…的报告, with its year where it recurs."""
    subject = report.spec.title.removeprefix("报送").removesuffix("报告") or report.spec.title
    year = report.key.partition("/")[2]
    if not year:
        return subject
    return subject.replace("年度", f"{year}年度", 1) if "年度" in subject else f"{year}年{subject}"


def _contribution(entry: Written, text: str, figures: tuple[Figure, ...] = ()) -> Contribution:
    origin = Origin(entry.unit, entry.on, entry.via, entry.id)
    return Contribution(origin, text, figures, entry.is_nil, _is_final(entry))


def _by_row(answers: list[Written], numbers: set[str]) -> Written_by:
    found: Written_by = {}
    for entry in answers:
        for number, one in _on_rows(entry, numbers):
            found.setdefault((entry.unit, number), []).append(one)
    return found


def _on_rows(entry: Written, numbers: set[str]) -> Iterable[tuple[str, Contribution]]:
    """What an entry says about rows: its passages, and its text where it is about one row.

    There, a passage on a row that the plan does not have belongs to that one.
    """
    said: dict[str, list[Passage]] = {}
    if entry.duty and (entry.text.strip() or entry.is_nil):
        said[entry.duty] = []
    for passage in entry.passages:
        if number := passage.number if passage.number in numbers else entry.duty:
            said.setdefault(number, []).append(passage)
    for number, mine in said.items():
        whole = entry.text if number == entry.duty else ""
        texts = [whole, *(one.text for one in mine if one.text not in whole)]
        figures = tuple(figure for one in mine for figure in one.figures)
        yield number, _contribution(entry, "\n".join(filter(None, texts)), figures)


def _latest(said: list[Contribution]) -> Contribution:
    """The last that came with a completion, else the last; the others are kept as earlier."""
    ordered = sorted(said, key=lambda one: (one.is_final, one.origin.entry))
    return ordered[-1]._replace(earlier=tuple(reversed(ordered[:-1])))


def _row(
    plan: Plan, duty: Duty, owing: list[Reporter], by_row: Written_by, nil: set[str]
) -> RowProgress:
    units = of_row(plan, duty)
    covering = [one.unit for one in owing if duty.number in one.duties]
    expected = sorted(covering, key=lambda unit: units.index(unit) if unit in units else len(units))
    wrote = [unit for unit, number in by_row if number == duty.number]
    ordered = dict.fromkeys([*(unit for unit in units if unit in wrote), *wrote])
    latest = [_latest(by_row[unit, duty.number]) for unit in ordered]
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


def _general(said: list[Written], numbers: set[str]) -> Contribution | None:
    """What a unit wrote that belongs to no row; the last of it, as for a row."""
    found = []
    for entry in said:
        strays = [one for one in entry.passages if one.number not in numbers]
        figures = tuple(figure for one in strays for figure in one.figures)
        rest = _rest(entry, strays)
        if rest or figures:
            found.append(_contribution(entry, rest, figures))
    return _latest(found) if found else None


def _rest(entry: Written, strays: list[Passage]) -> str:
    """The text of an entry without its passages on rows; empty where there is nothing to report."""
    if entry.is_nil:
        return ""
    rest = _OPENING.sub("", entry.text) if entry.via is Via.MAIL else entry.text
    for passage in sorted(entry.passages, key=_length, reverse=True):
        if passage.text and passage not in strays:
            rest = rest.replace(passage.text, "\n")
    rest = "\n".join([rest, *(one.text for one in strays if one.text not in rest)])
    lines = [line.strip() for line in rest.splitlines() if not _MARK.match(line)]
    return "\n".join(line for line in lines if re.search(r"\w", line))


def _length(passage: Passage) -> int:
    return len(passage.text)


def _groups(plan: Plan, owing: set[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The groups of the place by name, with those of their members that owe the report."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for group in plan.place.groups:
        members = [] if group.every_unit_in_rows else plan.members((group.name,))
        if units := tuple(unit for unit in members if unit in owing):
            found.append((group.name, units))
    return tuple(found)
