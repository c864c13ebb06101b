"""Mails that no person wrote, and our own mails come back: neither is ever an answer."""

import re
from collections import Counter
from itertools import islice

from duban.feedback.headers import Part, addresses, raw_value, raw_values, sender_of, text_value

_MOST_HOPS = 30
_MOST_AT_ONE_HOST = 4
_OWN_MESSAGE_ID = re.compile(r"<[0-9a-f]{40}@[^<>\s]+>")
_BY_FOR = re.compile(r"\bby\s+(\S{1,255})\s.{0,500}?\bfor\s+<?([^\s<>;]+@[^\s<>;]+)", re.IGNORECASE)
_SUBJECT = re.compile(
    r"^\W*(?:系统|休假|外出|出差|公出|请假|会议)?(?:自动|自動)(?:回复|答复|应答|回信|回覆|答覆)"
    r"|^\W*(?:休假|外出|出差|请假)(?:中|通知|提醒|提示)"
    r"|^\W*auto(?:matic(?:ally)?)?[ -]?(?:reply|response|generated)|^\W*autoreply"
    r"|^\W*out of (?:the )?office|^\W*(?:ooo|away from my mail)\b",
    re.IGNORECASE,
)
_READ_RECEIPT = re.compile(
    r"^\W*(?:已读|已阅|未读|阅读回执|read|not read|return receipt)\s*[:：]", re.IGNORECASE
)


def why_echo(mail: Part) -> str:
    """Why a mail is one of ours come back, or came through a list or a loop; empty if not."""
    if raw_value(mail, "List-Id") or raw_value(mail, "Precedence").lower() == "list":
        return "经由邮件列表，或是本系统发出的邮件又被转回"
    if _OWN_MESSAGE_ID.fullmatch(raw_value(mail, "Message-ID")) and raw_value(
        mail, "Auto-Submitted"
    ):
        return "本系统发出的邮件又被转回"
    if raw_value(mail, "X-Loop"):
        return "带有循环转发标记"
    if _is_to_itself(mail):
        return "发件人就是收信邮箱自己"
    return "同一邮件被反复转发" if _goes_round(mail) else ""


def _is_to_itself(mail: Part) -> bool:
    delivered = addresses(mail, "Delivered-To", "X-Original-To", "Envelope-To")
    reached = delivered or addresses(mail, "To", "Cc")
    sender = _untagged(sender_of(mail).address)
    return bool(sender) and {_untagged(address) for address in reached} == {sender}


def _untagged(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" if local else ""


def _goes_round(mail: Part) -> bool:
    hops = list(islice(raw_values(mail, "Received"), _MOST_HOPS + 1))
    if len(hops) > _MOST_HOPS:
        return True
    places = Counter(found.groups() for hop in hops if (found := _BY_FOR.search(hop[:2000])))
    return any(times >= _MOST_AT_ONE_HOST for times in places.values())


def why_automatic(mail: Part) -> str:
    """Why a mail was written by a machine; empty where it seems to be a person's."""
    if raw_value(mail, "Auto-Submitted").partition(";")[0].strip().lower() not in {"", "no"}:
        return "邮件标明由程序自动发出（Auto-Submitted）"
    for name in ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply"):
        if raw_value(mail, name).lower() not in {"", "no"}:
            return f"邮件标明是自动回复（{name}）"
    if raw_value(mail, "Precedence").lower() in {"auto_reply", "auto-reply", "bulk", "junk"}:
        return "邮件标明是自动或批量发送（Precedence）"
    subject = text_value(mail, "Subject")
    if _SUBJECT.search(subject):
        return "主题表明是自动回复"
    if _is_receipt(mail) or _READ_RECEIPT.search(subject):
        return "是阅读回执"
    return (
        "没有可以回信的地址（Return-Path 为空）" if raw_value(mail, "Return-Path") == "<>" else ""
    )


def _is_receipt(mail: Part) -> bool:
    kind = str(mail.get_param("report-type", "") or "").lower()
    return kind == "disposition-notification"
