"""The verdict on a reply, as a table: who answers which mail with which words."""

from datetime import date
from typing import Any

import pytest

from duban.service.intake.checks import Authentication, Checks, Contact, Token
from duban.service.intake.rules import Item, Verdict, judge
from duban.store.received import ReceivedState
from models.answer import Reading, Statement
from models.entry import EntryKind
from models.obligation import ItemKind
from tests.builders import sentences

_E = EntryKind
ACTED, PARTLY = ReceivedState.ACTED, ReceivedState.PARTLY
OFFICE, IGNORED = ReceivedState.OFFICE, ReceivedState.IGNORED
GOOD = Checks(Token.VALID, False, Contact.RECIPIENT)


def item(key: str, unit: str = "甲局", **fields: Any) -> Item:
    kind = ItemKind.ASSIGNMENT if key == "assignment" else ItemKind.REPORT
    return Item(f"p/{key}/{unit}", kind, unit, f"p/assignment/{unit}", **fields)


A, R, S = item("assignment"), item("report"), item("summary")
OTHER = item("report", "乙局", is_answerable=False)
COPY = item("report", "丙局", is_answerable=False, is_for_information=True)


def says(kind: EntryKind, *numbers: int, every: bool = False, **fields: Any) -> Statement:
    given = {"text": "话"} | fields
    return Statement(numbers, every, kind, **given)


def reading(*statements: Statement, unclear: tuple[str, ...] = (), because: str = "") -> Reading:
    return Reading(statements, unclear, because)


def steps(verdict: Verdict) -> list[tuple[str, EntryKind]]:
    return [(step.obligation.removeprefix("p/"), step.statement.kind) for step in verdict.steps]


ACK, REP, DONE = _E.ACKNOWLEDGED, _E.REPORTED, _E.COMPLETED
NO, LATER = _E.DECLINED, _E.EXTENSION_REQUESTED
ONE, TWO = date(2024, 11, 1), date(2024, 11, 2)

WORDS = [
    ("one item needs no number", (R,), reading(says(DONE)), ACTED, [("report/甲局", DONE)], ""),
    ("an acknowledgement is of the assignment", (R,), reading(says(ACK)), ACTED,
     [("assignment/甲局", ACK)], ""),
    ("without a number several items of one assignment are acknowledged alike", (A, R, S),
     reading(says(ACK)), ACTED, [("assignment/甲局", ACK)], ""),
    ("but not those of two units", (R, item("report", "乙局")), reading(says(ACK)), OFFICE, [],
     "没有写明是第几项：“签收：话”（该邮件有2项）"),
    ("without a number nothing is guessed among several", (R, S), reading(says(DONE)), OFFICE, [],
     "没有写明是第几项：“办结：话”（该邮件有2项）"),
    ("an item that is another unit's counts as one of several", (R, OTHER), reading(says(DONE)),
     OFFICE, [], "没有写明是第几项：“办结：话”（该邮件有2项）"),
    ("a copy for information does not", (R, COPY), reading(says(DONE)), ACTED,
     [("report/甲局", DONE)], ""),
    ("numbers are positions", (A, R, S), reading(says(DONE, 3)), ACTED, [("summary/甲局", DONE)],
     ""),
    ("several numbers, several things", (A, R, S),
     reading(says(DONE, 2), says(LATER, 3, until=ONE)), ACTED,
     [("summary/甲局", LATER), ("report/甲局", DONE)], ""),
    ("a number twice counts once", (R, S), reading(says(DONE, 1, 1)), ACTED,
     [("report/甲局", DONE)], ""),
    ("a number that the mail has not", (R, S), reading(says(DONE, 1, 7, 0)), PARTLY,
     [("report/甲局", DONE)], "该邮件没有第7项；该邮件没有第0项"),
    ("all acknowledged is each unit's assignment, once", (R, S, item("report", "乙局")),
     reading(says(ACK, every=True)), ACTED, [("assignment/甲局", ACK), ("assignment/乙局", ACK)],
     ""),
    ("all done leaves the assignment aside", (A, R, S), reading(says(DONE, every=True)), ACTED,
     [("report/甲局", DONE), ("summary/甲局", DONE)], ""),
    ("all, where all is an assignment", (A,), reading(says(DONE, every=True)), ACTED,
     [("assignment/甲局", DONE)], ""),
    ("all of those that are the sender's", (R, OTHER, COPY), reading(says(DONE, every=True)),
     ACTED, [("report/甲局", DONE)], ""),
    ("another unit's item cannot be answered", (R, OTHER), reading(says(DONE, 2)), OFFICE, [],
     "发件人不是乙局登记的联系人"),
    ("nor one that was sent for information", (R, COPY), reading(says(DONE, 1), says(DONE, 2)),
     PARTLY, [("report/甲局", DONE)], "“丙局”的事项只抄送发件人知悉，不能由其办理"),
    ("what was not understood is shown, the rest acts", (R, S),
     reading(says(DONE, 1), unclear=("请致电", "我们"), because="看不懂"), PARTLY,
     [("report/甲局", DONE)], "没有读懂：“请致电／我们”（看不懂）"),
    ("nothing understood", (R,), reading(unclear=("你好",)), OFFICE, [], "没有读懂：“你好”"),
    ("nothing said", (R,), reading(), OFFICE, [], "没有读懂这封回信"),
    ("a contradiction stops the item, not the others", (R, S),
     reading(says(DONE, 1), says(LATER, 1, until=ONE), says(DONE, 2)), PARTLY,
     [("summary/甲局", DONE)], "同一事项的答复互相矛盾（办结、申请延期）"),
    ("two dates for one item", (R,), reading(says(LATER, until=ONE), says(LATER, until=TWO)),
     OFFICE, [], "同一事项的答复互相矛盾（申请延期）"),
    ("declined and reported", (R,), reading(says(NO), says(REP)), OFFICE, [],
     "同一事项的答复互相矛盾（退件、反馈）"),
    ("acknowledged and declined", (R,), reading(says(ACK), says(NO)), OFFICE, [],
     "同一事项的答复互相矛盾（签收、退件）"),
    ("the same said twice counts once", (R,), reading(says(REP), says(REP)), ACTED,
     [("report/甲局", REP)], ""),
    ("two reports are two", (R,), reading(says(REP), says(REP, text="又")), ACTED,
     [("report/甲局", REP), ("report/甲局", REP)], ""),
    ("a report goes before the completion that would close it", (R,),
     reading(says(DONE), says(REP), says(ACK)), ACTED,
     [("assignment/甲局", ACK), ("report/甲局", REP), ("report/甲局", DONE)], ""),
    ("a mail without items", (), reading(says(DONE)), OFFICE, [], "该邮件没有可以回信办理的事项"),
]  # fmt: skip


@pytest.mark.parametrize(("items", "said", "state", "entered", "because"), sentences(WORDS))
def test_words(
    items: tuple[Item, ...],
    said: Reading,
    state: ReceivedState,
    entered: list[tuple[str, EntryKind]],
    because: str,
) -> None:
    verdict = judge(GOOD, items, said)
    assert (verdict.state, steps(verdict), verdict.because) == (state, entered, because)


def checks(**fields: Any) -> Checks:
    return GOOD._replace(**fields)


FAILED = {"authentication": Authentication.FAIL, "results": {"dmarc": "fail"}}
SENDERS = [
    ("the reader, with our tag", checks(), (R,), ACTED, ""),
    ("the reader, who quotes our Message-ID",
     checks(token=Token.ABSENT, is_referred=True), (R,), ACTED, ""),
    ("a colleague", checks(contact=Contact.COLLEAGUE), (R,), ACTED, ""),
    ("our server says it is he", checks(authentication=Authentication.PASS), (R,), ACTED, ""),
    ("our server doubts him", checks(**FAILED), (R,), OFFICE,
     "邮件服务器认为发件人身份可疑（dmarc=fail）"),
    ("a stranger", checks(contact=Contact.UNKNOWN), (R,), OFFICE,
     "发件人不是该邮件所涉单位登记的联系人"),
    ("a stranger with a forged tag", checks(token=Token.FORGED, contact=Contact.UNKNOWN), None,
     OFFICE, "回信地址中的校验码不对：不是本系统发出的，或该邮件的事项编号已有变动"),
    ("a forged tag beside a true reference", checks(token=Token.FORGED, is_referred=True), (R,),
     OFFICE, "回信地址中的校验码不对：不是本系统发出的，或该邮件的事项编号已有变动"),
    ("a mail out of the blue", checks(token=Token.ABSENT), None, OFFICE,
     "看不出回复的是哪一封邮件：没有回信校验码，也没有引用本系统的邮件"),
    ("an office about what it was copied in on", checks(contact=Contact.OFFICE), (COPY,), OFFICE,
     "抄送督办单位的邮件不能用回信办理，请在专班页面或用命令登记"),
]  # fmt: skip


@pytest.mark.parametrize(("who", "items", "state", "because"), sentences(SENDERS))
def test_senders(
    who: Checks, items: tuple[Item, ...] | None, state: ReceivedState, because: str
) -> None:
    verdict = judge(who, items, reading(says(DONE)))
    assert (verdict.state, verdict.because) == (state, because)
    assert bool(verdict.steps) is (state is ACTED)


@pytest.mark.parametrize("items", [(COPY,), ()])
def test_an_offices_receipt_bothers_nobody(items: tuple[Item, ...]) -> None:
    verdict = judge(checks(contact=Contact.OFFICE), items, reading(says(ACK)))
    assert (verdict.state, verdict.steps) == (IGNORED, ())


def test_two_mails_at_once_are_answered_by_nobody() -> None:
    verdict = judge(GOOD, (R,), reading(says(DONE)), "两封")
    assert verdict == Verdict(OFFICE, "两封")


def test_attachments_are_evidence_of_what_was_named() -> None:
    verdict = judge(GOOD, (A, R, S), reading(says(DONE, 2), says(REP, 2), says(REP, 3)))
    assert verdict.named == ("p/report/甲局", "p/summary/甲局")


def test_long_words_are_cut_where_they_are_quoted() -> None:
    verdict = judge(GOOD, (R,), reading(unclear=("长" * 500,)))
    assert verdict.because == f"没有读懂：“{'长' * 80}…”"
