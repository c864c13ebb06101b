"""A unit's page from its mail to the ledger: what it shows, lets be done, and refuses."""

from datetime import date
from typing import Any

import pytest

from duban.service.access.revocations import revoke
from duban.service.entries import Saying, enter
from duban.service.workplace import Workplace
from duban.store import ledger_records
from duban.store.database import Record, reading
from models.entry import EntryKind
from tests import builders
from tests.builders import items, occasion, sentences, state
from tests.unit.board.conftest import Clock, Unit

SUMMARY = "plan-2024/summary/甲局"
DUTY = "plan-2024/duty/1/甲局"
ASSIGNMENT = "plan-2024/assignment/甲局"
FOREIGN = "plan-2024/duty/1/乙局"


def _last(workplace: Workplace, key: str) -> Record:
    with reading(workplace.engine) as connection:
        return ledger_records.entries(connection, key)[-1]


def test_the_list_shows_what_the_unit_owes_and_nothing_of_another(unit: Unit) -> None:
    shown = unit.client.get(unit.link())
    assert shown.status_code == 200
    assert "工作总结" in shown.text
    assert "第1项" in shown.text
    assert "2024年10月20日（周日）</time>前（含当日），还剩" in shown.text
    assert "绿灯（正常）" in shown.text
    assert "乙局" not in shown.text


def test_opening_every_page_changes_nothing(unit: Unit, workplace: Workplace) -> None:
    before = state(workplace)
    for path in (unit.link(), unit.item(SUMMARY), unit.item(ASSIGNMENT), unit.item(DUTY)):
        assert unit.client.get(path).status_code == 200
        assert unit.client.head(path).status_code == 200
    assert unit.client.get(f"{unit.link()}/acknowledge").status_code == 405
    assert state(workplace) == before


def test_one_button_acknowledges_everything(unit: Unit, workplace: Workplace) -> None:
    form = unit.form(unit.link(), text="全部签收")
    done = unit.client.post(f"{unit.link()}/acknowledge", data=form)
    assert done.status_code == 303
    assert items(workplace)[ASSIGNMENT].stage == "acknowledged"
    entry = _last(workplace, ASSIGNMENT)
    assert entry.via == "page"
    assert entry.by == f"甲局联络员（{builders.address('甲局', 'liaison')}）"
    after = unit.client.get(done.headers["location"]).text
    assert "已登记" in after
    assert "全部签收" not in after


ANSWERS: list[tuple[str, str, str, dict[str, str], str]] = [
    ("progress with words", SUMMARY, "reported", {"text": "已完成一半"}, "reported"),
    ("a nil report", SUMMARY, "reported", {"nil": "1"}, "reported"),
    ("done, in words", DUTY, "completed", {"text": "已办完"}, "completed"),
    (
        "an extension in time",
        SUMMARY,
        "extension-requested",
        {"until": "2024年11月1日", "extension_text": "等数据"},
        "assigned",
    ),
    ("not ours", DUTY, "declined", {"decline_text": "属于乙局职责"}, "declined"),
]


@pytest.mark.parametrize(("key", "act", "fields", "stage"), sentences(ANSWERS))
def test_an_answer_reaches_the_ledger(
    unit: Unit, workplace: Workplace, key: str, act: str, fields: dict[str, str], stage: str
) -> None:
    done = unit.post(key, act, **fields)
    assert done.status_code == 303, done.text
    assert items(workplace)[key].stage == stage
    entry = _last(workplace, key)
    assert (entry.kind, entry.via) == (act, "page")
    shown = unit.client.get(done.headers["location"]).text
    assert 'role="status"' in shown
    for words in fields.values():
        assert words in shown or words == "1"


def test_a_summary_is_written_row_by_row_and_comes_back_to_go_on_from(
    unit: Unit, workplace: Workplace
) -> None:
    done = unit.post(SUMMARY, "reported", text="总体情况", passage_1="第一项做了这些")
    assert done.status_code == 303, done.text
    assert '{"number": "1", "text": "第一项做了这些"}' in _last(workplace, SUMMARY).detail
    again = unit.client.get(unit.item(SUMMARY)).text
    assert again.count("第一项做了这些") == 2, "once in the history, once to go on from"


WRONG: list[tuple[str, str, str, dict[str, str], str, str]] = [
    ("progress without a word", SUMMARY, "reported", {}, "text", "请写明进展情况"),
    ("no reason", DUTY, "declined", {}, "decline-text", "请写明理由"),
    (
        "a date nobody can read",
        SUMMARY,
        "extension-requested",
        {"until": "下个月", "extension_text": "等数据"},
        "until",
        "请填写希望延期到的日期",
    ),
    (
        "nil and something",
        SUMMARY,
        "reported",
        {"nil": "1", "passage_1": "做了这些"},
        "nil",
        "请取消勾选",
    ),
    ("too many words", SUMMARY, "reported", {"text": "字" * 5001}, "text", "压缩到5000字以内"),
]


@pytest.mark.parametrize(("key", "act", "fields", "field", "words"), sentences(WRONG))
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    unit: Unit,
    workplace: Workplace,
    key: str,
    act: str,
    fields: dict[str, str],
    field: str,
    words: str,
) -> None:
    before = state(workplace)
    answer = unit.post(key, act, **fields)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}-error"' in answer.text
    assert words in answer.text
    assert "有错误：" in answer.text
    for typed in fields.values():
        assert typed in answer.text
    assert state(workplace) == before


def test_what_the_rules_refuse_is_explained_and_kept(unit: Unit, workplace: Workplace) -> None:
    before = state(workplace)
    fields = {"until": "2025-06-01", "extension_text": "等数据"}
    answer = unit.post(SUMMARY, "extension-requested", **fields)
    assert answer.status_code == 409
    assert "延期最迟到2024-11-19" in answer.text
    assert "等数据" in answer.text
    assert state(workplace) == before


def test_a_form_that_is_posted_again_does_nothing(unit: Unit, workplace: Workplace) -> None:
    form = unit.form(unit.item(SUMMARY), "reported") | {"text": "进展"}
    first = unit.client.post(unit.item(SUMMARY), data=form)
    before = state(workplace)
    second = unit.client.post(unit.item(SUMMARY), data=form)
    assert (first.status_code, second.status_code) == (303, 303)
    assert "这份表单已提交过" in unit.client.get(second.headers["location"]).text
    assert state(workplace) == before


def test_the_second_of_two_is_told_what_changed_and_can_go_on(
    unit: Unit, workplace: Workplace
) -> None:
    form = unit.form(unit.item(SUMMARY), "completed") | {"text": "我的话"}
    theirs = Saying(EntryKind.REPORTED, "同事的话")
    enter(workplace, SUMMARY, theirs, occasion("2024-01-03", "某甲"))
    answer = unit.client.post(unit.item(SUMMARY), data=form)
    assert answer.status_code == 409
    assert "您打开之后，这一事项有了变化" in answer.text
    assert "同事的话" in answer.text
    assert "我的话" in answer.text
    done = unit.post(SUMMARY, "completed", text="我的话")
    assert done.status_code == 303


def test_what_a_colleague_has_finished_meanwhile_loses_no_word(
    unit: Unit, workplace: Workplace
) -> None:
    form = unit.form(unit.item(SUMMARY), "completed") | {"text": "第二个窗口写的字"}
    enter(workplace, SUMMARY, Saying(EntryKind.COMPLETED, "已报"), occasion("2024-01-03", "某甲"))
    answer = unit.client.post(unit.item(SUMMARY), data=form)
    assert answer.status_code == 409
    assert "您打开之后，这一事项有了变化" in answer.text
    assert "某甲" in answer.text
    assert "第二个窗口写的字" in answer.text


def test_a_returned_result_shows_the_reason_and_its_date(unit: Unit, workplace: Workplace) -> None:
    assert unit.post(SUMMARY, "completed", text="总结").status_code == 303
    back = Saying(EntryKind.RETURNED, "缺第一项的数据", until=date(2024, 1, 12))
    enter(workplace, SUMMARY, back, occasion("2024-01-04"))
    for path in (unit.link(), unit.item(SUMMARY)):
        shown = unit.client.get(path).text
        assert "缺第一项的数据" in shown
        assert "2024年1月12日" in shown
    assert unit.post(SUMMARY, "completed", text="补上了").status_code == 303


DENIALS: list[tuple[str, str, int, str]] = [
    ("a forged link", "/u/WyJhIiwiMjAyNC0wMS0wMiJd.forged", 403, "链接不完整"),
    ("no link at all", "/u/x", 403, "链接不完整"),
    ("a very long one", "/u/" + "a" * 5000, 403, "链接不完整"),
    ("one with characters of ours", "/u/签收", 403, "链接不完整"),
]


@pytest.mark.parametrize(("path", "status", "words"), sentences(DENIALS))
def test_a_link_that_is_none_opens_nothing(unit: Unit, path: str, status: int, words: str) -> None:
    answer = unit.client.get(path)
    _is_denied(answer, status, words)


def test_a_link_expires(unit: Unit, clock: Clock) -> None:
    clock.set("2024-03-02")
    assert unit.client.get(unit.link()).status_code == 200, "the sixtieth day"
    clock.set("2024-03-03")
    _is_denied(unit.client.get(unit.link()), 410, "链接已过期")


def test_a_revoked_link_is_void(unit: Unit, workplace: Workplace) -> None:
    address = builders.address("甲局", "liaison")
    at = builders.instant(date(2024, 1, 2))
    revoke(workplace, address.upper(), "邮件误发", "李四", at)
    _is_denied(unit.client.get(unit.link()), 410, "链接已停用")
    assert unit.client.get(unit.link("乙局")).status_code == 200


def test_who_holds_no_post_any_more_sees_nothing(
    unit: Unit, workplace: Workplace, clock: Clock
) -> None:
    left = {"liaison": {"address": builders.address("甲局", "liaison"), "until": "2024-01-10"}}
    contacts = builders.roster(("甲局", "乙局", "丙局"), 甲局=left)
    content = builders.office(builders.plan(contacts=contacts))
    unit.client.app.state.site.__dict__["look"] = lambda: builders.edited(workplace, content)
    assert unit.client.get(unit.link()).status_code == 200
    clock.set("2024-01-11")
    _is_denied(unit.client.get(unit.link()), 403, "不在督办联系人名册中")


def _is_denied(answer: Any, status: int, words: str) -> None:
    assert answer.status_code == status
    assert words in answer.text
    assert "怎样继续办理" in answer.text
    for secret in ("某方案", "甲局", "plan-2024", "工作总结"):
        assert secret not in answer.text


def test_another_units_item_is_out_of_reach(unit: Unit, workplace: Workplace) -> None:
    before = state(workplace)
    form = unit.form(unit.item(DUTY), "completed") | {"text": "代人办结"}
    assert unit.client.get(f"{unit.link()}/items/{FOREIGN}").status_code == 404
    assert unit.client.post(f"{unit.link()}/items/{FOREIGN}", data=form).status_code == 404
    whole = unit.form(unit.link(), text="全部签收") | {"assignment": "plan-2024/assignment/乙局"}
    assert unit.client.post(f"{unit.link()}/acknowledge", data=whole).status_code == 404
    assert state(workplace) == before


def test_html_in_every_field_stays_text(unit: Unit) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>"
    fields = dict.fromkeys(("text", "passage_1", "note"), evil)
    done = unit.post(SUMMARY, "reported", **fields)
    assert done.status_code == 303
    shown = unit.client.get(done.headers["location"]).text
    wrong = unit.post(SUMMARY, "extension-requested", until=evil, extension_text=evil).text
    for text in (shown, wrong):
        assert "<script" not in text
        assert "<img" not in text
        assert "&lt;script&gt;" in text


def test_nul_bytes_and_half_characters_are_cleaned(unit: Unit, workplace: Workplace) -> None:
    done = unit.post(SUMMARY, "reported", text="一\x00二\u202e三\r\n第二行")
    assert done.status_code == 303
    assert _last(workplace, SUMMARY).text == "一 二 三\n第二行"
    form = unit.form(unit.item(SUMMARY), "reported")
    sent = "&".join(f"{name}={value}" for name, value in form.items()) + "&text=%ED%A0%80x"
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert unit.client.post(unit.item(SUMMARY), content=sent, headers=kind).status_code == 303
