"""What the people who watch the runs read of an intake, in Chinese."""

from duban.service.intake.run import IntakeSummary
from duban.service.workplace import Workplace
from duban.store import received
from duban.store.database import reading

SHOWN = 200
"""A table lists so many mails; ``duban inbox`` has all of them."""


def intake_report(summary: IntakeSummary) -> str:
    """The report of a run, in Markdown."""
    lines = [
        f"# 收取回信　{summary.as_of}",
        "",
        "| 新到 | 已登记 | 待人工办理 | 不需办理 | 退信 |",
        "|---:|---:|---:|---:|---:|",
        f"| {summary.received} | {summary.acted} | {summary.office}"
        f" | {summary.ignored} | {summary.bounces} |",
        "",
        "## 未完成的工作" if summary.undone else "全部工作已完成。",
        "",
        *(f"- {' '.join(item.split())}" for item in summary.undone),
    ]
    return "\n".join(lines)


def for_the_office(workplace: Workplace) -> list[dict[str, str]]:
    """The mails that wait for the office, at most ``SHOWN``, oldest first."""
    with reading(workplace.engine) as connection:
        rows = received.waiting(connection, SHOWN)
    return [
        {"编号": str(row.id), "发件人": row.sender, "主题": row.subject, "原因": row.because}
        for row in rows
    ]
