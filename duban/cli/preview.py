"""``duban preview``: every notice of a period before anything is sent."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Annotated, Any

import typer

from duban.cli.layout import filled, table
from duban.cli.names import is_draft, plan_named
from duban.cli.options import AsJson, day, require_known_days
from duban.cli.output import print_json, write
from duban.errors import WrongUsage
from duban.loader.office import load_office
from duban.planner.ladder import Ladders
from duban.planner.obligations import obligations
from duban.planner.preview import Foreseen
from duban.planner.preview import preview as foresee
from duban.service.words import DRAFT, POSTS, PROVISIONAL
from duban.settings import Settings
from models.notice import Notice, Reason
from models.office import Plan
from models.roster import Post
from notifications.wording import LABELS, full_day, weekday

Shown = dict[tuple[str, ...], date]

_OFFICES = (Post.COORDINATING_OFFICE, Post.INSPECTION_OFFICE)
_COLUMNS = 3
_SHORT = 5
"""A list of no more units than this is printed each time."""


def preview(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="As `duban plans` lists it.")],
    first: Annotated[
        date, typer.Option("--from", parser=day, metavar="DATE", help="The first day.")
    ],
    last: Annotated[date, typer.Option("--to", parser=day, metavar="DATE", help="The last day.")],
    applied_on: Annotated[
        date | None,
        typer.Option(
            "--applied-on", parser=day, metavar="DATE", help="Suppose it was applied on this day."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show every notice that would go out if nobody answered; nothing is written.

    Supposes that the plan was applied on its issue date, and that a run takes place every workday.
    """
    if last < first:
        raise WrongUsage(f"--to {last} lies before --from {first}")
    office = load_office(Settings.read().matrices)
    found = plan_named(office.plans, plan)
    require_known_days(office.calendar, applied_on or found.matrix.starts_on)
    ladders = Ladders(found.policy, office.calendar, found.matrix.period.last)
    entries = foresee(found, ladders, first, last, applied_on)
    if as_json:
        print_json([_as_json(entry) for entry in entries])
    else:
        for line in _lines(found, entries, first, last):
            write(line)


def _as_json(entry: Foreseen) -> dict[str, Any]:
    mark = {"provisional": True} if entry.is_provisional else {}
    return notice_as_json(entry.notice, entry.duties) | mark


def notice_as_json(notice: Notice, duties: tuple[str, ...]) -> dict[str, Any]:
    """One notice in the shape that docs/reference/json.md describes."""
    return {
        "on": notice.on,
        "kind": notice.kind,
        "reason": notice.reason,
        "unit": notice.unit,
        "recipients": [
            {"role": recipient.role, "address": recipient.address}
            for recipient in notice.recipients
        ],
        "obligation": notice.obligation,
        "due_on": notice.due_on,
        "duties": duties,
        "step": notice.step,
    }


def _lines(plan: Plan, entries: list[Foreseen], first: date, last: date) -> Iterator[str]:
    mark = f"【{DRAFT}，不会发出】" if is_draft(plan) else ""
    yield f"{plan.matrix.title}{mark}"
    yield f"{full_day(first)} 至 {full_day(last)}，假定无人答复：共 {len(entries)} 条通知"
    titles = {item.id: item.title for item in obligations(plan)}
    shown: Shown = {}
    for on, of_day in groupby(entries, key=lambda entry: entry.notice.on):
        found = list(of_day)
        provisional = PROVISIONAL if found[0].is_provisional else ""
        yield ""
        yield f"{full_day(on)}{provisional}　{len(found)} 条"
        yield from notice_lines((entry.notice for entry in found), titles, shown)


def notice_lines(
    notices: Iterable[Notice], titles: Mapping[str, str], shown: Shown
) -> Iterator[str]:
    """A table of one day's notices; what several units are told alike is one line.

    ``shown`` maps long lists of units to the day on which they were printed, once for all.
    """
    groups: dict[tuple[str, ...], list[Notice]] = {}
    for notice in notices:
        groups.setdefault(_cells(notice, titles), []).append(notice)
    cells = [key[:_COLUMNS] for key in groups]
    heading, *rows = table(cells, {2: 20}, ("通知", "期限", "事项"), indent="  ")
    yield heading
    for row, (key, alike) in zip(rows, groups.items(), strict=True):
        yield row
        yield from _unit_lines(alike, key[_COLUMNS], shown)


def _cells(notice: Notice, titles: Mapping[str, str]) -> tuple[str, ...]:
    title = titles.get(notice.obligation, notice.obligation)
    on = notice.due_on
    said = f"{on} {weekday(on)}" if on else "—"
    return LABELS[notice.kind], said, title, _told(notice)


def _told(notice: Notice) -> str:
    """的联络员、分管领导，并督办专班: the posts of the unit, then those of the offices."""
    roles = [recipient.role for recipient in notice.recipients]
    own = "、".join(POSTS[role] for role in roles if role not in _OFFICES)
    others = "、".join(POSTS[role] for role in roles if role in _OFFICES)
    if notice.reason is Reason.UNREACHABLE:
        return f"无法送达，改告{others}"
    return f"的{own}" + (f"，并{others}" if others else "")


def _unit_lines(alike: list[Notice], told: str, shown: Shown) -> list[str]:
    units, indent = tuple(notice.unit for notice in alike), " " * 6
    if len(units) == 1:
        return [f"{indent}{units[0]}{told}"]
    count = f"{indent}{len(units)}个单位{told}"
    if len(units) > _SHORT and units in shown:
        return [f"{count}，名单见{full_day(shown[units])}"]
    shown[units] = alike[0].on
    return filled(units, indent=f"{count}：", hanging=indent)
