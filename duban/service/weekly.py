"""The weekly round-up of each plan to its coordinating office (督办周报)."""

from collections.abc import Callable
from datetime import date, timedelta

from duban.service.round_up import has_open
from duban.service.runs import Run, Summary
from duban.service.sending.deliver import Channel
from duban.service.workplace import Moment, Workplace
from duban.store import ledger_records, planning
from duban.store.database import reading, writing
from notifications.message import Sender


def run_weekly(
    workplace: Workplace,
    channel: Channel | None,
    sender: Sender | None,
    moment: Moment,
    progress: Callable[[str, int], None] = lambda _what, _done: None,
) -> Summary:
    """Queue the week's round-up of every plan that has something open, and send what is queued.

    Once a week and plan, however often it is run; on a rest day the mail waits for a workday.

    Raises:
        UnknownYear: the day's year has no published workdays.
    """
    run = Run("weekly", workplace, moment)
    queue_round_ups(workplace, moment)
    run.send(channel, sender, lambda done: progress("sent", done))
    return run.finish()


def queue_round_ups(workplace: Workplace, moment: Moment) -> int:
    """Put the round-ups of this week into the offices' mails; returns how many are new."""
    week = moment.as_of - timedelta(days=moment.as_of.weekday())
    on = workplace.calendar.on_or_after(moment.as_of)
    with reading(workplace.engine) as connection:
        applied = [
            row.id for row in ledger_records.plans(connection) if row.id in workplace.office.plans
        ]
    with writing(workplace.engine, turn=planning.TURN) as connection:
        return sum(
            planning.queue_round_up(connection, plan, week, _address(workplace, plan, on), on)
            for plan in applied
            if has_open(connection, workplace, plan, on)
        )


def _address(workplace: Workplace, plan: str, on: date) -> str:
    return workplace.rosters[plan].office(on).address
