"""The run that collates reports: inner dates are told, drafts are put together."""

from datetime import date
from typing import Any

from prefect import State, flow

from tasks.collation import draft, remind, show
from tasks.deliver import deliver
from tasks.ending import outcome, telling_name
from tasks.load import open_run
from tasks.publish import close_run, publish


@flow(flow_run_name=telling_name)
async def collation(as_of: date | None = None) -> dict[str, Any] | State[Any]:
    """Say what the inner dates that have come say, send, and show the drafts; the run's counts."""
    run = open_run("collation", as_of)
    remind(run)
    deliver(run)
    missing, drafts = draft(run)
    summary, sent = close_run(run)
    publish("collation", summary, sent)
    show(missing, drafts)
    return outcome(summary)
