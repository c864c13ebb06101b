"""``duban ledger``: the ledger (台账) with stage, light, due date and days left."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Annotated, Any

import typer

from duban.cli.layout import table
from duban.cli.names import units_named, unknown_plan
from duban.cli.options import AsJson, AsOf
from duban.cli.output import print_json, write
from duban.service.board import BoardRow, board, in_document_order
from duban.service.opening import moment_for, open_workplace
from duban.service.words import ENTRIES, LIGHTS, PROVISIONAL
from duban.service.workplace import Workplace
from duban.settings import Settings
from duban.store import ledger_records
from duban.store.database import reading
from models.entry import EntryKind
from models.obligation import ItemKind, Role, Stage, StatusLight
from notifications.wording import full_day, weekday
from notifications.words import STAGES

_HEADINGS = ("单位", "期限", "剩余(工作日)", "灯", "阶段", "事项", "最近记录")
_ELASTIC = {6: 15, 5: 20, 0: 12}
_STANDING = (Stage.ASSIGNED, Stage.ACKNOWLEDGED)


def ledger(
    plan: Annotated[
        str | None, typer.Argument(metavar="[PLAN]", help="One plan; all if none.")
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="U", help="One unit, by any of its names.")
    ] = None,
    lights: Annotated[
        list[StatusLight] | None, typer.Option("--light", help="Only this light; repeatable.")
    ] = None,
    as_of: AsOf = None,
    kinds: Annotated[
        list[ItemKind] | None, typer.Option("--kind", help="Only this kind; repeatable.")
    ] = None,
    with_ids: Annotated[
        bool, typer.Option("--ids", help="Print the ids that `duban explain` and others take.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show the ledger (台账), with stage, light (绿黄红灰), due date and working days left.

    For people the rows without a date of their own are counted per unit; ``--kind duty`` lists
    them, and JSON has them all.
    """
    settings = Settings.read()
    workplace = open_workplace(settings)
    on = moment_for(workplace, as_of, settings.timezone).as_of
    _require_plan(workplace, plan)
    rows = board(workplace, on, plan, None, lights or ())
    if unit:
        wanted = units_named(workplace.office, unit, (row.unit for row in rows))
        rows = [row for row in rows if {row.unit, row.answering} & wanted]
    if kinds:
        rows = [row for row in rows if row.kind in kinds]
    if as_json:
        print_json([_as_json(row) for row in rows])
        return
    write(f"台账　{full_day(on)}")
    for name, of_plan in groupby(rows, key=lambda row: row.plan):
        found = workplace.office.plans.get(name)
        write("")
        write(f"{name}　{found.matrix.title if found else '（已不在 matrices 中）'}")
        ordered = in_document_order(of_plan, found)
        is_full = ItemKind.DUTY in (kinds or ())
        for line in _plan_lines(ordered, on, is_full=is_full, with_ids=with_ids):
            write(line)
    write("")
    write(_totals(rows))


def _require_plan(workplace: Workplace, name: str | None) -> None:
    """Accept the plans that are in the files or, though no longer there, in the ledger."""
    if name is None or name in workplace.office.plans:
        return
    with reading(workplace.engine) as connection:
        applied = [row.id for row in ledger_records.plans(connection)]
    if name not in applied:
        raise unknown_plan(name, dict.fromkeys([*workplace.office.plans, *applied]))


def _as_json(row: BoardRow) -> dict[str, Any]:
    """The shape that docs/reference/json.md describes."""
    shape = row._asdict()
    inner_due_on = shape.pop("inner_due_on")
    for key in ("provisional", "answering", "shown_unit"):
        del shape[key]
    return {**shape, "inner_due_on": inner_due_on}


def _plan_lines(rows: list[BoardRow], on: date, *, is_full: bool, with_ids: bool) -> Iterator[str]:
    standing = [] if is_full else [row for row in rows if _is_standing(row)]
    shown = [row for row in rows if is_full or not _is_standing(row)]
    yield from _id_lines(shown) if with_ids else _row_lines(shown, on)
    yield from _standing_lines(standing)


def _id_lines(rows: list[BoardRow]) -> list[str]:
    cells = [(_due(row), LIGHTS[row.light], STAGES[row.stage], row.obligation) for row in rows]
    return table(cells, {}, ("期限", "灯", "阶段", "编号"), indent="  ") if cells else []


def _row_lines(rows: list[BoardRow], on: date) -> list[str]:
    cells = []
    for _, of_unit in groupby(rows, key=lambda row: row.unit):
        first, *others = (_cells(row, on) for row in of_unit)
        cells += [first, *(("", *rest) for _, *rest in others)]
    return table(cells, _ELASTIC, _HEADINGS, indent="  ") if cells else []


def _is_standing(row: BoardRow) -> bool:
    """Whether this is a row of the plan without a date of its own, and without anything said."""
    return row.kind == ItemKind.DUTY.value and row.due_on is None and row.stage in _STANDING


def _standing_lines(rows: list[BoardRow]) -> Iterator[str]:
    if not rows:
        return
    units = Counter(row.unit for row in rows)
    leads = sum(row.role == Role.LEAD.value for row in rows)
    part = f"（牵头 {leads} 项）" if leads else ""
    yield f"  另有 {len(units)} 个单位的常年事项 {len(rows)} 项{part}，用 --kind duty 列出"


def _cells(row: BoardRow, on: date) -> tuple[str, ...]:
    return (
        row.shown_unit,
        _due(row),
        _remaining(row),
        LIGHTS[row.light],
        STAGES[row.stage],
        _title(row),
        _last_entry(row, on),
    )


def _due(row: BoardRow) -> str:
    if row.inner_due_on:
        return f"{row.inner_due_on} {weekday(row.inner_due_on)}重报"
    if row.due_on is None:
        return "—" if row.kind in (ItemKind.ASSIGNMENT, ItemKind.DUTY) else "无日期"
    return f"{row.due_on} {weekday(row.due_on)}" + (PROVISIONAL if row.provisional else "")


def _remaining(row: BoardRow) -> str:
    if row.working_days_left is None or row.stage.is_silent:
        return "—"
    if row.light is StatusLight.RED:
        return f"逾期{-row.working_days_left}"
    return str(row.working_days_left)


def _title(row: BoardRow) -> str:
    kind = ItemKind(row.kind)
    if kind is ItemKind.DUTY:
        return f"{'、'.join(row.duties)} {row.title}"
    return "任务分工（签收）" if kind is ItemKind.ASSIGNMENT else row.title


def _last_entry(row: BoardRow, on: date) -> str:
    last = row.last_entry
    if last is None:
        return ""
    day = str(last["on"]) if last["on"].year != on.year else f"{last['on']:%m-%d}"
    return f"{day} {ENTRIES[EntryKind(last['kind'])]}"


def _totals(rows: Iterable[BoardRow]) -> str:
    lights = Counter(row.light for row in rows)
    if not lights:
        return "没有符合条件的事项。"
    counted = "，".join(f"{LIGHTS[light]} {lights[light]}" for light in StatusLight)
    return f"共 {sum(lights.values())} 项：{counted}"
