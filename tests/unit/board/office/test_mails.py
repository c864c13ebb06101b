"""A received mail on the office's page: shown with its checks, entered or settled, once."""

import json
from email.message import EmailMessage
from typing import Any

import pytest

from duban.board.row_fields import NIL_AND_MORE
from duban.service.entries import Saying, enter
from duban.service.evidence.locker import list_evidence
from duban.service.workplace import Workplace
from duban.store import received
from duban.store.database import Record, reading
from models.account import AccountRole
from models.entry import EntryKind
from tests.builders import occasion, state
from tests.unit.board.office.browsers import DUTY, SUMMARY, Browser, Received, kinds, last
from tests.unit.board.office.conftest import Open

READING = {
    "statements": [
        {
            "items": [2],
            "for_all": False,
            "kind": "completed",
            "text": "已办结，见附件",
            "until": None,
            "is_nil": False,
        }
    ],
    "unclear": ["请多关照"],
    "because": "有一行没有读懂",
}
CHECKS = {"token": "valid", "reference": "absent", "contact": "colleague", "spf": "softfail"}


def _row(workplace: Workplace, number: int) -> Record:
    with reading(workplace.engine) as connection:
        row = received.get(connection, number)
    assert row is not None
    return row


def _mail(post: Received, **more: Any) -> int:
    return post.mail(
        "2 已办结，见附件\n请多关照",
        outbox_id=post.answering(DUTY, SUMMARY),
        reading=json.dumps(READING),
        checks=json.dumps(CHECKS),
        **more,
    )


def _scan() -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "总结"
    mail.set_content("1 已办结")
    mail.add_attachment(b"%PDF-1.4\n%%EOF", "application", "pdf", filename="总结（盖章）.pdf")
    mail.add_attachment(b"MZ\x90\x00", "image", "png", filename="照片.png")
    return mail.as_bytes()


def test_the_page_shows_the_words_the_checks_and_what_was_guessed(
    post: Received, clerk: Browser
) -> None:
    text = clerk.get(f"/office/mails/{_mail(post)}")
    for said in (
        "2 已办结，见附件\n请多关照", "没有读懂", "回信校验码", "有效", "同单位其他联系人",
        "softfail", "第2项：办结", "有一行没有读懂", "待办理", "看原文", "下载（.eml）",
    ):  # fmt: skip
        assert said in text, said
    assert f'<option value="{SUMMARY}" selected>' in text
    assert '<option value="completed" selected>' in text


def test_what_it_says_is_entered_for_the_unit_and_the_mail_is_settled(
    people: Workplace, post: Received, clerk: Browser
) -> None:
    number = _mail(post)
    path = f"/office/mails/{number}"
    fields = {"register_item": SUMMARY, "register_kind": "completed", "register_text": "已办结"}
    clerk.act(path, "register", then="all", **fields)
    assert clerk.status == 200, clerk.text
    made = last(people, SUMMARY)
    assert (made.kind, made.received_id, made.via) == ("completed", number, "office-page")
    assert made.by == "甲局（来信，承办甲代为登记）"
    row = _row(people, number)
    assert (row.state, row.settled_by) == ("settled", "承办甲")
    assert "已登记" in clerk.text
    assert 'name="act"' not in clerk.text
    assert f'href="/office/mails/{number}">看来信' in clerk.get(f"/office/items/{SUMMARY}")


def test_a_mail_with_more_in_it_goes_on_waiting(
    people: Workplace, post: Received, clerk: Browser
) -> None:
    number = _mail(post)
    path = f"/office/mails/{number}"
    fields = {"register_kind": "reported", "register_text": "进展", "then": "more"}
    clerk.act(path, "register", register_item=SUMMARY, **fields)
    assert "这封来信仍在待办理之列" in clerk.text
    clerk.act(path, "register", register_item="", register_other=DUTY, **fields)
    assert (kinds(people, SUMMARY)[-1], kinds(people, DUTY)[-1]) == ("reported", "reported")
    assert _row(people, number).state == "office"


def test_its_attachments_become_evidence_and_unfit_ones_stay_in_the_mail(
    people: Workplace, post: Received, clerk: Browser
) -> None:
    number = post.mail(raw=_scan(), outbox_id=post.answering(SUMMARY))
    path = f"/office/mails/{number}"
    fields = {"register_item": SUMMARY, "register_kind": "completed", "then": "all"}
    assert "总结（盖章）.pdf" in clerk.get(path)
    clerk.send(path, "register", register_papers="1", **fields)
    (piece,) = list_evidence(people, SUMMARY)
    assert (piece.file_name, piece.received_id) == ("总结（盖章）.pdf", number)
    assert piece.by == "甲局（来信，承办甲代为登记）"


def test_without_the_tick_nothing_is_kept(
    people: Workplace, post: Received, clerk: Browser
) -> None:
    number = post.mail(raw=_scan(), outbox_id=post.answering(SUMMARY))
    fields = {"register_item": SUMMARY, "register_kind": "completed", "then": "all"}
    clerk.act(f"/office/mails/{number}", "register", **fields)
    assert list_evidence(people, SUMMARY) == []


def test_a_mail_that_needs_nothing_is_noted_with_how(
    people: Workplace, post: Received, clerk: Browser
) -> None:
    number = post.mail()
    path = f"/office/mails/{number}"
    assert "请写明怎样处理的" in clerk.act(path, "settle")
    clerk.send(path, "settle", settle_note="已电话答复")
    row = _row(people, number)
    assert (row.state, row.settled_by, row.settled_text) == ("settled", "承办甲", "已电话答复")
    assert "已电话答复" in clerk.text
    assert row.because == "没有读懂"


WRONG = [
    ("no obligation", {"register-kind": "reported", "register-text": "写好的字"}, "请选择事项"),
    ("no kind", {"register-item": SUMMARY, "register-text": "写好的字"}, "请选择登记为哪一种"),
    (
        "an unknown id",
        {"register-kind": "completed", "register-other": "无", "register-text": "写好的字"},
        "没有这个编号的事项",
    ),
    (
        "what the stage does not allow",
        {
            "register-kind": "extension-requested",
            "register-item": SUMMARY,
            "register-text": "写好的字",
            "register-until": "2024-01-05",
        },
        "新的日期应晚于",
    ),
    (
        "an act of the office",
        {"register-kind": "accepted", "register-item": SUMMARY, "register-text": "写好的字"},
        "请选择登记为哪一种",
    ),
]


@pytest.mark.parametrize(("fields", "said"), [row[1:] for row in WRONG], ids=[r[0] for r in WRONG])
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    people: Workplace, post: Received, clerk: Browser, fields: dict[str, str], said: str
) -> None:
    path, before = f"/office/mails/{_mail(post)}", state(people)
    clerk.get(path)
    text = clerk.post(path, **(clerk.hidden("register") | fields))
    assert clerk.status in (409, 422)
    assert said in text
    assert "写好的字" in text
    assert state(people) == before


def test_the_second_of_two_clerks_enters_nothing(
    people: Workplace, post: Received, clerk: Browser, reviewer: Browser
) -> None:
    path = f"/office/mails/{_mail(post)}"
    fields = {"register_item": SUMMARY, "register_kind": "completed", "register_text": "我的话"}
    clerk.get(path)
    reviewer.act(path, "settle", settle_note="已办")
    text = clerk.send(path, "register", then="all", **fields)
    assert clerk.status == 409
    assert "已由他人处理" in text
    assert kinds(people, SUMMARY) == ["assigned"]


def test_the_same_form_twice_acts_once(people: Workplace, post: Received, clerk: Browser) -> None:
    path = f"/office/mails/{_mail(post)}"
    clerk.get(path)
    fields = clerk.hidden("register") | {
        "register-item": SUMMARY,
        "register-kind": "reported",
        "register-text": "进展",
        "then": "more",
    }
    clerk.post(path, **fields)
    assert "没有重复登记" in clerk.post(path, **fields)
    assert kinds(people, SUMMARY) == ["assigned", "reported"]


def test_a_contact_who_answers_no_mail_of_ours_is_offered_what_is_open(
    people: Workplace, post: Received, clerk: Browser
) -> None:
    text = clerk.get(f"/office/mails/{post.mail()}")
    assert f'<option value="{SUMMARY}">' in text
    assert "乙局　" not in text


def test_a_leader_reads_mails_and_settles_none(post: Received, browser: Open) -> None:
    leader, number = browser(AccountRole.LEADER), post.mail()
    assert 'name="act"' not in leader.get(f"/office/mails/{number}")
    assert leader.client.get(f"/office/mails/{number}/raw").status_code == 200


@pytest.mark.parametrize("number", ["99", "0", "999999999999999999999999"])
def test_no_such_mail(clerk: Browser, number: str) -> None:
    for path in ("", "/raw", "/source"):
        clerk.get(f"/office/mails/{number}{path}")
        assert clerk.status in (404, 422)


def test_of_a_mail_that_was_acted_upon_in_part_the_rest_is_left(
    people: Workplace, post: Received, clerk: Browser
) -> None:
    enter(people, SUMMARY, Saying(EntryKind.COMPLETED), occasion("2024-01-03"))
    text = clerk.get(f"/office/mails/{_mail(post, state='partly')}")
    assert "部分登记" in text
    assert '<option value="completed" selected>' not in text
    assert "\n请多关照</textarea>" in text


def test_nothing_to_report_beside_rows_is_refused(
    people: Workplace, post: Received, clerk: Browser
) -> None:
    path = f"/office/mails/{_mail(post)}"
    before = state(people)
    fields = {"register_text": "任务1：已开展培训。", "register_nil": "1"}
    clerk.act(
        path,
        "register",
        register_item=SUMMARY,
        register_kind="reported",
        **fields,
    )
    assert clerk.status == 422
    assert NIL_AND_MORE in clerk.text
    assert state(people) == before
