"""What a runner that is gone has left behind: called off, and made up for where need be.

Every run computes from the ledger, so one does for all that were missed, and none has to be
brought to its end.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Cancelled

from duban import clock

OURS = "duban"
"""The tag that marks a deployment as one of a prefect.yaml of ours."""

_FAR = timedelta(hours=12)
_UNFINISHED = [StateType.SCHEDULED, StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
_CUT_OFF = {StateType.CANCELLED, StateType.CRASHED}


async def prune(client: PrefectClient, schedules: Mapping[UUID, Collection[str]]) -> None:
    """Delete our deployments, and schedules of theirs by slug, that the file has no longer.

    Prefect itself keeps them: a schedule of another name would run beside the old one.
    """
    for deployment in await client.read_deployments():
        if deployment.id in schedules:
            for schedule in deployment.schedules:
                if schedule.slug not in schedules[deployment.id]:
                    await client.delete_deployment_schedule(deployment.id, schedule.id)
        elif OURS in deployment.tags:
            await client.delete_deployment(deployment.id)


async def clear(client: PrefectClient, deployment: UUID) -> None:
    """Call off a deployment's overdue and unfinished runs and free their slots.

    Where there were such, or the last run was cut off, one run is started at once, unless the next
    is due within twelve hours: what was missed at nine is not sent at three in the night.
    """
    now = clock.now()
    unfinished = await _unfinished(client, deployment)
    stale = [run for run in unfinished if _begins(run, now) <= now]
    for run in stale:
        because = "left behind by a runner that is gone; a later run does its work"
        await client.set_flow_run_state(run.id, Cancelled(message=because), force=True)
    await _free_slots(client, deployment)
    ahead = [_begins(run, now) for run in unfinished if _begins(run, now) > now]
    is_soon = bool(ahead) and min(ahead) - now < _FAR
    if not is_soon and (stale or await _was_cut_off(client, deployment)):
        await client.create_flow_run_from_deployment(deployment, tags=["made-up-for"])


def _begins(run: FlowRun, otherwise: datetime) -> datetime:
    return run.expected_start_time or otherwise


async def _unfinished(client: PrefectClient, deployment: UUID) -> list[FlowRun]:
    states = FlowRunFilterState(type=FlowRunFilterStateType(any_=_UNFINISHED))
    wanted = FlowRunFilter(deployment_id=FlowRunFilterDeploymentId(any_=[deployment]), state=states)
    found: list[FlowRun] = []
    while page := await client.read_flow_runs(flow_run_filter=wanted, offset=len(found)):
        found += page
    return found


async def _was_cut_off(client: PrefectClient, deployment: UUID) -> bool:
    """Whether the last run that began did not come to an end of its own."""
    wanted = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=[deployment]),
        start_time=FlowRunFilterStartTime(is_null_=False),
    )
    latest = FlowRunSort.START_TIME_DESC
    runs = await client.read_flow_runs(flow_run_filter=wanted, sort=latest, limit=1)
    return any(run.state_type in _CUT_OFF for run in runs)


async def _free_slots(client: PrefectClient, deployment: UUID) -> None:
    """Give back what dead runs still hold of the concurrency limit, which no server would."""
    limit = (await client.read_deployment(deployment)).global_concurrency_limit
    if limit:
        none = GlobalConcurrencyLimitUpdate(active_slots=0)
        await client.update_global_concurrency_limit(limit.name, none)
