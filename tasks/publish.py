"""Ending: the run is put on record as over, and shown to those who watch the runs."""

from prefect import task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE

from duban.service.run_report import Row, gone_out, report, silent
from duban.service.runs import Run, Summary
from duban.settings import Settings
from tasks.retries import may_pass


@task(
    retries=2,
    retry_delay_seconds=10,
    retry_condition_fn=may_pass,
    timeout_seconds=300,
    cache_policy=NO_CACHE,
)
def close_run(run: Run) -> tuple[Summary, list[Row]]:
    """Record the end of the run in our own database and leave it; what it came to, what went."""
    summary = run.finish()
    sent = gone_out(run, Settings.read().timezone)
    run.workplace.engine.dispose()
    return summary, sent


@task(retries=2, retry_delay_seconds=5, timeout_seconds=120, cache_policy=NO_CACHE)
def publish(flow: str, summary: Summary, sent: list[Row]) -> None:
    """Leave a report, and tables of what went out and of what stays silent, where there is any."""
    create_markdown_artifact(report(flow, summary), key=f"{flow}-report")
    tables = {"sent": (sent, "发出的邮件"), "silent": (silent(summary), "未发出及原因")}
    for name, (rows, title) in tables.items():
        if rows:
            create_table_artifact(rows, key=f"{flow}-{name}", description=title)
