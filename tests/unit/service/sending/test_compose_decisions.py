"""What a mail says of decisions and requests, and of the dates that they change."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from duban.service.apply import apply
from duban.service.daily import plan_daily
from duban.service.entries import Saying, enter
from duban.service.reassign import Route, reassign
from duban.service.sending.compose import compose
from duban.service.workplace import Workplace
from duban.store import outbox, outcomes, planning
from duban.store.database import writing
from duban.store.tables import ENTRY, NOTICE, RECEIVED
from models.entry import EntryKind
from models.notice import Notice, Reason, Recipient
from models.policy import NoticeKind
from models.roster import Post
from notifications.digest import Digest, Item
from notifications.mime import build
from notifications.render import render
from tests import builders
from tests.integration.offices import SENDER

LIAISON = builders.address("甲局", "liaison")
OFFICE = "office@coordination.example"
SUMMARY = "plan-2024/summary/甲局"
ASSIGNMENT = "plan-2024/assignment/甲局"


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    """Applied on 2024-01-02 and acknowledged on that day; 甲局 owes a report by 2024-10-20."""
    office = builders.office(builders.plan())
    with builders.ledger_at(f"sqlite:///{tmp_path / 'ledger.db'}", office) as found:
        apply(found, found.office.plans.values(), builders.occasion("2024-01-02"))
        _say(found, "2024-01-02", EntryKind.ACKNOWLEDGED)
        _digest(found, "2024-01-02")
        yield found


def _say(
    workplace: Workplace,
    day: str,
    kind: EntryKind,
    text: str = "",
    until: str | None = None,
    key: str = SUMMARY,
) -> None:
    by = "审核人" if kind in (EntryKind.CLOSED_OUT, EntryKind.RETURNED) else "某人"
    saying = Saying(kind, text, date.fromisoformat(until) if until else None)
    enter(workplace, key, saying, builders.occasion(day, by))


def _digest(workplace: Workplace, day: str, recipient: str = LIAISON) -> Digest | None:
    """What the reader's mail says on that day; the mail is then sent."""
    on = date.fromisoformat(day)
    at = builders.instant(on)
    with writing(workplace.engine) as connection:
        mails = outbox.claim(connection, "me", on, at, 100)
        found = compose(connection, workplace, mails, on, SENDER)
        for mail in mails:
            outcomes.sent(connection, mail, "", "250", (on, at))
        return next((found[mail.id] for mail in mails if mail.recipient == recipient), None)


def _item(workplace: Workplace, day: str, recipient: str = LIAISON) -> Item:
    digest = _digest(workplace, day, recipient)
    assert digest is not None
    [item] = digest.items
    return item


def test_a_returned_result_names_the_words_and_the_inner_date(workplace: Workplace) -> None:
    _say(workplace, "2024-10-08", EntryKind.COMPLETED, "已完成")
    _say(workplace, "2024-10-10", EntryKind.RETURNED, "缺少培训人数。", "2024-10-16")
    item = _item(workplace, "2024-10-10")
    assert (item.kind, item.reason) == (NoticeKind.DECISION, Reason.RETURNED)
    assert (item.due_on, item.stated_on) == (date(2024, 10, 16), date(2024, 10, 20))
    assert (item.days_left, item.working_days_left) == (6, 5)
    assert item.remark == "缺少培训人数。"
    assert not item.for_information


def test_reminders_of_a_returned_result_show_the_inner_date(workplace: Workplace) -> None:
    _say(workplace, "2024-10-08", EntryKind.COMPLETED)
    _say(workplace, "2024-10-10", EntryKind.RETURNED, "缺少培训人数。", "2024-10-16")
    _digest(workplace, "2024-10-10")
    plan_daily(workplace, date(2024, 10, 16))
    item = _item(workplace, "2024-10-16")
    assert item.kind is NoticeKind.REMINDER
    assert (item.due_on, item.stated_on) == (date(2024, 10, 16), date(2024, 10, 20))
    assert item.days_left == 0


def test_a_reminder_in_the_same_mail_does_not_swallow_a_decision(workplace: Workplace) -> None:
    _say(workplace, "2024-10-08", EntryKind.COMPLETED)
    _say(workplace, "2024-10-10", EntryKind.RETURNED, "缺少培训人数。", "2024-10-16")
    plan_daily(workplace, date(2024, 10, 16))
    item = _item(workplace, "2024-10-16")
    assert (item.kind, item.days_left) == (NoticeKind.DECISION, 0)


def test_two_decisions_that_both_stand_are_both_told_in_order(workplace: Workplace) -> None:
    _say(workplace, "2024-10-08", EntryKind.COMPLETED)
    _say(workplace, "2024-10-10", EntryKind.RETURNED, "缺少培训人数。", "2024-10-16")
    _say(workplace, "2024-10-10", EntryKind.EXTENSION_REQUESTED, "来不及", "2024-11-01")
    _say(workplace, "2024-10-10", EntryKind.EXTENSION_REFUSED, "期限不变")
    digest = _digest(workplace, "2024-10-10")
    assert digest is not None
    assert [(item.reason, item.remark) for item in digest.items] == [
        (Reason.RETURNED, "缺少培训人数。"),
        (Reason.EXTENSION_REFUSED, "期限不变"),
    ]
    assert digest.numbered == (SUMMARY,)
    text = render(digest).text
    assert text.index("缺少培训人数。") < text.index("期限不变")


def test_a_refusal_keeps_its_reasons_beside_a_return_that_follows(workplace: Workplace) -> None:
    _say(workplace, "2024-10-08", EntryKind.EXTENSION_REQUESTED, "来不及", "2024-11-01")
    _say(workplace, "2024-10-10", EntryKind.EXTENSION_REFUSED, "期限不变")
    _say(workplace, "2024-10-10", EntryKind.COMPLETED)
    _say(workplace, "2024-10-10", EntryKind.RETURNED, "缺少培训人数。", "2024-10-16")
    digest = _digest(workplace, "2024-10-10")
    assert digest is not None
    assert [item.remark for item in digest.items] == ["期限不变", "缺少培训人数。"]
    rendered = render(digest)
    assert rendered.subject.startswith("【不同意延期、退办通知】工作总结 请于10月16日")
    assert "等" not in rendered.subject
    assert rendered.text.count("【不同意延期、退办通知】工作总结") == 1


@pytest.mark.parametrize("then", [1, 2, 3])
def test_a_return_that_was_answered_meanwhile_is_not_told(workplace: Workplace, then: int) -> None:
    _say(workplace, "2024-10-08", EntryKind.COMPLETED)
    _say(workplace, "2024-10-10", EntryKind.RETURNED, "缺少培训人数。", "2024-10-16")
    for kind in (EntryKind.COMPLETED, EntryKind.ACCEPTED, EntryKind.CLOSED_OUT)[:then]:
        _say(workplace, "2024-10-10", kind)
    assert _digest(workplace, "2024-10-10") is None


def test_of_two_returns_the_last_is_told(workplace: Workplace) -> None:
    for words in ("缺少培训人数。", "缺少就业人数。"):
        _say(workplace, "2024-10-10", EntryKind.COMPLETED)
        _say(workplace, "2024-10-10", EntryKind.RETURNED, words, "2024-10-16")
    assert _item(workplace, "2024-10-10").remark == "缺少就业人数。"


def test_of_what_is_another_units_by_now_nothing_else_is_told(workplace: Workplace) -> None:
    _say(workplace, "2024-10-08", EntryKind.COMPLETED)
    _say(workplace, "2024-10-10", EntryKind.RETURNED, "缺少培训人数。", "2024-10-16")
    reassign(workplace, SUMMARY, Route("丙局", "职责已划转"), builders.occasion("2024-10-10"))
    assert _item(workplace, "2024-10-10").reason is Reason.REASSIGNED


def test_a_new_date_in_the_matrix_does_not_swallow_a_return(workplace: Workplace) -> None:
    _say(workplace, "2024-10-08", EntryKind.COMPLETED)
    _say(workplace, "2024-10-10", EntryKind.RETURNED, "缺少培训人数。", "2024-10-16")
    new = builders.office(
        builders.plan(builders.matrix(obligations=(builders.report(on="2024-11-08"),)))
    )
    later = builders.edited(workplace, new)
    apply(later, new.plans.values(), builders.occasion("2024-10-10"))
    digest = _digest(later, "2024-10-10")
    assert digest is not None
    told = {item.obligation: (item.reason, item.due_on) for item in digest.items}
    assert told[SUMMARY] == (Reason.RETURNED, date(2024, 11, 8))


def test_an_extension_is_asked_of_the_office_and_granted_to_the_unit(workplace: Workplace) -> None:
    _say(workplace, "2024-10-08", EntryKind.EXTENSION_REQUESTED, "数据未齐", "2024-11-01")
    request = _item(workplace, "2024-10-08", OFFICE)
    assert (request.kind, request.reason) == (NoticeKind.REQUEST, Reason.EXTENSION_REQUESTED)
    assert (request.until, request.remark) == (date(2024, 11, 1), "数据未齐")
    assert request.for_information
    _say(workplace, "2024-10-09", EntryKind.EXTENSION_GRANTED)
    granted = _item(workplace, "2024-10-09")
    assert (granted.due_on, granted.stated_on) == (date(2024, 11, 1), date(2024, 10, 20))
    assert granted.calendar_sequence > 1


def test_a_request_that_was_decided_meanwhile_is_not_made_any_more(workplace: Workplace) -> None:
    _say(workplace, "2024-10-08", EntryKind.EXTENSION_REQUESTED, "数据未齐", "2024-11-01")
    _say(workplace, "2024-10-08", EntryKind.EXTENSION_REFUSED, "不符合规定")
    assert _digest(workplace, "2024-10-09", OFFICE) is None


def test_a_refused_extension_leaves_the_date_as_it_is(workplace: Workplace) -> None:
    _say(workplace, "2024-10-08", EntryKind.EXTENSION_REQUESTED, "数据未齐", "2024-11-01")
    _say(workplace, "2024-10-08", EntryKind.EXTENSION_REFUSED, "不符合规定")
    item = _item(workplace, "2024-10-08")
    assert (item.reason, item.remark) == (Reason.EXTENSION_REFUSED, "不符合规定")
    assert (item.due_on, item.stated_on) == (date(2024, 10, 20), None)


def test_a_declined_item_is_the_offices_to_decide(workplace: Workplace) -> None:
    _say(workplace, "2024-01-03", EntryKind.DECLINED, "不属于本局职责", key=ASSIGNMENT)
    item = _item(workplace, "2024-01-03", OFFICE)
    assert (item.kind, item.reason, item.unit) == (NoticeKind.REQUEST, Reason.DECLINED, "甲局")
    _say(workplace, "2024-01-04", EntryKind.DECLINE_REFUSED, "分工已经会签", key=ASSIGNMENT)
    told = _item(workplace, "2024-01-04")
    assert (told.reason, told.remark) == (Reason.DECLINE_REFUSED, "分工已经会签")


def test_a_suspension_is_told_although_the_item_is_silent(workplace: Workplace) -> None:
    _say(workplace, "2024-09-02", EntryKind.SUSPENDED, "方案修订", "2024-11-01")
    item = _item(workplace, "2024-09-02")
    assert (item.reason, item.until) == (Reason.SUSPENDED, date(2024, 11, 1))
    assert (item.due_on, item.days_left) == (None, None)
    assert "暂缓办理至2024年11月1日（周五）" in render(_of(item)).text


def test_who_loses_an_item_is_told_who_has_it(workplace: Workplace) -> None:
    route = Route("丙局", "职责已划转")
    reassign(workplace, SUMMARY, route, builders.occasion("2024-09-02"))
    item = _item(workplace, "2024-09-02")
    assert (item.reason, item.heir, item.due_on) == (Reason.REASSIGNED, "丙局", None)
    assert "已转由丙局办理" in render(_of(item)).subject


def test_a_decision_answers_the_mail_that_the_unit_wrote(workplace: Workplace) -> None:
    _say(workplace, "2024-10-08", EntryKind.COMPLETED, "已完成")
    with writing(workplace.engine) as connection:
        row = {
            "content": "0" * 64,
            "message_id": "<answer@unit.example>",
            "received_at": builders.instant(date(2024, 10, 8)),
            "sender": LIAISON,
            "subject": "",
            "text": "",
            "kind": "reply",
            "state": "acted",
            "because": "",
        }
        [number] = connection.execute(RECEIVED.insert().returning(RECEIVED.c.id), [row]).scalars()
        connection.execute(ENTRY.update().where(ENTRY.c.text == "已完成"), {"received_id": number})
    _say(workplace, "2024-10-10", EntryKind.RETURNED, "缺少培训人数。", "2024-10-16")
    digest = _digest(workplace, "2024-10-10")
    assert digest is not None
    assert digest.replies_to == "<answer@unit.example>"
    message = build(render(digest), digest, SENDER, builders.instant(digest.on))
    assert b"\r\nIn-Reply-To: <answer@unit.example>\r\n" in message.data


def test_a_lead_hears_of_others_that_have_not_reported(workplace: Workplace) -> None:
    lead = builders.address("乙局", "liaison")
    notice = Notice(
        on=date(2024, 10, 9),
        kind=NoticeKind.INNER_DATE,
        reason=Reason.INNER_DATE,
        obligation=SUMMARY,
        revision=1,
        unit="甲局",
        step="inner-co-units",
        due_on=None,
        recipients=(Recipient(Post.LIAISON, lead),),
    )
    with writing(workplace.engine) as connection:
        planning.queue(connection, [notice], notice.on)
    digest = _digest(workplace, "2024-10-09", lead)
    assert digest is not None
    [item] = digest.items
    assert (digest.salutation, digest.numbered) == ("乙局联络员", ())
    assert (item.unit, item.for_information) == ("甲局", True)
    rendered = render(digest)
    assert rendered.subject.startswith("【汇总提醒】甲局 工作总结 应于10月20日（周日）前")
    assert "责任单位：甲局" in rendered.text


def test_what_has_come_in_is_not_missed_any_more(workplace: Workplace) -> None:
    _say(workplace, "2024-10-08", EntryKind.REPORTED, "已报")
    plan_daily(workplace, date(2024, 10, 8))
    with writing(workplace.engine) as connection:
        change = NOTICE.update().where(NOTICE.c.obligation_id == SUMMARY)
        connection.execute(change.values(kind=NoticeKind.INNER_DATE.value))
    assert _digest(workplace, "2024-10-08") is None


def _of(item: Item) -> Digest:
    return Digest("key", date(2024, 9, 2), LIAISON, "甲局联络员", (item,), ())
