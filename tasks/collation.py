"""Collating: what the inner dates of reports say is queued, and how the reports stand is shown."""

from prefect import task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE

from duban.reports.markdown import markdown
from duban.reports.summary import summary_paper
from duban.service.collation import not_reported, open_reports, queue_inner_dates
from duban.service.run_report import Row
from duban.service.runs import Run
from models.collation import Chain
from tasks.retries import may_pass

Drafts = dict[str, str]
"""The summaries under way, in Markdown, by the key of their artifact."""


@task(
    retries=2,
    retry_delay_seconds=10,
    retry_condition_fn=may_pass,
    timeout_seconds=600,
    cache_policy=NO_CACHE,
)
def remind(run: Run) -> None:
    """Queue what the inner dates say on the run's day; a repeat queues only what is missing."""
    run.said += queue_inner_dates(run.workplace, run.moment.as_of)


@task(
    retries=2,
    retry_delay_seconds=10,
    retry_condition_fn=may_pass,
    timeout_seconds=600,
    cache_policy=NO_CACHE,
)
def draft(run: Run) -> tuple[list[Row], Drafts]:
    """Who has not reported, and the summaries that are being collated, as they stand."""
    opened = open_reports(run.workplace, run.moment.as_of)
    drafts = {_key(one.way): markdown(summary_paper(one.summary)) for one in opened}
    return not_reported(opened), drafts


def _key(way: Chain) -> str:
    return f"collation-{way.plan}-{way.key}".replace("/", "-")


@task(retries=2, retry_delay_seconds=5, timeout_seconds=120, cache_policy=NO_CACHE)
def show(missing: list[Row], drafts: Drafts) -> None:
    """Leave a table of those who have not reported, and each draft, where there is any."""
    if missing:
        create_table_artifact(missing, key="collation-missing", description="未报送单位")
    for key, text in drafts.items():
        create_markdown_artifact(text, key=key, description="总结初稿")
