"""Delivering: what is in the outbox goes to the mail server."""

from contextlib import nullcontext

from prefect import task
from prefect.cache_policies import NO_CACHE

from duban.service.opening import open_channel, sender_of
from duban.service.runs import Run
from duban.settings import Settings
from tasks.progress import shown
from tasks.retries import may_pass


@task(
    retries=2,
    retry_delay_seconds=30,
    retry_condition_fn=may_pass,
    timeout_seconds=4 * 3600,
    cache_policy=NO_CACHE,
)
def deliver(run: Run) -> None:
    """Send what is queued; cut off and repeated, it goes on where it stood."""
    settings = Settings.read()
    sender = sender_of(settings) if settings.smtp else None
    with open_channel(settings) or nullcontext() as channel:
        run.send(channel, sender, shown(f"{run.flow}-sending", "投递", run.count_waiting()))
