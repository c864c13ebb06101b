"""``duban outbox``: the mails queued, sent and failed, with reasons."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from duban.cli.layout import folded, table
from duban.cli.options import AsJson, AsOf
from duban.cli.output import show
from duban.errors import WrongUsage
from duban.service.mail_words import CHANNELS, MAIL_STATES
from duban.service.opening import moment_for, open_workplace, sender_of
from duban.service.sending.mails import Mail, MailStory, Outbox, list_mails, retry_mail, show_mail
from duban.service.words import POSTS
from duban.settings import Settings
from duban.store.database import Record
from duban.store.outbox import MailState
from models.policy import NoticeKind
from models.roster import Post
from notifications.wording import LABELS, local_time


class Action(StrEnum):
    """What is done with the outbox."""

    LIST = "list"
    SHOW = "show"
    RETRY = "retry"


def outbox(
    action: Annotated[Action, typer.Argument(metavar="[list|show|retry]")] = Action.LIST,
    number: Annotated[
        int | None,
        typer.Argument(
            metavar="[ID]", help="A mail's number, for show and retry.", min=1, max=2**31 - 1
        ),
    ] = None,
    state: Annotated[
        MailState | None, typer.Option("--state", help="list: only mails of this state.")
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """List the mails with their state and its reason, show one, or let a failed one go again.

    list prints the newest 500 and the addresses that do not work; show prints a mail's attempts,
    its notices and, where it still waits, its text; retry revives a failed mail.
    """
    if (number is None) != (action is Action.LIST):
        raise WrongUsage(
            f"outbox {action.value} takes {'no' if number else 'the'} number of a mail"
        )
    settings = Settings.read()
    workplace = open_workplace(settings)
    on = moment_for(workplace, as_of, settings.timezone).as_of
    zone = ZoneInfo(settings.timezone)
    if number is None:
        found = list_mails(workplace, state, on)
        show(_list_as_json(found), _list_lines(found, zone), as_json)
        return
    if action is Action.RETRY:
        retry_mail(workplace, number, on)
    sender = sender_of(settings) if settings.mail_from else None
    story = show_mail(workplace, number, on, sender)
    has_link = sender is not None and sender.page is not None
    show(_story_as_json(story), _story_lines(story, zone, has_link), as_json)


def _list_as_json(found: Outbox) -> dict[str, object]:
    return {
        "counts": found.counts,
        "held": found.held,
        "nudges": found.nudges,
        "mails": [_mail_as_json(mail) for mail in found.mails],
        "defects": [
            {"address": row.address, "because": row.because, "opened_at": _instant(row.opened_at)}
            for row in found.defects
        ],
    }


def _mail_as_json(mail: Mail) -> dict[str, object]:
    row = mail.row
    return {
        "id": row.id,
        "channel": row.channel,
        "recipient": row.recipient,
        "subject": mail.subject,
        "state": row.state,
        "reason": row.reply,
        "on": row.on,
        "attempts": row.attempts,
        "next_attempt_at": _instant(row.next_attempt_at),
        "sent_on": row.sent_on,
        "sent_at": _instant(row.sent_at),
    }


def _story_as_json(story: MailStory) -> dict[str, object]:
    return _mail_as_json(story.mail) | {
        "tries": [
            {"at": _instant(row.at), "outcome": row.outcome, "reply": row.reply}
            for row in story.attempts
        ],
        "notices": [
            {
                "obligation": row.id,
                "kind": row.notice_kind,
                "step": row.step,
                "reason": row.reason,
                "role": row.recipient_role,
                "unit": row.unit,
                "title": row.title,
                "due_on": row.due_on,
            }
            for row in story.notices
        ],
        "round_ups": [row.plan_id for row in story.round_ups],
        "text": story.text,
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def _list_lines(found: Outbox, zone: ZoneInfo) -> Iterator[str]:
    rows = [
        (
            str(mail.row.id),
            MAIL_STATES[mail.row.state],
            CHANNELS[mail.row.channel],
            str(mail.row.sent_on or mail.row.on),
            mail.row.recipient,
            mail.subject or "—",
            _reason(mail.row, zone),
        )
        for mail in found.mails
    ]
    if rows:
        headings = ("编号", "状态", "渠道", "日期", "收件人", "主题", "原因")
        yield from table(rows, {5: 36, 4: 22, 6: 20}, headings)
        yield ""
    yield f"共 {sum(found.counts.values())} 封{_counted(found.counts)}"
    if found.held:
        yield f"其中 {found.held} 封因收件人本周邮件已达上限，缓至下周再发"
    if found.nudges:
        yield f"群机器人和短信提示 {sum(found.nudges.values())} 条{_counted(found.nudges)}"
    if found.defects:
        yield ""
        yield f"不能送达的地址 {len(found.defects)} 个；更正名册后用 duban outbox retry 编号 重发："
        for row in found.defects:
            yield from folded(f"  {row.address}　{row.because}", hanging="    ")


def _counted(counts: Mapping[str, int]) -> str:
    known = [(state, counts.get(state, 0)) for state in MailState]
    counted = "，".join(f"{MAIL_STATES[state]} {count}" for state, count in known if count)
    return f"：{counted}" if counted else ""


def _reason(row: Record, zone: ZoneInfo) -> str:
    if row.state == MailState.SENT:
        return ""
    later = f"，{local_time(row.next_attempt_at, zone)} 再试" if row.next_attempt_at else ""
    return f"{row.reply or ''}{later}".removeprefix("，")


def _story_lines(story: MailStory, zone: ZoneInfo, has_link: bool) -> Iterator[str]:
    row = story.mail.row
    yield f"{CHANNELS[row.channel]} {row.id}　{MAIL_STATES[row.state]}"
    yield f"  收件人：{row.recipient}"
    yield from folded(f"  主题：{story.mail.subject or '—'}", hanging=" " * 8)
    yield f"  日期：{row.sent_on or row.on}"
    if row.reply:
        yield from folded(f"  服务器答复：{row.reply}", hanging=" " * 4)
    yield f"  未成功的投递 {len(story.attempts)} 次"
    for attempt in story.attempts:
        kind = "暂时" if attempt.outcome == "temporary" else "永久"
        said = f"    {local_time(attempt.at, zone)} {kind}：{attempt.reply}"
        yield from folded(said, hanging=" " * 6)
    yield f"  通知 {len(story.notices)} 条"
    cells = [_notice_cells(notice) for notice in story.notices]
    yield from table(cells, {3: 20, 2: 12}, indent="    ")
    for plan in story.round_ups:
        yield f"  督办周报：{plan.plan_id}"
    if story.text:
        yield ""
        yield "如在今天发出："
        yield from (f"  {line}".rstrip() for line in story.text.splitlines())
        if has_link:
            yield "（邮件另有办理页面的链接，这里不显示：谁有链接，谁就能以收件人的名义答复）"


def _notice_cells(row: Record) -> tuple[str, ...]:
    post = POSTS[Post(row.recipient_role)]
    due = str(row.due_on) if isinstance(row.due_on, date) else "—"
    return LABELS[NoticeKind(row.notice_kind)], due, f"{row.unit}（{post}）", row.title, row.step
