"""Which post somebody holds, by what a list calls it."""

import re

from models.roster import Post

_LIAISON = re.compile(r"联络员|联络人|联系人|经办|承办人|填报人|信息员|专干")
_OFFICER = re.compile(r"分管")
_HEAD = re.compile(r"主要负责|主要领导|一把手|主管领导|单位负责人|负责同志|第一责任人|^负责人")
_RANKS = (
    "局长|厅长|部长|主任|书记|主席|理事长|会长|行长|经理|秘书长|院长|校长|台长|社长|"
    "市长|县长|区长|镇长|乡长|旗长|州长|盟长|总裁|董事长|检察长|署长|关长|编办主任"
)
_JUNIOR = re.compile(
    r"科长|科员|科室|[^委]科|股|处长|处员|干事|专员|干部|工作人员|文员|秘书(?!长)|办事员|"
    r"调研员|主任科员|办公室(?:副)?主任|站长|所长|队长|职员|助理"
)
_DEPUTY = re.compile(
    rf"(?:副|常务副)(?:{_RANKS})|党组成员|党委委员|党工委委员|班子成员|纪检组长|总工|总师|总经济师"
)
_FIRST = re.compile(rf"(?:{_RANKS})|党组书记|党委书记")
_OFFICES = ("办公室", "办", "办公厅")

NAMES = {
    Post.LIAISON: "联络员",
    Post.OFFICER_IN_CHARGE: "分管领导",
    Post.HEAD: "主要负责人",
    Post.COORDINATING_OFFICE: "（统筹单位）联系邮箱",
    Post.INSPECTION_OFFICE: "（督查单位）联系邮箱",
}
"""The posts as the office calls them."""


def post_in(text: str) -> Post | None:
    """The post that a heading, a title or a cell 岗位 names outright; None where it names none."""
    if _LIAISON.search(text):
        return Post.LIAISON
    if _OFFICER.search(text):
        return Post.OFFICER_IN_CHARGE
    return Post.HEAD if _HEAD.search(text) else None


def post_by_job(job: str, unit: str = "") -> tuple[Post | None, bool]:
    """The post that a 职务 points to, and whether that is sure; None where it points to none.

    A section head, or the head of a unit's own office, is a liaison; a deputy of the unit is its
    officer in charge.
    """
    job = re.sub(r"\s", "", job)
    if named := post_in(job):
        return named, True
    if _JUNIOR.search(job):
        is_own_head = "办公室主任" in job and unit.endswith(_OFFICES)
        return Post.LIAISON, not is_own_head
    if _DEPUTY.search(job):
        return Post.OFFICER_IN_CHARGE, True
    if _FIRST.search(job):
        return Post.HEAD, "副" not in job
    return None, False
