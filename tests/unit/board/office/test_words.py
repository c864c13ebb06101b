"""The words of the office's pages: none is missing, and every detail of an entry is told."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from duban.board.office import words
from duban.service.desk.queue import Group
from duban.store.outbox import MailState
from duban.store.received import ReceivedState
from models.entry import EntryKind
from tests.builders import sentences


def test_every_kind_of_thing_has_its_word() -> None:
    assert set(words.GROUPS) == set(words.HINTS) == set(Group)
    assert {state.value for state in ReceivedState} == set(words.MAIL_STATES)
    assert all(words.mail_state(state.value) != state.value for state in MailState)


DETAILS: list[tuple[str, EntryKind, dict[str, Any], list[tuple[str, str]]]] = [
    ("nothing", EntryKind.REPORTED, {}, []),
    (
        "a date that was asked for",
        EntryKind.EXTENSION_REQUESTED,
        {"until": "2024-11-01"},
        [("申请延至", "2024年11月1日（周五）")],
    ),
    ("a nil report", EntryKind.REPORTED, {"nil": True}, [("零报告", "本期没有需要报告的内容")]),
    (
        "what is written about a row",
        EntryKind.REPORTED,
        {
            "passages": [
                {"number": "3", "text": "招聘", "figures": [{"metric": "人数", "value": "6"}]},
                {"number": "A7", "text": "无"},
            ]
        },
        [("第3项", "招聘\n（人数：6）"), ("第A7项", "无")],
    ),
    ("another unit", EntryKind.REASSIGNED, {"to": "丙局"}, [("转给", "丙局")]),
    (
        "a change of the matrix",
        EntryKind.REVISED,
        {"due_on": ["2024-10-20", None]},
        [("期限", "2024-10-20 → 无")],
    ),
    ("what nobody knows", EntryKind.REPORTED, {"x": 1}, [("x", "1")]),
]


@pytest.mark.parametrize(("kind", "detail", "told"), sentences(DETAILS))
def test_what_an_entry_says_beside_its_text(
    kind: EntryKind, detail: dict[str, Any], told: list[tuple[str, str]]
) -> None:
    entry: Any = SimpleNamespace(kind=kind.value, detail=json.dumps(detail) if detail else None)
    assert words.details(entry) == told


def test_what_was_understood_of_a_mail() -> None:
    said = {"items": [1, 3], "for_all": False, "kind": "completed", "until": None}
    assert words.statement(said) == "第1、3项：办结"
    said = {"items": [], "for_all": True, "kind": "reported", "is_nil": True}
    assert words.statement(said) == "全部：反馈（零报告）"
    said = {"items": [], "kind": "extension-requested", "until": "2024-11-01"}
    assert words.statement(said) == "没有写明哪一项：申请延期至2024-11-01"
