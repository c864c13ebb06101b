"""``duban run``: one run of a flow now, through Prefect or without it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from duban.cli.collation import foresee_collation
from duban.cli.layout import table
from duban.cli.options import AsJson, AsOf
from duban.cli.output import print_json, write
from duban.cli.preview import notice_as_json, notice_lines
from duban.cli.run_flow import run_flow
from duban.cli.run_intake import run_intake
from duban.errors import WorkLeftUndone, WrongUsage
from duban.service.daily import Said, foresee
from duban.service.opening import moment_for, open_channel, open_workplace, sender_of
from duban.service.runs import Summary, run_collation, run_daily, run_deliver
from duban.service.weekly import run_weekly
from duban.service.words import silence
from duban.service.workplace import Workplace
from duban.settings import Settings
from duban.store import ledger_records, planning
from duban.store.database import reading
from models.notice import Notice
from models.obligation import Obligation
from notifications.wording import full_day


class Flow(StrEnum):
    """What can be run."""

    DAILY = "daily"
    DELIVER = "deliver"
    WEEKLY = "weekly"
    COLLATION = "collation"
    INTAKE = "intake"


_RUNS: dict[Flow, Callable[..., Summary]] = {
    Flow.DAILY: run_daily,
    Flow.DELIVER: run_deliver,
    Flow.WEEKLY: run_weekly,
    Flow.COLLATION: run_collation,
}


def run(
    flow: Annotated[Flow, typer.Argument(metavar="daily|deliver|weekly|collation|intake")],
    as_of: AsOf = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be said or entered; write nothing.")
    ] = False,
    no_prefect: Annotated[
        bool, typer.Option("--no-prefect", help="Run in this process alone, without Prefect.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Run one flow now and print what it came to.

    daily plans the day and sends; deliver only sends what is queued; weekly sends the round-ups;
    collation tells leads and office who has not reported by the inner dates of a report; intake
    reads the answers that came by mail.
    Exit code 1 if work was left undone, each piece named; 3 in a year without published workdays,
    or where another run is at the same work.
    """
    if flow is Flow.INTAKE:
        run_intake(as_of, dry_run=dry_run, no_prefect=no_prefect, as_json=as_json)
        return
    if dry_run and flow is Flow.COLLATION:
        foresee_collation(as_of, as_json)
        return
    if dry_run:
        _foresee(flow, as_of, as_json)
        return
    summary = _run_here(flow, as_of) if no_prefect else run_flow(flow.value, as_of)
    if as_json:
        print_json(summary._asdict())
    else:
        _print(summary)
    if summary.undone:
        raise WorkLeftUndone(f"work was left undone: {'; '.join(summary.undone)}")


def _run_here(flow: Flow, as_of: date | None) -> Summary:
    settings = Settings.read()
    channel = open_channel(settings)
    sender = sender_of(settings) if channel else None
    workplace = open_workplace(settings, sound_plans_only=True)
    moment = moment_for(workplace, as_of, settings.timezone)
    try:
        return _RUNS[flow](workplace, channel, sender, moment)
    finally:
        if channel:
            channel.close()


def _print(summary: Summary) -> None:
    write(f"{full_day(date.fromisoformat(summary.as_of))}")
    write(
        f"  台账在办 {summary.obligations_open} 项，今日应提示 {summary.due} 项，"
        f"生成通知 {summary.notices} 条"
    )
    write(
        f"  待发邮件 {summary.messages_queued} 封，已发 {summary.messages_sent} 封，"
        f"退信 {summary.messages_failed} 封"
    )
    if summary.messages_held:
        write(f"  其中 {summary.messages_held} 封因收件人本周邮件已达上限，缓至下周再发")
    if summary.nudges_sent:
        write(f"  群机器人和短信提示 {summary.nudges_sent} 条")
    _print_silences([(item["obligation"], item["because"]) for item in summary.skipped])


def _print_silences(silences: list[tuple[str, str]]) -> None:
    if not silences:
        return
    write(f"  保持沉默 {len(silences)} 项：")
    units: dict[tuple[str, str], list[str]] = {}
    for key, because in silences:
        item, _, unit = key.rpartition("/")
        units.setdefault((item, because), []).append(unit)
    rows = []
    for (item, because), of_units in units.items():
        step, _, why = because.partition(": ")
        who = of_units[0] if len(of_units) == 1 else f"{len(of_units)}个单位"
        rows.append((item, who, step, silence(why)))
    for line in table(rows, {3: 30, 1: 12, 0: 24}, indent="    "):
        write(line)


def _foresee(flow: Flow, as_of: date | None, as_json: bool) -> None:
    if flow is not Flow.DAILY:
        raise WrongUsage(
            f"--dry-run is for daily and collation, not for {flow.value}",
            "`duban outbox` lists the mails that wait",
        )
    settings = Settings.read()
    workplace = open_workplace(settings)
    on = moment_for(workplace, as_of, settings.timezone).as_of
    notices, said = foresee(workplace, on)
    items = _items(workplace, {notice.obligation.partition("/")[0] for notice in notices})
    summary = _foreseen(workplace, on, notices, said)
    if as_json:
        shown = [notice_as_json(notice, items[notice.obligation].duties) for notice in notices]
        print_json(summary._asdict() | {"foreseen": shown})
    else:
        _print_foreseen(workplace, on, notices, {key: item.title for key, item in items.items()})
        _print_silences([(item["obligation"], item["because"]) for item in summary.skipped])
    if summary.undone:
        raise WorkLeftUndone(f"work would be left undone: {'; '.join(summary.undone)}")


def _foreseen(workplace: Workplace, on: date, notices: list[Notice], said: Said) -> Summary:
    """The summary that planning would give; nothing is queued or sent."""
    with reading(workplace.engine) as connection:
        is_open = planning.count_open(connection)
    return Summary(
        as_of=on.isoformat(),
        obligations_open=is_open,
        due=said.due,
        notices=said.notices,
        messages_queued=len({to.address for notice in notices for to in notice.recipients}),
        messages_sent=0,
        messages_failed=0,
        skipped=[
            {"obligation": silent.obligation, "because": f"{silent.step}: {silent.because}"}
            for silent in said.silences
        ],
        undone=[f"{key} cannot be planned: {because}" for key, because in said.failures],
    )


def _items(workplace: Workplace, plans: Iterable[str]) -> dict[str, Obligation]:
    with reading(workplace.engine) as connection:
        return {
            key: entry.obligation
            for plan in plans
            for key, entry in ledger_records.kept(connection, plan).items()
        }


def _print_foreseen(
    workplace: Workplace, on: date, notices: list[Notice], titles: Mapping[str, str]
) -> None:
    rest = "" if workplace.calendar.is_workday(on) else "，休息日，不发通知"
    write(f"{full_day(on)}{rest}　将生成通知 {len(notices)} 条（只看，不写入）")
    if notices:
        for line in notice_lines(notices, titles, {}):
            write(line)
