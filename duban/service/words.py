"""The Chinese words of what is stored in English: one word each, in terminal, mail and page."""

from models.entry import EntryKind, Via
from models.obligation import ItemKind, Role, Stage, StatusLight
from models.roster import Post

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

ROLES = {Role.LEAD: "牵头", Role.RESPONSIBLE: "责任"}

STAGES = {
    Stage.ASSIGNED: "已交办",
    Stage.ACKNOWLEDGED: "已签收",
    Stage.REPORTED: "已反馈",
    Stage.COMPLETED: "已办结",
    Stage.RETURNED: "已退办",
    Stage.ACCEPTED: "已认可",
    Stage.CLOSED_OUT: "已销号",
    Stage.DECLINED: "退件待定",
    Stage.SUSPENDED: "已暂缓",
    Stage.REASSIGNED: "已转办",
    Stage.WITHDRAWN: "已撤销",
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

WAYS = {
    Via.COMMAND: "登记",
    Via.MAIL: "邮件",
    Via.PAGE: "页面",
    Via.OFFICE_PAGE: "专班页面",
    Via.SYSTEM: "系统",
}
"""How an entry came in."""

_SUPERSEDED = "superseded by "
_SILENCES = {
    "nobody to tell": "名册中没有可以通知的人",
    "unit unreachable, office told": "单位无法送达，已告知督办专班",
    "reported": "已经报送",
    "past the date": "报告期限已过",
    "before the application": "早于方案录入",
}

DRAFT = "征求意见稿"
PROVISIONAL = "暂定"


def silence(because: str) -> str:
    """Why a step stays silent, from the words that are stored."""
    if because.startswith(_SUPERSEDED):
        return f"已由 {because.removeprefix(_SUPERSEDED)} 代替"
    return _SILENCES.get(because, because)
