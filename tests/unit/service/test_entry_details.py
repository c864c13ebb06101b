"""What an entry says beside its text: every part has its name."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from duban.service.entry_details import details
from models.entry import EntryKind
from tests.builders import sentences

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
    (
        "another part in it",
        EntryKind.REVISED,
        {"role": ["lead", "responsible"]},
        [("责任", "牵头 → 责任")],
    ),
    ("what nobody knows", EntryKind.REPORTED, {"x": 1}, [("x", "1")]),
]


@pytest.mark.parametrize(("kind", "detail", "told"), sentences(DETAILS))
def test_what_an_entry_says_beside_its_text(
    kind: EntryKind, detail: dict[str, Any], told: list[tuple[str, str]]
) -> None:
    entry: Any = SimpleNamespace(kind=kind.value, detail=json.dumps(detail) if detail else None)
    assert details(entry) == told
