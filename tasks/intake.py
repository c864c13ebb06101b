"""Reading answers: what is in the mailbox goes into the ledger."""

from datetime import date

from prefect import task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE

from duban.service.intake.opening import read_mailbox
from duban.service.intake.report import for_the_office, intake_report
from duban.service.intake.run import IntakeSummary
from duban.service.opening import open_workplace
from duban.settings import Settings
from tasks.retries import may_pass


@task(
    retries=2,
    retry_delay_seconds=30,
    retry_condition_fn=may_pass,
    timeout_seconds=3600,
    cache_policy=NO_CACHE,
)
def read_answers(as_of: date | None) -> IntakeSummary:
    """Read every mail that waits; cut off and repeated, it goes on where it stood."""
    return read_mailbox(Settings.read(), as_of)


@task(retries=2, retry_delay_seconds=5, timeout_seconds=120, cache_policy=NO_CACHE)
def publish_intake(summary: IntakeSummary) -> None:
    """Leave a report, and a table of what waits for the office; nothing of a run without mail."""
    if not (summary.received or summary.undone):
        return
    create_markdown_artifact(intake_report(summary), key="intake-report")
    workplace = open_workplace(Settings.read(), sound_plans_only=True)
    waiting = for_the_office(workplace)
    workplace.engine.dispose()
    if waiting:
        create_table_artifact(waiting, key="intake-office", description="待人工办理的来信")
