"""The Chinese words of what is stored in English: one word each, in terminal, mail and page."""

from collections.abc import Mapping

from models.entry import EntryKind
from models.obligation import ItemKind, StatusLight
from models.roster import Post
from notifications.words import ROLES, STAGES

KINDS = {
    "report": "报送",
    "evaluation": "评估",
    "meeting": "会议",
    "publicity": "宣传",
    "disclosure": "公示",
    "deliverable": "成果",
}
"""The six kinds of dated obligations."""

ITEM_KINDS = {ItemKind.ASSIGNMENT: "分工", ItemKind.DUTY: "事项"} | {
    ItemKind(kind): word for kind, word in KINDS.items()
}

LIGHTS = {
    StatusLight.GREEN: "绿",
    StatusLight.AMBER: "黄",
    StatusLight.RED: "红",
    StatusLight.GREY: "灰",
}

ENTRIES = {
    EntryKind.ASSIGNED: "交办",
    EntryKind.REVISED: "调整",
    EntryKind.WITHDRAWN: "撤销",
    EntryKind.ACKNOWLEDGED: "签收",
    EntryKind.REPORTED: "反馈",
    EntryKind.COMPLETED: "办结",
    EntryKind.RETURNED: "退办",
    EntryKind.ACCEPTED: "认可",
    EntryKind.CLOSED_OUT: "销号",
    EntryKind.DECLINED: "退件",
    EntryKind.EXTENSION_REQUESTED: "申请延期",
    EntryKind.DECLINE_REFUSED: "不予退件",
    EntryKind.EXTENSION_GRANTED: "准予延期",
    EntryKind.EXTENSION_REFUSED: "不予延期",
    EntryKind.REASSIGNED: "转办",
    EntryKind.SUSPENDED: "暂缓",
    EntryKind.RESUMED: "恢复办理",
}

POSTS = {
    Post.LIAISON: "联络员",
    Post.OFFICER_IN_CHARGE: "分管领导",
    Post.HEAD: "主要负责人",
    Post.COORDINATING_OFFICE: "督办专班",
    Post.INSPECTION_OFFICE: "督查室",
}

_SUPERSEDED = "superseded by "
_SILENCES = {
    "nobody to tell": "名册中没有可以通知的人",
    "unit unreachable, office told": "单位无法送达，已告知督办专班",
    "reported": "已经报送",
    "past the date": "报告期限已过",
    "before the application": "早于方案录入",
}

FIELDS = {
    "title": "名称",
    "due_on": "期限",
    "rule": "日期规则",
    "to": "报送对象",
    "duties": "事项序号",
    "text": "原文",
    "role": "责任",
    "stage": "办理状态",
}
"""The fields of an obligation in which a plan that is applied again may differ."""

_VALUES: Mapping[str, str] = {str(key): word for key, word in (ROLES | STAGES).items()}

DATES = {
    EntryKind.EXTENSION_REQUESTED: "申请延至",
    EntryKind.EXTENSION_GRANTED: "延期至",
    EntryKind.RETURNED: "重新报送期限",
    EntryKind.SUSPENDED: "暂缓至",
}
"""What the date is that an entry names."""

DRAFT = "征求意见稿"
PROVISIONAL = "暂定"


def silence(because: str) -> str:
    """Why a step stays silent, from the words that are stored."""
    if because.startswith(_SUPERSEDED):
        return f"已由 {because.removeprefix(_SUPERSEDED)} 代替"
    return _SILENCES.get(because, because)


def changed(field: str, before: str | None, after: str | None) -> tuple[str, str]:
    """A field's name, and what it was and is: 责任, 牵头 → 责任."""
    values = [_VALUES.get(value, value) if value else "无" for value in (before, after)]
    return FIELDS.get(field, field), " → ".join(values)
