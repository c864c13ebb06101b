"""The words of the office's pages: none is missing."""

from duban.board.office import words
from duban.service.desk.queue import Group


def test_every_kind_of_thing_has_its_word() -> None:
    assert set(words.GROUPS) == set(words.HINTS) == set(Group)


def test_what_was_understood_of_a_mail() -> None:
    said = {"items": [1, 3], "for_all": False, "kind": "completed", "until": None}
    assert words.statement(said) == "第1、3项：办结"
    said = {"items": [], "for_all": True, "kind": "reported", "is_nil": True}
    assert words.statement(said) == "全部：反馈（零报告）"
    said = {"items": [], "kind": "extension-requested", "until": "2024-11-01"}
    assert words.statement(said) == "没有写明哪一项：申请延期至2024-11-01"
