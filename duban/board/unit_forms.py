"""What was filled in on a unit's page, checked field by field."""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from duban.board.row_fields import NIL_AND_MORE, figure_field, kept, passage_field, passages
from duban.service.entries import Saying
from duban.service.unit_page.page import Detail
from models.entry import BY_UNIT, EntryKind, Via
from models.obligation import ItemKind
from models.strict import FIRST_YEAR, LAST_YEAR
from notifications.wording import month_after

LONGEST = 5000
"""Characters of one field."""

NUMBER = re.compile(r"[A-Za-z0-9_-]{22}")
"""What the number of a form looks like."""

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")

_TEXTS = {
    EntryKind.EXTENSION_REQUESTED: "extension-text",
    EntryKind.DECLINED: "decline-text",
}
FILES_ALONE = "evidence"
"""The act of handing in files without a word."""


class Filled(NamedTuple):
    """A form as it was understood; with errors, by the field's id, nothing of it is done."""

    act: str
    saying: Saying | None
    event_on: date | None
    errors: dict[str, str]


def filled(detail: Detail, words: dict[str, str], has_files: bool, today: date) -> Filled:
    """What a form on an item's page says."""
    act = words.get("act", "")
    errors = {
        name: f"文字过长：请压缩到{LONGEST}字以内（现在{len(value)}字）。"
        for name, value in words.items()
        if len(value) > LONGEST
    }
    event_on = _event_day(words, today, errors)
    if act == FILES_ALONE:
        if not has_files:
            errors["files"] = "请选择要上传的文件。"
        return Filled(act, None, event_on, errors)
    # What the stage no longer allows is tried all the same: the refusal says what has changed.
    kind = next((kind for kind in BY_UNIT if kind.value == act), None)
    if kind is None:
        errors[""] = "这一项现在不能这样办理。请看“现在可以办理”，再提交一次。"
        return Filled(act, None, event_on, errors)
    return Filled(act, _saying(detail, kind, words, has_files, errors, today), event_on, errors)


def unsent(detail: Detail, words: dict[str, str]) -> list[str]:
    """What was typed into a form that the page offers no more, to be copied from."""
    possible = {kind.value for kind in detail.item.possible}
    if words.get("act", "") in possible | {"", FILES_ALONE}:
        return []
    fields = ["text", *_TEXTS.values(), *(passage_field(a.duty.number) for a in detail.asked)]
    return [words[field] for field in fields if words.get(field, "").strip()]


def _saying(
    detail: Detail,
    kind: EntryKind,
    words: dict[str, str],
    has_files: bool,
    errors: dict[str, str],
    today: date,
) -> Saying:
    text = words.get(_TEXTS.get(kind, "text"), "")
    seen = words.get("seen", "")
    saying = Saying(
        kind, text, via=Via.PAGE, seen=int(seen[:18]) if seen.isascii() and seen.isdecimal() else 0
    )
    if field := _TEXTS.get(kind):
        if not text:
            errors[field] = "请写明理由。"
        if kind is EntryKind.EXTENSION_REQUESTED:
            saying = saying._replace(until=_until(words, errors, today))
        return saying
    told = tuple(passages(detail.asked, words, errors))
    is_nil = "nil" in words
    if is_nil and told:
        errors["nil"] = NIL_AND_MORE
    if kind is EntryKind.REPORTED and not (text or is_nil or told or has_files):
        errors["text"] = "请写明进展情况；没有进展的，请勾选“零报告”。"
    return saying._replace(detail=kept(is_nil, told))


def _until(words: dict[str, str], errors: dict[str, str], today: date) -> date | None:
    day = day_in(words.get("until", ""))
    if day is None:
        errors["until"] = f"请填写希望延期到的日期，例如 {month_after(today)}。"
    return day


def _event_day(words: dict[str, str], today: date, errors: dict[str, str]) -> date | None:
    typed = words.get("event-on", "")
    day = day_in(typed)
    if typed and day is None:
        errors["event-on"] = f"没有看懂这个日期，请按 {today} 的样子填写，或留空。"
    elif day is not None and day > today:
        errors["event-on"] = "材料反映的事情应当已经发生：日期不能晚于今天。"
    return day


def day_in(typed: str) -> date | None:
    """A day as people write it: 2024-11-01, 2024年11月1日, 2024/11/1; None where it is none."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    if found is None:
        return None
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def is_row_by_row(detail: Detail) -> bool:
    """Whether each row has a text of its own: in a report on several rows."""
    return detail.item.line.kind == ItemKind.REPORT


def first_values(detail: Detail) -> dict[str, str]:
    """What the fields hold to begin with: what the unit last wrote row by row."""
    values = {}
    for part in detail.before:
        values[passage_field(part.number)] = part.text
        for figure in part.figures:
            values[figure_field(part.number, figure.metric)] = figure.value
    return values
