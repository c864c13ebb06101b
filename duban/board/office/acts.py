"""The forms of one obligation: what each asks for, and what becomes of what is typed in."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from duban.board.row_fields import NIL_AND_MORE, kept, passage_field, passages
from duban.board.session import Form
from duban.service.asked import Asked
from duban.service.desk.item import Detail
from duban.service.entries import Saying
from models.answer import Passage
from models.entry import BY_OFFICE, BY_UNIT, EntryKind, Via
from notifications.wording import month_after

REGISTER = "register"
"""The form by which the office enters a unit's answer; the others bear their entry's name."""

LONGEST = 5000

ROW_BY_ROW = (EntryKind.REPORTED, EntryKind.COMPLETED)
"""What may be said about each row of a report."""

_FURTHEST_YEARS = 10
_PREFIX = f"{REGISTER}-"
_TOO_LONG = f"文字太长，最多{LONGEST}字"


class Act(NamedTuple):
    """One form: its heading and button, the words of its fields, and what must be filled in.

    ``date`` is empty where the act has none. ``is_grave``: it gives work to a unit again.
    """

    title: str
    hint: str
    text: str = "备注（可不填）"
    date: str = ""
    needs_text: bool = False
    needs_date: bool = False
    is_grave: bool = False


ACTS: dict[EntryKind, Act] = {
    EntryKind.ACCEPTED: Act("认可", "成果符合要求；认可后再销号。"),
    EntryKind.RETURNED: Act(
        "退办",
        "退回单位重办，理由随即通知该单位。",
        "退办理由",
        "重新报送期限（不填则按规则计算）",
        needs_text=True,
        is_grave=True,
    ),
    EntryKind.CLOSED_OUT: Act("销号", "认可的成果销号归档。"),
    EntryKind.DECLINE_REFUSED: Act(
        "不予退件",
        "仍由该单位办理，理由随即通知该单位。",
        "理由",
        needs_text=True,
        is_grave=True,
    ),
    EntryKind.EXTENSION_GRANTED: Act(
        "准予延期", "新的期限随即通知该单位；原期限仍留在记录里。", date="延期至"
    ),
    EntryKind.EXTENSION_REFUSED: Act(
        "不予延期", "原期限不变，理由随即通知该单位。", "理由", needs_text=True
    ),
    EntryKind.REASSIGNED: Act(
        "转办",
        "转给另一单位办理，原单位的记录保留；两家单位都会收到通知。",
        "理由",
        needs_text=True,
    ),
    EntryKind.SUSPENDED: Act(
        "暂缓",
        "到期之前不再催办，剩余时间保留。",
        "理由",
        "暂缓至",
        needs_text=True,
        needs_date=True,
    ),
    EntryKind.RESUMED: Act("恢复办理", "从今天起继续计时，期限相应顺延。"),
}
"""What the office decides; the order is that of the page."""

assert set(ACTS) == set(BY_OFFICE)


def offered(detail: Detail) -> list[EntryKind]:
    """The decisions that are possible now, in the order of the page."""
    return [kind for kind in ACTS if kind in detail.acts]


def registrable(detail: Detail) -> list[EntryKind]:
    """What a unit could say now, and the office can enter for it."""
    return [kind for kind in BY_UNIT if kind in detail.acts]


def kind_of(form: Form) -> EntryKind | None:
    """What the form is about; None where it is nothing that a person may enter."""
    name = form["act"]
    wanted: tuple[EntryKind, ...] = BY_OFFICE
    if name == REGISTER:
        name, wanted = form["register-kind"], BY_UNIT
    return next((kind for kind in wanted if kind.value == name), None)


def told(
    form: Form, kind: EntryKind, asked: Sequence[Asked]
) -> tuple[tuple[Passage, ...], dict[str, str]]:
    """What is entered for a unit about single rows, and what must be mended there."""
    if form["act"] != REGISTER or kind not in ROW_BY_ROW:
        return (), {}
    typed = {name.removeprefix(_PREFIX): text for name, text in form.typed.items()}
    wrong = {
        passage_field(row.duty.number): _TOO_LONG
        for row in asked
        if len(typed.get(passage_field(row.duty.number), "")) > LONGEST
    }
    found = tuple(passages(asked, typed, wrong))
    if found and form[f"{REGISTER}-nil"]:
        wrong["nil"] = NIL_AND_MORE
    return found, {f"{_PREFIX}{field}": words for field, words in wrong.items()}


def missing(
    form: Form, kind: EntryKind, today: date, units: tuple[str, ...], *, has_rows: bool = False
) -> dict[str, str]:
    """What must be mended before the form can be taken: field to words."""
    name, act = form["act"], ACTS.get(kind)
    needs_text = act.needs_text if act else kind in _WORDS_NEEDED
    needs_date = act.needs_date if act else kind is EntryKind.EXTENSION_REQUESTED
    found: dict[str, str] = {}
    is_said = has_rows or (kind is EntryKind.REPORTED and bool(form[f"{name}-nil"]))
    if needs_text and not is_said and not form[f"{name}-text"]:
        found[f"{name}-text"] = "请写明理由" if act else "请写明内容"
    if len(form[f"{name}-text"]) > LONGEST:
        found[f"{name}-text"] = _TOO_LONG
    if wrong := _wrong_date(form[f"{name}-until"], today, is_needed=needs_date):
        found[f"{name}-until"] = wrong
    if kind is EntryKind.REASSIGNED and form[f"{name}-unit"] not in units:
        found[f"{name}-unit"] = "请选择承接单位"
    return found


_WORDS_NEEDED = frozenset({EntryKind.REPORTED, EntryKind.DECLINED, EntryKind.EXTENSION_REQUESTED})


def saying(form: Form, kind: EntryKind, rows: tuple[Passage, ...] = ()) -> Saying:
    """What the form says, once nothing is missing."""
    name = form["act"]
    until = form[f"{name}-until"]
    is_nil = kind is EntryKind.REPORTED and bool(form[f"{name}-nil"])
    return Saying(
        kind,
        form[f"{name}-text"],
        date.fromisoformat(until) if until and _is_dated(kind) else None,
        detail=kept(is_nil, rows),
        via=Via.OFFICE_PAGE,
        seen=seen(form),
    )


def seen(form: Form) -> int | None:
    """The last entry that the form's author had before them."""
    text = form["seen"]
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else 0


def _is_dated(kind: EntryKind) -> bool:
    act = ACTS.get(kind)
    return bool(act.date) if act else kind is EntryKind.EXTENSION_REQUESTED


def _wrong_date(text: str, today: date, *, is_needed: bool) -> str:
    if not text:
        return "请写明日期" if is_needed else ""
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        day = None
    if day is None:
        return f"没有这个日期；请写成 {month_after(today)} 的样子"
    return "" if abs(day.year - today.year) <= _FURTHEST_YEARS else "日期离今天太远，请核对"
