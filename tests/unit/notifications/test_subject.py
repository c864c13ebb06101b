"""The subject line: what and until when, short whatever the names are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.notice import Reason
from models.policy import NoticeKind
from notifications.digest import Item
from notifications.subject import parts, subject
from tests.unit.notifications.sample_items import assignment, digest, final_summary
from tests.unit.notifications.samples import mixed

NUMBER = "（中府办函〔2023〕19号）"
FINAL = "推动落实《行动方案》终期工作总结"


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            final_summary(NoticeKind.REMINDER, 5, 3),
            f"【督办提醒】{FINAL} 请于10月20日（周日）前报送 · 还剩3个工作日",
        ),
        (
            final_summary(NoticeKind.REMINDER, 0, 0),
            f"【今日截止】{FINAL} 请于今日（10月20日 周日）报送",
        ),
        (
            final_summary(NoticeKind.SLIP_BLUE, -1, -1),
            f"【蓝色督查单】{FINAL} 应于10月20日（周日）前报送 · 已逾期1个工作日",
        ),
        (
            final_summary(NoticeKind.SLIP_ORANGE, -4, -4, "市财政局", for_information=True),
            f"【抄送·橙色督查单】市财政局 {FINAL} 应于10月20日（周日）前报送 · 已逾期4个工作日",
        ),
        (
            assignment(),
            "【任务交办】中山市贯彻落实广东省促进残疾人就业三年行动方案(2022-2024年)："
            "牵头1项、责任1项，请签收",
        ),
        (
            assignment(NoticeKind.ACKNOWLEDGE_CHASE),
            "【签收催办】中山市贯彻落实广东省促进残疾人就业三年行动方案(2022-2024年)"
            " 任务尚未签收，请尽快签收",
        ),
        (
            assignment(reason=Reason.UNREACHABLE),
            "【无法送达】市教育体育局 任务分工",
        ),
    ],
)
def test_a_subject_says_what_and_until_when(item: Item, expected: str) -> None:
    assert subject(digest(date(2024, 10, 15), "市教育体育局 联络员", item)) == expected + NUMBER


def test_the_most_urgent_of_several_is_named() -> None:
    found = subject(mixed())
    assert found.startswith("【蓝色督查单】实施机关、事业单位带头安排残疾人就业行动 ")
    assert found.endswith("等8项")


def test_rows_are_counted_by_part() -> None:
    assert parts(assignment().rows) == "牵头1项、责任1项"
    assert parts(()) == ""


_names = st.text(st.characters(), min_size=0, max_size=400)


@given(_names, _names, _names, _names, st.sampled_from(NoticeKind), st.booleans())
def test_a_subject_is_one_short_line_that_keeps_its_date(
    title: str, unit: str, plan: str, number: str, kind: NoticeKind, copied: bool
) -> None:
    item = final_summary(kind, 5, 3, for_information=copied)._replace(title=title, unit=unit)
    head = item.plan._replace(title=plan, document_number=number)
    found = subject(digest(date(2024, 10, 15), "x", item._replace(plan=head)))
    assert len(found.splitlines()) == 1
    assert len(found) < 200
    undated = {NoticeKind.ASSIGNMENT, NoticeKind.ACKNOWLEDGE_CHASE}
    assert "10月20日（周日）" in found or (kind in undated and not copied)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            final_summary(NoticeKind.DECISION, 5, 3, reason=Reason.RETURNED),
            f"【退办通知】{FINAL} 请于10月20日（周日）前报送 · 还剩3个工作日",
        ),
        (
            final_summary(NoticeKind.DECISION, 5, 3, reason=Reason.SUSPENDED)._replace(
                due_on=None, until=date(2024, 12, 2)
            ),
            f"【暂缓办理】{FINAL} 暂缓至12月2日（周一）",
        ),
        (
            final_summary(NoticeKind.DECISION, 5, 3, reason=Reason.REASSIGNED)._replace(
                due_on=None, heir="市卫生健康局"
            ),
            f"【转办通知】{FINAL} 已转由市卫生健康局办理",
        ),
        (
            final_summary(
                NoticeKind.REQUEST, 5, 3, reason=Reason.EXTENSION_REQUESTED, for_information=True
            )._replace(until=date(2024, 11, 1)),
            f"【延期申请】市教育体育局 {FINAL} 申请延至11月1日（周五）",
        ),
        (
            final_summary(
                NoticeKind.INNER_DATE, 5, 3, reason=Reason.INNER_DATE, for_information=True
            ),
            f"【汇总提醒】市教育体育局 {FINAL} 应于10月20日（周日）前报送 · 还剩3个工作日",
        ),
    ],
)
def test_a_subject_says_what_was_decided_or_is_asked(item: Item, expected: str) -> None:
    assert subject(digest(date(2024, 10, 15), "市教育体育局 联络员", item)) == expected + NUMBER
