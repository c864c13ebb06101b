"""What the people who watch the runs read of one: a report and two tables, in Chinese."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from duban.service.runs import Run, Summary
from duban.store import mail_records
from duban.store.database import reading

SHOWN = 200
"""A table lists so many lines; the ledger and the outbox have all of them."""

Row = dict[str, str]
"""One line of a table, by the headings."""

NAMES = {"daily": "每日督办", "deliver": "投递", "weekly": "每周汇总", "collation": "报告汇总"}


def report(flow: str, summary: Summary) -> str:
    """The report of a run, in Markdown."""
    lines = [
        f"# {NAMES[flow]}　{summary.as_of}",
        "",
        "| 台账在办 | 今日应提示 | 生成通知 | 待发邮件 | 已发 | 退信 |",
        "|---:|---:|---:|---:|---:|---:|",
        f"| {summary.obligations_open} | {summary.due} | {summary.notices}"
        f" | {summary.messages_queued} | {summary.messages_sent} | {summary.messages_failed} |",
        "",
        "## 未完成的工作" if summary.undone else "全部工作已完成。",
        "",
        *(f"- {_cell(item)}" for item in summary.undone),
    ]
    return "\n".join(lines)


def gone_out(run: Run, timezone: str) -> list[Row]:
    """The mails that went on the run's day, at most ``SHOWN``; times in the office's zone."""
    with reading(run.workplace.engine) as connection:
        mails = mail_records.gone_out(connection, run.moment.as_of, SHOWN)
    return [
        {
            "收件人": mail.recipient,
            "主题": mail.subject,
            "时间": _local(mail.sent_at, timezone),
            "服务器答复": mail.reply,
        }
        for mail in mails
    ]


def silent(summary: Summary) -> list[Row]:
    """What stays silent and why, at most ``SHOWN``."""
    return [
        {"事项": entry["obligation"], "原因": entry["because"]} for entry in summary.skipped[:SHOWN]
    ]


def _local(at: datetime, timezone: str) -> str:
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return aware.astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M")


def _cell(text: str) -> str:
    return " ".join(text.split())
