"""``duban inbox``: mails that came in and need a person."""

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from duban.cli.layout import folded, table
from duban.cli.occasion import occasion
from duban.cli.options import AsJson, AsOf, By
from duban.cli.output import show
from duban.errors import WrongUsage
from duban.service.intake.inbox import (
    Inbox,
    ReceivedMail,
    list_received,
    raw_received,
    settle_received,
    show_received,
)
from duban.service.mail_words import RECEIVED_STATES, checks_made
from duban.service.opening import open_workplace
from duban.service.words import ENTRIES
from duban.settings import Settings
from duban.store.database import Record
from duban.store.received import ReceivedState
from models.entry import EntryKind
from notifications.wording import clean, local_time

_LONGEST = 2000
_KINDS = {
    "reply": "回信",
    "bounce": "退信",
    "automatic": "自动回复",
    "echo": "转回",
    "unreadable": "出错",
}


class Action(StrEnum):
    """What is done with the inbox."""

    LIST = "list"
    SHOW = "show"
    SETTLE = "settle"


def inbox(
    action: Annotated[Action, typer.Argument(metavar="[list|show|settle]")] = Action.LIST,
    number: Annotated[
        int | None,
        typer.Argument(
            metavar="[ID]", help="A mail's number, for show and settle.", min=1, max=2**31 - 1
        ),
    ] = None,
    raw: Annotated[
        bool, typer.Option("--raw", help="show: the mail as it came, byte for byte.")
    ] = False,
    text: Annotated[
        str, typer.Option("--text", metavar="TEXT", help="settle: what was done about it.")
    ] = "",
    by: By = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """List the mails that need a person, show one, or note that it has been dealt with.

    list prints the oldest 500 that wait; show prints what was checked, understood and entered;
    settle takes a mail off the list and keeps --text with it. Enter what a mail says with
    `duban report`, `complete` and their like.
    """
    if (number is None) != (action is Action.LIST):
        raise WrongUsage(f"inbox {action.value} takes {'no' if number else 'the'} number of a mail")
    settings = Settings.read()
    workplace = open_workplace(settings)
    zone = ZoneInfo(settings.timezone)
    if number is None:
        found = list_received(workplace)
        show(_list_as_json(found), _list_lines(found, zone), as_json)
        return
    if raw:
        sys.stdout.buffer.write(raw_received(workplace, number))
        return
    if action is Action.SETTLE:
        if not text.strip() or len(text) > _LONGEST:
            raise WrongUsage("settle needs --text: what was done about the mail", "2000 at most")
        when = occasion(workplace, settings, as_of, by)
        settle_received(workplace, number, clean(text), when)
    story = show_received(workplace, number)
    show(_story_as_json(story), _story_lines(story, zone), as_json)


def _list_as_json(found: Inbox) -> dict[str, object]:
    return {"counts": found.counts, "mails": [_mail_as_json(row) for row in found.mails]}


def _mail_as_json(row: Record) -> dict[str, object]:
    return {
        "id": row.id,
        "received_at": _instant(row.received_at),
        "sender": row.sender,
        "subject": row.subject,
        "kind": row.kind,
        "state": row.state,
        "because": row.because,
        "mail": row.outbox_id,
        "settled_by": row.settled_by,
        "settled_at": _instant(row.settled_at),
        "settled_text": row.settled_text,
    }


def _story_as_json(story: ReceivedMail) -> dict[str, object]:
    row = story.row
    return _mail_as_json(row) | {
        "content": row.content,
        "message_id": row.message_id,
        "text": row.text,
        "checks": json.loads(row.checks) if row.checks else None,
        "reading": json.loads(row.reading) if row.reading else None,
        "entries": [
            {"id": entry.id, "obligation": entry.obligation_id, "kind": entry.kind, "on": entry.on}
            for entry in story.entries
        ],
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def _list_lines(found: Inbox, zone: ZoneInfo) -> Iterator[str]:
    rows = [
        (
            str(row.id),
            RECEIVED_STATES[row.state],
            local_time(row.received_at, zone),
            row.sender or "—",
            row.subject or "—",
            row.because,
        )
        for row in found.mails
    ]
    if rows:
        headings = ("编号", "状态", "收到", "发件人", "主题", "原因")
        yield from table(rows, {4: 14, 5: 28, 3: 26}, headings)
        yield ""
    known = [(state, found.counts.get(state, 0)) for state in ReceivedState]
    counted = "，".join(f"{RECEIVED_STATES[state]} {count}" for state, count in known if count)
    yield f"来信共 {sum(found.counts.values())} 封{'：' if counted else ''}{counted}"


def _story_lines(story: ReceivedMail, zone: ZoneInfo) -> Iterator[str]:
    row = story.row
    yield f"来信 {row.id}　{_KINDS[row.kind]}　{RECEIVED_STATES[row.state]}"
    yield f"  收到：{local_time(row.received_at, zone)}"
    yield f"  发件人：{row.sender or '不明'}"
    yield from folded(f"  主题：{row.subject or '—'}", hanging=" " * 8)
    if row.outbox_id:
        yield f"  回复的邮件：{row.outbox_id}（duban outbox show {row.outbox_id}）"
    if row.because:
        yield from folded(f"  原因：{row.because}", hanging=" " * 8)
    if row.checks:
        yield from folded(f"  核验：{_checked(row.checks)}", hanging=" " * 8)
    for entry in story.entries:
        word = ENTRIES[EntryKind(entry.kind)]
        yield from folded(f"  已登记：{entry.on} {word}　{entry.obligation_id}", hanging=" " * 8)
    if row.settled_at:
        done = f"{local_time(row.settled_at, zone)} {row.settled_by}：{row.settled_text}"
        yield from folded(f"  处理：{done}", hanging=" " * 8)
    yield ""
    for line in row.text.splitlines() or ["（没有正文）"]:
        yield from folded(f"  {line}".rstrip(), hanging="  ")


def _checked(checks: str) -> str:
    return "，".join(f"{name} {found}" for name, found in checks_made(json.loads(checks)))
