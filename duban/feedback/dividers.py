"""The lines with which mail programs begin what they quote, and the tails that they add."""

import re

SENTINEL = "──────── 请在本行上方填写回复 ────────"
"""Stands at the top of our mails; what is below is quoted, whatever the mail program calls it."""

_SENTINEL = re.compile(r"请在本行上方填写回复")
_DASHES = r"[-_=*—─－\s]{2,}"
_ORIGINAL = re.compile(
    rf"^{_DASHES}(?:原始邮件|原邮件|邮件原件|原始信息|原始消息|原文|回复的原?邮件|转发的?(?:邮件|消息|信息)"
    rf"|转发邮件信息|Original(?: Message| Mail| Email)?|Forwarded (?:message|mail)"
    rf"|Repl(?:y|ied) Message)"
    rf"\s*{_DASHES}$",
    re.IGNORECASE,
)
_BARE_ORIGINAL = re.compile(
    r"^(?:开始转发的?邮件|被转发的?邮件|Begin forwarded message)\s*[:：]$", re.IGNORECASE
)
_ATTRIBUTIONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^在\s?\d{2,4}\s?[-年/.].{0,200}(?:写道|写到)\s?[:：]$",
        r"^.{0,150}于\s?\d{2,4}\s?[-年/.].{0,150}写道\s?[:：]$",
        r"^\d{4}\s?[-年/.].{0,200}写道\s?[:：]$",
        r"^.{0,120}[@＠].{0,100}写道\s?[:：]$",
        r"^(?:On|At)\s.{5,250}wrote\s?[:：]$",
    )
)
_BEGINS = re.compile(r"^在\s?\d|^(?:On|At)\s|^\d{4}\s?[-年/.]|于\s?\d{4}\s?年|[@＠]", re.IGNORECASE)
_FIRST_LABEL = re.compile(r"^\*{0,2}(?:发件人|寄件者|From)\*{0,2}\s*[:：]", re.IGNORECASE)
_LABEL = re.compile(
    r"^\*{0,2}(?:发件人|寄件者|From|发送时间|发送日期|发件时间|日期|时间|Sent|Date|收件人|To|抄送|Cc"
    r"|密送|主题|Subject|附件|Attachments?|重要性|Importance|回复|Reply-To)\*{0,2}\s*[:：]",
    re.IGNORECASE,
)
_TAILS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:发自|发送自|来自|从)\s?[^，。；：]{0,30}?(?:iPhone|iPad|手机|平板|华为|HUAWEI|荣耀|小米|红米|OPPO"
        r"|vivo|安卓|Android|邮箱大师|邮箱|Foxmail|客户端|移动设备|Outlook|Windows)[^，。；：]{0,12}(?:发送|发出)?$",
        r"^Sent (?:from|via) .{1,60}$",
        r"^(?:Get|获取|下载)\s?(?:适用于 ?\w+ ?的 ?)?Outlook.{0,60}$",
        r"^-{2,}\s?(?:发自|来自)[^，。；]{1,40}$",
    )
)
_HEADER_LINES = 10


def is_sentinel(line: str) -> bool:
    """Whether this is the line of our own mails above which answers are to stand."""
    return bool(_SENTINEL.search(line))


def is_tail(line: str) -> bool:
    """发自我的 iPhone, 从 QQ 邮箱发送 and their like, on a line of their own."""
    return any(tail.match(line) for tail in _TAILS)


def divider_at(lines: list[str], at: int) -> int:
    """How many lines from ``at`` on introduce a quoted mail; 0 where none begins there."""
    line = lines[at]
    if is_sentinel(line):
        return 1
    if _ORIGINAL.match(line) or _BARE_ORIGINAL.match(line):
        return 1 + _labels_from(lines, at + 1)
    if _FIRST_LABEL.match(line):
        length = _labels_from(lines, at)
        stated = [each for each in lines[at : at + length] if _LABEL.match(each)]
        return length if len(stated) > 1 else 0
    return _attribution_from(lines, at)


def _attribution_from(lines: list[str], at: int) -> int:
    """An attribution may be broken over up to three lines."""
    if not lines[at]:
        return 0
    for length in (1, 2, 3) if _BEGINS.search(lines[at]) else (1,):
        whole = " ".join(lines[at : at + length]).strip()
        if any(pattern.match(whole) for pattern in _ATTRIBUTIONS):
            return length
    return 0


def _labels_from(lines: list[str], at: int) -> int:
    """The length of a block of 发件人, 发送时间, 收件人, 主题, with blank lines between."""
    length = 0
    for offset, line in enumerate(lines[at : at + _HEADER_LINES]):
        if _LABEL.match(line):
            length = offset + 1
        elif line and not set(line) <= set("-_ "):
            break
    return length
