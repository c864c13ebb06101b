"""The words of a unit's pages that are not a template's own."""

from datetime import date
from typing import Any

from duban.service.words import DATES, ENTRIES, ITEM_KINDS
from models.entry import EntryKind
from models.obligation import ItemKind, Role, Stage, StatusLight
from notifications.wording import plain_day
from notifications.words import ROLES, STAGES

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


def _size(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, size // 1024)} KB"


def _day(text: str) -> str:
    """2024-11-01 as 2024年11月1日; anything else as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return plain_day(day)


TEXTS: dict[str, Any] = {
    "lights": _LIGHTS,
    "acts": _ACTS,
    "waiting_words": _WAITING,
    "entry_words": ENTRIES,
    "date_words": DATES,
    "kind_words": {kind.value: word for kind, word in ITEM_KINDS.items()},
    "role_words": {role.value: word for role, word in ROLES.items()},
    "stage_words": STAGES,
    "size_words": _size,
    "day_words": _day,
    "assignment": ItemKind.ASSIGNMENT.value,
    "duty": ItemKind.DUTY.value,
    "lead": Role.LEAD.value,
}
