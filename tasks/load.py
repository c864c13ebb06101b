"""Opening: the office's files and the ledger."""

from datetime import date

from prefect import task
from prefect.cache_policies import NO_CACHE

from duban.service.opening import moment_for, open_workplace
from duban.service.runs import Run
from duban.settings import Settings
from tasks.retries import may_pass


@task(
    retries=2,
    retry_delay_seconds=10,
    retry_condition_fn=may_pass,
    timeout_seconds=300,
    cache_policy=NO_CACHE,
)
def open_run(flow: str, as_of: date | None) -> Run:
    """Read settings and files, open the ledger and put the run on record as begun."""
    settings = Settings.read()
    workplace = open_workplace(settings, sound_plans_only=True)
    return Run(flow, workplace, moment_for(workplace, as_of, settings.timezone))
