"""The Chinese words of the office's pages that nothing else needs."""

from typing import Any

from duban.service.desk.queue import Group
from duban.service.words import ENTRIES
from models.entry import EntryKind

GROUPS = {
    Group.COMPLETED: "待审核",
    Group.ACCEPTED: "待销号",
    Group.DECLINED: "退件待处理",
    Group.ASKED: "延期待批",
    Group.MAILS: "来信待办理",
    Group.DEFECTS: "地址失效",
    Group.UNREACHABLE: "不能联系",
}

HINTS = {
    Group.COMPLETED: "单位报来办结，请审核：认可，或退回重办。",
    Group.ACCEPTED: "已经认可，请销号。",
    Group.DECLINED: "单位认为不属本单位职责，请转办，或不予退件。",
    Group.ASKED: "单位申请延期，请批复。",
    Group.MAILS: "系统没有读懂，或不敢据以登记的来信，请阅处。",
    Group.DEFECTS: "发往这些地址的邮件被退回，请核实后更正名册。",
    Group.UNREACHABLE: "名册中没有这些单位今天的联络员，请补充名册。",
}


def statement(said: dict[str, Any]) -> str:
    """What was understood: which numbers, which word, until when."""
    numbers = "、".join(str(number) for number in said.get("items", ()))
    which = "全部" if said.get("for_all") else f"第{numbers}项" if numbers else "没有写明哪一项"
    word = ENTRIES.get(EntryKind(said["kind"]), said["kind"])
    until = f"至{said['until']}" if said.get("until") else ""
    nil = "（零报告）" if said.get("is_nil") else ""
    return f"{which}：{word}{until}{nil}"
