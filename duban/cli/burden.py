"""``duban burden``: what each unit was asked in a period, and by whom."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any

import typer

from duban.cli.layout import table
from duban.cli.names import units_named, unknown_plan
from duban.cli.options import AsJson, day
from duban.cli.output import print_json, write
from duban.errors import WrongUsage
from duban.service.burden import Asked, Burden
from duban.service.burden import burden as asked_of
from duban.service.opening import moment_for, open_workplace
from duban.settings import Settings
from duban.store import ledger_records
from duban.store.database import reading
from notifications.wording import full_day

_HEADINGS = (
    "单位",
    "方案",
    "交办",
    "提醒",
    "催办",
    "督查单",
    "决定",
    "报送",
    "数据",
    "邮件",
    "缓发",
)
_COUNTED = ("assignments", "reminders", "chases", "slips", "decisions", "reports", "figures")
_ELASTIC = {0: 12}


def burden(
    plan: Annotated[
        str | None, typer.Argument(metavar="[PLAN]", help="One plan; all in the ledger if none.")
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="U", help="One unit, by any of its names.")
    ] = None,
    first: Annotated[
        date | None,
        typer.Option("--from", parser=day, metavar="DATE", help="1 January of the last day."),
    ] = None,
    last: Annotated[
        date | None, typer.Option("--to", parser=day, metavar="DATE", help="The last day; today.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show how many things each unit was asked in a period, and by which plan and issuer.

    Units stand in the order of the document; there is no ranking.
    """
    settings = Settings.read()
    workplace = open_workplace(settings)
    until = moment_for(workplace, last, settings.timezone).as_of
    since = first or until.replace(month=1, day=1)
    if until < since:
        raise WrongUsage(f"--to {until} lies before --from {since}")
    with reading(workplace.engine) as connection:
        applied = [row.id for row in ledger_records.plans(connection)]
    if plan and plan not in applied:
        raise unknown_plan(plan, applied)
    rows = asked_of(workplace, since, until, plan)
    if unit:
        wanted = units_named(workplace.office, unit, (row.unit for row in rows))
        rows = [row for row in rows if {row.unit, row.answering} & wanted]
    if as_json:
        print_json([_as_json(row) for row in rows])
        return
    write(f"基层负担　{full_day(since)} 至 {full_day(until)}")
    for line in _lines(rows):
        write(line)


def _as_json(row: Burden) -> dict[str, Any]:
    shape = row._asdict() | {"asked": [each._asdict() for each in row.asked]}
    del shape["shown_unit"]
    return shape


def _lines(rows: list[Burden]) -> Iterator[str]:
    if not rows:
        yield "这一时期没有向任何单位提出要求。"
        return
    cells = [cell for row in rows for cell in _cells(row)]
    yield from table(cells, _ELASTIC, _HEADINGS, indent="  ")
    issuers = {each.plan: each.issuer for row in rows for each in row.asked}
    for plan, issuer in issuers.items():
        yield f"{plan}　{issuer or '（已不在 matrices 中）'}"
    mails, held = sum(row.mails for row in rows), sum(row.held for row in rows)
    yield f"共 {len(rows)} 个单位，邮件 {mails} 封，缓发 {held} 封。按文件中的顺序，不排名。"
    yield "同一事项发给几个岗位只计一次；一封邮件可含多个事项。"
    yield "“报送”是期内到期的报送事项，“数据”是所要的指标；“缓发”是因已达上限缓到下周的邮件。"


def _cells(row: Burden) -> Iterator[tuple[str, ...]]:
    units = (row.shown_unit, *("" for _ in row.asked[1:]))
    for unit, each in zip(units, row.asked, strict=True):
        yield (unit, each.plan, *_numbers([each]), str(each.mails), str(each.held))
    if len(row.asked) > 1:
        yield ("", "合计", *_numbers(row.asked), str(row.mails), str(row.held))


def _numbers(asked: Sequence[Asked]) -> Iterator[str]:
    return (str(sum(getattr(each, name) for each in asked)) for name in _COUNTED)
