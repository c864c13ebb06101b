"""Planning: what is to be said is put into the outbox."""

from prefect import task
from prefect.cache_policies import NO_CACHE

from duban.service.runs import Run
from duban.service.weekly import queue_round_ups
from tasks.progress import shown
from tasks.retries import may_pass


@task(
    retries=2,
    retry_delay_seconds=10,
    retry_condition_fn=may_pass,
    timeout_seconds=3600,
    cache_policy=NO_CACHE,
)
def plan_day(run: Run) -> None:
    """Queue what is to be said on the run's day; a repeat queues only what is missing."""
    run.plan(shown(f"{run.flow}-planning", "计划", run.count_due()))


@task(
    retries=2,
    retry_delay_seconds=10,
    retry_condition_fn=may_pass,
    timeout_seconds=600,
    cache_policy=NO_CACHE,
)
def round_up(run: Run) -> None:
    """Queue each plan's round-up of the week, once a week."""
    queue_round_ups(run.workplace, run.moment)
