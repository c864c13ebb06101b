"""Mails that can be answered, and what answers lead to: decisions, requests, inner dates."""

from datetime import date, timedelta
from typing import Any

from models.notice import Reason
from models.policy import NoticeKind
from notifications.answering import how_to_answer
from notifications.digest import Digest, Item, Link, numbering
from tests.unit.notifications.sample_items import assignment, digest, final_summary, haidong

SIXTY_DAYS = timedelta(days=60)


def answerable(found: Digest, *, is_minimal: bool = False) -> Digest:
    """The same where a mailbox is read and pages are served."""
    numbered = numbering(found.items)
    ways = how_to_answer(found.items, numbered, reads_replies=True, wants_evidence=not is_minimal)
    page = Link("https://duban.zhongshan.example/u/WyIwMTIzIl0.c2lnbmF0dXJl", found.on + SIXTY_DAYS)
    return found._replace(how_to_answer=ways, numbered=numbered, page=page, reads_replies=True)


def decided(reason: Reason, remark: str = "", **fields: Any) -> Item:
    """A decision of 2024-10-10 about 中山's final summary."""
    item = final_summary(NoticeKind.DECISION, 10, 7, reason=reason)
    key = f"zhongshan-2023/{reason.value}/市教育体育局"
    return item._replace(remark=remark, **{"obligation": key, "dated": ()} | fields)


def returned() -> Item:
    """Sent back, to come again by an inner date."""
    return decided(
        Reason.RETURNED,
        "第5项缺少就业人数，第13项的培训人数与附表不一致，请补充核实后再报。",
        due_on=date(2024, 10, 16),
        last_workday=date(2024, 10, 16),
        days_left=6,
        working_days_left=5,
        stated_on=date(2024, 10, 20),
    )


def _extended(reason: Reason) -> Item:
    return decided(
        reason,
        "同意延期，请抓紧收集数据。" if reason is Reason.EXTENSION_GRANTED else "",
        due_on=date(2024, 11, 1),
        last_workday=date(2024, 11, 1),
        days_left=22,
        working_days_left=17,
        stated_on=date(2024, 10, 20),
    )


def decisions() -> Digest:
    """Every decision of the office, in one mail."""
    gone = {"due_on": None, "days_left": None, "working_days_left": None, "last_workday": None}
    found = digest(
        date(2024, 10, 10),
        "市教育体育局联络员",
        returned(),
        _extended(Reason.EXTENSION_GRANTED),
        decided(Reason.EXTENSION_REFUSED, "所列理由不影响按期报送。"),
        _extended(Reason.RESUMED),
        decided(Reason.SUSPENDED, "上级方案正在修订。", until=date(2024, 12, 2), **gone),
        decided(Reason.REASSIGNED, "职责已经划转。", heir="市卫生健康局", **gone),
        assignment(NoticeKind.DECISION, Reason.DECLINE_REFUSED)._replace(
            remark="分工经各单位会签，仍由你局办理。"
        ),
    )
    return answerable(found)


def requests() -> Digest:
    """What units ask of the office, beside a copy."""
    extension = final_summary(
        NoticeKind.REQUEST,
        10,
        7,
        reason=Reason.EXTENSION_REQUESTED,
        for_information=True,
    )
    declined = final_summary(
        NoticeKind.REQUEST, 10, 7, "市商务局", reason=Reason.DECLINED, for_information=True
    )
    return digest(
        date(2024, 10, 10),
        "市残联督办专班",
        final_summary(
            NoticeKind.SLIP_BLUE, 10, 7, "市财政局", reason=Reason.OVERDUE, for_information=True
        ),
        extension._replace(remark="秋季学期数据月底方能汇总。", until=date(2024, 11, 1)),
        declined._replace(remark="本局不承担第5项，建议转市教育体育局。"),
        address="supervision@disabled-persons-federation.zhongshan.example",
    )._replace(how_to_answer=())


def missing() -> Digest:
    """The inner date has come, and some co-units have written nothing to their lead."""
    late = [
        final_summary(
            NoticeKind.INNER_DATE, 10, 7, unit, reason=Reason.INNER_DATE, for_information=True
        )
        for unit in ("市财政局", "市商务局", "市税务局")
    ]
    found = digest(date(2024, 10, 10), "市教育体育局联络员", *late)
    return found._replace(how_to_answer=())


def several() -> Digest:
    """An assignment and two reminders that can be answered in one reply."""
    row = haidong("A7", NoticeKind.REMINDER, date(2024, 10, 31), 16, 12)
    return answerable(
        digest(
            date(2024, 10, 15),
            "市教育体育局联络员",
            assignment(),
            final_summary(NoticeKind.REMINDER, 5, 3),
            row._replace(unit="市教育体育局"),
        )
    )
