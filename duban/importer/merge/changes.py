"""What importing again changes, keeps or asks, as a person reads it."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from duban.importer.review.words import due
from duban.importer.yaml_text import Value

_FIELDS = {
    "number": "编号",
    "title": "名称",
    "section": "章节",
    "clauses": "举措",
    "lead": "牵头单位",
    "lead_confirmed": "牵头单位已确认",
    "joint_lead": "共同牵头",
    "units": "责任单位",
    "open_ended": "单位未列全",
    "funding": "资金渠道",
    "targets": "指标",
    "links": "相关事项",
    "source": "出处",
    "note": "备注",
    "document_number": "文号",
    "issuer": "发文机关",
    "issued_on": "印发日期",
    "period": "期限",
    "status": "状态",
    "jurisdiction": "地区",
    "coordinator": "统筹单位",
    "addressees": "主送",
    "kind": "类别",
    "who": "由谁",
    "besides": "除外",
    "to": "报送对象",
    "due": "期限",
    "duties": "涉及事项",
    "external": "管辖以外",
    "feeds": "汇入",
    "question": "问题",
    "proposal": "建议",
}
_SAID = {"true": "是", "false": "否", "issued": "已印发", "draft": "草稿"}
_SHOWN = 60
_AROUND = 12


class ChangeKind(StrEnum):
    """What becomes of a field or an entry."""

    ADDED = "added"
    UPDATED = "updated"
    KEPT = "kept"
    REMOVED = "removed"
    DELETED = "deleted"
    ASKED = "asked"
    SETTLED = "settled"


class Change(NamedTuple):
    """One change: where (row number, key, or plan), which field, the file's value, the document's.

    ``document_before`` is the document's value at the last import, where the lock has it. Only
    ``added``, ``updated`` and ``asked`` change the file.
    """

    kind: ChangeKind
    where: str
    field: str
    before: Value
    now: Value
    remark: str = ""
    document_before: Value = None

    @property
    def is_written(self) -> bool:
        """Whether it changes the file."""
        return self.kind in (ChangeKind.ADDED, ChangeKind.UPDATED, ChangeKind.ASKED)

    def as_json(self) -> dict[str, object]:
        """Plain values for JSON."""
        return self._asdict() | {"kind": str(self.kind)}


_WORDS = {
    ChangeKind.ADDED: "+ 新增",
    ChangeKind.UPDATED: "~ 更新",
    ChangeKind.KEPT: "! 保留",
    ChangeKind.REMOVED: "! 文件已无",
    ChangeKind.DELETED: "  已删未加",
    ChangeKind.ASKED: "? 新问题",
    ChangeKind.SETTLED: "  不再提出",
}


def changes_in_words(changes: Sequence[Change]) -> Iterator[str]:
    """One line for each change; those of a row's place in the document are only counted."""
    places = 0
    for change in changes:
        if change.kind is ChangeKind.UPDATED and change.field == "source":
            places += 1
        else:
            yield _line(change)
    if places:
        yield f"~ 更新　{places} 项的出处（行号、原文）"


def field_in_words(field: str) -> str:
    """The Chinese name of a field."""
    return _FIELDS.get(field, field)


def differing(before: Value, now: Value) -> tuple[Value, Value]:
    """The two values without what lists have in common."""
    if isinstance(before, list) and isinstance(now, list):
        mine: list[Value] = [value for value in before if value not in now]
        its: list[Value] = [value for value in now if value not in before]
        return mine, its
    return before, now


def since_last_import(change: Change) -> str:
    """What the document changed in a list of names since its last import; empty if not known."""
    was, now = differing(change.document_before, change.now or [])
    if not isinstance(was, list) or not isinstance(now, list):
        return ""
    return f"比上次导入{_more_and_less(was, now)}"


def is_names(value: Value) -> bool:
    """Whether it is a list of plain texts, such as units."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def value_in_words(value: Value) -> str:
    """A value on one line, cut where it is long."""
    return _cut(_words(value))


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return (text[:_SHOWN] + "…" if len(text) > _SHOWN else text) or "（无）"


def _words(value: Value) -> str:
    if isinstance(value, list):
        return ("、" if is_names(value) else "；").join(map(_words, value))
    if isinstance(value, dict) and "rule" in value:
        return due(dict(value))
    if isinstance(value, dict):
        said = [value.get("metric"), value.get("cmp"), value.get("value"), value.get("unit")]
        known = said if "metric" in value else list(value.values())
        return " ".join(_words(each) for each in known if each)
    return _SAID.get(value or "", value or "")


def _line(change: Change) -> str:
    where = "全文" if change.where == "plan" else change.where
    head = f"{_WORDS[change.kind]}　{where}"
    if change.field:
        head += f" {field_in_words(change.field)}"
    said = _both(change) if change.field else _sole(change)
    return f"{head}：{said}" + (f"（{change.remark}）" if change.remark else "")


def _sole(change: Change) -> str:
    return value_in_words(change.now if change.now is not None else change.before)


def _both(change: Change) -> str:
    is_kept = change.kind is ChangeKind.KEPT
    if is_kept and (since := since_last_import(change)):
        return f"文件{since}；仍用“{value_in_words(change.before)}”"
    before, now = differing(change.before, change.now)
    if isinstance(before, list) and isinstance(now, list) and is_names(before + now):
        said = _more_and_less(before, now)
        return f"与保留的写法相比，文件{said}" if is_kept else said
    old, new = _apart(_words(before), _words(now))
    if is_kept:
        return f"“{old}”，文件现在写“{new}”"
    return f"{old} → {new}"


def _more_and_less(before: list[Value], now: list[Value]) -> str:
    if len(before) == len(now) == 1 and len(_words(before) + _words(now)) > _SHOWN:
        return " → ".join(_apart(_words(before), _words(now)))
    more, less = "、".join(map(_words, now)), "、".join(map(_words, before))
    parts = [f"增 {_cut(more)}"] * bool(more) + [f"减 {_cut(less)}"] * bool(less)
    return "；".join(parts) or "顺序不同"


def _apart(before: str, now: str) -> tuple[str, str]:
    """Two texts, of long ones the part in which they differ with a few characters around it."""
    if max(len(before), len(now)) <= _SHOWN:
        return _cut(before), _cut(now)
    head = _head(before, now)
    tail = _head(before[head:][::-1], now[head:][::-1])
    begin = max(head - _AROUND, 0)
    ends = (len(text) - max(tail - _AROUND, 0) for text in (before, now))
    dots = "…" if begin else ""
    parts = [f"{dots}{text[begin:end]}" for text, end in zip((before, now), ends, strict=True)]
    return _cut(parts[0]), _cut(parts[1])


def _head(one: str, other: str) -> int:
    """How many characters two texts have in common at the beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, its) in pairs if mine != its), min(len(one), len(other)))
