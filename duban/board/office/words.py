"""The Chinese words of the office's pages that nothing else needs."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from duban.service.desk.queue import Group
from duban.service.words import ENTRIES
from duban.store.database import Record
from duban.store.outbox import MailState
from models.entry import EntryKind
from notifications.wording import full_day

GROUPS = {
    Group.COMPLETED: "待审核",
    Group.ACCEPTED: "待销号",
    Group.DECLINED: "退件待处理",
    Group.ASKED: "延期待批",
    Group.MAILS: "来信待处理",
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

MAIL_STATES = {
    "acted": "已据以登记",
    "partly": "部分登记，其余待处理",
    "office": "待处理",
    "settled": "已处理",
    "ignored": "不需处理",
}

CHECKS = {
    "token": "回信校验码",
    "reference": "引用本系统邮件",
    "contact": "发件人核对",
    "authentication": "邮件服务器认证",
}

_FINDINGS = {
    "token": {"valid": "正确", "absent": "没有", "forged": "不对（不是本系统发出的）"},
    "reference": {"valid": "是", "absent": "否"},
    "contact": {
        "recipient": "该邮件的收件人本人",
        "colleague": "同单位登记的联系人",
        "office": "督办单位",
        "unknown": "不是登记的联系人",
    },
    "authentication": {"pass": "通过", "fail": "未通过", "none": "没有结果"},
}

_REVISED = {
    "unit": "单位",
    "kind": "种类",
    "role": "角色",
    "title": "名称",
    "due_on": "期限",
    "rule": "规则",
    "to": "报送对象",
    "duties": "事项序号",
    "text": "原文",
    "stage": "办理状态",
}

_DATES = {
    EntryKind.EXTENSION_REQUESTED: "申请延至",
    EntryKind.EXTENSION_GRANTED: "延至",
    EntryKind.RETURNED: "重新报送期限",
    EntryKind.SUSPENDED: "暂缓至",
}


def checks_made(checks: dict[str, Any]) -> list[tuple[str, str]]:
    """Each check of a mail and what it found; what is not known is shown as it is stored."""
    return [
        (CHECKS.get(name, name), _FINDINGS.get(name, {}).get(str(found), str(found)))
        for name, found in checks.items()
    ]


_OUTBOX = {
    MailState.PENDING: "待寄",
    MailState.SENT: "已寄",
    MailState.FAILED: "没有寄到",
    MailState.UNCERTAIN: "不确定是否寄到",
    MailState.CANCELLED: "不再需要，没有寄",
}


def mail_state(state: str) -> str:
    """What has become of a mail of ours."""
    return _OUTBOX.get(MailState(state), state)


def statement(said: dict[str, Any]) -> str:
    """What was understood: which numbers, which word, until when."""
    numbers = "、".join(str(number) for number in said.get("items", ()))
    which = "全部" if said.get("for_all") else f"第{numbers}项" if numbers else "没有写明哪一项"
    word = ENTRIES.get(EntryKind(said["kind"]), said["kind"])
    until = f"至{said['until']}" if said.get("until") else ""
    nil = "（零报告）" if said.get("is_nil") else ""
    return f"{which}：{word}{until}{nil}"


def details(entry: Record) -> list[tuple[str, str]]:
    """What an entry says beside its text: each part with its name."""
    found = json.loads(entry.detail) if entry.detail else {}
    return list(_details(EntryKind(entry.kind), found))


def _details(kind: EntryKind, found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in found.items():
        if name == "until":
            yield _DATES.get(kind, "日期"), full_day(date.fromisoformat(value))
        elif name == "nil":
            yield "零报告", "本期没有需要报告的内容"
        elif name == "passages":
            yield from (_passage(passage) for passage in value)
        elif name == "to":
            yield "转给", str(value)
        elif name == "from":
            yield "转自", str(value)
        elif isinstance(value, list) and len(value) == 2:  # noqa: PLR2004
            yield _REVISED.get(name, name), f"{value[0] or '无'} → {value[1] or '无'}"
        else:
            yield name, str(value)


def _passage(passage: dict[str, Any]) -> tuple[str, str]:
    figures = "，".join(f"{item['metric']}：{item['value']}" for item in passage.get("figures", ()))
    parts = (passage.get("text", ""), f"（{figures}）" if figures else "")
    words = "\n".join(part for part in parts if part)
    return f"第{passage.get('number', '？')}项", words
