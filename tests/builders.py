"""Small builders of what tests need: a plan, its roster, an office, a ledger database."""

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import create_engine, make_url

from duban.loader.office import load_office
from duban.planner.ladder import Ladders
from duban.service.workplace import Workplace
from duban.store.database import Record, open_database, reading
from duban.store.ledger import Occasion
from duban.store.migrate import migrate
from duban.store.tables import ENTRY, NOTICE, OBLIGATION, OUTBOX
from models.matrix import Duty, Implicit, Matrix, ObligationSpec, Source
from models.obligation import ItemKind, Stage, Standing
from models.office import Office, Plan
from models.policy import Policy
from models.reach import Reach
from models.roster import Roster
from models.units import Group, Jurisdiction, Registry
from models.workdays import WorkCalendar

MATRICES = Path(__file__).parents[1] / "matrices"
SOURCE = Source(place="一、第一句", line=1, text="原文")
PLACE = "某市"
LAST_DAY = date(2024, 12, 31)


@cache
def shipped() -> Office:
    """The office as it ships: five plans, the standard policy, the workdays of 2022 to 2026."""
    return load_office(MATRICES)


def calendar() -> WorkCalendar:
    """The shipped workdays."""
    return shipped().calendar


def standard(**ladders: Any) -> Policy:
    """The standard policy, with some of its fields replaced (written as in YAML)."""
    return Policy.model_validate(shipped().policies["standard"].model_dump() | ladders)


def ladders(policy: Policy | None = None, last_day: date = LAST_DAY) -> Ladders:
    """The ladders of a plan that ends on this day, on the shipped workdays."""
    return Ladders(policy or standard(), calendar(), last_day)


def sentences(table: Iterable[tuple[Any, ...]]) -> list[Any]:
    """The rows of a table as parameters of a test; each begins with the sentence that names it."""
    return [pytest.param(*row[1:], id=row[0]) for row in table]


def duty(number: str = "1", units: Iterable[str] = ("甲局", "乙局"), **fields: Any) -> Duty:
    """A row."""
    given = {"number": number, "title": f"第{number}项", "section": "任务", "source": SOURCE}
    return Duty.model_validate(given | {"units": tuple(units)} | fields)


def report(key: str = "summary", on: str | None = "2024-10-20", **fields: Any) -> ObligationSpec:
    """A report that 甲局 owes by a stated day; without one, it has no date."""
    due = {"rule": "stated-day", "on": on} if on else None
    given = {"key": key, "kind": "report", "title": "工作总结", "who": ("甲局",), "due": due}
    return ObligationSpec.model_validate(given | {"source": SOURCE} | fields)


def matrix(**fields: Any) -> Matrix:
    """A plan of 2024, issued on 2024-01-02: one row of two units, one report of 甲局."""
    given = {
        "id": "plan-2024",
        "title": "某方案",
        "document_number": "某府办〔2024〕1号",
        "issuer": "某市人民政府办公室",
        "issued_on": "2024-01-02",
        "period": {"first": "2024-01-01", "last": LAST_DAY},
        "status": "issued",
        "jurisdiction": PLACE,
        "coordinator": "某办",
        "duties": (duty(),),
        "obligations": (report(),),
    }
    return Matrix.model_validate(given | fields)


def implicit(units: Iterable[str], duties: Iterable[str]) -> Implicit:
    """A sentence that adds units to many rows."""
    return Implicit(units=tuple(units), duties=tuple(duties), because="不再单独列出", source=SOURCE)


def address(unit: str, post: str) -> str:
    """The address that :func:`roster` gives a post of a unit."""
    return f"{post}@{unit.encode().hex()}.example"


def roster(units: Iterable[str], **contacts: dict[str, Any]) -> Roster:
    """A roster with all three posts of each unit; ``contacts`` replaces those of some units."""
    posts = ("liaison", "officer_in_charge", "head")
    entries = [
        {"unit": unit, **contacts.get(unit, {post: address(unit, post) for post in posts})}
        for unit in units
    ]
    office = {"unit": "某办", "contact": "office@coordination.example"}
    inspection = {"unit": "督查室", "contact": "office@inspection.example"}
    return Roster.model_validate(
        {
            "plan": "plan-2024",
            "coordinating_office": office,
            "inspection_office": inspection,
            "contacts": entries,
        }
    )


def place(units: Iterable[str], groups: Iterable[Group] = ()) -> Jurisdiction:
    """A jurisdiction with these units."""
    return Jurisdiction.model_validate(
        {"name": PLACE, "units": [{"name": unit} for unit in units], "groups": tuple(groups)}
    )


def reach(units: Iterable[str], **contacts: dict[str, Any]) -> Reach:
    """Who answers for these units where no unit has a successor."""
    names = list(units)
    return Reach(roster(names, **contacts), place(names))


def plan(
    content: Matrix | None = None,
    units: Iterable[str] = ("甲局", "乙局", "丙局"),
    groups: Iterable[Group] = (),
    policy: Policy | None = None,
    contacts: Roster | None = None,
) -> Plan:
    """A plan with all that is needed to run it; every unit can be reached."""
    return Plan(
        matrix=content or matrix(),
        roster=contacts or roster(units),
        place=place(units, groups),
        policy=policy or standard(),
    )


def office(*plans: Plan) -> Office:
    """An office with these plans on the shipped workdays."""
    registry = Registry(jurisdictions=(place(()),))
    return Office({item.id: item for item in plans}, registry, {}, calendar())


def standing(due_on: date | None = date(2024, 10, 20), **fields: Any) -> Standing:
    """An item of 甲局 as the ledger holds it, applied on 2024-01-02, nothing said yet."""
    item = Standing(
        id="plan-2024/summary/甲局",
        plan="plan-2024",
        unit="甲局",
        kind=ItemKind.REPORT,
        stage=Stage.ASSIGNED,
        due_on=due_on,
        revision=1,
        armed_on=date(2024, 1, 2),
        said_through=None,
    )
    return item._replace(**fields)


def assignment(**fields: Any) -> Standing:
    """The assignment of 甲局, applied on Tuesday 2024-01-02, nothing said yet."""
    given = {"id": "plan-2024/assignment/甲局", "kind": ItemKind.ASSIGNMENT}
    return standing(None, **(given | fields))


def instant(day: date) -> datetime:
    """09:00 in Shanghai on a day."""
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def occasion(day: str, by: str = "督办专班") -> Occasion:
    """09:00 in Shanghai on a day, and who acts."""
    on = date.fromisoformat(day)
    return Occasion(on, instant(on), by)


@contextmanager
def ledger_at(url: str, content: Office) -> Iterator[Workplace]:
    """An empty ledger database beside an office; its connections are closed at the end."""
    engine = open_database(url)
    try:
        migrate(engine)
        yield Workplace(content, engine)
    finally:
        engine.dispose()


def new_database(postgres_url: str) -> str:
    """The URL of an empty place on a PostgreSQL server: a schema of its own is made in a moment."""
    name = f"ledger_{secrets.token_hex(6)}"
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    engine.dispose()
    url = make_url(postgres_url).update_query_dict({"options": f"-csearch_path={name}"})
    return url.render_as_string(hide_password=False)


def ledger_url(request: pytest.FixtureRequest, folder: Path) -> str:
    """An empty database of the kind that the fixture's parameter names: SQLite or PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{folder / 'duban.db'}"
    return new_database(request.getfixturevalue("postgres_url"))


def edited(workplace: Workplace, content: Office) -> Workplace:
    """The same ledger after somebody has edited the office's files."""
    return replace(workplace, office=content)


class Said(NamedTuple):
    """A rung as the ledger has it: said to a recipient, or (recipient empty) why it was not."""

    obligation: str
    revision: int
    step: str
    on: date
    recipient: str
    reason: str


def said(workplace: Workplace, only: Callable[[Said], bool] = lambda _row: True) -> list[Said]:
    """The rungs that the ledger holds, said or silent, in the order in which they came."""
    with reading(workplace.engine) as connection:
        rows = connection.execute(NOTICE.select().order_by(NOTICE.c.id))
        found = [
            Said(row.obligation_id, row.revision, row.step, row.on, row.recipient, row.reason)
            for row in rows
        ]
    return [row for row in found if only(row)]


def spoken(row: Said) -> bool:
    """Whether a rung was said to somebody."""
    return bool(row.recipient)


def items(workplace: Workplace) -> dict[str, Record]:
    """The ledger's obligations by id."""
    with reading(workplace.engine) as connection:
        return {row.id: row for row in connection.execute(OBLIGATION.select())}


def state(workplace: Workplace) -> list[list[tuple[Any, ...]]]:
    """Everything in the ledger that applying or running may change, for comparison."""
    with reading(workplace.engine) as connection:
        return [
            [tuple(row) for row in connection.execute(table.select().order_by(table.c.id))]
            for table in (OBLIGATION, ENTRY, NOTICE, OUTBOX)
        ]
