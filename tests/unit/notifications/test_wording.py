"""The words: days, days left, what is asked, and values that could break a line."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.notice import Reason
from models.policy import NoticeKind
from notifications.wording import (
    LABELS,
    clean,
    deadline,
    full_day,
    label,
    local_time,
    month_after,
    near_day,
    opinion,
    remaining,
    request,
    rest_day,
    shortened,
)
from tests.unit.notifications.sample_items import assignment, final_summary

SUNDAY, FRIDAY = date(2024, 10, 20), date(2024, 10, 18)


@pytest.mark.parametrize(
    ("days", "working", "words"),
    [
        pytest.param(5, 3, "还剩3个工作日", id="working days are what counts"),
        pytest.param(2, 0, "期限前再无其他工作日", id="Friday before a Sunday"),
        pytest.param(0, 0, "今日截止", id="the day itself"),
        pytest.param(-1, -1, "已逾期1个工作日", id="the first workday after"),
        pytest.param(-1, 0, "已逾期1天", id="overdue, but no workday has passed"),
        pytest.param(-3, None, "已逾期3天", id="no calendar to count working days with"),
        pytest.param(9, None, "还剩9天", id="ahead, and no calendar"),
    ],
)
def test_days_left(days: int, working: int | None, words: str) -> None:
    item = final_summary(NoticeKind.REMINDER, days, 0)._replace(working_days_left=working)
    assert remaining(item) == words


def test_an_item_without_a_date_says_nothing_of_time() -> None:
    assert remaining(assignment()) == ""
    assert deadline(assignment()) == ""


def test_a_deadline_says_that_the_day_is_included_and_who_receives() -> None:
    item = final_summary(NoticeKind.REMINDER, 5, 3)
    assert deadline(item) == "2024年10月20日（周日）前（含当日）报送市残联"
    assert deadline(item._replace(to=None)) == "2024年10月20日（周日）前（含当日）完成"
    assert deadline(item._replace(days_left=-1)).startswith("应于2024年10月20日")


def test_the_year_is_told_where_it_is_another_one() -> None:
    assert near_day(SUNDAY, date(2024, 1, 2)) == "10月20日（周日）"
    assert near_day(SUNDAY, date(2023, 1, 2)) == full_day(SUNDAY) == "2024年10月20日（周日）"


@pytest.mark.parametrize(
    ("last_workday", "on", "words"),
    [
        (FRIDAY, date(2024, 10, 15), "10月20日是休息日，此前最后一个工作日是10月18日（周五）"),
        (FRIDAY, FRIDAY, "10月20日是休息日，请于今日办理"),
        (FRIDAY, date(2024, 10, 19), ""),
        (SUNDAY, FRIDAY, ""),
        (None, FRIDAY, ""),
    ],
)
def test_a_date_on_a_rest_day(last_workday: date | None, on: date, words: str) -> None:
    assert rest_day(SUNDAY, last_workday, on) == words


def test_each_kind_has_its_label() -> None:
    slip = final_summary(NoticeKind.SLIP_ORANGE, -4, -4)
    assert label(slip) == "橙色督查单"
    assert label(slip._replace(for_information=True)) == "抄送·橙色督查单"
    assert label(slip._replace(reason=Reason.UNREACHABLE)) == "无法送达"
    assert label(final_summary(NoticeKind.REMINDER, 0, 0)) == "今日截止"
    assert label(assignment(reason=Reason.REVISED)) == "任务调整"


@pytest.mark.parametrize("kind", NoticeKind)
@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("for_information", [False, True])
def test_no_request_has_a_gap(kind: NoticeKind, reason: Reason, for_information: bool) -> None:
    item = final_summary(kind, -1, -1, reason=reason, for_information=for_information)
    assert not set("{}") & set(request(item))


def test_a_report_is_handed_in_late_and_a_measure_finished() -> None:
    slip = final_summary(NoticeKind.SLIP_BLUE, -1, -1)
    assert "请尽快补报" in request(slip)
    assert "请尽快办结" in request(slip._replace(to=None))


def test_braces_in_a_name_are_only_text() -> None:
    item = assignment()
    odd = item._replace(plan=item.plan._replace(coordinator="{office.__class__}{0}"))
    assert "{office.__class__}{0}" in request(odd)


@given(st.text(st.characters(), max_size=80))
def test_a_cleaned_value_is_one_line_that_runs_one_way(value: str) -> None:
    cleaned = clean(value)
    assert len(cleaned.splitlines()) <= 1
    assert not set(cleaned) & set("\u202e\u202a\u2066\u2069\u200f\x00\x1b\r\n")
    assert clean(cleaned) == cleaned
    cleaned.encode()


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=80))
def test_ordinary_text_is_left_alone(value: str) -> None:
    assert clean(value) == value


@given(st.text(max_size=60), st.integers(6, 40))
def test_a_shortened_text_keeps_its_limit_and_both_ends(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert len(short) <= limit
    assert short[:2] == text[:2]
    assert short[-3:] == text[-3:]


_GONE = {"due_on": None, "days_left": None, "working_days_left": None}


@pytest.mark.parametrize(
    ("reason", "fields", "named", "asked"),
    [
        (Reason.RETURNED, {}, "退办通知", "请按审核意见补充完善，在上述期限前重新报送。"),
        (Reason.RETURNED, {"to": None}, "退办通知", "在上述期限前再次报告办结。"),
        (Reason.DECLINE_REFUSED, _GONE, "不同意退件", "本项仍由贵单位办理"),
        (Reason.EXTENSION_GRANTED, {}, "同意延期", "请按新的期限报送。"),
        (Reason.EXTENSION_REFUSED, {}, "不同意延期", "期限不变，请按期报送。"),
        (Reason.REASSIGNED, _GONE | {"heir": "丙局"}, "转办通知", "本项已转由丙局办理"),
        (Reason.REASSIGNED, _GONE, "转办通知", "本项已转由其他单位办理"),
        (
            Reason.SUSPENDED,
            _GONE | {"until": FRIDAY},
            "暂缓办理",
            "暂缓办理至2024年10月18日（周五）",
        ),
        (Reason.RESUMED, {}, "恢复办理", "期限已按暂缓时间顺延"),
    ],
)
def test_a_decision_is_named_by_what_it_decides(
    reason: Reason, fields: dict[str, Any], named: str, asked: str
) -> None:
    item = final_summary(NoticeKind.DECISION, 2, 0, reason=reason)._replace(**fields)
    assert label(item) == named
    assert asked in request(item)


@pytest.mark.parametrize(
    ("reason", "named", "asked"),
    [
        (Reason.DECLINED, "退件申请", "市财政局认为本项不属于其职责"),
        (Reason.EXTENSION_REQUESTED, "延期申请", "市财政局申请将期限延至2024年10月18日（周五）"),
    ],
)
def test_a_request_asks_the_office_to_decide(reason: Reason, named: str, asked: str) -> None:
    item = final_summary(
        NoticeKind.REQUEST, 2, 0, "市财政局", reason=reason, for_information=True
    )._replace(until=FRIDAY, remark="数据未齐")
    assert label(item) == named
    assert asked in request(item)
    assert "请审核" in request(item)
    assert opinion(item) == ("申请理由", "数据未齐")


def test_a_decision_that_did_not_arrive_is_the_offices_to_pass_on() -> None:
    item = final_summary(
        NoticeKind.DECISION, 2, 0, "市财政局", reason=Reason.UNDELIVERED, for_information=True
    )
    assert label(item) == "无法送达"
    assert request(item).startswith("关于市财政局的“处理决定”有收件人未能收到。")


def test_a_date_in_force_shows_the_one_behind_it() -> None:
    item = final_summary(NoticeKind.REMINDER, 5, 3)._replace(stated_on=date(2024, 10, 1))
    assert deadline(item) == ("2024年10月20日（周日）前（含当日）报送市残联（原期限2024年10月1日）")


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_of_notice_has_a_name(kind: NoticeKind) -> None:
    assert label(final_summary(kind, 2, 0, reason=Reason.STEP_REACHED)) in {
        *LABELS.values(),
        "督办提醒",
    }


def test_what_has_no_date_is_resumed_without_a_word_of_one() -> None:
    item = final_summary(NoticeKind.DECISION, 5, 3, reason=Reason.RESUMED)._replace(due_on=None)
    assert request(item) == "本项恢复办理，请继续推进。"


def test_an_instant_is_told_by_the_clock_of_its_reader() -> None:
    at = datetime(2024, 10, 18, 1, 30, tzinfo=UTC)
    assert local_time(at, ZoneInfo("Asia/Shanghai")) == "2024-10-18 09:30"
    assert local_time(at, ZoneInfo("Asia/Urumqi")) == "2024-10-18 07:30"


def test_an_example_of_a_date_lies_ahead() -> None:
    assert month_after(date(2026, 11, 23)) == date(2026, 12, 1)
    assert month_after(date(2026, 12, 31)) == date(2027, 1, 1)
