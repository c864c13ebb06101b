"""The Chinese words of mails, those that go and those that come in."""

from collections.abc import Mapping

from duban.store.outbox import MAIL, NUDGE, MailState
from duban.store.received import ReceivedState

CHANNELS = {MAIL: "邮件", NUDGE: "提示"}

MAIL_STATES = {
    MailState.PENDING: "待发",
    MailState.UNCERTAIN: "待核",
    MailState.SENT: "已发",
    MailState.FAILED: "退信",
    MailState.CANCELLED: "撤下",
}

RECEIVED_STATES = {
    ReceivedState.ACTED: "已登记",
    ReceivedState.PARTLY: "部分登记",
    ReceivedState.OFFICE: "待办理",
    ReceivedState.SETTLED: "已处理",
    ReceivedState.IGNORED: "不需办理",
}

_CHECKS = {
    "token": "回信校验码",
    "reference": "引用原邮件",
    "contact": "发件人",
    "authentication": "邮件服务器认证",
}
_FINDINGS = {
    "token": {"valid": "有效", "absent": "没有", "forged": "不符"},
    "reference": {"valid": "有", "absent": "没有"},
    "contact": {
        "recipient": "原收件人",
        "colleague": "同单位其他联系人",
        "office": "督办单位",
        "unknown": "不在名册",
    },
    "authentication": {"pass": "通过", "fail": "未通过", "none": "没有结论"},
}


def checks_made(checks: Mapping[str, object]) -> list[tuple[str, str]]:
    """Each check of a mail and what it found; what is not known is shown as it is stored."""
    return [
        (_CHECKS.get(name, name), _FINDINGS.get(name, {}).get(str(found), str(found)))
        for name, found in checks.items()
    ]
