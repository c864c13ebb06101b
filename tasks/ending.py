"""How a run ends: well, with work left undone, or because another is at it already."""

from typing import Any

from prefect import State
from prefect.runtime import flow_run
from prefect.states import Cancelled, Failed

from duban import clock
from duban.errors import AlreadyRunning
from duban.service.runs import Counts, Unfinished
from duban.settings import Settings


def telling_name() -> str:
    """``daily-2024-10-21``: the flow and the day the run plans for."""
    day = flow_run.parameters.get("as_of") or clock.today(Settings.read().timezone)
    return f"{flow_run.flow_name}-{day}"


def outcome(summary: Counts) -> dict[str, Any] | State[Any]:
    """The run's counts; where work was left, a failed state that names each piece.

    Whoever awaits the flow is given the counts, or raised ``Unfinished``.
    """
    if summary.undone:
        left = Unfinished(summary)
        return Failed(message=str(left), data=left)
    return summary._asdict()


def stood_aside(rival: AlreadyRunning) -> State[Any]:
    """The quiet end of a run whose work another process is doing; the state says who."""
    return Cancelled(message=str(rival), data=rival)
