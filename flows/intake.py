"""The run that reads the mailbox: answers, bounces, and what the office must look at."""

from datetime import date
from typing import Any

from prefect import State, flow
from prefect.states import Completed

from duban.errors import AlreadyRunning
from duban.settings import Settings
from tasks.ending import outcome, stood_aside, telling_name
from tasks.intake import publish_intake, read_answers


@flow(flow_run_name=telling_name)
async def intake(as_of: date | None = None) -> dict[str, Any] | State[Any]:
    """Read the answers that have come in by mail, and report; the run's counts.

    Where no mailbox is set there is nothing to read, and that is no failure.
    """
    if Settings.read().imap is None:
        return Completed(name="NoMailbox", message="DUBAN_IMAP_URL is not set")
    try:
        summary = read_answers(as_of)
        publish_intake(summary)
        return outcome(summary)
    except AlreadyRunning as rival:
        return stood_aside(rival)
