"""``duban evidence``: what was handed in for an obligation (佐证材料), in and out."""

import shutil
from contextlib import closing
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from duban.cli.occasion import occasion
from duban.cli.options import AsJson, AsOf, By, day
from duban.cli.output import print_json, print_table, write
from duban.errors import WrongUsage
from duban.service.evidence.locker import fetch, hand_in, list_evidence, open_content, pair
from duban.service.opening import open_workplace
from duban.service.workplace import Workplace
from duban.settings import Settings
from duban.store.database import Record
from models.entry import Via
from notifications.words import WAYS


class Action(StrEnum):
    """What is done with evidence."""

    LIST = "list"
    GET = "get"
    ADD = "add"
    PAIR = "pair"


_MEGABYTE = 1024 * 1024
_HEADINGS = ["编号", "事项", "文件", "大小", "事件日期", "提交", "方式", "提交人", "对应", "说明"]
_NEEDS = {
    Action.LIST: "list OBLIGATION or list PLAN",
    Action.GET: "get NUMBER --out FILE",
    Action.ADD: "add OBLIGATION FILE",
    Action.PAIR: "pair NUMBER NUMBER",
}


def evidence(
    action: Annotated[Action, typer.Argument(metavar="list|get|add|pair")],
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="An obligation or plan, or evidence's number.")
    ],
    other: Annotated[
        str | None, typer.Argument(metavar="[OTHER]", help="add: a file; pair: a number.")
    ] = None,
    *,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="get: where it is put.")
    ] = None,
    event_on: Annotated[
        date | None,
        typer.Option("--event-on", parser=day, metavar="DATE", help="add: the day it shows."),
    ] = None,
    note: Annotated[str, typer.Option("--text", metavar="TEXT", help="add: what it is.")] = "",
    by: By = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """List what was handed in for an obligation or a plan, take one out, add one, pair two.

    add stores a file once by its content, whatever its name; pair says that two pieces of one
    obligation are the stamped scan and the editable original of the same document.
    """
    if (other is None) != (action in (Action.LIST, Action.GET)) or (out is None) != (
        action is not Action.GET
    ):
        raise WrongUsage(f"this is not how {action.value} is called", _NEEDS[action])
    settings = Settings.read()
    workplace = open_workplace(settings)
    match action, other:
        case Action.GET, _:
            assert out is not None
            row = _get(workplace, _number(what), out)
            if not as_json:
                write(f"已取出：{row.file_name} → {out}")
                return
            rows = [row]
        case Action.ADD, str(path):
            when = occasion(workplace, settings, as_of, by)
            limit = settings.upload_megabytes * _MEGABYTE
            with _opened(Path(path)) as file:
                name = Path(path).name
                rows = [hand_in(workplace, what, file, name, when, event_on, note, limit=limit)]
        case Action.PAIR, str(number):
            rows = pair(workplace, _number(what), _number(number))
        case _:
            rows = list_evidence(workplace, what)
    _say(rows, as_json)


def _opened(path: Path) -> Any:
    try:
        return path.open("rb")
    except OSError as error:
        raise WrongUsage(f"{path} cannot be read: {error.strerror}") from None


def _get(workplace: Workplace, number: int, out: Path) -> Record:
    row = fetch(workplace, number)
    try:
        with closing(open_content(workplace, row)) as content, out.open("xb") as file:
            shutil.copyfileobj(content, file)
    except FileExistsError:
        raise WrongUsage(f"{out} is there already", "nothing is written over") from None
    except OSError as error:
        raise WrongUsage(f"{out} cannot be written: {error.strerror}") from None
    return row


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):  # noqa: PLR2004
        raise WrongUsage(f'"{text}" is no number of evidence', "`duban evidence list` shows them")
    return int(text)


def _say(rows: list[Record], as_json: bool) -> None:
    if as_json:
        print_json([_as_json(row) for row in rows])
    elif rows:
        print_table(_HEADINGS, [_line(row) for row in rows])
    else:
        write("没有材料")


def _line(row: Record) -> list[str]:
    return [
        str(row.id),
        row.obligation_id,
        row.file_name,
        f"{max(1, row.size // 1024)} KB",
        str(row.event_on or ""),
        str(row.on),
        WAYS[Via(row.via)],
        row.by,
        str(row.pair or ""),
        row.note,
    ]


def _as_json(row: Record) -> dict[str, object]:
    keys = ("id", "obligation_id", "content", "file_name", "media_type", "size", "event_on")
    more = ("on", "at", "by", "via", "note", "pair", "received_id")
    return {key: getattr(row, key) for key in (*keys, *more)}
