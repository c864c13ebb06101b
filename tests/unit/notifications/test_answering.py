"""The ways to answer: whole sentences, and only for what exists."""

from datetime import date
from typing import Any

import pytest

from models.notice import Reason
from models.policy import NoticeKind
from notifications.answering import BY_PHONE, TO_THE_OFFICE, how_to_answer
from notifications.digest import Item, numbering
from tests import builders
from tests.unit.notifications.sample_items import assignment, final_summary

REMINDER = final_summary(NoticeKind.REMINDER, 5, 3)
OVERDUE = final_summary(NoticeKind.CHASE, -5, -3)
SUSPENDED = final_summary(NoticeKind.DECISION, 5, 3, reason=Reason.SUSPENDED)._replace(
    due_on=None, days_left=None, working_days_left=None
)


def _ways(*items: Item, **fields: Any) -> tuple[str, ...]:
    """Of items that are each another obligation."""
    told = tuple(item._replace(obligation=str(place)) for place, item in enumerate(items))
    given = {"reads_replies": True, "wants_evidence": True} | fields
    return how_to_answer(told, numbering(told), **given)


@pytest.mark.parametrize(
    ("items", "words", "others"),
    builders.sentences(
        [
            (
                "a reminder can be answered by progress, completion and a request",
                (REMINDER,),
                ("“签收”", "“进展：", "“无进展”", "“已办结”", "“申请延期至2024年11月1日，原因："),
                ("“退回：", "序号"),
            ),
            (
                "what is overdue cannot be put off any more",
                (OVERDUE,),
                ("“已办结”",),
                ("申请延期", "“退回："),
            ),
            (
                "an assignment is acknowledged or declined",
                (assignment(),),
                ("“签收”", "“退回："),
                ("“已办结”", "申请延期", "进展"),
            ),
            (
                "what is suspended asks for nothing",
                (SUSPENDED,),
                ("如有情况需要说明，可直接回复本邮件。",),
                ("“签收”", "“已办结”"),
            ),
            (
                "several items are named by their numbers",
                (REMINDER, REMINDER, REMINDER, REMINDER),
                ("本邮件有4项", "“1、3 已办结；2 进展：具体情况”", "“全部签收”"),
                (),
            ),
            (
                "two items need no third number",
                (REMINDER, REMINDER),
                ("本邮件有2项", "“1 已办结；2 进展：具体情况”"),
                ("1、3",),
            ),
            (
                "an example fits its items",
                (REMINDER, assignment()),
                ("“1 已办结；2 签收”",),
                ("2 进展",),
            ),
            (
                "two assignments can be acknowledged and declined",
                (assignment(), assignment()),
                ("“1 签收；2 退回：具体原因”",),
                ("已办结",),
            ),
        ]
    ),
)
def test_the_words_fit_what_is_asked(
    items: tuple[Item, ...], words: tuple[str, ...], others: tuple[str, ...]
) -> None:
    told = "".join(_ways(*items))
    assert all(word in told for word in words)
    assert not any(word in told for word in others)


def test_a_plan_of_little_evidence_asks_for_no_attachment() -> None:
    assert any("附件" in way for way in _ways(REMINDER))
    assert not any("附件" in way for way in _ways(REMINDER, wants_evidence=False))


def test_where_no_program_reads_the_answers_the_office_does() -> None:
    assert _ways(REMINDER, reads_replies=False) == (TO_THE_OFFICE, BY_PHONE)


def test_without_a_phone_none_is_named() -> None:
    plan = REMINDER.plan._replace(coordinator_phone=None)
    assert BY_PHONE not in _ways(REMINDER._replace(plan=plan))


def test_who_owes_nothing_is_asked_for_nothing() -> None:
    assert _ways(final_summary(NoticeKind.CHASE, -5, -3, for_information=True)) == ()


def test_numbers_that_an_earlier_copy_gave_are_those_of_the_example() -> None:
    told = tuple(REMINDER._replace(obligation=name) for name in "ab")
    ways = how_to_answer(
        told, numbering(told, ("x", "b")), reads_replies=True, wants_evidence=False
    )
    assert "“2 已办结；3 进展：具体情况”" in "".join(ways)


@pytest.mark.parametrize(
    ("due_on", "day"),
    [(date(2024, 11, 30), "2024年12月1日"), (date(2024, 12, 31), "2025年1月1日")],
)
def test_the_example_of_a_date_lies_after_the_one_in_force(due_on: date, day: str) -> None:
    items = (REMINDER._replace(due_on=due_on),)
    numbered = numbering(items)
    ways = how_to_answer(items, numbered, reads_replies=True, wants_evidence=False)
    assert f"“申请延期至{day}，原因：具体原因”" in ways[0]


def test_what_asks_for_nothing_asks_the_office_for_nothing_either() -> None:
    assert TO_THE_OFFICE not in _ways(SUSPENDED, reads_replies=False)
    assert TO_THE_OFFICE in _ways(SUSPENDED, REMINDER, reads_replies=False)
