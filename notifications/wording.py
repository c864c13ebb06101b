"""The words of a notice: dates, days left, labels, requests, in the tone of a 督查 office."""

import re
from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import Protocol

from models.notice import Reason
from models.policy import NoticeKind
from notifications.digest import Item, Urgency, urgency

SENTINEL = "──────── 请在本行上方填写回复 ────────"
"""The first line of a mail whose answers are read by a program: what is below it is no answer."""

LINK_TERMS = "只供收件人本人办理，请勿转发"
"""Who may use the link to a page: whoever holds it answers in the reader's name."""

LABELS = {
    NoticeKind.SLIP_RED: "红色督查单",
    NoticeKind.SLIP_ORANGE: "橙色督查单",
    NoticeKind.SLIP_BLUE: "蓝色督查单",
    NoticeKind.CHASE: "逾期催办",
    NoticeKind.REMINDER: "督办提醒",
    NoticeKind.ACKNOWLEDGE_CHASE: "签收催办",
    NoticeKind.ASSIGNMENT: "任务交办",
    NoticeKind.DECISION: "处理决定",
    NoticeKind.REQUEST: "单位申请",
    NoticeKind.INNER_DATE: "汇总提醒",
}

_DECISION_LABELS = {
    Reason.RETURNED: "退办通知",
    Reason.DECLINE_REFUSED: "不同意退件",
    Reason.EXTENSION_GRANTED: "同意延期",
    Reason.EXTENSION_REFUSED: "不同意延期",
    Reason.REASSIGNED: "转办通知",
    Reason.SUSPENDED: "暂缓办理",
    Reason.RESUMED: "恢复办理",
    Reason.WITHDRAWN: "撤销通知",
    Reason.DECLINED: "退件申请",
    Reason.EXTENSION_REQUESTED: "延期申请",
}
"""What a decision or a request is called by what it decides or asks."""

_REQUESTS = {
    Urgency.SLIP_RED: "逾期较久仍未登记办理结果。请主要负责同志过问，立即{done}，并说明逾期原因。",
    Urgency.SLIP_ORANGE: "逾期后仍未登记办理结果。请立即{done}，并说明逾期原因。",
    Urgency.SLIP_BLUE: "期限已过，尚未登记办理结果。请尽快{done}；"
    "已办理的，请告知{office}核对登记。",
    Urgency.CHASE: "逾期至今仍未登记办理结果，再次催办。请立即{done}，并说明逾期原因。",
    Urgency.DUE_TODAY: "请于今日下班前{do}。",
    Urgency.ACKNOWLEDGE_CHASE: "任务已交办，尚未签收。请尽快签收；"
    "对分工有异议的，请与{office}联系。",
    Urgency.ASSIGNMENT: "请核对分工并签收。签收表示已经收悉，不代表办结；"
    "对分工有异议的，请与{office}联系。",
    Urgency.UNREACHABLE: "名册中没有可以送达的联系人，本次“{label}”未能发出。请补充或更正名册。",
}
_DECISIONS = {
    Reason.RETURNED: "经审核退回。请按审核意见补充完善，在上述期限前{redo}。",
    Reason.DECLINE_REFUSED: "退件申请未获同意，本项仍由贵单位办理，期限不变。",
    Reason.EXTENSION_GRANTED: "延期申请已获同意，请按新的期限{do}。",
    Reason.EXTENSION_REFUSED: "延期申请未获同意，期限不变，请按期{do}。",
    Reason.REASSIGNED: "本项已转由{heir}办理，贵单位不再承担。请做好材料交接。",
    Reason.SUSPENDED: "本项暂缓办理至{until}，其间不再催办；恢复办理时，期限相应顺延。",
    Reason.WITHDRAWN: "方案已调整，原交由贵单位办理的任务已撤销，贵单位不再承担，不必再报送。",
    Reason.RESUMED: "本项恢复办理，期限已按暂缓时间顺延。请按新的期限{do}。",
    Reason.DECLINED: "{unit}认为本项不属于其职责，申请退件。请审核：转由其他单位办理，"
    "或者不同意退件并说明理由。",
    Reason.EXTENSION_REQUESTED: "{unit}申请将期限延至{until}。请审核：同意的，可以另定日期；"
    "不同意的，请说明理由。",
}
_RESUMED_WITHOUT_DATE = "本项恢复办理，请继续推进。"
_INNER_DATE = "汇总时间已到，上列单位尚未报送。请催齐后抓紧汇总。"
_UNDELIVERED = "关于{unit}的“{label}”有收件人未能收到。请核对邮箱并更正名册，另行通知收件人。"
_REVISED = "分工或时限有调整，请核对后重新签收；对调整有异议的，请与{office}联系。"
_INFORMED = "抄送，供掌握情况；请协调督促。"
_INFORMED_EARLY = "抄送，供掌握情况。"

_REMARK = 1000
"""So much of somebody's words stands in a mail; the ledger and the page have all of them."""

_CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029"  # they could end a line
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"  # they could turn the line round
    "\ud800-\udfff]+"  # half a character cannot be sent at all
)


def clean(value: str) -> str:
    """The value as one line: runs of controls, line ends and bidi controls become one space."""
    if value.isprintable():
        return value.strip()
    return _CONTROLS.sub(" ", value).strip()


def shortened(text: str, limit: int) -> str:
    """The text, or its beginning and its end round an ellipsis: a title's end tells it apart."""
    if len(text) <= limit:
        return text
    head = limit // 3
    return f"{text[:head]}…{text[head + 1 - limit :]}"


def weekday(day: date) -> str:
    """周一 to 周日."""
    return "周" + "一二三四五六日"[day.weekday()]


def plain_day(day: date) -> str:
    """2024年10月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


def full_day(day: date) -> str:
    """2024年10月20日（周日）."""
    return f"{plain_day(day)}（{weekday(day)}）"


def near_day(day: date, on: date) -> str:
    """10月20日（周日）, with the year where it is not that of the mail."""
    return full_day(day)[0 if day.year != on.year else 5 :]


def local_time(at: datetime, zone: tzinfo) -> str:
    """2024-10-18 09:30, as a clock of that zone shows it."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def month_after(day: date) -> date:
    """The first day of the month after, for an example of a date that lies ahead."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def deed(to: str | None) -> str:
    """What is to be done by the date: hand in where there is a receiver, complete otherwise."""
    return "报送" if to else "完成"


class Counted(Protocol):
    """What has a date: days and working days left, counted from the day of the mail or page."""

    @property
    def days_left(self) -> int | None:
        """Negative when past; None where there is no date."""
        ...

    @property
    def working_days_left(self) -> int | None:
        """The same in working days; None where they are not known."""
        ...


def remaining(item: Counted) -> str:
    """还剩3个工作日, 今日截止, 已逾期1个工作日; empty where there is no date."""
    days, working = item.days_left, item.working_days_left
    if days is None:
        return ""
    if days == 0:
        return "今日截止"
    if days < 0:
        return f"已逾期{-working}个工作日" if working else f"已逾期{-days}天"
    if working == 0:
        return "期限前再无其他工作日"
    return f"还剩{days}天" if working is None else f"还剩{working}个工作日"


def deadline(item: Item) -> str:
    """应于2024年10月20日（周日）前（含当日）报送市残联; empty where there is no date.

    Where the document states another date than the one in force, both are there.
    """
    if item.due_on is None:
        return ""
    overdue = item.days_left is not None and item.days_left < 0
    lead = "应于" if overdue else ""
    until = f"{lead}{full_day(item.due_on)}前（含当日）{deed(item.to)}{clean(item.to or '')}"
    return f"{until}（原期限{plain_day(item.stated_on)}）" if item.stated_on else until


def rest_day(due_on: date, last_workday: date | None, on: date) -> str:
    """What a reader must know of a date that is a rest day and still ahead; otherwise empty."""
    if last_workday is None or last_workday == due_on or last_workday < on:
        return ""
    stated = f"{due_on.month}月{due_on.day}日是休息日"
    if last_workday == on:
        return f"{stated}，请于今日办理"
    return f"{stated}，此前最后一个工作日是{near_day(last_workday, on)}"


def request(item: Item) -> str:
    """What the reader is asked to do; empty where the deadline says it all."""
    rank = urgency(item)
    if rank is Urgency.FOR_INFORMATION:
        return _INFORMED if (item.days_left or 0) < 0 else _INFORMED_EARLY
    template = _REQUESTS.get(rank, "")
    if item.kind is NoticeKind.ASSIGNMENT and item.reason is Reason.REVISED:
        template = _REVISED
    if item.reason is Reason.UNDELIVERED:
        template = _UNDELIVERED
    elif rank in (Urgency.DECISION, Urgency.REQUEST):
        template = _DECISIONS.get(item.reason, "")
        if item.reason is Reason.RESUMED and item.due_on is None:
            template = _RESUMED_WITHOUT_DATE
    elif rank is Urgency.INNER_DATE:
        template = _INNER_DATE
    return template.format(
        do=deed(item.to),
        done="补报" if item.to else "办结",
        redo="重新报送" if item.to else "再次报告办结",
        office=clean(item.plan.coordinator),
        unit=clean(item.unit),
        label=_name(item),
        heir=clean(item.heir) or "其他单位",
        until=full_day(item.until) if item.until else "",
    )


def opinion(item: Item) -> tuple[str, str]:
    """Whose words stand with a decision or a request, and the words; empty where there are none."""
    if not item.remark:
        return "", ""
    decided = "审核意见" if item.reason is Reason.RETURNED else "说明"
    whose = "申请理由" if item.kind is NoticeKind.REQUEST else decided
    return whose, shortened(clean(item.remark), _REMARK)


def notice_name(kind: NoticeKind, reason: Reason) -> str:
    """What a notice is called: a decision or a request by what it decides or asks."""
    return _DECISION_LABELS.get(reason, LABELS[kind])


def _name(item: Item) -> str:
    return notice_name(item.kind, item.reason)


def labels(group: Iterable[Item]) -> str:
    """The names of what stands in one entry of a mail, each once: 退办通知、不同意延期."""
    return "、".join(dict.fromkeys(label(item) for item in group))


def label(item: Item) -> str:
    """The name of the notice, as its subject and its heading bear it."""
    match urgency(item):
        case Urgency.UNREACHABLE:
            return "无法送达"
        case Urgency.FOR_INFORMATION:
            return f"抄送·{_name(item)}"
        case Urgency.CHASE:
            return LABELS[NoticeKind.CHASE]
        case Urgency.DUE_TODAY:
            return "今日截止"
        case Urgency.ASSIGNMENT if item.reason is Reason.REVISED:
            return "任务调整"
        case _:
            return _name(item)
