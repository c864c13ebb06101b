"""台账: the ledger by plan, unit and light, and each plan with its counts."""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Response

from duban.board.office.pages import OfficeRoute, not_found, office_page
from duban.board.office.queue import number_of
from duban.board.session import Visit, visiting
from duban.service.board import BoardRow, board, in_document_order
from duban.service.desk.queue import PAGE
from duban.service.words import LIGHTS
from duban.store import ledger_records
from duban.store.database import Record, reading
from models.account import Right
from models.obligation import StatusLight
from notifications.wording import clean

ROUTER = APIRouter(route_class=OfficeRoute)

Reader = Annotated[Visit, Depends(visiting(Right.READ))]


@ROUTER.get("/office/ledger")
def ledger(
    visit: Reader, plan: str = "", unit: str = "", light: str = "", page: str = "1"
) -> Response:
    """Items by plan, in the order of its document, narrowed down, page by page."""
    lights = [StatusLight(light)] if light in set(StatusLight) else []
    chosen = {"plan": clean(plan), "unit": clean(unit), "light": light if lights else ""}
    rows = _ordered(
        visit,
        board(visit.workplace, visit.on, chosen["plan"] or None, chosen["unit"] or None, lights),
    )
    pages = max(1, -(-len(rows) // PAGE))
    at = min(max(number_of(page), 1), pages)
    return office_page(
        visit,
        "ledger.html.j2",
        rows=rows[(at - 1) * PAGE : at * PAGE],
        total=len(rows),
        at=at,
        pages=pages,
        chosen=chosen,
        query="".join(f"&{urlencode({name: value})}" for name, value in chosen.items() if value),
        plan_choices=[(row.id, row.title) for row in _plans(visit)],
        light_choices=[(item.value, f"{LIGHTS[item]}灯") for item in StatusLight],
    )


@ROUTER.get("/office/plans")
def plans(visit: Reader) -> Response:
    """The plans that were applied."""
    rows = board(visit.workplace, visit.on)
    lights = {row.id: Counter[StatusLight]() for row in _plans(visit)}
    for row in rows:
        lights.setdefault(row.plan, Counter()).update([row.light])
    return office_page(visit, "plans.html.j2", plans=_plans(visit), lights=lights)


@ROUTER.get("/office/plans/{plan}")
def one_plan(plan: str, visit: Reader) -> Response:
    """One plan: how many items stand where, and each unit's share of it."""
    kept = next((row for row in _plans(visit) if row.id == plan), None)
    if kept is None:
        raise not_found("这个方案")
    rows = _ordered(visit, board(visit.workplace, visit.on, plan))
    units = {row.unit: Counter[StatusLight]() for row in rows}
    for row in rows:
        units[row.unit].update([row.light])
    return office_page(
        visit,
        "plan.html.j2",
        kept=kept,
        plan=visit.workplace.office.plans.get(plan),
        total=len(rows),
        stages=Counter(row.stage for row in rows),
        lights=Counter(row.light for row in rows),
        units=units,
    )


def _ordered(visit: Visit, rows: Iterable[BoardRow]) -> list[BoardRow]:
    """Plan by plan, in the order of each document."""
    plans = visit.workplace.office.plans
    return [
        row
        for plan, of_plan in groupby(rows, key=lambda row: row.plan)
        for row in in_document_order(of_plan, plans.get(plan))
    ]


def _plans(visit: Visit) -> list[Record]:
    with reading(visit.workplace.engine) as connection:
        return ledger_records.plans(connection)
