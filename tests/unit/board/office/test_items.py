"""One obligation on the office's page: every act, what it needs, and what is never lost."""

from datetime import date

import pytest

from duban.service.entries import Saying, enter
from duban.service.workplace import Workplace
from duban.store import origins
from duban.store.database import reading
from models.account import AccountRole
from models.entry import EntryKind
from tests.builders import edited, items, occasion, office, sentences, state
from tests.unit.board.conftest import Clock
from tests.unit.board.office.browsers import (
    DUTY,
    NAMES,
    SUMMARY,
    Browser,
    kinds,
    last,
)
from tests.unit.board.office.conftest import Open

PAGE = f"/office/items/{SUMMARY}"
E = EntryKind


def _say(workplace: Workplace, kind: EntryKind, **more: object) -> None:
    saying = Saying(kind, "单位的话", **more)  # type: ignore[arg-type]
    enter(workplace, SUMMARY, saying, occasion("2024-01-03", "甲局联络员"))


def test_the_page_shows_what_the_document_says_and_all_that_happened(
    completed: Workplace, reviewer: Browser
) -> None:
    text = reviewer.get(PAGE)
    for said in (
        "甲局　工作总结", "原文", "一、第一句", "2024年10月20日（周日）", "已办结",
        "总结已报", "甲局联络员（a@b.example），页面",
    ):  # fmt: skip
        assert said in text


def test_notices_are_told_by_name_and_once_for_all_their_readers(
    completed: Workplace, reviewer: Browser
) -> None:
    enter(completed, DUTY, Saying(E.DECLINED, "不是我局"), occasion("2024-01-03"))
    enter(completed, SUMMARY, Saying(E.RETURNED, "请补"), occasion("2024-01-03"))
    text = reviewer.get(PAGE)
    assert "发出的通知（1次）" in text
    assert "2024-01-03 退办通知" in text
    assert "联络员 liaison" in text
    assert "decision-" not in text
    assert "退件申请" in reviewer.get(f"/office/items/{DUTY}")


def test_a_result_is_accepted_and_closed_out_by_another(
    completed: Workplace, reviewer: Browser, browser: Open
) -> None:
    text = reviewer.act(PAGE, "accepted", accepted_text="很好")
    assert "已登记：认可（审核乙）" in text
    made = last(completed, SUMMARY)
    assert (made.by, made.text, made.via) == ("审核乙", "很好", "office-page")
    assert "请由其他审核人销号" in text
    fields = reviewer.hidden("returned") | {"act": "closed-out"}
    assert "请由其他人销号" in reviewer.post(PAGE, **fields)
    assert reviewer.status == 409
    enter(completed, SUMMARY, Saying(E.CLOSED_OUT), occasion("2024-01-04", "另一人"))
    assert "已销号" in reviewer.get(PAGE)


def test_a_return_needs_a_reason_and_may_name_a_date(
    completed: Workplace, reviewer: Browser
) -> None:
    text = reviewer.act(PAGE, "returned", returned_until="2024-01-12")
    assert reviewer.status == 422
    assert 'href="#returned-text">请写明理由' in text
    assert 'value="2024-01-12"' in text
    assert '<details id="returned" open>' in text
    reviewer.send(PAGE, "returned", returned_text="缺数字\n请补", returned_until="2024-01-12")
    assert reviewer.status == 200
    assert last(completed, SUMMARY).text == "缺数字\n请补"
    assert items(completed)[SUMMARY].inner_due_on == date(2024, 1, 12)
    assert "重新报送期限" in reviewer.text


@pytest.mark.parametrize(
    ("until", "said"),
    sentences(
        [
            ("no date at all", "下周", "没有这个日期"),
            ("a day that does not exist", "2024-02-30", "没有这个日期"),
            ("a day of another century", "9999-12-31", "日期离今天太远"),
            ("a day that is over", "2024-01-02", "日期应晚于2024-01-03"),
        ]
    ),
)
def test_a_wrong_date_is_told_and_everything_typed_is_kept(
    completed: Workplace, reviewer: Browser, until: str, said: str
) -> None:
    before = state(completed)
    text = reviewer.act(PAGE, "returned", returned_text="缺数字", returned_until=until)
    assert reviewer.status in (409, 422)
    assert said in text
    assert "缺数字" in text
    assert f'value="{until}"' in text
    assert state(completed) == before


def test_an_extension_is_granted_with_the_date_asked_for(
    people: Workplace, reviewer: Browser
) -> None:
    _say(people, E.EXTENSION_REQUESTED, until=date(2024, 11, 1))
    assert 'value="2024-11-01"' in reviewer.get(PAGE)
    reviewer.send(PAGE, "extension-granted", extension_granted_until="2024-10-31")
    row = items(people)[SUMMARY]
    assert (row.due_on, row.stated_due_on) == (date(2024, 10, 31), date(2024, 10, 20))
    assert "文件期限" in reviewer.text
    assert "2024年10月31日（周四）" in reviewer.text


def test_an_extension_or_a_decline_is_refused_with_a_reason(
    people: Workplace, reviewer: Browser
) -> None:
    _say(people, E.EXTENSION_REQUESTED, until=date(2024, 11, 1))
    reviewer.act(PAGE, "extension-refused", extension_refused_text="时间足够")
    assert items(people)[SUMMARY].asked_due_on is None
    _say(people, E.DECLINED)
    reviewer.act(PAGE, "decline-refused", decline_refused_text="职责明确")
    assert kinds(people, SUMMARY)[-3:] == ["extension-refused", "declined", "decline-refused"]


def test_what_is_not_theirs_goes_to_another_unit(people: Workplace, clerk: Browser) -> None:
    _say(people, E.DECLINED)
    clerk.act(PAGE, "reassigned", reassigned_text="属丙局职责")
    assert "请选择承接单位" in clerk.text
    assert "属丙局职责" in clerk.text
    clerk.send(PAGE, "reassigned", reassigned_text="属丙局职责", reassigned_unit="丙局")
    assert clerk.status == 200
    with reading(people.engine) as connection:
        found = origins.of_plan(connection, "plan-2024")
    assert found["plan-2024/summary/丙局"] == (SUMMARY,)
    assert items(people)[SUMMARY].stage == "reassigned"
    assert "转给：丙局" in clerk.text


def test_an_unknown_unit_is_no_choice(people: Workplace, clerk: Browser) -> None:
    _say(people, E.DECLINED)
    for unit in ("丁局", "甲局", ""):
        clerk.act(PAGE, "reassigned", reassigned_text="转", reassigned_unit=unit)
        assert clerk.status == 422


def test_suspended_until_a_day_and_resumed(people: Workplace, reviewer: Browser) -> None:
    reviewer.act(PAGE, "suspended", suspended_text="等上级文件")
    assert "请写明日期" in reviewer.text
    reviewer.send(PAGE, "suspended", suspended_text="等上级文件", suspended_until="2024-02-01")
    assert "2024年2月1日（周四）" in reviewer.text
    reviewer.act(PAGE, "resumed")
    assert kinds(people, SUMMARY)[-2:] == ["suspended", "resumed"]


def test_the_second_of_two_clerks_is_told_what_changed_and_by_whom(
    completed: Workplace, reviewer: Browser
) -> None:
    reviewer.get(PAGE)
    enter(completed, SUMMARY, Saying(E.ACCEPTED, "没有问题"), occasion("2024-01-03", "另一人"))
    text = reviewer.send(PAGE, "returned", returned_text="缺数字")
    assert reviewer.status == 409
    assert "另一人登记“认可”（没有问题）" in text
    assert "您打开之后新增" in text
    assert "缺数字" in text
    assert kinds(completed, SUMMARY)[-1] == "accepted"
    reviewer.send(PAGE, "returned", returned_text="缺数字")
    assert kinds(completed, SUMMARY)[-1] == "returned"


def test_words_for_a_form_that_is_no_longer_there_are_shown_all_the_same(
    completed: Workplace, reviewer: Browser
) -> None:
    reviewer.get(PAGE)
    enter(completed, SUMMARY, Saying(E.RETURNED, "请补"), occasion("2024-01-03", "另一人"))
    text = reviewer.send(PAGE, "accepted", accepted_text="写了很久的评语")
    assert reviewer.status == 409
    assert "您刚才写的" in text
    assert "写了很久的评语" in text


def test_the_same_form_twice_acts_once(completed: Workplace, reviewer: Browser) -> None:
    reviewer.get(PAGE)
    fields = reviewer.hidden("returned") | {"returned-text": "请补"}
    reviewer.post(PAGE, **fields)
    before = state(completed)
    assert "没有重复登记" in reviewer.post(PAGE, **fields)
    assert state(completed) == before


def test_a_form_that_was_refused_can_be_sent_again(completed: Workplace, reviewer: Browser) -> None:
    """Its number is used up together with what it does, or not at all."""
    reviewer.get(PAGE)
    fields = reviewer.hidden("returned")
    reviewer.post(PAGE, **fields, **{"returned-text": "请补", "returned-until": "2024-01-02"})
    assert reviewer.status == 409
    reviewer.post(PAGE, **fields, **{"returned-text": "请补", "returned-until": "2024-01-12"})
    assert reviewer.status == 200
    assert kinds(completed, SUMMARY)[-1] == "returned"


def test_a_year_without_published_workdays_is_refused_in_words(
    completed: Workplace, clock: Clock, browser: Open
) -> None:
    clock.set("2029-01-05")
    reviewer = browser(AccountRole.REVIEWER)
    text = reviewer.act(PAGE, "accepted", accepted_text="很好")
    assert reviewer.status == 409
    assert "放假安排尚未公布" in text
    assert "很好" in text


@pytest.mark.parametrize(
    "key", ["plan-2024/summary/丙局", "nonsense", "%00", "plan-2024", "a" * 3000]
)
def test_what_is_not_in_the_ledger_is_a_kind_404(reviewer: Browser, key: str) -> None:
    assert "没有找到这一事项" in reviewer.get(f"/office/items/{key}")
    assert reviewer.status == 404


@pytest.mark.parametrize("act", ["", "nonsense", "assigned", "withdrawn", "revised", "register"])
def test_what_is_no_act_of_a_person_is_refused(reviewer: Browser, act: str) -> None:
    reviewer.get(PAGE)
    fields = reviewer.hidden("suspended") | {"act": act, "register-kind": "assigned"}
    reviewer.post(PAGE, **fields)
    assert reviewer.status == 400


def test_a_leader_sees_everything_and_no_form(completed: Workplace, browser: Open) -> None:
    leader = browser(AccountRole.LEADER)
    text = leader.get(PAGE)
    assert NAMES[AccountRole.LEADER] in text
    assert 'name="act"' not in text
    assert "总结已报" in text


def test_who_may_not_act_gets_the_words_back(completed: Workplace, clerk: Browser) -> None:
    """As when the role has changed since the page was opened."""
    fields = {"token": clerk.token(), "number": "n" * 22, "act": "returned", "seen": "9"}
    text = clerk.post(PAGE, **fields, **{"returned-text": "写了很久的理由"})
    assert clerk.status == 403
    assert "您的角色是承办人" in text
    assert "写了很久的理由" in text
    assert kinds(completed, SUMMARY)[-1] == "completed"


def test_an_obligation_whose_plan_is_gone_is_still_shown(
    completed: Workplace, app: object, reviewer: Browser
) -> None:
    bare = edited(completed, office())
    site = app.state.site  # type: ignore[attr-defined]
    object.__setattr__(site, "look", lambda: bare)
    assert "甲局　工作总结" in reviewer.get(PAGE)
    assert reviewer.status == 200
    assert reviewer.get(f"/office/items/{DUTY}")
    assert reviewer.status == 200
    assert "矩阵文件里已经没有这个方案" in reviewer.get("/office/plans/plan-2024")
