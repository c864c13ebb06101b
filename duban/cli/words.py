"""The Chinese words of what is stored in English, for everything a person reads in a terminal."""

from duban.cli.show import KINDS
from models.entry import EntryKind
from models.obligation import ItemKind, Role, Stage, StatusLight
from models.roster import Post

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
}

DRAFT = "征求意见稿"
PROVISIONAL = "暂定"


def silence(because: str) -> str:
    """Why a step stays silent, from the words that are stored."""
    if because.startswith(_SUPERSEDED):
        return f"已由 {because.removeprefix(_SUPERSEDED)} 代替"
    return _SILENCES.get(because, because)
