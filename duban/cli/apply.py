"""``duban apply``: bring the ledger in line with the plans."""

import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from duban.cli.names import is_draft
from duban.cli.occasion import occasion
from duban.cli.options import AsJson, AsOf, By, Plans, require_known_days
from duban.cli.output import print_json, write
from duban.cli.plan import print_differences
from duban.cli.renumbered import renumbered_in_words
from duban.errors import StalePlan, WrongUsage
from duban.service.apply import Applied, differences, refuse_drafts, refuse_stale
from duban.service.apply import apply as apply_plans
from duban.service.opening import open_workplace
from duban.service.saved_plan import difference_as_json, marks_of
from duban.service.words import DRAFT
from duban.service.workplace import Workplace, known_plans
from duban.settings import Settings
from models.office import Plan

Marks = Mapping[str, tuple[str, str]]


def apply(
    names: Plans = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="FILE", help="Apply what `duban plan --out` saved."),
    ] = None,
    as_of: AsOf = None,
    by: By = None,
    as_json: AsJson = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show, change nothing.")] = False,
) -> None:
    """Bring the ledger in line with the plans, in one transaction for all of them.

    Without names: all issued plans. Refused (exit code 3): a draft (征求意见稿) that is named, and
    a saved plan where matrix or ledger has changed since. Applied twice it changes nothing.
    """
    if file and names:
        raise WrongUsage("give plans or --file, not both", "a saved plan names its plans itself")
    settings = Settings.read()
    workplace = open_workplace(settings)
    marks = marks_of(file) if file else None
    plans, drafts = _wanted(workplace, names or [], marks)
    when = occasion(workplace, settings, as_of, by)
    require_known_days(workplace.calendar, when.on)
    if dry_run:
        _foresee(workplace, plans, marks, as_json)
        return
    applied = apply_plans(workplace, plans, when, marks)
    _warn(workplace, applied, when.on)
    if as_json:
        print_json(_as_json(applied, drafts))
    else:
        _print(applied, drafts)


def _wanted(
    workplace: Workplace, names: Iterable[str], marks: Marks | None
) -> tuple[list[Plan], list[Plan]]:
    """The plans to apply, and the drafts that are left out because nobody named them."""
    if marks is not None:
        for name in marks:
            if name not in workplace.office.plans:
                raise StalePlan(
                    f"the saved plan is stale: there is no plan {name} any more",
                    "make a new one with `duban plan --out`",
                )
        return [workplace.plan(name) for name in marks], []
    plans = known_plans(workplace, dict.fromkeys(names))
    if names:
        return plans, []
    drafts = [plan for plan in plans if is_draft(plan)]
    return [plan for plan in plans if plan not in drafts], drafts


def _foresee(workplace: Workplace, plans: list[Plan], marks: Marks | None, as_json: bool) -> None:
    refuse_drafts(plans)
    found = differences(workplace, plans)
    refuse_stale(found, marks)
    if as_json:
        print_json([difference_as_json(difference) for difference in found])
    else:
        print_differences(workplace, found)


def _as_json(applied: list[Applied], drafts: list[Plan]) -> dict[str, object]:
    return {
        "applied": [result._asdict() for result in applied],
        "skipped": [{"plan": plan.id, "because": "draft"} for plan in drafts],
    }


def _print(applied: list[Applied], drafts: list[Plan]) -> None:
    for result in applied:
        if result.added or result.changed or result.withdrawn:
            said = f"新增 {result.added} 项，变更 {result.changed} 项，撤销 {result.withdrawn} 项"
            write(f"{result.plan}　{said}；即日通知 {result.notices} 条")
        else:
            write(f"{result.plan}　没有变化")
        for line in renumbered_in_words(result.renumbered):
            write(line)
    for plan in drafts:
        write(f"{plan.id}　{DRAFT}，未录入")


def _warn(workplace: Workplace, applied: list[Applied], on: date) -> None:
    """Say on stderr what rests on a calendar that is not published yet."""
    if workplace.calendar.is_provisional(on):
        _warning(f"{on.year} has no published workdays: nothing is sent until it has")
    for result in applied:
        for year in sorted({day.year for day in result.provisional}):
            days = ", ".join(str(day) for day in result.provisional if day.year == year)
            _warning(f"{result.plan}: {days} provisional, {year} has no published workdays")


def _warning(text: str) -> None:
    print(f"duban: warning: {text}", file=sys.stderr)
