"""A ledger full of obligations of many units, for the benches."""

from datetime import date, datetime

from duban.service.workplace import Workplace
from duban.store import mapping
from duban.store.database import writing
from duban.store.tables import OBLIGATION, PLAN
from models.obligation import ItemKind, Obligation, Role
from models.office import Office, Plan
from models.roster import Roster, UnitContacts

PLAN_ID = "zhongshan-2023"
UNITS = 1000

AS_OF = date(2024, 9, 30)
"""Ten working days before T of DUE_ON: the day of the second reminder."""

DUE_ON, LATER_ON = date(2024, 10, 20), date(2024, 12, 30)


def crowded(office: Office) -> Office:
    """The real office with one plan and a roster of a thousand units."""
    plan = office.plans[PLAN_ID]
    contacts = [
        UnitContacts.model_validate({"unit": f"单位{n}", "liaison": f"liaison@unit{n}.example"})
        for n in range(UNITS)
    ]
    roster = Roster.model_validate(plan.roster.model_dump() | {"contacts": contacts})
    crowd = Plan(plan.matrix, roster, plan.place, plan.policy)
    return Office({plan.id: crowd}, office.registry, office.policies, office.calendar)


def fill(workplace: Workplace, count: int, due: int, rows: int = 0) -> None:
    """Put ``count`` open obligations into an empty ledger, ``due`` of them due on AS_OF.

    ``rows`` gives each unit so many rows of the plan, which its reminders then list.
    """
    plan = workplace.plan(PLAN_ID)
    with writing(workplace.engine) as connection:
        connection.execute(PLAN.insert(), [_plan_row(workplace, plan)])
        reports = [_report(workplace, n, count // due, rows) for n in range(count)]
        connection.execute(OBLIGATION.insert(), reports)
        duties = [_duty(plan, unit, row) for unit in range(UNITS) for row in range(1, rows + 1)]
        if duties:
            connection.execute(OBLIGATION.insert(), duties)


def _plan_row(workplace: Workplace, plan: Plan) -> dict[str, object]:
    return {
        "id": plan.id,
        "title": plan.matrix.title,
        "document_number": plan.matrix.document_number,
        "issued_on": plan.matrix.issued_on,
        "last_day": plan.matrix.period.last,
        "coordinator": plan.matrix.coordinator,
        "applied_on": plan.matrix.issued_on,
        "applied_at": datetime.fromisoformat("2023-03-07T01:00:00+00:00"),
        "applied_by": "bench",
        "fingerprint": "",
        "rules": workplace.rules_mark(plan.id),
    }


def _report(workplace: Workplace, n: int, every: int, rows: int) -> dict[str, object]:
    is_due, unit = n % every == 0, n // every % UNITS
    numbers = tuple(str(row) for row in range(1, rows + 1))
    item = _item(unit, f"report-{n}", ItemKind.REPORT, "推动落实《行动方案》终期工作总结", numbers)
    item = item._replace(due_on=DUE_ON if is_due else LATER_ON, rule="stated-day", to="市残联")
    first = workplace.ladders[PLAN_ID].steps(item.kind, AS_OF, item.due_on)[0].on
    said = {"said_through": date(2024, 9, 18), "next_on": AS_OF} if is_due else {"next_on": first}
    return _columns(item) | said


def _duty(plan: Plan, unit: int, row: int) -> dict[str, object]:
    title = plan.matrix.duties[row - 1].title
    item = _item(unit, f"duty/{row}", ItemKind.DUTY, title, (str(row),))
    return _columns(item)


def _item(unit: int, key: str, kind: ItemKind, title: str, duties: tuple[str, ...]) -> Obligation:
    name = f"单位{unit}"
    quote = "分别于2023年12月15日前、2024年10月20日前向市残联报送中期、终期工作总结"
    item_id = f"{PLAN_ID}/{key}/{name}"
    role = Role.RESPONSIBLE
    return Obligation(item_id, PLAN_ID, name, kind, role, title, None, None, None, duties, quote)


def _columns(item: Obligation) -> dict[str, object]:
    return mapping.obligation_values(item) | {
        "id": item.id,
        "due_on": item.due_on,
        "stage": "acknowledged",
        "revision": 1,
        "armed_on": date(2023, 3, 7),
        "said_through": None,
        "next_on": None,
    }
