"""Which failures another try may cure."""

from typing import Any

from prefect.client.schemas.objects import State, TaskRun

from duban.errors import DubanError


def may_pass(_task: Any, _task_run: TaskRun, state: State[Any]) -> bool:
    """Whether the failure may be gone in a while: an expected error says the same each time."""
    return not isinstance(state.data, DubanError)
