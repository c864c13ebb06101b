"""The run between the daily ones: what is still in the outbox is sent."""

from datetime import date
from typing import Any

from prefect import State, flow

from tasks.deliver import deliver as send
from tasks.ending import outcome, telling_name
from tasks.load import open_run
from tasks.publish import close_run, publish


@flow(flow_run_name=telling_name)
async def deliver(as_of: date | None = None) -> dict[str, Any] | State[Any]:
    """Send what is queued as of a day (today, if none is named), and report; the run's counts."""
    run = open_run("deliver", as_of)
    send(run)
    summary, sent = close_run(run)
    publish("deliver", summary, sent)
    return outcome(summary)
