"""The run of the day: chase, escalate and deliver everything that falls due."""

from datetime import date
from typing import Any

from prefect import State, flow

from duban.errors import AlreadyRunning
from tasks.deliver import deliver
from tasks.ending import outcome, stood_aside, telling_name
from tasks.load import open_run
from tasks.plan import plan_day
from tasks.publish import close_run, publish


@flow(flow_run_name=telling_name)
async def daily(as_of: date | None = None) -> dict[str, Any] | State[Any]:
    """Plan one day (today, if none is named), send what it says, and report.

    The counts of the run; a cancelled state where another process is planning.
    """
    try:
        run = open_run("daily", as_of)
        plan_day(run)
        deliver(run)
        summary, sent = close_run(run)
        publish("daily", summary, sent)
        return outcome(summary)
    except AlreadyRunning as rival:
        return stood_aside(rival)
