"""The run of the week: each plan's round-up to its coordinating office."""

from datetime import date
from typing import Any

from prefect import State, flow

from tasks.deliver import deliver
from tasks.ending import outcome, telling_name
from tasks.load import open_run
from tasks.plan import round_up
from tasks.publish import close_run, publish


@flow(flow_run_name=telling_name)
async def weekly(as_of: date | None = None) -> dict[str, Any] | State[Any]:
    """Queue the round-ups of the week of a day, send what is queued, and report; its counts."""
    run = open_run("weekly", as_of)
    round_up(run)
    deliver(run)
    summary, sent = close_run(run)
    publish("weekly", summary, sent)
    return outcome(summary)
