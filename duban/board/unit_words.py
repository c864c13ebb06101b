"""The words of a unit's pages that are not a template's own."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from duban.service.board import BoardRow
from duban.service.words import ENTRIES, ITEM_KINDS, ROLES, STAGES
from models.entry import EntryKind
from models.matrix import Target
from models.obligation import ItemKind, Role, Stage, StatusLight

_LIGHTS = {
    StatusLight.GREEN: "绿灯（正常）",
    StatusLight.AMBER: "黄灯（请抓紧）",
    StatusLight.RED: "红灯（已逾期）",
    StatusLight.GREY: "灰灯（暂不办理）",
}
_ACTS = {
    EntryKind.ACKNOWLEDGED: "签收",
    EntryKind.REPORTED: "报告进展",
    EntryKind.COMPLETED: "报送办结",
    EntryKind.DECLINED: "退件",
    EntryKind.EXTENSION_REQUESTED: "申请延期",
}
_WAITING = {
    Stage.COMPLETED: "已报送办结，等待督办专班审核。",
    Stage.ACCEPTED: "督办专班已认可，等待销号。",
    Stage.DECLINED: "已退件，等待督办专班答复或转办。",
    Stage.SUSPENDED: "已暂缓，到期后恢复办理。",
}
_HERE = ZoneInfo("Asia/Shanghai")


def _left(line: BoardRow) -> str:
    """还剩3个工作日, 今日截止, 已逾期2个工作日; empty where there is no date."""
    days, working = line.days_left, line.working_days_left
    if days is None:
        return ""
    if days == 0:
        return "今日截止"
    if days < 0:
        return f"已逾期{-working}个工作日" if working else f"已逾期{-days}天"
    return f"还剩{working}个工作日" if working else "此前已没有工作日，请今日办理"


def _instant(at: datetime) -> str:
    """2024-09-03 10:20, in Shanghai."""
    return f"{at.astimezone(_HERE):%Y-%m-%d %H:%M}"


def _size(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, size // 1024)} KB"


def _target(target: Target) -> str:
    """What a figure is asked for, and what the document sets."""
    until = f"，{target.by}前" if target.by else ""
    return f"计量单位：{target.unit}。文件要求：{target.text}{until}。"


def _day(text: str) -> str:
    """2024-11-01 as 2024年11月1日; anything else as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"


TEXTS: dict[str, Any] = {
    "lights": _LIGHTS,
    "acts": _ACTS,
    "waiting_words": _WAITING,
    "entry_words": ENTRIES,
    "kind_words": {kind.value: word for kind, word in ITEM_KINDS.items()},
    "role_words": {role.value: word for role, word in ROLES.items()},
    "stage_words": STAGES,
    "left": _left,
    "instant": _instant,
    "size_words": _size,
    "target_words": _target,
    "day_words": _day,
    "assignment": ItemKind.ASSIGNMENT.value,
    "duty": ItemKind.DUTY.value,
    "lead": Role.LEAD.value,
}
