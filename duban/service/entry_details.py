"""What an entry says beside its text, for people."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from duban.service.words import DATES, changed
from duban.store.database import Record
from models.entry import EntryKind
from notifications.wording import full_day


def details(entry: Record) -> list[tuple[str, str]]:
    """Each part with its name; what is not known is shown as it is stored."""
    found = json.loads(entry.detail) if entry.detail else {}
    return list(_details(EntryKind(entry.kind), found))


def _details(kind: EntryKind, found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in found.items():
        match name, value:
            case "until", str(day):
                yield DATES.get(kind, "日期"), full_day(date.fromisoformat(day))
            case "nil", _:
                yield "零报告", "本期没有需要报告的内容"
            case "passages", _:
                yield from map(_passage, value)
            case "to", _:
                yield "转给", str(value)
            case "from", _:
                yield "转自", str(value)
            case _, [before, after]:
                yield changed(name, before, after)
            case _:
                yield name, str(value)


def _passage(passage: Mapping[str, Any]) -> tuple[str, str]:
    figures = "，".join(f"{item['metric']}：{item['value']}" for item in passage.get("figures", ()))
    parts = (passage.get("text", ""), f"（{figures}）" if figures else "")
    return f"第{passage.get('number', '？')}项", "\n".join(filter(None, parts))
